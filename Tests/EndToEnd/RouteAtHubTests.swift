import Foundation
import TestSupport
import Testing

/// `lucky route simulate --hub`: a real hub's plan is read, and the hub stays as it is.
struct RouteAtHubTests {
    private struct Day: Decodable {
        var route: String
        var date: String
        var stops: Int
        var driver: String
        var verdict: String
    }

    @Test("A route of a hub that serves is driven; the hub's files are the same before and after")
    func simulated() async throws {
        let office = try await HubOffice()
        let hub = try await office.serve()
        let way = ["--hub", hub.ready.address, "--token-file", try await office.token("boss")]
        let day = try office.file("day.csv", HubPlan.day.utf8)
        #expect(try await office.run(["plan", "import", day] + way).status == 0)

        func files() throws -> [Data?] {
            ["", "-wal"].map { FileManager.default.contents(atPath: office.db + $0) }
        }
        let before = try files()
        let shown = ["route", "simulate", "--json", "--date", HubPlan.date] + way
        let played = try await Self.lucky(shown + ["--route", "R1"])
        #expect(played.status == 0, "\(played.errors)")
        let result = try HubJSON.read(played.output, as: Day.self)
        let line = String(played.output.dropLast())
        #expect(try CommandSchema.faults(of: line, "route-simulate") == [])
        #expect(result.route == "R1" && result.date == HubPlan.date && result.stops == 3)
        #expect(result.driver == "drv-1" && result.verdict == "ok")
        #expect(!played.output.contains("王小姐") && !played.output.contains("089-000000"))
        #expect(try await Self.lucky(shown + ["--route", "R1"]).output == played.output)
        let unknown = try await Self.lucky(shown + ["--route", "R9"])
        #expect(unknown.status == 64 && unknown.errors.contains("R1 · R2"))
        #expect(try files() == before)
        #expect(before.allSatisfy { $0?.isEmpty == false })

        // A driver may not read the office's plan, and nobody answers in the end.
        let driver = try await office.token("drv-1", role: "driver")
        let refused = try await Self.lucky(
            [
                "route", "simulate", "--hub", hub.ready.address, "--token-file", driver, "--route",
                "R1",
            ])
        #expect(refused.status == 3, "\(refused.errors)")
        #expect(await hub.end() == 0)
        let gone = try await Self.lucky(shown + ["--route", "R1"])
        #expect(gone.status == 4, "\(gone.errors)")
        #expect(try await Self.lucky(shown).status == 64)
    }

    private static func lucky(_ arguments: [String]) async throws -> Command.Result {
        try await Command.run(
            Repository.program("lucky").path, arguments + ["--lang", "en"],
            environment: ["LUCKY_TOKEN": ""])
    }
}
