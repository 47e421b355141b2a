import Foundation
import TestSupport
import Testing

/// What shells and `man` are given. A debug build takes seconds to put one together: one after the
/// other.
@Suite(.serialized) struct ShellTests {
    private static let patience = Duration.seconds(300)

    private static let verbs = [
        "lucky": ["today", "outbox", "resequence", "--delivered", "--dry-run"],
        "lucky-hub": ["serve", "quarantine", "resequence", "--outcome", "--cancel-missing"],
    ]

    @Test(
        "Each shell's script knows the verbs and options",
        arguments: [("lucky", "bash"), ("lucky", "zsh"), ("lucky", "fish"), ("lucky-hub", "bash")])
    func scripts(_ program: String, _ shell: String) async throws {
        let run = try await Command.run(
            Repository.program(program).path, ["completions", shell, "--lang", "en"],
            deadline: Self.patience)
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(!HelpTests.isChinese(run.output))
        for verb in try #require(Self.verbs[program]) {
            // fish writes an option without its dashes.
            let word = shell == "fish" ? verb.drop { $0 == "-" } : verb[...]
            #expect(run.output.contains(word), "\(verb)")
        }
        guard shell == "bash" else { return }
        let folder = try TemporaryFolder()
        let path = folder.path(program)
        try Data(run.output.utf8).write(to: URL(filePath: path))
        let parsed = try await Command.run("bash", ["-n", path])
        #expect(parsed.status == 0 && parsed.errors.isEmpty, "\(parsed.errors)")
    }

    @Test("Another shell is refused, with the words that are known")
    func otherShell() async throws {
        let run = try await Command.run(Repository.program("lucky").path, ["completions", "csh"])
        #expect(run.status == 64 && run.errors.contains("csh"))
    }

    @Test(
        "The manual has each verb of the help, and no line that would be taken for a request",
        arguments: [
            ("lucky", ["stop complete", "doctor", "inspect vector", "backup", "shift drop"]),
            ("lucky-hub", ["serve", "plan import", "review resolve", "token issue", "manual"]),
        ])
    func manual(_ program: String, _ verbs: [String]) async throws {
        let page = try await Command.run(
            Repository.program(program).path, ["manual", "--lang", "en"], deadline: Self.patience)
        #expect(!HelpTests.isChinese(page.output))
        #expect(page.status == 0 && page.output.hasPrefix(".TH \(program.uppercased()) 1\n"))
        let name = program.replacingOccurrences(of: "-", with: "\\-")
        for verb in verbs {
            #expect(page.output.contains(".SS \"\(name) \(verb)\"\n"), "\(verb)")
        }
        #expect(!page.output.contains("demo\\-driver"))
        let requests: Set = [".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".br"]
        for line in page.output.split(separator: "\n")
        where line.hasPrefix(".") || line.hasPrefix("'") {
            #expect(requests.contains(String(line.prefix { $0 != " " })), "\(line)")
        }
    }
}
