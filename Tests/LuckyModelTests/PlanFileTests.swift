import LuckyModel
import Testing

/// One row of every column; a test changes a few.
func planCSV(_ changes: [[String: String]], header: [String]? = nil) -> String {
    let columns = header ?? [
        "date", "depot", "route", "driver", "sequence", "stop", "customer", "phone", "address",
        "lat", "lng", "window", "items", "price", "payment", "note",
    ]
    let rows = changes.enumerated().map { index, change in
        columns.map { column in
            let plain = [
                "date": "2026-11-22", "depot": "TTT", "route": "R1", "driver": "drv-01",
                "sequence": "\(index + 1)", "stop": "S\(index + 1)", "customer": "林小姐",
                "phone": "0900-000-001", "address": "臺東市中山路276號", "lat": "22.755556",
                "lng": "121.150304", "window": "08:00-10:00", "items": "20kg*2", "price": "1900",
                "payment": "cash", "note": "",
            ]
            let cell = change[column] ?? plain[column] ?? ""
            // By bytes: a comma with an accent on it is another character.
            guard cell.utf8.contains(where: { Array(",\"\n\r".utf8).contains($0) }) else {
                return cell
            }
            let doubled = cell.utf8.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
            return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
        }.joined(separator: ",")
    }
    return ([columns.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
}

@Suite struct PlanFileTests {
    @Test func everyColumn() throws {
        let columns = [
            "holds", "note", "payment", "price", "items", "window", "lng", "lat", "address",
            "phone", "customer", "stop", "sequence", "driver", "route", "depot", "date", "vehicle",
            "capacity_kg",
        ]
        let text = planCSV(
            [["holds": "20*3", "vehicle": "AB-1", "capacity_kg": "1000.5", "price": "47.5"]],
            header: columns)
        let file = try PlanFile.parse(text.utf8)
        #expect(file.rejected == [] && file.warnings.isEmpty)
        let row = try #require(file.rows.first)
        #expect(row.line == 2)
        #expect(row.date == CivilDate(yyyymmdd: 20_261_122))
        #expect(row.depot == "TTT" && row.route == "R1" && row.driver == "drv-01")
        #expect(row.sequence == 1 && row.stop == "S1" && row.vehicle == "AB-1")
        #expect(row.customer == "林小姐" && row.phone == "0900-000-001" && row.note == "")
        #expect(row.latE7 == 227_555_560 && row.lngE7 == 1_211_503_040)
        #expect(row.window == TimeWindow(startMinute: 480, endMinute: 600))
        #expect(row.items == [PlanItem(product: "20kg", quantity: 2)])
        #expect(row.holding == [.kg20: 3])
        #expect(row.priceCents == 4750 && row.payment == "cash")
        #expect(row.capacityGrams == 1_000_500)
    }

    /// The ways in which the same file may be written.
    @Test(arguments: [
        "LF", "CRLF", "CR", "BOM", "BOM CRLF", "no last line end", "capitals", "blank",
    ])
    func sameFile(_ way: String) throws {
        let plain = planCSV([["note": "a\"b"], ["note": "門鈴壞了,請敲門"]])
        let expected = try PlanFile.parse(plain.utf8).rows
        var text = plain
        if way.contains("CRLF") { text = text.replacing("\n", with: "\r\n") }
        if way == "CR" { text = text.replacing("\n", with: "\r") }
        if way == "no last line end" { text.removeLast() }
        if way == "capitals" { text = text.replacing("date,depot", with: " Date ,DEPOT") }
        if way == "blank" { text += "\n,,,,,,,,,,,,,,,\n  \n" }
        let bytes = (way.contains("BOM") ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
        let file = try PlanFile.parse(bytes)
        #expect(expected.count == 2)
        #expect(file.rows == expected)
        #expect(file.rejected == [])
        #expect(file.rows.map(\.line) == [2, 3])
    }

    @Test func lineEndsInQuotesAreKeptAndCounted() throws {
        let text = planCSV([["note": "一樓\r\n二樓\n三樓"], ["driver": ""]])
        let file = try PlanFile.parse(text.utf8)
        #expect(file.rows.first.map { Array($0.note.utf8) } == Array("一樓\r\n二樓\n三樓".utf8))
        #expect(file.rejected.map(\.line) == [5])
    }

    @Test func namesAreKeptByteForByte() throws {
        let composed = try PlanFile.parse(planCSV([["customer": "\u{E9}"]]).utf8).rows
        let decomposed = try PlanFile.parse(planCSV([["customer": "e\u{301}"]]).utf8).rows
        #expect(composed != decomposed)
    }

    @Test func unknownColumnsAreReported() throws {
        let columns = try #require(planCSV([]).split(separator: "\n").first).split(separator: ",")
        let text = planCSV([["區域": "A"]], header: columns.map(String.init) + ["區域"])
        let file = try PlanFile.parse(text.utf8)
        #expect(file.rows.count == 1)
        #expect(file.warnings.map(\.unknownColumn) == ["區域"])
        #expect(file.warnings.first?.message(in: .en).contains("區域") == true)
    }

    @Test(arguments: [
        ("window", "", nil), ("window", "0", "08:00-20:00"), ("window", "1", "08:00-12:00"),
        ("window", "2", "12:00-17:00"), ("window", "３", "17:00-20:00"),
        ("window", "8:00～10:30", "08:00-10:30"), ("window", "22:00-24:00", "22:00-24:00"),
        ("payment", "現金", "cash"), ("payment", "月結", "monthly"), ("payment", "Cheque", "check"),
        ("payment", "已預付", "prepaid"), ("payment", "信用卡", "credit_card"), ("payment", "", nil),
        ("date", "115/11/22", "2026-11-22"), ("date", "1151122", "2026-11-22"),
        ("items", "20kg＊２＋營20*1", "20kg*2+ying20*1"), ("items", "", nil),
        ("price", "", nil), ("price", "NT$1,900", "1900"), ("price", "47.50", "47.5"),
        ("lat", "22.75555649", "22.7555565"), ("lat", "-0.5", "-0.5"), ("sequence", "007", "7"),
    ] as [(String, String, String?)])
    func normalises(_ column: String, _ found: String, _ written: String?) throws {
        let file = try PlanFile.parse(planCSV([[column: found]]).utf8)
        #expect(file.rejected == [])
        let text = PlanFile.csv(file.rows).split(separator: "\n")
        let header = try #require(text.first).split(separator: ",")
        let cells = try #require(text.last).split(separator: ",", omittingEmptySubsequences: false)
        let index = try #require(header.firstIndex { $0 == column })
        #expect(cells[index] == written ?? "")
    }

    @Test func jsonSaysTheSame() throws {
        let rows = try PlanFile.parse(planCSV([["note": "a\"b\n\u{1F600}"], [:]]).utf8).rows
        func object(_ sequence: Int, _ note: String) -> String {
            """
            {"date":"2026-11-22","depot":"TTT","route":"R1","driver":"drv-01",
             "sequence":\(sequence),"stop":"S\(sequence)","customer":"\\u6797小姐",
             "phone":"0900-000-001","address":"臺東市中山路276號","lat":22.755556,
             "lng":121.150304,"window":"1","window_":null,"items":"20kg*2","price":1900.00,
             "payment":"cash","note":\(note),"vehicle":null}
            """.replacing("\"window\":\"1\"", with: "\"window\":\"08:00-10:00\"")
        }
        let objects = object(1, "\"a\\\"b\\n\\ud83d\\ude00\"") + ",\n" + object(2, "null")
        for text in ["[\(objects)]", "\u{FEFF} {\"day\":1,\"stops\":[\(objects)]}"] {
            let file = try PlanFile.parse(text.utf8)
            #expect(file.rejected == [])
            #expect(file.rows == rows)
            #expect(file.warnings.map(\.unknownColumn) == ["window_"])
        }
    }
}
