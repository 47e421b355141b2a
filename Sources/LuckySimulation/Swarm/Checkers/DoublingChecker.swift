internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel

/// Nothing is there twice, nothing that nobody did, and nothing that was refused.
struct DoublingChecker: SwarmChecker {
    static let name = "doubled"

    mutating func conclude(_ run: SwarmRun) throws -> [String] {
        guard let hub = run.hub.hub else { return [] }
        var found = try hub.read { try $0.audit() }.map {
            "the hub's file: \($0.kind) \($0.detail)"
        }
        for state in try run.view.hub(run) { found += check(state, run) }
        return found
    }

    private func check(_ state: EntityState, _ run: SwarmRun) -> [String] {
        let facts = state.facts.values.filter { $0.stamp.role == .driver }
        return facts.sorted { $0.ref < $1.ref }.compactMap { record in
            guard let tap = run.ledger[record.ref.change] else {
                return "nobody tapped \(record.ref.change.hex) on \(state.id)"
            }
            if tap.state == .refused { return "the refused tap \(tap.change.hex) is there" }
            if tap.entity != state.id { return "the tap \(tap.change.hex) is on \(state.id)" }
            let isAsTapped = tap.versions.contains {
                $0.indices.contains(record.ref.index) && $0[record.ref.index] == record.fact
            }
            return isAsTapped
                ? nil : "fact \(record.ref.index) of \(tap.change.hex) says something else"
        }
    }
}
