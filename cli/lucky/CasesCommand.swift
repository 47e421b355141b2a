import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyModel
import LuckySimulation

struct CasesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cases",
        abstract: Phrase.helpCasesWhat.spoken,
        subcommands: [CasesRunCommand.self, CasesSchemaCommand.self])
}

struct CasesRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: Phrase.helpCasesRun.spoken,
        discussion: Phrase.helpCasesRunMore.spoken)

    @OptionGroup var speech: SpeechOptions
    @OptionGroup var planted: PlantedOptions

    @Argument(help: Phrase.helpCasesFiles.help, completion: .file())
    var paths: [String]

    @Option(help: Phrase.helpCasesOrders.help)
    var orders = 200

    func validate() throws {
        if orders < 1 { throw ValidationError(.casesOrders) }
        if paths.isEmpty { throw ValidationError(.casesPaths) }
    }

    func run() async throws {
        let output = speech.output
        try await output.guarded {
            planted.plant()
            if let none = paths.first(where: { !FileManager.default.fileExists(atPath: $0) }) {
                throw CommandFailure(
                    code: "file_missing", exitCode: ExitStatus.usage,
                    message: output.text(.routeFileMissing, ["path": none]),
                    hint: output.text(.casesPaths))
            }
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
                        all > 0 ? .casesFailed : .casesNone, ["count": "\(all - passed)"]),
                    hint: output.text(.casesHint))
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
        case .fail:
            [output.text(.caseFailed, ["id": result.id, "reason": output.text(result.said)])]
        case .invalid:
            [output.text(.caseInvalid, ["id": result.id, "reason": output.text(result.said)])]
        }
    }
}

struct CasesSchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: Phrase.helpCasesSchema.spoken)

    @OptionGroup var speech: SpeechOptions

    func run() async throws {
        let text = CaseRunner.schema
        guard speech.json else { return speech.output.line(String(text.dropLast())) }
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
        let line = try JSONSerialization.data(
            withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
        speech.output.line(String(decoding: line, as: UTF8.self))
    }
}
