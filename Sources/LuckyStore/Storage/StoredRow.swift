internal import Foundation
internal import GRDB
internal import Synchronization

/// A row whose columns are found by name.
///
/// GRDB finds a name by lower-casing those of all columns, at every look-up. Here all rows of one
/// statement share a table of places.
struct StoredRow {
    private let row: Row
    private let places: ColumnPlaces

    init(_ row: Row, _ places: ColumnPlaces) {
        self.row = row
        self.places = places
    }

    /// Nil for null, where an optional is asked for.
    subscript<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        column: String
    ) -> Value { row[places[column]] }

    subscript<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        place: Int
    ) -> Value { row[place] }
}

/// Where each column of a statement's rows stands.
final class ColumnPlaces: Sendable {
    private let count: Int
    private let places: [String: Int]

    private init(_ names: [String]) {
        count = names.count
        places = Dictionary(zip(names, names.indices)) { first, _ in first }
    }

    /// A name that the statement does not have gives a place that no row has, and GRDB traps.
    subscript(column: String) -> Int { places[column] ?? -1 }

    /// By the text of the statement.
    private static let known = Mutex<[String: ColumnPlaces]>([:])

    static func of(_ statement: Statement, _ sql: String) -> ColumnPlaces {
        known.withLock { known in
            // A table only ever gets more columns.
            if let places = known[sql], places.count == statement.columnCount {
                return places
            }
            let places = ColumnPlaces(statement.columnNames)
            known[sql] = places
            return places
        }
    }
}
