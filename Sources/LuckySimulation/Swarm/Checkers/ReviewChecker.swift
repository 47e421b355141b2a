internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyWire

/// No review is lost: whatever contradicts itself at the hub has its review, and one that was opened
/// stays until somebody decides it, and stays readable then.
struct ReviewChecker: SwarmChecker {
    static let name = "reviews"

    /// Opened at the hub, in its present history.
    private var opened: [ChangeID: EntityID] = [:]
    private var history: String?

    mutating func observe(_ run: SwarmRun) throws -> [String] {
        guard let hub = run.hub.hub else { return [] }
        var now: [ChangeID: EntityID] = [:]
        var found: [String] = []
        try hub.read { reader in
            for kind in [EntityKind.stop, .route, .shift] {
                for entity in try reader.entities(kind) {
                    guard let state = try reader.state(entity) else { continue }
                    for record in state.facts.values {
                        if case .reviewOpened = record.fact { now[record.ref.change] = entity }
                    }
                    for finding in ReviewRules.findings(in: state) where now[finding.id] == nil {
                        found.append("\(finding.kind.rawValue) on \(entity) has no review")
                    }
                }
            }
        }
        if history == hub.history.hex {
            for (review, entity) in opened.sorted(by: { $0.key < $1.key })
            where now[review] == nil {
                found.append("the review \(review.hex) of \(entity) is gone")
            }
        }
        history = hub.history.hex
        opened = now
        return found
    }

    mutating func conclude(_ run: SwarmRun) throws -> [String] { try observe(run) }
}
