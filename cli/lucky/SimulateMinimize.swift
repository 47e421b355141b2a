import ArgumentParser
import LuckyCommandLine
import LuckyModel
import LuckySimulation

struct SimulateMinimizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "minimize",
        abstract: Phrase.helpMinimize.spoken,
        discussion: Phrase.helpMinimizeMore.spoken)

    @OptionGroup var speech: SpeechOptions
    @OptionGroup var swarm: SwarmOptions
    @OptionGroup var planted: PlantedOptions

    @Option(help: Phrase.helpMinimizeRuns.help)
    var runs = 400

    func run() async throws {
        let output = speech.output
        try await output.guarded {
            planted.plant()
            let settings = swarm.settings()
            guard let short = try SwarmMinimizer(settings, most: max(1, runs)) else {
                return output.result(
                    ShortObject(kept: 0, runs: 1, steps: [], violations: []),
                    [output.text(.swarmClean, ["seed": "\(settings.seed)"])])
            }
            let violations = short.outcome.violations.map(\.line.en)
            output.result(
                ShortObject(
                    kept: short.kept, runs: short.runs, steps: short.lines,
                    violations: violations, caseFile: short.caseText),
                short.said(output))
            throw CommandFailure(
                code: "simulation_failed", exitCode: ExitStatus.checkFailed,
                message: output.text(.swarmFailed, ["count": "\(violations.count)"]),
                hint: output.text(.simulatedHint))
        }
    }

    private struct ShortObject: Encodable {
        var kept: Int
        var runs: Int
        var steps: [String]
        var violations: [String]
        var caseFile: String?
    }
}

extension SwarmMinimizer {
    /// How short, the steps, what they break, and the case.
    func said(_ output: Output) -> [String] {
        let head = output.text(
            .swarmShort, ["kept": "\(kept)", "drawn": "\(drawn)", "runs": "\(runs)"])
        return [head] + lines + outcome.violations.map { output.text($0.line) }
            + caseText.split(separator: "\n").map(String.init)
    }
}
