import Foundation
import LuckySimulation
import TestSupport
import Testing

/// The swarm at its full speed: the release program that `./cli/test` builds, one process a core.
struct ReleaseSwarmTests {
    private static let program = ProcessInfo.processInfo.environment["LUCKY_RELEASE"]
    private static let isBuilt = program != nil

    /// The last line of `lucky simulate run --json`.
    private struct Report: Decodable {
        var build: String
        var changesets: Int
        var cpuS: Double
        var doubleRuns: Int
        var driverDays: Int
        var faults: Int
        var faultsByKind: [String: Int]
        var mismatchedTraces: Int
        var seeds: Int
        var stalls: Int
        var violations: Int
    }

    private struct Canaries: Decodable {
        var seeds: Int
        var unnoticed: [UInt64]
    }

    /// Seeds from 1 on, and from the middle of the amount on: the same in every run, as many as there
    /// is time for.
    @Test(
        "Nothing is lost, nothing doubled, and all comes together by itself",
        .enabled(if: isBuilt, "needs the release build of ./cli/test"))
    func nothingIsLost() async throws {
        let budget = try Budget.current("swarm")
        let began = ContinuousClock.now
        let half = max(1, budget.amount / 2)
        async let low = play(from: 1, half, budget)
        async let high = play(from: 1 + half, half, budget)
        let reports = try await [low, high]
        func sum(_ count: (Report) -> Int) -> Int { reports.map(count).reduce(0, +) }
        let seeds = sum { $0.seeds }
        Budget.record(
            layer: "swarm", amount: seeds, seconds: (.now - began) / .seconds(1))
        let hours = reports.map(\.cpuS).reduce(0, +) / 3_600
        let days = sum { $0.driverDays }
        let faults = sum { $0.faults }
        let changesets = sum { $0.changesets }
        let first = seeds < budget.amount ? "the time was up" : "the amount was done"
        say("swarm: \(days) driver-days of 1500 (5 driver-years); \(first) first")
        say(
            "swarm: \(changesets) changesets, \(faults) faults,"
                + " \(Double(days) / 300 / hours) driver-years per CPU-hour")
        #expect(reports.allSatisfy { $0.build == "release" })
        #expect(sum { $0.violations } == 0 && sum { $0.stalls } == 0)
        #expect(sum { $0.doubleRuns } >= 2 && sum { $0.mismatchedTraces } == 0)
        #expect(changesets >= 120 * days)
        #expect(faults * 20 >= changesets)
        if seeds >= 100 {
            let struck = Set(reports.flatMap(\.faultsByKind.keys))
            let never = FaultKind.allCases.map(\.rawValue).filter { !struck.contains($0) }
            #expect(never == [], "these never struck")
        }
        // What would be missed is missed, whichever the seed.
        let run = try await Command.run(
            try #require(Self.program), ["simulate", "canary", "--seeds", "\(seeds)", "--json"],
            deadline: .seconds(1_800))
        let canaries = try Self.read(run.output, as: Canaries.self)
        #expect(run.status == 0 && canaries.seeds == seeds && canaries.unnoticed == [])
    }

    private static func read<T: Decodable>(_ line: some StringProtocol, as type: T.Type) throws -> T
    {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: Data(line.utf8))
    }

    private func play(from seed: Int, _ seeds: Int, _ budget: Budget) async throws -> Report {
        let minutes = budget.duration / .seconds(60)
        let run = try await Command.run(
            try #require(Self.program),
            [
                "simulate", "run", "--seed", "\(seed)", "--seeds", "\(seeds)", "--minutes",
                "\(minutes)", "--json",
            ], deadline: budget.duration + .seconds(1_800))
        let last = run.output.split(separator: "\n").last ?? ""
        let report = try Self.read(last, as: Report.self)
        #expect(run.status == 0, "\(run.errors)")
        return report
    }
}
