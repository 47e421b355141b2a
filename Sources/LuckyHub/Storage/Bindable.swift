internal import GRDB
internal import GRDBSQLite

/// What a placeholder of a statement takes.
///
/// Rows are written and read by SQLite's own functions: a hub that merges a message runs some
/// hundreds of statements, each of which takes SQLite a microsecond or two.
protocol Bindable {
    /// Copies the value into the statement.
    /// - Returns: an SQLite result code.
    func put(in statement: SQLiteStatement, at index: Int32) -> Int32
}

extension Int64: Bindable {
    func put(in statement: SQLiteStatement, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, self)
    }
}

extension Int: Bindable {
    func put(in statement: SQLiteStatement, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, Int64(self))
    }
}

extension Int32: Bindable {
    func put(in statement: SQLiteStatement, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, Int64(self))
    }
}

extension Bool: Bindable {
    func put(in statement: SQLiteStatement, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, self ? 1 : 0)
    }
}

extension String: Bindable {
    func put(in statement: SQLiteStatement, at index: Int32) -> Int32 {
        sqlite3_bind_text(statement, index, self, -1, copied)
    }
}

/// A blob: an empty one is not NULL.
extension [UInt8]: Bindable {
    func put(in statement: SQLiteStatement, at index: Int32) -> Int32 {
        withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, !bytes.isEmpty else {
                return sqlite3_bind_zeroblob(statement, index, 0)
            }
            return sqlite3_bind_blob64(
                statement, index, start, UInt64(bytes.count), copied)
        }
    }
}

/// SQLite's `SQLITE_TRANSIENT`: it makes a copy at once.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
