import Foundation
import LuckyModel
import LuckyWire
import TestSupport
import Testing

/// `--dry-run`: judged as for real, said, and not written.
struct DryRunTests {
    /// Every verb that records something, on a phone on duty with stops X1 (delivered) and X2.
    private static let verbs: [[String]] = [
        ["stop", "note", "X1", "門口有狗"], ["stop", "suggest", "X1", "--address", "南京路 9 號"],
        ["stop", "correct", "X1", "--delivered", "20kg=3"], ["stop", "meter", "X1", "12.5"],
        ["stop", "add", "--customer", "新客戶", "--delivered", "16kg=1"],
        ["shift", "drop", "1000"], ["shift", "out", "--counted", "4000"],
        ["route", "news"], ["hub", "set", "https://hub.example.tw"],
    ]

    private static func digest(of phone: LonePhone) throws -> String {
        try digest(of: phone.db)
    }

    /// Of a store's file and what lies beside it.
    private static func digest(of db: String) throws -> String {
        let file = URL(filePath: db)
        let folder = file.deletingLastPathComponent().path
        var bytes: [UInt8] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            // SQLite's index of the WAL changes with readers, too.
            guard name.hasPrefix(file.lastPathComponent), !name.hasSuffix("-shm") else { continue }
            bytes += Array(name.utf8)
            var isFolder: ObjCBool = false
            let path = folder + "/" + name
            if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
                isFolder.boolValue
            {
                let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
                bytes += names.flatMap { Array($0.utf8) }
                continue
            }
            bytes += [UInt8](FileManager.default.contents(atPath: folder + "/" + name) ?? Data())
        }
        return Hash256.sha256(bytes).hex
    }

    @Test("Nothing is written, in text and in JSON, and the answer says so")
    func nothingIsWritten() async throws {
        let phone = try await LonePhone()
        try await phone.done("shift", "in", "--float", "5000")
        try await phone.addStop("X1")
        // The file is as it will be: nothing is left in the WAL for the next to move.
        _ = try await phone.lucky("status")
        let before = try Self.digest(of: phone)
        for verb in Self.verbs {
            let dry = try await phone.run(verb + ["--dry-run", "--date", LonePhone.date])
            #expect(dry.status == 0, "\(verb): \(dry.errors)")
            #expect(dry.output.hasPrefix("(Dry run: nothing is written"), "\(verb): \(dry.output)")
            let json = try await phone.run(
                verb + ["--dry-run", "--json", "--date", LonePhone.date])
            #expect(json.output.contains(#""is_dry_run":true"#), "\(verb): \(json.output)")
            #expect(try Self.digest(of: phone) == before, "\(verb)")
        }
        let status = try await phone.done("status", "--json")
        #expect(status.contains(#""pending":2"#), "\(status)")
    }

    @Test("Nor on a day of the depot's: at a door, on duty, and of what waits to be sent")
    func plannedDay() async throws {
        var rows = HubPlan.header
        for (number, lat) in [(1, "22.75"), (2, "22.85"), (3, "22.76")] {
            rows += HubPlan.row("S\(number)", number, window: "")
                .replacingOccurrences(of: "22.7547", with: lat)
        }
        let depot = try await Depot(plan: Data(rows.utf8))
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date]
        let picture = try depot.office.file("door.jpg", [0xFF, 0xD8, 0xFF, 0xE0])
        try await phone.record("S3", .noted("門口有狗"))
        try await phone.record("S3", .arrived)
        let waiting = phone.ledger.entries.map(\.id)
        _ = try await phone.lucky("status")
        let before = try Self.digest(of: phone.db)
        let verbs = [
            ["stop", "arrive", "S1"],
            ["stop", "complete", "S1", "--cash", "1900", "--photo", picture],
            ["stop", "fail", "S1", "--reason", "absent"], ["stop", "photo", "S1", picture],
            ["shift", "in", "--float", "500"], ["route", "resequence", "--record"],
            ["sync", "once"], ["outbox", "retry"], ["sync", "watch"], ["verify"],
            ["doctor", "--sync", "--bundle", depot.office.folder.path("help.tar")],
        ]
        for verb in verbs {
            let json = try await phone.run(verb + ["--dry-run"] + day)
            #expect(json.status == 0, "\(verb): \(json.errors)")
            #expect(json.output.contains(#""is_dry_run":true"#), "\(verb): \(json.output)")
            #expect(try Self.digest(of: phone.db) == before, "\(verb)")
            let name = verb.prefix { !$0.hasPrefix("-") }.joined(separator: "-")
            if ["sync", "outbox", "verify", "doctor"].contains(verb[0]) {
                #expect(try CommandSchema.faults(of: json.output, name) == [])
            }
            guard verb[0] == "sync" || verb[0] == "outbox" else { continue }
            let places = waiting.map { json.output.range(of: $0)?.lowerBound }
            #expect(!places.contains(nil) && places.compactMap(\.self).sorted() == places)
            let text = try await Command.run(
                Repository.program("lucky").path,
                verb + ["--dry-run", "--db", phone.db, "--lang", "zh-Hant"] + day)
            #expect(text.status == 0 && text.output.contains("3 王小姐"), "\(text.output)")
        }
        #expect(!FileManager.default.fileExists(atPath: depot.office.folder.path("help.tar")))
        // The hub never heard of any of it.
        await depot.killHub()
        #expect(try await phone.run(["sync", "once", "--dry-run"]).status == 0)
        #expect(try await phone.status().outbox.pending == 2)
    }

    /// A token that nobody verifies: its second part names the driver.
    private static func token(_ person: String, in folder: TemporaryFolder) throws -> String {
        let claims = Data(#"{"sub":"\#(person)"}"#.utf8).base64EncodedString()
            .replacingOccurrences(of: "=", with: "")
        let path = folder.path(person)
        try Data("e30.\(claims).c2ln".utf8).write(to: URL(filePath: path))
        return path
    }

    private func names(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.url.path).sorted()
    }

    @Test("A store, a sign-in, a backup and a restore are tried, and no file is there afterwards")
    func files() async throws {
        let phone = try await LonePhone()
        try await phone.addStop("X1")
        let folder = try TemporaryFolder()
        let mine = try Self.token("drv-01", in: folder)
        let other = try Self.token("drv-02", in: folder)
        let (new, kept) = (folder.path("a/b/new.sqlite"), folder.path("kept.sqlite"))
        _ = try await phone.lucky("status")
        let before = (try Self.digest(of: phone), try names(folder))
        func lucky(_ arguments: [String], _ db: String) async throws -> Command.Result {
            try await Command.run(
                Repository.program("lucky").path, arguments + ["--db", db],
                environment: LonePhone.environment)
        }
        let create = ["init", "--driver", "drv-01", "--token-file", mine]
        let tries = [
            (create, new), (["login", "--token-file", mine], phone.db),
            (["backup", kept], phone.db),
        ]
        for (verb, db) in tries {
            let dry = try await lucky(verb + ["--dry-run"], db)
            #expect(dry.status == 0, "\(verb): \(dry.errors)")
            #expect(dry.output.hasPrefix("(Dry run: nothing is written"), "\(verb)")
            let json = try await lucky(verb + ["--dry-run", "--json"], db)
            #expect(json.output.contains(#""is_dry_run":true"#), "\(json.output)\(json.errors)")
            #expect((try Self.digest(of: phone), try names(folder)) == before, "\(verb)")
        }
        try await phone.done("backup", kept)
        let with = try names(folder)
        for db in [phone.db, new] {
            let dry = try await lucky(["restore", kept, "--dry-run"], db)
            #expect(dry.status == 0 && dry.output.contains("drv-01"), "\(dry.errors)")
            #expect(dry.output.contains("moved aside") == (db == phone.db), "\(dry.output)")
            #expect((try Self.digest(of: phone), try names(folder)) == (before.0, with))
        }
        // What would be lost, overwritten or another's is refused in the same words.
        let noStore = folder.path("no-store.sqlite")
        try Data("nothing of ours".utf8).write(to: URL(filePath: noStore))
        chmod(noStore, 0o600)
        try await phone.done("stop", "note", "X1", "甲", "--date", LonePhone.date)
        for (verb, code) in [
            (create, 3), (["login", "--token-file", other], 3), (["backup", kept], 3),
            (["restore", kept], 3), (["restore", noStore], 5),
        ] {
            let dry = try await lucky(verb + ["--dry-run"], phone.db)
            let real = try await lucky(verb, phone.db)
            #expect(dry.status == code && real.status == code, "\(verb): \(dry.errors)")
            #expect(dry.errors == real.errors, "\(verb)")
        }
        // Whoever can read it, what is no backup is named, and another one is asked for.
        for mode: mode_t in [0o600, 0o644] {
            chmod(noStore, mode)
            let none = try await lucky(["restore", noStore], phone.db)
            #expect(none.status == 5 && none.errors.contains("The backup \(noStore) is damaged"))
            #expect(none.errors.contains("take another backup"), "\(none.errors)")
        }
    }

    @Test("A file that an option names is tried, and not there afterwards")
    func writtenFiles() async throws {
        let phone = try await LonePhone()
        try await phone.addStop("X1")
        let listed = try await phone.done("outbox", "list", "--json")
        let change = try #require(listed.firstMatch(of: /"change":"([0-9a-f]+)"/)).output.1
        let file = phone.folder.path("written")
        let day = ["--date", LonePhone.date]
        for (verb, option) in [
            (["export"] + day, "--output"), (["outbox", "export", String(change)], "--output"),
            (["review", "export", "X1"] + day, "--output"),
            (["route", "simulate", "--demo"], "--report"),
        ] {
            func run(_ more: String...) async throws -> Command.Result {
                try await verb[0] == "route"
                    ? Command.run(
                        Repository.program("lucky").path, verb + more,
                        environment: LonePhone.environment) : phone.run(verb + more)
            }
            let dry = try await run(option, file, "--dry-run")
            #expect(dry.status == 0, "\(verb): \(dry.errors)")
            #expect(dry.output.contains("(Dry run: nothing is written"), "\(dry.output)")
            #expect(!FileManager.default.fileExists(atPath: file), "\(verb)")
            #expect(try await run("--dry-run").status == 64, "\(verb)")
            if verb[0] == "route" {
                let json = try await run(option, file, "--dry-run", "--json").output
                #expect(json.contains(#""is_dry_run":true"#))
                #expect(try CommandSchema.faults(of: json, "route-simulate") == [])
            }
            let real = try await run(option, file)
            #expect(real.status == 0 && !real.output.contains("(Dry run"), "\(real.errors)")
            let (again, real2) = (
                try await run(option, file, "--dry-run"), try await run(option, file)
            )
            #expect(again.status == 3 && again.errors == real2.errors, "\(verb)")
            try FileManager.default.removeItem(atPath: file)
        }
    }

    @Test("What a rule refuses is refused in a dry run, with the same words and code")
    func refused() async throws {
        let phone = try await LonePhone()
        try await phone.addStop("X1")
        for verb in [
            ["stop", "arrive", "X1"], ["shift", "drop", "10"], ["stop", "note", "X9", "a"],
        ] {
            let day = ["--date", LonePhone.date]
            let dry = try await phone.run(verb + ["--dry-run"] + day)
            let real = try await phone.run(verb + day)
            #expect(dry.status == 3 && real.status == 3, "\(verb): \(dry.errors)\(dry.output)")
            #expect(dry.errors == real.errors, "\(verb)")
        }
    }

    @Test("A copy that a killed dry run left behind goes away with the next")
    func leftBehind() async throws {
        let phone = try await LonePhone()
        let left = phone.db + ".dry-run-999999999"
        try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: false)
        try await phone.done("shift", "in", "--float", "1", "--dry-run")
        #expect(!FileManager.default.fileExists(atPath: left))
    }
}
