internal import GRDB
internal import LuckyCausality
internal import LuckyModel

// What only an older history of the hub has told of (L15, L26). A restored hub may not know a route
// that is being driven: it stays readable and can be tapped on, outside the digest, until the hub
// tells of it, takes it away, or says nothing for some days.

extension Base {
    /// What a tap's author had been told by: the last page; for an entity that the history followed
    /// has not told yet, the last page of the one before.
    func checkpoint(_ meta: Meta) -> Checkpoint? {
        generation == meta.generation
            ? meta.checkpoint ?? meta.told : meta.told ?? meta.checkpoint
    }
}

extension ReplicaStore {
    /// SQL over `e`, a row of `entity`: this driver's, and not told, or not wholly, by the history
    /// followed.
    static let unconfirmed = """
        (e.membership = \(Membership.inScope.rawValue) AND (
            e.generation <> (SELECT generation FROM meta)
            OR e.id IN (SELECT r.entity FROM remembered AS r WHERE NOT EXISTS (
                SELECT 1 FROM sibling AS s WHERE s.entity = r.entity AND s.field = r.field))))
        """

    static func unconfirmedStops(_ meta: Meta, _ db: Database) throws -> Int {
        // In ordinary life there is nothing to look for.
        guard meta.generation > 0 else { return 0 }
        return try db.count(
            "SELECT count(*) FROM stop_row AS s JOIN entity AS e ON e.number = s.number"
                + " WHERE s.is_hidden = 0 AND \(unconfirmed)")
    }

    /// Hands over what the history followed has not told of, and forgets what was remembered beside
    /// what it told, where nothing unsent is on it and the hub's time is 7 days past the
    /// re-baseline and the last receipt.
    static func endUnconfirmed(hubTime: Int64, _ db: Database) throws {
        let meta = try Meta(db)
        guard meta.step == .none, let refilledAt = meta.refilledAt else { return }
        let (end, overflow) = max(refilledAt, meta.lastReceiptAt ?? 0).addingReportingOverflow(
            Bounds.routeMilliseconds)
        guard !overflow, max(hubTime, meta.hubTime ?? 0) > end else { return }
        for row in try db.rows(
            "SELECT e.id, e.generation FROM entity AS e WHERE \(unconfirmed)"
                + " OR e.id IN (SELECT entity FROM remembered) ORDER BY e.id")
        {
            let entity = try row.entity("id")
            guard try unsent(on: entity, db) == 0 else { continue }
            try Remembered.forget(entity, db)
            if row["generation"] != meta.generation {
                try News.forget(entity, db)
                try db.run(
                    "UPDATE entity SET membership = ? WHERE id = ?",
                    [Membership.handedOver.rawValue, entity.blob])
                try erasePeople(on: entity, db)
            }
            try DerivedRows.write(entity, driver: meta.identity.driver, db)
        }
    }
}
