internal import GRDB
public import LuckyCausality
public import LuckyModel
public import LuckyWire

/// A change as this store holds it: an own tap, or what pages said of somebody's.
public struct StoredChange: Hashable, Sendable {
    /// One thing that it says, of one entity.
    public struct Part: Hashable, Sendable {
        /// What it is about.
        public var entity: EntityID
        /// The office's code of it; the entity's digits where it has none.
        public var name: Identifier
        /// As this replica records it; without names and words of persons where ``isRedacted``, and
        /// where the entity is no longer this driver's (L23).
        public var recorded: Recorded
        /// Somebody took its words out of every view.
        public var isRedacted: Bool
    }

    /// The changeset that an own tap was sealed in.
    public struct Seal: Hashable, Sendable {
        /// Who wrote it, when, having seen what.
        public var header: ChangesetHeader
        /// Over all its bytes; the receipt names it.
        public var hash: Hash256
        /// Of the one before it in the chain; zeros for the first of an epoch.
        public var previous: Hash256
        /// How many it has, as it travels.
        public var bytes: Int
        /// Whether a receipt came, and which.
        public var state: OutboxEntry.State
        /// The hub's word for why, where quarantined.
        public var reason: String?
        /// The hub's time of the receipt, Unix milliseconds; nil while pending.
        public var receivedAt: Int64?
    }

    /// Its name for ever.
    public var change: ChangeID
    /// Where it was written; of an own one where it was sealed.
    public var dot: Dot
    /// Nil for another's, and for an own one that left the archive (L12).
    public var seal: Seal?
    /// By index; never empty. Plan values that were written over since are not among them.
    public var parts: [Part]
    /// Contradictions that it is a side of, decided ones too, by name and id.
    public var reviews: [StoredReview]

    /// Photos and signatures that it names wait on the phone (L24).
    public var proof: ProofState {
        parts.contains { $0.recorded.fact?.kind == .photoTaken } ? .pending : .none
    }
}

extension ReplicaStore {
    /// Changes whose ids begin with these hexadecimal digits, sorted: own taps, facts, and plan values
    /// that nobody wrote over. Empty for what is no such beginning.
    public func changes(beginning digits: String) throws(StoreError) -> [ChangeID] {
        func padded(_ digit: Character) -> ChangeID? {
            ChangeID(hex: digits + String(repeating: digit, count: max(0, 32 - digits.utf8.count)))
        }
        guard !digits.isEmpty, let first = padded("0"), let last = padded("f") else { return [] }
        return try connection.read { db in
            var found = Set(
                try db.rows(
                    """
                    SELECT change_id FROM changeset WHERE change_id BETWEEN ?1 AND ?2
                    UNION SELECT change_id FROM fact WHERE change_id BETWEEN ?1 AND ?2
                    """, [first.blob, last.blob]
                ).map { row -> ChangeID in try row.bits("change_id") })
            for write in try Self.planWrites(db) where first <= write.id && write.id <= last {
                found.insert(write.id)
            }
            return found.sorted()
        }
    }

    /// All that this store holds of a change; nil where it holds nothing of it.
    public func change(_ id: ChangeID) throws(StoreError) -> StoredChange? {
        try connection.read { db in
            let own = try Self.sealed(id, db)
            var entities = Set(own?.parts.map(\.entity) ?? [])
            for row in try db.rows("SELECT entity FROM fact WHERE change_id = ?", [id.blob]) {
                entities.insert(try row.entity("entity"))
            }
            for write in try Self.planWrites(db) where write.id == id {
                entities.insert(write.entity)
            }
            var parts: [FactRef: StoredChange.Part] = [:]
            var reviews: [StoredReview] = []
            for entity in entities.sorted() {
                guard let base = try Base(entity, db) else { continue }
                let told = try self.parts(of: id, on: base, own: own?.parts ?? [], db)
                for part in told { parts[part.recorded.ref] = part }
                reviews += try Self.reviews(of: entity, identity.driver, db).filter { stored in
                    stored.review.sides.contains { $0.ref.change == id }
                }
            }
            let inOrder = parts.values.sorted { $0.recorded.ref < $1.recorded.ref }
            guard let dot = own?.dot ?? inOrder.first?.recorded.dot else { return nil }
            return StoredChange(
                change: id, dot: dot, seal: own?.seal, parts: inOrder,
                reviews: reviews.sorted { ($0.name, $0.review.id) < ($1.name, $1.review.id) })
        }
    }

    private typealias OwnChange = (
        dot: Dot, seal: StoredChange.Seal, parts: [(entity: EntityID, recorded: Recorded)]
    )

    private static func sealed(_ id: ChangeID, _ db: Database) throws -> OwnChange? {
        guard
            let row = try db.row(
                "SELECT bytes, state, reason, received_at FROM changeset WHERE change_id = ?",
                [id.blob])
        else { return nil }
        let state = try ChangesetState(rawValue: row["state"]).orDamaged("state")
        let receivedAt: Int64? = row["received_at"]
        return try readable { () throws(WireError) in
            let changeset = try Changeset(reading: row.bytes("bytes"))
            let seal = StoredChange.Seal(
                header: changeset.header, hash: changeset.hash, previous: changeset.previous,
                bytes: changeset.bytes.count, state: OutboxEntry.State(state),
                reason: row.optionalText("reason"), receivedAt: receivedAt)
            return (
                changeset.dot, seal,
                try changeset.parts(stamp: changeset.ownStamp(receivedAt: receivedAt))
            )
        }
    }

    /// What a page said of it comes before what the phone wrote: it bears the hub's stamp.
    private func parts(
        of id: ChangeID, on base: Base, own: [(entity: EntityID, recorded: Recorded)],
        _ db: Database
    ) throws -> [StoredChange.Part] {
        let shown = try base.shown(author: identity.driver, db)
        let redacted = shown.redacted
        var held: [FactRef: Recorded] = [:]
        for part in own where part.entity == base.state.id {
            held[part.recorded.ref] = part.recorded
        }
        let told = base.state.facts.values + base.state.fields.values.flatMap(\.siblings)
        for recorded in told where recorded.ref.change == id { held[recorded.ref] = recorded }
        let isOthers = base.membership == .handedOver || base.retention == .over
        let name = Self.called(shown).code
        return held.values.map { recorded in
            let isRedacted = shown.isRedacted(recorded.ref, among: redacted)
            var recorded = recorded
            if isRedacted || isOthers { recorded.body = recorded.body.withoutPersonal }
            return StoredChange.Part(
                entity: base.state.id, name: name.isEmpty ? Identifier(base.state.id.hex) : name,
                recorded: recorded, isRedacted: isRedacted)
        }
    }

    /// Every plan value that stands, by the change that wrote it.
    private static func planWrites(
        _ db: Database
    ) throws -> [(id: ChangeID, entity: EntityID)] {
        try db.rows("SELECT entity, bytes FROM sibling").map { row in
            let change = try readable { () throws(WireError) in
                try PageChange(rowBytes: row.bytes("bytes"))
            }
            return (change.ref.change, try row.entity("entity"))
        }
    }
}
