internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// Whether an entity is this driver's to see.
enum Membership: Int {
    case never = 0
    case inScope = 1
    case handedOver = 2

    /// What a part makes of it. Nothing is handed over that never was this driver's.
    func after(_ change: EntityPart.Membership) -> Membership {
        switch change {
        case .stays, .unknown: self
        case .enters, .restated: .inScope
        case .leaves, .purged: self == .never ? .never : .handedOver
        }
    }
}

/// An entity as pages told it: the base of what is shown (L11).
struct Base {
    var state: EntityState
    var membership: Membership
    var needsUpdate: Bool
    var retention: Retention
    /// The re-baseline that brought it (L26).
    var generation: Int64
    /// Whether the rows say what `state` says, as far as ``merge(_:_:)`` knows: of what was held and
    /// comes again, the state keeps the better one, and the rows the one that came.
    private(set) var isAsStored = true

    /// Nil for an entity this replica has never heard of.
    init?(_ id: EntityID, _ db: Database) throws {
        guard
            let row = try db.row(
                "SELECT vector, membership, needs_update, retention, generation FROM entity"
                    + " WHERE id = ?", [id.blob])
        else { return nil }
        membership = try Membership(rawValue: row["membership"]).orDamaged("membership")
        needsUpdate = row["needs_update"]
        retention = try Retention(rawValue: row["retention"]).orDamaged("retention")
        generation = row["generation"]
        state = EntityState(id: id, vector: try row.vector("vector"))
        for row in try db.rows(
            "SELECT field, cover FROM field_cover WHERE entity = ?", [id.blob])
        {
            let field = try Base.field(row)
            state.fields[field] = FieldState(cover: try row.vector("cover"))
        }
        // As many fields as a planned stop has.
        state.fields.reserveCapacity(16)
        try db.eachRow("SELECT field, bytes FROM sibling WHERE entity = ?", [id.blob]) { row in
            let field = try Base.field(row)
            let known = state.fields[field] ?? FieldState()
            state.fields[field] = FieldState(
                siblings: known.siblings + [try Base.recorded(row)], cover: known.cover)
            return true
        }
        for row in try db.rows("SELECT bytes FROM fact WHERE entity = ?", [id.blob]) {
            state.put(try Base.recorded(row))
        }
    }

    /// An entity that is heard of for the first time.
    init(new id: EntityID, generation: Int64) {
        state = EntityState(id: id)
        membership = .never
        needsUpdate = false
        retention = .shown
        self.generation = generation
    }

    static func field(_ row: StoredRow) throws -> PlanField {
        PlanField(rawValue: try UInt32(exactly: row["field"] as Int64).orDamaged("field"))
    }

    static func recorded(_ row: StoredRow) throws -> Recorded {
        try readable { () throws(WireError) in
            try PageChange(rowBytes: row.bytes("bytes")).recorded()
        }
    }

    /// Writes vector, membership and mark.
    func saveEntity(_ db: Database) throws {
        try db.run(
            """
            INSERT INTO entity (id, vector, membership, needs_update, retention, generation)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET vector = excluded.vector,
                membership = excluded.membership, needs_update = excluded.needs_update,
                retention = excluded.retention, generation = excluded.generation
            """,
            [
                state.id.blob, state.vector.blob, membership.rawValue, needsUpdate,
                retention.rawValue, generation,
            ])
    }

    /// Empties the base: what comes next replaces it. Own changesets stay on top, and parts that
    /// came ahead are of what comes.
    mutating func forget(generation: Int64, _ db: Database) throws {
        for table in ["sibling", "field_cover", "fact", "parked"] {
            try db.run("DELETE FROM \(table) WHERE entity = ?", [state.id.blob])
        }
        try db.run("UPDATE entity SET depot = NULL WHERE id = ?", [state.id.blob])
        state = EntityState(id: state.id)
        needsUpdate = false
        retention = .shown
        self.generation = generation
    }

    /// The base as it is offered to another history: without what waits for a receipt, with what
    /// is remembered of an older one (L26).
    func part(_ db: Database) throws -> EntityPart {
        let rows = try db.rows(
            """
            SELECT field, replica, counter, bytes FROM sibling WHERE entity = ?1 UNION ALL
            SELECT field, replica, counter, bytes FROM remembered WHERE entity = ?1
            ORDER BY field, replica, counter
            """, [state.id.blob])
        var siblings: [PlanField: [PageChange]] = [:]
        for row in rows {
            siblings[try Base.field(row), default: []].append(try Base.change(row))
        }
        let facts = try db.rows(
            """
            SELECT bytes FROM fact WHERE entity = ? AND change_id NOT IN
                (SELECT change_id FROM changeset WHERE state = 0)
            ORDER BY change_id, position
            """, [state.id.blob]
        ).map { try Base.change($0) }
        return EntityPart(
            entity: state.id, membership: .stays, vector: state.vector,
            fields: Set(state.fields.keys).union(siblings.keys).sorted().map { field in
                EntityPart.FieldPart(
                    field: field, cover: state.fields[field]?.cover ?? VersionVector(),
                    siblings: siblings[field] ?? [])
            }, facts: facts)
    }

    private static func change(_ row: StoredRow) throws -> PageChange {
        try readable { () throws(WireError) in try PageChange(rowBytes: row.bytes("bytes")) }
    }

    /// Merges a part and writes what changed; the entity's row is there already. Where the hub
    /// sends a change that is held, its bytes are the ones to keep: personal ones come back on
    /// re-entry, and go with a redaction.
    mutating func merge(_ part: EntityPart, _ db: Database) throws(PartFailure) {
        let incoming: EntityState
        do {
            incoming = try part.state()
        } catch {
            throw .unreadable(error)
        }
        let hadCover = state.fields.values.contains { !$0.cover.isEmpty || $0.siblings.isEmpty }
        do {
            // What comes for the first time meets nothing.
            let met = Set(part.fields.map(\.field).filter { state.fields[$0] != nil })
            let held = try met.isEmpty ? [:] : bytesOfSiblings(in: met, db)
            if !met.isEmpty || part.facts.contains(where: { state.facts[$0.ref] != nil }) {
                isAsStored = false
            }
            state.merge(incoming)
            try saveEntity(db)
            for field in part.fields {
                try save(field, held: held, isNew: !met.contains(field.field), db)
            }
            for fact in part.facts where state.facts[fact.ref]?.dot == fact.dot {
                try db.run(
                    "INSERT OR REPLACE INTO fact (entity, change_id, position, bytes)"
                        + " VALUES (?, ?, ?, ?)",
                    [
                        state.id.blob, fact.ref.change.blob, fact.ref.index, fact.rowBytes().blob,
                    ])
            }
            try saveCovers(db, hadCover: hadCover)
        } catch {
            throw .failed(error)
        }
    }

    private func save(
        _ part: EntityPart.FieldPart, held: [SiblingKey: [UInt8]], isNew: Bool, _ db: Database
    ) throws {
        var bytes = held
        for sibling in part.siblings {
            bytes[SiblingKey(field: part.field, dot: sibling.dot)] = sibling.rowBytes().blob
        }
        if !isNew {
            try db.run(
                "DELETE FROM sibling WHERE entity = ? AND field = ?",
                [state.id.blob, Int64(part.field.rawValue)])
        }
        for sibling in state.fields[part.field]?.siblings ?? [] {
            let key = SiblingKey(field: part.field, dot: sibling.dot)
            try db.run(
                "INSERT INTO sibling (entity, field, replica, counter, bytes)"
                    + " VALUES (?, ?, ?, ?, ?)",
                [
                    state.id.blob, Int64(part.field.rawValue), sibling.dot.replica.blob,
                    sibling.dot.counter.stored, try bytes[key].orDamaged("sibling"),
                ])
        }
    }

    /// A cover may shrink whenever the vector grows, in any field.
    private func saveCovers(_ db: Database, hadCover: Bool) throws {
        let covers = state.fields.filter { !$0.value.cover.isEmpty || $0.value.siblings.isEmpty }
        guard hadCover || !covers.isEmpty else { return }
        try db.run("DELETE FROM field_cover WHERE entity = ?", [state.id.blob])
        for (field, value) in covers.sorted(by: { $0.key < $1.key }) {
            try db.run(
                "INSERT INTO field_cover (entity, field, cover) VALUES (?, ?, ?)",
                [state.id.blob, Int64(field.rawValue), value.cover.blob])
        }
    }

    /// A sibling as it travelled; also one that an older history told.
    func bytes(
        of sibling: Recorded, in field: PlanField, _ db: Database
    ) throws -> PageChange? {
        let place = "WHERE entity = ?1 AND field = ?2 AND replica = ?3 AND counter = ?4"
        return try db.row(
            "SELECT bytes FROM sibling \(place) UNION ALL SELECT bytes FROM remembered \(place)",
            [
                state.id.blob, Int64(field.rawValue), sibling.dot.replica.blob,
                sibling.dot.counter.stored,
            ]
        ).map { row in
            try readable { () throws(WireError) in try PageChange(rowBytes: row.bytes("bytes")) }
        }
    }

    private struct SiblingKey: Hashable {
        var field: PlanField
        var dot: Dot
    }

    private func bytesOfSiblings(
        in fields: Set<PlanField>, _ db: Database
    ) throws -> [SiblingKey: [UInt8]] {
        var bytes: [SiblingKey: [UInt8]] = [:]
        for field in fields.sorted() {
            for row in try db.rows(
                "SELECT replica, counter, bytes FROM sibling WHERE entity = ? AND field = ?",
                [state.id.blob, Int64(field.rawValue)])
            {
                let dot = Dot(try row.replica("replica"), row.unsigned("counter"))
                bytes[SiblingKey(field: field, dot: dot)] = row["bytes"]
            }
        }
        return bytes
    }
}

/// Why a part was not merged.
enum PartFailure: Error {
    /// This build cannot read it: it is parked with its bytes.
    case unreadable(WireError)
    /// The database failed: the whole page is undone.
    case failed(any Error)

    var cause: any Error {
        switch self {
        case .unreadable(let error): error
        case .failed(let error): error
        }
    }
}
