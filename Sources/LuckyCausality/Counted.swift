public import LuckyModel

/// What of an entity's handovers, failures and receipts counts, and what is kept beside the sums.
public struct Counted: Hashable, Sendable {
    /// What counts, in display order.
    public var effective: [EffectiveFact]
    /// Handovers told twice by two phones of one driver: they count once, these not.
    public var duplicates: [EffectiveFact]
    /// Receipts that are suspected to be an earlier one recorded again: not posted until somebody
    /// decides that they stand.
    public var suspected: [EffectiveFact]
}

extension EntityState {
    /// Which of the facts count: corrections applied, duplicates and suspected receipts put aside.
    public var counted: Counted {
        let all = Corrections.effective(factRecords)
        let (duplicates, suspected) = putAside(of: all)
        let aside = duplicates.union(suspected)
        return Counted(
            effective: all.filter { !aside.contains($0.record.ref) },
            duplicates: all.filter { duplicates.contains($0.record.ref) },
            suspected: all.filter { suspected.contains($0.record.ref) })
    }

    /// Whether cylinders were moved, or money was taken, handed in or counted there, as far as
    /// anybody knows: what is put aside may count once somebody decides.
    public var countsInBalances: Bool {
        let records = factRecords
        let moved = (Corrections.effective(records) + Corrections.drops(records)).contains {
            switch $0.value {
            case .handedOver(let value): value.handover != Handover(delivered: [:])
            case .cashReceived(let receipt): receipt.amount != .zero
            case .failed, .withdrawn, .unknown: false
            }
        }
        return moved
            || Corrections.counts(records).contains {
                // Also what another correction is shown in place of.
                if !$0.standing.isEmpty { return true }
                return switch $0.record.fact {
                case .shiftStarted(let start): start.float != .zero
                case .shiftEnded(let end): end.counted != nil
                default: false
                }
            }
    }

    /// What of them does not count.
    func putAside(
        of all: [EffectiveFact]
    ) -> (duplicates: Set<FactRef>, suspected: Set<FactRef>) {
        // One alone is neither.
        guard all.count > 1 else { return ([], []) }
        return (Duplicates(self, all).handovers, suspectedReceipts(all))
    }

    /// A receipt is suspected while one of the same amount, from another tap, comes before it and
    /// nobody has decided that both stand. Two drivers each hold what they took: both count (L3).
    /// Taps with more receipts of that amount come first, then
    /// the lesser dot: a clock must not decide how much is posted (L6).
    private func suspectedReceipts(_ all: [EffectiveFact]) -> Set<FactRef> {
        var receipts: [Receipt] = all.compactMap { effective in
            guard case .cashReceived(let receipt) = effective.value, receipt.amount != .zero,
                let recorded = facts[effective.record.ref]
            else { return nil }
            return Receipt(
                ref: effective.record.ref, dot: recorded.dot, amount: receipt.amount,
                driver: recorded.stamp.role == .driver ? recorded.stamp.author : nil)
        }
        let together = Dictionary(grouping: receipts, by: \.tap).mapValues(\.count)
        receipts.sort { a, b in
            let (mine, theirs) = (together[a.tap] ?? 0, together[b.tap] ?? 0)
            return mine == theirs ? (a.dot, a.ref) < (b.dot, b.ref) : mine > theirs
        }
        let decided = DecidedPairs(
            pairsDecided(.cashTwice),
            amounts: Dictionary(receipts.map { ($0.ref, $0.amount) }) { first, _ in first })
        var suspected: Set<FactRef> = []
        for (index, receipt) in receipts.enumerated() {
            let isSuspected = receipts[..<index].contains {
                $0.amount == receipt.amount && $0.ref.change != receipt.ref.change
                    && !receipt.isOfAnotherDriver(than: $0)
                    && !decided.bothStand($0.ref, receipt.ref)
            }
            if isSuspected { suspected.insert(receipt.ref) }
        }
        return suspected
    }

    private struct Receipt {
        var ref: FactRef
        var dot: Dot
        var amount: Money
        /// Nil where the office recorded it.
        var driver: Identifier?
        func isOfAnotherDriver(than other: Receipt) -> Bool {
            guard let driver, let theirs = other.driver else { return false }
            return driver != theirs
        }
        var tap: Tap { Tap(change: ref.change, amount: amount) }
    }

    /// The receipts of one amount in one tap.
    private struct Tap: Hashable {
        var change: ChangeID
        var amount: Money
    }

    /// The sides of the reviews of a kind, and whether they were decided as ``ReviewOutcome/kept``.
    private func pairsDecided(_ kind: ReviewKind) -> [[FactRef]: Bool] {
        var pairs: [[FactRef]: Bool] = [:]
        for record in facts(of: .reviewOpened) {
            guard case .reviewOpened(let opened) = record.fact, opened.kind == kind else {
                continue
            }
            let isKept = Review.State(decisions(on: record.ref.change)) == .resolved(.kept)
            pairs[opened.sides.sorted()] = isKept
        }
        return pairs
    }
}

/// Which receipts may both count: a review names the least pair of two taps and an amount, and what
/// is decided of it holds for the others that have no review of their own.
private struct DecidedPairs {
    private struct Taps: Hashable {
        var first: ChangeID
        var second: ChangeID
        var amount: Money
    }

    private let pairs: [[FactRef]: Bool]
    private let amounts: [FactRef: Money]
    private var kept: Set<Taps> = []

    init(_ pairs: [[FactRef]: Bool], amounts: [FactRef: Money]) {
        self.pairs = pairs
        self.amounts = amounts
        for (sides, isKept) in pairs where isKept && sides.count == 2 {
            if let taps = taps(sides[0], sides[1]) { kept.insert(taps) }
        }
    }

    func bothStand(_ a: FactRef, _ b: FactRef) -> Bool {
        pairs[[a, b].sorted()] ?? taps(a, b).map(kept.contains) ?? false
    }

    private func taps(_ a: FactRef, _ b: FactRef) -> Taps? {
        guard let amount = amounts[a], amount == amounts[b] else { return nil }
        return Taps(
            first: min(a.change, b.change), second: max(a.change, b.change), amount: amount)
    }
}
