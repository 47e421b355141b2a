import Foundation
import LuckySimulation

/// A thousand depots after two hours without a network, or without their hubs: what a machine that
/// carries them runs out of first.
@main
enum Outage {
    static func main() async {
        do {
            let options = try Options(Array(CommandLine.arguments.dropFirst()))
            guard !options.wantsHelp else { return print(Options.usage) }
            say(machine)
            let constants = try await Constants.measured(options)
            constants.show(options)
            for cause in OutageCause.allCases {
                say("Playing \(options.played) depots whose \(cause.rawValue) comes back.")
                try City(cause, constants, options).show()
            }
        } catch let error as OutageError {
            say("lucky-outage: \(error.text)")
            if error.isUsage { say(Options.usage) }
            exit(error.isUsage ? 64 : 1)
        } catch {
            say("lucky-outage: \(error)")
            exit(1)
        }
    }

    private static var machine: String {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let memory = ProcessInfo.processInfo.physicalMemory >> 30
        let load = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
        return "\(cores) cores, \(memory) GiB, load \(load.prefix { $0 != " " })"
    }

    static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    static func print(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}

struct OutageError: Error {
    var text: String
    var isUsage = false

    init(_ text: String, isUsage: Bool = false) {
        self.text = text
        self.isUsage = isUsage
    }
}

/// What was asked for at the prompt.
struct Options: Sendable {
    static let usage = """
        usage: lucky-outage [--json] [--depots N] [--played N] [--seed N] [--processes N] \
        [--hub PROGRAM] [--disk FOLDER]
        """

    var isJSON = false
    var wantsHelp = false
    var depots = 1_000
    /// How many of them are played; the rest is as they are.
    var played = 20
    var seed: UInt64 = 1
    /// How many hubs are started at once to see what each further one needs.
    var processes = 20
    var hub = ".build-release/release/lucky-hub"
    var disk = ".build-release/bench"

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        func number(_ name: String) throws -> Int {
            guard let value = rest.popFirst().flatMap({ Int($0) }), value > 0 else {
                throw OutageError("\(name) wants a number above 0", isUsage: true)
            }
            return value
        }
        while let argument = rest.popFirst() {
            switch argument {
            case "-h", "--help": wantsHelp = true
            case "--json": isJSON = true
            case "--depots": depots = try number(argument)
            case "--played": played = try number(argument)
            case "--seed": seed = UInt64(try number(argument))
            case "--processes": processes = try number(argument)
            case "--hub", "--disk":
                guard let path = rest.popFirst() else {
                    throw OutageError("\(argument) wants a path", isUsage: true)
                }
                if argument == "--hub" { hub = path } else { disk = path }
            default: throw OutageError("unknown: \(argument)", isUsage: true)
            }
        }
        played = min(played, depots)
    }

    /// One figure: a line to read, or an object.
    /// - Parameter value: nil: it did not come to that.
    func show(_ name: String, _ value: Double?, _ unit: String) {
        let text = value?.formatted ?? (isJSON ? "null" : "never")
        Outage.print(
            isJSON
                ? #"{"name":"\#(name)","value":\#(text),"unit":"\#(unit)"}"#
                : "\(name.padding(toLength: 44, withPad: " ", startingAt: 0)) \(text) \(unit)")
    }
}

extension Double {
    /// Three digits that say something.
    var formatted: String {
        if self == 0 || !isFinite { return "0" }
        let digits = Swift.max(0, 2 - Int(Foundation.floor(Foundation.log10(abs(self)))))
        return String(format: "%.\(digits)f", self)
    }
}

extension [Double] {
    var median: Double { isEmpty ? 0 : sorted()[count / 2] }
    var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }
}
