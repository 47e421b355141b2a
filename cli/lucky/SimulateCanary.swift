import ArgumentParser
import LuckyCommandLine
import LuckyModel
import LuckySimulation

/// Whether the swarm would notice a lost tap.
struct SimulateCanaryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "canary", abstract: Phrase.helpCanary.spoken)

    @OptionGroup var speech: SpeechOptions

    @Option(help: Phrase.helpSeed.help)
    var seed: UInt64 = 1

    @OptionGroup var amount: SeedsOptions

    func run() async throws {
        let output = speech.output
        try await output.guarded {
            var (played, unnoticed) = (0, [UInt64]())
            for place in amount.places {
                let seed = seed &+ UInt64(place)
                played += 1
                if try !Swarm.noticesLostTap(seed: seed) { unnoticed.append(seed) }
            }
            output.result(
                Shape(seeds: played, unnoticed: unnoticed),
                [output.text(.swarmCanaries, ["count": "\(played - unnoticed.count)"])])
            guard !unnoticed.isEmpty else { return }
            throw CommandFailure(
                code: "lost_tap_unnoticed", exitCode: ExitStatus.checkFailed,
                message: output.text(.swarmFailed, ["count": "\(unnoticed.count)"]),
                hint: output.text(.simulatedHint))
        }
    }

    private struct Shape: Encodable {
        var seeds: Int
        /// Seeds that nobody noticed anything in.
        var unnoticed: [UInt64]
    }
}
