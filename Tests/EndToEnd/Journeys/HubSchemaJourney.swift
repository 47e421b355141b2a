import FaultProxy
import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test("No verb of lucky-hub that speaks JSON is without its schema, and no schema without one")
    func everyHubVerbHasASchema() async throws {
        let verbs = Set(try await VerbTree.of("lucky-hub").verbsOfJSON())
        #expect(verbs.count > 40)
        #expect(try verbs == CommandSchema.names(of: "hub"))
    }

    @Test("Every verb of lucky-hub prints what its schema says, dry runs too, which store nothing")
    func hubSchemas() async throws {
        let desk = try await SchemaDesk()
        let (depot, day) = (desk.depot, ["--date", HubPlan.date])
        try await desk.look("plan show", day)
        try await desk.lookAtQuarantine()
        let changes: [(verb: String, arguments: [String])] = [
            ("plan set", ["S1", "--window", "09:00-10:00", "--sequence", "3"] + day),
            ("plan reassign", ["T2", "--to-route", "R1"] + day),
            ("plan cancel", ["S4", "--reason", "客戶來電"] + day),
            ("plan uncancel", ["S4"] + day), ("plan reopen", ["S2"] + day),
            ("plan reschedule", ["S3", "--to-date", HubPlan.date, "--to-route", "R2"] + day),
            (
                "plan insert",
                ["--stop", "N1", "--route", "R1", "--sequence", "9", "--items", "20kg*1"] + day
            ),
            ("plan resequence", ["R1", "S4", "S1"] + day), ("note", ["S1", "問過了"] + day),
            ("correct", ["S1", "--delivered", "20kg=1", "--reason", "少了一桶"] + day),
            ("settle", ["S1", "--due", "1900"] + day),
            ("plan set", ["S1", "--customer-code", "C1"] + day),
            ("plan set", ["S4", "--customer-code", "C2"] + day),
            ("customer merge", ["C1", "C2"]), ("customer delete", ["C2"]),
            ("plan close-route", ["R1"] + day), ("plan cancel-route", ["R2"] + day),
            ("redact", ["S1", "--all", "--yes"] + day),
            ("driver deactivate", ["drv-9", "--unseen"]),
            ("driver activate", ["drv-9"]),
        ]
        for (verb, arguments) in changes {
            let before = try await desk.sequence()
            let dry = try await desk.look(verb, arguments + ["--dry-run"])
            #expect(dry.output.contains(#""is_dry_run":true"#), "\(dry.output)")
            #expect(!dry.output.contains(#""changes":[]"#) || verb.hasPrefix("driver"), "\(verb)")
            #expect(try await desk.sequence() == before, "\(verb)")
            let real = try await desk.look(verb, arguments)
            #expect(!real.output.contains("is_dry_run"))
            #expect(try await desk.sequence() > before || verb.hasPrefix("driver"), "\(verb)")
        }
        try await desk.look("plan history", ["S1"] + day)
        try await desk.look("report day", day)
        try await desk.look("review list", ["--all"])
        let reviews = try await desk.run(["review", "list"]).output
        let review = try #require(
            try HubJSON.read(reviews, as: SchemaDesk.Listed.self).reviews.first?.review)
        try await desk.look("review show", [review])
        for dry in [["--dry-run"], []] {
            try await desk.look("review resolve", [review, "--outcome", "kept"] + dry)
        }
        for dry in [["--dry-run"], []] { try await desk.look("review undo", [review] + dry) }
        for verb in ["customer show C2", "driver list", "replicas", "alarms", "offers list"] {
            try await desk.look(verb)
        }
        // What nobody offered: the error's shape. What comes of one that is there is a decision's,
        // as of `purge`.
        for verb in ["offers take", "offers dismiss"] {
            try await desk.look(verb, [String(repeating: "0", count: 32) + ":0"], exit: 3)
        }
        try await desk.lookAtPurge()
        try await desk.lookAtFiles()
        let left = try CommandSchema.names(of: "hub").subtracting(await desk.seen)
        #expect(left.isEmpty, "not run: \(left.sorted())")
        #expect(await depot.hub.end() == 0)
    }
}

/// An office person whose every answer is held against its schema.
private actor SchemaDesk {
    let depot: Depot
    let way: [String]
    private(set) var seen: Set<String> = []

    /// S1 is delivered, S2 and S3 have failed.
    init() async throws {
        depot = try await Depot(stops: 4, others: 2)
        way = ["--hub", await depot.hub.ready.address, "--token-file", depot.boss]
        let phone = try await depot.phone("drv-1")
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1_800))
        for stop in ["S2", "S3"] { try await phone.record(stop, .failed(reason: "absent")) }
        let shift = try await phone.lucky("shift", "in", "--float", "500")
        try #require(shift.status == 0, "\(shift.errors)")
        try await phone.sync()
        let ready = try CommandSchema.faults(of: await depot.hub.firstLine, "hub/serve")
        #expect(ready == [])
        seen.insert("serve")
        let plan = HubPlan.header + HubPlan.row("S4", 4) + HubPlan.row("X1", 4, items: "99kg*1")
        let file = try depot.office.file("other.csv", plan.utf8)
        try await look("plan import", [file, "--dry-run"], exit: 1)
    }

    struct Listed: Decodable {
        struct Review: Decodable { var review: String }

        var reviews: [Review]
    }

    func run(_ arguments: [String]) async throws -> Command.Result {
        try await depot.office.run(arguments + way + ["--json"])
    }

    /// How far the depot's log is.
    func sequence() async throws -> Int {
        let shown = try await run(["plan", "show", "--date", HubPlan.date])
        return try HubJSON.read(shown.output, as: HubJSON.Plan.self).sequence
    }

    @discardableResult
    func look(
        _ verb: String, _ arguments: [String] = [], exit status: Int32 = 0
    ) async throws -> Command.Result {
        let words = verb.split(separator: " ").map(String.init)
        let name = words.filter { $0 != "C2" }.joined(separator: "-")
        let result = try await run(words + arguments)
        try judge(result, name, exit: status)
        return result
    }

    func judge(_ result: Command.Result, _ name: String, exit status: Int32) throws {
        #expect(result.status == status, "\(name): \(result.output)\(result.errors)")
        for line in result.output.split(separator: "\n").map(String.init) {
            #expect(try CommandSchema.faults(of: line, "hub/" + name) == [], "\(line)")
        }
        for line in result.errors.split(separator: "\n").map(String.init) {
            #expect(try CommandSchema.faults(of: line, "error") == [], "\(line)")
        }
        #expect(!result.output.isEmpty || status != 0, "\(name)")
        seen.insert(name)
    }

    /// By a mixed-up token the hub keeps two taps, and accepts neither.
    func lookAtQuarantine() async throws {
        let token = try await depot.office.token("drv-2", role: "driver")
        let secret = try String(contentsOfFile: token, encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let db = depot.office.folder.path("mixed-up.sqlite")
        let proxy = depot.proxy.url.absoluteString
        for (arguments, status) in [
            (["init", "--driver", "drv-1", "--hub", proxy], Int32(0)), (["sync", "once"], 0),
            (["stop", "note", "T1", "a", "--date", HubPlan.date], 0),
            (["stop", "note", "T1", "b", "--date", HubPlan.date], 0), (["sync", "once"], 3),
        ] {
            let result = try await Command.run(
                Repository.program("lucky").path, arguments + ["--db", db, "--json"],
                environment: ["LUCKY_TOKEN": secret, "LUCKY_DB": "", "LANG": "C", "LC_ALL": ""])
            #expect(result.status == status, "\(arguments): \(result.errors)")
        }
        let listed = try await look("quarantine list")
        let kept = try HubJSON.read(listed.output, as: Kept.self).changesets
            .map { "\($0.replica):\($0.counter)" }
        try #require(kept.count == 2, "\(listed.output)")
        try await look("quarantine export", [kept[0], depot.office.folder.path("kept.bin")])
        for (verb, name) in [("quarantine release", kept[0]), ("quarantine reject", kept[1])] {
            try await look(verb, [name, "--dry-run"])
            try await look(verb, [name])
        }
    }

    private struct Kept: Decodable {
        struct Changeset: Decodable {
            var replica: String
            var counter: UInt64
        }

        var changesets: [Changeset]
    }

    func lookAtPurge() async throws {
        let added = try await run([
            "plan", "insert", "--stop", "P1", "--route", "R1", "--sequence", "20", "--date",
            HubPlan.date,
        ])
        let entity = try HubJSON.read(added.output, as: Added.self).entity
        try await look("plan set", ["P1", "--deleted", "yes", "--date", HubPlan.date])
        for verb in ["purge", "unpurge"] {
            let before = try await sequence()
            try await look(verb, [entity, "--dry-run"])
            #expect(try await sequence() == before)
            try await look(verb, [entity])
            #expect(try await sequence() > before)
        }
    }

    private struct Added: Decodable { var entity: String }

    /// What needs no hub that serves.
    func lookAtFiles() async throws {
        let office = depot.office
        let copy = office.folder.path("copy.sqlite")
        for (name, arguments) in [
            ("backup", ["backup", copy, "--db", office.db]),
            ("restore", ["restore", copy, "--db", office.folder.path("back.sqlite")]),
            ("secret-create", ["secret", "create", office.folder.path("other-secret")]),
            (
                "token-issue",
                [
                    "token", "issue", "--person", "a", "--role", "office", "--depot", "taitung",
                    "--secret-file", office.secret,
                ]
            ),
        ] {
            try judge(try await office.run(arguments + ["--json"]), name, exit: 0)
        }
    }
}
