internal import GRDBSQLite

/// A column's value, or an argument of a statement. No table has a column of another type.
enum StoredValue: Hashable {
    case null
    case integer(Int64)
    case blob([UInt8])
    case text(String)

    /// - Parameter statement: stands on a row.
    init(_ statement: OpaquePointer, at place: CInt) {
        switch sqlite3_column_type(statement, place) {
        case SQLITE_NULL: self = .null
        case SQLITE_INTEGER, SQLITE_FLOAT:
            self = .integer(sqlite3_column_int64(statement, place))
        case SQLITE_TEXT:
            self = .text(String(decoding: Self.bytes(statement, place), as: UTF8.self))
        default: self = .blob(Self.bytes(statement, place))
        }
    }

    /// The pointer first: it is what makes SQLite say how many bytes there are.
    private static func bytes(_ statement: OpaquePointer, _ place: CInt) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, place) else { return [] }
        let count = Int(sqlite3_column_bytes(statement, place))
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// - Returns: SQLite's result code.
    func bind(to statement: OpaquePointer, at place: CInt) -> CInt {
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch self {
        case .null: return sqlite3_bind_null(statement, place)
        case .integer(let value): return sqlite3_bind_int64(statement, place, value)
        // No bytes are not null.
        case .blob(let bytes) where bytes.isEmpty: return sqlite3_bind_zeroblob(statement, place, 0)
        case .blob(let bytes):
            return sqlite3_bind_blob64(statement, place, bytes, UInt64(bytes.count), copied)
        case .text(let text): return sqlite3_bind_text(statement, place, text, -1, copied)
        }
    }
}

/// What a column can be read as, and an argument be.
protocol StoredConvertible {
    /// Nil where the value is of another type, or out of range.
    init?(_ value: StoredValue)
    var stored: StoredValue { get }
}

extension StoredConvertible where Self: FixedWidthInteger {
    init?(_ value: StoredValue) {
        guard case .integer(let value) = value else { return nil }
        self.init(exactly: value)
    }

    /// All that are bound fit.
    var stored: StoredValue { .integer(Int64(truncatingIfNeeded: self)) }
}

extension Int: StoredConvertible {}
extension Int32: StoredConvertible {}
extension Int64: StoredConvertible {}
extension UInt32: StoredConvertible {}

extension Bool: StoredConvertible {
    init?(_ value: StoredValue) {
        guard case .integer(let value) = value else { return nil }
        self = value != 0
    }

    var stored: StoredValue { .integer(self ? 1 : 0) }
}

extension String: StoredConvertible {
    init?(_ value: StoredValue) {
        guard case .text(let text) = value else { return nil }
        self = text
    }

    var stored: StoredValue { .text(self) }
}

extension [UInt8]: StoredConvertible {
    init?(_ value: StoredValue) {
        switch value {
        case .blob(let bytes): self = bytes
        // Of a damaged file: the chain says whether these are the bytes that were written.
        case .text(let text): self = Array(text.utf8)
        case .null, .integer: return nil
        }
    }

    var stored: StoredValue { .blob(self) }
}

extension Optional: StoredConvertible where Wrapped: StoredConvertible {
    init?(_ value: StoredValue) {
        if value == .null {
            self = .none
        } else {
            guard let wrapped = Wrapped(value) else { return nil }
            self = .some(wrapped)
        }
    }

    var stored: StoredValue { self?.stored ?? .null }
}
