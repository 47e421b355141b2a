internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// The database ended a transaction by itself, as it does on a full disk.
struct TransactionGone: Error {
    /// What it said.
    var reason: any Error
}

/// What the hub writes, within one transaction.
protocol HubTransaction: HubRows {
    /// A part of the transaction: where `body` throws, nothing of it is left, and the rest stands.
    /// - Throws: what `body` throws; ``TransactionGone`` where nothing of the whole is left.
    func undoable(_ body: () throws -> Void) throws
    func setClock(_ clock: HLC) throws
    /// Somebody came who followed an older history: what contexts name may be of it (L7).
    func noteOlderHistory() throws
    /// What every replica but the hub's own has stated binds nobody until that replica speaks again:
    /// somebody came from another history, in which it may have gone on (L7).
    func askAgainWhatIsStated(but own: ReplicaID) throws
    func countReceipts() throws
    /// The history is over: the next open begins another (L26).
    func markDisproved() throws
    /// These histories are over, or will be where it is the database's own; one that is noted
    /// already stays where it is, with the farther end.
    /// - Parameter histories: the latest first.
    func note(past histories: [Standing.Past]) throws
    func raise(_ alarm: HubAlarm.Kind, by replica: ReplicaID, at now: Int64) throws
    func save(_ replica: ReplicaRow) throws
    /// A person came with a role, when the log ended at `sequence`; the same again is nothing.
    func note(_ role: Role, of person: Identifier, from sequence: UInt64) throws
    /// Whoever is it already stays so.
    func insert(_ deactivation: Deactivation) throws
    func activate(_ person: Identifier) throws
    func insert(_ changeset: ChangesetRow) throws
    func decide(_ dot: Dot, _ decision: ChangesetRow.Decision) throws
    /// The envelope without some personal bytes: the same hash.
    func replaceBytes(of dot: Dot, by bytes: [UInt8]) throws
    /// Bytes were dropped that must not stay anywhere in the file.
    func oweScrub() throws
    /// A place that is taken stays as it is.
    func insert(_ offered: OfferedRow) throws
    /// The same offer without some personal bytes.
    func replace(_ offered: OfferedRow, by other: OfferedRow) throws
    /// - Parameter isTaken: an edit took it over; else it was dismissed.
    func decide(_ offered: OfferedRow, isTaken: Bool, by person: Identifier, at now: Int64) throws
    /// - Parameter entities: what it touches, sorted.
    func insert(_ log: LogRow, touching entities: [EntityID]) throws
    /// Inserts or replaces an entity's own row.
    /// - Parameter old: the row as it is there; nil: none is.
    func save(_ entity: EntityRow, over old: EntityRow?) throws
    func save(_ field: FieldRow, of entity: EntityID) throws
    func insert(_ record: LaidRecord, of entity: EntityID) throws
    /// The same of a fact.
    /// - Parameter number: of its entity, which is there.
    func insertFact(_ fact: LaidRecord, of number: Int64) throws
    /// - Parameter field: nil for a fact.
    func remove(_ sibling: FactRef, field: PlanField?, of entity: EntityID) throws
    /// Notes where a cylinder's number was scanned; what is noted already stays.
    func insert(_ scan: SerialScan, at stop: EntityID) throws
    /// What is noted already stays; what was written over it is added where it was not known.
    func insert(_ overwritten: OverwrittenRow, of entity: EntityID) throws
    /// Forgets what was written over in all fields but one.
    func forgetOverwritten(of entity: EntityID, but field: PlanField) throws
    /// What is noted already stays.
    func insertMeterVisit(of customer: EntityID, day: Int32, at stop: EntityID) throws
    /// What is noted already stays.
    func insertMerge(of customer: EntityID, into other: EntityID) throws
    /// Gives the places at which an entity was touched rows of their own.
    func insertTouches(_ sequences: [UInt64], of entity: EntityID) throws
    func insert(_ step: ScopeStep, driver: Identifier) throws
    /// Notes a checkpoint that was sent to a replica, or that it stated.
    /// - Parameter reach: the log's end in the page's snapshot.
    func mark(
        _ replica: ReplicaID, _ mark: Mark, sequence: UInt64, reach: UInt64, at now: Int64) throws
}

extension HubTransaction {
    func insert(_ record: RecordRow, of entity: EntityID) throws {
        try insert(
            LaidRecord(
                field: record.field, sequence: record.sequence, ref: record.change.ref,
                bytes: record.change.rowBytes()), of: entity)
    }
}

/// How far a replica is known to have got.
enum Mark: Int64, Hashable, Sendable {
    case sent = 0
    case onPhone = 1
}

/// An envelope noted before anything in it is looked at (L20).
struct IntakeRow: Hashable, Sendable {
    var dot: Dot
    var previous: Hash256
    var byteCount: Int
    /// SHA-256 of the envelope's bytes.
    var bytesHash: Hash256
}

/// What this database is.
struct HubIdentity: Hashable, Sendable {
    var history: HistoryID
    var depot: Identifier
    /// False where an older history's content was there when this one began (L7).
    var beganEmpty: Bool
    /// Proves, together with the nonce outside, that the database continues (L26).
    var nonce = ""
    /// Minted with the database, kept by every history that begins in it or in a copy; empty where
    /// an older build began it. See ``PlaceTags`` and ``Standing``.
    var tagKey: [UInt8] = []
    /// A device showed that the log was put back to an earlier state.
    var isDisproved = false
}

/// Where a hub keeps its log: synchronous, one writer at a time, each read in one snapshot.
///
/// A write that returned is durable: a receipt is a promise. A body that throws leaves nothing.
protocol HubStorage: Sendable {
    func identity() throws -> HubIdentity?
    /// - Parameter beginsHistory: what was known of the replicas' positions belongs to another
    ///   history and is forgotten; dots, results and content stay.
    func setIdentity(_ identity: HubIdentity, beginsHistory: Bool) throws

    func read<T>(_ body: (any HubRows) throws -> T) throws -> T
    func write<T>(_ body: (any HubTransaction) throws -> T) throws -> T
    /// A number that stands for what the rows say, and for nothing that they ever said before; nil
    /// while that may be changing. What was read between two times at which it is the same is still
    /// so at the second.
    var state: UInt64? { get }

    /// Notes envelopes and forgets those that are finished; survives the process, not a power cut.
    func noteIntake(_ rows: [IntakeRow], finished: [IntakeRow]) throws
    /// To be called once at a start: what earlier processes left unfinished, and how many starts
    /// found each of them so, alone in its note.
    func unfinishedIntake() throws -> [(row: IntakeRow, starts: Int)]

    /// Where bytes were dropped that must not stay anywhere in the file: writes it anew, and
    /// empties what SQLite keeps beside it.
    /// - Returns: whether nothing is left to do; false while a reader holds on to what was there.
    func scrub() throws -> Bool

    func close() throws
}
