import Foundation
import TestSupport
import Testing

extension Journeys {
    private struct Checked: Decodable {
        var routes: [Route]

        struct Route: Decodable {
            var findings: [Finding]
            var startsAt: String

            struct Finding: Decodable { var kind: String }
        }
    }

    @Test("What a driver is answered: how much changed hands, whose stop it is now, what is gone")
    func answers() async throws {
        let depot = try await Depot(stops: 3)
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date]
        func said(_ arguments: [String]) async throws -> String {
            let run = try await Command.run(
                Repository.program("lucky").path, arguments + ["--db", phone.db, "--lang", "en"])
            try #require(run.status == 0, "\(arguments): \(run.errors)")
            return run.output
        }
        // What was left to the plan is said, and what a correction comes to.
        _ = try await said(["shift", "in", "--float", "500"])
        let tapped = try await said(["stop", "complete", "S1"] + day)
        #expect(tapped.contains("delivered 2 × 20 kg  empties –  cash NT$0"), "\(tapped)")
        let corrected = try await said(["stop", "correct", "S1", "--cash", "1800"] + day)
        #expect(corrected.contains("cash NT$1,800"), "\(corrected)")
        _ = try await said(["shift", "out", "--counted", "2300"])
        _ = try await said(["stop", "correct", "S1", "--cash", "1900"] + day)
        for (arguments, sum) in [
            (["stop", "complete", "S2", "--cash", "99999999999999999999"], "too large"),
            (["stop", "show", ""], "name the stop"),
        ] {
            let refused = try await phone.run(arguments + day + ["--lang", "en"])
            #expect(refused.status == 64 && refused.errors.contains(sum), "\(refused.errors)")
        }

        // By how its id begins, too; not by a few letters of it.
        let id = try HubJSON.read(
            try await phone.run(["stop", "show", "S1"] + day).output, as: Named.self
        ).stopID
        #expect(
            try await said(["stop", "show", String(id.prefix(10))] + day).contains("S1") == false)
        #expect(try await said(["stop", "show", String(id.prefix(10))] + day).hasPrefix(" 1  "))
        #expect(try await phone.run(["stop", "show", String(id.prefix(5))] + day).status == 3)

        // A stop that went to another driver is one that is known.
        try await depot.plan("reassign", "S3", "--to", "drv-2", "--to-route", "R2")
        try await phone.sync()
        #expect(try await said(["stop", "show", "S3"] + day).hasPrefix(" 3  "))
        let late = try await phone.run(["stop", "complete", "S3"] + day)
        let failed = try HubJSON.read(late.errors, as: HubJSON.Failed.self)
        #expect(late.status == 3 && failed.code == "handed_over", "\(late.errors)")

        // A picture that is gone is not said to be on this phone.
        let picture = try depot.office.file("door.jpg", [0xFF, 0xD8, 0xFF, 0xE0])
        _ = try await said(["stop", "complete", "S2", "--photo", picture] + day)
        #expect(try await !said(["route", "show"] + day).contains("gone from this phone"))
        try FileManager.default.removeItem(atPath: phone.db + "-blobs")
        for verb in [["stop", "show", "S2"], ["route", "show"], ["today"]] {
            let shown = try await said(verb + day)
            #expect(shown.contains("gone from this phone"), "\(shown)")
        }
    }

    private struct Named: Decodable {
        var stopID: String

        enum CodingKeys: String, CodingKey { case stopID = "id" }
    }

    @Test("Cash that comes after the count is said where the box is shown")
    func lateCash() async throws {
        let phone = try await LonePhone()
        try await phone.done("shift", "in", "--float", "500")
        try await phone.done("shift", "out", "--counted", "500")
        let before = try await phone.done("cash")
        #expect(!before.contains("After the count"))
        try await phone.done(
            "stop", "add", "--customer", "乙", "--delivered", "20kg=1", "--cash", "950")
        let after = try await phone.done("cash")
        #expect(after.contains("After the count: taken NT$950"), "\(after)")
    }

    @Test(
        "A day leaves the phone as JSON lines and as a table, whole, and with nothing to run in it")
    func exportedDay() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date]
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        let odd = "=SUM(1,2) \"甲\""
        let added = try await phone.run(
            ["stop", "add", "--customer", odd, "--delivered", "16kg=1", "--code", "X1"] + day)
        try #require(added.status == 0, "\(added.errors)")
        func text(_ arguments: String...) async throws -> String {
            let run = try await Command.run(
                Repository.program("lucky").path, ["export"] + arguments + day + ["--db", phone.db])
            try #require(run.status == 0, "\(run.errors)")
            return run.output
        }
        // Stop by stop what `route show` says of it, byte by byte.
        let shown = try await phone.run(["route", "show"] + day).output
        let lines = try await text("--format", "jsonl").split(separator: "\n")
        #expect(lines.count == 3)
        for (line, code) in zip(lines, ["S1", "X1", "S2"]) {
            // And what of its cash this driver took.
            let own = line.firstMatch(of: /"own_cash_cents":(\d+),/)
            #expect(own?.output.1 == (code == "S1" ? "190000" : "0"))
            let stop = line.replacing(/"own_cash_cents":\d+,/, with: "")
            #expect(shown.contains(stop) && stop.contains("\"code\":\"\(code)\""), "\(line)")
        }
        let rows = try await text("--format", "csv").components(separatedBy: "\r\n")
        #expect(rows.count == 5 && rows.last == "")
        let names = rows[0].components(separatedBy: ",")
        let cells = rows[1].components(separatedBy: ",")
        try #require(names.count == cells.count)
        let row = Dictionary(uniqueKeysWithValues: zip(names, cells))
        for (name, cell) in [
            ("date", HubPlan.date), ("route", "R1"), ("sequence", "1"), ("stop", "S1"),
            ("customer", "王小姐"), ("phone", "089-000000"), ("lat", "22.7547"),
            ("window", "08:00-10:00"), ("ordered", "20kg*2"), ("price_ntd", "1900"),
            ("payment", "cash"), ("status", "delivered"), ("delivered", "20kg*2"),
            ("collected", ""), ("cash_ntd", "1900"), ("unsent", "1"), ("own_cash_ntd", "1900"),
        ] {
            #expect(row[name] == cell, "\(name): \(row[name] ?? "-")")
        }
        #expect(rows[2].contains(#""'=SUM(1,2) ""甲""""#), "\(rows[2])")
    }

    @Test("A route is checked from the time that is named, and today from now on")
    func departures() async throws {
        let today = Self.taipei("yyyy-MM-dd")
        let rows = HubPlan.row("S1", 1) + HubPlan.row("S2", 2, window: "14:00-16:00")
        let plan = (HubPlan.header + rows).replacingOccurrences(of: HubPlan.date, with: today)
        let depot = try await Depot(plan: Data(plan.utf8))
        let phone = try await depot.phone("drv-1", synced: false)
        try await phone.sync()
        func checked(_ more: String...) async throws -> Checked.Route {
            let run = try await phone.run(["route", "check", "--date", today] + more)
            #expect(try CommandSchema.faults(of: run.output, "route-check") == [])
            let routes = try HubJSON.read(run.output, as: Checked.self).routes
            let late = routes.flatMap(\.findings).contains { $0.kind == "window" }
            #expect((run.status == 1) == late, "\(run.errors)")
            return try #require(routes.first)
        }
        func late(_ route: Checked.Route) -> Int { route.findings.count { $0.kind == "window" } }
        for (time, count) in [("07:30", 0), ("09:55", 0), ("10:00", 1), ("16:30", 2)] {
            let route = try await checked("--at", time)
            #expect(late(route) == count && route.startsAt == time, "\(time)")
        }
        // Between the two looks at the clock, unless the day has not begun.
        let before = max("07:30", Self.taipei("HH:mm"))
        let now = try await checked().startsAt
        let after = max("07:30", Self.taipei("HH:mm"))
        #expect(before <= now && now <= after || after < before)
        let order = try await phone.run(["route", "resequence", "--date", today, "--at", "09:00"])
        #expect(order.output.contains(#""starts_at":"09:00""#), "\(order.output)")
        let none = try await phone.run(["route", "check", "--date", "2020-01-01"])
        #expect(none.status == 3 && none.errors.contains("no_route"))
        let bad = try await phone.run(["route", "check", "--at", "25:00"])
        #expect(bad.status == 64)
    }

    private static func taipei(_ format: String) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 8 * 3_600)
        formatter.dateFormat = format
        return formatter.string(from: Date())
    }
}
