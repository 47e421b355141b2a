import Foundation
import TestSupport
import Testing

/// What the programs say of themselves: in the caller's language, in the terminal's width.
@Suite(.serialized) struct HelpTests {
    private static let heads = [
        "OVERVIEW", "USAGE", "ARGUMENTS", "OPTIONS", "SUBCOMMANDS", "NAME", "VERBS",
    ]

    private func run(
        _ arguments: [String], _ lang: String, columns: Int = 80, of program: String = "lucky"
    ) async throws -> String {
        let run = try await Command.run(
            Repository.program(program).path, arguments,
            environment: [
                "LANG": lang, "LC_ALL": "", "LC_MESSAGES": "", "COLUMNS": "\(columns)",
            ], deadline: .seconds(300))
        #expect(run.status == 0 && run.errors.isEmpty, "\(arguments): \(run.errors)")
        return run.output
    }

    static func isChinese(_ text: some StringProtocol) -> Bool {
        text.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
    }

    /// No Chinese, and words behind each other that are no call of a program.
    static func isEnglish(_ line: some StringProtocol) -> Bool {
        let said = String(line).replacingOccurrences(of: "\\", with: "")
            .replacing(/lucky(-hub)?( [a-z-]+)*/, with: "")
        return heads.contains { said.hasPrefix($0) }
            || !isChinese(said) && said.contains(/[A-Za-z]{2,} [a-z]{2,}/)
    }

    /// The verbs that a Chinese page of help lists.
    private static func verbs(in page: String) -> [String] {
        page.split(separator: "\n").drop { $0 != "指令：" }.compactMap {
            $0.firstMatch(of: /^  ([a-z-]+)(?:（預設）)?(?: |$)/).map { String($0.1) }
        }
    }

    /// Looks at a verb's page and at those of the verbs below it.
    /// - Returns: how many verbs that were.
    private func look(at path: [String], of program: String) async throws -> Int {
        let asked = path + ["--help"]
        func page(_ lang: String, _ columns: Int) async throws -> (String, Int) {
            (try await run(asked, lang, columns: columns, of: program), columns)
        }
        let chinese = try await page("zh_TW.UTF-8", 40)
        var pages = [(chinese, true)]
        // The others of some verbs: they are laid out alike.
        switch path.joined().utf8.reduce(0, { $0 + Int($1) }) % 9 {
        case 0: pages.append((try await page("zh_TW.UTF-8", 80), true))
        case 1: pages.append((try await page("C", 40), false))
        case 2: pages.append((try await page("C", 80), false))
        default: break
        }
        for ((page, columns), isChinese) in pages {
            #expect(page.hasPrefix(isChinese ? "說明：" : "OVERVIEW: "))
            #expect(page.contains(isChinese ? "\n用法：\(program)" : "\nUSAGE: \(program)"))
            for line in page.split(separator: "\n") {
                // A path stays whole, to be copied.
                let isWord = !line.drop { $0 == " " }.contains(" ")
                #expect(isWord || TerminalTests.width(line) <= columns, "\(path): \(line)")
                let isForeign = isChinese ? Self.isEnglish(line) : Self.isChinese(line)
                #expect(!isForeign, "\(path): \(line)")
            }
        }
        // One after the other: all at once they would leave nothing for anybody else.
        var found = 0
        for verb in Self.verbs(in: chinese.0) {
            found += 1
            found += try await look(at: path + [verb], of: program)
        }
        return found
    }

    @Test(
        "Every verb's help, in both languages and in narrow terminals",
        arguments: [("lucky", 60), ("lucky-hub", 40)])
    func everyVerb(_ program: String, _ least: Int) async throws {
        #expect(try await look(at: [], of: program) > least)
        #expect(Self.isEnglish("  -h, --help   Show help information."))
        #expect(Self.isEnglish("USAGE: lucky"))
    }

    @Test("Which build it is, on one line in the caller's language")
    func version() async throws {
        for program in ["lucky", "lucky-hub"] {
            for (lang, isChinese) in [("C", false), ("zh_TW.UTF-8", true)] {
                let said = try await run(["--version"], lang, of: program)
                #expect(said.hasPrefix(program) && Self.isChinese(said) == isChinese, "\(said)")
                #expect(said.split(separator: "\n").count == 1, "\(said)")
            }
        }
    }

    @Test("However it is asked for, help is the same page")
    func everyWay() async throws {
        let page = try await run(["stop", "--help"], "zh_TW.UTF-8")
        for arguments in [["help", "stop"], ["stop", "-h"], ["stop"], ["stop", "--help-hidden"]] {
            let other = try await run(arguments, "zh_TW.UTF-8")
            #expect(other == page || arguments.contains("--help-hidden"))
            #expect(!other.split(separator: "\n").contains { Self.isEnglish($0) }, "\(other)")
        }
        // A verb that stands for one of its own is explained itself.
        let route = try await run(["route", "--help"], "zh_TW.UTF-8")
        #expect(route.contains("resequence"), "\(route)")
        for arguments in [
            ["help", "route"], ["--lang", "zh-Hant", "route", "-h"],
            ["route", "--lang=zh-Hant", "--help"], ["help", "--lang", "zh-Hant", "route"],
        ] {
            #expect(try await run(arguments, "zh_TW.UTF-8") == route, "\(arguments)")
        }
        #expect(try await run(["route", "show", "--help"], "zh_TW.UTF-8") != route)
        let program = try await run(["--help"], "zh_TW.UTF-8")
        #expect(program.contains("  stop "))
        for (arguments, lang) in [
            ([], "zh_TW.UTF-8"), (["--help", "--lang", "zh-Hant"], "C"),
            (["--lang=zh", "--help"], "C"), (["help"], "zh_TW.UTF-8"),
        ] {
            #expect(try await run(arguments, lang) == program, "\(arguments)")
        }
        let english = try await run(["stop", "--help", "--lang", "en"], "zh_TW.UTF-8")
        #expect(!Self.isChinese(english))
        let format = try await run(["completions", "--help"], "zh_TW.UTF-8")
        #expect(format.contains("（可以是：bash, zsh, fish）"))
    }

    @Test("The manual and what shells show speak the caller's language")
    func elsewhere() async throws {
        let manual = try await run(["manual", "--lang", "zh"], "C")
        #expect(manual.contains("\n.SH 名稱\n") && manual.contains("\n顯示用法。\n"))
        for line in manual.split(separator: "\n") where !line.hasPrefix(".S") {
            #expect(!Self.isEnglish(line), "\(line)")
        }
        let fish = try await run(["completions", "fish"], "zh_TW.UTF-8")
        let told = fish.split(separator: "\n").filter { $0.contains(" -d '") }
        #expect(told.count > 100)
        #expect(told.allSatisfy { Self.isChinese($0) })
    }
}
