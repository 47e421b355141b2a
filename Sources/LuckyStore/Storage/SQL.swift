internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// An argument of a statement.
typealias SQLValue = (any DatabaseValueConvertible)?

extension Database {
    /// Runs a statement that is kept compiled.
    func run(_ sql: String, _ arguments: [SQLValue] = []) throws {
        try cachedStatement(sql: sql).execute(arguments: StatementArguments(arguments))
    }

    func rows(_ sql: String, _ arguments: [SQLValue] = []) throws -> [StoredRow] {
        let statement = try cachedStatement(sql: sql)
        let places = ColumnPlaces.of(statement, sql)
        return try Row.fetchAll(statement, arguments: StatementArguments(arguments)).map {
            StoredRow($0, places)
        }
    }

    func row(_ sql: String, _ arguments: [SQLValue] = []) throws -> StoredRow? {
        let statement = try cachedStatement(sql: sql)
        let places = ColumnPlaces.of(statement, sql)
        return try Row.fetchOne(statement, arguments: StatementArguments(arguments)).map {
            StoredRow($0, places)
        }
    }

    /// One row after the other, none of them kept; `body` may not run the same statement.
    /// - Parameter body: returns whether to go on.
    func eachRow(
        _ sql: String, _ arguments: [SQLValue], _ body: (StoredRow) throws -> Bool
    ) throws {
        let statement = try cachedStatement(sql: sql)
        let places = ColumnPlaces.of(statement, sql)
        let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
        while let row = try rows.next() {
            guard try body(StoredRow(row, places)) else { return }
        }
    }

    func count(_ sql: String, _ arguments: [SQLValue] = []) throws -> Int {
        try row(sql, arguments)?[0] ?? 0
    }
}

extension [UInt8] { var blob: Data { Data(self) } }
extension Bits128 { var blob: Data { Data(bytes) } }
extension Hash256 { var blob: Data { Data(bytes) } }
extension EntityID { var blob: Data { Data(bytes) } }
extension ReplicaID { var blob: Data { Data(bytes) } }
extension Identifier { var blob: Data { Data(utf8) } }
extension VersionVector { var blob: Data { Data(rowBytes) } }
extension String { var blob: Data { Data(utf8) } }
extension UInt64 {
    /// The same 64 bits, as SQLite keeps integers. Counters are below 2⁵³ and keep their value.
    var stored: Int64 { Int64(bitPattern: self) }
}

/// STRICT tables guarantee each column's type; lengths and forms are checked here.
extension StoredRow {
    func bytes(_ column: String) -> [UInt8] { [UInt8](self[column] as Data) }
    func text(_ column: String) -> String { String(decoding: bytes(column), as: UTF8.self) }
    func optionalText(_ column: String) -> String? {
        (self[column] as Data?).map { String(decoding: $0, as: UTF8.self) }
    }
    func name(_ column: String) -> Identifier { Identifier(utf8: bytes(column)) }
    func optionalName(_ column: String) -> Identifier? {
        (self[column] as Data?).map { Identifier(utf8: $0) }
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
        guard let data = self[column] as Data? else { return nil }
        return try EntityID(bytes: data).orDamaged(column)
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
