internal import LuckyModel

/// Handovers that may be one, told by two phones: same driver, attempt, counts, cylinder numbers,
/// and pictures and money of the same tap.
struct Twins {
    /// The money taken with each tap, in 1/100 NT$, sorted.
    private var cash: [ChangeID: [Int64]] = [:]
    /// The pictures of each tap, sorted.
    private var proof: [ChangeID: [Hash256]] = [:]

    init(state: EntityState) {
        for fact in state.facts.values {
            switch fact.fact {
            case .cashReceived(let receipt):
                cash[fact.ref.change, default: []].append(receipt.amount.cents)
            case .photoTaken(let photo):
                proof[fact.ref.change, default: []].append(photo.sha256)
            default: continue
            }
        }
        cash = cash.mapValues { $0.sorted() }
        proof = proof.mapValues { $0.sorted() }
    }

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
            cash: cash[version.original.ref.change] ?? [],
            proof: proof[version.original.ref.change] ?? [])
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
}
