import Foundation
import TestSupport
import Testing

/// A demo's day that was played once and kept, and copies of it that a test may damage.
struct DemoDay {
    /// The folder that `--keep` made.
    let path: String
    /// Keeps the folder.
    let owner: TemporaryFolder

    var hub: String { path + "/hub-copy.sqlite" }
    func replica(_ driver: String) -> String { path + "/phones/\(driver)/replica.sqlite" }
    func ledger(_ person: String) -> String { path + "/ledger/\(person).jsonl" }

    struct Played: Sendable {
        var path: String
        var owner: TemporaryFolder
        var run: Command.Result
    }

    /// One day for the whole suite.
    static let played = Task {
        let owner = try TemporaryFolder()
        let path = owner.path("day")
        let run = try await Command.run(
            Repository.program("lucky").path,
            ["demo", "--json", "--lang", "en", "--seed", "11", "--keep", path],
            deadline: .seconds(200))
        return Played(path: path, owner: owner, run: run)
    }

    /// A copy of that day.
    static func copy() async throws -> DemoDay {
        let played = try await played.value
        try #require(played.run.status == 0, "\(played.run.errors)")
        let owner = try TemporaryFolder()
        let path = owner.path("day")
        try FileManager.default.copyItem(atPath: played.path, toPath: path)
        return DemoDay(path: path, owner: owner)
    }

    func judge(json: Bool = false) async throws -> Command.Result {
        let arguments = ["demo", "judge", path, "--lang", "en"] + (json ? ["--json"] : [])
        return try await Command.run(Repository.program("lucky").path, arguments)
    }

    /// One tap of a driver's ledger.
    struct Tap: Decodable {
        var change: String
        var stop: String
        var kind: String
        var cashCents: Int64?

        enum CodingKeys: String, CodingKey {
            case change, stop, kind
            case cashCents = "cash_cents"
        }
    }

    private struct Line: Decodable { var tap: Tap? }

    func taps(of driver: String) throws -> [Tap] {
        let text = try String(contentsOfFile: ledger(driver), encoding: .utf8)
        return try text.split(separator: "\n").compactMap {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8)).tap
        }
    }

    /// A delivery that was paid at the door: two facts in one tap.
    func paidDelivery(of driver: String) throws -> Tap {
        try #require(try taps(of: driver).first { $0.kind == "deliver" && $0.cashCents != nil })
    }
}
