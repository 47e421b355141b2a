internal import GRDB
internal import LuckyCausality
internal import LuckyModel

/// Plan values that an older history told, of entities on which the history followed has told only
/// other fields: a restored hub knows what was recorded at a doorstep before a person has written
/// the plan again. Shown, never part of the base: no digest, no vector, no context has them.
enum Remembered {
    /// Keeps an entity's plan as it is, before another history's base replaces it.
    static func keep(_ entity: EntityID, _ db: Database) throws {
        try forgetWritten(entity, db)
        try db.run(
            "INSERT INTO remembered (entity, field, replica, counter, bytes)"
                + " SELECT entity, field, replica, counter, bytes FROM sibling WHERE entity = ?",
            [entity.blob])
    }

    /// A field that the history followed has written is not remembered any more.
    static func forgetWritten(_ entity: EntityID, _ db: Database) throws {
        try db.run(
            "DELETE FROM remembered WHERE entity = ?1 AND field IN"
                + " (SELECT field FROM sibling WHERE entity = ?1)", [entity.blob])
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
