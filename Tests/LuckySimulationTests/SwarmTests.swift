import Foundation
import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// Small swarms, with everything failing that can; and that the swarm would notice.
struct SwarmTests {
    /// The seeds from 1 on, as many as there is time for: the same in every run. Others are for
    /// `lucky simulate run --seed N`.
    @Test("Nothing is lost, nothing doubled, and all comes together by itself")
    func nothingIsLost() throws {
        var report = SwarmReport()
        var seed: UInt64 = 0
        let began = clock()
        let budget = try Budget.current("swarm-debug")
        try budget.run { _ in
            seed += 1
            // Some have a night between two days.
            let settings = SwarmSettings(seed: seed, days: seed.isMultiple(of: 8) ? 2 : 1)
            let outcome = try Swarm.play(settings)
            let again = SwarmReport.isDouble(report.seeds) ? try Swarm.play(settings) : nil
            report.add(outcome, of: settings, again: again)
            let replay = settings.replay(commit: Self.commit)
            guard outcome.violations.isEmpty, outcome.stalls == 0 else {
                throw FailedRound(try Self.said(outcome, of: settings), replay: replay)
            }
            guard again == nil || again == outcome else {
                throw FailedRound("the second run came to something else", replay: replay)
            }
        }
        let memory = try Self.peakMegabytes()
        say("swarm: at most \(memory) MB of memory at any time")
        #expect(memory < Self.megabytesMost)
        say(report.json(cpuSeconds: Double(clock() - began) / Double(CLOCKS_PER_SEC)))
        let first = report.seeds < budget.amount ? "the time was up" : "the amount was done"
        say("swarm: \(report.driverDays) driver-days of 1500 (5 driver-years); \(first) first")
        #expect(report.doubleRuns > 0)
        #expect(report.changesets >= 120 * report.driverDays)
        #expect(!report.faults.isEmpty)
        if report.seeds >= 100 {
            let never = FaultKind.allCases.filter { report.faults[$0] == nil }
            #expect(never == [], "these never struck")
        }
    }

    /// Of the build, as ./cli/test names it.
    private static let commit = ProcessInfo.processInfo.environment["LUCKY_COMMIT"]

    /// Of the process that plays the swarm, with whatever else it tests meanwhile.
    private static let megabytesMost = 1_500

    /// The most that this process ever had in memory, in 1024 × 1024 bytes.
    private static func peakMegabytes() throws -> Int {
        var usage = rusage()
        // RUSAGE_SELF, of which the libraries disagree what type it is.
        let status = getrusage(0, &usage)
        try #require(status == 0)
        #if canImport(Darwin)
            return usage.ru_maxrss / 1_048_576
        #else
            return usage.ru_maxrss / 1_024
        #endif
    }

    /// What did not hold, and the shortest history that breaks it, as a case.
    private static func said(
        _ outcome: SwarmOutcome, of settings: SwarmSettings
    ) throws -> String {
        let found = outcome.violations.prefix(5).map { "\($0.checker): \($0.text)" }
        let head = "seed \(settings.seed), commit \(commit ?? "unknown"):"
        guard let short = try SwarmMinimizer(settings, most: 60) else {
            return ([head] + found).joined(separator: "\n")
        }
        let steps = "\(short.kept) of \(short.drawn) steps are enough:"
        let lines = [head] + found + [steps] + short.lines + [short.caseText]
        return lines.joined(separator: "\n")
    }

    @Test("A seed that fails is said with its shortest history, its commit and one command")
    func failing() throws {
        var settings = SwarmSettings.brief(seed: 1)
        settings.losesATap = true
        settings.endsAtFirst = false
        let said = try Self.said(try Swarm.play(settings), of: settings)
        #expect(said.hasPrefix("seed 1, commit "))
        #expect(said.contains("lost: the tap"))
        #expect(said.contains("steps are enough:"))
        #expect(
            settings.replay(commit: "c0ffee")
                == "lucky simulate replay --seed 1 --drivers 2 --days 1 --faults heavy --brief # c0ffee"
        )
        #expect(SwarmSettings(seed: 2).replay(commit: "").hasSuffix("--faults heavy"))
    }

    @Test(
        "A tap that was acknowledged and taken away is missed, whichever the seed",
        arguments: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 24, 139, 362] as [UInt64])
    func canary(_ seed: UInt64) throws {
        #expect(try Swarm.noticesLostTap(seed: seed), "seed \(seed)")
    }

    @Test("An edit whose request says nothing of what was seen drops what the hub has")
    func resequenced() throws {
        // Of this seed's, one that puts a route in another order was blamed for what it had not seen.
        let found = try Swarm.play(.brief(seed: 52)).violations
        #expect(found.filter { $0.checker == CausalityChecker.name } == [])
    }

    @Test("A plan is drawn as a list of steps that need no other")
    func plan() {
        for seed in 0..<20 as Range<UInt64> {
            let plan = SwarmPlan(SwarmSettings(seed: seed, drivers: 3, days: 2))
            let stops = plan.stops.filter { !$0.isSpare }
            for driver in 0..<3 {
                for day in 0..<2 {
                    let count = stops.count { $0.driver == driver && $0.day == day }
                    #expect((15...30).contains(count))
                }
            }
            #expect(Set(plan.steps.map(\.number)).count == plan.steps.count)
            #expect(plan.steps.map(\.at) == plan.steps.map(\.at).sorted())
            let taps = plan.steps.count { if case .tap = $0.action { true } else { false } }
            #expect(taps >= 6 * plan.settings.taps)
        }
        let none = SwarmPlan(SwarmSettings(seed: 1, faults: .none))
        #expect(none.kinds.isEmpty)
    }

    @Test("A hundred seeds draw every kind of fault")
    func everyKind() {
        let drawn = (1...100 as ClosedRange<UInt64>).map {
            Self.kinds(in: SwarmPlan(SwarmSettings(seed: $0)))
        }
        #expect(drawn.reduce([]) { $0.union($1) } == Set(FaultKind.allCases))
    }

    @Test("What is counted was drawn")
    func counted() throws {
        let plan = SwarmPlan(.brief(seed: 5))
        let counted = Set(try Swarm.play(plan).outcome.faults.keys)
        #expect(!counted.isEmpty)
        #expect(counted.subtracting(Self.kinds(in: plan)) == [])
    }

    /// Which a plan has.
    private static func kinds(in plan: SwarmPlan) -> Set<FaultKind> {
        var kinds: Set<FaultKind> = []
        for step in plan.steps {
            switch step.action {
            case .message(let fault, _): kinds.insert(fault.kind)
            case .outage(let kind, _, _), .befall(let kind, _), .hub(let kind): kinds.insert(kind)
            case .strike(let stroke, _): kinds.insert(stroke.kind)
            case .killHub: kinds.insert(.hubKilledInside)
            case .edit(.reassign, _) where plan.kinds.contains(.scopeReturned):
                kinds.insert(.scopeReturned)
            default: break
            }
        }
        return kinds
    }

    @Test("A tap tried twice with other words counts for the lesser and the greater of them")
    func twoVersions() throws {
        let run = try SwarmRun(SwarmPlan(.brief(seed: 1)))
        defer { run.close() }
        let amounts = try [100, 300].map { Money.dollars($0) }.map { try #require($0) }
        let device = try #require(run.living.first)
        run.ledger.note(
            SwarmLedger.Tap(
                change: ChangeID(high: 1, low: 1),
                entity: EntityID(.stop, Bits128(high: 1, low: 1)),
                driver: device.driver,
                versions: amounts.map { [.cashReceived(CashReceipt($0))] }, state: .acknowledged,
                step: 0),
            on: device.name)
        var checker = LedgerChecker()
        #expect(try checker.observe(run).isEmpty)
        #expect(try checker.conclude(run).count == 1)
    }

    @Test("A history that scenarios have no words for is a case as well, and never of another plan")
    func ownWords() throws {
        var plan = SwarmPlan(.brief(seed: 1))
        plan.steps.removeLast(plan.steps.count / 2)
        let text = SwarmPlayer.text(of: plan, reason: "nothing")
        #expect(CaseRunner.run(text: text).outcome == .pass)
        let other = text.replacing("\"found\": []", with: "\"found\": [\"lost: a tap\"]")
        #expect(CaseRunner.run(text: other).outcome == .fail)
        for (old, new) in [(" #0 ", " #9999 "), ("\"plan\": \"", "\"plan\": \"00")] {
            let drawnOtherwise = text.replacing(old, with: new)
            #expect(drawnOtherwise != text)
            #expect(CaseRunner.run(text: drawnOtherwise).outcome == .invalid)
        }
    }

    @Test("A tap tried again may bear the clock of then")
    func triedLater() {
        var ledger = SwarmLedger()
        var tap = SwarmLedger.Tap(
            change: ChangeID(high: 1, low: 1), entity: EntityID(.stop, Bits128(high: 1, low: 1)),
            driver: "drv-1", versions: [], state: .unknown, step: 0, latest: 100)
        for (latest, expected) in [(100, 100), (900, 900), (200, 900)] as [(Int64, Int64)] {
            tap.latest = latest
            ledger.note(tap, on: "phone-0")
            #expect(ledger[tap.change]?.latest == expected)
        }
    }

    @Test("The report is one object whose keys stand in a fixed order")
    func report() throws {
        var report = SwarmReport()
        let settings = SwarmSettings(seed: 1, drivers: 2, days: 3)
        let run = try SwarmRun(SwarmPlan(settings))
        defer { run.close() }
        var outcome = SwarmOutcome(run)
        outcome.changesets = 7
        outcome.faults = [.slow: 2, .answerLost: 1]
        report.add(outcome, of: settings, again: outcome)
        #expect(
            report.json(cpuSeconds: 72).hasPrefix(
                "{\"build\":\"\(SwarmReport.build)\",\"changesets\":7,\"cpu_s\":72.0,"
                    + "\"double_runs\":1,\"driver_days\":6,\"driver_years_per_cpu_hour\":1.0,"
                    + "\"faults\":3,\"faults_by_kind\":{\"answer_lost\":1,\"slow\":2},"
                    + "\"mismatched_traces\":0,\"seeds\":1,\"stalls\":0,\"violations\":0}"))
    }
}
