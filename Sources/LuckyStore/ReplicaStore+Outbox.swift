internal import GRDB
public import LuckyCausality
public import LuckyModel
public import LuckyWire

extension ReplicaStore {
    /// Sealed changesets in counter order, from the outbox or, where the hub asks for earlier ones,
    /// from the archive, up to the first gap or one that is not as it was sealed: what a disk altered
    /// is nobody's word.
    /// - Parameters:
    ///   - replica: under which of this store's names; nil: whose turn it is (``turn()``).
    ///   - counter: where to start; nil: at the first that waits for a receipt.
    ///   - count: at most so many; - Parameter bytes: at most so much, but at least one.
    /// - Throws: ``StoreError/damaged(_:)`` where the first that waits is not as it was sealed.
    public func envelopes(
        of replica: ReplicaID? = nil, from counter: UInt64?, count: Int, bytes: Int
    ) throws(StoreError) -> [(counter: UInt64, bytes: [UInt8])] {
        try connection.read { db in
            let replica = try replica ?? Self.turn(db).replica
            let first = try counter.map { $0.stored } ?? Self.firstPending(replica, db)
            guard let first else { return [] }
            var result: [(counter: UInt64, bytes: [UInt8])] = []
            var total = 0
            try db.eachRow(
                "SELECT counter, hash, bytes FROM chain WHERE replica = ? AND counter >= ?"
                    + " ORDER BY counter \(Mutant.isOn(.sendsNewestFirst) ? "DESC" : "") LIMIT ?",
                [replica.blob, first, max(count, 0)]
            ) { row in
                let isAsSealed = row.isAsSealed
                if let last = result.last?.counter {
                    let isGap = counter != nil && row.unsigned("counter") != last + 1
                    if isGap || !isAsSealed { return false }
                } else if counter == nil, !isAsSealed {
                    throw StoreError.damaged("#\(row.unsigned("counter"))")
                }
                let envelope = row.bytes("bytes")
                total += envelope.count
                if total > bytes, !result.isEmpty { return false }
                result.append((row.unsigned("counter"), envelope))
                return true
            }
            return result
        }
    }

    /// The hash of an own changeset, under whichever name; nil where the store never had one.
    public func hash(of dot: Dot) throws(StoreError) -> Hash256? {
        try connection.read { try Self.hash(of: dot, $0) }
    }

    private static func firstPending(_ replica: ReplicaID, _ db: Database) throws -> Int64? {
        try db.row(
            "SELECT min(counter) AS first FROM changeset WHERE state = 0 AND replica = ?",
            [replica.blob])?["first"]
    }

    /// Takes the hub's receipts: the only way out of the outbox (L12). A receipt that does not
    /// match in history, replica, counter and hash changes nothing; one that came before changes
    /// nothing again. In the push step they replace those of an older history, too.
    /// - Parameter standing: of the answer that brought them.
    /// - Returns: how many changesets got one.
    @discardableResult
    public func apply(
        receipts: [Receipt], standing: [UInt8] = []
    ) throws(StoreError) -> Int {
        guard !receipts.isEmpty else { return 0 }
        defer { scrub() }
        return try connection.write { db in
            let meta = try Meta(db)
            var settled = 0
            var latest: Int64 = 0
            var touched: Set<EntityID> = []
            var renewed: Set<EntityID> = []
            for receipt in receipts where receipt.history == meta.history {
                try db.run(
                    "UPDATE epoch SET backup_mark = max(backup_mark, ?) WHERE replica = ?",
                    [receipt.backupMark.stored, receipt.replica.blob])
                for row in try Self.awaiting(receipt, meta, db) {
                    let number: Int64 = row["number"]
                    try Self.settle(number, with: receipt, db)
                    let entities = try Self.entities(of: number, db)
                    if row["receipt"] as [UInt8]? == nil {
                        touched.formUnion(entities)
                    } else {
                        renewed.formUnion(entities)
                    }
                    settled += 1
                    latest = max(latest, receipt.receivedAt)
                }
            }
            guard settled > 0 else { return 0 }
            try Meta.save(standing: standing, db)
            try meta.saveTaps(db)
            // A quarantined change leaves the shown state here and now.
            for entity in touched.sorted() {
                try Self.erasePeople(on: entity, db)
                try DerivedRows.write(entity, driver: meta.identity.driver, db)
            }
            for entity in renewed.subtracting(touched).sorted() {
                try Self.unlessDamaged(db) {
                    try Self.erasePeople(on: entity, db)
                    try DerivedRows.write(entity, driver: meta.identity.driver, db)
                }
            }
            try db.run(
                "UPDATE meta SET last_receipt_at = max(ifnull(last_receipt_at, 0), ?1),"
                    + " hub_time = max(ifnull(hub_time, 0), ?1)", [latest])
            return settled
        }
    }

    /// The rows that a receipt stands for and which have none of this history. The run's last hash is
    /// chained over all of it.
    private static func awaiting(
        _ receipt: Receipt, _ meta: Meta, _ db: Database
    ) throws -> [StoredRow] {
        let replica = receipt.replica.blob
        let last = receipt.counters.upperBound.stored
        guard
            try db.count(
                "SELECT count(*) FROM chain WHERE replica = ? AND counter = ? AND hash = ?",
                [replica, last, receipt.hash.blob]) == 1
        else { return [] }
        return try db.rows(
            "SELECT number, receipt FROM chain WHERE replica = ? AND counter BETWEEN ? AND ?"
                + " AND (state = 0 OR ?) ORDER BY counter",
            [
                replica, receipt.counters.lowerBound.stored,
                last + (Mutant.isOn(.receiptReachesTooFar) ? 1 : 0), meta.step == .push,
            ]
        ).filter { $0["receipt"] as [UInt8]? == nil || $0.isReceipted(before: meta) }
    }

    private static func settle(_ number: Int64, with receipt: Receipt, _ db: Database) throws {
        let state: ChangesetState
        var reason: String?
        switch receipt.result {
        case .accepted: state = .accepted
        case .already: state = .already
        case .quarantined(let why):
            state = .quarantined
            reason = why
        }
        try db.run(
            "UPDATE changeset SET state = ?, reason = ?, received_at = ?, receipt = ?"
                + " WHERE number = ?",
            [
                state.rawValue, reason?.blob, receipt.receivedAt, receipt.rowBytes().blob, number,
            ])
    }

    static func entities(of number: Int64, _ db: Database) throws -> [EntityID] {
        try db.rows(
            "SELECT entity FROM changeset WHERE number = ? AND entity IS NOT NULL", [number]
        ).map { try $0.entity("entity") }
    }

    /// The outbox and the archive, newest first; the pending ones oldest first, as they will be
    /// sent.
    public func changesets(
        _ filter: OutboxFilter, limit: Int
    ) throws(StoreError) -> [OutboxEntry] {
        let condition =
            switch filter {
            // By the order in which they were written, found by the index of the outbox.
            case .pending: "WHERE state = 0 ORDER BY +number"
            case .quarantined: "WHERE state = 3 ORDER BY number DESC"
            case .all: "ORDER BY number DESC"
            }
        return try connection.read { db in
            try db.rows("SELECT * FROM changeset \(condition) LIMIT ?", [max(limit, 0)])
                .map { row in
                    let changeset = try readable { () throws(WireError) in
                        try Changeset(reading: row.bytes("bytes"))
                    }
                    let state = try ChangesetState(rawValue: row["state"]).orDamaged("state")
                    return try OutboxEntry(
                        changeset, state: state, reason: row.optionalText("reason"),
                        receivedAt: row["received_at"])
                }
        }
    }
}

extension ReplicaStore {
    /// An own changeset as it was sealed, whatever became of it: the bytes that travel, which its
    /// receipt names by their hash. Nil where no own changeset has this change id, or it was pruned.
    public func bytes(of change: ChangeID) throws(StoreError) -> [UInt8]? {
        try connection.read { db in
            try db.row(
                "SELECT bytes FROM changeset WHERE change_id = ?", [change.blob]
            )?.bytes("bytes")
        }
    }
}

extension OutboxEntry {
    init(
        _ changeset: Changeset, state: ChangesetState, reason: String?, receivedAt: Int64?
    ) throws(StoreError) {
        let (changes, entities) = try readable { () throws(WireError) in
            (
                try changeset.recorded(stamp: changeset.ownStamp(receivedAt: nil)),
                try changeset.entities()
            )
        }
        self.init(
            dot: changeset.dot, change: changeset.header.changeID, hash: changeset.hash,
            entities: Set(entities).sorted(), kinds: changes.map(\.kindWord),
            writtenAt: changeset.header.time.wallMilliseconds,
            state: State(state),
            reason: reason, receivedAt: receivedAt)
    }
}

extension OutboxEntry.State {
    init(_ state: ChangesetState) {
        self =
            switch state {
            case .pending: .pending
            case .accepted: .received
            case .already: .already
            case .quarantined: .quarantined
            }
    }
}

extension Recorded {
    /// The word that commands and JSON use.
    var kindWord: String {
        switch body {
        case .plan: "plan"
        case .fact(let fact): fact.kind.word
        }
    }
}
