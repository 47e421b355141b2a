import GRDBSQLite

/// SQLite by its C functions, as a careful C program uses it: WAL, FULL, statements compiled once.
final class PlainSQLite {
    fileprivate let handle: OpaquePointer

    init(at path: String) throws {
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(
            path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else { throw BenchError("\(path) does not open") }
        self.handle = handle
        try run("PRAGMA journal_mode = WAL")
        try run("PRAGMA synchronous = FULL")
    }

    deinit { sqlite3_close_v2(handle) }

    func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
    }

    func statement(_ sql: String) throws -> Statement { try Statement(self, sql) }

    fileprivate func failure() -> BenchError { BenchError(String(cString: sqlite3_errmsg(handle))) }

    /// A compiled statement.
    final class Statement {
        private let database: PlainSQLite
        private let pointer: OpaquePointer

        fileprivate init(_ database: PlainSQLite, _ sql: String) throws {
            var pointer: OpaquePointer?
            guard
                sqlite3_prepare_v3(
                    database.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
                    == SQLITE_OK, let pointer
            else { throw database.failure() }
            self.database = database
            self.pointer = pointer
        }

        deinit { sqlite3_finalize(pointer) }

        func bind(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(pointer, index, value) }

        func bind(_ index: Int32, _ bytes: [UInt8]) {
            let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            sqlite3_bind_blob(pointer, index, bytes, Int32(bytes.count), copied)
        }

        /// Runs to the end. Returns how many rows it gave.
        @discardableResult
        func run() throws -> Int {
            var count = 0
            try rows { count += 1 }
            return count
        }

        func rows(_ body: () -> Void) throws {
            defer { sqlite3_reset(pointer) }
            while true {
                switch sqlite3_step(pointer) {
                case SQLITE_ROW: body()
                case SQLITE_DONE: return
                default: throw database.failure()
                }
            }
        }

        func bytes(_ column: Int32) -> [UInt8] {
            let count = Int(sqlite3_column_bytes(pointer, column))
            guard let start = sqlite3_column_blob(pointer, column) else { return [] }
            return Array(UnsafeRawBufferPointer(start: start, count: count))
        }

        func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }
    }
}
