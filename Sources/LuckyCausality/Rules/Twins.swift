internal import LuckyModel

/// Handovers that may be one, told by two phones: same driver, attempt, counts, cylinder numbers,
/// and pictures and money of the same tap.
struct Twins {
    let state: EntityState

    /// Whether two handovers, as these versions say, may be one that was told twice.
    func areOne(_ a: ReviewSearch.Version, _ b: ReviewSearch.Version) -> Bool {
        guard let mine = telling(a), let theirs = telling(b) else { return false }
        return mine == theirs && a.original.isConcurrent(with: b.original)
    }

    /// What such two have in common; nil for what was not recorded as a handover.
    func telling(_ version: ReviewSearch.Version) -> Telling? {
        guard case .handedOver(let value) = version.value,
            version.original.fact?.kind == .handedOver
        else { return nil }
        return Telling(
            author: version.original.stamp.author, attempt: value.attempt,
            handover: value.handover, serials: value.serials,
            collectedSerials: value.collectedSerials,
            cash: Self.cash(of: version.original, in: state),
            proof: Self.proof(of: version.original, in: state))
    }

    struct Telling: Hashable {
        var author: Identifier
        var attempt: Int
        var handover: Handover
        var serials: [Identifier]
        var collectedSerials: [Identifier]
        var cash: [Int64]
        var proof: [Hash256]
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
