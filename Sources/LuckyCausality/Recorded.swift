public import LuckyModel

/// What the hub knows of a change beside its hashed bytes: who, as whom, when. Pure functions read
/// only these stamped values (L23).
public struct Stamp: Hashable, Sendable {
    /// Who made the change: a driver's or an office person's id.
    public var author: Identifier
    /// The author's role as the hub saw it at acceptance.
    public var role: Role
    /// How the author stood to the entity at acceptance.
    public var relation: ScopeRelation
    /// The writer's hybrid clock, as written.
    public var hlc: HLC
    /// The writer's wall clock, Unix milliseconds.
    public var writtenAt: Int64
    /// The hub's time at acceptance, Unix milliseconds; nil while the hub has not received it.
    public var receivedAt: Int64?
    /// Who brought it for its author, where that was somebody else (L20); nil: the author.
    public var carriedBy: Identifier?

    /// Takes the values as they are; nothing is checked.
    public init(
        author: Identifier, role: Role, relation: ScopeRelation, hlc: HLC, writtenAt: Int64,
        receivedAt: Int64?, carriedBy: Identifier? = nil
    ) {
        self.author = author
        self.role = role
        self.relation = relation
        self.hlc = hlc
        self.writtenAt = writtenAt
        self.receivedAt = receivedAt
        self.carriedBy = carriedBy
    }

    /// L8: `min(HLC, receive time)`, the receive time with logical 0; later than all while unreceived.
    var time: HLC? {
        receivedAt.map { min(hlc, HLC(milliseconds: $0, logical: 0)) }
    }

    /// When it happened, as far as anybody can know, Unix milliseconds: by the writer's clock, but not
    /// after the hub had heard of it. What was written stays beside it.
    public var happenedAt: Int64 { min(writtenAt, receivedAt ?? writtenAt) }

    /// Whether the writer's clock ran more than five minutes ahead of the hub's.
    public var isFarAhead: Bool {
        guard let receivedAt else { return false }
        let (limit, overflow) = receivedAt.addingReportingOverflow(
            HybridClock.aheadLimitMilliseconds)
        return !overflow && max(hlc.milliseconds, writtenAt) > limit
    }
}

/// One change as a replica holds it: its name, dot, content, hash, stamp, and what its writer had
/// seen of the entity.
///
/// Many copies are made of it, and few are changed: so a copy is one reference, and who changes one
/// has it for itself.
public struct Recorded: Hashable, Sendable {
    @usableFromInline var content: Content

    @usableFromInline struct Values: Hashable, Sendable {
        @usableFromInline var ref: FactRef
        @usableFromInline var dot: Dot
        @usableFromInline var body: Change.Body
        @usableFromInline var hash: Hash256
        @usableFromInline var stamp: Stamp
        @usableFromInline var context: VersionVector
        @usableFromInline var witnessedBy: ReplicaID?
        @usableFromInline var writtenAs: Dot?
    }

    /// Changed only by a record that has it for itself.
    @usableFromInline final class Content: @unchecked Sendable {
        @usableFromInline var values: Values

        @usableFromInline init(_ values: Values) { self.values = values }
    }

    @inlinable mutating func own() {
        if !isKnownUniquelyReferenced(&content) { content = Content(content.values) }
    }

    /// The change's name for ever: change id and index.
    public var ref: FactRef {
        @inlinable get { content.values.ref }
        @inlinable _modify {
            own()
            yield &content.values.ref
        }
    }
    /// The changeset that brought it; a re-issue has another dot and the same ``ref``.
    public var dot: Dot {
        @inlinable get { content.values.dot }
        @inlinable _modify {
            own()
            yield &content.values.dot
        }
    }
    /// The decoded content; `.unknown` inside where a newer build wrote it.
    public var body: Change.Body {
        @inlinable get { content.values.body }
        @inlinable _modify {
            own()
            yield &content.values.body
        }
    }
    /// Recomputed from the bytes held (L18), so that a digest proves the content.
    public var hash: Hash256 {
        @inlinable get { content.values.hash }
        @inlinable _modify {
            own()
            yield &content.values.hash
        }
    }
    /// Who, as whom, when.
    public var stamp: Stamp {
        @inlinable get { content.values.stamp }
        @inlinable _modify {
            own()
            yield &content.values.stamp
        }
    }
    /// What the writer had seen of this entity; empty where it was new.
    public var context: VersionVector {
        @inlinable get { content.values.context }
        @inlinable _modify {
            own()
            yield &content.values.context
        }
    }
    /// The replica that offered it after a hub was restored, while its author's own changeset has
    /// not come: there is no proof of it yet (L26). Nil for anything else.
    public var witnessedBy: ReplicaID? {
        @inlinable get { content.values.witnessedBy }
        @inlinable _modify {
            own()
            yield &content.values.witnessedBy
        }
    }
    /// Where its writer wrote it, if ``dot`` is the hub's that let it out of quarantine (L20): no
    /// vector says anything about that one. Nil for anything else.
    public var writtenAs: Dot? {
        @inlinable get { content.values.writtenAs }
        @inlinable _modify {
            own()
            yield &content.values.writtenAs
        }
    }

    /// Takes the values as they are; the hash is not recomputed here.
    public init(
        ref: FactRef, dot: Dot, body: Change.Body, hash: Hash256, stamp: Stamp,
        context: VersionVector, witnessedBy: ReplicaID? = nil
    ) {
        content = Content(
            Values(
                ref: ref, dot: dot, body: body, hash: hash, stamp: stamp, context: context,
                witnessedBy: witnessedBy))
    }

    /// The same record is equal, and most that are compared are.
    public static func == (one: Recorded, other: Recorded) -> Bool {
        one.content === other.content || one.content.values == other.content.values
    }

    /// By what it says.
    public func hash(into hasher: inout Hasher) { hasher.combine(content.values) }

    /// The fact; nil for a plan write.
    public var fact: Fact? { if case .fact(let fact) = body { fact } else { nil } }
    /// The field and its new value; nil for a fact.
    public var plan: (field: PlanField, value: PlanValue)? {
        if case .plan(let field, let value) = body { (field, value) } else { nil }
    }

    /// Whether who wrote `other` knew of this: by what they had seen, or, where quarantine broke that
    /// thread, as their phone's own earlier tap.
    func isKnown(to other: Recorded) -> Bool {
        if other.context.covers(dot) { return true }
        guard writtenAs != nil || other.writtenAs != nil else { return false }
        let (mine, theirs) = (writtenAs ?? dot, other.writtenAs ?? other.dot)
        return mine.replica == theirs.replica && mine.counter < theirs.counter
    }

    func isSameWrite(as other: Recorded) -> Bool { ref == other.ref && dot == other.dot }

    /// Of two records of one change, the one that every replica keeps, in whichever order they came:
    /// the proven one, the lesser dot, then the one that was received, then received first; at the
    /// last the redacted one.
    func better(of other: Recorded) -> Recorded {
        if (witnessedBy == nil) != (other.witnessedBy == nil) {
            return witnessedBy == nil ? self : other
        }
        if dot != other.dot { return dot < other.dot ? self : other }
        let mine = stamp.receivedAt ?? .max
        let theirs = other.stamp.receivedAt ?? .max
        if mine != theirs { return mine < theirs ? self : other }
        if rest != other.rest { return rest < other.rest ? self : other }
        return lesserOfSameStamp(other)
    }

    /// What is left of a stamp once dot and receive time agree.
    private var rest: (HLC, Role, Identifier, Int64, UInt8, Identifier) {
        (
            stamp.hlc, stamp.role, stamp.author, stamp.writtenAt, stamp.relation.rawValue,
            stamp.carriedBy ?? ""
        )
    }

    private func lesserOfSameStamp(_ other: Recorded) -> Recorded {
        if let mine = witnessedBy, let theirs = other.witnessedBy, mine != theirs {
            return mine < theirs ? self : other
        }
        if hash != other.hash { return hash < other.hash ? self : other }
        // One change, one hash: where the words differ, one of them was redacted, and stays so.
        return body == other.body || lacksWords ? self : other
    }

    /// Nothing personal is in it: there never was, or it was redacted.
    private var lacksWords: Bool {
        switch body {
        case .fact(let fact): fact.withoutPersonal == fact
        case .plan(let field, let value): field.isPersonal && value == .none
        }
    }

    /// The total order of L8: who acts as the field's owner, role, time (unreceived last), replica,
    /// counter; the change's own name decides between two writes of one changeset.
    public func isShownOver(_ other: Recorded, owner: Role) -> Bool {
        let isOwner = stamp.role.acts(as: owner)
        if isOwner != other.stamp.role.acts(as: owner) { return isOwner }
        if stamp.role != other.stamp.role { return stamp.role > other.stamp.role }
        switch (stamp.time, other.stamp.time) {
        case (nil, .some): return true
        case (.some, nil): return false
        case (let mine?, let theirs?) where mine != theirs: return mine > theirs
        default: return (dot, ref) > (other.dot, other.ref)
        }
    }
}
