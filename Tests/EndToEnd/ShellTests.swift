import Foundation
import TestSupport
import Testing

/// What shells and `man` are given.
struct ShellTests {
    private static let verbs = ["today", "outbox", "resequence", "--delivered", "--dry-run"]

    @Test("Each shell's script knows the verbs and options", arguments: ["bash", "zsh", "fish"])
    func scripts(_ shell: String) async throws {
        let run = try await Command.run(Repository.program("lucky").path, ["completions", shell])
        #expect(run.status == 0 && run.errors.isEmpty)
        for verb in Self.verbs {
            // fish writes an option without its dashes.
            let word = shell == "fish" ? verb.drop { $0 == "-" } : verb[...]
            #expect(run.output.contains(word), "\(verb)")
        }
        guard shell == "bash" else { return }
        let folder = try TemporaryFolder()
        let path = folder.path("lucky")
        try Data(run.output.utf8).write(to: URL(filePath: path))
        let parsed = try await Command.run("bash", ["-n", path])
        #expect(parsed.status == 0 && parsed.errors.isEmpty, "\(parsed.errors)")
    }

    @Test("Another shell is refused, with the words that are known")
    func otherShell() async throws {
        let run = try await Command.run(Repository.program("lucky").path, ["completions", "csh"])
        #expect(run.status == 64 && run.errors.contains("csh"))
    }

    @Test("The manual has each verb of the help, and no line that would be taken for a request")
    func manual() async throws {
        let program = Repository.program("lucky").path
        let page = try await Command.run(program, ["manual"])
        #expect(page.status == 0 && page.output.hasPrefix(".TH LUCKY 1\n"))
        for verb in ["stop complete", "doctor", "inspect vector", "backup", "shift drop"] {
            #expect(page.output.contains(".SS \"lucky \(verb)\"\n"), "\(verb)")
        }
        #expect(!page.output.contains("demo\\-driver"))
        let requests: Set = [".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".br"]
        for line in page.output.split(separator: "\n")
        where line.hasPrefix(".") || line.hasPrefix("'") {
            #expect(requests.contains(String(line.prefix { $0 != " " })), "\(line)")
        }
    }
}
