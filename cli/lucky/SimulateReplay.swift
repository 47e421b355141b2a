import ArgumentParser
import LuckyCommandLine
import LuckyModel
import LuckySimulation

struct SimulateReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: Phrase.helpReplay.spoken)

    @OptionGroup var speech: SpeechOptions
    @OptionGroup var swarm: SwarmOptions
    @OptionGroup var planted: PlantedOptions

    func run() async throws {
        let output = speech.output
        try await output.guarded {
            planted.plant()
            let (lines, outcome) = try Swarm.history(of: swarm.settings())
            if output.isJSON {
                output.line(
                    Output.json(
                        HistoryObject(
                            history: lines.map(\.en), trace: String(outcome.trace, radix: 16),
                            violations: outcome.violations.map(\.text))))
            } else {
                for line in lines { output.line(output.text(line)) }
            }
            guard outcome.violations.isEmpty else {
                throw CommandFailure(
                    code: "simulation_failed", exitCode: ExitStatus.checkFailed,
                    message: output.text(
                        .swarmFailed, ["count": "\(outcome.violations.count)"]),
                    hint: output.text(.simulatedHint))
            }
        }
    }

    private struct HistoryObject: Encodable {
        var history: [String]
        var trace: String
        var violations: [String]
    }
}
