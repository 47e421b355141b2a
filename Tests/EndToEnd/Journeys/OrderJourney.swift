import Foundation
import TestSupport
import Testing

extension Journeys {
    private struct Proposed: Decodable {
        var change: String?
        var isRepeat: Bool?
        var metresAfter: Int
        var metresBefore: Int
        var order: [String]
        var pending: Int?
    }

    private struct Shown: Decodable {
        var routes: [Route]

        struct Route: Decodable {
            var stops: [Stop]

            struct Stop: Decodable { var code: String }
        }
    }

    private struct Looked: Decodable {
        var parts: [Part]

        struct Part: Decodable { var kind: String }
    }

    @Test("The driver's order: proposed, kept as a preference, and the office's plan as it was")
    func order() async throws {
        // From south to north would be S1, S3, S2; nobody knows where S4 is.
        var plan = HubPlan.header
        for (stop, number, place) in [
            ("S1", 1, "22.7500,121.15"), ("S2", 2, "22.8500,121.15"), ("S3", 3, "22.7600,121.15"),
            ("S4", 4, ","), ("S5", 5, "22.8600,121.15"),
        ] {
            plan += HubPlan.row(stop, number, window: "")
                .replacingOccurrences(of: "22.7547,121.15", with: place)
        }
        let depot = try await Depot(plan: Data(plan.utf8))
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date]
        let propose = ["route", "resequence"] + day
        func shown() async throws -> [String] {
            let run = try await phone.run(["route", "show"] + day)
            return try HubJSON.read(run.output, as: Shown.self).routes.flatMap(\.stops).map(\.code)
        }
        func proposed(_ more: String...) async throws -> Proposed {
            let run = try await phone.run(propose + more)
            try #require(run.status == 0, "\(run.errors)")
            #expect(try CommandSchema.faults(of: run.output, "route-resequence") == [])
            return try HubJSON.read(run.output)
        }
        #expect(try await shown() == ["S1", "S2", "S3", "S4", "S5"])

        // A look, and a trial: nothing waits to be sent.
        let look = try await proposed()
        #expect(look.order == ["S1", "S3", "S2", "S5", "S4"] && look.change == nil)
        #expect(look.metresAfter < look.metresBefore)
        let trial = try await proposed("--record", "--dry-run")
        #expect(trial.change != nil)
        #expect(try await phone.status().outbox.pending == 0)
        #expect(try await shown() == ["S1", "S2", "S3", "S4", "S5"])

        // Slow streets make it longer, not other.
        let own = Repository.folder.appending(path: "Schemas/profiles/route_taitung.json")
        let text = try String(contentsOf: own, encoding: .utf8)
        let slow = try depot.office.file(
            "slow.json",
            text.replacingOccurrences(
                of: "\"detour_percent\": 135", with: "\"detour_percent\": 270"
            )
            .utf8)
        let detour = try await proposed("--profile", slow)
        #expect(abs(detour.metresAfter - 2 * look.metresAfter) <= 4)
        let none = try await phone.run(propose + ["--profile", "nowhere.json"])
        #expect(none.status == 64)

        let id = Ledger.newID()
        let kept = try await proposed("--record", "--id", id)
        #expect(kept.change == id && kept.isRepeat == false && kept.pending == 1)
        let again = try await proposed("--record", "--id", id)
        #expect(again.change == id && again.isRepeat == true && again.pending == 1)
        let change = try await phone.run(["inspect", "change", id])
        #expect(
            try HubJSON.read(change.output, as: Looked.self).parts.map(\.kind)
                == ["suggested_order"])
        #expect(try await shown() == ["S1", "S3", "S2", "S5", "S4"])
        // Nothing is better than that any more.
        #expect(try await proposed("--record").change == nil)

        try await phone.sync()
        #expect(try await shown() == ["S1", "S3", "S2", "S5", "S4"])
        let office = try await depot.dispatch("plan", "show")
        let planned = try HubJSON.read(office.output, as: HubJSON.Plan.self).stops
            .sorted { $0.sequence < $1.sequence }
        #expect(planned.map(\.stop) == ["S1", "S2", "S3", "S4", "S5"])
        #expect(planned.map(\.sequence) == [1, 2, 3, 4, 5])
    }
}
