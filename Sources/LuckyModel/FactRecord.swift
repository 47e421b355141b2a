/// A fact with what derived views read of it: its name, who recorded it, when.
public struct FactRecord: Hashable, Sendable {
    /// The fact's name for ever.
    public var ref: FactRef
    /// What was recorded, before any correction.
    public var fact: Fact
    /// Who recorded it: a driver's or an office person's id.
    public var author: Identifier
    /// The author's role as the hub saw it; until received, a driver's.
    public var role: Role
    /// How the author stood to the entity when the hub accepted it.
    public var relation: ScopeRelation
    /// The writer's wall clock, Unix milliseconds: a label, never an order.
    public var writtenAt: Int64
    /// The hub's receive time, Unix milliseconds; nil while it is only on this phone.
    public var receivedAt: Int64?

    /// Takes the values as they are; nothing is checked.
    public init(
        ref: FactRef, fact: Fact, author: Identifier, role: Role, relation: ScopeRelation,
        writtenAt: Int64, receivedAt: Int64?
    ) {
        self.ref = ref
        self.fact = fact
        self.author = author
        self.role = role
        self.relation = relation
        self.writtenAt = writtenAt
        self.receivedAt = receivedAt
    }
}

/// What a recorded fact counts as once its corrections are taken into account.
public struct EffectiveFact: Hashable, Sendable {
    /// The handover, failure or cash receipt as first recorded.
    public var record: FactRecord
    /// What it counts as now; never `.unknown`.
    public var value: Correction.Replacement
    /// Who said so: the record itself, or the correction that counts.
    public var source: FactRef
    /// The corrections that have not been corrected further: two or more contradict each other.
    public var standing: [FactRef]
}

/// Applies corrections to the facts they name.
public enum Corrections {
    /// - Parameter facts: one entity's facts in display order, which decides which of two
    ///   contradicting corrections is shown (the later).
    /// - Returns: each handover, failure and cash receipt with its effective value, in order.
    ///   A correction to something of a newer build leaves the value before it: a stop that was
    ///   delivered must not look open to an older phone.
    public static func effective(_ facts: [FactRecord]) -> [EffectiveFact] {
        apply(to: facts) { fact in
            switch fact {
            case .handedOver(let value): .handedOver(value)
            case .failed(let value): .failed(value)
            case .cashReceived(let value): .cashReceived(value)
            default: nil
            }
        } counting: {
            $0 != .unknown
        }
    }

    /// The same of cash that was handed in: what a shift's drops count as. Cash stays cash, so that
    /// a correction of one says an amount, or that it did not happen.
    /// - Parameter facts: one shift's, in display order.
    /// - Returns: each drop in order; its value is `.cashReceived` with the amount, or `.withdrawn`.
    public static func drops(_ facts: [FactRecord]) -> [EffectiveFact] {
        apply(to: facts) { fact in
            if case .cashDropped(let drop) = fact {
                .cashReceived(CashReceipt(drop.amount))
            } else {
                nil
            }
        } counting: { replacement in
            switch replacement {
            case .cashReceived, .withdrawn: true
            case .handedOver, .failed, .unknown: false
            }
        }
    }

    /// The same of the money a shift began and ended with: change money, and what was counted.
    /// - Parameter facts: one shift's, in display order.
    /// - Returns: each clock-in and clock-out in order; its value is `.cashReceived` with the amount,
    ///   or `.withdrawn` where nobody counted.
    public static func counts(_ facts: [FactRecord]) -> [EffectiveFact] {
        apply(to: facts) { fact in
            switch fact {
            case .shiftStarted(let start): .cashReceived(CashReceipt(start.float))
            case .shiftEnded(let end):
                end.counted.map { .cashReceived(CashReceipt($0)) } ?? .withdrawn
            default: nil
            }
        } counting: { replacement in
            if case .cashReceived = replacement { true } else { false }
        }
    }

    /// - Parameters:
    ///   - original: what a fact says itself; nil for one that is none of these.
    ///   - counts: whether a correction to this counts; one that does not leaves the value before it.
    private static func apply(
        to facts: [FactRecord], _ original: (Fact) -> Correction.Replacement?,
        counting counts: (Correction.Replacement) -> Bool
    ) -> [EffectiveFact] {
        var corrections: [FactRef: [(ref: FactRef, correction: Correction)]] = [:]
        for record in facts {
            guard case .corrected(let correction) = record.fact else { continue }
            corrections[correction.original, default: []].append((record.ref, correction))
        }
        return facts.compactMap { record in
            guard let value = original(record.fact) else { return nil }
            let ours = corrections[record.ref] ?? []
            let superseded = Set(ours.flatMap(\.correction.seen))
            let standing = ours.filter { !superseded.contains($0.ref) }
            let last = standing.last { counts($0.correction.replacement) }
            return EffectiveFact(
                record: record,
                value: last?.correction.replacement ?? value,
                source: last?.ref ?? record.ref,
                standing: standing.map(\.ref).sorted())
        }
    }
}
