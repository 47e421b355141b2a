import LuckyModel
import Testing

@Suite struct PlanFileRefusalTests {
    @Test(
        arguments: [
            ("date", "", .missing), ("date", "2026-11-31", .badDate),
            ("date", "1937-11-22", .badDate),
            ("depot", " ", .missing), ("route", "", .missing), ("driver", "", .missing),
            ("stop", "", .missing), ("driver", "a\nb", .badName),
            ("stop", String(repeating: "x", count: 200), .badName),
            ("sequence", "0", .badSequence), ("sequence", "-1", .badSequence),
            ("sequence", "10001", .badSequence), ("sequence", "1.0", .badSequence),
            ("sequence", "", .missing), ("lat", "", .badCoordinate), ("lng", "", .badCoordinate),
            ("lat", "121.15", .badCoordinate), ("lat", "north", .badCoordinate),
            ("lng", "180.0000001", .badCoordinate), ("lng", "1e2", .badCoordinate),
            ("window", "10:00-08:00", .badWindow), ("window", "4", .badWindow),
            ("window", "08:60-10:00", .badWindow), ("window", "20:00-25:00", .badWindow),
            ("items", "20kg", .badItems), ("items", "21kg*1", .unknownProduct),
            ("items", "20kg*-2", .badCount), ("items", "20kg*0", .badCount),
            ("items", "20kg*10001", .badCount), ("items", "20kg*6000+20kg*6000", .badCount),
            ("price", "-5", .badPrice), ("price", "1.234", .badPrice), ("price", "free", .badPrice),
            ("price", "10000001", .badPrice), ("payment", "bitcoin", .unknownPayment),
            ("note", String(repeating: "字", count: 700), .tooLong),
        ] as [(String, String, Rejection.Reason)])
    func cell(_ column: String, _ found: String, _ reason: Rejection.Reason) throws {
        let file = try PlanFile.parse(planCSV([[:], [column: found]]).utf8)
        #expect(file.rows.count == 1)
        #expect(file.rejected.map(\.reason) == [reason])
        let rejection = try #require(file.rejected.first)
        #expect(rejection.line == 3)
        #expect(rejection.column == column)
        #expect(rejection.stop == (column == "stop" ? nil : "S2"))
        for language in Language.allCases {
            #expect(!rejection.message(in: language).contains("{"))
        }
    }

    @Test func allThatIsWrongWithARow() throws {
        let text = planCSV([["driver": "", "price": "x", "items": "20kg*0"]])
        let file = try PlanFile.parse(text.utf8)
        #expect(Set(file.rejected.compactMap(\.column)) == ["driver", "price", "items"])
    }

    @Test(
        arguments: [
            (["stop": "S1"], .duplicateStop),
            (["stop": "S1", "date": "2026-11-23"], .duplicateStop),
            (["sequence": "1"], .duplicateSequence),
        ] as [([String: String], Rejection.Reason)])
    func contradiction(_ second: [String: String], _ reason: Rejection.Reason) throws {
        let header = try #require(planCSV([]).split(separator: "\n").first).split(separator: ",")
        let text = planCSV(
            [["vehicle": "A", "capacity_kg": "1"], second],
            header: header.map(String.init) + ["vehicle", "capacity_kg"])
        let file = try PlanFile.parse(text.utf8)
        #expect(file.rows.map(\.stop) == ["S1"])
        #expect(file.rejected.map(\.reason) == [reason])
        #expect(file.rejected.first?.line == 3)
        #expect(file.rejected.first?.firstLine == 2)
        #expect(file.rejected.first?.message(in: .en).lowercased().contains("line 2") == true)
    }

    @Test(
        "A route with two drivers, vehicles or capacities: which line is mistyped nobody can tell",
        arguments: [
            ("driver", "drv-02", .twoDrivers), ("vehicle", "B", .twoVehicles),
            ("capacity_kg", "2", .twoCapacities),
        ] as [(String, String, Rejection.Reason)])
    func routeInDoubt(_ column: String, _ value: String, _ reason: Rejection.Reason) throws {
        let header = try #require(planCSV([]).split(separator: "\n").first).split(separator: ",")
        var rows = Array(repeating: ["vehicle": "A", "capacity_kg": "1"], count: 4)
        rows[0][column] = value
        rows[3]["route"] = "R2"
        let text = planCSV(rows, header: header.map(String.init) + ["vehicle", "capacity_kg"])
        let file = try PlanFile.parse(text.utf8)
        #expect(file.rows.map(\.stop) == ["S4"])
        #expect(file.rejected.map(\.reason) == [reason, reason, reason])
        #expect(file.rejected.map(\.line) == [2, 3, 4])
        #expect(file.rejected.map(\.firstLine) == [3, 2, 2])
        #expect(file.rejected[1].message(in: .en).lowercased().contains("line 2"))
    }

    @Test func longitudeFirst() throws {
        let file = try PlanFile.parse(planCSV([["lat": "121.15", "lng": "22.756"]]).utf8)
        #expect(file.rejected.first?.message(in: .zhHant).contains("緯度在前") == true)
    }

    @Test func whatIsNoContradiction() throws {
        let file = try PlanFile.parse(
            planCSV([
                [:], ["sequence": "1", "route": "R2", "driver": "drv-02"],
                ["sequence": "1", "driver": "drv-02", "date": "2026-11-23"],
                ["sequence": "1", "stop": "S1", "driver": "drv-03", "depot": "CG"],
            ]).utf8)
        #expect(file.rejected == [])
        #expect(file.rows.count == 4)
    }

    @Test func aSecondRowOfARejectedStop() throws {
        let file = try PlanFile.parse(planCSV([["price": "x"], ["stop": "S1"]]).utf8)
        #expect(file.rows.isEmpty)
        #expect(file.rejected.map(\.reason) == [.badPrice, .duplicateStop])
    }

    @Test func brokenRows() throws {
        let text = planCSV([[:], [:]]) + "2026-11-22,TTT\n\"2026\"x,TTT\n"
        let file = try PlanFile.parse(text.utf8)
        #expect(file.rows.count == 2)
        #expect(file.rejected.map(\.reason) == [.fieldCount, .badQuote])
        #expect(file.rejected.map(\.line) == [4, 5])
    }

    private func problem(_ bytes: some Sequence<UInt8>) -> Rejection? {
        do {
            _ = try PlanFile.parse(bytes)
            return nil
        } catch { return error.problem }
    }

    @Test func big5() throws {
        // 林小姐 in Big5, in the third line.
        let big5: [UInt8] = [0xAA, 0x4C, 0xA4, 0x70, 0xA9, 0x6A]
        let mark = Array("XXXX".utf8)
        let text = Array(planCSV([[:], ["customer": "XXXX"]]).utf8)
        let index = try #require(text.indices.first { text[$0...].starts(with: mark) })
        let bytes = text[..<index] + big5 + text[(index + 4)...]
        let found = try #require(problem(bytes))
        #expect(found.reason == .notUTF8)
        #expect(found.line == 3)
        #expect(found.message(in: .zhHant).contains("UTF-8"))
        #expect(found.message(in: .en).contains("UTF-8"))
    }

    @Test func files() throws {
        let plain = planCSV([[:]])
        let utf16: [UInt8] =
            [0xFF, 0xFE] + plain.utf16.flatMap { unit in [UInt8(unit & 255), UInt8(unit >> 8)] }
        #expect(problem(utf16)?.reason == .notUTF8)
        #expect(problem([0x64, 0, 0x61, 0])?.reason == .notText)
        #expect(problem([])?.reason == .empty)
        #expect(problem("\u{FEFF}\r\n ".utf8)?.reason == .empty)
        #expect(problem(",,,\n,,\n".utf8)?.reason == .empty)
        #expect(problem("<html><body>404</body></html>".utf8)?.reason == .missingColumn)
        #expect(problem((plain + "\"open\n\n").utf8)?.reason == .openQuote)
        #expect(problem((plain + "\"open\n\n").utf8)?.line == 3)
        let twice = plain.replacing("depot,", with: "date,")
        #expect(problem(twice.utf8)?.reason == .duplicateColumn)
        let lacks = problem(plain.replacing("phone,", with: "tel,").utf8)
        #expect(lacks?.reason == .missingColumn)
        #expect(lacks?.column == "phone")
        let large = [UInt8](repeating: 65, count: PlanFile.maximumBytes + 1)
        #expect(problem(large)?.reason == .tooLarge)
    }

    @Test(arguments: [
        "{", "[", "[{]", "[1", "{\"a\":1}", "{\"stops\":{}}", "[{\"date\":01}]", "[nul]", "[] x",
        "[{\"date\":\"\u{9}\"}]", "[{\"stop\":\"\\ud800\"}]", "[{\"stop\":\"\\u0000\"}]",
        "{\"stops\":[],\"stops\":[]}", String(repeating: "[", count: 100_000), "[\"\\x\"]", "[1.]",
    ])
    func json(_ text: String) {
        #expect(problem(text.utf8)?.reason == .badJSON)
    }

    @Test func jsonRows() throws {
        let file = try PlanFile.parse(
            "[\n1,\n{\"stop\":\"A\",\"stop\":\"A\"},\n{\"stop\":[]},{\"date\":true}, {}]".utf8)
        #expect(file.rows.isEmpty)
        #expect(Set(file.rejected.map(\.line)) == [2, 3, 4])
        #expect(file.rejected.prefix(2).map(\.reason) == [.notAStop, .duplicateColumn])
    }
}
