internal import Foundation
internal import GRDB
public import LuckyCausality
public import LuckyWire

/// In whose name the next request is made. What waits under an earlier epoch goes first: whatever
/// this store writes now names it as seen (L19).
public struct Turn: Hashable, Sendable {
    /// One of this store's names.
    public var replica: ReplicaID
    /// The last changeset of its chain; nil before the first.
    public var head: ChainHead?
    /// It is the name that new changesets get.
    public var isCurrent: Bool
    /// What is being mended; nil in ordinary life.
    public var recovery: Recovery?
    /// The hub's address is another than before, or another depot's hub answered there: nothing
    /// that waits goes out until the one that is followed has answered (L19).
    public var asksFirst: Bool
}

extension ReplicaStore {
    /// Whose turn it is, by the rows as they are now.
    public func turn() throws(StoreError) -> Turn {
        try connection.read { try Self.turn($0) }
    }

    static func turn(_ db: Database) throws -> Turn {
        let meta = try Meta(db)
        let epochs = try Epoch.all(db)
        let waiting = try db.row(
            """
            SELECT e.* FROM epoch AS e
            WHERE EXISTS (SELECT 1 FROM changeset WHERE replica = e.replica AND state = 0)
            ORDER BY e.number LIMIT 1
            """
        ).map { try Epoch($0) }
        let chosen: Epoch?
        if meta.step == .push {
            // Also those of which nothing waits: the hub may have lost what it once received.
            chosen = epochs.first { !$0.isConfirmed(by: meta) }
        } else {
            chosen = waiting
        }
        let epoch = try chosen ?? Epoch(meta.identity.replica, db)
        let isCurrent = epoch.replica == meta.identity.replica
        return Turn(
            replica: epoch.replica, head: try epoch.last(db), isCurrent: isCurrent,
            recovery: meta.step.recovery ?? (isCurrent ? nil : .settling),
            asksFirst: meta.asksFirst)
    }

    /// The highest counter of a name that the hub has receipted; 0: none.
    public func lastReceipted(of replica: ReplicaID) throws(StoreError) -> UInt64 {
        try connection.read { db in
            let row = try db.row(
                "SELECT max(counter) AS last FROM changeset WHERE replica = ? AND state <> 0",
                [replica.blob])
            let last = row?["last"] as Int64?
            return try last.map(UInt64.init(bitPattern:)) ?? Epoch(replica, db).pruned?.counter ?? 0
        }
    }

    /// The first counter of a name whose changeset is still held, in outbox or archive; nil: none.
    public func firstHeld(of replica: ReplicaID) throws(StoreError) -> UInt64? {
        try connection.read { db in
            // A quarantined one may outlast those behind it: it does not count as the first.
            let pruned = try Epoch(replica, db).pruned?.counter ?? 0
            let row = try db.row(
                "SELECT counter AS first FROM chain WHERE replica = ? AND counter > ?"
                    + " ORDER BY counter LIMIT 1", [replica.blob, pruned.stored])
            return (row?["first"] as Int64?).map(UInt64.init(bitPattern:))
        }
    }
}
