internal import LuckyModel

/// One handover that two phones of one driver told, neither knowing of the other: same attempt,
/// counts, cylinder numbers, proof and money. It counts once. Where the money differs, nobody knows
/// which of the two is true: both stand, and a review says so.
struct Duplicates {
    /// The names of handovers that do not count; of each such group the first by name counts.
    private(set) var handovers: Set<FactRef> = []

    init(_ state: EntityState, _ effective: [EffectiveFact]) {
        var kept: [(record: Recorded, value: HandedOver)] = []
        let sorted = effective.sorted { $0.record.ref < $1.record.ref }
        for effective in sorted {
            guard case .handedOver(let value) = effective.value,
                effective.record.fact.kind == .handedOver,
                let record = state.facts[effective.record.ref]
            else { continue }
            let isDuplicate = kept.contains {
                Self.isSame($0.value, value) && $0.record.isConcurrent(with: record)
                    && $0.record.stamp.author == record.stamp.author
                    && Self.proof(of: $0.record, in: state) == Self.proof(of: record, in: state)
                    && Self.cash(of: $0.record, in: state) == Self.cash(of: record, in: state)
            }
            if isDuplicate {
                handovers.insert(record.ref)
            } else {
                kept.append((record, value))
            }
        }
    }

    private static func isSame(_ a: HandedOver, _ b: HandedOver) -> Bool {
        a.attempt == b.attempt && a.handover == b.handover && a.serials == b.serials
            && a.collectedSerials == b.collectedSerials
    }

    /// The money taken with the same tap, in 1/100 NT$.
    private static func cash(of record: Recorded, in state: EntityState) -> [Int64] {
        state.facts.values.compactMap { fact in
            guard case .cashReceived(let receipt) = fact.fact,
                fact.ref.change == record.ref.change
            else { return nil }
            return receipt.amount.cents
        }.sorted()
    }

    /// The pictures of the same tap.
    private static func proof(of record: Recorded, in state: EntityState) -> [Hash256] {
        state.facts.values.compactMap { fact in
            guard case .photoTaken(let photo) = fact.fact, fact.ref.change == record.ref.change
            else { return nil }
            return photo.sha256
        }.sorted()
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
