package import LuckyModel

/// What kinds of facts there are, kept with them as they come: so that nobody goes over all facts to
/// find that there is none of a kind, and a search for reviews leaves out the rows of the table that
/// can find nothing. It finds the same.
package struct Glance: Hashable, Sendable {
    /// A bit for each kind that is there.
    private var once: UInt64 = 0
    /// A bit for each kind that is there more than once.
    private var twice: UInt64 = 0
    /// How many of them a correction may make a handover, a failure or a receipt: two at most.
    private var correctable = 0
    private var hasClockFarOff = false
    private var hasCarrier = false

    /// Leaves nothing out.
    static let everything = {
        var glance = Glance([])
        (glance.once, glance.twice, glance.correctable) = (.max, .max, 2)
        (glance.hasClockFarOff, glance.hasCarrier) = (true, true)
        return glance
    }()

    package init(_ facts: some Sequence<Recorded>) {
        for record in facts { add(record) }
    }

    /// - Parameter record: one that was not there.
    mutating func add(_ record: Recorded) {
        guard let fact = record.fact else { return }
        let bit = Self.bit(fact.kind)
        twice |= once & bit
        once |= bit
        if fact.correctable != nil { correctable = min(2, correctable + 1) }
        hasClockFarOff = hasClockFarOff || record.stamp.isFarOff
        hasCarrier = hasCarrier || record.stamp.carriedBy != nil
    }

    /// Kinds of newer builds may share one.
    private static func bit(_ kind: FactKind) -> UInt64 { 1 << UInt64(min(kind.rawValue, 63)) }

    /// Whether there may be a fact of this kind.
    package func has(_ kind: FactKind) -> Bool { once & Self.bit(kind) != 0 }

    /// A fact of this kind, or one that may be a handover by correction.
    func shows(_ kind: FactKind) -> Bool {
        has(kind) || kind == .handedOver && correctable > 0
    }

    /// What a pair is made of: two of the kind, or two that may be of it by correction.
    func showsTwo(_ kind: FactKind) -> Bool {
        twice & Self.bit(kind) != 0 || correctable > 1
    }

    /// What a fact does not go together with.
    func showsWhat(_ against: Contradiction.Against) -> Bool {
        switch against {
        case .fact(let kind): shows(kind)
        case .clock: hasClockFarOff
        case .carrier: hasCarrier
        case .field, .elsewhere, .customer, .itself: true
        }
    }
}

extension EntityState {
    /// Its facts of a kind, in any order.
    package func facts(of kind: FactKind) -> [Recorded] {
        guard glance.has(kind) else { return [] }
        return facts.values.filter { $0.fact?.kind == kind }
    }
}
