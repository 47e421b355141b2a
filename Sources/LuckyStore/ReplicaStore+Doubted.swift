internal import GRDB
public import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// A receipt is of one history (L12). What a copy of this store sent to the next one first may have
// got another there: where its pages do not bear a receipt out, or tell nothing, it is asked for
// again. What cannot be read is not sent, and stops nothing.
extension ReplicaStore {
    /// The first own changeset under a name of whose receipt, which an older history gave, no page
    /// will tell: it was not accepted there, or its entity has left. Asked for in the push step, it
    /// stays what it is until the new receipt comes: what was quarantined counts for nothing.
    public func firstDoubted(of replica: ReplicaID) throws(StoreError) -> UInt64? {
        try connection.read { db in
            let meta = try Meta(db)
            guard meta.step == .push else { return nil }
            var first: UInt64?
            try db.eachRow(
                """
                SELECT c.counter, c.hash, c.receipt, c.bytes FROM changeset AS c
                WHERE c.replica = ?1 AND c.state <> 0 AND (c.state <> 1 OR EXISTS (
                    SELECT 1 FROM entity AS e WHERE e.id = c.entity AND e.membership = ?2))
                ORDER BY c.counter
                """, [replica.blob, Membership.handedOver.rawValue]
            ) { row in
                let isDoubted = row.isReceipted(before: meta) && row.isAsSealed
                if isDoubted { first = row.unsigned("counter") }
                return !isDoubted
            }
            return first
        }
    }

    /// Once the pages from zero have ended: what entities lack of what was accepted, or what they
    /// did not come with, waits for a receipt again. Nothing that was written with another depot is
    /// this one's to ask for.
    static func doubtAccepted(_ db: Database) throws {
        let meta = try Meta(db)
        let rows = try db.rows(
            """
            SELECT c.number, c.replica, c.counter, c.hash, c.bytes, e.vector, e.generation,
                c.facts = 0 OR EXISTS (SELECT 1 FROM fact AS f
                    WHERE f.entity = e.id AND f.change_id = c.change_id) AS has_facts
            FROM changeset AS c JOIN epoch AS p ON p.replica = c.replica
                JOIN entity AS e ON e.id = c.entity
            WHERE c.state = 1 AND e.membership = ?1
                AND (p.depot IS NULL OR p.depot = (SELECT depot FROM meta))
            ORDER BY c.number
            """, [Membership.inScope.rawValue])
        var last: Int64?
        for row in rows where row["number"] != last && !row.isToldOf(by: meta) && row.isAsSealed {
            let number: Int64 = row["number"]
            last = number
            // It waits, whatever cannot be derived of its entities.
            for entity in try waitAgain(number, db) {
                try unlessDamaged(db) {
                    try DerivedRows.write(entity, driver: meta.identity.driver, db)
                }
            }
        }
    }

    /// Does all of it, or nothing where a row that it needs is damaged: what others need goes on.
    static func unlessDamaged(_ db: Database, _ body: () throws -> Void) throws {
        do {
            try db.inPart(body)
        } catch StoreError.damaged {}
    }
}

extension StoredRow {
    /// Whether another history than the one followed gave the receipt.
    func isReceipted(before meta: Meta) -> Bool {
        guard let bytes = self["receipt"] as [UInt8]?, let receipt = try? Receipt(rowBytes: bytes)
        else { return false }
        return receipt.history != meta.history
    }

    /// Whether the bytes of a changeset are those that were sealed.
    var isAsSealed: Bool {
        guard let changeset = try? Changeset(reading: bytes("bytes")) else { return false }
        return bytes("hash") == changeset.hash.blob
    }

    /// Whether pages of the history followed have brought what a changeset says of an entity. What
    /// its vector covers may have been quarantined, where a later one was accepted.
    fileprivate func isToldOf(by meta: Meta) -> Bool {
        guard self["generation"] == meta.generation, self["has_facts"] == 1,
            let replica = try? replica("replica"), let vector = try? vector("vector")
        else { return false }
        return vector.covers(Dot(replica, unsigned("counter")))
    }
}
