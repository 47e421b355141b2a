import Foundation
import TestSupport
import Testing

/// The same words in a terminal of 80 and of 40 columns and in a pipe, in both languages: every everyday
/// verb, on a phone with a day of the depot's that cannot reach it any more.
struct TerminalTests {
    /// What a record is called: its name is in the answer.
    private static let id = "0123456789abcdef0123456789abcdef"

    private static let tried = "fedcba9876543210fedcba9876543210"

    /// Verbs that only look, and their exit codes.
    private static let looks: [(String, Int32)] = [
        ("today", 0), ("next", 0), ("status", 0), ("cash", 0), ("stock", 0), ("route show", 0),
        ("route news --peek", 0), ("route check", 0), ("route resequence", 0),
        ("stop show S1", 0), ("shift show", 0), ("outbox list --all", 0),
        ("outbox show 0123456789", 0), ("review list", 0), ("doctor", 0), ("inspect vector", 0),
        ("inspect change 0123456789", 0), ("inspect schema", 0),
    ]

    /// What other programs read: the same bytes on a terminal, however wide it is.
    private static let files = [
        "export", "review export S2", "outbox export 0123456789abcdef0123456789abcdef",
    ]

    /// Verbs that record something, tried.
    private static let trials = [
        "stop arrive S3", "stop complete S3 --delivered 20kg=2 --cash 1900",
        "stop fail S4 --reason absent", "stop correct S1 --cash 900", "stop note S3 門口有狗",
        "stop meter S3 12.5", "stop suggest S3 --address 南京路9號",
        "stop add --customer 甲 --delivered 16kg=1", "shift drop 100", "shift out --counted 400",
    ]

    /// What is refused, fails or is not understood.
    private static let refusals: [(String, Int32)] = [
        ("stop arrive X9", 3), ("stop arrive S2", 3), ("shift in --float 5", 3),
        ("outbox show ffff", 3), ("review show ffff", 3), ("restore nowhere", 64),
        ("stop photo S3 nowhere.jpg", 64), ("stop foo", 64), ("sync once --dry-run", 0),
        ("outbox retry --dry-run", 0), ("backup /dev/null", 3), ("stop arrive", 64),
    ]

    /// What tells how old something is, how full the disk, or what was just made: two calls a moment
    /// apart need not agree in their numbers.
    private static let passing: Set = ["status", "doctor"]

    private static var verbs: [(arguments: [String], status: Int32)] {
        let trials = trials.map { ($0 + " --dry-run --id " + tried, Int32(0)) }
        return (looks + files.map { ($0, 0) } + trials + refusals).map { verb, status in
            (words(of: verb), status)
        }
    }

    private static func words(of verb: String) -> [String] {
        verb.split(separator: " ").map(String.init)
    }

    private static let languages = [["LANG": "C"], ["LANG": "zh_TW.UTF-8"]]

    /// Columns by Unicode's East Asian width, of what these verbs print: not the project's own count.
    static func width(_ line: Substring) -> Int {
        line.unicodeScalars.reduce(0) { sum, scalar in
            switch scalar.value {
            case 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
                0xFF00...0xFF60, 0xFFE0...0xFFE6:
                sum + 2
            default: sum + 1
            }
        }
    }

    /// Without spaces and line ends, where a line may have been broken.
    private static func said(_ text: String, by verb: [String]) -> String {
        let isPassing = passing.contains(verb[0])
        return text.filter { !$0.isWhitespace && !(isPassing && $0.isNumber) }
    }

    private static func phone() async throws -> LonePhone {
        let phone = try await LonePhone()
        try await phone.done("shift", "in", "--float", "5000")
        try await phone.addStop("X1")
        try await phone.addStop("X2")
        return phone
    }

    /// On duty, one stop delivered, one cancelled by the office after that, and one record that waits.
    private static func day() async throws -> (depot: Depot, db: String) {
        let depot = try await Depot(stops: 4, others: 1)
        let phone = try await depot.phone("drv-1")
        func done(_ arguments: String...) async throws {
            let run = try await phone.run(arguments + ["--date", HubPlan.date])
            try #require(run.status == 0, "\(arguments): \(run.errors)")
        }
        try await done("shift", "in", "--float", "500")
        try await done("stop", "complete", "S1", "--delivered", "20kg=2", "--cash", "1900")
        try await depot.plan("cancel", "S1", "--reason", "客戶來電")
        try await depot.plan("cancel", "S2", "--reason", "客戶來電")
        try await depot.plan("set", "S3", "--note", "請走後門，按兩次門鈴")
        try await phone.sync()
        try await done("stop", "note", "S4", "鐵門，請敲門", "--id", id)
        await depot.killHub()
        return (depot, phone.db)
    }

    private static func check(_ verb: [String], _ status: Int32, _ db: String) async throws {
        try await check("lucky", verb + ["--db", db, "--date", HubPlan.date], status, verb)
    }

    /// - Parameter verb: what is said where something is wrong.
    private static func check(
        _ program: String, _ arguments: [String], _ status: Int32, _ verb: [String]
    ) async throws {
        let program = Repository.program(program).path
        for language in Self.languages {
            let surroundings = LonePhone.environment.merging(language) { $1 }
            let pipe = try await Command.run(program, arguments, environment: surroundings)
            #expect(pipe.status == status, "\(verb): \(pipe.output)\(pipe.errors)")
            // Whatever does not end well says what is safe and what to do next.
            let hint = language == Self.languages.last ? "提示：" : "Hint: "
            #expect(status == 0 || pipe.errors.contains(hint), "\(verb): \(pipe.errors)")
            let said = said(pipe.output + pipe.errors, by: verb)
            if language == Self.languages.last, !Self.files.contains(verb.joined(separator: " ")) {
                for line in (pipe.output + pipe.errors).split(separator: "\n") {
                    #expect(!HelpTests.isEnglish(line), "\(verb): \(line)")
                }
            }
            for (columns, colour) in [(80 as UInt16, ["NO_COLOR": "1"]), (40, [:])] {
                let screen = try await PseudoTerminal.run(
                    program, arguments, columns: columns,
                    environment: surroundings.merging(["TERM": "xterm"]) { $1 }
                        .merging(colour) { $1 })
                #expect(screen.status == status && !screen.timedOut, "\(verb)")
                // No program here has colours, asked not to or not.
                #expect(!screen.output.contains("\u{1B}"), "\(verb)")
                // An age's unit may change from one moment to the next.
                let isSame =
                    verb[0] == "status" || Self.said(screen.output, by: verb) == said
                #expect(
                    isSame, "\(verb) \(language) \(columns): \(screen.output) \(pipe.output)")
                if Self.files.contains(verb.joined(separator: " ")) { continue }
                // A line of one word, such as a hash, cannot be broken.
                for line in screen.output.split(separator: "\n")
                where line.drop(while: { $0 == " " }).contains(" ") {
                    #expect(width(line) <= Int(columns), "\(verb) \(columns): \(line)")
                }
            }
        }
    }

    @Test("A terminal shows what a pipe gets, broken between words to its width, without colours")
    func terminals() async throws {
        let (depot, db) = try await Self.day()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (place, verb) in Self.verbs.enumerated() {
                // Two at a time: the machine of ./cli/test has two cores.
                if place > 1 { try await group.next() }
                group.addTask { try await Self.check(verb.arguments, verb.status, db) }
            }
            try await group.waitForAll()
        }
        // One review's id is asked for.
        let reviews = try await Command.run(
            Repository.program("lucky").path, ["review", "list", "--json", "--db", db])
        let review = try #require(
            try HubJSON.read(reviews.output, as: Listed.self).reviews.first?.review)
        try await Self.check(["review", "show", review], 0, db)
        // What asks for no store, and the office's own over the hub's file.
        for verb in ["inspect rules", "route check --demo"] {
            let words = Self.words(of: verb)
            try await Self.check("lucky", words, 0, words)
        }
        for verb in ["plan show", "report day", "review list", "quarantine list"] {
            let words = Self.words(of: verb)
            let day = verb == "quarantine list" ? [] : ["--date", HubPlan.date]
            try await Self.check(
                "lucky-hub", words + ["--db", depot.office.db, "--depot", "taitung"] + day, 0,
                words)
        }
        // One program at a time syncs a store.
        for verb in ["verify", "outbox retry", "sync once"] {
            try await Self.check(Self.words(of: verb), 4, db)
        }
        // The test holds the depot's folder until here.
        _ = depot
    }

    private struct Listed: Decodable {
        struct Review: Decodable { var review: String }

        var reviews: [Review]
    }

    @Test("What goes well with a depot at hand, or makes a file, says the same at each width")
    func done() async throws {
        let depot = try await Depot(stops: 2, others: 1)
        let phone = try await depot.phone("drv-1")
        let folder = try TemporaryFolder()
        let (kept, picture) = (folder.path("kept.sqlite"), folder.path("door.jpg"))
        try Data([0xFF, 0xD8, 0xFF, 0xE0]).write(to: URL(filePath: picture))
        let saved = try await phone.run(["backup", kept])
        try #require(saved.status == 0, "\(saved.errors)")
        let token = try await depot.office.token("drv-1", role: "driver")
        let twin = Repository.folder.appending(path: "Schemas/cases/decisions").path
        for verb in ["sync once", "outbox retry", "verify"] {
            try await Self.check(Self.words(of: verb), 0, phone.db)
        }
        for verb in [
            ["doctor", "--sync"], ["sync", "watch", "--dry-run"], ["verify", "--dry-run"],
            ["doctor", "--sync", "--bundle", folder.path("help.tar"), "--dry-run"],
            ["shift", "in", "--float", "500", "--dry-run", "--id", Self.tried],
            ["stop", "photo", "S1", picture, "--dry-run", "--id", Self.tried],
            ["login", "--token-file", token, "--dry-run"],
            ["hub", "set", "https://hub.example.tw", "--dry-run"],
            ["backup", folder.path("another.sqlite"), "--dry-run"],
            ["restore", kept, "--dry-run"],
        ] {
            try await Self.check(verb, 0, phone.db)
        }
        let fresh = ["init", "--driver", "drv-1", "--token-file", token, "--dry-run"]
        try await Self.check(
            "lucky", fresh + ["--db", folder.path("new.sqlite")], 0, fresh)
        let first = try #require(
            try FileManager.default.contentsOfDirectory(atPath: twin).sorted().first)
        let play = ["cases", "run", twin + "/" + first, "--orders", "1"]
        try await Self.check("lucky", play, 0, play)
    }

    @Test("A day in Taiwan reads the same whatever time zone the machine is in")
    func timeZones() async throws {
        let (depot, db) = try await Self.day()
        for verb in [
            "today", "route show", "route news --peek", "stop show S1", "outbox show 0123456789",
            "shift show", "route check --at 07:30", "cash", "stock",
        ] {
            let arguments = Self.words(of: verb) + ["--db", db, "--date", HubPlan.date]
            var said: Set<String> = []
            for zone in ["Asia/Taipei", "America/New_York", "Pacific/Kiritimati"] {
                let run = try await Command.run(
                    Repository.program("lucky").path, arguments,
                    environment: LonePhone.environment.merging(["TZ": zone]) { $1 })
                #expect(run.status == 0, "\(verb): \(run.errors)")
                said.insert(run.output)
            }
            #expect(said.count == 1, "\(verb): \(said.sorted())")
        }
        _ = depot
    }

    @Test("JSON is one line in a terminal as in a pipe, and the same bytes in each language")
    func objects() async throws {
        let phone = try await Self.phone()
        let arguments = ["cash", "--json", "--date", LonePhone.date]
        let pipe = try await phone.run(arguments)
        #expect(pipe.output.filter { $0 == "\n" }.count == 1)
        for language in Self.languages {
            let screen = try await PseudoTerminal.run(
                Repository.program("lucky").path, arguments + ["--db", phone.db], columns: 40,
                environment: LonePhone.environment.merging(language) { $1 })
            #expect(screen.output == pipe.output)
        }
    }

    @Test("Chinese columns line up")
    func columns() async throws {
        let phone = try await Self.phone()
        let screen = try await PseudoTerminal.run(
            Repository.program("lucky").path,
            ["cash", "--db", phone.db, "--date", LonePhone.date], columns: 80,
            environment: LonePhone.environment.merging(["LANG": "zh_TW.UTF-8"]) { $1 })
        let places = screen.output.split(separator: "\n").prefix(4).compactMap { line in
            line.range(of: "NT$").map { Self.width(line[..<$0.lowerBound]) }
        }
        #expect(places.count == 4 && Set(places).count == 1, "\(screen.output)")
        let table = try await PseudoTerminal.run(
            Repository.program("lucky").path, ["inspect", "schema", "--db", phone.db], columns: 80,
            environment: LonePhone.environment.merging(["LANG": "zh_TW.UTF-8"]) { $1 })
        let ends = table.output.split(separator: "\n").dropFirst(3).compactMap { line in
            line.range(of: #"[0-9]+|列數"#, options: .regularExpression).map {
                Self.width(line[..<$0.upperBound])
            }
        }
        #expect(ends.count > 10 && Set(ends).count == 1, "\(table.output)")
        // A heading of several lines: whatever stands behind it begins in one column.
        let next = try await PseudoTerminal.run(
            Repository.program("lucky").path,
            ["today", "--db", phone.db, "--date", LonePhone.date],
            columns: 80, environment: LonePhone.environment.merging(["LANG": "zh_TW.UTF-8"]) { $1 })
        let starts = next.output.split(separator: "\n").dropFirst().compactMap { line in
            line.range(of: #"(?<=\S {2,8})\S"#, options: .regularExpression).map {
                Self.width(line[..<$0.lowerBound])
            }
        }
        #expect(starts.count > 4 && Set(starts).count == 1, "\(next.output)")
    }
}
