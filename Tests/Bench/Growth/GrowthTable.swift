import Foundation

/// The figures, and which of them may grow.
struct GrowthTable {
    struct Cell {
        var name: String
        var unit: String
        var records: Int
        var devices: Int
        /// As measured round by round, beside the other cells of its row.
        var rounds: [Double]

        var value: Double { rounds.median }

        var json: String {
            """
            {"name":\(name.quoted),"unit":\(unit.quoted),"records":\(records),\
            "devices":\(devices),"value":\(value.short)}
            """
        }
    }

    /// By how much a row may grow to its last cell from the first, or from the second where the first
    /// is less than a page.
    private static let shapes: [(name: String, from: Int, most: Double)] = [
        // A tree a level deeper, and pages that are in no cache.
        ("tap", 1, 1.5), ("sync", 1, 1.5), ("pull", 1, 1.5), ("open", 1, 1.5),
        ("accept", 1, 2.5), ("serve", 1, 2),
        // Three writers of a stop instead of one; how many others there are is nothing to it.
        ("tap_devices", 0, 1.5), ("sync_devices", 0, 1.5), ("pull_devices", 0, 1.5),
        ("verify_devices", 0, 1.5), ("open_devices", 0, 1.5), ("accept_devices", 0, 1.5),
        ("serve_devices", 0, 1.5),
        // Full pages, and what the allocator makes of them.
        ("bootstrap_memory", 1, 1.3),
        // Until the cache of a large store's inner pages is full, which has its bound.
        ("sync_memory", 1, 1.8),
        // Until SQLite's cache of what a hub reads is full, which has its bound.
        ("serve_memory", 1, 2.5),
        // Reads all that is in scope, by its nature.
        ("verify", 1, 150),
    ]

    let isJSON: Bool
    private var cells: [Cell] = []

    init(isJSON: Bool) { self.isJSON = isJSON }

    /// A row's cells, one for each of what grows.
    subscript(name: String) -> [Cell] { cells.filter { $0.name == name } }

    mutating func add(
        _ name: String, _ unit: String, _ rounds: [Double], records: Int, devices: Int = 1
    ) {
        let cell = Cell(
            name: name, unit: unit, records: records, devices: devices, rounds: rounds)
        cells.append(cell)
        let line =
            isJSON
            ? cell.json
            : "\(name.padded(to: 18)) \(cell.value.short.padded(to: 10)) \(unit.padded(to: 4))"
                + " at \(records) records, \(devices) devices"
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    /// What grows that should not.
    func findings() -> [String] {
        Self.shapes.compactMap { name, from, most in
            let row = self[name]
            guard row.count > from + 1, let last = row.last else {
                return "\(name) was not measured"
            }
            let factor = zip(last.rounds, row[from].rounds).map { $0 / max($1, 1e-9) }.median
            guard factor > most else { return nil }
            return "\(name) grows × \(factor.short) from the \(from == 0 ? "first" : "second")"
                + " to the last, not × \(most.short)"
        }
    }
}
