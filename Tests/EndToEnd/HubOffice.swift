import Foundation
import TestSupport
import Testing

/// A depot's folder, its secret, and `lucky-hub` at a prompt.
struct HubOffice {
    let folder: TemporaryFolder
    var db: String { folder.path("hub.sqlite") }
    var secret: String { folder.path("secret") }

    init() async throws {
        folder = try TemporaryFolder()
        let made = try await hub("secret", "create", secret)
        try #require(made.status == 0, "\(made.errors)")
    }

    /// Runs `lucky-hub` in English.
    func hub(_ arguments: String..., environment: [String: String] = [:]) async throws
        -> Command.Result
    {
        try await run(arguments, environment: environment)
    }

    func run(
        _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> Command.Result {
        let plain = ["LANG": "C", "LC_ALL": "", "LC_MESSAGES": "", "LUCKY_TOKEN": ""]
        return try await Command.run(
            Repository.program("lucky-hub").path, arguments,
            environment: plain.merging(environment) { $1 })
    }

    func serve(depot: String = "taitung") async throws -> RunningHub {
        try await RunningHub(
            ["--db", db, "--depot", depot, "--port", "0", "--secret-file", secret],
            errors: folder.url.appending(path: "serve-\(UUID().uuidString).log"))
    }

    /// A new token's file.
    func token(_ person: String, role: String = "office", depot: String = "taitung") async throws
        -> String
    {
        let path = folder.path("token-\(person)")
        let issued = try await hub(
            "token", "issue", "--person", person, "--role", role, "--depot", depot,
            "--secret-file", secret, "--out", path)
        try #require(issued.status == 0, "\(issued.errors)")
        return path
    }

    /// A file in the folder.
    func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        try Data(bytes).write(to: folder.url.appending(path: name))
        return folder.path(name)
    }

    func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }
}

/// What of the JSON answers these tests look at.
enum HubJSON {
    struct Imported: Decodable {
        var applied: Bool
        var created: Int
        var edited: [Edited]
        var unchanged: Int
        var written: Int
        var rejected: [Rejected]
        var vanished: [Vanished]

        struct Edited: Decodable {
            var stop: String
            var fields: [String]
        }

        struct Rejected: Decodable {
            var line: Int
            var column: String?
            var reason: String
            var message: String
        }

        struct Vanished: Decodable {
            var stop: String
            var cancelled: Bool
        }
    }

    struct Plan: Decodable {
        var sequence: Int
        var routes: [Route]
        var stops: [Stop] { routes.flatMap(\.stops) }

        struct Route: Decodable {
            var code: String
            var driver: String
            var vehicle: String?
            var stops: [Stop]
        }

        struct Stop: Decodable {
            var stop: String
            var driver: String
            var sequence: Int
            var window: String?
            var note: String
            var notes: [String]
            var status: String
            var context: String
            var concurrent: [Concurrent]
            var changes: [Change]
        }

        struct Concurrent: Decodable {
            var field: String
            var values: [Value]
        }

        struct Value: Decodable { var value: String? }

        struct Change: Decodable {
            var fields: [String]
            var by: String
            var receivedMs: Int?
            var sentMs: Int?
        }
    }

    struct Edited: Decodable {
        var changes: [String]
        var fields: [String]
        var concurrent: [String]
        var isRepeat: Bool
        var sequence: Int?
    }

    struct Failed: Decodable {
        var code: String
        var exit: Int
        var message: String
    }

    static func read<T: Decodable>(_ text: String, as type: T.Type = T.self) throws -> T {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        try #require(text.hasSuffix("\n") && text.dropLast().allSatisfy { $0 != "\n" })
        return try decoder.decode(type, from: Data(text.utf8))
    }
}

/// One day of two routes.
enum HubPlan {
    static let date = "2026-11-22"
    static let header =
        "date,depot,route,driver,sequence,stop,customer,phone,address,lat,lng,window,items,"
        + "price,payment,note\n"

    static func row(
        _ stop: String, _ sequence: Int, route: String = "R1", driver: String = "drv-1",
        window: String = "08:00-10:00", items: String = "20kg*2"
    ) -> String {
        "\(date),taitung,\(route),\(driver),\(sequence),\(stop),王小姐,089-000000,"
            + "台東市中山路\(sequence)號,22.7547,121.15,\(window),\(items),1900,cash,\n"
    }

    static let day =
        header + row("S1", 1) + row("S2", 2) + row("S3", 3)
        + row("T1", 1, route: "R2", driver: "drv-2") + row("T2", 2, route: "R2", driver: "drv-2")
}
