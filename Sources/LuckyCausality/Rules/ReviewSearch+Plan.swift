internal import LuckyModel

// What a plan write must say to contradict a fact that its author did not know.

extension ReviewSearch {
    func contradicts(
        _ review: ReviewKind, _ candidate: Candidate, _ value: PlanValue, _ write: Recorded
    ) -> Bool {
        switch review {
        case .deliveredAfterCancel: value.flag == true
        case .deliveredAfterReassign: value.name != candidate.author
        case .deletedAfterFact:
            value.flag == true && isFirst(candidate, unknownTo: write) { $0.isDoorstep }
        case .removedAfterArrival:
            value == .none
                && isFirst(candidate, unknownTo: write) {
                    [.arrived, .handedOver, .failed].contains($0.kind)
                }
        case .correctedAfterInvoice: value.name?.isEmpty == false
        case .meterBelow: isBelow(candidate, value)
        default: handoverContradicts(review, candidate, value)
        }
    }

    private func handoverContradicts(
        _ review: ReviewKind, _ candidate: Candidate, _ value: PlanValue
    ) -> Bool {
        guard case .handedOver(let handedOver) = candidate.fact else { return false }
        let handover = handedOver.handover
        switch review {
        case .priceChanged:
            guard let quoted = handedOver.quoted, let price = value.money else { return false }
            return quoted != price
        case .creditBlocked:
            return value.flag == true
                && state.shown(.payment, rules: rules).name == PaymentMethod.monthly.code
        case .moreEmptiesThanHeld:
            guard let held = value.quantities else { return false }
            return !handover.collected.isCovered(by: held)
        case .paidOtherwise:
            guard let ordered = value.quantities, !ordered.isCovered(by: handover.delivered) else {
                return false
            }
            return hasPaid(beyond: handedOver.quoted)
        default: return false
        }
    }

    /// Whether more was taken than the driver said; where he said nothing, the plan's whole price.
    private func hasPaid(beyond quoted: Money?) -> Bool {
        var paid: Int64 = 0
        for effective in effective {
            guard case .cashReceived(let receipt) = effective.value else { continue }
            paid = paid.addingReportingOverflow(receipt.amount.cents).partialValue
        }
        if let quoted { return paid > quoted.cents }
        guard let price = state.shown(.price, rules: rules).money, price > .zero else {
            return false
        }
        return paid >= price.cents
    }

    private func isBelow(_ candidate: Candidate, _ value: PlanValue) -> Bool {
        guard case .meterRead(let reading) = candidate.fact, let last = value.integer else {
            return false
        }
        return reading.milli < last
    }

    /// No earlier fact of the same replica, of those asked for, is unknown to the write.
    private func isFirst(
        _ candidate: Candidate, unknownTo write: Recorded, among asked: (Fact) -> Bool
    ) -> Bool {
        let record = candidate.record
        return !facts.contains {
            $0.dot.replica == record.dot.replica && ($0.dot, $0.ref) < (record.dot, record.ref)
                && !write.context.covers($0.dot) && $0.fact.map(asked) == true
        }
    }
}
