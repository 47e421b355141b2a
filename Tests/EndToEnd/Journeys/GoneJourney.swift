import Foundation
import TestSupport
import Testing

extension Journeys {
    private struct Routes: Decodable {
        struct Stop: Decodable {
            var code: String
            var customer: String
            var delivered: [String: Int]
            var isHandedOver: Bool
            var status: String
        }

        struct Route: Decodable { var stops: [Stop] }

        var handedOver: [Stop]
        var routes: [Route]

        var shown: Set<String> { Set(routes.flatMap(\.stops).map(\.code)) }
    }

    @Test(
        "What the driver delivered stays on his screen when the office gives it away or deletes it")
    func gone() async throws {
        let depot = try await Depot(stops: 4)
        let phone = try await depot.phone("drv-1")
        try await phone.record("S2", .delivered(["20kg": 1], cash: nil))
        try await phone.sync()
        try await depot.plan("set", "S2", "--deleted", "yes")
        // Not known to the office yet.
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        try await phone.record("S3", .failed(reason: "absent"))
        for stop in ["S1", "S3", "S4"] {
            try await depot.plan("reassign", stop, "--to", "drv-2")
        }
        try await phone.sync()

        var routes = try await self.routes(phone)
        #expect(routes.handedOver.map(\.code) == ["S1", "S2", "S3"])
        #expect(routes.handedOver.map(\.status) == ["delivered", "partially_delivered", "failed"])
        #expect(routes.handedOver.allSatisfy { $0.isHandedOver && $0.customer.isEmpty })
        #expect(routes.handedOver.first?.delivered == ["20kg": 2])
        #expect(routes.shown.isDisjoint(with: ["S1", "S2", "S3", "S4"]))
        let text = try await Command.run(
            Repository.program("lucky").path,
            ["route", "show", "--db", phone.db, "--date", HubPlan.date, "--lang", "zh-Hant"])
        #expect(text.output.contains("已送達（已不由你送，鎖定）"), "\(text.output)")
        #expect(!text.output.contains("王小姐"))
        let table = try await Command.run(
            Repository.program("lucky").path,
            ["export", "--db", phone.db, "--date", HubPlan.date, "--format", "csv"])
        let gone = table.output.split(separator: "\r\n").filter { $0.contains(",yes,") }
        #expect(gone.count == 3 && !table.output.contains("王小姐"), "\(table.output)")
        let locked = try await phone.run(
            ["stop", "correct", "S1", "--cash", "1", "--date", HubPlan.date])
        #expect(locked.status == 3)

        // Deleted, and brought back by its name.
        let hidden = try await depot.dispatch("plan", "show", "--stop", "S2")
        #expect(hidden.status == 0, "\(hidden.errors)")
        try await depot.plan("set", "S2", "--deleted", "no")
        try await phone.sync()
        routes = try await self.routes(phone)
        #expect(routes.handedOver.map(\.code) == ["S1", "S3"] && routes.shown.contains("S2"))

        try await depot.plan("cancel-route", "R1")
        try await phone.sync()
        routes = try await self.routes(phone)
        #expect(routes.shown.union(routes.handedOver.map(\.code)) == ["S1", "S2", "S3"])
    }

    @Test("A hub's refusals are said in the caller's language")
    func hubRefusals() async throws {
        let depot = try await Depot(stops: 2)
        let way = [
            "--hub", await depot.hub.ready.address, "--token-file", depot.boss, "--lang",
            "zh-Hant",
        ]
        let day = ["--date", HubPlan.date]
        let calls: [(arguments: [String], status: Int32)] = [
            (["plan", "reassign", "S1", "--to", "drv-1", "--to-route", "R2"] + day, 64),
            (["plan", "reassign", "S1", "--to-route", "R2", "--sequence", "0"] + day, 64),
            (["plan", "set", "S9", "--note", "a"] + day, 3),
            (["quarantine", "reject", String(repeating: "0", count: 24) + ":1"], 3),
        ]
        for (arguments, status) in calls {
            let result = try await depot.office.run(arguments + way)
            #expect(result.status == status, "\(arguments): \(result.output)\(result.errors)")
            #expect(result.errors.hasPrefix("✗ "), "\(result.errors)")
            let message = result.errors.split(separator: "\n").first ?? ""
            let isChinese = message.unicodeScalars.contains {
                (0x4E00...0x9FFF).contains($0.value)
            }
            #expect(isChinese && !message.contains("must be"), "\(message)")
        }
    }

    private func routes(_ phone: Phone) async throws -> Routes {
        let shown = try await phone.lucky("route", "show", "--date", HubPlan.date)
        try #require(shown.status == 0, "\(shown.errors)")
        return try HubJSON.read(shown.output)
    }
}
