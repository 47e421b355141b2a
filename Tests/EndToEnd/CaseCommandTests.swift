import Foundation
import TestSupport
import Testing

/// `lucky cases run`: one object a case, and an exit code that a build can trust.
struct CaseCommandTests {
    private struct Played: Decodable {
        var id: String
        var outcome: String
        var orders: Int
        var reason: String
    }

    private static let good = """
        {
          "schema": "lucky-case/1", "id": "ID", "kind": "codec", "title": "t",
          "steps": [{"do": "names", "name": "twins", "names": ["caf\u{E9}", "cafe\u{301}"]}],
          "expect": {"twins": {"distinct": 2}}
        }
        """

    /// - Returns: what was printed, line by line, and the exit code.
    private func play(_ cases: [String: String]) async throws -> (lines: [String], status: Int32) {
        let folder = try TemporaryFolder()
        for (name, text) in cases {
            let file = text.replacingOccurrences(of: "ID", with: name)
            try Data(file.utf8).write(to: folder.url.appending(path: name + ".json"))
        }
        let result = try await Command.run(
            Repository.program("lucky").path, ["cases", "run", "--json", folder.url.path])
        withExtendedLifetime(folder) {}
        return (result.output.split(separator: "\n").map(String.init), result.status)
    }

    @Test("Exit 0 where all pass, 1 where one fails, is no case, or where there are none")
    func exitCodes() async throws {
        let failing = Self.good.replacingOccurrences(of: ": 2", with: ": 1")
        let unknown = Self.good.replacingOccurrences(of: "\"names\", ", with: "\"numbers\", ")
        let hollow = Self.good.replacingOccurrences(
            of: "{\"twins\": {\"distinct\": 2}}", with: "{}")
        #expect(try await play(["a": Self.good]).status == 0)
        #expect(try await play(["a": Self.good, "b": failing]).status == 1)
        for invalid in [unknown, hollow, "{", ""] {
            let (lines, status) = try await play(["a": Self.good, "b": invalid])
            #expect(status == 1)
            let last = try JSONDecoder().decode(Played.self, from: Data((lines.last ?? "").utf8))
            #expect(last.outcome == "invalid" && last.orders == 0 && !last.reason.isEmpty)
        }
        #expect(try await play([:]).status == 1)
    }

    @Test("--json is one object a case: id, orders, outcome, reason")
    func objects() async throws {
        let failing = Self.good.replacingOccurrences(of: ": 2", with: ": 1")
        let lines = try await play(["a": Self.good, "b": failing]).lines
        #expect(lines.count == 2)
        #expect(lines.first == #"{"id":"a","orders":1,"outcome":"pass","reason":""}"#)
        let second = try JSONDecoder().decode(Played.self, from: Data((lines.last ?? "").utf8))
        #expect(second.id == "b" && second.outcome == "fail" && second.orders == 1)
        #expect(second.reason.contains("twins.distinct"))
    }
}
