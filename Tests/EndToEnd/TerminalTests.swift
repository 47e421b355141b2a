import Foundation
import TestSupport
import Testing

/// The same words in a terminal of 80 and of 40 columns and in a pipe, in both languages.
struct TerminalTests {
    /// Verbs that look, on a phone with a shift and two stops; and some that are refused.
    private static let verbs: [(arguments: [String], status: Int32)] = [
        (["today"], 0), (["status"], 0), (["route", "show"], 0), (["outbox", "list"], 0),
        (["doctor"], 1), (["stop", "arrive", "X9"], 3), (["sync", "once"], 64),
    ]

    private static let languages = [["LANG": "C"], ["LANG": "zh_TW.UTF-8"]]

    /// Columns by Unicode's East Asian width, of what these verbs print: not the project's own count.
    private static func width(_ line: Substring) -> Int {
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

    @Test("A terminal shows what a pipe gets, broken between words to its width, without colours")
    func terminals() async throws {
        let phone = try await Self.phone()
        for (arguments, status) in Self.verbs {
            let all = arguments + ["--db", phone.db, "--date", LonePhone.date]
            for language in Self.languages {
                let surroundings = LonePhone.environment.merging(language) { $1 }
                let pipe = try await phone.run(
                    arguments + ["--date", LonePhone.date], environment: language)
                #expect(pipe.status == status, "\(arguments): \(pipe.errors)")
                for columns: UInt16 in [80, 40] {
                    let screen = try await PseudoTerminal.run(
                        Repository.program("lucky").path, all, columns: columns,
                        environment: surroundings.merging(["NO_COLOR": "1", "TERM": "xterm"]) { $1 }
                    )
                    #expect(screen.status == status && !screen.timedOut, "\(arguments)")
                    #expect(!screen.output.contains("\u{1B}"), "\(arguments)")
                    // A status tells ages, whose unit changes too.
                    #expect(
                        arguments == ["status"]
                            || Self.words(screen.output) == Self.words(pipe.output + pipe.errors),
                        "\(arguments) \(language) \(columns)")
                    for line in screen.output.split(separator: "\n") where line.contains(" ") {
                        #expect(
                            Self.width(line) <= Int(columns), "\(arguments) \(columns): \(line)")
                    }
                }
            }
        }
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
