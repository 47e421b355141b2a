internal import LuckyModel

/// Makes a failing history short by leaving parts of the plan out: first what people do, then what
/// goes wrong, then whole phones, each in halves and ever smaller parts.
public struct SwarmMinimizer {
    /// The steps that are enough, one line each.
    public private(set) var lines: [String] = []
    /// What the short history breaks.
    public private(set) var outcome: SwarmOutcome
    /// How many steps are left.
    public let kept: Int
    /// How many were drawn.
    public let drawn: Int
    /// The short history as a `lucky-case/1` file that fails when it is played: a scenario, or,
    /// where that has no words for it or what fails needs the swarm's own time and links, the steps
    /// of the swarm themselves.
    public let caseText: String
    /// How often the history was played.
    public private(set) var runs = 0

    /// - Parameters:
    ///   - most: how often to play it at most.
    /// - Returns: nil where nothing fails in the first place.
    public init?(_ settings: SwarmSettings, most: Int = 400) throws {
        let whole = SwarmPlan(settings)
        let first = try Swarm.play(whole).outcome
        guard let checker = first.violations.first?.checker else { return nil }
        var plan = whole
        var outcome = first
        var runs = 1
        func fails(_ steps: [SwarmStep]) throws -> SwarmOutcome? {
            guard runs < most else { return nil }
            runs += 1
            var shorter = whole
            shorter.steps = steps
            let outcome = try Swarm.play(shorter).outcome
            return outcome.violations.contains { $0.checker == checker } ? outcome : nil
        }
        func shorten(_ belongs: (SwarmAction) -> Bool) throws {
            var length = max(1, plan.steps.count { belongs($0.action) } / 2)
            while true {
                var start = 0
                var isShorter = false
                while true {
                    let places = plan.steps.indices.filter { belongs(plan.steps[$0].action) }
                    guard start < places.count else { break }
                    let gone = Set(places[start..<min(start + length, places.count)])
                    let rest = plan.steps.indices.filter { !gone.contains($0) }
                        .map { plan.steps[$0] }
                    if let worse = try fails(rest) {
                        (plan.steps, outcome, isShorter) = (rest, worse, true)
                    } else {
                        start += length
                    }
                }
                if runs >= most || (length == 1 && !isShorter) { return }
                length = max(1, length / 2)
            }
        }
        try shorten { $0.isOperation }
        try shorten { !$0.isOperation }
        for slot in whole.phones.indices.reversed() {
            let rest = plan.steps.filter { $0.action.phone != slot }
            guard rest.count < plan.steps.count else { continue }
            if let worse = try fails(rest) { (plan.steps, outcome) = (rest, worse) }
        }
        lines = plan.steps.map(\.line)
        self.outcome = outcome
        self.runs = runs
        let reason = outcome.violations.first?.line.en ?? checker
        let scenario = SwarmCase.text(of: plan, reason: reason).flatMap { text in
            let played = CaseRunner.run(text: text)
            // What is refused there lacks something: it would fail whatever is mended.
            let isPlayed = !played.reason.contains("refused:")
            return played.outcome == .fail && isPlayed ? text : nil
        }
        caseText = scenario ?? SwarmPlayer.text(of: plan, reason: reason)
        (kept, drawn) = (plan.steps.count, whole.steps.count)
    }
}
