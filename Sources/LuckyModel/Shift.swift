/// A driver's time on duty and the cash box, derived.
public struct Shift: Hashable, Sendable {
    /// Longer than this is a case for review: twelve hours, in milliseconds.
    public static let longestMilliseconds: Int64 = 12 * 3_600_000

    /// The shift's own id.
    public var id: EntityID
    /// The first clock-in, by the writer's clock, Unix milliseconds; nil before it.
    public var startedAt: Int64?
    /// The last clock-out, likewise.
    public var endedAt: Int64?
    /// Change money in the box at the start; the first clock-in says how much, or its correction.
    public var float: Money
    /// Handed in, also after the box was counted; without what is left out.
    public var dropped: Money
    /// Of it, after the box was counted.
    public var droppedLate: Money
    /// Each time that cash was handed in, in display order, also what was withdrawn.
    public var drops: [Drop]
    /// Taken from customers, also after the box was counted.
    public var received: Money
    /// Of it, after the box was counted.
    public var receivedLate: Money
    /// What the driver counted at the end, as corrected; nil where nobody counted.
    public var counted: Money?
    /// A sum left its range (L2): the figures that overflowed read 0.
    public var hasOverflow: Bool

    /// Derives the shift.
    /// - Parameters:
    ///   - facts: in display order.
    ///   - receipts: what its driver took, as posted, in any order, until the box was counted
    ///     (``count(in:)``).
    ///   - late: what he took after that, likewise.
    public init(id: EntityID, facts: [FactRecord], receipts: [Money], late: [Money] = []) {
        self.id = id
        float = .zero
        drops = Drop.all(in: facts)
        for effective in Corrections.counts(facts) {
            var amount: Money?
            if case .cashReceived(let receipt) = effective.value { amount = receipt.amount }
            switch effective.record.fact {
            case .shiftStarted where startedAt == nil:
                startedAt = effective.record.writtenAt
                float = amount ?? .zero
            case .shiftEnded:
                endedAt = effective.record.writtenAt
                counted = amount ?? counted
            default: break
            }
        }
        func total(_ amounts: [Money]) -> Money? {
            var sum = DeltaSum()
            for amount in amounts { sum.add(amount.cents) }
            return sum.total(upTo: Bounds.moneyCents).flatMap(Money.init)
        }
        let sums = [
            total(drops.map(\.counted)), total(drops.filter(\.isAfterCount).map(\.counted)),
            total(receipts + late), total(late),
        ]
        hasOverflow = sums.contains(nil)
        dropped = sums[0] ?? .zero
        droppedLate = sums[1] ?? .zero
        received = sums[2] ?? .zero
        receivedLate = sums[3] ?? .zero
    }

    /// The driver is on duty.
    public var isOpen: Bool { startedAt != nil && endedAt == nil }

    /// The business day on which it began, by the writer's clock; nil before it did.
    public var date: CivilDate? { startedAt.flatMap { CivilDate(taipeiDayAt: $0) } }

    /// What should be in the box: float + receipts − drops; nil where it leaves the range.
    public var box: Money? {
        hasOverflow ? nil : float.adding(received)?.subtracting(dropped)
    }

    /// What should have been in it when it was counted: without what was taken and handed in later.
    public var boxAtCount: Money? {
        guard !hasOverflow, let taken = received.subtracting(receivedLate),
            let handedIn = dropped.subtracting(droppedLate)
        else { return nil }
        return float.adding(taken)?.subtracting(handedIn)
    }

    /// Cash was recorded after the box had been counted.
    public var hasLate: Bool { receivedLate != .zero || droppedLate != .zero }

    /// What was counted beyond ``boxAtCount``; negative where it was short; nil where nobody counted.
    public var difference: Money? {
        guard let counted, let boxAtCount else { return nil }
        return counted.subtracting(boxAtCount)
    }

    /// How long it was, in milliseconds; nil while it lasts.
    public var lengthMilliseconds: Int64? {
        guard let startedAt, let endedAt else { return nil }
        let (length, overflow) = endedAt.subtractingReportingOverflow(startedAt)
        return overflow ? nil : length
    }
}
