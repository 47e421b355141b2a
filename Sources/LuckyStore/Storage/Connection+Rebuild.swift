internal import GRDB

extension Connection {
    /// As ``write(_:)`` for what replaces tables that others name: what they name is looked at when
    /// all of it is there. A row that named nothing before is no reason to refuse; a new one is.
    func rebuild(_ body: (Database) throws -> Void) throws(StoreError) {
        do throws(StoreError) {
            try withQueue { try $0.inDatabase { try $0.execute(sql: "PRAGMA foreign_keys = OFF") } }
            try write { db in
                let before = try Self.orphans(db)
                try body(db)
                guard try Self.orphans(db).allSatisfy({ $1 <= before[$0] ?? 0 }) else {
                    throw StoreError.damaged("rows without what they name")
                }
            }
            try withQueue { queue in
                try queue.inDatabase { db in
                    try db.execute(sql: "PRAGMA foreign_keys = ON")
                    try Self.assertDurable(db)
                }
            }
        } catch {
            // Opened again, it has foreign keys.
            release()
            throw error
        }
    }

    /// How many rows name a row that is not there, by the table that they name: those that name may
    /// be in another table afterwards.
    private static func orphans(_ db: Database) throws -> [String: Int] {
        try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").reduce(into: [:]) {
            $0[$1["parent"], default: 0] += 1
        }
    }
}
