/// The CSV form of a plan file (RFC 4180).
enum PlanCSV {
    static func records(_ bytes: [UInt8]) throws(PlanFileError) -> PlanRecords {
        var reader = CSVReader(bytes)
        var found = PlanRecords()
        guard let header = try next(&reader) else {
            throw PlanFileError(Rejection(line: 1, .empty))
        }
        let columns = try columns(of: header, &found.warnings)
        while let row = try next(&reader) {
            if row.hasBadQuote {
                found.rejected.append(Rejection(line: row.line, .badQuote))
            } else if row.fields.count < columns.count
                || row.fields.dropFirst(columns.count).contains(where: { !$0.isEmpty })
            {
                found.rejected.append(
                    Rejection(
                        line: row.line, .fieldCount, found: "\(row.fields.count)≠\(columns.count)"))
            } else {
                var cells: [PlanColumn: String] = [:]
                for (column, field) in zip(columns, row.fields) {
                    if let column { cells[column] = String(decoding: field, as: UTF8.self) }
                }
                found.records.append(PlanRecord(line: row.line, cells: cells))
            }
        }
        return found
    }

    /// The next row that says something.
    private static func next(_ reader: inout CSVReader) throws(PlanFileError) -> CSVReader.Row? {
        while let row = try reader.next() {
            let isBlank = row.fields.allSatisfy { PlainText.trimmed($0).isEmpty }
            if !isBlank || row.hasBadQuote { return row }
        }
        return nil
    }

    private static func columns(
        of header: CSVReader.Row, _ warnings: inout [PlanWarning]
    ) throws(PlanFileError) -> [PlanColumn?] {
        var columns: [PlanColumn?] = []
        for field in header.fields {
            let name = String(decoding: field, as: UTF8.self)
            let plain = String(decoding: PlainText.structured(name), as: UTF8.self)
            let column = PlanColumn(rawValue: plain)
            if let column, columns.contains(column) {
                throw PlanFileError(
                    Rejection(line: header.line, column: plain, .duplicateColumn))
            }
            if column == nil, !plain.isEmpty {
                warnings.append(PlanWarning(line: header.line, unknownColumn: name))
            }
            columns.append(column)
        }
        let missing = PlanColumn.written.filter { !$0.isOptional && !columns.contains($0) }
        if !missing.isEmpty {
            let names = missing.map(\.rawValue).joined(separator: ", ")
            throw PlanFileError(Rejection(line: header.line, column: names, .missingColumn))
        }
        return columns
    }

    /// In quotes where it needs them.
    static func quoted(_ field: String) -> String {
        let special: Set<UInt8> = [10, 13, UInt8(ascii: ","), UInt8(ascii: "\"")]
        guard field.utf8.contains(where: special.contains) else { return field }
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        for byte in field.utf8 {
            bytes.append(byte)
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Splits CSV into rows of fields. Works on bytes: in a Swift `String`, CR LF is one character.
struct CSVReader {
    struct Row {
        /// Where it starts, from 1.
        var line: Int
        var fields: [[UInt8]]
        /// Text stands behind a closing quote.
        var hasBadQuote: Bool
    }

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// The next row, an empty one for an empty line; nil at the end.
    mutating func next() throws(PlanFileError) -> Row? {
        guard current != nil else { return nil }
        var row = Row(line: line, fields: [], hasBadQuote: false)
        while true {
            row.fields.append(try field(&row.hasBadQuote))
            guard current == UInt8(ascii: ",") else { break }
            index += 1
        }
        endLine()
        return row
    }

    private mutating func field(_ hasBadQuote: inout Bool) throws(PlanFileError) -> [UInt8] {
        var field: [UInt8] = []
        if current == UInt8(ascii: "\"") {
            field = try quoted()
            if let byte = current, ![10, 13, UInt8(ascii: ",")].contains(byte) {
                hasBadQuote = true
            }
        }
        while let byte = current, ![10, 13, UInt8(ascii: ",")].contains(byte) {
            field.append(byte)
            index += 1
        }
        return field
    }

    /// What stands between the quotes, from the opening to behind the closing one.
    private mutating func quoted() throws(PlanFileError) -> [UInt8] {
        let start = line
        var field: [UInt8] = []
        index += 1
        while let byte = current {
            index += 1
            if byte == UInt8(ascii: "\"") {
                guard current == UInt8(ascii: "\"") else { return field }
                index += 1
            } else if byte == 13 ? current != 10 : byte == 10 {
                line += 1
            }
            field.append(byte)
        }
        throw PlanFileError(Rejection(line: start, .openQuote))
    }

    private mutating func endLine() {
        guard let byte = current else { return }
        index += 1
        if byte == 13, current == 10 { index += 1 }
        line += 1
    }
}
