public import LuckyCausality
public import LuckyModel

/// What changed in a scope between two checkpoints, read in one database snapshot (L14).
public struct Page: Hashable, Sendable {
    /// The hub's history; a page of another one is not applied.
    public var history: HistoryID
    /// The device it was made for.
    public var replica: ReplicaID
    /// Where it starts; nil: from the beginning. Applied only if the device still stands there.
    public var from: Checkpoint?
    /// As a hub makes them, sorted by entity, each once.
    public var parts: [EntityPart]
    /// What the device's checkpoint is *set* to.
    public var checkpoint: Checkpoint
    /// More is waiting behind this page.
    public var hasMore: Bool
    /// The digest of the whole scope at ``checkpoint``: only where asked, on a last page.
    public var scopeDigest: Hash256?
    /// How many entities ``scopeDigest`` is of; 0 where there is no digest.
    public var scopeEntities: Int
    /// To be kept with the checkpoint and sent with it as ``SyncRequest/resume``: this page ends
    /// within an entity. Empty otherwise.
    public var resume: [UInt8]

    /// Takes the values as they are; nothing is checked.
    public init(
        history: HistoryID, replica: ReplicaID, from: Checkpoint?, parts: [EntityPart],
        checkpoint: Checkpoint, hasMore: Bool, scopeDigest: Hash256? = nil, scopeEntities: Int = 0,
        resume: [UInt8] = []
    ) {
        self.history = history
        self.replica = replica
        self.from = from
        self.parts = parts
        self.checkpoint = checkpoint
        self.hasMore = hasMore
        self.scopeDigest = scopeDigest
        self.scopeEntities = scopeEntities
        self.resume = resume
    }

    /// Changes of all parts together; a page read from bytes has as many as it announced.
    public var changeCount: Int { parts.reduce(0) { $0 + $1.changeCount } }
}

/// One entity in a page: whole where it enters the scope, else what its vector advances by.
public struct EntityPart: Hashable, Sendable {
    /// What the page does to an entity's place in the scope.
    public enum Membership: Hashable, Sendable {
        /// In the scope before and after: comes with what changed.
        case stays
        /// New in the scope: comes whole.
        case enters
        /// Handed over: nothing but the id comes (L23).
        case leaves
        /// Nothing but the id comes, and the device drops its copy, but for what it has not sent
        /// (L9).
        case purged
        /// Asked for by ``SyncRequest/repair``: comes whole and *replaces* the base that was there;
        /// in the scope.
        case restated
        /// Something of a newer hub: ``EntityPart/state()`` refuses it, the caller parks the part.
        case unknown(Int)
    }

    /// Which entity it is about.
    public var entity: EntityID
    /// What becomes of its place in the scope.
    public var membership: Membership
    /// The entity's vector at the hub; empty for one that leaves.
    public var vector: VersionVector
    /// Touched fields, each with all its siblings; sorted by field.
    public var fields: [FieldPart]
    /// Sorted by name.
    public var facts: [PageChange]
    /// The change that made it enter or leave, where one did.
    public var cause: ChangeID?
    /// Facts ahead of an entity too big for one page (L14): neither vector nor fields, which come
    /// with a later part, the first that is not partial. Merging it is harmless at any time; it
    /// says nothing of the entity's place in the scope.
    public var isPartial: Bool
    /// What a newer hub said beside it, kept for ``rowBytes()`` (L5).
    var unknown: [UInt8] = []
    /// Where this build could not read what it says.
    var unread: Unread?
    /// Where a hub put it together of bytes: ``vector``, ``fields`` and ``facts`` are only in them.
    private(set) var laid: LaidPart?

    /// A part of a newer hub as it came (L14).
    struct Unread: Hashable, Sendable {
        var bytes: [UInt8]
        var reason: WireError
        var changeCount: Int
    }

    /// One plan field, whole.
    public struct FieldPart: Hashable, Sendable {
        /// Which field.
        public var field: PlanField
        /// What its writes covered beyond the entity's vector; as a rule empty.
        public var cover: VersionVector
        /// Every value that stands, side by side where concurrent.
        public var siblings: [PageChange]
        var unknown: [UInt8] = []

        /// Takes the values as they are.
        public init(field: PlanField, cover: VersionVector, siblings: [PageChange]) {
            self.field = field
            self.cover = cover
            self.siblings = siblings
        }
    }

    /// Takes the values as they are; one that leaves has only its id, and perhaps a cause.
    public init(
        entity: EntityID, membership: Membership, vector: VersionVector = VersionVector(),
        fields: [FieldPart] = [], facts: [PageChange] = [], cause: ChangeID? = nil,
        isPartial: Bool = false
    ) {
        self.entity = entity
        self.membership = membership
        self.vector = vector
        self.fields = fields
        self.facts = facts
        self.cause = cause
        self.isPartial = isPartial
    }

    /// A part as a hub puts it together, for a page that is only sent: what it says beyond its
    /// entity and membership can be read from its bytes.
    public init(_ laid: LaidPart) {
        self.init(entity: laid.entity, membership: laid.membership)
        self.laid = laid
    }

    /// All changes that travel with it: the fields' siblings, then the facts.
    public var changes: [PageChange] { fields.flatMap(\.siblings) + facts }
    /// As announced: those of a part that cannot be read count too.
    package var changeCount: Int {
        unread?.changeCount ?? laid?.changeCount ?? changes.count
    }
    /// How many of them are facts.
    package var factCount: Int { laid?.factCount ?? facts.count }
}

/// A change as it travels in a page: its bytes, its dot, the hub's stamp, its writer's context. A
/// store keeps exactly these parts.
public struct PageChange: Hashable, Sendable {
    /// Its name for ever: change id and index.
    public var ref: FactRef
    /// The changeset that brought it.
    public var dot: Dot
    /// Core and personal bytes as written; the personal ones are gone after a redaction.
    public var encoded: EncodedChange
    /// Who, as whom, when, as the hub stamped it.
    public var stamp: Stamp
    /// What its writer had seen of the entity; empty where it was new.
    public var context: VersionVector
    /// The replica that offered it, while its author's own changeset has not come (L26); nil
    /// otherwise.
    public var witnessedBy: ReplicaID?
    /// What a newer hub said beside it and in its stamp, kept for ``rowBytes()`` (L5).
    var unknown: [UInt8] = []
    var unknownStamp: [UInt8] = []

    /// Takes the values as they are; nothing is decoded.
    public init(
        ref: FactRef, dot: Dot, encoded: EncodedChange, stamp: Stamp, context: VersionVector,
        witnessedBy: ReplicaID? = nil
    ) {
        self.ref = ref
        self.dot = dot
        self.encoded = encoded
        self.stamp = stamp
        self.context = context
        self.witnessedBy = witnessedBy
    }

    /// Decoded for merging.
    /// - Throws: where this build cannot read it: the caller parks it with its bytes (L14).
    public func recorded() throws(WireError) -> Recorded {
        var recorded = try Recorded(ref: ref, dot: dot, encoded, stamp: stamp, context: context)
        recorded.witnessedBy = witnessedBy
        return recorded
    }
}

extension EntityPart {
    /// As a state to merge.
    /// - Throws: where this build cannot read all of it: the caller parks it with its bytes (L14).
    public func state() throws(WireError) -> EntityState {
        if let unread { throw unread.reason }
        if let laid { return try EntityPart(rowBytes: laid.bytes).state() }
        if case .unknown(let value) = membership { throw .unsupported("membership \(value)") }
        var state = EntityState(id: entity, vector: vector)
        for part in fields {
            var siblings: [Recorded] = []
            for sibling in part.siblings { siblings.append(try sibling.recorded()) }
            state.fields[part.field] = FieldState(siblings: siblings, cover: part.cover)
        }
        for fact in facts {
            state.put(try fact.recorded())
        }
        return state
    }
}
