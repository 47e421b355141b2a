internal import GRDB
internal import LuckyCausality
public import LuckyModel
public import LuckyWire

/// Which entities of the scope the hub holds otherwise, at one position of its log; each list
/// sorted.
public struct ScopeDifference: Hashable, Sendable {
    /// To be sent whole.
    public var repairable: [EntityID] = []
    /// Sent whole within ``Bounds/repairAgainMilliseconds``, and they differ again.
    public var again: [EntityID] = []
    /// Of parts that this build cannot read.
    public var parked: [EntityID] = []
}

// Which entities differ from the hub's (L21): of what pages said, nothing of one's own on top.
extension ReplicaStore {
    /// The digest of the scope, and of how many entities it is.
    public func scopeDigest() throws(StoreError) -> (digest: Hash256, entities: Int) {
        try connection.read { db in
            var scope = Digest.Scope()
            try Self.eachDigest(db) { scope.add($0) }
            return (scope.digest, scope.count)
        }
    }

    /// Of each entity of the scope, sorted; none is kept: a phone has room for a page, not for all
    /// that it holds. One whose rows cannot be read has a digest of zeros, which no hub's is.
    private static func eachDigest(
        _ db: Database, _ body: (EntityDigest) -> Void
    ) throws {
        try db.eachRow(
            "SELECT id FROM entity WHERE membership = ?"
                + " AND generation = (SELECT generation FROM meta) ORDER BY id",
            [Membership.inScope.rawValue]
        ) { row in
            let id = try row.entity("id")
            do {
                let base = try Base(id, db).orDamaged("entity")
                // A stop of one's own of which no page told yet: the hub need not have it.
                if base.state != EntityState(id: id) {
                    body(EntityDigest(entity: id, digest: Digest.of(base.state)))
                }
            } catch StoreError.damaged {
                body(EntityDigest(entity: id, digest: .zero))
            }
            return true
        }
    }

    /// The buckets whose digests are not the hub's, sorted.
    /// - Parameter theirs: ``Digest/bucketCount`` of them.
    public func differingBuckets(_ theirs: [Hash256]) throws(StoreError) -> [Int] {
        var own = Array(repeating: Digest.Scope(), count: Digest.bucketCount)
        try connection.read { db in
            try Self.eachDigest(db) { own[Digest.bucket(of: $0.entity)].add($0) }
        }
        return zip(own, theirs).enumerated().filter { $1.0.digest != $1.1 }.map(\.offset)
    }

    /// The entities of some buckets that the hub holds otherwise, or that only one side holds.
    /// Notes those that differ again.
    /// - Parameters:
    ///   - theirs: each of the hub's entities in these buckets.
    ///   - hubTime: of the answer, Unix milliseconds.
    public func differing(
        _ theirs: [EntityDigest], in buckets: [Int], hubTime: Int64
    ) throws(StoreError) -> ScopeDifference {
        try connection.write { db in
            var own: Set<EntityDigest> = []
            try Self.eachDigest(db) {
                if buckets.contains(Digest.bucket(of: $0.entity)) { own.insert($0) }
            }
            let differing = own.symmetricDifference(theirs).map(\.entity)
            var difference = ScopeDifference()
            try db.run("UPDATE repair SET differs = 0")
            for entity in Set(differing).sorted() {
                let row = try db.row(
                    "SELECT needs_update FROM entity WHERE id = ?", [entity.blob])
                if row?["needs_update"] == true {
                    difference.parked.append(entity)
                } else if try Self.wasRepaired(entity, shortlyBefore: hubTime, db) {
                    difference.again.append(entity)
                    try db.run("UPDATE repair SET differs = 1 WHERE entity = ?", [entity.blob])
                } else {
                    difference.repairable.append(entity)
                }
            }
            return difference
        }
    }

    /// A hub whose clock went back must not stop repairs for as long.
    private static func wasRepaired(
        _ entity: EntityID, shortlyBefore now: Int64, _ db: Database
    ) throws -> Bool {
        guard
            let row = try db.row("SELECT hub_time FROM repair WHERE entity = ?", [entity.blob])
        else { return false }
        let (age, overflow) = now.subtractingReportingOverflow(row["hub_time"])
        return !overflow && (0..<Bounds.repairAgainMilliseconds).contains(age)
    }

    /// These came whole, or left the scope, as was asked.
    /// - Parameter hubTime: of the answer that brought them, Unix milliseconds.
    public func note(repaired entities: [EntityID], hubTime: Int64) throws(StoreError) {
        try connection.write { db in
            for entity in entities {
                try db.run(
                    "INSERT OR REPLACE INTO repair (entity, hub_time) VALUES (?, ?)",
                    [entity.blob, hubTime])
            }
        }
    }

    /// Both sides hold the same: nothing differs any more.
    public func noteAgreement() throws(StoreError) {
        let isNoted = try connection.read {
            try $0.count("SELECT count(*) FROM repair WHERE differs = 1") > 0
        }
        guard isNoted else { return }
        try connection.write { try $0.run("UPDATE repair SET differs = 0") }
    }
}
