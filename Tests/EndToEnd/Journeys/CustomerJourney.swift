import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test("Two customers are one: at the prompt, in both languages, and what they hold adds up")
    func customers() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        func office(_ arguments: String..., json: Bool = true) async throws -> Command.Result {
            try await depot.office.run(
                arguments + [
                    "--hub", await depot.hub.ready.address, "--token-file", depot.boss,
                ] + (json ? ["--json"] : ["--lang", "zh-Hant"]))
        }
        for (stop, code) in [("S1", "C1"), ("S2", "C2")] {
            let set = try await office(
                "plan", "set", stop, "--customer-code", code, "--date", HubPlan.date)
            #expect(set.status == 0, "\(set.errors)")
        }
        try await phone.sync()
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        try await phone.record("S2", .delivered(["20kg": 3]))
        try await phone.sync()

        let merged = try await office("customer", "merge", "C1", "C2", json: false)
        #expect(merged.status == 0 && merged.output.contains("已併入"), "\(merged.errors)")
        let shown = try await office("customer", "show", "C1")
        let customer = try HubJSON.read(shown.output, as: Customer.self)
        #expect(customer.holdings.map(\.count) == [5] && customer.survivor.customer == "C2")
        #expect(customer.stops.map(\.stop) == ["S1", "S2"])
        let words = try await office("customer", "show", "C1", json: false)
        #expect(words.output.contains("併入 C2") && words.output.contains("20kg*5"))
        func refusesBack(_ code: String) async throws {
            let back = try await office("customer", "merge", "C2", "C1")
            #expect(back.status == 3)
            #expect(try HubJSON.read(back.errors, as: HubJSON.Failed.self).code == code)
        }
        try await refusesBack("merge_circle")
        let deleted = try await office("customer", "delete", "C1")
        #expect(deleted.status == 0, "\(deleted.errors)")
        try await refusesBack("deleted")
        #expect(try await office("customer", "show", "C9").status == 3)
        #expect(try await office("customer", "merge", "C1").status == 64)
        try await Judge(depot).rule()
    }

    private struct Customer: Decodable {
        var holdings: [Count]
        var stops: [Stop]
        var survivor: Member

        struct Count: Decodable { var count: Int }
        struct Stop: Decodable { var stop: String }
        struct Member: Decodable { var customer: String }
    }
}
