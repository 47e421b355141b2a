public import LuckyModel

/// A contradiction that a state shows: one or two changes, by one rule.
public struct ReviewFinding: Hashable, Sendable {
    /// The rule that found it.
    public var kind: ReviewKind
    /// The entity on which the review sits.
    public var entity: EntityID
    /// The other entities that it is about, sorted: as a rule none.
    public var others: [EntityID]
    /// One or two, sorted.
    public var sides: [FactRef]

    /// Sorts the sides.
    public init(
        _ kind: ReviewKind, on entity: EntityID, others: [EntityID] = [], _ sides: [FactRef]
    ) {
        self.kind = kind
        self.entity = entity
        self.others = others.sorted()
        self.sides = sides.sorted()
    }
}

/// Which contradictions open a review (L4): a pure function of the merged state and the table, the
/// same on every replica that holds the same entity.
public enum ReviewRules {
    /// From 1; every review says which version opened it.
    public static let version = 2

    /// Every contradiction that the state shows now, sorted by kind and sides, each once.
    ///
    /// A plan write whose author knew the fact contradicts nothing: that is the office's business. A
    /// rule that one tap is enough for (a clock, a deletion) names the first such fact of each
    /// replica that the other side had not seen: counters come in order, so every replica names the
    /// same.
    public static func findings(
        in state: EntityState, rules: RuleTable = .standard
    ) -> [ReviewFinding] {
        var search = ReviewSearch(state, rules)
        search.run()
        return search.found.sorted {
            $0.kind == $1.kind
                ? $0.sides.lexicographicallyPrecedes($1.sides) : $0.kind < $1.kind
        }
    }
}
