import Foundation

/// A real `lucky-hub serve` on loopback, and what the system says of it.
final class HubProcess {
    let address: URL
    private let process: Process

    init(_ program: String, file: String, secret: String) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["serve", "--db", file, "--secret-file", secret]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
            let more = pipe.fileHandleForReading.availableData
            guard !more.isEmpty else { throw OutageError("a hub did not start") }
            line += more
        }
        guard let ready = try? JSONDecoder().decode(Ready.self, from: line),
            let url = URL(string: ready.address)
        else { throw OutageError("a hub said something else when it was ready") }
        address = url
    }

    private struct Ready: Decodable { var address: String }

    deinit { end() }

    func end() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    private var folder: String { "/proc/\(process.processIdentifier)" }

    /// Its share of all memory, bytes: what several map counts in parts.
    var memory: Double { sum(of: "/smaps_rollup", "Pss:") }
    /// What it shares with nobody.
    var own: Double { sum(of: "/smaps_rollup", "Private_Dirty:") }
    var threads: Int { entries("/task").count }
    var files: Int { entries("/fd").count }

    /// Seconds of processor that its threads took.
    var processor: Double {
        entries("/task").reduce(0) { sum, thread in
            let text = contents("/task/\(thread)/schedstat").split(separator: " ").first ?? ""
            return sum + (Double(text) ?? 0) / 1e9
        }
    }

    /// Bytes that it had written to the disk.
    var written: Double { sum(of: "/io", "write_bytes:", unit: 1) }

    private func entries(_ name: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder + name)) ?? []
    }

    private func contents(_ name: String) -> String {
        (try? String(contentsOfFile: folder + name, encoding: .utf8)) ?? ""
    }

    private func sum(of file: String, _ name: String, unit: Double = 1_024) -> Double {
        let line = contents(file).split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first
            .flatMap { Double($0) }.map { $0 * unit } ?? 0
    }
}
