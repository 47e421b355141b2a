import Foundation
import TestSupport
import Testing

/// One device with `lucky` on it. Every command is a process of its own, as in the field.
struct Phone: Sendable {
    let driver: String
    let name: String
    let db: String
    let ledger: Ledger

    private static let environment = [
        "LANG": "C", "LC_ALL": "", "LC_MESSAGES": "", "LUCKY_TOKEN": "", "LUCKY_DB": "",
    ]

    /// Runs a verb of `lucky` on this replica, in English.
    func lucky(_ arguments: String...) async throws -> Command.Result { try await run(arguments) }

    func run(_ arguments: [String]) async throws -> Command.Result {
        try await Command.run(
            Repository.program("lucky").path, arguments + ["--db", db, "--json"],
            environment: Self.environment)
    }

    /// What a verb says to a person.
    func words(_ arguments: [String]) async throws -> String {
        let result = try await Command.run(
            Repository.program("lucky").path, arguments + ["--db", db],
            environment: Self.environment)
        try #require(result.status == 0, "\(arguments): \(result.errors)")
        return result.output
    }

    /// A verb of `lucky` that goes on until it is ended.
    func running(_ arguments: String...) throws -> Background {
        try Background(
            "lucky", arguments + ["--db", db, "--json"], environment: Self.environment)
    }

    /// A tap with its change id, in the ledger before the command runs.
    /// - Returns: what the command said; its exit code is in the ledger.
    @discardableResult
    func tap(
        _ stop: String, _ act: Ledger.Act, id: String = Ledger.newID()
    ) async throws -> Command.Result {
        let row = ledger.write(
            Ledger.Entry(id: id, driver: driver, phone: name, stop: stop, act: act))
        let arguments = Self.arguments(stop, act) + ["--id", id, "--date", HubPlan.date]
        let result = try await run(arguments)
        var isRepeat = false
        if result.status == 0 {
            isRepeat = try HubJSON.read(result.output, as: PhoneJSON.Tapped.self).isRepeat
        }
        ledger.answer(row, status: result.status, isRepeat: isRepeat)
        return result
    }

    /// A tap that must be on the phone when the command returns.
    func record(_ stop: String, _ act: Ledger.Act) async throws {
        let result = try await tap(stop, act)
        try #require(result.status == 0, "\(stop): \(result.errors)")
    }

    /// One sync; throws where it does not end well.
    func sync() async throws {
        let result = try await lucky("sync", "once")
        try #require(result.status == 0, "\(name): \(result.errors)")
    }

    func status() async throws -> PhoneJSON.Status {
        let result = try await lucky("status", "--date", HubPlan.date)
        try #require(result.status == 0, "\(name): \(result.errors)")
        return try HubJSON.read(result.output)
    }

    func stop(_ stop: String) async throws -> PhoneJSON.Stop {
        let result = try await lucky("stop", "show", stop, "--date", HubPlan.date)
        try #require(result.status == 0, "\(name): \(result.errors)")
        return try HubJSON.read(result.output)
    }

    private static func arguments(_ stop: String, _ act: Ledger.Act) -> [String] {
        func pairs(_ option: String, _ counts: [String: Int]) -> [String] {
            counts.sorted { $0.key < $1.key }.flatMap { [option, "\($0.key)=\($0.value)"] }
        }
        switch act {
        case .arrived: return ["stop", "arrive", stop]
        case .delivered(let delivered, let collected, let cash):
            return ["stop", "complete", stop] + pairs("--delivered", delivered)
                + pairs("--collected", collected) + (cash.map { ["--cash", "\($0)"] } ?? [])
        case .failed(let reason): return ["stop", "fail", stop, "--reason", reason]
        case .noted(let text): return ["stop", "note", stop, text]
        }
    }
}

/// What of `lucky --json` these tests look at.
enum PhoneJSON {
    struct Tapped: Decodable {
        var change: String
        var isRepeat: Bool
        var pending: Int
    }

    struct Status: Decodable {
        struct Outbox: Decodable {
            var pending: Int
            var quarantined: Int
        }

        var closedStops: Int
        var outbox: Outbox
        var parked: Int
        var reviews: Int
        var stops: Int
    }

    struct Stop: Decodable {
        var attempt: Int
        var code: String
        var delivered: [String: Int]
        var isHandedOver: Bool
        var reviews: [String]
        var status: String
        var unsent: Int
        var window: String?
    }

    struct Verified: Decodable {
        var differences: [String]
        var digestsAgree: Bool?
        var pending: Int?
        var rowsAgree: Bool
    }

    struct News: Decodable {
        struct Item: Decodable {
            var kind: String
            var stop: String?
            var new: String?
        }

        var news: [Item]
    }
}
