internal import LuckyHub
public import LuckyModel

/// Years of drivers under one seed: phones with their real stores and sync machines, the real hub,
/// an office, on disks, links and clocks that fail. What must hold is checked from outside.
///
/// ```swift
/// let outcome = try Swarm.play(SwarmSettings(seed: 7, drivers: 4, days: 2))
/// ```
public enum Swarm {
    /// Plays one seed, once.
    /// - Throws: where the world itself could not be built; what does not hold is in the outcome.
    public static func play(_ settings: SwarmSettings) throws -> SwarmOutcome {
        try play(SwarmPlan(settings)).outcome
    }

    /// Plays a small day of one seed and takes one acknowledged tap away behind everybody's back.
    /// - Returns: whether the checker of lost taps missed it.
    public static func noticesLostTap(seed: UInt64) throws -> Bool {
        var settings = SwarmSettings.brief(seed: seed)
        settings.endsAtFirst = false
        settings.losesATap = true
        return try play(settings).violations.contains { $0.checker == LossChecker.name }
    }

    /// The history of one seed: one line for each thing that happened, with its time.
    public static func history(
        of settings: SwarmSettings
    ) throws -> (lines: [Phrase], outcome: SwarmOutcome) {
        try play(SwarmPlan(settings), isTold: true)
    }

    static func play(
        _ plan: SwarmPlan, isTold: Bool = false
    ) throws -> (lines: [Phrase], outcome: SwarmOutcome) {
        let run = try SwarmRun(plan, isTold: isTold)
        defer { run.close() }
        do { try run.play() } catch { run.report("broken_off", Phrase(error)) }
        return (run.trace.lines ?? [], SwarmOutcome(run))
    }
}

/// What one seed came to.
public struct SwarmOutcome: Hashable, Sendable {
    /// The same settings give the same, on every machine.
    public var trace: UInt64
    /// Acknowledged: taps, edits, and what imports wrote.
    public var changesets: Int
    /// How often each kind of fault struck; a kind that never did is absent.
    public var faults: [FaultKind: Int]
    /// In the order found; at most 50.
    public var violations: [SwarmViolation]
    /// Devices that did not come to rest in time.
    public var stalls: Int
    /// Taps that were acknowledged, and those of them that nobody can have any more.
    public var taps: Int
    /// Of ``taps``: every place they were promised to be at was taken away.
    public var excused: Int
    /// Changesets that the hub keeps and did not apply.
    public var quarantined: Int

    init(_ run: SwarmRun) {
        trace = run.trace.hash
        changesets = run.ledger.changesets
        faults = run.world.travel?.strikes ?? [:]
        violations = run.violations
        stalls = run.stalls
        let saved = run.ledger.taps.filter { $0.state == .acknowledged }
        taps = saved.count
        excused = saved.count { $0.isExcused }
        quarantined = (try? run.hub.hub?.read { try $0.quarantined().count }) ?? 0
    }
}
