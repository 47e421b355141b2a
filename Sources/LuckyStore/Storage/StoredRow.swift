internal import GRDB
internal import GRDBSQLite
internal import Synchronization

/// A row whose columns are found by name, copied out of SQLite's memory.
struct StoredRow {
    let values: [StoredValue]
    private let places: ColumnPlaces

    /// - Parameter statement: stands on the row.
    init(_ statement: OpaquePointer, _ places: ColumnPlaces) {
        values = (0..<CInt(places.count)).map { StoredValue(statement, at: $0) }
        self.places = places
    }

    /// Nil for null, where an optional is asked for.
    subscript<Value: StoredConvertible>(column: String) -> Value { self[places[column]] }

    /// STRICT tables say which type a column has: another one than is asked for here traps.
    subscript<Value: StoredConvertible>(place: Int) -> Value {
        guard let value = Value(values[place]) else {
            preconditionFailure("column \(place) is \(values[place])")
        }
        return value
    }
}

/// Where each column of a statement's rows stands.
final class ColumnPlaces: Sendable {
    let count: Int
    private let places: [String: Int]

    private init(_ names: [String]) {
        count = names.count
        places = Dictionary(zip(names, names.indices)) { first, _ in first }
    }

    /// A name that the statement does not have gives a place that no row has: a trap.
    subscript(column: String) -> Int { places[column] ?? -1 }

    /// By the text of the statement.
    private static let known = Mutex<[String: ColumnPlaces]>([:])

    static func of(_ statement: Statement, _ sql: String) -> ColumnPlaces {
        let count = Int(sqlite3_column_count(statement.sqliteStatement))
        return known.withLock { known in
            // A table only ever gets more columns.
            if let places = known[sql], places.count == count { return places }
            let places = ColumnPlaces(names(of: statement.sqliteStatement, count))
            known[sql] = places
            return places
        }
    }

    /// As they are now: a table may have got columns since the statement was compiled.
    private static func names(of statement: OpaquePointer, _ count: Int) -> [String] {
        (0..<CInt(count)).map { index in
            sqlite3_column_name(statement, index).map { String(cString: $0) } ?? ""
        }
    }
}
