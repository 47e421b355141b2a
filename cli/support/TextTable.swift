internal import LuckyModel

/// Rows whose columns line up on a terminal, where Chinese takes two columns a character.
package enum TextTable {
    /// - Parameters:
    ///   - heads: of the columns; empty: none.
    ///   - numbers: which columns stand at the right of theirs, from 0.
    ///   - gap: columns of the terminal between two of the table.
    package static func lines(
        _ heads: [String], _ rows: [[String]], numbers: Set<Int> = [], gap: Int = 2
    ) -> [String] {
        let all = (heads.isEmpty ? [] : [heads]) + rows
        let count = all.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            all.map { $0.indices.contains(column) ? TextWidth.of($0[column]) : 0 }.max() ?? 0
        }
        return all.map { row in
            let cells = row.enumerated().map { column, cell in
                if numbers.contains(column) { return TextWidth.aligned(cell, to: widths[column]) }
                return column == row.count - 1
                    ? cell : TextWidth.padded(cell, to: widths[column])
            }
            let line = cells.joined(separator: String(repeating: " ", count: gap))
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// `label  text` lines whose texts line up.
    package static func labelled(_ pairs: [(String, String)]) -> [String] {
        lines([], pairs.map { [$0.0, $0.1] })
    }
}
