internal import GRDB
internal import LuckyCausality
public import LuckyModel

/// What became of an answer that speaks of another history or another depot.
public enum Following: Hashable, Sendable {
    /// The store follows it from its beginning.
    case begun
    /// Just that has begun already: nothing was written.
    case underWay
    /// It is another depot's, and so many changesets wait for a receipt of `depot`: nothing was
    /// written.
    case waits(count: Int, depot: Identifier)
}

// From one depot to another (L19). The other has another log, of other stops: whatever was told to
// the first, or may have been, stays there, or its cash would count twice. So nothing may wait.
extension ReplicaStore {
    /// How many changesets wait for the depot before; nil where it may be left. What was written
    /// before any answer came is nobody's yet: it goes to whoever answers.
    static func waiting(to other: Identifier, _ meta: Meta, _ db: Database) throws -> Following? {
        guard meta.history != nil, let depot = meta.identity.depot, depot != other else {
            return nil
        }
        let count = try pendingCount(db)
        return count > 0 ? .waits(count: count, depot: depot) : nil
    }

    /// Hands over everything of the depot before to make room for another, which the store follows
    /// by now: it stays readable, without anybody's name, and counts in the driver's own figures. The
    /// archive stays, for whoever comes back.
    /// - Parameter meta: as it was.
    static func leaveDepot(_ meta: Meta, _ draw: EpochDraw, _ db: Database) throws {
        let target = try begin(draw, after: meta.head, of: meta.identity.replica, db)
        for table in ["news", "remembered", "repair", "parked"] {
            try db.run("DELETE FROM \(table)")
        }
        // What is known of here already: the depot's to which the store comes back.
        try db.run("UPDATE entity SET depot = NULL WHERE depot = (SELECT depot FROM meta)")
        for row in try db.rows("SELECT id FROM entity WHERE depot IS NULL ORDER BY id") {
            try handOver(try row.entity("id"), meta, db)
        }
        // Written before any answer came: see ``waiting(to:_:_:)``.
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
    }

    /// Where an entity's rows cannot be read, what is left of it are the own changesets.
    private static func handOver(_ entity: EntityID, _ meta: Meta, _ db: Database) throws {
        var base: Base
        do {
            guard let held = try Base(entity, db) else { return }
            base = held
        } catch StoreError.damaged {
            base = Base(new: entity, generation: meta.generation)
            base.membership = .inScope
            try base.forget(generation: meta.generation, db)
        }
        base.needsUpdate = false
        if base.membership == .inScope { base.membership = .handedOver }
        try base.saveEntity(db)
        if let depot = meta.identity.depot {
            try db.run("UPDATE entity SET depot = ? WHERE id = ?", [depot.blob, entity.blob])
        }
        do {
            try erasePeople(on: entity, db)
            try DerivedRows.write(entity, driver: meta.identity.driver, db)
        } catch StoreError.damaged {
            // An own changeset: as ``verifyRows()`` says.
        }
    }

    /// Whether pages of another depot than the one followed told of it.
    static func isOfOtherDepot(_ entity: EntityID, _ db: Database) throws -> Bool {
        try db.count(
            "SELECT count(*) FROM entity WHERE id = ? AND depot IS NOT NULL", [entity.blob]) > 0
    }
}
