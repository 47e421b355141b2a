internal import GRDB
internal import LuckyCausality
internal import LuckyModel
public import LuckyWire

/// What one request offers of what only this phone may still hold (L26).
public struct OfferBatch: Hashable, Sendable {
    /// Whether the hub holds the same is asked first.
    public var digests: [EntityDigest]
    /// What it asked for; one too big for a request comes in parts, facts first. Parts of pages
    /// that this build could not read come as they are, behind their entity's.
    public var states: [EntityPart]
    /// How many entities ``states`` is of.
    public var stateCount: Int
}

extension ReplicaStore {
    /// The next offer: the first of those left, in order of their ids.
    /// - Parameters:
    ///   - count: entities at most, of each kind; - Parameter bytes: of states at most, but at least
    ///     one.
    public func offerBatch(count: Int, bytes: Int) throws(StoreError) -> OfferBatch {
        try connection.read { db in
            var batch = OfferBatch(digests: [], states: [], stateCount: 0)
            var total = 0
            for row in try Self.offered(isWanted: true, count: count, db) {
                let base = try Base(try row.entity("entity"), db).orDamaged("entity")
                let parts =
                    Self.split(try base.part(db), bytes: bytes)
                    + (try Parked.parts(of: base.state.id, db))
                total += parts.reduce(0) { $0 + $1.rowBytes().count }
                if total > bytes, batch.stateCount > 0 { break }
                batch.states += parts
                batch.stateCount += 1
            }
            for row in try Self.offered(isWanted: false, count: count, db) {
                let base = try Base(try row.entity("entity"), db).orDamaged("entity")
                batch.digests.append(
                    EntityDigest(entity: base.state.id, digest: Digest.of(base.state)))
            }
            return batch
        }
    }

    /// What cannot be read here is nobody's to offer, and keeps the rest from nobody: the page that
    /// brings it whole replaces it.
    static func dropUnreadableOffers(_ db: Database) throws {
        for row in try db.rows("SELECT entity FROM offer ORDER BY entity") {
            let entity = row.bytes("entity")
            do {
                let id = try row.entity("entity")
                _ = try Base(id, db).orDamaged("entity").part(db)
                _ = try Parked.parts(of: id, db)
            } catch StoreError.damaged {
                try db.run("DELETE FROM offer WHERE entity = ?", [entity])
            }
        }
    }

    private static func offered(isWanted: Bool, count: Int, _ db: Database) throws -> [StoredRow] {
        try db.rows(
            "SELECT entity FROM offer WHERE is_wanted = ? ORDER BY entity LIMIT ?",
            [isWanted, max(count, 1)])
    }

    /// Facts ahead where an entity is bigger than a request should be.
    private static func split(_ part: EntityPart, bytes: Int) -> [EntityPart] {
        guard part.rowBytes().count > bytes else { return [part] }
        var parts: [EntityPart] = []
        var facts: [PageChange] = []
        var total = 0
        for fact in part.facts {
            facts.append(fact)
            total += fact.rowBytes().count
            guard total * 2 > bytes else { continue }
            parts.append(
                EntityPart(
                    entity: part.entity, membership: part.membership, facts: facts,
                    isPartial: true))
            (facts, total) = ([], 0)
        }
        var last = part
        last.facts = facts
        return parts + [last]
    }

    /// Takes the hub's answer to an offer.
    /// - Parameters:
    ///   - digests: how many digests the offer held; - Parameter states: how many entities' states.
    /// - Returns: whether fewer are left now.
    @discardableResult
    public func take(_ wanted: Wanted, digests: Int, states: Int) throws(StoreError) -> Bool {
        try connection.write { db in
            guard try Meta(db).step == .offer else { return false }
            if wanted.isDone {
                try db.run("DELETE FROM offer")
                return true
            }
            let asked = try Self.offered(isWanted: false, count: digests, db).prefix(digests)
            for row in try Self.offered(isWanted: true, count: states, db).prefix(states) {
                try db.run("DELETE FROM offer WHERE entity = ?", [try row.entity("entity").blob])
            }
            let names = Set(wanted.entities)
            for row in asked {
                let entity = try row.entity("entity")
                try db.run(
                    names.contains(entity)
                        ? "UPDATE offer SET is_wanted = 1 WHERE entity = ?"
                        : "DELETE FROM offer WHERE entity = ?", [entity.blob])
            }
            return digests + states > 0
        }
    }
}
