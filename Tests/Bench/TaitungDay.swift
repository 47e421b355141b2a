import LuckySchemas

/// The rows of Schemas/days/taitung.csv: real addresses and the office's notes, used over and over.
struct TaitungDay: Sendable {
    struct Row: Sendable {
        var customer: String
        var phone: String
        var address: String
        var note: String
        /// In 1/100 NT$.
        var price: Int64
    }

    private let rows: [Row]
    /// What the office noted, without the empty ones.
    let notes: [String]

    init() throws {
        let lines = LuckySchemas.taitungDayCSV.split(whereSeparator: \.isNewline).dropFirst()
        rows = try lines.map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(
                String.init)
            guard cells.count == 19, let price = Int64(cells[13]) else {
                throw BenchError("the demo's day has another form now: \(cells.count) cells")
            }
            return Row(
                customer: cells[6], phone: cells[7], address: cells[8], note: cells[15],
                price: price * 100)
        }
        notes = rows.map(\.note).filter { !$0.isEmpty }
        guard !rows.isEmpty, !notes.isEmpty else { throw BenchError("the demo's day is empty") }
    }

    func row(_ number: Int) -> Row { rows[number % rows.count] }
    func note(_ number: Int) -> String { notes[number % notes.count] }
}
