internal import GRDB
internal import LuckyCausality
internal import LuckyFiles
internal import LuckyModel
internal import LuckySchemas

// The notes of what is being looked at, in a file of their own (L20).
extension SQLiteStorage {
    /// The file is never synced: a power cut may tear it. It is then begun anew, since its notes
    /// are only about the process, which that cut ended.
    static func openIntake(
        _ path: String, _ files: any FileCalls
    ) throws -> DatabaseQueue {
        do {
            return try preparedIntake(path, files)
        } catch  where isTorn(error) {
            for file in [path, path + "-journal"] where files.status(file) != nil {
                guard files.unlink(file) else { throw files.failure(file) }
            }
            return try preparedIntake(path, files)
        }
    }

    private static func preparedIntake(
        _ path: String, _ files: any FileCalls
    ) throws -> DatabaseQueue {
        try createPrivately(path, files)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try prepareIntake(queue)
        return queue
    }

    static func prepareIntake(_ intake: any DatabaseWriter) throws {
        try intake.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = OFF")
            try db.execute(sql: LuckySchemas.intakeSQL)
            guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT)
            }
            _ = try intakeRows(db)
        }
    }

    private static func intakeRows(_ db: Database) throws -> [(row: IntakeRow, starts: Int)] {
        try SQLiteRows(db: db).all(
            """
            SELECT replica, counter, bytes_hash, previous, byte_count, starts FROM intake
            ORDER BY replica, counter, bytes_hash
            """
        ) {
            let row = IntakeRow(
                dot: try $0.dot(0), previous: try $0.hash(3), byteCount: Int(try $0.integer(4)),
                bytesHash: try $0.hash(2))
            return (row, Int(try $0.integer(5)))
        }
    }

    func noteIntake(_ rows: [IntakeRow], finished: [IntakeRow]) throws {
        try intake.writeWithoutTransaction { db in
            try Self.transaction("BEGIN IMMEDIATE", SQLiteRows(db: db)) { statements in
                for row in finished {
                    try statements.run(
                        "DELETE FROM intake WHERE replica = ? AND counter = ? AND bytes_hash = ?",
                        row.key)
                }
                for row in rows {
                    try statements.run(
                        """
                        INSERT INTO intake
                          (replica, counter, bytes_hash, previous, byte_count, is_new)
                        VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (replica, counter, bytes_hash)
                        DO UPDATE SET is_new = excluded.is_new
                        """,
                        row.key + [row.previous.bytes, row.byteCount, rows.count == 1])
                }
            }
        }
    }

    func unfinishedIntake() throws -> [(row: IntakeRow, starts: Int)] {
        try intake.write { db in
            try SQLiteRows(db: db).run(
                "UPDATE intake SET starts = starts + is_new, is_new = 0", [])
            return try Self.intakeRows(db)
        }
    }
}

extension IntakeRow {
    fileprivate var key: [(any Bindable)?] {
        [dot.replica.bytes, Int64(dot.counter), bytesHash.bytes]
    }
}
