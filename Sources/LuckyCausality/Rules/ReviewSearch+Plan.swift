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
            isTakenAway(candidate, value, write)
                && isFirst(candidate, unknownTo: write) {
                    [.arrived, .handedOver, .failed].contains($0.kind)
                }
        case .correctedAfterInvoice: value.name?.isEmpty == false
        case .meterBelow: isBelow(candidate, value)
        case .moreEmptiesThanHeld: hasTaken(candidate, beyond: value.quantities, write)
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
        case .paidOtherwise:
            guard let ordered = value.quantities, !ordered.isCovered(by: handover.delivered) else {
                return false
            }
            return hasPaid(beyond: handedOver.quoted)
        default: return false
        }
    }

    /// Whether it took back more than was held, or all handovers here that who wrote down the
    /// holdings did not know took more than that: of those, what each took beyond what it brought.
    private func hasTaken(
        _ candidate: Candidate, beyond held: Quantities?, _ write: Recorded
    ) -> Bool {
        guard case .handedOver(let mine) = candidate.fact, let held else { return false }
        if !mine.handover.collected.isCovered(by: held) { return true }
        let duplicates = Duplicates(state, effective).handovers
        var sums: [Product: Int] = [:]
        for other in candidates(.handedOver) where !write.context.covers(other.record.dot) {
            guard case .handedOver(let value) = other.fact, !duplicates.contains(other.record.ref)
            else { continue }
            for (product, count) in value.handover.takenBeyondBrought {
                let sum = sums[product, default: 0].addingReportingOverflow(count)
                sums[product] = sum.overflow ? .max : sum.partialValue
            }
        }
        return mine.handover.takenBeyondBrought.contains {
            sums[$0.product, default: 0] > held[$0.product]
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

    /// Taken off the route, or put on another one of which its driver had not heard when he came
    /// there. Where it went to another driver, that is said by who delivers.
    private func isTakenAway(
        _ candidate: Candidate, _ value: PlanValue, _ write: Recorded
    ) -> Bool {
        if value == .none { return true }
        let isReassigned = writes(.driver).contains {
            !$0.isKnown(to: candidate.record) && $0.plan?.value.name != candidate.author
        }
        // Where the office wrote more in between, it may have been taken away and brought back.
        let office = write.dot.replica
        let isNext = write.context[office] <= candidate.record.context[office]
        // Of a stop that the driver added himself the first route is no other one.
        let isPlanned = !facts.contains { $0.fact?.kind == .stopAdded }
        return isPlanned && isNext && !isReassigned && !write.isKnown(to: candidate.record)
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
