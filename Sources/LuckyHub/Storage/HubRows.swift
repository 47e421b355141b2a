internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// A replica as the hub knows it.
struct ReplicaRow: Hashable, Sendable {
    var id: ReplicaID
    /// Whose it is since its first contact.
    var person: Identifier
    var depot: Identifier
    var role: Role
    /// The last changeset of its chain that has a receipt.
    var head: ChainHead?
    /// The highest counter that it has itself stated in this history (L7).
    var stated: UInt64
    /// Whether it spoke in this history at all: before that no context naming it can be judged.
    var hasSpoken: Bool
    /// Unix milliseconds.
    var lastSeen: Int64
}

/// What became of one dot: kept for ever (L18).
struct ChangesetRow: Hashable, Sendable {
    var dot: Dot
    var hash: Hash256
    var result: Receipt.Result
    /// In the depot's log; nil where it is not in it.
    var sequence: UInt64?
    var receivedAt: Int64
    /// Nil where the header could not be read.
    var change: ChangeID?
    var author: Identifier?
    /// The envelope as it came.
    var bytes: [UInt8]
}

/// One row of a depot's log.
struct LogRow: Hashable, Sendable {
    var sequence: UInt64
    /// 64 random bits (L22).
    var tag: UInt64
    var dot: Dot
    var change: ChangeID
    var author: Identifier
    /// Unix milliseconds.
    var receivedAt: Int64

    /// Before the first row.
    static let originTag: UInt64 = 0
}

/// An entity without its plan and facts.
struct EntityRow: Hashable, Sendable {
    var id: EntityID
    var vector: VersionVector
    var digest: Hash256
    /// Whose scope it is in now; nil: nobody's.
    var scope: Identifier?
    /// The driver whose fact made it known, where no plan did (L23).
    var bornBy: Identifier?
    /// The shown date, as the number 20260131.
    var date: Int32?
}

struct FieldRow: Hashable, Sendable {
    var field: PlanField
    var cover: VersionVector
    /// Of the last changeset that touched it.
    var sequence: UInt64
}

/// A sibling of a field, or a fact.
struct RecordRow: Hashable, Sendable {
    /// Nil for a fact.
    var field: PlanField?
    var sequence: UInt64
    var change: PageChange
}

/// One step of a scope: what a page is read from.
struct ScopeStep: Hashable, Sendable {
    enum Event: Int64, Hashable, Sendable {
        case touched = 0
        case entered = 1
        case left = 2
    }

    var sequence: UInt64
    var entity: EntityID
    var event: Event
}

/// What the hub reads: each value as of one snapshot.
protocol HubRows {
    /// The last row of the log; nil where it is empty.
    func logEnd() throws -> LogRow?
    func log(sequence: UInt64) throws -> LogRow?
    func clock() throws -> HLC

    func replica(_ id: ReplicaID) throws -> ReplicaRow?
    /// Sorted by id.
    func replicas() throws -> [ReplicaRow]
    func changeset(_ dot: Dot) throws -> ChangesetRow?
    /// Sorted by dot.
    func quarantined() throws -> [ChangesetRow]
    func dot(of change: ChangeID) throws -> Dot?
    /// When a replica was first sent, and when it first stated, a checkpoint at or above
    /// `sequence`.
    func marks(
        of replica: ReplicaID, from sequence: UInt64
    ) throws -> (sentAt: Int64?, onPhoneAt: Int64?)
    /// The highest checkpoint sent to a replica and stated by it.
    func lastMarks(of replica: ReplicaID) throws -> (sent: UInt64, onPhone: UInt64)

    func entity(_ id: EntityID) throws -> EntityRow?
    /// Sorted by field; those touched after `sequence`.
    func fields(of id: EntityID, after sequence: UInt64) throws -> [FieldRow]
    /// Sorted by field, then name: every sibling, and the facts after `sequence`.
    func records(of id: EntityID, after sequence: UInt64) throws -> [RecordRow]
    /// Sorted by id; of one shown date where one is given.
    func entities(
        _ kind: EntityKind, date: Int32?
    ) throws -> [EntityID]

    /// The steps of a scope after `sequence`, in order.
    func steps(
        driver: Identifier, after sequence: UInt64, limit: Int
    ) throws -> [ScopeStep]
    /// The entries and leaves of one entity, in order.
    func memberships(
        driver: Identifier, entity: EntityID
    ) throws -> [ScopeStep]
    /// The changesets that touched an entity, after `sequence`, in order.
    func touches(of entity: EntityID, after sequence: UInt64) throws -> [UInt64]
    /// The entities that one changeset touched, sorted.
    func touched(by sequence: UInt64) throws -> [EntityID]
    /// The entities in a scope now with their digests, sorted.
    func scope(
        driver: Identifier
    ) throws -> [(id: EntityID, digest: Hash256)]
}
