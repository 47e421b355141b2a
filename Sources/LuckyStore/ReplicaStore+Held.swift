internal import GRDB
internal import LuckyCausality
public import LuckyModel
public import LuckyWire

/// What a store holds of one entity, with the bytes as they came: for exporting it.
public struct HeldEntity: Hashable, Sendable {
    /// What pages said, whole: the base (L11).
    public var base: EntityPart
    /// Own changes on top of it, as a page would echo them; nil where there are none.
    public var own: EntityPart?
    /// It went to another driver (L23).
    public var isHandedOver: Bool
}

extension ReplicaStore {
    /// Every entity that pages brought, sorted by id; handed-over ones too.
    public func heldEntities() throws(StoreError) -> [EntityID] {
        try connection.read { db in
            try db.rows(
                "SELECT id FROM entity WHERE membership <> ? ORDER BY id",
                [Membership.never.rawValue]
            ).map { try $0.entity("id") }
        }
    }

    /// What is held of an entity; nil where nothing is known of it.
    public func held(_ entity: EntityID) throws(StoreError) -> HeldEntity? {
        try connection.read { db in
            guard let base = try Base(entity, db) else { return nil }
            return HeldEntity(
                base: try base.heldPart(db), own: try base.ownPart(db),
                isHandedOver: base.membership == .handedOver)
        }
    }
}

extension Base {
    /// Vector, fields and facts as pages brought them.
    fileprivate func heldPart(_ db: Database) throws -> EntityPart {
        func change(_ row: StoredRow) throws -> PageChange {
            try readable { () throws(WireError) in try PageChange(rowBytes: row.bytes("bytes")) }
        }
        var siblings: [PlanField: [PageChange]] = [:]
        for (field, value) in state.fields {
            siblings[field] = try value.siblings.compactMap { try bytes(of: $0, in: field, db) }
        }
        let facts = try db.rows(
            "SELECT bytes FROM fact WHERE entity = ? ORDER BY change_id, position",
            [state.id.blob]
        ).map(change)
        return EntityPart(
            entity: state.id, membership: .enters, vector: state.vector,
            fields: state.fields.sorted { $0.key < $1.key }.map { field, value in
                EntityPart.FieldPart(
                    field: field, cover: value.cover, siblings: siblings[field] ?? [])
            }, facts: facts)
    }

    /// Own changesets that count and that the base does not cover.
    fileprivate func ownPart(_ db: Database) throws -> EntityPart? {
        var part = EntityPart(entity: state.id, membership: .stays, vector: state.vector)
        let rows = try db.rows(
            """
            SELECT bytes, received_at FROM changeset
            WHERE entity = ? AND state IN (0, 1) ORDER BY number
            """, [state.id.blob])
        for row in rows {
            let changeset = try readable { () throws(WireError) in
                try Changeset(reading: row.bytes("bytes"))
            }
            guard !state.vector.covers(changeset.dot) else { continue }
            let receivedAt: Int64? = row["received_at"]
            let entities = try readable { () throws(WireError) in try changeset.entities() }
            for (index, entity) in entities.enumerated() where entity == state.id {
                part.facts.append(
                    PageChange(
                        ref: FactRef(change: changeset.header.changeID, index: index),
                        dot: changeset.dot, encoded: changeset.changes[index],
                        stamp: changeset.ownStamp(receivedAt: receivedAt),
                        context: changeset.header.contexts[entity] ?? VersionVector()))
            }
            part.vector.add(changeset.dot)
        }
        part.facts.sort { $0.ref < $1.ref }
        return part.facts.isEmpty ? nil : part
    }
}
