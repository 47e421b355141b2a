import Foundation
import TestSupport
import Testing

/// A phone that no depot knows: a store, and `lucky` at a prompt. Stops come by `stop add`.
struct LonePhone {
    let folder: TemporaryFolder
    let db: String
    static let date = "2026-11-26"

    static let environment = [
        "LANG": "C", "LC_ALL": "", "LC_MESSAGES": "", "LUCKY_TOKEN": "", "LUCKY_DB": "",
    ]

    init(driver: String = "drv-01") async throws {
        folder = try TemporaryFolder()
        db = folder.path("phone/replica.sqlite")
        let made = try await lucky("init", "--driver", driver)
        try #require(made.status == 0, "\(made.errors)")
    }

    /// A verb on this store, in English.
    func lucky(_ arguments: String...) async throws -> Command.Result { try await run(arguments) }

    func run(
        _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) async throws -> Command.Result {
        try await Command.run(
            Repository.program("lucky").path, arguments + ["--db", db],
            environment: Self.environment.merging(environment) { $1 }, input: input)
    }

    /// A verb that must be done.
    /// - Returns: what it printed.
    @discardableResult
    func done(_ arguments: String...) async throws -> String {
        let result = try await run(arguments)
        try #require(result.status == 0, "\(arguments): \(result.errors)")
        return result.output
    }

    /// A stop that no plan has, with everything that a person can say at a door.
    func addStop(_ code: String, customer: String = "丁秀蘭") async throws {
        try await done(
            "stop", "add", "--code", code, "--customer", customer, "--address",
            "臺東市更生北路 77 號三樓", "--note", "按兩次門鈴", "--delivered", "20kg=1", "--cash", "950",
            "--recipient", "丁太太", "--serial", "A-17", "--date", Self.date)
    }
}
