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

/// Which contradictions open a review (L4): a pure function of the changes made to an entity and the
/// table, so that they come out the same in whatever order they arrive.
public enum ReviewRules {
    /// From 1; every review says which version opened it.
    public static let version = 5

    /// Every contradiction that the state and its past show, sorted by kind and sides, each once.
    ///
    /// With the whole past, more changes open more reviews and take none back: a value that was
    /// written over, or a handover that was withdrawn, contradicts what it stood beside at some
    /// moment, whenever that is heard of. What one writer knew to be gone before they wrote stood
    /// beside nothing of theirs. A device, which has no past, finds some of them early, and none
    /// that the whole past would not show.
    ///
    /// A plan write whose author knew the fact contradicts nothing: that is the office's business. A
    /// rule that one tap is enough for (a clock, a deletion) names the first such fact of each
    /// replica that the other side had not seen: counters come in order, so every replica names the
    /// same. Of what was let out of quarantine it names the first of each changeset.
    ///
    /// Two changesets that contradict each other have one review of a kind, over the least pair
    /// that does, however many of it each brings: 64 handovers in each are no 4,096 reviews. Both
    /// come whole, so that the pair is the same everywhere.
    /// - Parameter past: the plan values of this entity that were written over, in any order; nil
    ///   where they are not known.
    public static func findings(
        in state: EntityState, past: [Recorded]? = nil, rules: RuleTable = .standard
    ) -> [ReviewFinding] {
        findings(ReviewSearch(state, past: past, rules))
    }

    /// As ``findings(in:past:rules:)``, leaving no row of the table out.
    package static func findingsInFull(
        in state: EntityState, past: [Recorded]? = nil, rules: RuleTable = .standard
    ) -> [ReviewFinding] {
        findings(ReviewSearch(state, past: past, rules, isInFull: true))
    }

    private static func findings(_ search: ReviewSearch) -> [ReviewFinding] {
        search.run()
        return search.found.sorted {
            $0.kind == $1.kind
                ? $0.sides.lexicographicallyPrecedes($1.sides) : $0.kind < $1.kind
        }
    }
}
