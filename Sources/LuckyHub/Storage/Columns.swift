internal import GRDB
internal import GRDBSQLite
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// The columns of the row at which a statement stands, by position: checked, so that a damaged file
/// gives an error, never a trap.
struct Columns {
    private let statement: SQLiteStatement

    init(_ statement: SQLiteStatement) { self.statement = statement }

    struct Damaged: Error { var column: Int }

    private func require(_ type: Int32, _ column: Int) throws {
        guard sqlite3_column_type(statement, Int32(column)) == type else {
            throw Damaged(column: column)
        }
    }

    func isNull(_ column: Int) -> Bool {
        sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL
    }

    func bytes(_ column: Int) throws -> [UInt8] { try withBytes(column) { Array($0) } }

    /// A blob where SQLite has it: only for as long as `body` runs.
    func withBytes<T>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> T) throws -> T {
        try require(SQLITE_BLOB, column)
        let start = sqlite3_column_blob(statement, Int32(column))
        let count = sqlite3_column_bytes(statement, Int32(column))
        // None is what an empty blob has, or one for which there is no memory.
        guard start != nil || count == 0 else { throw Damaged(column: column) }
        return try body(UnsafeRawBufferPointer(start: start, count: Int(count)))
    }

    func integer(_ column: Int) throws -> Int64 {
        try require(SQLITE_INTEGER, column)
        return sqlite3_column_int64(statement, Int32(column))
    }

    func text(_ column: Int) throws -> String {
        try require(SQLITE_TEXT, column)
        guard let start = sqlite3_column_text(statement, Int32(column)) else {
            throw Damaged(column: column)
        }
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func name(_ column: Int) throws -> Identifier { Identifier(utf8: try bytes(column)) }

    /// A counter or a sequence.
    func count(_ column: Int) throws -> UInt64 {
        guard let count = UInt64(exactly: try integer(column)) else {
            throw Damaged(column: column)
        }
        return count
    }

    func id<Purpose>(_ column: Int) throws -> Bits128<Purpose> {
        guard let id = try withBytes(column, Bits128<Purpose>.init(bytes:)) else {
            throw Damaged(column: column)
        }
        return id
    }

    func hash(_ column: Int) throws -> Hash256 {
        guard let hash = try withBytes(column, Hash256.init(bytes:)) else {
            throw Damaged(column: column)
        }
        return hash
    }

    func replica(_ column: Int) throws -> ReplicaID {
        guard let id = try withBytes(column, ReplicaID.init(bytes:)) else {
            throw Damaged(column: column)
        }
        return id
    }

    func entity(_ column: Int) throws -> EntityID {
        guard let id = try withBytes(column, EntityID.init(bytes:)) else {
            throw Damaged(column: column)
        }
        return id
    }

    /// 17 bytes each.
    func entities(_ column: Int) throws -> [EntityID] {
        try withBytes(column) { bytes in
            try stride(from: 0, to: bytes.count, by: 17).map { place in
                guard bytes.count - place >= 17,
                    let entity = EntityID(bytes: bytes[place..<place + 17])
                else { throw Damaged(column: column) }
                return entity
            }
        }
    }

    func vector(_ column: Int) throws -> VersionVector {
        try VersionVector(rowBytes: try bytes(column))
    }

    /// A replica and, in the next column, a counter.
    func dot(_ column: Int) throws -> Dot { Dot(try replica(column), try count(column + 1)) }
}
