import ArgumentParser
import LuckyCommandLine
import LuckyModel
import LuckySimulation

struct CasesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cases",
        abstract: "Conflict cases: small histories in files, with what must come of them.",
        subcommands: [CasesRunCommand.self, CasesSchemaCommand.self])
}

struct CasesRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Play cases against the real store, sync machine and hub.",
        discussion: """
            A folder means every .json below it. Messages in flight land in every order when they \
            are 5 or fewer, else in so many distinct ones, on hubs in memory and on SQLite. With \
            --json, one object a case, each on a line. Exit code 1 unless all pass.
            """)

    @OptionGroup var speech: SpeechOptions
    @OptionGroup var planted: PlantedOptions

    @Argument(help: "Case files, and folders of them.")
    var paths: [String]

    @Option(help: "Distinct orders of messages, where there are more.")
    var orders = 200

    func validate() throws {
        if orders < 1 { throw ValidationError(.casesOrders) }
        if paths.isEmpty { throw ValidationError(.casesPaths) }
    }

    func run() async throws {
        let output = speech.output
        try await output.guarded {
            planted.plant()
            var counts: [CaseResult.Outcome: Int] = [:]
            for path in CaseRunner.files(paths) {
                let result = CaseRunner.run(path, orders: orders)
                counts[result.outcome, default: 0] += 1
                output.result(result, lines(result, output))
            }
            let all = counts.values.reduce(0, +)
            let passed = counts[.pass] ?? 0
            output.remark(
                output.text(.casesSummary, ["passed": "\(passed)", "all": "\(all)"]))
            guard all > 0, passed == all else {
                throw CommandFailure(
                    code: all > 0 ? "cases_failed" : "no_cases",
                    exitCode: ExitStatus.checkFailed,
                    message: output.text(
                        all > 0 ? .casesFailed : .casesNone, ["count": "\(all - passed)"]))
            }
        }
    }

    private func lines(_ result: CaseResult, _ output: Output) -> [String] {
        switch result.outcome {
        case .pass:
            speech.quiet
                ? []
                : [
                    output.text(
                        .casePassed, ["id": result.id, "orders": "\(result.orders)"])
                ]
        case .fail: [output.text(.caseFailed, ["id": result.id, "reason": result.reason])]
        case .invalid:
            [output.text(.caseInvalid, ["id": result.id, "reason": result.reason])]
        }
    }
}

struct CasesSchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of lucky-case/1.")

    @OptionGroup var speech: SpeechOptions

    func run() async throws {
        speech.output.line(String(CaseRunner.schema.dropLast()))
    }
}
