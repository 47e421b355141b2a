internal import GRDB
internal import LuckyModel
internal import LuckyWire

/// Facts ahead of an entity too big for one page, kept until the part that brings its vector (L14).
enum Ahead {
    static func add(_ part: EntityPart, _ db: Database) throws {
        try db.run(
            "INSERT INTO ahead (entity, part) VALUES (?, ?)",
            [part.entity.blob, part.rowBytes().blob])
    }

    /// The parts of an entity in order of arrival; they are not kept after that.
    static func take(_ entity: EntityID, _ db: Database) throws -> [EntityPart] {
        let parts = try db.rows(
            "SELECT part FROM ahead WHERE entity = ? ORDER BY number", [entity.blob]
        ).map { row in
            try readable { () throws(WireError) in try EntityPart(rowBytes: row.bytes("part")) }
        }
        if !parts.isEmpty { try forget(entity, db) }
        return parts
    }

    static func forget(_ entity: EntityID, _ db: Database) throws {
        try db.run("DELETE FROM ahead WHERE entity = ?", [entity.blob])
    }
}
