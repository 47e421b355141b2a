internal import GRDB
internal import GRDBSQLite
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// An argument of a statement.
typealias SQLValue = (any StoredConvertible)?

// Statements are GRDB's, compiled once for a connection; they are bound, stepped and read by
// SQLite's own functions. GRDB makes an object of each row and each argument, which costs a tap
// several times what SQLite itself takes for it.
extension Database {
    /// Runs a statement that is kept compiled.
    func run(_ sql: String, _ arguments: [SQLValue] = []) throws {
        try step(try bound(sql, arguments), sql) { _ in true }
    }

    func rows(_ sql: String, _ arguments: [SQLValue] = []) throws -> [StoredRow] {
        var rows: [StoredRow] = []
        try eachRow(sql, arguments) {
            rows.append($0)
            return true
        }
        return rows
    }

    /// Whether a query gives exactly these rows, byte by byte, whatever stands there.
    func holds(
        _ expected: [[StoredValue]], _ sql: String, _ arguments: [SQLValue]
    ) throws -> Bool {
        var count = 0
        var isSame = true
        try eachRow(sql, arguments) { row in
            isSame = count < expected.count && row.values == expected[count]
            count += 1
            return isSame
        }
        return isSame && count == expected.count
    }

    func row(_ sql: String, _ arguments: [SQLValue] = []) throws -> StoredRow? {
        var first: StoredRow?
        try eachRow(sql, arguments) {
            first = $0
            return false
        }
        return first
    }

    /// One row after the other, none of them kept; `body` may not run the same statement.
    /// - Parameter body: returns whether to go on.
    func eachRow(
        _ sql: String, _ arguments: [SQLValue], _ body: (StoredRow) throws -> Bool
    ) throws {
        let statement = try bound(sql, arguments)
        var places: ColumnPlaces?
        try step(statement, sql) { pointer in
            let known = places ?? ColumnPlaces.of(statement, sql)
            places = known
            return try body(StoredRow(pointer, known))
        }
    }

    func count(_ sql: String, _ arguments: [SQLValue] = []) throws -> Int {
        try row(sql, arguments)?[0] ?? 0
    }

    /// Undoes a part of the transaction where it throws. GRDB compiles the statements of a savepoint
    /// each time.
    func inPart(_ body: () throws -> Void) throws {
        try run("SAVEPOINT part")
        do { try body() } catch {
            // Where SQLite itself undid the whole there is no part.
            if isInsideTransaction {
                try run("ROLLBACK TO part")
                try run("RELEASE part")
            }
            throw error
        }
        try run("RELEASE part")
    }

    /// GRDB writes down what each statement reads and changes while SQLite compiles it, for observers
    /// that no store has: it takes twice as long as to compile it.
    func compileUnobserved() { sqlite3_set_authorizer(sqliteConnection, nil, nil) }

    /// The statement, kept compiled, with its arguments.
    private func bound(_ sql: String, _ arguments: [SQLValue]) throws -> Statement {
        let statement = try cachedStatement(sql: sql)
        let count = Int(sqlite3_bind_parameter_count(statement.sqliteStatement))
        guard count == arguments.count else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "arguments", sql: sql)
        }
        for (index, argument) in arguments.enumerated() {
            let value = argument?.stored ?? .null
            try check(value.bind(to: statement.sqliteStatement, at: CInt(index + 1)), sql)
        }
        return statement
    }

    /// Runs to the end, or until `body` returns false.
    private func step(
        _ statement: Statement, _ sql: String, _ body: (OpaquePointer) throws -> Bool
    ) throws {
        let pointer = statement.sqliteStatement
        defer { sqlite3_reset(pointer) }
        while true {
            let code = sqlite3_step(pointer)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { return try check(code, sql) }
            guard try body(pointer) else { return }
        }
    }

    private func check(_ code: CInt, _ sql: String) throws {
        guard code != SQLITE_OK else { return }
        throw DatabaseError(
            resultCode: ResultCode(rawValue: code), message: lastErrorMessage, sql: sql)
    }
}

extension [UInt8] { var blob: [UInt8] { self } }
extension Bits128 { var blob: [UInt8] { bytes } }
extension Hash256 { var blob: [UInt8] { bytes } }
extension EntityID { var blob: [UInt8] { bytes } }
extension ReplicaID { var blob: [UInt8] { bytes } }
extension Identifier { var blob: [UInt8] { utf8 } }
extension VersionVector { var blob: [UInt8] { rowBytes } }
extension String { var blob: [UInt8] { Array(utf8) } }
extension UInt64 {
    /// The same 64 bits, as SQLite keeps integers. Counters are below 2⁵³ and keep their value.
    var stored: Int64 { Int64(bitPattern: self) }
}

/// STRICT tables guarantee each column's type; lengths and forms are checked here.
extension StoredRow {
    func bytes(_ column: String) -> [UInt8] { self[column] }
    func text(_ column: String) -> String { String(decoding: bytes(column), as: UTF8.self) }
    func optionalText(_ column: String) -> String? {
        (self[column] as [UInt8]?).map { String(decoding: $0, as: UTF8.self) }
    }
    func name(_ column: String) -> Identifier { Identifier(utf8: bytes(column)) }
    func optionalName(_ column: String) -> Identifier? {
        (self[column] as [UInt8]?).map { Identifier(utf8: $0) }
    }
    func unsigned(_ column: String) -> UInt64 { UInt64(bitPattern: self[column] as Int64) }

    func bits<Purpose>(_ column: String) throws -> Bits128<Purpose> {
        try Bits128(bytes: bytes(column)).orDamaged(column)
    }
    func hash(_ column: String) throws -> Hash256 {
        try Hash256(bytes: bytes(column)).orDamaged(column)
    }
    func replica(_ column: String) throws -> ReplicaID {
        try ReplicaID(bytes: bytes(column)).orDamaged(column)
    }
    func entity(_ column: String) throws -> EntityID {
        try EntityID(bytes: bytes(column)).orDamaged(column)
    }
    func optionalEntity(_ column: String) throws -> EntityID? {
        guard let bytes = self[column] as [UInt8]? else { return nil }
        return try EntityID(bytes: bytes).orDamaged(column)
    }
    func vector(_ column: String) throws -> VersionVector {
        try readable { () throws(WireError) in try VersionVector(rowBytes: bytes(column)) }
    }
}

extension Optional {
    /// The value, or ``StoreError/damaged(_:)`` naming what could not be read.
    func orDamaged(_ what: String) throws(StoreError) -> Wrapped {
        guard let self else { throw .damaged(what) }
        return self
    }
}

/// Reads what this store itself has kept as bytes: not readable means damaged.
func readable<T>(_ body: () throws(WireError) -> T) throws(StoreError) -> T {
    do {
        return try body()
    } catch {
        throw .damaged("\(error)")
    }
}
