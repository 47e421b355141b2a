import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyModel
import LuckySimulation

struct SimulateRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: Phrase.helpSimulateRun.spoken,
        discussion: Phrase.helpSimulateRunMore.spoken)

    @OptionGroup var speech: SpeechOptions
    @OptionGroup var swarm: SwarmOptions

    @OptionGroup var amount: SeedsOptions

    @OptionGroup var planted: PlantedOptions

    @Option(help: Phrase.helpShortenRuns.help)
    var shorten = 40

    @Option(help: Phrase.helpCommit.help)
    var commit: String?

    func run() async throws {
        let output = speech.output
        #if LUCKY_MUTANTS
            if let mutant = planted.mutant, !swarm.brief { return try await hunt(mutant, output) }
        #endif
        try await output.guarded {
            planted.plant()
            var report = SwarmReport()
            var failed: SwarmSettings?
            let began = Self.cpuSeconds
            for place in amount.places {
                let settings = swarm.settings(place)
                let outcome = try Swarm.play(settings)
                let again = SwarmReport.isDouble(place) ? try Swarm.play(settings) : nil
                report.add(outcome, of: settings, again: again)
                tell(outcome, again, settings, output)
                if !outcome.violations.isEmpty { failed = failed ?? settings }
            }
            if let failed, shorten > 0 { try tellShort(failed, output) }
            let seconds = Self.cpuSeconds - began
            if output.isJSON { output.line(report.json(cpuSeconds: seconds)) }
            output.remark(
                output.text(
                    .swarmSummary,
                    [
                        "days": "\(report.driverDays)", "sets": "\(report.changesets)",
                        "faults": "\(report.faults.values.reduce(0, +))",
                        "wrong": "\(report.violations)", "stalls": "\(report.stalls)",
                    ]))
            guard report.isClean else {
                let count = report.violations + report.mismatchedTraces
                throw CommandFailure(
                    code: "simulation_failed", exitCode: ExitStatus.checkFailed,
                    message: output.text(.swarmFailed, ["count": "\(count)"]),
                    hint: output.text(.simulatedHint))
            }
        }
    }

    #if LUCKY_MUTANTS
        /// Brief runs with a fault of the product planted in it, or with `none`, until a checker
        /// finds something.
        private func hunt(_ name: String, _ output: Output) async throws {
            try await output.guarded {
                planted.plant()
                let hunt = try SwarmHunt(from: swarm.seed, most: amount.seeds)
                output.result(
                    HuntObject(mutant: name, seeds: hunt.seeds, checkers: hunt.checkers),
                    hunt.found.map { output.text($0) })
                guard !hunt.checkers.isEmpty else { return }
                throw CommandFailure(
                    code: "simulation_failed", exitCode: ExitStatus.checkFailed,
                    message: output.text(.swarmFailed, ["count": "\(hunt.found.count)"]),
                    hint: output.text(.simulatedHint))
            }
        }

        private struct HuntObject: Encodable {
            var mutant: String
            var seeds: Int
            var checkers: [String]
        }
    #endif

    private func tell(
        _ outcome: SwarmOutcome, _ again: SwarmOutcome?, _ settings: SwarmSettings,
        _ output: Output
    ) {
        let seed = "\(settings.seed)"
        output.remark(
            output.text(
                .swarmSeed,
                [
                    "seed": seed, "changesets": "\(outcome.changesets)",
                    "faults": "\(outcome.faults.values.reduce(0, +))",
                    "violations": "\(outcome.violations.count)",
                ]))
        var lines = outcome.violations.map {
            output.text(
                .swarmViolation,
                [
                    "seed": seed, "checker": $0.checker, "text": output.text($0.said),
                ])
        }
        if let again, again.trace != outcome.trace {
            lines.append(output.text(.swarmMismatch, ["seed": seed]))
        }
        guard !lines.isEmpty else { return }
        let named = commit ?? ProcessInfo.processInfo.environment["LUCKY_COMMIT"]
        lines.append(
            output.text(.swarmReplay, ["command": settings.replay(commit: named)]))
        say(lines, output)
    }

    /// The history of a seed that fails, made short, and as a case where the format has the words.
    private func tellShort(_ settings: SwarmSettings, _ output: Output) throws {
        guard let short = try SwarmMinimizer(settings, most: shorten) else { return }
        say(short.said(output), output)
    }

    private func say(_ lines: [String], _ output: Output) {
        for line in lines {
            if output.isJSON {
                FileHandle.standardError.write(Data((line + "\n").utf8))
            } else {
                output.line(line)
            }
        }
    }

    /// Of this process, all threads.
    private static var cpuSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
