import FaultProxy
import Foundation
import TestSupport
import Testing

/// A depot at work: a hub that serves, a network between it and the phones, and the ledger.
actor Depot {
    let office: HubOffice
    let proxy: FaultProxy
    nonisolated let ledger = Ledger()
    private(set) var hub: RunningHub
    private var phones: [Phone] = []
    let boss: String

    /// Serves a plan: `S1`… of drv-1 and `T1`… of drv-2.
    init(stops: Int = 4, others: Int = 2) async throws {
        var plan = HubPlan.header
        for number in 1...stops { plan += HubPlan.row("S\(number)", number) }
        for number in 1...others {
            plan += HubPlan.row("T\(number)", number, route: "R2", driver: "drv-2")
        }
        try await self.init(plan: Data(plan.utf8))
    }

    init(plan: Data, depot: String = "taitung") async throws {
        office = try await HubOffice()
        let db = office.db
        let imported = try await office.run([
            "plan", "import", try office.file("day.csv", plan), "--db", db, "--depot", depot,
        ])
        try #require(imported.status == 0, "\(imported.errors)")
        boss = try await office.token("boss", depot: depot)
        hub = try await office.serve(depot: depot)
        proxy = try FaultProxy(upstreamPort: try Self.port(of: hub), seed: 1)
    }

    /// A new device of a driver, with a token and, unless told otherwise, the day's plan.
    func phone(
        _ driver: String, named name: String? = nil, hub address: String? = nil,
        synced: Bool = true
    ) async throws -> Phone {
        let name = name ?? driver
        let phone = Phone(
            driver: driver, name: name, db: office.folder.path("phone-\(name).sqlite"),
            ledger: ledger)
        let token = try await office.token(driver, role: "driver", depot: hub.ready.depot)
        let made = try await phone.lucky(
            "init", "--driver", driver, "--hub", address ?? proxy.url.absoluteString,
            "--token-file", token)
        try #require(made.status == 0, "\(made.errors)")
        if synced { try await phone.sync() }
        phones.append(phone)
        return phone
    }

    var all: [Phone] { phones }

    /// Leaves out a device that never was here.
    func forget(_ phone: Phone) { phones.removeAll { $0.db == phone.db } }

    /// Ends the hub as a power cut would.
    func killHub() async { _ = await hub.end(SIGKILL) }

    /// Starts a hub on the same file.
    func startHub() async throws {
        hub = try await office.serve(depot: hub.ready.depot)
        proxy.point(to: try Self.port(of: hub))
    }

    /// A dispatcher's command to the serving hub.
    func dispatch(_ arguments: String...) async throws -> Command.Result {
        try await office.run(
            arguments + [
                "--hub", hub.ready.address, "--token-file", boss, "--date", HubPlan.date, "--json",
            ])
    }

    /// A dispatcher's edit that must be taken.
    func plan(_ arguments: String...) async throws {
        let result = try await office.run(
            ["plan"] + arguments + [
                "--hub", hub.ready.address, "--token-file", boss, "--date", HubPlan.date, "--json",
            ])
        try #require(result.status == 0, "\(result.errors)")
    }

    func reviews() async throws -> [OpenReview] {
        let result = try await dispatch("review", "list")
        try #require(result.status == 0, "\(result.errors)")
        return try HubJSON.read(result.output, as: Reviews.self).reviews
    }

    private struct Reviews: Decodable { var reviews: [OpenReview] }

    private static func port(of hub: RunningHub) throws -> Int {
        try #require(URL(string: hub.ready.address)?.port)
    }
}

/// An open review, as `review list --json` says it.
struct OpenReview: Decodable {
    var kind: String
    var review: String
    var stop: String
}
