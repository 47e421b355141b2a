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

    /// Asks a shell what it would complete the last word to, its script being the first argument.
    private static let questions = [
        "bash": """
        source "$1"; cd "${1%/*}"; shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
        "_$1" "$1" "${@: -1}" "${@: -2:1}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """,
        "fish": "source $argv[1]; cd (dirname $argv[1]); complete -C $argv[2]",
    ]

    private static func has(_ program: String) -> Bool {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: $0 + "/" + program)
        }
    }

    @Test(
        "Each shell completes verbs and options by its script",
        arguments: [
            ("lucky", "bash"), ("lucky", "zsh"), ("lucky", "fish"), ("lucky-hub", "bash"),
            ("lucky-hub", "zsh"), ("lucky-hub", "fish"),
        ].filter { has($1) })
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
        let folder = try TemporaryFolder()
        let path = folder.path(program)
        try Data(run.output.utf8).write(to: URL(filePath: path))
        try Self.lay(in: folder)
        let parsed = try await Command.run(shell, ["-n", path])
        #expect(parsed.status == 0 && parsed.errors.isEmpty, "\(parsed.errors)")
        // zsh completes only where somebody types: below.
        guard let question = Self.questions[shell] else { return }
        for (typed, offered) in Self.typed where typed[0] == program {
            let words =
                shell == "bash" ? [shell, path] + typed : [path, typed.joined(separator: " ")]
            let asked = try await Command.run(shell, ["-c", question] + words)
            let offers = Set(asked.output.split(separator: "\n").map { $0.prefix { $0 != "\t" } })
            #expect(offers == Set(offered.map { $0[...] }), "\(typed): \(asked.errors)")
        }
    }

    @Test(
        "zsh offers the verbs to whoever types", .enabled(if: has("zsh"), "needs zsh"),
        arguments: ["lucky", "lucky-hub"])
    func typing(_ program: String) async throws {
        let run = try await Command.run(
            Repository.program(program).path, ["completions", "zsh", "--lang", "en"],
            deadline: Self.patience)
        let folder = try TemporaryFolder()
        try Data(run.output.utf8).write(to: folder.url.appending(path: "_" + program))
        try Self.lay(in: folder)
        let prompt = "ready> "
        let functions =
            "fpath=(\(folder.url.path) $fpath); autoload -U compinit; compinit -u -D\n"
            + "cd \(folder.url.path)\n"
        var keys = [(after: prompt, key: functions)]
        // One word alone is completed on the line, and not listed.
        let listed = Self.typed.filter { $0.0[0] == program && $0.1.count > 1 }
        for (typed, offered) in listed {
            keys.append((prompt, typed.joined(separator: " ") + "\t"))
            keys.append((try #require(offered.max()), "\u{15}\n"))
        }
        keys.append((prompt, "exit\n"))
        let shown = try await PseudoTerminal.run(
            "/usr/bin/zsh", ["-f"], columns: 120, environment: ["PS1": prompt, "TERM": "xterm"],
            keys: keys, deadline: Self.patience)
        #expect(!shown.timedOut && !listed.isEmpty, "\(shown.output)")
        for word in listed.flatMap(\.1) { #expect(shown.output.contains(word), "\(word)") }
    }

    /// Files that are named as an option or an argument.
    private static func lay(in folder: TemporaryFolder) throws {
        for name in ["plan.csv", "plan.json"] {
            try Data().write(to: folder.url.appending(path: name))
        }
    }

    private static let typed: [([String], [String])] = [
        (["lucky", "sto"], ["stop", "stock"]),
        (["lucky", "stop", "co"], ["complete", "correct"]),
        (["lucky", "stop", "complete", "1", "--deli"], ["--delivered"]),
        (["lucky", "route", "resequence", "--rec"], ["--record"]),
        (["lucky", "stop", "correct", "1", "--withdraw", "ha"], ["handover"]),
        (["lucky", "route", "simulate", "--plan", "plan."], ["plan.csv", "plan.json"]),
        (["lucky", "stop", "photo", "1", "plan."], ["plan.csv", "plan.json"]),
        (["lucky-hub", "plan", "import", "plan."], ["plan.csv", "plan.json"]),
        (["lucky-hub", "token", "issue", "--role", "disp"], ["dispatcher"]),
        (["lucky-hub", "plan", "res"], ["resequence", "reschedule"]),
    ]

    @Test(
        "The manual is set by groff without a complaint, in 80 columns",
        .enabled(if: has("groff"), "needs groff"), arguments: ["lucky", "lucky-hub"])
    func set(_ program: String) async throws {
        let page = try await Command.run(
            Repository.program(program).path, ["manual", "--lang", "en"], deadline: Self.patience)
        let set = try await Command.run(
            "groff", ["-Kutf8", "-man", "-Tutf8", "-ww", "-P-c"], input: page.output)
        #expect(set.status == 0 && set.errors.isEmpty, "\(set.errors.prefix(400))")
        let lines = set.output.replacing(/.\x08/, with: "").split(separator: "\n")
        #expect(lines.count > 200)
        #expect(lines.allSatisfy { $0.count <= 80 })
        for verb in try #require(Self.verbs[program]) {
            #expect(lines.contains { $0.contains(verb) }, "\(verb)")
        }
    }

    @Test("Another shell is refused, with the words that are known")
    func otherShell() async throws {
        let run = try await Command.run(Repository.program("lucky").path, ["completions", "csh"])
        #expect(run.status == 64 && run.errors.contains("csh"))
    }

    @Test(
        "The manual has each verb of the help, and no line that would be taken for a request",
        arguments: [("lucky", 50), ("lucky-hub", 35)])
    func manual(_ program: String, _ least: Int) async throws {
        let page = try await Command.run(
            Repository.program(program).path, ["manual", "--lang", "en"], deadline: Self.patience)
        #expect(!HelpTests.isChinese(page.output))
        #expect(page.status == 0 && page.output.hasPrefix(".TH \(program.uppercased()) 1\n"))
        let name = program.replacingOccurrences(of: "-", with: "\\-")
        let verbs = try await VerbTree.of(program).leaves()
        #expect(verbs.count >= least)
        for verb in verbs {
            let words = verb.joined(separator: " ").replacingOccurrences(of: "-", with: "\\-")
            #expect(page.output.contains(".SS \"\(name) \(words)\"\n"), "\(verb)")
        }
        #expect(!page.output.contains("demo\\-driver"))
        let requests: Set = [
            ".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".br", ".nh", ".ad",
        ]
        for line in page.output.split(separator: "\n")
        where line.hasPrefix(".") || line.hasPrefix("'") {
            #expect(requests.contains(String(line.prefix { $0 != " " })), "\(line)")
        }
    }
}
