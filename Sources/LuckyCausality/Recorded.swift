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

    /// Takes the values as they are; nothing is checked.
    public init(
        author: Identifier, role: Role, relation: ScopeRelation, hlc: HLC, writtenAt: Int64,
        receivedAt: Int64?
    ) {
        self.author = author
        self.role = role
        self.relation = relation
        self.hlc = hlc
        self.writtenAt = writtenAt
        self.receivedAt = receivedAt
    }

    /// L8: `min(HLC, receive time)`, the receive time with logical 0; later than all while unreceived.
    var time: HLC? {
        receivedAt.map { min(hlc, HLC(milliseconds: $0, logical: 0)) }
    }

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
public struct Recorded: Hashable, Sendable {
    /// The change's name for ever: change id and index.
    public var ref: FactRef
    /// The changeset that brought it; a re-issue has another dot and the same ``ref``.
    public var dot: Dot
    /// The decoded content; `.unknown` inside where a newer build wrote it.
    public var body: Change.Body
    /// Recomputed from the bytes held (L18), so that a digest proves the content.
    public var hash: Hash256
    /// Who, as whom, when.
    public var stamp: Stamp
    /// What the writer had seen of this entity; empty where it was new.
    public var context: VersionVector

    /// Takes the values as they are; the hash is not recomputed here.
    public init(
        ref: FactRef, dot: Dot, body: Change.Body, hash: Hash256, stamp: Stamp,
        context: VersionVector
    ) {
        self.ref = ref
        self.dot = dot
        self.body = body
        self.hash = hash
        self.stamp = stamp
        self.context = context
    }

    /// The fact; nil for a plan write.
    public var fact: Fact? { if case .fact(let fact) = body { fact } else { nil } }
    /// The field and its new value; nil for a fact.
    public var plan: (field: PlanField, value: PlanValue)? {
        if case .plan(let field, let value) = body { (field, value) } else { nil }
    }

    func isSameWrite(as other: Recorded) -> Bool { ref == other.ref && dot == other.dot }

    /// Of two records of one change, the one that every replica keeps, in whichever order they came:
    /// the lesser dot, then the one that was received, then received first.
    func better(of other: Recorded) -> Recorded {
        if dot != other.dot { return dot < other.dot ? self : other }
        let mine = stamp.receivedAt ?? .max
        let theirs = other.stamp.receivedAt ?? .max
        if mine != theirs { return mine < theirs ? self : other }
        let first = (stamp.hlc, stamp.role, stamp.author, stamp.writtenAt, stamp.relation.rawValue)
        let second = (
            other.stamp.hlc, other.stamp.role, other.stamp.author, other.stamp.writtenAt,
            other.stamp.relation.rawValue
        )
        return first == second ? (hash < other.hash ? self : other) : first < second ? self : other
    }

    /// The total order of L8: role, time (unreceived last), replica, counter; the change's own name
    /// decides between two writes of one changeset.
    public func isShownOver(_ other: Recorded) -> Bool {
        if stamp.role != other.stamp.role { return stamp.role > other.stamp.role }
        switch (stamp.time, other.stamp.time) {
        case (nil, .some): return true
        case (.some, nil): return false
        case (let mine?, let theirs?) where mine != theirs: return mine > theirs
        default: return (dot, ref) > (other.dot, other.ref)
        }
    }
}
