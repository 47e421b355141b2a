internal import Foundation
internal import GRDB
public import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// One of the names that a store has written under.
struct Epoch {
    var replica: ReplicaID
    /// The end of the chain before it, which its first changeset names.
    var before: ChangesetHeader.Predecessor?
    /// The highest counter that every restorable backup of the hub holds.
    var backupMark: UInt64
    /// The last changeset that left the archive; nil where none did.
    var pruned: ChainHead?
    /// The history in which the hub was last seen to hold all of it.
    var confirmed: HistoryID?
    /// The depot that was followed then; nil before the first answer.
    var depot: Identifier?

    init(_ replica: ReplicaID, _ db: Database) throws {
        let row = try db.row("SELECT * FROM epoch WHERE replica = ?", [replica.blob])
        try self.init(row.orDamaged("epoch"))
    }

    init(_ row: StoredRow) throws {
        replica = try row.replica("replica")
        if row["before_replica"] as [UInt8]? != nil {
            before = ChangesetHeader.Predecessor(
                dot: Dot(try row.replica("before_replica"), row.unsigned("before_counter")),
                hash: try row.hash("before_hash"))
        }
        backupMark = row.unsigned("backup_mark")
        let counter = row.unsigned("pruned_counter")
        if counter > 0 { pruned = ChainHead(counter: counter, hash: try row.hash("pruned_hash")) }
        if row["confirmed"] as [UInt8]? != nil { confirmed = try row.bits("confirmed") }
        depot = row.optionalName("depot")
    }

    /// Whether the hub that is followed holds all of it, or has no business with it.
    func isConfirmed(by meta: Meta) -> Bool {
        confirmed == meta.history || depot ?? meta.identity.depot != meta.identity.depot
    }

    /// Oldest first.
    static func all(_ db: Database) throws -> [Epoch] {
        try db.rows("SELECT * FROM epoch ORDER BY number").map { try Epoch($0) }
    }

    /// The last changeset of its chain, also one that left the archive; nil before the first.
    func last(_ db: Database) throws -> ChainHead? {
        let row = try db.row(
            "SELECT counter, hash FROM chain WHERE replica = ? ORDER BY counter DESC LIMIT 1",
            [replica.blob])
        guard let row else { return pruned }
        let last = ChainHead(counter: row.unsigned("counter"), hash: try row.hash("hash"))
        return last.counter > pruned?.counter ?? 0 ? last : pruned
    }

    /// Begins: the chain starts anew under `replica`, and names the end of the one before.
    static func begin(
        _ replica: ReplicaID, after before: ChangesetHeader.Predecessor?,
        nonce: Bits128<EntityPurpose>, _ db: Database
    ) throws {
        try Meta.save(clock: Meta(db).clock, db)
        try db.run(
            """
            INSERT INTO epoch (replica, before_replica, before_counter, before_hash, depot)
            VALUES (?, ?, ?, ?, (SELECT depot FROM meta))
            """,
            [
                replica.blob, before?.dot.replica.blob, before?.dot.counter.stored,
                before?.hash.blob,
            ])
        try db.run(
            "UPDATE meta SET replica = ?, nonce = ?, head_counter = 0, head_hash = ?",
            [replica.blob, nonce.blob, Hash256.zero.blob])
    }
}

/// What a new epoch draws.
struct EpochDraw {
    var epoch: UInt32
    var nonce: Bits128<EntityPurpose>

    init(using random: inout some RandomNumberGenerator) {
        epoch = UInt32(truncatingIfNeeded: random.next() >> 32)
        nonce = Bits128(high: random.next(), low: random.next())
    }
}

extension ReplicaStore {
    /// Before anything is written or sent under this store's name: where the file may be a copy or
    /// was restored, a new epoch begins (L19). What waits keeps its old dots until the hub has
    /// shown others there.
    public func proveItself(using random: inout some RandomNumberGenerator) throws(StoreError) {
        guard isUnproven, !connection.isReader else { return }
        try beginEpoch(using: &random)
    }

    /// Begins a new epoch now.
    public func beginEpoch(using random: inout some RandomNumberGenerator) throws(StoreError) {
        let draw = EpochDraw(using: &random)
        let meta = try connection.write { db in
            let meta = try Meta(db)
            try Self.begin(draw, after: meta.head, of: meta.identity.replica, db)
            return try Meta(db)
        }
        try writeMark(meta.nonce)
        refresh(meta)
    }

    /// - Parameter end: the last changeset of the chain of `old` that stands; nil where none does.
    /// - Returns: the new name; one that was used before (one in 2³²) counts on.
    @discardableResult
    static func begin(
        _ draw: EpochDraw, after end: ChainHead?, of old: ReplicaID, _ db: Database
    ) throws -> ReplicaID {
        var new = ReplicaID(install: old.install, epoch: draw.epoch)
        while try db.count("SELECT count(*) FROM epoch WHERE replica = ?", [new.blob]) > 0 {
            new = ReplicaID(install: old.install, epoch: new.epoch &+ 1)
        }
        let before = end.map {
            ChangesetHeader.Predecessor(dot: Dot(old, $0.counter), hash: $0.hash)
        }
        try Epoch.begin(
            new, after: before ?? Epoch(old, db).before, nonce: draw.nonce, db)
        return new
    }

    /// The hash of an own changeset, also of one that left the archive; nil where there is none.
    static func hash(of dot: Dot, _ db: Database) throws -> Hash256? {
        try db.row(
            "SELECT hash FROM chain WHERE replica = ?1 AND counter = ?2 UNION ALL"
                + " SELECT hash FROM pruned WHERE replica = ?1 AND counter = ?2",
            [dot.replica.blob, dot.counter.stored])?.hash("hash")
    }

    /// Every name this store has written under, oldest first; the last is its own now.
    public func epochs() throws(StoreError) -> [ReplicaID] {
        try connection.read { try Epoch.all($0).map(\.replica) }
    }
}
