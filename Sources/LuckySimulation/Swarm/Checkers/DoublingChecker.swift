internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel

/// Nothing is there twice, nothing that nobody did, and nothing that was refused.
struct DoublingChecker: SwarmChecker {
    static let name = "doubled"

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] {
        guard let hub = run.hub.hub else { return [] }
        var found = try hub.read { try $0.audit() }.map {
            Phrase.findHubFile.with(["kind": "\($0.kind)", "detail": "\($0.detail)"])
        }
        for state in try run.view.hub(run) { found += check(state, run) }
        return found
    }

    private func check(_ state: EntityState, _ run: SwarmRun) -> [Phrase] {
        let facts = state.facts.values.filter { $0.stamp.role == .driver }
        return facts.sorted { $0.ref < $1.ref }.compactMap { record in
            guard let tap = run.ledger[record.ref.change] else {
                return .findNobodyTapped.with([
                    "tap": record.ref.change.hex, "entity": "\(state.id)",
                ])
            }
            if tap.state == .refused { return .findRefusedThere.with(["tap": tap.change.hex]) }
            if tap.entity != state.id {
                return .findElsewhere.with(["tap": tap.change.hex, "entity": "\(state.id)"])
            }
            let isAsTapped = tap.versions.contains {
                $0.indices.contains(record.ref.index) && $0[record.ref.index] == record.fact
            }
            guard !isAsTapped else { return nil }
            return .findOtherwise.with([
                "index": "\(record.ref.index)", "tap": tap.change.hex,
            ])
        }
    }
}
