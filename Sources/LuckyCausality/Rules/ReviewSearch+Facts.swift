internal import LuckyModel

// Facts against facts: the like of it again, or another kind.

extension ReviewSearch {
    func findPairs(of kind: FactKind, opening review: ReviewKind) {
        switch kind {
        case .handedOver: findDeliveredTwice(review)
        case .cashReceived: findCashTwice(review)
        case .corrected: findConcurrentCorrections(review)
        case .meterRead: findMeterTwice(review)
        default: break
        }
    }

    /// All pairs that stood together, but those that may be one handover told by two phones.
    private func findDeliveredTwice(_ review: ReviewKind) {
        let handovers = versions.filter {
            if case .handedOver = $0.value { true } else { false }
        }
        var least = LeastPairs()
        for (first, second) in pairs(of: handovers) where !twins.areOne(first, second) {
            least.add(first.side(first.named.ref), second.side(second.named.ref))
        }
        open(review, least)
    }

    /// Two receipts of one amount from two changes, as they count or counted.
    private func findCashTwice(_ review: ReviewKind) {
        let receipts = versions.filter { $0.amount.map { $0 != .zero } ?? false }
        var least = LeastPairs()
        for (first, second) in pairs(of: receipts) where first.amount == second.amount {
            least.add(
                first.side(first.original.ref), second.side(second.original.ref),
                about: first.amount)
        }
        open(review, least)
    }

    /// Of two taps, what both said while neither writer had seen the other's corrected.
    private func pairs(of versions: [Version]) -> [(Version, Version)] {
        versions.enumerated().flatMap { index, first in
            versions.dropFirst(index + 1).filter { second in
                first.named.ref.change != second.named.ref.change
                    && first.original.ref != second.original.ref
                    && stands(first, for: first.source, second.source)
                    && stands(second, for: first.source, second.source)
            }.map { (first, $0) }
        }
    }

    /// L1: neither had seen the other, directly or through what it had seen.
    private func findConcurrentCorrections(_ review: ReviewKind) {
        var corrections: [FactRef: Correction] = [:]
        for record in facts {
            if case .corrected(let correction) = record.fact {
                corrections[record.ref] = correction
            }
        }
        func known(to ref: FactRef) -> Set<FactRef> {
            var known: Set<FactRef> = []
            var next = corrections[ref]?.seen ?? []
            while let seen = next.popLast() {
                if known.insert(seen).inserted { next += corrections[seen]?.seen ?? [] }
            }
            return known
        }
        let sorted = corrections.sorted { $0.key < $1.key }
        var least = LeastPairs()
        for (index, first) in sorted.enumerated() {
            let knownToFirst = known(to: first.key)
            for second in sorted.dropFirst(index + 1)
            where first.value.original == second.value.original
                && !knownToFirst.contains(second.key)
                && !known(to: second.key).contains(first.key)
            {
                least.add(
                    LeastPairs.Side(first.key), LeastPairs.Side(second.key),
                    about: first.value.original)
            }
        }
        open(review, least)
    }

    /// Two readings of one meter that differ; start and end of one handover are one change.
    private func findMeterTwice(_ review: ReviewKind) {
        // In any order: it says nothing about which pair is the least.
        let readings = state.facts(of: .meterRead).compactMap { record in
            if case .meterRead(let reading) = record.fact {
                (record.ref, reading)
            } else {
                nil as (FactRef, MeterReading)?
            }
        }
        var least = LeastPairs()
        for (index, first) in readings.enumerated() {
            for second in readings.dropFirst(index + 1)
            where first.1.product == second.1.product && first.1.milli != second.1.milli
                && first.0.change != second.0.change
            {
                least.add(
                    LeastPairs.Side(first.0), LeastPairs.Side(second.0), about: first.1.product)
            }
        }
        open(review, least)
    }

    func find(_ kind: FactKind, against other: FactKind, opening review: ReviewKind) {
        var least = LeastPairs()
        let opposites = candidates(other)
        for candidate in candidates(kind) {
            for opposite in opposites where contradicts(review, candidate, opposite) {
                least.add(candidate.side, opposite.side, about: corrected(by: candidate.fact))
            }
        }
        open(review, least)
    }

    /// Corrections of two facts are two matters, also in one changeset.
    private func corrected(by fact: Fact?) -> FactRef? {
        if case .corrected(let correction) = fact { correction.original } else { nil }
    }

    private func contradicts(
        _ review: ReviewKind, _ candidate: Candidate, _ opposite: Candidate
    ) -> Bool {
        switch (review, candidate.fact, opposite.fact) {
        case (.correctedAfterInvoice, .corrected(let correction), .settled(let settlement)):
            return settlement.covers.contains(correction.original)
                && !settlement.covers.contains(candidate.record.ref)
                && !opposite.record.context.covers(candidate.record.dot)
        case (.deliveredAndFailed, .handedOver(let handover), .failed):
            // The next attempt is another.
            guard case .failed(let failure) = opposite.fact, let version = candidate.version
            else { return false }
            return failure.attempt == handover.attempt
                && candidate.record.isConcurrent(with: opposite.record)
                && stands(version, for: candidate.source, opposite.record)
        case (.shiftTooLong, .shiftEnded, .shiftStarted):
            let (length, overflow) = candidate.record.stamp.writtenAt
                .subtractingReportingOverflow(opposite.record.stamp.writtenAt)
            return overflow || length > Shift.longestMilliseconds
        default: return false
        }
    }
}

extension ReviewSearch.Version {
    /// What a receipt says; nil for anything else.
    fileprivate var amount: Money? {
        if case .cashReceived(let receipt) = value, original.fact?.kind == .cashReceived {
            receipt.amount
        } else {
            nil
        }
    }
}
