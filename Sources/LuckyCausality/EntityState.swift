public import LuckyModel

/// One plan field as a dotted version vector set: concurrent writes side by side (L7).
public struct FieldState: Hashable, Sendable {
    /// Sorted by dot, then by name.
    public private(set) var siblings: [Recorded]
    /// What the contexts of writes here covered beyond the entity's vector: empty in ordinary life,
    /// filled after a hub restore.
    public var cover: VersionVector

    /// Takes siblings in any order and sorts them.
    public init(siblings: [Recorded] = [], cover: VersionVector = VersionVector()) {
        self.siblings = siblings.inOrder { ($0.dot, $0.ref) < ($1.dot, $1.ref) }
        self.cover = cover
    }

    /// The sibling that is shown (L8); nil for a field nobody wrote.
    /// - Parameter owner: whose value comes first: the field's, by the rule table.
    public func shown(owner: Role) -> Recorded? {
        placeShown(owner: owner).map { siblings[$0] }
    }

    /// The index of ``shown(owner:)``.
    func placeShown(owner: @autoclosure () -> Role) -> Int? {
        // One alone is shown, whoever wrote it.
        guard siblings.count > 1 else { return siblings.isEmpty ? nil : 0 }
        let owner = owner()
        return siblings.indices.dropFirst().reduce(0) { best, next in
            siblings[next].isShownOver(siblings[best], owner: owner) ? next : best
        }
    }
}

/// One entity as a replica holds it: what was merged, the plan's siblings, the facts.
///
/// Merging is commutative, associative and idempotent, picks no winner and has no cap; device and
/// hub run this same code (L7).
public struct EntityState: Hashable, Sendable {
    /// The entity's name: kind and key.
    public var id: EntityID
    /// Highest counter of each replica merged into this entity. Advances only by dots whose changes
    /// were merged, never by a context.
    public var vector: VersionVector
    /// What was written, per plan field; a field nobody wrote is absent.
    public var fields: [PlanField: FieldState]
    /// All facts by name, also those that were corrected.
    public private(set) var facts: [FactRef: Recorded]
    /// What kinds of facts those are.
    package private(set) var glance: Glance

    /// Takes a state as it is; without more it is one that nothing was merged into.
    public init(
        id: EntityID, vector: VersionVector = VersionVector(),
        fields: [PlanField: FieldState] = [:], facts: [FactRef: Recorded] = [:]
    ) {
        self.id = id
        self.vector = vector
        self.fields = fields
        self.facts = facts
        glance = Glance(facts.values)
    }

    /// Puts a fact in, as it is: in place of one of the same name, whichever says more.
    public mutating func put(_ fact: Recorded) {
        guard let old = facts.updateValue(fact, forKey: fact.ref) else { return glance.add(fact) }
        // As a rule the same once more.
        if Glance(CollectionOfOne(old)) != Glance(CollectionOfOne(fact)) {
            glance = Glance(facts.values)
        }
    }

    /// Takes out the facts of which this does not hold.
    public mutating func keepFacts(where isKept: (Recorded) -> Bool) {
        facts = facts.filter { isKept($0.value) }
        glance = Glance(facts.values)
    }

    /// The value shown for a field (L8): ``PlanValue/none`` where nobody wrote it, or where it is
    /// personal and was redacted.
    public func shown(_ field: PlanField, rules: RuleTable = .standard) -> PlanValue {
        shown(field, rules: rules, redacted: redacted)
    }

    /// - Parameter redacted: ``redacted``, for whoever asks for one field after the other.
    func shown(
        _ field: PlanField, rules: RuleTable = .standard, redacted: Set<FactRef>
    ) -> PlanValue {
        guard let state = fields[field],
            let place = state.placeShown(owner: rules[field].owner)
        else { return .none }
        // Looked at where it lies: a record is large.
        return state.siblings.withUnsafeBufferPointer { siblings in
            if !redacted.isEmpty, field.isPersonal, redacted.contains(siblings[place].ref) {
                return .none
            }
            guard case .plan(_, let value) = siblings[place].body else { return .none }
            return value
        }
    }

    /// The write that is shown for a field; nil where nobody wrote it.
    public func shownWrite(_ field: PlanField, rules: RuleTable = .standard) -> Recorded? {
        guard let state = fields[field] else { return nil }
        return state.placeShown(owner: rules[field].owner).map { state.siblings[$0] }
    }

    /// Facts in the order people read them: by time, then by name.
    public var factsInOrder: [Recorded] {
        Array(facts.values).inOrder { $1.isAfter($0) }
    }

    /// Applies the part of one changeset that touches this entity. A dot already merged changes
    /// nothing. One replica's changesets come in counter order (L18): an earlier one that comes
    /// later counts as merged.
    /// - Parameters:
    ///   - changes: all changes of the changeset on this entity, each carrying `dot`.
    ///   - context: what the writer had seen of this entity.
    public mutating func apply(_ changes: [Recorded], dot: Dot, context: VersionVector) {
        guard !vector.covers(dot) else { return }
        for change in changes {
            switch change.body {
            case .fact:
                add(change)
            case .plan(let field, _):
                let old = fields[field] ?? FieldState()
                var kept = old.siblings.filter { !context.covers($0.dot) }
                if Mutant.isOn(.lastWriteWins) { kept = [] }
                let refused = old.cover.covers(dot)
                fields[field] = FieldState(
                    siblings: refused ? kept : kept + [change],
                    cover: old.cover.merging(context))
            }
        }
        vector.add(dot)
        if Mutant.isOn(.contextAsVector) { vector.merge(context) }
        trimCovers()
    }

    /// Joins another replica's state of this entity.
    /// - Parameter other: whole, or every field and fact that was touched by the dots which its
    ///   vector has and this one has not. A field that is absent there says nothing about the
    ///   siblings here; one that is present is whole (L7).
    public mutating func merge(_ other: EntityState) {
        for (field, theirs) in other.fields {
            let ours = fields[field] ?? FieldState()
            let ourKnowledge = vector.merging(ours.cover)
            let theirKnowledge = other.vector.merging(theirs.cover)
            var joined: [Recorded] = []
            for sibling in ours.siblings {
                if let same = theirs.siblings.first(where: sibling.isSameWrite) {
                    joined.append(sibling.better(of: same))
                } else if !theirKnowledge.covers(sibling.dot) {
                    joined.append(sibling)
                }
            }
            for sibling in theirs.siblings
            where !ourKnowledge.covers(sibling.dot) && !joined.contains(where: sibling.isSameWrite)
            {
                joined.append(sibling)
            }
            if Mutant.isOn(.winnerAtMerge) { joined = Array(joined.suffix(1)) }
            fields[field] = FieldState(siblings: joined, cover: ours.cover.merging(theirs.cover))
        }
        for fact in other.facts.values { add(fact) }
        vector.merge(other.vector)
        trimCovers()
    }

    /// Facts merge as a set by name. One that came under two dots (a re-issue) keeps the lesser.
    private mutating func add(_ fact: Recorded) {
        if Mutant.isOn(.lastCashWins), fact.fact?.kind == .cashReceived {
            keepFacts { $0.fact?.kind != .cashReceived }
        }
        put(facts[fact.ref]?.better(of: fact) ?? fact)
    }

    /// A cover is only what lies beyond the vector.
    private mutating func trimCovers() {
        for (field, state) in fields where !state.cover.isEmpty {
            fields[field]?.cover = state.cover.beyond(vector)
        }
    }
}

extension [Recorded] {
    /// Sorted. Each is large, and is moved once.
    func inOrder(by isBefore: (Recorded, Recorded) -> Bool) -> [Recorded] {
        guard count > 1 else { return self }
        return indices.sorted { isBefore(self[$0], self[$1]) }.map { self[$0] }
    }
}

extension Recorded {
    /// Display order of facts: the L8 time without the role, so that a screen reads as a story.
    fileprivate func isAfter(_ other: Recorded) -> Bool {
        let mine = stamp.time ?? stamp.hlc
        let theirs = other.stamp.time ?? other.stamp.hlc
        return (mine, dot, ref) > (theirs, other.dot, other.ref)
    }
}
