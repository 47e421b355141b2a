import ArgumentParser
import LuckyCommandLine
import LuckyModel
import LuckySimulation

struct SimulateMinimizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "minimize",
        abstract: "Find the shortest history of a seed that still fails.",
        discussion: """
            Leaves out what people do, then what goes wrong, then whole phones, for as long as the \
            same checker still finds something.
            """)

    @OptionGroup var speech: SpeechOptions
    @OptionGroup var swarm: SwarmOptions

    @Option(help: "How often to play it at most.")
    var runs = 400

    func run() async throws {
        let output = speech.output
        try await output.guarded {
            let settings = swarm.settings()
            guard let short = try SwarmMinimizer(settings, most: max(1, runs)) else {
                return output.result(
                    ShortObject(kept: 0, runs: 1, steps: [], violations: []),
                    [output.text(.swarmClean, ["seed": "\(settings.seed)"])])
            }
            let violations = short.outcome.violations.map { "\($0.checker): \($0.text)" }
            let head = output.text(
                .swarmShort,
                ["kept": "\(short.kept)", "drawn": "\(short.drawn)", "runs": "\(short.runs)"])
            output.result(
                ShortObject(
                    kept: short.kept, runs: short.runs, steps: short.lines,
                    violations: violations, caseFile: short.caseText),
                [head] + short.lines + violations
                    + [short.caseText ?? output.text(.swarmNoCase)])
            throw CommandFailure(
                code: "simulation_failed", exitCode: ExitStatus.checkFailed,
                message: output.text(.swarmFailed, ["count": "\(violations.count)"]))
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
