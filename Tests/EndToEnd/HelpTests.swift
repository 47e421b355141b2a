import Foundation
import TestSupport
import Testing

/// What the programs say of themselves: in the caller's language, in the terminal's width.
struct HelpTests {
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
            ])
        #expect(run.status == 0 && run.errors.isEmpty, "\(arguments): \(run.errors)")
        return run.output
    }

    private static func isChinese(_ text: some StringProtocol) -> Bool {
        text.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
    }

    /// No Chinese, and words behind each other that are no call of a program.
    private static func isEnglish(_ line: some StringProtocol) -> Bool {
        let said = line.replacing("\\", with: "").replacing(/lucky(-hub)?( [a-z-]+)*/, with: "")
        return heads.contains { said.hasPrefix($0) }
            || !isChinese(said) && said.contains(/[A-Za-z]{2,} [a-z]{2,}/)
    }

    @Test(
        "Every verb's help, at 80 and at 40 columns, in both languages",
        arguments: [
            ("lucky", ["stop", "complete"], 60, [80, 40]),
            ("lucky-hub", ["plan", "set"], 40, [40]),
        ] as [(String, [String], Int, [Int])])
    func everyVerb(
        _ program: String, _ one: [String], _ least: Int, _ widths: [Int]
    ) async throws {
        let paths = try await VerbTree.of(program).paths()
        #expect(paths.count > least && paths.contains(one))
        for path in paths {
            for columns in widths {
                let english = try await run(
                    path + ["--help"], "C", columns: columns, of: program)
                let chinese = try await run(
                    path + ["--help"], "zh_TW.UTF-8", columns: columns, of: program)
                #expect(
                    english.hasPrefix("OVERVIEW: ") && english.contains("\nUSAGE: \(program)"))
                #expect(chinese.hasPrefix("說明：") && chinese.contains("\n用法：\(program)"))
                #expect(!Self.isChinese(english), "\(path): \(english)")
                for line in (english + chinese).split(separator: "\n") {
                    // A path stays whole, to be copied.
                    let isWord = !line.drop { $0 == " " }.contains(" ")
                    #expect(isWord || TerminalTests.width(line) <= columns, "\(path): \(line)")
                }
                for line in chinese.split(separator: "\n") {
                    #expect(!Self.isEnglish(line), "\(path): \(line)")
                }
            }
        }
        #expect(
            Self.isEnglish("  -h, --help   Show help information.") && Self.isEnglish("USAGE: x"))
    }

    @Test("However it is asked for, help is the same page")
    func everyWay() async throws {
        let page = try await run(["stop", "--help"], "zh_TW.UTF-8")
        for arguments in [["help", "stop"], ["stop", "-h"], ["stop"], ["stop", "--help-hidden"]] {
            let other = try await run(arguments, "zh_TW.UTF-8")
            #expect(other == page || arguments.contains("--help-hidden"))
            #expect(!other.split(separator: "\n").contains { Self.isEnglish($0) }, "\(other)")
        }
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
        for (arguments, lang) in [(["manual"], "zh_TW.UTF-8"), (["manual", "--lang", "zh"], "C")] {
            let manual = try await run(arguments, lang)
            #expect(manual.contains(".SH 名稱\n") && manual.contains("顯示用法。"))
            for line in manual.split(separator: "\n") where !line.hasPrefix(".S") {
                #expect(!Self.isEnglish(line), "\(line)")
            }
        }
        #expect(!Self.isChinese(try await run(["manual"], "C")))
        for shell in ["bash", "zsh", "fish"] {
            #expect(!Self.isChinese(try await run(["completions", shell], "C")))
            let script = try await run(["completions", shell], "zh_TW.UTF-8")
            #expect(!script.contains("Show "))
        }
        let fish = try await run(["completions", "fish", "--lang", "zh"], "C")
        let told = fish.split(separator: "\n").filter { $0.contains(" -d '") }
        #expect(told.count > 100)
        #expect(told.allSatisfy { Self.isChinese($0) })
    }
}
