internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyFiles
internal import LuckyModel
internal import LuckySchemas

/// The hub's log in SQLite: a file with many readers and one writer, or `:memory:`.
///
/// The writing connection syncs every commit (`synchronous=FULL`), asserted before a table exists.
final class SQLiteStorage: HubStorage {
    private let database: any DatabaseWriter
    /// Nil in memory, where there is one connection.
    private let readers: SnapshotReaders?
    let intake: any DatabaseWriter
    private let number = StateNumber()

    /// - Parameter path: nil for a database in memory.
    init(at path: String?, _ files: any FileCalls) throws {
        if let path {
            try Self.createPrivately(path, files)
            database = try DatabasePool(path: path, configuration: Self.configuration)
            readers = SnapshotReaders(of: path, Self.configuration)
            intake = try Self.openIntake(path + "-intake", files)
        } else {
            database = try DatabaseQueue(configuration: Self.configuration)
            readers = nil
            intake = try DatabaseQueue(configuration: Self.configuration)
            try Self.prepareIntake(intake)
        }
        try database.writeWithoutTransaction { db in
            // The pool sets NORMAL once it is open; a receipt is a promise.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
                throw HubOpenError.notDurable
            }
            // What does not fit is read once more for each message that changes it.
            try db.execute(sql: "PRAGMA cache_size = -\(Bounds.hubWriterCacheKilobytes)")
            // Pages that many messages touch go to the file once.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = \(Bounds.hubWALPages)")
            // What undoes a part of a transaction is kept in memory: no push depends on a folder for
            // temporary files.
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            if Mutant.isOn(.hubSkipsSync) { try db.execute(sql: "PRAGMA synchronous = OFF") }
            try Self.migrate(db)
        }
    }

    /// Whether what was to be read is damaged, and nothing else is wrong: the transaction stands.
    static func isTorn(_ error: any Error) -> Bool {
        if let error = error as? DatabaseError {
            return [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
        }
        return error is Columns.Damaged
    }

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(TimeInterval(busySeconds))
        // A message touches some hundred pages: what does not fit is written and read twice.
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -\(Bounds.hubCacheKilobytes)")
        }
        return configuration
    }

    /// Names and cash stand in it: nobody else's eyes.
    static func createPrivately(_ path: String, _ files: any FileCalls) throws {
        guard files.status(path) == nil else { return }
        try files.create(path)
    }

    /// STRICT tables need SQLite 3.37.
    private static func migrate(_ db: Database) throws {
        let scripts = LuckySchemas.hubSQL
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        // Another program's file is left alone.
        let isEmpty =
            try version == 0 && Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
        guard try isEmpty || (version > 0 && db.tableExists("hub")) else {
            throw HubOpenError.notAHub
        }
        guard version <= scripts.count else {
            throw HubOpenError.newer(version)
        }
        guard version < scripts.count else { return }
        try db.execute(sql: "PRAGMA foreign_keys = OFF")
        defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
        try db.inTransaction(.immediate) {
            let before = try orphans(db)
            for (index, script) in scripts.enumerated().dropFirst(version) {
                // Version 8 writes the schema. Where SQLite takes no such writes (its defensive mode),
                // the checks stay as they were, and say the same.
                if index == 7, try !mayWriteSchema(db) { continue }
                try db.execute(sql: script)
            }
            // Version 2 began the index of serials.
            if version < 2 { try SQLiteRows(db: db).indexSerials() }
            // A row that named nothing before is no reason to refuse; a new one is.
            guard try orphans(db).allSatisfy({ $1 <= before[$0] ?? 0 }) else {
                throw HubOpenError.unusable("foreign_key_check")
            }
            try db.execute(sql: "PRAGMA user_version = \(scripts.count)")
            return .commit
        }
    }

    private static func mayWriteSchema(_ db: Database) throws -> Bool {
        try db.execute(sql: "PRAGMA writable_schema = ON")
        defer { try? db.execute(sql: "PRAGMA writable_schema = OFF") }
        return (try? db.makeStatement(sql: "UPDATE sqlite_schema SET sql = sql")) != nil
    }

    /// How many rows name a row that is not there, by the table that they name: those that name may
    /// be in another table afterwards.
    private static func orphans(_ db: Database) throws -> [String: Int] {
        try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").reduce(into: [:]) {
            $0[$1["parent"], default: 0] += 1
        }
    }

    func identity() throws -> HubIdentity? {
        try database.read { db in
            try SQLiteRows(db: db).first(
                "SELECT history, depot, began_empty, nonce, tag_key, disproved FROM hub"
            ) {
                HubIdentity(
                    history: try $0.id(0), depot: try $0.name(1),
                    beganEmpty: try $0.integer(2) == 1, nonce: try $0.text(3),
                    tagKey: try $0.bytes(4), isDisproved: try $0.integer(5) == 1)
            }
        }
    }

    func setIdentity(_ identity: HubIdentity, beginsHistory: Bool) throws {
        try inTransaction { rows in
            if beginsHistory { try rows.leaveHistory() }
            try rows.run(
                """
                INSERT INTO hub (one, history, depot, began_empty, nonce, tag_key, disproved)
                VALUES (1, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (one) DO UPDATE SET history = excluded.history,
                  depot = excluded.depot, began_empty = excluded.began_empty,
                  nonce = excluded.nonce, tag_key = excluded.tag_key,
                  disproved = excluded.disproved
                """,
                [
                    identity.history.bytes, identity.depot.utf8, identity.beganEmpty,
                    identity.nonce, identity.tagKey, identity.isDisproved,
                ])
            if beginsHistory {
                try rows.run(
                    "UPDATE replica SET stated = 0, has_spoken = 0, following = 0, took_up = 0",
                    [])
                try rows.run("DELETE FROM mark", [])
            }
        }
    }

    func read<T>(_ body: (any HubRows) throws -> T) throws -> T {
        // In memory there is one connection, whose turn is its snapshot. GRDB's `read` would set
        // `query_only` on it, and SQLite then compiles every statement anew.
        guard let readers else {
            return try database.writeWithoutTransaction { db in
                try body(SQLiteRows(db: db, said: .init()))
            }
        }
        return try readers.read { db in
            try Self.transaction("BEGIN DEFERRED", SQLiteRows(db: db, said: .init()), body)
        }
    }

    func write<T>(_ body: (any HubTransaction) throws -> T) throws -> T {
        try inTransaction(body)
    }

    private func inTransaction<T>(_ body: (SQLiteRows) throws -> T) throws -> T {
        try database.writeWithoutTransaction { db in
            try number.changing {
                try Self.transaction("BEGIN IMMEDIATE", SQLiteRows(db: db), body)
            }
        }
    }

    var state: UInt64? { number.current }

    /// GRDB's own would compile its BEGIN and COMMIT anew each time.
    static func transaction<T>(
        _ begin: String, _ rows: SQLiteRows, _ body: (SQLiteRows) throws -> T
    ) throws -> T {
        try rows.run(begin, [])
        do {
            let result = try body(rows)
            try rows.run("COMMIT", [])
            return result
        } catch {
            // What SQLite ended by itself is over already.
            try? rows.run("ROLLBACK", [])
            throw error
        }
    }

    /// - Parameter path: an empty file.
    static func copy(_ source: any DatabaseReader, to path: String) throws {
        let copy = try DatabaseQueue(path: path)
        try copy.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
        }
        try source.backup(to: copy)
        // A copy never proves that it continues: whatever starts from it begins a new history.
        try copy.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = DELETE")
            try db.execute(sql: "UPDATE hub SET nonce = ''")
        }
        try copy.close()
    }

    /// Zeroing what SQLite frees would not do: a value that moved from page to page leaves copies
    /// in gaps of pages, and the WAL keeps pages as they were.
    func scrub() throws -> Bool {
        try database.writeWithoutTransaction { db in
            let owed = try Int.fetchOne(db, sql: "SELECT scrub FROM hub") ?? 0
            if owed == 0 { return true }
            if owed == 1 {
                // It writes the whole file once more: not into memory.
                try db.execute(sql: "PRAGMA temp_store = DEFAULT")
                defer { try? db.execute(sql: "PRAGMA temp_store = MEMORY") }
                try db.execute(sql: "VACUUM")
                try db.execute(sql: "UPDATE hub SET scrub = 2")
            }
            try db.execute(sql: "PRAGMA busy_timeout = \(Self.scrubWaitMilliseconds)")
            defer { try? db.execute(sql: "PRAGMA busy_timeout = \(Self.busySeconds * 1000)") }
            let result = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            guard result?[0] == 0 else { return false }
            try db.execute(sql: "UPDATE hub SET scrub = 0")
            return true
        }
    }

    private static let busySeconds = 5
    /// A reader in the way is not waited for longer: it is tried again after the next commit.
    private static let scrubWaitMilliseconds = 250

    func close() throws {
        number.close()
        try readers?.close()
        try database.close()
        try intake.close()
    }
}

extension Hub {
    /// Of the tables that this build keeps a depot in.
    public static var fileVersion: Int { LuckySchemas.hubSQL.count }
}
