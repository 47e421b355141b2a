import FaultProxy
import Foundation
import TestSupport
import Testing

/// `--json` as `Schemas/cli` documents it.
enum CommandSchema {
    static let folder = Repository.folder.appending(path: "Schemas/cli")

    /// Verbs of whoever works on the project; what they print is judged where they are tested.
    static let elsewhere: Set = ["demo-judge", "demo-play"]

    /// The files' names without `.json`, but for those that others refer to.
    /// - Parameter program: `hub` for the folder of `lucky-hub`.
    static func names(of program: String = "") throws -> Set<String> {
        let folder = folder.appending(path: program)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return Set(files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) })
            .subtracting(["error", "shared"])
    }

    /// What of a printed line is not as a schema says: keys, types, and the order of keys.
    static func faults(of line: String, _ name: String) throws -> [String] {
        let line = line.hasSuffix("\n") ? String(line.dropLast()) : line
        let schema = try JSONSchema(folder.appending(path: name + ".json"))
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
        let sorted = try JSONSerialization.data(
            withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
        let inOrder = String(decoding: sorted, as: UTF8.self) == line
        return schema.faults(in: object) + (inOrder ? [] : ["\(name): keys in another order"])
    }
}

extension Journeys {
    @Test("No verb that speaks JSON is without its schema, and no schema without its verb")
    func everyVerbHasASchema() async throws {
        let verbs = Set(try await VerbTree.of("lucky").verbsOfJSON())
        #expect(verbs.count > 35)
        #expect(try verbs.subtracting(CommandSchema.elsewhere) == CommandSchema.names())
        #expect(CommandSchema.elsewhere.isSubset(of: verbs))
    }

    @Test("Every verb prints what its schema says: keys, types, order, one line")
    func schemas() async throws {
        let depot = try await Depot(stops: 5)
        let phone = try await depot.phone("drv-1")
        var left = try CommandSchema.names()
        func check(_ name: String, _ arguments: [String], exit status: Int32? = 0) async throws {
            try look(try await phone.run(arguments), name, exit: status)
            left.remove(name)
        }
        func look(_ run: Command.Result, _ name: String, exit status: Int32?) throws {
            #expect(run.status == status ?? run.status, "\(name): \(run.errors)")
            let lines = run.output.split(separator: "\n").map(String.init)
            #expect(!lines.isEmpty, "\(name): \(run.errors)")
            for line in lines {
                #expect(try CommandSchema.faults(of: line, name) == [], "\(line)")
            }
            for line in run.errors.split(separator: "\n") {
                #expect(try CommandSchema.faults(of: String(line), "error") == [], "\(line)")
            }
        }
        let folder = try TemporaryFolder()
        let day = ["--date", HubPlan.date]
        for dry in [["--dry-run"], []] {
            try await check("shift-in", ["shift", "in", "--float", "500"] + dry)
            try await check("stop-arrive", ["stop", "arrive", "S1"] + dry + day)
            try await check(
                "stop-complete",
                ["stop", "complete", "S1", "--delivered", "20kg=2", "--cash", "900"] + dry + day)
            try await check("stop-fail", ["stop", "fail", "S2", "--reason", "absent"] + dry + day)
        }
        try await check("stop-correct", ["stop", "correct", "S1", "--cash", "950"] + day)
        try await check("stop-note", ["stop", "note", "S1", "門口有狗"] + day)
        let picture = folder.path("door.jpg")
        try Data("as the camera gave it".utf8).write(to: URL(filePath: picture))
        try await check("stop-photo", ["stop", "photo", "S1", picture] + day)
        try await check("stop-meter", ["stop", "meter", "S1", "12.5"] + day)
        try await check("stop-suggest", ["stop", "suggest", "S3", "--address", "新址 3 號"] + day)
        try await check(
            "stop-add", ["stop", "add", "--customer", "甲", "--delivered", "16kg=1"] + day)
        try await check("shift-drop", ["shift", "drop", "100"])
        try await check("shift-correct", ["shift", "correct", "90"])
        for verb in [
            "today", "next", "route show", "route check", "route resequence", "cash", "stock",
            "shift show", "status", "outbox list", "stop show S1",
        ] {
            let words = verb.split(separator: " ").map(String.init)
            let name = words.filter { $0 != "S1" }.joined(separator: "-")
            // What a check finds is judged elsewhere.
            try await check(name, words + day, exit: name == "route-check" ? nil : 0)
        }
        try await depot.plan("cancel", "S1", "--reason", "客戶來電")
        try await depot.plan("set", "S4", "--note", "請走後門")
        try await check("sync-once", ["sync", "once"])
        try await check("outbox-retry", ["outbox", "retry"])
        try await check("route-news", ["route", "news"])
        try await check("review-list", ["review", "list"])
        let review = try HubJSON.read(
            try await phone.lucky("review", "list").output, as: Listed.self
        ).reviews.first?.review
        try await check("review-show", ["review", "show", review ?? ""])
        try await check(
            "review-export",
            ["review", "export", review ?? "", "--output", folder.path("one.json")])
        try look(
            try await Command.run(
                Repository.program("lucky").path,
                ["cases", "run", "--json", folder.path("one.json")]), "cases-run", exit: 0)
        left.remove("cases-run")
        try await check("outbox-list", ["outbox", "list", "--all"])
        let change = try HubJSON.read(
            try await phone.lucky("outbox", "list", "--all").output, as: Waiting.self
        ).changes.first?.change
        try await check("outbox-export", ["outbox", "export", change ?? ""])
        try await check("outbox-show", ["outbox", "show", change ?? ""])
        try await check("inspect-change", ["inspect", "change", change ?? ""])
        try await check("inspect-vector", ["inspect", "vector", "S1"] + day)
        try await check("inspect-vector", ["inspect", "vector"])
        try await check("inspect-schema", ["inspect", "schema"])
        let seed = ["--drivers", "1", "--faults", "none"]
        for (name, more) in [
            ("inspect-rules", []), ("cases-schema", []), ("route-simulate", ["--demo"]),
            ("simulate-run", seed),
            ("simulate-canary", []), ("simulate-replay", seed),
            ("simulate-minimize", seed + ["--runs", "1"]),
        ] {
            let words = name.split(separator: "-").map(String.init)
            try look(
                try await Command.run(
                    Repository.program("lucky").path, words + more + ["--json"]), name, exit: 0)
            left.remove(name)
        }
        try await check("verify", ["verify"])
        try await check(
            "doctor", ["doctor", "--sync", "--bundle", folder.path("help.tar")], exit: nil)
        for dry in [["--dry-run"], []] {
            try await check("export", ["export", "--output", folder.path("day.csv")] + day + dry)
            try await check("backup", ["backup", folder.path("kept.sqlite")] + dry)
        }
        for dry in [["--dry-run"], []] {
            try await check("restore", ["restore", folder.path("kept.sqlite")] + dry)
        }
        try await check("shift-out", ["shift", "out", "--counted", "1350"])
        try await check("route-start", ["route", "start"] + day)
        for stop in ["S3", "S4", "S5"] {
            try await check("stop-fail", ["stop", "fail", stop, "--reason", "absent"] + day)
        }
        try await check("route-complete", ["route", "complete"] + day)
        try await check("hub-set", ["hub", "set", depot.proxy.url.absoluteString])
        let token = try await depot.office.token("drv-1", role: "driver", depot: "taitung")
        for dry in [["--dry-run"], []] {
            try await check("login", ["login", "--token-file", token] + dry)
            try look(
                try await Command.run(
                    Repository.program("lucky").path,
                    ["init", "--driver", "drv-1", "--db", folder.path("new/a.sqlite"), "--json"]
                        + dry),
                "init", exit: 0)
        }
        left.remove("init")
        try look(
            try await Command.run(
                "timeout",
                ["-s", "INT", "1", Repository.program("lucky").path, "sync", "watch"]
                    + ["--db", phone.db, "--json"]), "sync-watch", exit: 124)
        left.remove("sync-watch")
        #expect(left.isEmpty, "not run: \(left.sorted())")
        #expect(await depot.hub.end() == 0)
    }

    private struct Listed: Decodable {
        struct Review: Decodable { var review: String }

        var reviews: [Review]
    }

    private struct Waiting: Decodable {
        struct Change: Decodable { var change: String }

        var changes: [Change]
    }
}
