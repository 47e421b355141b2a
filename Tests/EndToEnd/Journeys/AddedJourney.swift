import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test("A delivery that no plan has: tapped offline, again, received once, seen by the office")
    func addedStop() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date]
        let add =
            [
                "stop", "add", "--customer", "陳太太", "--address", "更生路 3 號", "--phone",
                "0912-000-000", "--lat", "22.7583", "--lng", "121.1444", "--delivered", "16kg=1",
                "--collected", "16kg=1", "--cash", "760", "--recipient", "陳太太",
                "--note", "後門", "--id", Ledger.newID(),
            ] + day
        let first = try await phone.run(add)
        try #require(first.status == 0, "\(first.errors)")
        let again = try await phone.run(add)
        #expect(try HubJSON.read(first.output, as: PhoneJSON.Tapped.self).isRepeat == false)
        #expect(try HubJSON.read(again.output, as: PhoneJSON.Tapped.self).isRepeat)
        var mine = try await phone.stop("X1")
        #expect(mine.status == "delivered" && mine.unsent == 1)
        #expect(mine.reviews == ["unplanned_delivery"])

        // The same id for another tap is no repeat; nothing handed over is no delivery.
        let other = try await phone.run(
            ["stop", "arrive", "S1", "--id", add[add.count - 3]] + day)
        #expect(other.status == 3)
        #expect(
            try HubJSON.read(other.errors, as: HubJSON.Failed.self).code == "id_of_another_tap")
        let nothing = try await phone.run(["stop", "add", "--name", "林先生"] + day)
        #expect(nothing.status == 3)
        #expect(
            try HubJSON.read(nothing.errors, as: HubJSON.Failed.self).code == "nothing_handed_over")

        try await phone.sync()
        mine = try await phone.stop("X1")
        #expect(mine.unsent == 0 && mine.delivered == ["16kg": 1])
        #expect(try await depot.reviews().map(\.kind) == ["unplanned_delivery"])
        let plan = try await depot.dispatch("plan", "show")
        #expect(plan.status == 0 && plan.output.contains("\"stop\":\"X1\""), "\(plan.output)")
        #expect(plan.output.contains("\"lat\":\"22.7583000\""), "\(plan.output)")
        #expect(plan.output.contains("\"phone\":\"0912-000-000\""), "\(plan.output)")
        let report = try await depot.dispatch("report", "day")
        #expect(report.output.contains("\"cash_cents\":76000"), "\(report.output)")
        let checked = try await phone.run(["verify"])
        #expect(try HubJSON.read(checked.output, as: PhoneJSON.Verified.self).differences == [])
        let words = try await phone.run(["route", "show", "--lang", "zh-Hant"] + day)
        #expect(words.status == 0)
    }
}
