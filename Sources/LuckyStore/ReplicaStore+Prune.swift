internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension ReplicaStore {
    /// Lets changesets go from the archive that no restored hub will ever ask for (L12): received,
    /// within the backup mark, 14 days old by the hub's time, and in the base where they are shown.
    /// The own clock has no say. Their names and hashes stay for ever.
    /// - Returns: how many went.
    @discardableResult
    public func prune() throws(StoreError) -> Int {
        let isDue = try connection.read { db in
            let meta = try Meta(db)
            guard meta.step == .none, let limit = meta.pruneLimit else { return false }
            return try Epoch.all(db).contains {
                try !Self.prunable($0, receivedBefore: limit, count: 1, db).isEmpty
            }
        }
        guard isDue else { return 0 }
        return try connection.write { db in
            let meta = try Meta(db)
            guard let limit = meta.pruneLimit else { return 0 }
            var touched: Set<EntityID> = []
            var count = 0
            for epoch in try Epoch.all(db) {
                let rows = try Self.prunable(
                    epoch, receivedBefore: limit, count: Bounds.prunedAtOnce, db)
                for row in rows where row.state != .quarantined {
                    touched.formUnion(try Self.entities(of: row.number, db))
                    try Self.prune(row, of: epoch.replica, db)
                    count += 1
                }
                guard let last = rows.last else { continue }
                try db.run(
                    "UPDATE epoch SET pruned_counter = ?, pruned_hash = ? WHERE replica = ?",
                    [last.counter.stored, last.hash.blob, epoch.replica.blob])
            }
            for entity in touched.sorted() {
                try DerivedRows.write(entity, driver: meta.identity.driver, db)
            }
            return count
        }
    }

    private struct Prunable {
        var number: Int64
        var counter: UInt64
        var hash: Hash256
        var state: ChangesetState
    }

    /// From the prune point on, without a gap. A quarantined one stays, and is passed over.
    private static func prunable(
        _ epoch: Epoch, receivedBefore limit: Int64, count: Int, _ db: Database
    ) throws -> [Prunable] {
        var result: [Prunable] = []
        for row in try db.rows(
            "SELECT number, counter, hash, state, received_at, change_id FROM chain"
                + " WHERE replica = ? AND counter > ? AND counter <= ? ORDER BY counter LIMIT ?",
            [
                epoch.replica.blob, (epoch.pruned?.counter ?? 0).stored,
                epoch.backupMark.stored, count,
            ])
        {
            let state = try ChangesetState(rawValue: row["state"]).orDamaged("state")
            let item = Prunable(
                number: row["number"], counter: row.unsigned("counter"),
                hash: try row.hash("hash"), state: state)
            guard state != .pending, let receivedAt = row["received_at"] as Int64?,
                receivedAt <= limit,
                try state == .quarantined
                    || isInBase(
                        item, Dot(epoch.replica, item.counter),
                        ChangeID(bytes: row.bytes("change_id")).orDamaged("change_id"), db)
            else { break }
            result.append(item)
        }
        return result
    }

    /// Whether nothing that is shown comes from this changeset alone.
    private static func isInBase(
        _ item: Prunable, _ dot: Dot, _ change: ChangeID, _ db: Database
    ) throws -> Bool {
        try entities(of: item.number, db).allSatisfy { entity in
            guard let base = try Base(entity, db), base.membership == .inScope else { return true }
            // Under another dot where the hub had it already.
            return item.state == .already
                ? base.state.facts.keys.contains { $0.change == change }
                : base.state.vector.covers(dot)
        }
    }

    private static func prune(
        _ item: Prunable, of replica: ReplicaID, _ db: Database
    ) throws {
        try db.run(
            "INSERT OR IGNORE INTO pruned (change_id, replica, counter, hash)"
                + " SELECT change_id, replica, counter, hash FROM changeset WHERE number = ?",
            [item.number])
        try db.run(
            "DELETE FROM reissued WHERE change_id ="
                + " (SELECT change_id FROM changeset WHERE number = ?)", [item.number])
        try db.run("DELETE FROM changeset WHERE number = ?", [item.number])
    }
}

extension Meta {
    /// What was received after this stays, Unix milliseconds at the hub; nil: all stays.
    fileprivate var pruneLimit: Int64? {
        guard let hubTime else { return nil }
        let (limit, overflow) = hubTime.subtractingReportingOverflow(Bounds.archiveMilliseconds)
        return overflow ? nil : limit
    }
}
