import Foundation
import TestSupport
import Testing

/// `lucky cases run` and `lucky inspect rules`, as a script uses them.
struct CasesCommandTests {
    private static let folder = Repository.folder.appending(path: "Schemas/cases").path

    private struct Played: Decodable {
        var id: String
        var orders: Int
        var outcome: String
        var reason: String
    }

    private func run(_ arguments: [String]) async throws -> Command.Result {
        try await Command.run(
            Repository.program("lucky").path, ["cases", "run", "--json"] + arguments,
            deadline: .seconds(120))
    }

    private func played(_ output: String) throws -> [Played] {
        try output.split(separator: "\n").map {
            try JSONDecoder().decode(Played.self, from: Data($0.utf8))
        }
    }

    @Test("A folder means every case below it: one object each, exit 0 where all pass")
    func passes() async throws {
        let run = try await run([Self.folder + "/vectors", "--orders", "1"])
        #expect(run.status == 0, "\(run.errors)")
        let cases = try played(run.output)
        #expect(cases.count > 10)
        #expect(cases.allSatisfy { $0.outcome == "pass" && $0.orders >= 1 && $0.reason.isEmpty })
        let keys = run.output.split(separator: "\n").first?.matches(of: /"(\w+)":/).map(\.1)
        #expect(keys == ["id", "orders", "outcome", "reason"])
    }

    @Test("Each wrong file is named with its reason, and the exit code is 1")
    func failsAndInvalid() async throws {
        let folder = try TemporaryFolder()
        let source = Self.folder + "/domain/12-cash-short.json"
        let good = try String(contentsOfFile: source, encoding: .utf8)
        func write(_ id: String, _ text: String) throws {
            let named = text.replacing("\"12-cash-short\"", with: "\"\(id)\"")
            try Data(named.utf8).write(to: folder.url.appending(path: id + ".json"))
        }
        try write("a-good", good)
        try write("b-otherwise", good.replacing("\"balance_ntd\": 50", with: "\"balance_ntd\": 51"))
        try write("c-unknown-step", good.replacing("\"do\": \"settle\"", with: "\"do\": \"setle\""))
        try write("d-no-json", String(good.dropLast(40)))
        let run = try await run([folder.url.path, "--orders", "1"])
        #expect(run.status == 1)
        let cases = try played(run.output)
        #expect(cases.map(\.outcome) == ["pass", "fail", "invalid", "invalid"])
        #expect(cases.first?.reason == "")
        #expect(cases.dropFirst().allSatisfy { $0.reason.utf8.count > 10 })
        #expect(!run.output.contains(folder.url.path), "no path stands in an object")
    }

    @Test("The printed rules are the table's: every field and every kind of fact, in both languages")
    func rules() async throws {
        let program = Repository.program("lucky").path
        let json = try await Command.run(program, ["inspect", "rules", "--json"])
        #expect(json.status == 0)
        for word in ["window", "price", "handed_over", "cash_received", "serial_twice"] {
            #expect(json.output.contains("\"\(word)\""), "\(word)")
        }
        for language in ["zh-Hant", "en"] {
            let run = try await Command.run(program, ["inspect", "rules", "--lang", language])
            #expect(run.status == 0 && run.output.split(separator: "\n").count > 40)
        }
    }
}
