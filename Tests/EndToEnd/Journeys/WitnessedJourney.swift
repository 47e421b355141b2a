import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test("What only a tablet tells of after a restore is shown as that, to driver and office")
    func witnessed() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        let tablet = try await depot.phone("drv-1", named: "tablet")
        let copy = depot.office.folder.path("night.sqlite")
        let made = try await depot.office.hub("backup", copy, "--db", depot.office.db)
        try #require(made.status == 0, "\(made.errors)")
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        try await phone.sync()
        try await tablet.sync()
        #expect(try await show(tablet).witnessed == nil)

        await depot.killHub()
        let restored = try await depot.office.hub("restore", copy, "--db", depot.office.db)
        try #require(restored.status == 0, "\(restored.errors)")
        try await depot.startHub()
        try await tablet.sync()
        try await tablet.sync()
        #expect(try await show(tablet).status == "delivered")
        #expect(try await show(tablet).witnessed == ["handed_over", "cash_received"])
        let words = try await tablet.words("stop", "show", "S1", "--lang", "zh-Hant")
        #expect(words.contains("未證實：送達（drv-1，"), "\(words)")
        #expect(words.contains("目前只有手機"), "\(words)")
        let english = try await tablet.words("stop", "show", "S1", "--lang", "en")
        #expect(english.contains("not proven: "), "\(english)")

        let planned = try await depot.dispatch("plan", "show", "--stop", "S1")
        let stop = try #require(
            try HubJSON.read(planned.output, as: Plan.self).routes.first?.stops.first)
        #expect(stop.witnessed?.map(\.kind) == ["handed_over", "cash_received"])
        #expect(stop.witnessed?.allSatisfy { $0.by == "drv-1" } == true)
        let plan = try await depot.office.run([
            "plan", "show", "--stop", "S1", "--hub", await depot.hub.ready.address,
            "--token-file", depot.boss, "--date", HubPlan.date, "--lang", "zh-Hant",
        ])
        #expect(plan.output.contains("未證實：送達（drv-1，"), "\(plan.output)")

        // The author's own record is the proof.
        try await phone.sync()
        try await tablet.sync()
        #expect(try await show(tablet).witnessed == nil)
        #expect(try await !tablet.words("stop", "show", "S1").contains("not proven"))
        try await Judge(depot).rule()
    }

    private func show(_ phone: Phone) async throws -> Shown {
        let result = try await phone.lucky("stop", "show", "S1", "--date", HubPlan.date)
        try #require(result.status == 0, "\(result.errors)")
        return try HubJSON.read(result.output)
    }

    private struct Shown: Decodable {
        var status: String
        var witnessed: [String]?
    }

    private struct Plan: Decodable {
        struct Route: Decodable { var stops: [Stop] }
        struct Stop: Decodable { var witnessed: [Fact]? }
        struct Fact: Decodable {
            var kind: String
            var by: String
        }

        var routes: [Route]
    }
}

extension Phone {
    /// A verb of this day as a person reads it; throws where it does not end well.
    func words(_ arguments: String...) async throws -> String {
        let result = try await Command.run(
            Repository.program("lucky").path,
            arguments + ["--db", db, "--date", HubPlan.date],
            environment: ["LANG": "C", "LC_ALL": "", "LC_MESSAGES": "", "LUCKY_TOKEN": ""])
        try #require(result.status == 0, "\(result.errors)")
        return result.output
    }
}
