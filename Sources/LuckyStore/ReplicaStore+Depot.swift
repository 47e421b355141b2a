internal import GRDB
internal import LuckyCausality
internal import LuckyModel

// From one depot to another (L19). The other has another log, of other stops: what the first has
// received stays there, or its cash would count twice; what waits goes along under a new epoch.
extension ReplicaStore {
    /// Gets everything of the depot before out of the way of another, which the store follows by
    /// now. The archive stays, for whoever comes back.
    /// - Parameter meta: as it was.
    static func leaveDepot(_ meta: Meta, _ draw: EpochDraw, _ db: Database) throws {
        let target = try begin(draw, after: meta.head, of: meta.identity.replica, db)
        let first = try db.row(
            """
            SELECT c.replica, min(c.counter) AS counter
            FROM changeset AS c JOIN epoch AS e ON e.replica = c.replica
            WHERE c.state = 0 GROUP BY e.number ORDER BY e.number LIMIT 1
            """)
        if let first {
            try reissue(
                first.replica("replica"), after: first.unsigned("counter") - 1, under: target, db)
        }
        for table in ["news", "remembered", "repair"] { try db.run("DELETE FROM \(table)") }
        for row in try db.rows("SELECT id FROM entity ORDER BY id") {
            guard var base = try Base(try row.entity("id"), db) else { continue }
            let entity = base.state.id
            try base.forget(generation: meta.generation, db)
            base.membership = try unsent(on: entity, db) > 0 ? .handedOver : .never
            try base.saveEntity(db)
            try DerivedRows.write(entity, driver: meta.identity.driver, db)
        }
    }
}
