internal import GRDB
internal import LuckyCausality
internal import LuckyModel

/// Plan values that an older history told and the history followed does not know of: a restored hub
/// lists them for a person, and may be lost itself before that person has decided. Offered again to
/// the next history; shown only where this one says nothing of the field. Never part of the base: no
/// digest, no vector, no context has them.
enum Remembered {
    /// Keeps an entity's plan as it is, before another history's base replaces it.
    static func keep(_ entity: EntityID, _ db: Database) throws {
        try forgetKnown(entity, db)
        try db.run(
            "INSERT OR IGNORE INTO remembered (entity, field, replica, counter, bytes)"
                + " SELECT entity, field, replica, counter, bytes FROM sibling WHERE entity = ?",
            [entity.blob])
    }

    /// A value that the history followed holds, or that was written over by somebody who had seen
    /// it, is not remembered any more.
    static func forgetKnown(_ entity: EntityID, _ db: Database) throws {
        let rows = try db.rows(
            "SELECT field, replica, counter FROM remembered WHERE entity = ?", [entity.blob])
        guard !rows.isEmpty, let state = try Base(entity, db)?.state else { return }
        for row in rows {
            let dot = Dot(try row.replica("replica"), row.unsigned("counter"))
            let cover = try state.fields[Base.field(row)]?.cover ?? VersionVector()
            guard state.vector.covers(dot) || cover.covers(dot) else { continue }
            try db.run(
                "DELETE FROM remembered WHERE entity = ? AND field = ? AND replica = ?"
                    + " AND counter = ?",
                [
                    entity.blob, row["field"] as Int64, dot.replica.blob, dot.counter.stored,
                ])
        }
    }

    static func forget(_ entity: EntityID, _ db: Database) throws {
        try db.run("DELETE FROM remembered WHERE entity = ?", [entity.blob])
    }

    /// A base's state, where it says nothing of a field as it is remembered.
    static func completing(_ state: EntityState, _ db: Database) throws -> EntityState {
        var siblings: [PlanField: [Recorded]] = [:]
        for row in try db.rows(
            "SELECT field, bytes FROM remembered WHERE entity = ?", [state.id.blob])
        {
            siblings[try Base.field(row), default: []].append(try Base.recorded(row))
        }
        var state = state
        for (field, siblings) in siblings {
            let told = state.fields[field] ?? FieldState()
            guard told.siblings.isEmpty else { continue }
            state.fields[field] = FieldState(siblings: siblings, cover: told.cover)
        }
        return state
    }
}
