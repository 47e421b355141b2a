internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// Where a re-baseline stands; each step is persisted before it begins (L26).
enum RebaselineStep: Int {
    case none = 0
    case push = 1
    case offer = 2
    case refill = 3

    var recovery: Recovery? {
        switch self {
        case .none: nil
        case .push: .pushing
        case .offer: .offering
        case .refill: .refilling
        }
    }
}

/// The one row that says who the store is and where it stands.
struct Meta {
    var identity: ReplicaIdentity
    var nonce: Bits128<EntityPurpose>
    var derivation: Int
    var head: ChainHead?
    var clock: HybridClock
    var history: HistoryID?
    var checkpoint: Checkpoint?
    var isLoaded: Bool
    var lastReceiptAt: Int64?
    var lastPageAt: Int64?
    var retry: RetryState
    var step: RebaselineStep
    /// Counts re-baselines: an entity of an older one is replaced when it comes.
    var generation: Int64
    /// The hub's greatest known time, Unix milliseconds.
    var hubTime: Int64?
    /// When it was last looked for routes that are over, by the hub's time, Unix milliseconds.
    var routesLookedAt: Int64?
    /// Where an entity that was cut over pages goes on.
    var resume: [UInt8]
    /// How far the hub's log had come with what was last kept of an answer, in the hub's own code.
    var standing: [UInt8]
    /// The last page of the history before.
    var told: Checkpoint?
    /// The hub's time when the last re-baseline ended, Unix milliseconds.
    var refilledAt: Int64?
    /// By which version of the rules the hub opens reviews; nil where none has said.
    var hubRules: Int?
    /// Whether the hub said that it reads changesets packed.
    var readsPacked: Bool
    /// Whether the next request carries no changes: see ``Turn/asksFirst``.
    var asksFirst: Bool

    init(_ db: Database) throws {
        let row = try db.row("SELECT * FROM meta").orDamaged("meta")
        identity = ReplicaIdentity(
            replica: try row.replica("replica"), driver: row.name("driver"),
            depot: row.optionalName("depot"), hub: row.optionalText("hub"))
        nonce = try row.bits("nonce")
        derivation = row["derivation"]
        let counter = row.unsigned("head_counter")
        head = counter == 0 ? nil : ChainHead(counter: counter, hash: try row.hash("head_hash"))
        clock = HybridClock(last: try Self.stamp(row))
        history = row["history"] as [UInt8]? == nil ? nil : try row.bits("history")
        if let history, let depot = identity.depot,
            row["checkpoint_sequence"] as Int64? != nil
        {
            checkpoint = Checkpoint(
                history: history, depot: depot, sequence: row.unsigned("checkpoint_sequence"),
                tag: row.unsigned("checkpoint_tag"))
        }
        isLoaded = row["loaded"]
        lastReceiptAt = row["last_receipt_at"]
        lastPageAt = row["last_page_at"]
        retry = RetryState(
            attempts: row["retry_attempts"], nextTryAt: row["retry_at"],
            lastError: row.optionalText("retry_error"))
        step = try RebaselineStep(rawValue: row["step"]).orDamaged("step")
        generation = row["generation"]
        hubTime = row["hub_time"]
        routesLookedAt = row["routes_looked_at"]
        resume = row["resume"] as [UInt8]? ?? []
        standing = row["standing"] as [UInt8]? ?? []
        if let depot = row.optionalName("told_depot"), row["told_history"] as [UInt8]? != nil {
            told = Checkpoint(
                history: try row.bits("told_history"), depot: depot,
                sequence: row.unsigned("told_sequence"), tag: row.unsigned("told_tag"))
        }
        refilledAt = row["refilled_at"]
        hubRules = row["hub_rules"]
        readsPacked = row["reads_packed"]
        asksFirst = row["asks_first"]
        try readLast(db)
    }

    /// A tap writes its changeset alone: where that goes on from what stands here, it is the head, and
    /// its clock the clock.
    private mutating func readLast(_ db: Database) throws {
        guard
            let row = try db.row(
                "SELECT counter, hash, hlc_ms, hlc_logical FROM chain WHERE replica = ?"
                    + " ORDER BY counter DESC LIMIT 1", [identity.replica.blob])
        else { return }
        let counter = row.unsigned("counter")
        guard counter > head?.counter ?? 0 else { return }
        head = ChainHead(counter: counter, hash: try row.hash("hash"))
        clock = HybridClock(last: max(clock.last, try Self.stamp(row)))
    }

    /// The hybrid clock as of the last receipt, page or epoch: also of a file of an older version.
    static func stamp(_ db: Database) throws -> HLC {
        try stamp(db.row("SELECT hlc_ms, hlc_logical FROM meta").orDamaged("meta"))
    }

    private static func stamp(_ row: StoredRow) throws -> HLC {
        let logical = try UInt32(exactly: row["hlc_logical"] as Int64).orDamaged("hlc_logical")
        return HLC(milliseconds: row["hlc_ms"], logical: logical)
    }

    static func insert(_ new: NewReplica, _ db: Database) throws {
        try db.run(
            """
            INSERT INTO meta (one, replica, driver, depot, hub, nonce, derivation, head_hash)
            VALUES (1, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                new.replica.blob, new.driver.blob, new.depot?.blob, new.hub?.blob, new.nonce.blob,
                Derivation.ofThisBuild, Hash256.zero.blob,
            ])
    }

    static func save(head: ChainHead, _ db: Database) throws {
        try db.run(
            "UPDATE meta SET head_counter = ?, head_hash = ?",
            [head.counter.stored, head.hash.blob])
    }

    /// In the transaction of what it was said with; an empty one says nothing.
    static func save(standing: [UInt8], _ db: Database) throws {
        guard !standing.isEmpty else { return }
        try db.run("UPDATE meta SET standing = ?", [standing.blob])
    }

    /// What taps changed, before their changesets may leave the archive: head and clock.
    func saveTaps(_ db: Database) throws {
        guard let head else { return }
        try db.run(
            "UPDATE meta SET head_counter = ?, head_hash = ?, hlc_ms = ?, hlc_logical = ?",
            [
                head.counter.stored, head.hash.blob, clock.last.milliseconds,
                Int64(clock.last.logical),
            ])
    }

    static func save(clock: HybridClock, _ db: Database) throws {
        try db.run(
            "UPDATE meta SET hlc_ms = ?, hlc_logical = ?",
            [clock.last.milliseconds, Int64(clock.last.logical)])
    }
}
