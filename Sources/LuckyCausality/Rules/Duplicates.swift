internal import LuckyModel

/// One handover that two phones of one driver told, neither knowing of the other: same attempt,
/// counts, cylinder numbers, proof and money. It counts once. Where the money differs, nobody knows
/// which of the two is true: both stand, and a review says so.
struct Duplicates {
    /// The names of handovers that do not count; of each such group the first by name counts.
    private(set) var handovers: Set<FactRef> = []

    init(_ state: EntityState, _ effective: [EffectiveFact]) {
        let twins = Twins(state: state)
        var kept: [ReviewSearch.Version] = []
        for effective in effective.sorted(by: { $0.record.ref < $1.record.ref }) {
            guard case .handedOver = effective.value,
                effective.record.fact.kind == .handedOver,
                let record = state.facts[effective.record.ref]
            else { continue }
            let version = ReviewSearch.Version(
                value: effective.value, original: record, source: record)
            if kept.contains(where: { twins.areOne($0, version) }) {
                handovers.insert(record.ref)
            } else {
                kept.append(version)
            }
        }
    }
}

extension Recorded {
    /// Told by two phones, neither knowing of the other.
    func isConcurrent(with other: Recorded) -> Bool {
        isOfAnotherPhone(than: other) && !isKnown(to: other) && !other.isKnown(to: self)
    }

    /// One that was in quarantine is in nobody's context, not even in that of its own phone's next
    /// epoch: there the install tells.
    private func isOfAnotherPhone(than other: Recorded) -> Bool {
        let (mine, theirs) = (writtenAs ?? dot, other.writtenAs ?? other.dot)
        return writtenAs == nil && other.writtenAs == nil
            ? mine.replica != theirs.replica : mine.replica.install != theirs.replica.install
    }
}
