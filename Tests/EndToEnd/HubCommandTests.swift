import Foundation
import TestSupport
import Testing

/// The hub's own program, as its operator and its dispatcher use it.
struct HubCommandTests {
    let office: HubOffice

    init() async throws { office = try await HubOffice() }

    @Test("A secret is private, is never overwritten, and is not read when others can")
    func secret() async throws {
        #expect(try office.mode(office.secret) == 0o600)
        let before = try Data(contentsOf: URL(filePath: office.secret))
        #expect(Data(base64Encoded: before.dropLast())?.count == 48)
        let again = try await office.hub("secret", "create", office.secret, "--json")
        #expect(again.status == 3)
        #expect(try HubJSON.read(again.errors, as: HubJSON.Failed.self).code == "file_exists")
        #expect(try Data(contentsOf: URL(filePath: office.secret)) == before)

        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: office.secret)
        let refused = try await office.hub(
            "token", "issue", "--person", "a", "--role", "office", "--depot", "taitung",
            "--secret-file", office.secret, "--json")
        #expect(refused.status == 3 && refused.output.isEmpty)
        let failure = try HubJSON.read(refused.errors, as: HubJSON.Failed.self)
        #expect(failure.code == "secret_readable_by_others")
        let serve = try await office.hub(
            "serve", "--db", office.db, "--depot", "taitung", "--secret-file", office.secret)
        #expect(serve.status == 3 && serve.output.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: office.db))
    }

    @Test("A token goes to standard output or into a private file; no secret is an error")
    func token() async throws {
        let printed = try await office.hub(
            "token", "issue", "--person", "drv-01", "--role", "driver", "--depot", "taitung",
            "--secret-file", office.secret)
        #expect(printed.status == 0)
        #expect(printed.output.split(separator: ".").count == 3)
        #expect(try office.mode(try await office.token("boss")) == 0o600)
        let missing = try await office.hub(
            "token", "issue", "--person", "drv-01", "--role", "driver", "--depot", "taitung",
            environment: ["LUCKY_HUB_SECRET": ""])
        #expect(missing.status == 64)
        let short = try await office.hub(
            "token", "issue", "--person", "drv-01", "--role", "driver", "--depot", "taitung",
            environment: ["LUCKY_HUB_SECRET": "short"])
        #expect(short.status == 3 && !short.errors.contains("“short”"))
        let king = try await office.hub(
            "token", "issue", "--person", "x", "--role", "king", "--depot", "taitung")
        #expect(king.status == 64)
    }

    @Test("Serving says one line, keeps its file to itself, and ends with 0 on SIGTERM")
    func serve() async throws {
        let hub = try await office.serve()
        #expect(hub.ready.depot == "taitung")
        #expect(hub.ready.history.count == 32)
        #expect(hub.ready.address.hasPrefix("http://127.0.0.1:"))
        #expect(try office.mode(office.db) == 0o600)

        let second = try await office.hub(
            "serve", "--db", office.db, "--depot", "taitung", "--secret-file", office.secret,
            "--json")
        #expect(second.status == 3 && second.output.isEmpty)
        #expect(try HubJSON.read(second.errors, as: HubJSON.Failed.self).code == "in_use")
        let beside = try await office.hub("plan", "show", "--db", office.db)
        #expect(beside.status == 3 && beside.errors.contains("--hub"))

        #expect(await hub.end() == 0)
        let other = try await office.hub(
            "serve", "--db", office.db, "--depot", "hualien", "--secret-file", office.secret,
            "--json")
        #expect(try HubJSON.read(other.errors, as: HubJSON.Failed.self).code == "other_depot")

        let back = try await office.serve()
        #expect(back.ready.history == hub.ready.history)
        #expect(await back.end(SIGINT) == 0)
    }

    @Test("The same plan twice changes nothing; a changed row is an edit; a vanished one is named")
    func importing() async throws {
        let day = try office.file("day.csv", HubPlan.day.utf8)
        let first = try await imported(day)
        #expect(first.applied && first.created == 5 && first.written > 0)
        let second = try await imported(day)
        #expect(second.unchanged == 5 && second.created == 0 && second.written == 0)

        let other = try office.file(
            "other.csv",
            (HubPlan.header + HubPlan.row("S1", 1, window: "14:00-16:00")
                + HubPlan.row("S2", 2)).utf8)
        let third = try await imported(other)
        #expect(third.edited.map(\.stop) == ["S1"] && third.edited.first?.fields == ["window"])
        #expect(third.vanished.map(\.stop) == ["S3"])
        #expect(third.vanished.allSatisfy { !$0.cancelled })
        let dry = try await imported(other, "--cancel-missing", "--dry-run")
        #expect(!dry.applied && dry.written == 0)
        let fourth = try await imported(other, "--cancel-missing")
        #expect(fourth.vanished.map(\.cancelled) == [true])
        let plan = try await plan()
        #expect(plan.stops.first { $0.stop == "S3" }?.status == "cancelled")
        #expect(plan.stops.first { $0.stop == "S1" }?.window == "14:00-16:00")
    }

    @Test("Rejected rows are named with line and reason in the caller's language; nothing changes")
    func badRows() async throws {
        let broken = try office.file(
            "broken.csv",
            (HubPlan.header + HubPlan.row("S1", 1) + HubPlan.row("S2", 2, items: "99kg*1")
                + "2026-11-22,taitung,R1\n").utf8)
        let db = ["--db", office.db, "--depot", "taitung"]
        let english = try await office.run(["plan", "import", broken] + db)
        #expect(english.status == 1)
        #expect(english.output.contains("Line 3:") && english.output.contains("99kg"))
        #expect(english.output.contains("Line 4:"))
        let chinese = try await office.run(["plan", "import", broken, "--lang", "zh-Hant"] + db)
        #expect(chinese.output.contains("第 3 行") && chinese.errors.contains("沒有任何變更"))
        #expect(try await plan().stops.isEmpty)

        let json = try await office.run(["plan", "import", broken, "--partial", "--json"] + db)
        #expect(json.status == 1)
        let reply = try HubJSON.read(json.output, as: HubJSON.Imported.self)
        #expect(reply.applied && reply.created == 1)
        #expect(reply.rejected.map(\.line) == [3, 4])
        #expect(reply.rejected.map(\.reason) == ["unknown_product", "field_count"])
        #expect(try await plan().stops.map(\.stop) == ["S1"])
    }

    @Test("A Big5 file, an empty one and a missing one get a clear error")
    func badFiles() async throws {
        let db = ["--db", office.db, "--depot", "taitung"]
        // 王小姐 in Big5.
        let name: [UInt8] = [0xA4, 0xFD, 0xA4, 0x70, 0xA9, 0x6A]
        let row = HubPlan.row("S1", 1).split(separator: "王小姐", maxSplits: 1)
        try #require(row.count == 2)
        let ascii = row.map { $0.utf8.filter { $0 < 0x80 } }
        let big5 = try office.file(
            "big5.csv", Array(HubPlan.header.utf8) + ascii[0] + name + ascii[1])
        let wrong = try await office.run(["plan", "import", big5, "--json"] + db)
        #expect(wrong.status == 1 && wrong.output.isEmpty)
        let failure = try HubJSON.read(wrong.errors, as: HubJSON.Failed.self)
        #expect(failure.code == "not_utf8" && failure.message.contains("Big5"))
        let empty = try await office.run(["plan", "import", try office.file("e", [])] + db)
        #expect(empty.status == 1)
        let missing = try await office.run(["plan", "import", office.folder.path("no")] + db)
        #expect(missing.status == 64)
        let noHub = try await office.hub("plan", "show", "--db", office.folder.path("none"))
        #expect(noHub.status == 64)
        #expect(!FileManager.default.fileExists(atPath: office.folder.path("none")))
        let noSQLite = try await office.hub("plan", "show", "--db", big5)
        #expect(noSQLite.status == 5)
    }

    @Test("A backup of a serving hub is whole, private, never over another file")
    func backup() async throws {
        let hub = try await office.serve()
        let web = ["--hub", hub.ready.address, "--token-file", try await office.token("boss")]
        let day = try office.file("day.csv", HubPlan.day.utf8)
        #expect(try await office.run(["plan", "import", day] + web).status == 0)
        let copy = office.folder.path("copy.sqlite")
        let made = try await office.hub("backup", copy, "--db", office.db)
        #expect(made.status == 0, "\(made.errors)")
        #expect(try office.mode(copy) == 0o600)
        #expect(try await office.hub("backup", copy, "--db", office.db).status == 3)
        let note = try await office.run(
            ["plan", "set", "S1", "--note", "later", "--date", HubPlan.date] + web)
        #expect(note.status == 0, "\(note.errors)")
        let shown = try await office.hub(
            "plan", "show", "--db", copy, "--date", HubPlan.date, "--json")
        let plan = try HubJSON.read(shown.output, as: HubJSON.Plan.self)
        #expect(plan.stops.map(\.stop) == ["S1", "S2", "S3", "T1", "T2"])
        #expect(plan.stops.first?.note == "")
        #expect(await hub.end() == 0)
        let started = try await RunningHub(
            ["--db", copy, "--secret-file", office.secret],
            errors: office.folder.url.appending(path: "copy.log"))
        #expect(started.ready.history != hub.ready.history)
        #expect(await started.end() == 0)
    }

    @Test("Nothing is made where the port is taken, nor beside a phone's store")
    func nothingIsMade() async throws {
        func names() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: office.folder.url.path).sorted()
        }
        let hub = try await office.serve()
        let port = try #require(URL(string: hub.ready.address)?.port)
        let phone = office.folder.path("driver.sqlite")
        let made = try await Command.run(
            Repository.program("lucky").path, ["init", "--driver", "drv-1", "--db", phone])
        try #require(made.status == 0, "\(made.errors)")
        let secret = ["--depot", "taitung", "--secret-file", office.secret, "--json"]
        let (before, bytes) = (try names(), try Data(contentsOf: URL(filePath: phone)))
        let taken = try await office.run(
            ["serve", "--db", office.folder.path("new.sqlite"), "--port", "\(port)"] + secret)
        #expect(taken.status == 1)
        #expect(try HubJSON.read(taken.errors, as: HubJSON.Failed.self).code == "cannot_listen")
        let copy = office.folder.path("copy.sqlite")
        for arguments in [
            ["serve", "--db", phone] + secret, ["plan", "show", "--db", phone, "--json"],
            ["backup", copy, "--db", phone, "--json"],
            ["restore", office.db, "--db", phone, "--json"],
            ["restore", phone, "--db", copy, "--json"],
        ] {
            let refused = try await office.run(arguments)
            #expect(refused.status == 5, "\(arguments)")
            let code = try HubJSON.read(refused.errors, as: HubJSON.Failed.self).code
            #expect(code == "not_a_hub_file", "\(arguments)")
        }
        #expect(try names() == before)
        #expect(try Data(contentsOf: URL(filePath: phone)) == bytes)
        #expect(await hub.end() == 0)
    }

    private func imported(_ file: String, _ flags: String...) async throws -> HubJSON.Imported {
        let result = try await office.run(
            ["plan", "import", file, "--db", office.db, "--depot", "taitung", "--json"] + flags)
        try #require(result.status == 0, "\(result.errors)")
        return try HubJSON.read(result.output)
    }

    private func plan() async throws -> HubJSON.Plan {
        let result = try await office.hub(
            "plan", "show", "--db", office.db, "--date", HubPlan.date, "--json")
        return try HubJSON.read(result.output)
    }
}
