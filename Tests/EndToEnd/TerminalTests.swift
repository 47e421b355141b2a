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

    private static var verbs: [(arguments: [String], status: Int32)] {
        let trials = trials.map { ($0 + " --dry-run --id " + tried, Int32(0)) }
        return (looks + files.map { ($0, 0) } + trials + refusals).map { verb, status in
            (verb.split(separator: " ").map(String.init), status)
        }
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

    /// Without spaces and line ends, where a line may have been broken, and without numbers: how old
    /// something is, how full the disk.
    private static func words(_ text: String) -> String {
        text.filter { !$0.isWhitespace && !$0.isNumber }
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
            // A pipe's words once; that both widths say the same shows the rest.
            var said: String?
            if language == Self.languages.last {
                let pipe = try await Command.run(program, arguments, environment: surroundings)
                #expect(pipe.status == status, "\(verb): \(pipe.output)\(pipe.errors)")
                said = words(pipe.output + pipe.errors)
            }
            for (columns, colour) in [(80 as UInt16, ["NO_COLOR": "1"]), (40, [:])] {
                let screen = try await PseudoTerminal.run(
                    program, arguments, columns: columns,
                    environment: surroundings.merging(["TERM": "xterm"]) { $1 }
                        .merging(colour) { $1 })
                #expect(screen.status == status && !screen.timedOut, "\(verb)")
                // No program here has colours, asked not to or not.
                #expect(!screen.output.contains("\u{1B}"), "\(verb)")
                // A status tells ages, whose unit changes too.
                let isSame = said == nil || verb == ["status"] || words(screen.output) == said
                #expect(isSame, "\(verb) \(language) \(columns): \(screen.output)")
                said = said ?? words(screen.output)
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
        // What asks for no store, and the office's own over the hub's file.
        for verb in ["inspect rules", "route check --demo"] {
            let words = verb.split(separator: " ").map(String.init)
            try await Self.check("lucky", words, 0, words)
        }
        for verb in ["plan show", "report day", "review list", "quarantine list"] {
            let words = verb.split(separator: " ").map(String.init)
            let day = verb == "quarantine list" ? [] : ["--date", HubPlan.date]
            try await Self.check(
                "lucky-hub", words + ["--db", depot.office.db, "--depot", "taitung"] + day, 0,
                words)
        }
        // One program at a time syncs a store.
        for verb in ["verify", "outbox retry", "sync once"] {
            try await Self.check(verb.split(separator: " ").map(String.init), 4, db)
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
    }
}
