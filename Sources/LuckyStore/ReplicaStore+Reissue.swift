internal import GRDB
public import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension ReplicaStore {
    /// The hub knows other changesets under this store's dots: those after the last common one get
    /// dots of a new epoch, in order, with their change ids; so do the later epochs' that wait. One
    /// transaction (L19). The bytes as first sealed are kept.
    /// - Parameters:
    ///   - replica: the name under which the fork was found.
    ///   - common: the last counter that names the same changeset on both sides; 0: none does.
    public func reissue(
        _ replica: ReplicaID, after common: UInt64, using random: inout some RandomNumberGenerator
    ) throws(StoreError) {
        if Mutant.isOn(.forkKeepsEpoch) { return }
        let draw = EpochDraw(using: &random)
        let meta = try connection.write { db in
            let meta = try Meta(db)
            let end = try Self.hash(of: Dot(replica, common), db).map {
                ChainHead(counter: common, hash: $0)
            }
            let target = try Self.begin(draw, after: end, of: replica, db)
            try Self.reissue(replica, after: common, under: target, db)
            try db.run(
                "UPDATE epoch SET confirmed = ? WHERE replica = ?",
                [meta.history?.blob, replica.blob])
            return try Meta(db)
        }
        try writeMark(meta.nonce)
        refresh(meta)
    }

    /// Changesets as they were sealed before they got another dot, sorted by replica and counter.
    public func reissuedEnvelopes() throws(StoreError) -> [[UInt8]] {
        try connection.read { db in
            try db.rows("SELECT bytes FROM reissued ORDER BY replica, counter").map {
                $0.bytes("bytes")
            }
        }
    }

    /// - Parameter target: the name that a new epoch has got.
    static func reissue(
        _ replica: ReplicaID, after common: UInt64, under target: ReplicaID, _ db: Database
    ) throws {
        let rows = try db.rows(
            """
            SELECT number, replica, counter, bytes FROM changeset
            WHERE (replica = ?1 AND counter > ?2) OR (state = 0 AND replica IN
                (SELECT replica FROM epoch WHERE number >
                    (SELECT number FROM epoch WHERE replica = ?1)))
            ORDER BY number
            """, [replica.blob, common.stored])
        var renaming = Renaming(to: target)
        renaming.cut(replica, after: common)
        for (index, row) in rows.enumerated() {
            let dot = Dot(try row.replica("replica"), row.unsigned("counter"))
            renaming.rename(dot, to: UInt64(index) + 1)
        }
        var last: ChainHead?
        var touched: Set<EntityID> = []
        for row in rows {
            let number: Int64 = row["number"]
            let old = try readable { () throws(WireError) in
                try Changeset(reading: row.bytes("bytes"))
            }
            let new = try resealed(old, renaming, after: last, db)
            try replace(old, by: new, number: number, db)
            last = ChainHead(counter: new.dot.counter, hash: new.hash)
            touched.formUnion(try entities(of: number, db))
        }
        if let last { try Meta.save(head: last, db) }
        for row in try db.rows("SELECT id, vector FROM entity ORDER BY id") {
            let id = try row.entity("id")
            if try renaming.apply(to: id, try row.vector("vector"), db) { touched.insert(id) }
        }
        let driver = try Meta(db).identity.driver
        for entity in touched.sorted() { try DerivedRows.write(entity, driver: driver, db) }
    }

    private static func resealed(
        _ old: Changeset, _ renaming: Renaming, after last: ChainHead?, _ db: Database
    ) throws -> Changeset {
        func sealed(isCutOnly: Bool) throws(WireError) -> Changeset {
            var header = old.header
            header.contexts = header.contexts.mapValues { renaming($0, isCutOnly: isCutOnly) }
            header.predecessor = before
            if Mutant.isOn(.reissueRenames) {
                header.changeID = ChangeID(high: old.hash.first.high, low: old.hash.first.low)
            }
            return try Changeset(
                sealing: old.changes, header: header, dot: renaming(old.dot),
                previous: last?.hash ?? .zero)
        }
        let before = last == nil ? try Epoch(renaming.target, db).before : nil
        do {
            return try sealed(isCutOnly: false)
        } catch WireError.invalid {
            // One name more was one too many for the bound of a changeset.
            return try readable { () throws(WireError) in try sealed(isCutOnly: true) }
        }
    }

    private static func replace(
        _ old: Changeset, by new: Changeset, number: Int64, _ db: Database
    ) throws {
        try db.run(
            "INSERT OR IGNORE INTO reissued (replica, counter, change_id, hash, bytes)"
                + " VALUES (?, ?, ?, ?, ?)",
            [
                old.dot.replica.blob, old.dot.counter.stored, old.header.changeID.blob,
                old.hash.blob, old.bytes.blob,
            ])
        try db.run(
            """
            UPDATE changeset SET replica = ?, counter = ?, hash = ?, bytes = ?, state = 0,
                reason = NULL, received_at = NULL, receipt = NULL WHERE number = ?
            """,
            [
                new.dot.replica.blob, new.dot.counter.stored, new.hash.blob, new.bytes.blob,
                number,
            ])
    }
}
