/// A day's plan as the office hands it over, read from bytes: CSV, or the same as JSON.
///
/// CSV (RFC 4180): UTF-8 with or without a byte-order mark; lines end with LF or CRLF; a header row
/// with these columns in any order, the last three optional. Other columns give a warning.
///
/// | column | value |
/// |---|---|
/// | `date` | `2026-11-22`, `2026/11/22`, `20261122`, or ROC `115/11/22`, `1151122`; from 2000 on |
/// | `depot`, `route`, `driver`, `stop` | a short name without control characters |
/// | `sequence` | the place in the route, 1…10 000, unique in it |
/// | `customer`, `phone`, `address`, `note` | kept as found |
/// | `lat`, `lng` | degrees WGS 84, both or neither; kept to 1e-7 |
/// | `window` | `08:00-10:00`; or a slot code; or empty |
/// | `items` | `20kg*2+16kg*1`, codes of ``ProductCatalogue``, counts 1…10 000; or empty |
/// | `price` | NT$ for the whole stop, at most two decimals; or empty |
/// | `payment` | a ``PaymentMethod``, such as `cash` or 現金; or empty |
/// | `vehicle` | a short name; or empty |
/// | `capacity_kg` | what the truck may carry, at most three decimals; or empty |
/// | `holds` | cylinders at the customer, written as `items` |
///
/// Slot codes: 0 all day (08–20), 1 morning (08–12), 2 afternoon (12–17), 3 evening (17–20).
///
/// JSON: an array of objects with the same keys, or `{"stops": [...]}`. Values are strings or
/// numbers; null and an absent key mean empty.
///
/// A pure function: no clock, no file. Rows are judged alone first, then against earlier rows of
/// the file (one stop once; per route and day each sequence once). Of a route that has two drivers,
/// vehicles or capacities on a day, no row is taken.
public struct PlanFile: Sendable {
    /// The rows that can be taken, in file order.
    public var rows: [PlanRow]
    /// By line. A row may be rejected for several reasons.
    public var rejected: [Rejection]
    /// What was ignored: columns or keys that plan files do not have.
    public var warnings: [PlanWarning]

    /// The largest file, in bytes.
    public static let maximumBytes = 32 * 1024 * 1024
    /// The longest free text of a cell, in bytes of UTF-8: a stop must fit a changeset.
    public static let maximumTextBytes = 2_000

    /// Reads CSV or JSON, whichever the first character says.
    /// - Throws: ``PlanFileError`` if the file as a whole cannot be read.
    public static func parse(_ bytes: some Sequence<UInt8>) throws(PlanFileError) -> PlanFile {
        let text = try PlanText.checked(Array(bytes))
        let first = text.first { ![9, 10, 13, 32].contains($0) }
        if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
            return judge(try PlanJSON.records(text))
        }
        return judge(try PlanCSV.records(text))
    }

    /// Writes rows as CSV: all columns, LF, no byte-order mark. Reading it gives the same rows.
    public static func csv(_ rows: [PlanRow]) -> String {
        let header = PlanColumn.written.map(\.rawValue)
        return ([header] + rows.map(\.cells))
            .map { $0.map(PlanCSV.quoted).joined(separator: ",") + "\n" }
            .joined()
    }

    private static func judge(_ records: PlanRecords) -> PlanFile {
        var file = PlanFile(rows: [], rejected: records.rejected, warnings: records.warnings)
        var seen = PlanRowsSeen()
        var doubtful: Set<Int> = []
        for record in records.records {
            var reader = PlanRowReader(record)
            guard let row = reader.row() else {
                file.rejected += reader.rejected
                seen.note(record)
                continue
            }
            let contradictions = seen.contradictions(of: row)
            if !contradictions.isEmpty { doubtful.insert(row.line) }
            file.rows.append(row)
            file.rejected += contradictions
        }
        let routes = PlanRoutesSeen(file.rows)
        file.rows.removeAll { row in
            let contradictions = routes.contradictions(of: row)
            file.rejected += contradictions
            return !contradictions.isEmpty || doubtful.contains(row.line)
        }
        file.rejected.sort { $0.line < $1.line }
        return file
    }
}

/// One row before its cells are judged.
struct PlanRecord {
    var line: Int
    /// As found; a column that the file does not have is absent.
    var cells: [PlanColumn: String]

    func cell(_ column: PlanColumn) -> String { cells[column] ?? "" }
}

struct PlanRecords {
    var records: [PlanRecord] = []
    var rejected: [Rejection] = []
    var warnings: [PlanWarning] = []
}
