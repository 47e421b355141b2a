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
    /// Change money in the box at the start; the first clock-in says how much.
    public var float: Money
    /// Handed in meanwhile.
    public var dropped: Money
    /// Taken from customers meanwhile.
    public var received: Money
    /// What the driver counted at the end; nil where nobody counted.
    public var counted: Money?
    /// A sum left its range (L2): the figures that overflowed read 0.
    public var hasOverflow: Bool

    /// Derives the shift.
    /// - Parameters:
    ///   - facts: in display order.
    ///   - receipts: what its driver took, as posted, in any order.
    public init(id: EntityID, facts: [FactRecord], receipts: [Money]) {
        self.id = id
        float = .zero
        var drops = DeltaSum()
        var taken = DeltaSum()
        for record in facts {
            switch record.fact {
            case .shiftStarted(let start) where startedAt == nil:
                startedAt = record.writtenAt
                float = start.float
            case .shiftEnded(let end):
                endedAt = record.writtenAt
                counted = end.counted ?? counted
            case .cashDropped(let drop): drops.add(drop.amount.cents)
            default: break
            }
        }
        for receipt in receipts { taken.add(receipt.cents) }
        let totals = [drops, taken].map { $0.total(upTo: Bounds.moneyCents).flatMap(Money.init) }
        hasOverflow = totals.contains(nil)
        dropped = totals.first.flatMap { $0 } ?? .zero
        received = totals.last.flatMap { $0 } ?? .zero
    }

    /// The driver is on duty.
    public var isOpen: Bool { startedAt != nil && endedAt == nil }

    /// The business day on which it began, by the writer's clock; nil before it did.
    public var date: CivilDate? { startedAt.flatMap { CivilDate(taipeiDayAt: $0) } }

    /// What should be in the box: float + receipts − drops; nil where it leaves the range.
    public var box: Money? {
        guard !hasOverflow, let minus = Money(cents: -dropped.cents) else { return nil }
        return float.adding(received)?.adding(minus)
    }

    /// What was counted beyond ``box``; negative where it is short; nil where nobody counted.
    public var difference: Money? {
        guard let counted, let box, let minus = Money(cents: -box.cents) else { return nil }
        return counted.adding(minus)
    }

    /// How long it was, in milliseconds; nil while it lasts.
    public var lengthMilliseconds: Int64? {
        guard let startedAt, let endedAt else { return nil }
        let (length, overflow) = endedAt.subtractingReportingOverflow(startedAt)
        return overflow ? nil : length
    }
}
