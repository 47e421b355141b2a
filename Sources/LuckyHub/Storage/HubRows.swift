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
    /// Whether it followed since this history began, and since a device last came from another one:
    /// before that no context naming it can be judged.
    var hasSpoken: Bool
    /// Where it stands with this history.
    var following = Following.notYet
    /// It came to this history from an older one.
    var tookUp = false
    /// Unix milliseconds.
    var lastSeen: Int64

    /// Whether it came to this history.
    var isKnownHere: Bool { hasSpoken || following != .notYet }

    /// How far a replica has taken up with the hub's history (L26).
    enum Following: Int64, Hashable, Sendable {
        /// It has not begun to.
        case notYet = 0
        /// It sends what the hub lacks, and may offer what it holds: only at its first contact.
        case takingUp = 1
        /// It gets pages; an offer is no longer taken.
        case follows = 2
    }
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
    /// Who brought it for its author; nil: the author.
    var carriedBy: Identifier?
    /// What a person decided over a quarantined one; nil: nothing yet.
    var decision: Decision?
    /// The envelope as it came.
    var bytes: [UInt8]

    /// What became of a changeset in quarantine.
    struct Decision: Hashable, Sendable {
        /// The change of the hub that released it; nil: rejected.
        var releasedAs: ChangeID?
        var by: Identifier
        /// Unix milliseconds.
        var at: Int64
    }
}

/// One row of a depot's log.
struct LogRow: Hashable, Sendable {
    /// What stands at a place of the log.
    enum Entry: Hashable, Sendable {
        case changeset(Dot, ChangeID)
        /// Facts that a replica offered after a restore (L26).
        case offer(ReplicaID)
        /// An entity's plan and its devices' copies went (L9).
        case purge
        case unpurge
    }

    var sequence: UInt64
    /// Half of it random, half a code over its place (L22): see ``PlaceTags``.
    var tag: UInt64
    var entry: Entry
    /// Of the changeset, or whoever was at the door.
    var author: Identifier
    /// Unix milliseconds.
    var receivedAt: Int64

    /// Before the first row.
    static let originTag: UInt64 = 0

    /// Nil where no changeset stands there.
    var dot: Dot? { if case .changeset(let dot, _) = entry { dot } else { nil } }
    /// Nil where no changeset stands there.
    var change: ChangeID? { if case .changeset(_, let change) = entry { change } else { nil } }
}

/// An entity without its plan and facts.
struct EntityRow: Hashable, Sendable {
    var id: EntityID
    /// By which its head and its facts stand: as many became known before it, and it.
    var number: Int64
    var vector: VersionVector
    var digest: Hash256
    /// Whose scope it is in now; nil: nobody's.
    var scope: Identifier?
    /// The driver whose fact made it known, where no plan did (L23).
    var bornBy: Identifier?
    /// The business day in whose books it stands, as the number 20260131.
    var date: Int32?
    /// Only the stub is left (L9).
    var isPurged = false
    var reviews = Reviews.none
    /// The version of the rules that searched it last.
    var rules = 0
    /// Where in the log it was touched last; 0: nowhere.
    var touchedAt: UInt64 = 0
    /// Its last places there, sorted: those that have no row of their own yet.
    var touches: [UInt64] = []

    /// Which reviews it has.
    enum Reviews: Int64, Hashable, Sendable {
        case none = 0
        /// All of them are decided.
        case decided = 1
        /// One at least waits for somebody.
        case open = 2
    }
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

/// A plan value that was written over, by where its changeset says it.
struct OverwrittenRow: Hashable, Sendable {
    var field: PlanField
    var ref: FactRef
    var dot: Dot
    /// As the hub stamped it.
    var role: Role
    /// What was written over it, by somebody who had seen all that its author had; nil where none
    /// is known.
    var by: Dot? = nil
}

/// One step of a scope: what a page is read from.
struct ScopeStep: Hashable, Sendable {
    enum Event: Int64, Hashable, Sendable {
        case touched = 0
        case entered = 1
        case left = 2
        /// It left, and the devices' copies go.
        case purged = 3
    }

    var sequence: UInt64
    var entity: EntityID
    var event: Event
}

/// What a device offered and the hub did not join (L26).
struct OfferedRow: Hashable, Sendable {
    var entity: EntityID
    var content: Content
    var replica: ReplicaID
    /// Whose replica it is.
    var person: Identifier
    /// Unix milliseconds.
    var offeredAt: Int64

    enum Content: Hashable, Sendable {
        /// A plan value that nothing else is a proof of.
        case sibling(PlanField, PageChange)
        /// A part that this build cannot read, or of which something is wrong.
        case unread([UInt8])
    }
}

/// A person whose tokens open no door.
struct Deactivation: Hashable, Sendable {
    var person: Identifier
    var by: Identifier
    /// Unix milliseconds.
    var at: Int64
}

/// What the hub reads: each value as of one snapshot.
protocol HubRows {
    /// The last row of the log; nil where it is empty.
    func logEnd() throws -> LogRow?
    func log(sequence: UInt64) throws -> LogRow?
    func clock() throws -> HLC
    /// Whether nothing was there when this history began, and nobody came from an older one: then
    /// every replica is known (L7).
    func beganEmpty() throws -> Bool
    /// How many transactions gave receipts.
    func receiptCount() throws -> UInt64
    /// The histories that were over before this one, the latest first.
    func pastHistories(limit: Int) throws -> [Standing.Past]
    /// Sorted by kind and replica.
    func alarms() throws -> [HubAlarm]
    /// What waits for a person's decision, sorted by entity, field and name.
    func openOffers() throws -> [OfferedRow]
    /// Every offer on one entity, decided ones too.
    func offers(on entity: EntityID) throws -> [OfferedRow]

    func replica(_ id: ReplicaID) throws -> ReplicaRow?
    /// Whose the last of an install's replicas is, by when it was seen; nil where none was.
    func person(ofInstall install: UInt64) throws -> Identifier?
    /// The roles that a person may have had with the page that ends at `sequence`, the latest
    /// first; nil: all that are known. Several where the role changed just there.
    func roles(of person: Identifier, at sequence: UInt64?) throws -> [Role]
    /// Whether it is the role that was noted of a person last, or one of those at that place.
    func isLast(_ role: Role, of person: Identifier) throws -> Bool
    /// Sorted by person.
    func deactivated() throws -> [Deactivation]
    func isDeactivated(_ person: Identifier) throws -> Bool
    /// Whether somebody was here, or ever had something planned for them.
    func knows(_ person: Identifier) throws -> Bool
    /// Sorted by id.
    func replicas() throws -> [ReplicaRow]
    func changeset(_ dot: Dot) throws -> ChangesetRow?
    /// Every changeset of this change id, applied or not, sorted by dot.
    func changesets(of change: ChangeID) throws -> [ChangesetRow]
    /// Sorted by dot.
    func quarantined() throws -> [ChangesetRow]
    func dot(of change: ChangeID) throws -> Dot?
    /// Whether a changeset of this change id is in quarantine, and not released.
    func isQuarantined(_ change: ChangeID) throws -> Bool
    /// When a replica was first sent, and when it first stated, a checkpoint at or above
    /// `sequence`.
    func marks(
        of replica: ReplicaID, from sequence: UInt64
    ) throws -> (sentAt: Int64?, onPhoneAt: Int64?)
    /// The highest checkpoint sent to a replica and stated by it.
    func lastMarks(of replica: ReplicaID) throws -> (sent: UInt64, onPhone: UInt64)
    /// The checkpoint of the last page that was sent to a store, under any of its epochs, as far as
    /// it is noted: pages that show something, and those that pass a change of a role.
    func lastPage(of replica: ReplicaID) throws -> UInt64
    /// Whether a person came with another role when the log stood between these places.
    func hasRoleChange(of person: Identifier, in sequences: ClosedRange<UInt64>) throws -> Bool
    /// Whether a person's store, under any of its epochs, came to this history from an older one.
    func tookUp(_ replica: ReplicaID, of person: Identifier) throws -> Bool
    /// How far into the log the states of the pages reached that were sent to a store, under any of
    /// its epochs, up to this checkpoint; nil where none was, 0 where it is not known.
    func reach(of replica: ReplicaID, upTo checkpoint: UInt64) throws -> UInt64?

    func entity(_ id: EntityID) throws -> EntityRow?
    /// Of the entity that became known last; 0 where none is.
    func lastNumber() throws -> Int64
    /// Nil where nobody wrote to it yet.
    func vector(of id: EntityID) throws -> VersionVector?
    /// Sorted by field; those touched after `sequence`.
    func fields(of id: EntityID, after sequence: UInt64) throws -> [FieldRow]
    /// Sorted by field, then name: every sibling, and the facts after `sequence`.
    func records(of id: EntityID, after sequence: UInt64) throws -> [RecordRow]
    /// The same as the bytes that a page carries, sorted by field, then name.
    /// - Parameters:
    ///   - fields: whose siblings; nil: all.
    ///   - sequence: facts after this.
    func laidRecords(
        of id: EntityID, fields: [PlanField]?, factsAfter sequence: UInt64
    ) throws -> [LaidRecord]
    /// Every stop where the same cylinder was handed over, or taken back, on the same day, sorted.
    func stops(with scan: SerialScan) throws -> [EntityID]
    /// Whether any plan value of an entity was written over.
    func hasOverwritten(_ id: EntityID) throws -> Bool
    /// Plan values of an entity that were written over, sorted by field and name.
    func overwritten(of id: EntityID) throws -> [OverwrittenRow]
    /// Those of them of which this vector does not cover what was written over them, if that is
    /// known: as many rows are read as there are.
    func overwritten(of id: EntityID, beyond known: VersionVector) throws -> [OverwrittenRow]
    /// The stops at which a meter was read that may be a customer's, with the day, sorted by stop;
    /// of one day where one is given.
    func meterVisits(of customer: EntityID, day: Int32?) throws -> [(stop: EntityID, day: Int32)]
    /// Into whom a customer was ever merged, sorted.
    func mergesInto(from customer: EntityID) throws -> [EntityID]
    /// Who was ever merged into a customer, sorted.
    func mergesFrom(into customer: EntityID) throws -> [EntityID]
    /// Sorted by id; of one shown date where one is given.
    func entities(
        _ kind: EntityKind, date: Int32?
    ) throws -> [EntityID]
    /// Whose shown date is behind this one, sorted by id.
    func entities(_ kind: EntityKind, after date: Int32) throws -> [EntityID]
    /// With reviews of this kind or above, sorted by id.
    func entities(withReviews least: EntityRow.Reviews) throws -> [EntityID]
    /// Last searched by rules below this version; the oldest first.
    func entities(rulesBelow version: Int, limit: Int) throws -> [EntityID]

    /// The steps of a scope after `sequence`, in order.
    func steps(
        driver: Identifier, after sequence: UInt64, limit: Int
    ) throws -> [ScopeStep]
    /// The entries and leaves of one entity, in order.
    func memberships(
        driver: Identifier, entity: EntityID
    ) throws -> [ScopeStep]
    /// Whose scope an entity ever entered, sorted.
    func drivers(everWith entity: EntityID) throws -> [Identifier]
    /// The changesets that touched an entity, after `sequence`, in order.
    func touches(of entity: EntityID, after sequence: UInt64) throws -> [UInt64]
    /// The entities that one changeset touched, sorted.
    func touched(by sequence: UInt64) throws -> [EntityID]
    /// The entities in a scope now, sorted.
    func scope(driver: Identifier) throws -> [EntityID]
}
