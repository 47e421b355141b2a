internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension ReplicaStore {
    /// Proves *same rows* (L21): recomputes every derived row from the bytes, every hash, and the
    /// chain, and asks SQLite whether its file is whole.
    /// - Returns: what differs, each named in English; empty where all is well.
    public func verifyRows() throws(StoreError) -> [String] {
        try connection.read { try Self.differences($0) }
    }

    static func differences(_ db: Database) throws -> [String] {
        try verifyFile(db) + verifyChain(db) + verifyDerived(db)
    }

    /// As ``differences(_:)``; rows that another build derived are not compared with this one's.
    static func differencesOfCopy(_ db: Database) throws -> [String] {
        let isOurs =
            try db.count(
                "SELECT count(*) FROM meta WHERE derivation = ?", [Derivation.ofThisBuild]) > 0
        return try verifyFile(db) + verifyChain(db) + (isOurs ? verifyDerived(db) : [])
    }

    private static func verifyFile(_ db: Database) throws -> [String] {
        let words = try db.rows("PRAGMA quick_check").map { $0[0] as String }
        let broken = words == ["ok"] ? [] : words.map { "file: \($0)" }
        let orphans = try db.rows("PRAGMA foreign_key_check").map { "orphan in \($0[0] as String)" }
        return broken + orphans
    }

    /// The own chains, first to last: contiguous counters, each hash over the bytes, each link to
    /// the one before. What left the archive is taken by its hash.
    private static func verifyChain(_ db: Database) throws -> [String] {
        let meta = try Meta(db)
        var differences: [String] = []
        for epoch in try Epoch.all(db) {
            differences += try verifyChain(epoch, db)
            if epoch.replica == meta.identity.replica, try epoch.last(db) != meta.head {
                differences.append("head: not the last changeset")
            }
        }
        return differences
    }

    private static func verifyChain(_ epoch: Epoch, _ db: Database) throws -> [String] {
        var differences: [String] = []
        var last = epoch.pruned
        try db.eachRow(
            "SELECT counter, change_id, hash, bytes FROM chain WHERE replica = ?"
                + " ORDER BY counter", [epoch.replica.blob]
        ) { row in
            differences += try Self.verify(row, of: epoch, &last)
            return true
        }
        return differences
    }

    /// - Parameter last: the one before, by its hash; this one afterwards.
    private static func verify(
        _ row: StoredRow, of epoch: Epoch, _ last: inout ChainHead?
    ) throws -> [String] {
        let counter = row.unsigned("counter")
        let head = ChainHead(counter: counter, hash: try row.hash("hash"))
        let before = last
        // A quarantined one behind the prune point has no neighbours any more.
        let isPruned = counter <= epoch.pruned?.counter ?? 0
        let changeset: Changeset
        do {
            changeset = try Changeset(reading: row.bytes("bytes"))
        } catch {
            last = head
            return ["changeset \(counter): \(error)"]
        }
        var differences: [String] = []
        let change: ChangeID = try row.bits("change_id")
        if changeset.hash != head.hash || changeset.header.changeID != change
            || changeset.dot != Dot(epoch.replica, counter)
        {
            differences.append("changeset \(counter): not what was committed")
        }
        if isPruned { return differences }
        if counter != (before?.counter ?? 0) + 1 || changeset.previous != before?.hash ?? .zero {
            differences.append("changeset \(counter): chain broken")
        }
        last = head
        return differences
    }

    private static func verifyDerived(_ db: Database) throws -> [String] {
        let driver = try Meta(db).identity.driver
        return try db.rows("SELECT id FROM entity ORDER BY id").compactMap { row in
            let id = try row.entity("id")
            do {
                let base = try Base(id, db).orDamaged("entity")
                let state = try base.shown(author: driver, db)
                let rows = DerivedRows(state, on: base, driver: driver)
                return try rows == DerivedRows(stored: id, db) ? nil : "\(id): rows differ"
            } catch let error as StoreError {
                return "\(id): \(error)"
            }
        }
    }
}
