import LuckyModel
import Testing

@Suite struct PlanFileFuzzTests {
    /// CSV → rows → CSV → rows is a fixed point, whatever the cells hold.
    @Test func roundTrip() throws {
        var random = SeededRandom.printed("plan file round trip")
        for _ in 0..<200 {
            let count = Int(random.next() % 12)
            let text = planCSV((0..<count).map { _ in Self.row(&random) }, header: Self.columns)
            let file = try PlanFile.parse(text.utf8)
            try #require(file.rejected == [])
            try #require(file.rows.count == count)
            let written = PlanFile.csv(file.rows)
            let again = try PlanFile.parse(written.utf8)
            try #require(again.rejected == [] && again.warnings.isEmpty)
            try #require(again.rows == file.rows)
            try #require(Array(PlanFile.csv(again.rows).utf8) == Array(written.utf8))
        }
    }

    /// A good file with some bytes changed: never a crash, and no row is lost without a word.
    @Test func damagedFiles() throws {
        var random = SeededRandom.printed("damaged plan files")
        for _ in 0..<1_500 {
            var bytes = Array(
                planCSV([Self.row(&random), Self.row(&random)], header: Self.columns).utf8)
            for _ in 0..<(1 + random.next() % 6) {
                let index = Int(random.next() % UInt64(bytes.count))
                switch random.next() % 3 {
                case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.insert(random.pick(Array("\",\n\r*-0".utf8)), at: index)
                default: bytes.remove(at: index)
                }
            }
            guard let file = try? PlanFile.parse(bytes) else { continue }
            for row in file.rows { try #require(row.quantities.isInRange && row.sequence > 0) }
            let again = try PlanFile.parse(PlanFile.csv(file.rows).utf8)
            try #require(again.rows == file.rows)
            for problem in file.rejected { try #require(!problem.message(in: .zhHant).isEmpty) }
        }
    }

    @Test func randomBytes() {
        var random = SeededRandom.printed("random plan bytes")
        let alphabet = Array("[{\"stops\":,}]\\u0189.-+eE\n\r tfn".utf8)
        var read = 0
        for round in 0..<4_000 {
            let count = random.next() % 200
            let start: [UInt8] = round % 2 == 0 ? [] : [UInt8(ascii: "[")]
            let bytes = (0..<count).map { _ in
                round % 4 < 2 ? UInt8(truncatingIfNeeded: random.next()) : random.pick(alphabet)
            }
            if (try? PlanFile.parse(start + bytes)) != nil { read += 1 }
        }
        #expect(read < 4_000)
    }

    static let columns = [
        "date", "depot", "route", "driver", "sequence", "stop", "customer", "phone", "address",
        "lat", "lng", "window", "items", "price", "payment", "note", "vehicle", "capacity_kg",
        "holds",
    ]

    private static func row(_ random: inout SeededRandom) -> [String: String] {
        func digits(_ below: UInt64) -> String { String(random.next() % below) }
        let hasPlace = random.next() % 4 > 0
        var row = [
            "date": random.pick(["2026-11-22", "115/11/22", "1151122", "2026/11/22"]),
            "customer": text(&random), "phone": text(&random), "address": text(&random),
            "note": text(&random),
            "lat": hasPlace ? "-\(digits(90)).\(digits(99_999_999_999))" : "",
            "lng": hasPlace ? "\(digits(180)).0\(digits(9_999_999))" : "",
            "window": random.pick(["", "0", "1", "2", "3", "8:05-9:00", "00:00-24:00"]),
            "price": random.pick(["", digits(9_999_999), "\(digits(1000)).\(digits(10))"]),
            "payment": random.pick(["", "現金", "monthly", "LINE Pay", "支票"]),
        ]
        for column in ["items", "holds"] {
            let count = random.next() % 4
            row[column] = (0..<count).map { _ in
                let product = random.pick(ProductCatalogue.all)
                let name = random.pick([product.product.code.text, product.nameZhHant])
                return name + random.pick(["*", "＊", " * "]) + "\(1 + random.next() % 2_500)"
            }.joined(separator: random.pick(["+", "＋"]))
        }
        return row
    }

    private static func text(_ random: inout SeededRandom) -> String {
        let pieces = [
            "\"", ",", "\n", "\r\n", "\r", " ", "林", "\u{301}", "e", "\u{1F468}\u{200D}\u{1F469}",
            "＊", "\u{E000}", "'", "=1+1", "\u{FEFF}", "\t", ";",
        ]
        return (0..<(random.next() % 8)).map { _ in random.pick(pieces) }.joined()
    }
}
