import Foundation
import GRDBSQLite

/// What the figures were measured on, and whether it was quiet.
struct Machine {
    var text: String
    var warnings: [String] = []

    init() {
        let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let model =
            info.split(separator: "\n").first { $0.hasPrefix("model name") }?
            .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let memory = ProcessInfo.processInfo.physicalMemory >> 30
        let sqlite = String(cString: sqlite3_libversion())
        text = "\(model ?? "unknown processor"), \(cores) cores, \(memory) GiB, SQLite \(sqlite)"
        let load = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
        if let first = load.split(separator: " ").first.flatMap({ Double($0) }), first > 0.7 {
            warnings.append("others use this machine (load \(first)): only ratios mean something")
        }
        let beats = (0..<9).map { _ in Self.beat() }
        let slowest = beats.max() ?? 0
        if let fastest = beats.min(), fastest > 0, slowest / fastest > 1.25 {
            let percent = Int((slowest / fastest - 1) * 100)
            warnings.append("the same loop took up to \(percent) % longer: the machine is noisy")
        }
    }

    /// Some milliseconds of the same arithmetic.
    private static func beat() -> Double {
        seconds {
            var sum: UInt64 = 1
            for step in 0..<3_000_000 as Range<UInt64> { sum = sum &* 6_364_136_223 &+ step }
            if sum == 0 { Bench.say("") }
        }
    }
}

/// How long something takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let began = clock.now
    try body()
    return (clock.now - began) / .seconds(1)
}

/// How long something takes that may suspend.
func secondsWaited(_ body: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    let began = clock.now
    try await body()
    return (clock.now - began) / .seconds(1)
}
