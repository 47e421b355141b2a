import Foundation
import TestSupport
import Testing

extension Journeys {
    private struct Told: Decodable {
        var code: String
        var hint: String
        var message: String
    }

    private struct Waiting: Decodable {
        struct Change: Decodable {
            var change: String
            var stops: [String]
        }

        var changes: [Change]
    }

    @Test("Whatever the office's program refuses, it says in the caller's language what to do next")
    func officeAdvice() async throws {
        let depot = try await Depot(stops: 2)
        let address = await depot.hub.ready.address
        let online = ["--hub", address, "--token-file", depot.boss, "--date", HubPlan.date]
        let nobody = ["--hub", "http://127.0.0.1:9", "--token-file", depot.boss]
        let damaged = depot.office.folder.path("damaged.sqlite")
        let copied = try await depot.office.hub("backup", damaged, "--db", depot.office.db)
        try #require(copied.status == 0, "\(copied.errors)")
        let pages = try FileHandle(forWritingTo: URL(filePath: damaged))
        try pages.seek(toOffset: 4_096)
        try pages.write(contentsOf: Data(repeating: 7, count: 200_000))
        try pages.close()
        let foreign = try depot.office.file("notes.txt", "no database at all, only words".utf8)
        let calls: [(arguments: [String], code: String, status: Int32)] = [
            (["plan", "set", "S9", "--note", "x"] + online, "unknown_stop", 3),
            (["plan", "reopen", "S1"] + online, "not_failed", 3),
            (["review", "show", "00"] + online.dropLast(2), "unknown_review", 3),
            (["review", "undo", "0000"] + online.dropLast(2), "unknown_review", 3),
            (["plan", "show"] + nobody, "offline", 4),
            (["plan", "show", "--hub", address], "no_token", 64),
            (["plan", "show", "--hub", "depot"], "bad_address", 64),
            (
                ["plan", "show", "--db", depot.office.folder.path("none.sqlite")], "file_missing",
                64
            ),
            (["plan", "show", "--db", damaged], "unusable", 5),
            (["plan", "show", "--db", foreign], "not_a_hub_file", 5),
            (["plan", "set", "S1", "--lat", "x"] + online, "bad_plan", 64),
            (
                [
                    "token", "issue", "--person", "a", "--role", "office", "--depot", "taitung",
                    "--secret-file", depot.office.folder.path("no-secret"),
                ], "secret_unreadable", 64
            ),
        ]
        for (arguments, code, status) in calls {
            for language in ["en", "zh-Hant"] {
                let run = try await depot.office.run(arguments + ["--json", "--lang", language])
                #expect(run.status == status && run.output.isEmpty, "\(arguments): \(run)")
                let told = try HubJSON.read(run.errors, as: Told.self)
                #expect(told.code == code && !told.hint.isEmpty, "\(arguments): \(told)")
                #expect(!told.hint.contains("{"), "\(told)")
                let isChinese = told.hint.unicodeScalars.contains { $0.value > 0x3000 }
                #expect(isChinese == (language == "zh-Hant"), "\(told)")
                // What a library says in English is no sentence of ours.
                #expect(!told.message.contains("connect to server"), "\(told)")
            }
        }
    }

    @Test("A record is found by the number that the outbox lists, a review by how its id begins")
    func shortNames() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        try await depot.plan("cancel", "S1")
        let day = ["--date", HubPlan.date]
        try #require(try await phone.run(["shift", "in", "--float", "500"] + day).status == 0)
        let tap = try await phone.run(["stop", "complete", "S1", "--cash", "1900"] + day)
        try #require(tap.status == 0, "\(tap.errors)")
        let listed = try HubJSON.read(
            try await phone.run(["outbox", "list"]).output, as: Waiting.self
        ).changes
        // The time on duty is no stop.
        #expect(listed.map(\.stops) == [[], ["S1"]])
        let last = try #require(listed.last)
        let start = String(last.change.prefix(8))
        let text = try await Command.run(
            Repository.program("lucky").path, ["outbox", "list", "--db", phone.db, "--lang", "en"])
        #expect(text.output.contains(start), "\(text.output)")
        for verb in ["show", "export"] {
            let run = try await phone.run(["outbox", verb, start])
            #expect(run.status == 0 && run.output.contains(last.change), "\(verb): \(run)")
        }
        try await refused(phone, ["outbox", "show", "00000000"], "unknown_change")

        try await phone.sync()
        let list = try await depot.dispatch("review", "list", "--all")
        let id = try #require(list.output.firstMatch(of: /"review":"([0-9a-f]{32})"/)?.1)
        let office = [
            "--hub", await depot.hub.ready.address, "--token-file", depot.boss, "--lang", "en",
        ]
        for arguments in [
            ["review", "show", String(id.prefix(6))],
            ["review", "resolve", String(id.prefix(6)), "--outcome", "kept"],
            ["review", "undo", String(id.prefix(6))],
        ] {
            let run = try await depot.office.run(arguments + office)
            #expect(run.status == 0 && run.output.contains(id), "\(arguments): \(run)")
        }
    }

    @Test("Where two stops have one name, the refusal lists what each is found by")
    func oneName() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date]
        let added = try await phone.run(
            ["stop", "add", "--code", "S9", "--name", "林先生", "--delivered", "16kg=1"] + day)
        try #require(added.status == 0, "\(added.errors)")
        let plan = try depot.office.file("more.csv", (HubPlan.header + HubPlan.row("S9", 9)).utf8)
        let imported = try await depot.office.run(
            ["plan", "import", plan, "--hub", await depot.hub.ready.address]
                + ["--token-file", depot.boss])
        try #require(imported.status == 0, "\(imported.errors)")
        try await phone.sync()
        let refused = try await phone.run(["stop", "show", "S9"] + day)
        #expect(refused.status == 3)
        let told = try HubJSON.read(refused.errors, as: Told.self)
        #expect(told.code == "ambiguous_stop")
        let ids = told.message.matches(of: /[0-9a-f]{12}/).map { String($0.output) }
        #expect(Set(ids).count == 2, "\(told.message)")
        for id in ids {
            let shown = try await phone.run(["stop", "show", id] + day)
            #expect(shown.status == 0 && shown.output.contains(id), "\(shown)")
        }
    }

    @Test("What the depot has not is said, though it received every record")
    func picturesStay() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date]
        func text(_ arguments: [String]) async throws -> String {
            try await Command.run(
                Repository.program("lucky").path, arguments + ["--db", phone.db, "--lang", "en"]
            ).output
        }
        let said = "Stops whose photo or signature only this phone has, to be uploaded: 1"
        #expect(try await !text(["sync", "once"]).contains("only this phone"))
        let picture = try depot.office.file("door.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3])
        let tap = try await phone.run(
            ["stop", "complete", "S1", "--cash", "1900", "--photo", picture] + day)
        try #require(tap.status == 0, "\(tap.errors)")
        #expect(try await text(["sync", "once"]).contains(said))
        #expect(try await text(["outbox", "list"]).contains(said))
        #expect(try await text(["today"] + day).contains("only this phone has: 1"))
        let today = try await phone.run(["today"] + day)
        #expect(today.output.contains(#""proof_pending":1"#), "\(today.output)")
        let signed = try await text(["stop", "photo", "S2", picture, "--signature"] + day)
        #expect(signed.contains("Signature of stop 2 saved"), "\(signed)")
    }

    @Test(
        "A file that cannot be made is said to be that, before the work and not as a fault of the store"
    )
    func noFolder() async throws {
        let depot = try await Depot(stops: 1)
        let phone = try await depot.phone("drv-1")
        let nowhere = depot.office.folder.path("nowhere/copy")
        try await refused(phone, ["backup", nowhere], "not_written", 1)
        try await refused(phone, ["backup", nowhere, "--dry-run"], "not_written", 1)
        let run = try await Command.run(
            Repository.program("lucky").path,
            ["route", "simulate", "--demo", "--report", nowhere + ".html", "--json"])
        #expect(run.status == 1 && run.output.isEmpty, "\(run)")
        #expect(try HubJSON.read(run.errors, as: Told.self).code == "not_written")
    }

    @Test("A route that the office closed is shown as closed to its driver")
    func closedRoute() async throws {
        let depot = try await Depot(stops: 1)
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date]
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        try await phone.sync()
        #expect(try await !phone.run(["route", "show"] + day).output.contains("closed_ms"))
        try await depot.plan("close-route", "R1")
        try await phone.sync()
        #expect(try await phone.run(["route", "show"] + day).output.contains(#""closed_ms":"#))
        let text = try await Command.run(
            Repository.program("lucky").path,
            ["route", "show", "--db", phone.db, "--lang", "en"] + day)
        #expect(text.output.contains("The office closed this route at"), "\(text.output)")
    }

    @Test("A driver says that he set out and is done; then nobody wonders why the office closes it")
    func saidDone() async throws {
        let depot = try await Depot(stops: 2, others: 1)
        let phone = try await depot.phone("drv-1")
        let other = try await depot.phone("drv-2")
        let day = ["--date", HubPlan.date]
        let complete = ["route", "complete", "--route", "R1"] + day
        func said(_ words: [String]) async throws -> Command.Result {
            try await phone.run(words.filter { $0 != "--json" })
        }
        #expect(try await said(["route", "start"] + day).status == 0)
        try await refused(phone, ["route", "start"] + day, "already_said")
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        try await refused(phone, complete, "stops_open")
        let unknown = try await refused(
            phone, ["route", "complete", "--route", "R2"] + day, "no_route")
        #expect(unknown.contains("R2") && unknown.contains("R1"))
        try await phone.record("S2", .failed(reason: "absent"))
        let id = String(repeating: "7", count: 32)
        #expect(try await said(complete + ["--dry-run"]).status == 0)
        let trial = try await phone.run(["route", "show"] + day).output
        #expect(trial.contains("started_ms") && !trial.contains("completed_ms"))
        #expect(try await said(complete + ["--id", id]).output.contains(#""is_repeat":false"#))
        // The same tap again, as a script may do; another tap is refused.
        #expect(try await said(complete + ["--id", id]).output.contains(#""is_repeat":true"#))
        try await refused(phone, complete, "already_said")
        // Somebody wanted gas after that: then it is said again.
        let more = ["stop", "add", "--customer", "甲", "--route", "R1", "--delivered", "20kg=1"]
        #expect(try await said(more + day).status == 0)
        #expect(try await said(complete).status == 0)
        try await refused(phone, complete, "already_said")
        try await phone.sync()
        try await other.record("T1", .delivered(["20kg": 1], cash: 900))
        try await other.sync()
        for route in ["R1", "R2"] { try await depot.plan("close-route", route) }
        // Of the second nobody had said that it was done.
        let closed = try await depot.reviews().filter { $0.kind == "route_force_closed" }
        #expect(closed.count == 1)
        try await phone.sync()
        let text = try await Command.run(
            Repository.program("lucky").path,
            ["route", "show", "--db", phone.db, "--lang", "en"] + day
        ).output
        for words in ["Set out at", "Its driver was done at", "The office closed this route at"] {
            #expect(text.contains(words), "\(text)")
        }
    }

    private struct Stock: Decodable {
        struct Line: Decodable {
            var delivered: Int
            var left: Int
        }

        var products: [Line]
    }

    private struct Box: Decodable {
        struct Receipt: Decodable {
            var cashCents: Int
            var stop: String
        }

        var receivedCents: Int
        var stops: [Receipt]
    }

    @Test("Two trucks at one door: cash and cylinders are each driver's own, and both are said")
    func twoAtOneDoor() async throws {
        let depot = try await Depot(stops: 2)
        let first = try await depot.phone("drv-1")
        let second = try await depot.phone("drv-2")
        let day = ["--date", HubPlan.date]
        let tap = ["stop", "complete", "S1", "--delivered", "20kg=2", "--cash", "1900"] + day
        try #require(try await first.run(tap).status == 0)
        try await depot.plan("reassign", "S1", "--to", "drv-2")
        try await second.sync()
        try #require(try await second.run(tap).status == 0)
        try await first.sync()
        try await second.sync()

        let box = try HubJSON.read(try await second.run(["cash"] + day).output, as: Box.self)
        #expect(box.receivedCents == 190_000 && box.stops.map(\.cashCents) == [190_000])
        let before = try HubJSON.read(try await second.run(["stock"] + day).output, as: Stock.self)
        #expect(before.products.map(\.delivered) == [2])
        let text = try await Command.run(
            Repository.program("lucky").path,
            ["stop", "correct", "S1", "--cash", "1800", "--db", second.db, "--lang", "en"] + day)
        #expect(text.output.contains("delivered 2 × 20 kg  empties –  cash NT$1,800"))
        #expect(
            text.output.contains("others recorded at this stop too; in all: delivered 4 × 20 kg"))

        // Whose delivery is recorded is not told to record it once more.
        let gone = try await Command.run(
            Repository.program("lucky").path,
            ["stop", "correct", "S1", "--cash", "0", "--db", first.db, "--lang", "en"] + day)
        #expect(gone.status == 3 && gone.errors.contains("lucky-hub correct"), "\(gone.errors)")
        #expect(!gone.errors.contains("lucky stop add"), "\(gone.errors)")
    }

    @Test("Whoever ends his shift is told at once what was counted, and what is missing")
    func countAtTheEnd() async throws {
        let depot = try await Depot(stops: 1)
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date, "--db", phone.db, "--lang", "en"]
        try #require(try await phone.run(["shift", "in", "--float", "500"]).status == 0)
        let out = try await Command.run(
            Repository.program("lucky").path, ["shift", "out", "--counted", "20"] + day)
        #expect(out.output.contains("Counted NT$20, difference -NT$480"), "\(out.output)")
    }
}
