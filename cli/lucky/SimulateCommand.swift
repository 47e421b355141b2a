import ArgumentParser
import LuckyCommandLine
import LuckyModel
import LuckySimulation

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: Phrase.helpSimulateYears.spoken,
        subcommands: [
            SimulateRunCommand.self, SimulateCanaryCommand.self, SimulateReplayCommand.self,
            SimulateMinimizeCommand.self,
        ])
}

/// What one seed plays.
struct SwarmOptions: ParsableArguments {
    @Option(help: Phrase.helpSeed.help)
    var seed: UInt64 = 1

    @Option(help: Phrase.helpDrivers.help)
    var drivers = 2

    @Option(help: Phrase.helpDays.help)
    var days = 1

    @Option(help: Phrase.helpFaults.help)
    var faults = FaultsArgument.heavy

    #if LUCKY_MUTANTS
        @Flag(help: .hidden)
        var brief = false
    #endif

    func validate() throws {
        guard (1...16).contains(drivers), (1...60).contains(days) else {
            throw ValidationError(.swarmBounds)
        }
    }

    /// - Parameter place: which of several seeds, from 0.
    func settings(_ place: Int = 0) -> SwarmSettings {
        #if LUCKY_MUTANTS
            if brief {
                var settings = SwarmSettings.brief(seed: seed &+ UInt64(place))
                (settings.drivers, settings.days) = (drivers, days)
                settings.faults = faults.faults
                return settings
            }
        #endif
        return SwarmSettings(
            seed: seed &+ UInt64(place), drivers: drivers, days: days,
            faults: faults.faults)
    }
}

/// How many seeds, and how long.
struct SeedsOptions: ParsableArguments {
    @Option(help: Phrase.helpSeeds.help)
    var seeds = 1

    @Option(help: Phrase.helpSwarmMinutes.help)
    var minutes: Double?

    func validate() throws {
        guard seeds > 0, minutes.map({ $0 >= 0 }) ?? true else {
            throw ValidationError(.swarmBounds)
        }
    }

    /// Which seeds, from 0: one at least, and none that would begin when the time is up.
    var places: some Sequence<Int> {
        let began = ContinuousClock.now
        return (0..<seeds).lazy.prefix { place in
            place == 0 || minutes.map { .now - began < .seconds($0 * 60) } ?? true
        }
    }
}

/// A fault of the product that is planted in this process (`Mutant`); only debug builds have any.
struct PlantedOptions: ParsableArguments {
    #if LUCKY_MUTANTS
        @Option(help: .hidden)
        var mutant: String?

        func validate() throws {
            let names = ["none"] + Mutant.allCases.map(\.rawValue)
            if let mutant, !names.contains(mutant) {
                let words = names.joined(separator: ", ")
                throw ValidationError(
                    .usageWords, ["option": "--mutant", "words": words, "found": mutant])
            }
        }

        /// Before anything runs.
        func plant() { Mutant.chosen = mutant.flatMap { Mutant(rawValue: $0) } }
    #else
        func plant() {}
    #endif
}

/// As typed.
enum FaultsArgument: String, CaseIterable, ExpressibleByArgument {
    case none, light, heavy

    var faults: SwarmSettings.Faults {
        switch self {
        case .none: .none
        case .light: .light
        case .heavy: .heavy
        }
    }
}
