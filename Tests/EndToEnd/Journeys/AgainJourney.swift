import Foundation
import TestSupport
import Testing

extension Journeys {
    private struct Tapped: Decodable {
        var stop: Stop?
        var warnings: [String]?

        struct Stop: Decodable {
            var cashCents: Int
            var delivered: [String: Int]
            var failure: String?
            var status: String
        }
    }

    private struct Box: Decodable {
        var receivedCents: Int
        var uncollectedCents: Int?
        var uncollectedStops: [String]?
    }

    @Test("Failed, and delivered after all: the failure is corrected, and the sums are right")
    func afterAll() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date]
        func done(_ arguments: String...) async throws -> Tapped {
            let run = try await phone.run(arguments + day)
            try #require(run.status == 0, "\(arguments): \(run.errors)")
            return try HubJSON.read(run.output)
        }
        #expect(try await done("stop", "fail", "S1", "--reason", "absent").stop?.status == "failed")
        // Whoever tries to complete it is told of what works.
        let closed = try await phone.run(["stop", "complete", "S1"] + day)
        #expect(closed.status == 3 && closed.errors.contains("lucky stop correct 1"))
        let after = try await done(
            "stop", "correct", "S1", "--delivered", "20kg=2", "--collected", "20kg=1")
        #expect(after.stop?.status == "delivered" && after.stop?.delivered == ["20kg": 2])
        #expect(after.stop?.failure == nil && after.warnings == ["no_cash"])
        let paid = try await done("stop", "correct", "S1", "--cash", "1900")
        #expect(paid.stop?.cashCents == 190_000 && paid.warnings == nil)
        // Counted again: the second count stands, not both.
        let counted = try await done("stop", "correct", "S1", "--delivered", "20kg=1")
        #expect(counted.stop?.delivered == ["20kg": 1])
        try await phone.sync()
        let report = try await depot.dispatch("report", "day")
        #expect(report.output.contains(#""cash_cents":190000"#), "\(report.output)")
        let plan = try await depot.dispatch("plan", "show")
        let stop = try HubJSON.read(plan.output, as: HubJSON.Plan.self).stops
            .first { $0.stop == "S1" }
        #expect(stop?.status == "partially_delivered")
    }

    @Test("What was saved and can hardly be meant is said at once, in both languages")
    func oddTaps() async throws {
        let depot = try await Depot(stops: 6)
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date]
        func warnings(_ arguments: String...) async throws -> [String]? {
            let run = try await phone.run(arguments + day)
            try #require(run.status == 0, "\(arguments): \(run.errors)")
            return try HubJSON.read(run.output, as: Tapped.self).warnings
        }
        _ = try await phone.run(["shift", "in", "--float", "500"] + day)
        #expect(try await warnings("stop", "complete", "S1") == ["no_cash"])
        #expect(try await warnings("stop", "complete", "S2", "--cash", "1900") == nil)
        #expect(
            try await warnings(
                "stop", "complete", "S6", "--delivered", "20kg=3", "--cash", "100")
                == ["less_cash", "more_than_ordered"])
        let box = try await phone.run(["cash"] + day)
        let said = try HubJSON.read(box.output, as: Box.self)
        #expect(said.receivedCents == 200_000 && said.uncollectedCents == 190_000)
        #expect(said.uncollectedStops == ["S1"])

        let text = try depot.office.file("notes.txt", "not a picture".utf8)
        let picture = try depot.office.file("door.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3])
        let empty = try depot.office.file("empty.jpg", [UInt8]())
        #expect(try await warnings("stop", "photo", "S1", text) == ["no_picture"])
        #expect(try await warnings("stop", "photo", "S1", picture) == nil)
        let nothing = try await phone.run(["stop", "photo", "S1", empty] + day)
        #expect(nothing.status == 64)
        #expect(
            try HubJSON.read(nothing.errors, as: HubJSON.Failed.self).code == "empty_photo")

        #expect(
            try await warnings("stop", "complete", "S3", "--cash", "1900", "--despite-cancel")
                == ["not_cancelled"])
        try await depot.plan("cancel", "S4")
        try await phone.sync()
        #expect(
            try await warnings("stop", "complete", "S4", "--cash", "1900", "--despite-cancel")
                == nil)
        for (language, words) in [("en", "Stops still open: 1 (5)"), ("zh-Hant", "還有 1 站沒有結束：5")] {
            let run = try await Command.run(
                Repository.program("lucky").path,
                [
                    "shift", "out", "--counted", "0", "--dry-run", "--db", phone.db, "--lang",
                    language,
                ]
                    + day)
            #expect(run.status == 0 && run.errors.contains(words), "\(run.errors)")
        }
        #expect(
            try await warnings("shift", "out", "--counted", "7")
                == ["stops_open", "count_differs"])
        // A part of the order is not said to be all of it, and whose stop it is stands there.
        let part = try await Command.run(
            Repository.program("lucky").path,
            ["stop", "complete", "S5", "--delivered", "20kg*1", "--cash", "950", "--lang", "en"]
                + ["--db", phone.db] + day)
        #expect(part.output.contains("delivered in part, missing 1 × 20 kg"), "\(part)")
        #expect(part.output.contains("S5  王小姐"), "\(part.output)")
        #expect(
            try await warnings("stop", "correct", "S5", "--withdraw", "handover") == ["cash_alone"])
        let shown = try await Command.run(
            Repository.program("lucky").path,
            ["stop", "show", "S5", "--lang", "en", "--db", phone.db] + day)
        #expect(shown.output.contains("cash NT$950"), "\(shown.output)")
    }

    @Test("A record that waits is said to wait, whatever it is; what is no stop is not called one")
    func plainCauses() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date]
        func text(_ arguments: [String]) async throws -> Command.Result {
            try await Command.run(
                Repository.program("lucky").path, arguments + ["--db", phone.db, "--lang", "en"])
        }
        try await phone.record("S1", .noted("門口有狗"))
        let shown = try await text(["route", "show"] + day)
        #expect(shown.output.contains("(records waiting to be sent: 1)"), "\(shown.output)")

        let gone = depot.office.folder.path("gone.sqlite")
        let restore = try await text(["restore", gone])
        #expect(restore.status == 64 && restore.errors.contains("no backup at \(gone)"))
        #expect(!restore.errors.contains("init"))
        let notes = try depot.office.file("notes.txt", "nothing of ours, but long enough".utf8)
        chmod(notes, 0o644)
        let other = try await Command.run(
            Repository.program("lucky").path, ["status", "--db", notes, "--lang", "en"])
        #expect(other.status == 5 && other.errors.contains("not a store"), "\(other.errors)")
        #expect(!other.errors.contains("chmod"))
        let blank = try depot.office.file("blank", "\n".utf8)
        for (file, words) in [(blank, "is empty"), (gone, "Cannot read the token file")] {
            let login = try await text(["login", "--token-file", file])
            #expect(login.status == 64 && login.errors.contains(words), "\(login.errors)")
        }
        let long = String(repeating: "字", count: 5_460)
        let large = try await text(
            [
                "stop", "add", "--customer", "陳", "--address", long, "--note", long, "--delivered",
                "16kg=1", "--recipient", long, "--phone", long,
            ] + day)
        #expect(large.status == 3 && !large.errors.contains("photo"), "\(large.errors)")
        let nothing = try await text(["stop", "correct", "S2", "--cash", "5"] + day)
        #expect(nothing.status == 3 && nothing.errors.contains("lucky stop show 2"))
    }
}
