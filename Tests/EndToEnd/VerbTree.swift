import Foundation
import TestSupport

/// The verbs of a program, as it tells of them itself.
struct VerbTree: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable { var name: String }

        var names: [Name]?
    }

    private struct Dump: Decodable { var command: VerbTree }

    var commandName: String
    var shouldDisplay: Bool?
    var arguments: [Argument]?
    var subcommands: [VerbTree]?

    static func of(_ program: String) async throws -> VerbTree {
        let dumped = try await Command.run(
            Repository.program(program).path, ["--experimental-dump-help"])
        return try JSONDecoder().decode(Dump.self, from: Data(dumped.output.utf8)).command
    }

    private var below: [VerbTree] {
        (subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
    }

    /// Paths of those that have none below them.
    func leaves() -> [[String]] {
        below.isEmpty
            ? [[]] : below.flatMap { verb in verb.leaves().map { [verb.commandName] + $0 } }
    }

    /// Of this and of all below it, without this one's name.
    func paths() -> [[String]] {
        [[]] + below.flatMap { verb in verb.paths().map { [verb.commandName] + $0 } }
    }

    /// Paths of the verbs below that take --json, joined by dashes.
    func verbsOfJSON(_ path: [String] = []) -> [String] {
        guard below.isEmpty else {
            return below.flatMap { $0.verbsOfJSON(path + [$0.commandName]) }
        }
        let isJSON = (arguments ?? []).contains { argument in
            (argument.names ?? []).contains { $0.name == "json" }
        }
        return isJSON ? [path.joined(separator: "-")] : []
    }
}
