internal import Foundation
internal import GRDB
internal import LuckyCausality
public import LuckyModel

extension ReplicaStore {
    /// Where the replica stands, read from the rows in one snapshot.
    public func position() throws(StoreError) -> SyncPosition {
        try connection.read { db in
            let meta = try Meta(db)
            return SyncPosition(
                replica: meta.identity.replica, head: meta.head, history: meta.history,
                depot: meta.identity.depot, checkpoint: meta.checkpoint, resume: meta.resume,
                standing: meta.standing,
                pendingCount: try Self.pendingCount(db),
                oldestPendingWrittenAt: try db.row(
                    "SELECT written_at FROM changeset WHERE state = 0 ORDER BY +number LIMIT 1"
                )?[0],
                quarantinedCount: try db.count("SELECT count(*) FROM changeset WHERE state = 3"),
                parkedCount: try db.count("SELECT count(*) FROM parked"),
                unconfirmedCount: try Self.unconfirmedStops(meta, db),
                differingCount: try db.count(
                    "SELECT count(*) FROM repair WHERE differs = 1"),
                lastReceiptAt: meta.lastReceiptAt, lastPageAt: meta.lastPageAt, retry: meta.retry,
                recovery: try Self.recovery(meta, isUnproven: isUnproven, db),
                hubRules: meta.hubRules, readsPacked: meta.readsPacked)
        }
    }

    /// How many of the own changesets wait for a receipt, as in ``SyncPosition/pendingCount``: of all
    /// that ``position()`` reads, only that.
    public func pendingCount() throws(StoreError) -> Int {
        try connection.read { db in try Self.pendingCount(db) }
    }

    /// Follows the history and depot of the first answer.
    /// - Returns: false, and nothing is written, where the replica follows another already.
    @discardableResult
    public func adopt(history: HistoryID, depot: Identifier) throws(StoreError) -> Bool {
        let (isOurs, meta) = try connection.write { db in
            let meta = try Meta(db)
            guard meta.history ?? history == history, meta.identity.depot ?? depot == depot else {
                return (false, meta)
            }
            try db.run("UPDATE meta SET history = ?, depot = ?", [history.blob, depot.blob])
            return (true, try Meta(db))
        }
        refresh(meta)
        return isOurs
    }

    /// Keeps what the retry loop needs after a restart (L13).
    public func save(retry: RetryState) throws(StoreError) {
        try connection.write { db in
            try db.run(
                "UPDATE meta SET retry_attempts = ?, retry_at = ?, retry_error = ?",
                [retry.attempts, retry.nextTryAt, retry.lastError?.blob])
            // Whoever refuses may be an older build: the next request is one that all can read.
            if retry.lastError == "refused" { try db.run("UPDATE meta SET reads_packed = 0") }
        }
    }

    private static func recovery(
        _ meta: Meta, isUnproven: Bool, _ db: Database
    ) throws -> Recovery? {
        if let recovery = meta.step.recovery { return recovery }
        if isUnproven { return .newEpoch }
        let older = try db.count(
            "SELECT count(*) FROM changeset WHERE state = 0 AND replica <> ?",
            [meta.identity.replica.blob])
        return older > 0 ? .settling : nil
    }
}
