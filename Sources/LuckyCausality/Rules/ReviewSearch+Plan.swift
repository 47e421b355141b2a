internal import LuckyModel

// What a plan write must say to contradict a fact that its author did not know. Where a third
// change matters (money, an account, another handover), one that may have been there is enough: the
// order in which they come decides nothing.

extension ReviewSearch {
    func contradicts(
        _ review: ReviewKind, _ candidate: Candidate, _ value: PlanValue, _ write: Recorded
    ) -> Bool {
        switch review {
        case .deliveredAfterCancel: value.flag == true
        case .deliveredAfterReassign: value.name != candidate.author
        case .correctedAfterInvoice: value.name?.isEmpty == false
        case .meterBelow: isBelow(candidate, value)
        case .moreEmptiesThanHeld: hasTaken(candidate, beyond: value.quantities, write)
        default: handoverContradicts(review, candidate, value, write)
        }
    }

    private func handoverContradicts(
        _ review: ReviewKind, _ candidate: Candidate, _ value: PlanValue, _ write: Recorded
    ) -> Bool {
        guard case .handedOver(let handedOver) = candidate.fact else { return false }
        switch review {
        case .priceChanged:
            guard let quoted = handedOver.quoted, let price = value.money else { return false }
            return quoted != price
        case .creditBlocked:
            return value.flag == true
                && values(.payment, for: candidate.source, write).contains {
                    $0.name == PaymentMethod.monthly.code
                }
        case .paidOtherwise:
            guard let ordered = value.quantities,
                !ordered.isCovered(by: handedOver.handover.delivered)
            else { return false }
            return hasPaid(beyond: handedOver.quoted, candidate.source, write)
        default: return false
        }
    }

    /// What a field said or says, as far as neither of the two had seen it written over.
    private func values(
        _ field: PlanField, for source: Recorded, _ write: Recorded
    ) -> [PlanValue] {
        writes(field).filter { stands($0, for: source, write) }.compactMap { $0.plan?.value }
    }

    /// Whether more was taken than the driver said; where he said nothing, the plan's whole price.
    private func hasPaid(
        beyond quoted: Money?, _ source: Recorded, _ write: Recorded
    ) -> Bool {
        let paid = paid(source, write)
        if let quoted { return paid > quoted.cents }
        return values(.price, for: source, write).contains { value in
            value.money.map { $0 > .zero && paid >= $0.cents } ?? false
        }
    }

    /// All receipts, each by the most that it may say, in 1/100 NT$; money given back only where
    /// one of the two knew of it.
    private func paid(_ source: Recorded, _ write: Recorded) -> Int64 {
        var most: [FactRef: Int64] = [:]
        for version in versions {
            guard case .cashReceived(let receipt) = version.value,
                stands(version, for: source, write),
                receipt.amount > .zero || version.source.isPresent(for: source)
                    || version.source.isPresent(for: write)
            else { continue }
            let name = version.original.ref
            most[name] = max(most[name] ?? .min, receipt.amount.cents)
        }
        return most.values.reduce(0) { $0.addingReportingOverflow($1).partialValue }
    }

    private func isBelow(_ candidate: Candidate, _ value: PlanValue) -> Bool {
        guard case .meterRead(let reading) = candidate.fact, let last = value.integer else {
            return false
        }
        return reading.milli < last
    }
}

// MARK: The first of a visit

extension ReviewSearch {
    /// The first fact of each replica that the write's author did not know and that it strikes, if
    /// that is of this kind.
    func findFirst(
        of kind: FactKind, against write: Recorded, opening review: ReviewKind
    ) {
        guard let value = write.plan?.value, strikes(value, review) else { return }
        var seen: Set<Recorded.Line> = []
        for record in facts where !write.context.covers(record.dot) && stands(write, for: record) {
            guard let found = struck(record, by: value, write, review),
                seen.insert(record.line).inserted
            else { continue }
            if found == kind { open(review, record.ref, write.ref) }
        }
    }

    /// Whether it strikes anything. Whoever does not know what was written over does not know what
    /// the driver came for, nor who was to come instead: only that it is on no route any more is
    /// said then, since more of it could take another finding back.
    private func strikes(_ value: PlanValue, _ review: ReviewKind) -> Bool {
        review == .deletedAfterFact ? value.flag == true : value == .none || hasPast
    }

    /// - Returns: as which kind of fact it is struck; nil for not at all.
    private func struck(
        _ record: Recorded, by value: PlanValue, _ write: Recorded, _ review: ReviewKind
    ) -> FactKind? {
        guard let fact = record.fact else { return nil }
        if review == .deletedAfterFact { return fact.isDoorstep ? fact.kind : nil }
        let kind = visit(fact)
        return kind != nil && isTakenAway(record, value, write) ? kind : nil
    }

    /// The driver was there: by this tap, or, what was said to have failed, by a correction of it.
    private func visit(_ fact: Fact) -> FactKind? {
        switch fact {
        case .arrived, .handedOver, .failed: return fact.kind
        case .corrected(let correction):
            guard case .handedOver = correction.replacement,
                case .failed? = state.facts[correction.original]?.fact
            else { return nil }
            return .handedOver
        default: return nil
        }
    }

    /// Taken off the route, or put on another than the one for which its driver came there. Where it
    /// went to another driver, that is said by who delivers.
    private func isTakenAway(
        _ record: Recorded, _ value: PlanValue, _ write: Recorded
    ) -> Bool {
        if value == .none { return true }
        guard !write.isKnown(to: record) else { return false }
        // Of a stop that no route had yet when he came, the first one is no other one.
        let routes = writes(.route).filter { $0.isKnown(to: record) && stands($0, for: record) }
            .compactMap { $0.plan?.value }
        guard !routes.isEmpty, !routes.contains(value) else { return false }
        return !writes(.driver).contains {
            $0.isPresent(for: write) && stands($0, for: write) && !$0.isKnown(to: record)
                && $0.plan?.value.name != record.stamp.author
        }
    }
}
