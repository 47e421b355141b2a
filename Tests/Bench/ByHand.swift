import LuckyModel

/// Stops in one plain table, changed in place: the floor. And beside it an outbox as one writes it
/// by hand in an afternoon: the row and what is to be sent, in one transaction; no causality, no
/// hashes.
final class ByHand {
    private let database: PlainSQLite
    private let begin, commit, update, insert, read: PlainSQLite.Statement
    /// Of all routes that were listed.
    private(set) var bytesShown = 0

    init(at path: String, day: TaitungDay, stops: Range<Int>, perRoute: Int) throws {
        database = try PlainSQLite(at: path)
        try database.run(
            """
            CREATE TABLE IF NOT EXISTS stop (id BLOB PRIMARY KEY, route INTEGER, position INTEGER,
              customer BLOB, phone BLOB, address BLOB, note BLOB, price INTEGER,
              status INTEGER, changed INTEGER, version INTEGER) STRICT, WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS stop_route ON stop (route, position);
            CREATE TABLE IF NOT EXISTS outbox (counter INTEGER PRIMARY KEY,
              change BLOB NOT NULL UNIQUE, stop BLOB NOT NULL, body BLOB NOT NULL) STRICT;
            """)
        begin = try database.statement("BEGIN IMMEDIATE")
        commit = try database.statement("COMMIT")
        update = try database.statement(
            "UPDATE stop SET status = ?2, changed = ?3, note = ?4 WHERE id = ?1")
        insert = try database.statement(
            "INSERT OR IGNORE INTO outbox (change, stop, body) VALUES (?1, ?2, ?3)")
        read = try database.statement("SELECT * FROM stop WHERE route = ?1 ORDER BY position")
        try fill(day, stops, perRoute: perRoute)
    }

    private func fill(_ day: TaitungDay, _ stops: Range<Int>, perRoute: Int) throws {
        let insert = try database.statement(
            "INSERT OR IGNORE INTO stop VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)")
        try transaction {
            for number in stops {
                let row = day.row(number)
                insert.bind(1, Depot.stop(number).bytes)
                insert.bind(2, Int64(number / perRoute))
                insert.bind(3, Int64(number % perRoute))
                insert.bind(4, Array(row.customer.utf8))
                insert.bind(5, Array(row.phone.utf8))
                insert.bind(6, Array(row.address.utf8))
                insert.bind(7, Array(row.note.utf8))
                insert.bind(8, row.price)
                try insert.run()
            }
        }
    }

    func transaction(_ body: () throws -> Void) throws {
        try begin.run()
        try body()
        try commit.run()
    }

    /// The floor: the row changed, nothing else. By itself, a transaction of its own.
    func change(_ stop: [UInt8], status: Int64, at time: Int64, note: [UInt8]) throws {
        update.bind(1, stop)
        update.bind(2, status)
        update.bind(3, time)
        update.bind(4, note)
        try update.run()
    }

    /// The outbox's part, within a transaction.
    func send(_ stop: [UInt8], change: [UInt8], body: [UInt8]) throws {
        insert.bind(1, change)
        insert.bind(2, stop)
        insert.bind(3, body)
        try insert.run()
    }

    /// A route as a screen lists it. Returns how many stops it has.
    func show(route: Int) throws -> Int {
        read.bind(1, Int64(route))
        var count = 0
        try read.rows {
            for column in 3..<7 as Range<Int32> { bytesShown += read.bytes(column).count }
            count += 1
        }
        return count
    }
}
