extension Shift {
    /// Cash that was handed in, and as what it counts.
    public struct Drop: Hashable, Sendable {
        /// The fact that recorded it.
        public var ref: FactRef
        /// Who said how much it counts as: ``ref``, or a correction.
        public var source: FactRef
        /// As first recorded.
        public var recorded: Money
        /// As it counts now; nil where it was withdrawn.
        public var amount: Money?
        /// When it was recorded, by the writer's clock, Unix milliseconds.
        public var writtenAt: Int64
        /// It was recorded after the box was counted.
        public var isAfterCount: Bool

        /// Nobody hands in so much: it is said, and is in no sum (``Bounds/boxCents``).
        public var isLeftOut: Bool { amount.map { $0.cents > Bounds.boxCents } ?? false }

        /// What of it is in the sums.
        var counted: Money { isLeftOut ? .zero : amount ?? .zero }

        /// Whether a tap is about it.
        /// - Parameter change: of the tap that recorded it, or of the correction that counts; nil: any.
        public func isMeant(by change: ChangeID?) -> Bool {
            guard let change else { return true }
            return ref.change == change || source.change == change
        }

        /// - Parameter facts: one shift's, in display order.
        static func all(in facts: [FactRecord]) -> [Drop] {
            let count = Shift.count(in: facts).flatMap { count in
                facts.firstIndex { $0.ref == count.ref }
            }
            let after = Set(facts.dropFirst(count.map { $0 + 1 } ?? facts.count).map(\.ref))
            return Corrections.drops(facts).compactMap { drop in
                guard case .cashDropped(let recorded) = drop.record.fact else { return nil }
                var amount: Money?
                if case .cashReceived(let value) = drop.value { amount = value.amount }
                return Drop(
                    ref: drop.record.ref, source: drop.source, recorded: recorded.amount,
                    amount: amount, writtenAt: drop.record.writtenAt,
                    isAfterCount: after.contains(drop.record.ref))
            }
        }
    }

    /// The clock-out whose count is shown, or, where nobody counted, the last one; nil before any. What
    /// is recorded after it changes the box, and not what was in it when it was counted.
    /// - Parameter facts: one shift's, in display order.
    public static func count(in facts: [FactRecord]) -> FactRecord? {
        let ends = Corrections.counts(facts).filter { $0.record.fact.kind == .shiftEnded }
        return (ends.last { $0.value != .withdrawn } ?? ends.last)?.record
    }

    /// Cash handed in that is in no sum: nobody hands in so much.
    public var leftOut: [Drop] { drops.filter(\.isLeftOut) }
}
