internal import GRDB
public import LuckyCausality
public import LuckyModel
internal import LuckyWire

// Another history of the hub, or one that lost something: push, offer, pages from zero (L26). Each
// step is a row's value before it begins, so that a kill between any two goes on where it was.
// Everything stays readable.

extension ReplicaStore {
    /// Follows the hub's history from here on, from its beginning; where it is another one than
    /// before, or another depot's, under a new epoch (L19).
    /// - Returns: anything but ``Following/begun``: nothing was written.
    @discardableResult
    public func followAnew(
        _ history: HistoryID, depot: Identifier, using random: inout some RandomNumberGenerator
    ) throws(StoreError) -> Following {
        let draw = EpochDraw(using: &random)
        let (following, isNewEpoch, meta) = try connection.write { db in
            let meta = try Meta(db)
            let isSame = meta.history == history && meta.identity.depot == depot
            if isSame, meta.step == .push { return (Following.underWay, false, meta) }
            if let waits = try Self.waiting(to: depot, meta, db) {
                try db.run("UPDATE meta SET asks_first = 1")
                return (waits, false, meta)
            }
            let isMove = meta.identity.depot.map { $0 != depot } ?? false
            let known = try db.count("SELECT count(*) FROM epoch WHERE depot = ?", [depot.blob])
            // Nothing that was written with one depot is another's to ask for.
            let step = isMove && known == 0 ? RebaselineStep.refill : .push
            try db.run(
                """
                UPDATE meta SET told_history = history, told_depot = depot,
                    told_sequence = checkpoint_sequence, told_tag = checkpoint_tag
                WHERE checkpoint_sequence IS NOT NULL
                """)
            try db.run(
                """
                UPDATE meta SET history = ?, depot = ?, checkpoint_sequence = NULL,
                    checkpoint_tag = NULL, loaded = 0, page_sequence = NULL, page_attempts = 0,
                    page_low = NULL, page_high = NULL, resume = NULL, step = ?,
                    generation = generation + 1, reads_packed = 0
                """, [history.blob, depot.blob, step.rawValue])
            try db.run(
                "UPDATE epoch SET depot = ? WHERE depot IS NULL",
                [(meta.identity.depot ?? depot).blob])
            try db.run(
                "UPDATE epoch SET confirmed = NULL, backup_mark = 0 WHERE depot = ?", [depot.blob])
            try db.run("DELETE FROM offer")
            try db.run("DELETE FROM ahead")
            if isMove {
                try Self.leaveDepot(meta, draw, db)
            } else if !isSame {
                try Self.begin(draw, after: meta.head, of: meta.identity.replica, db)
            }
            return (.begun, !isSame, try Meta(db))
        }
        if isNewEpoch { try writeMark(meta.nonce) }
        refresh(meta)
        return following
    }

    /// What of a name the hub does not hold (any more) waits for a receipt again.
    /// - Parameter counter: the hub's last.
    /// - Returns: how many changesets went back from the archive to the outbox.
    @discardableResult
    public func demote(_ replica: ReplicaID, above counter: UInt64) throws(StoreError) -> Int {
        try connection.write { db in
            guard try Meta(db).step == .push, !Mutant.isOn(.archiveStaysSilent) else { return 0 }
            let rows = try db.rows(
                "SELECT number FROM changeset WHERE replica = ? AND counter > ? AND state <> 0"
                    + " ORDER BY number", [replica.blob, counter.stored])
            var touched: Set<EntityID> = []
            for row in rows {
                touched.formUnion(try Self.waitAgain(row["number"], db))
            }
            let driver = try Meta(db).identity.driver
            for entity in touched.sorted() { try DerivedRows.write(entity, driver: driver, db) }
            return rows.count
        }
    }

    /// The hub holds all that was written under a name, as far as this store still has it.
    public func confirm(_ replica: ReplicaID) throws(StoreError) {
        try connection.write { db in
            try db.run(
                "UPDATE epoch SET confirmed = (SELECT history FROM meta) WHERE replica = ?",
                [replica.blob])
        }
    }

    /// Goes to the next step where this one is done.
    /// - Returns: whether it did.
    @discardableResult
    public func advance() throws(StoreError) -> Bool {
        try connection.write { db in
            let meta = try Meta(db)
            var step = meta.step
            if step == .push,
                try Epoch.all(db).allSatisfy({ $0.isConfirmed(by: meta) })
            {
                // What is parked or remembered is in no digest: it is offered whatever the hub
                // confirms.
                try db.run(
                    """
                    INSERT INTO offer (entity, is_wanted) SELECT id, id IN (
                        SELECT entity FROM parked UNION SELECT entity FROM remembered) FROM entity
                    WHERE depot IS NULL
                    """)
                try Self.dropUnreadableOffers(db)
                step = .offer
            }
            if step == .offer, try db.count("SELECT count(*) FROM offer") == 0 { step = .refill }
            guard step != meta.step else { return false }
            try db.run("UPDATE meta SET step = ?", [step.rawValue])
            return true
        }
    }

    /// The pages from zero have ended. What they did not bring is not known in this history: it
    /// stays as it was told, for some days (see `endUnconfirmed`).
    static func finishRefill(hubTime: Int64, _ db: Database) throws {
        try db.run(
            "UPDATE meta SET step = ?, refilled_at = ?, routes_looked_at = NULL",
            [RebaselineStep.none.rawValue, hubTime])
        try doubtAccepted(db)
    }

    /// Puts a changeset of the archive into the outbox again.
    /// - Returns: its entities.
    static func waitAgain(_ number: Int64, _ db: Database) throws -> [EntityID] {
        try db.run(
            "UPDATE changeset SET state = 0, reason = NULL, received_at = NULL,"
                + " receipt = NULL WHERE number = ?", [number])
        return try entities(of: number, db)
    }
}
