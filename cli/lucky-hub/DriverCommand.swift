import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct DriverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "driver",
        abstract: Phrase.helpHubDriver.spoken,
        subcommands: [DriverList.self, DriverDeactivate.self, DriverActivate.self],
        defaultSubcommand: DriverList.self)
}

struct DriverList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: Phrase.helpHubDriverList.spoken)

    @OptionGroup var office: OfficeOptions

    func run() async throws {
        try await Desk.run(office) { desk in
            let output = desk.output
            let list = try await desk.ask(.driverList, ListRequest(), for: DriversReply.self)
            let lines = list.deactivated.map {
                output.text(
                    .hubDriverLine,
                    [
                        "driver": $0.driver, "by": $0.by,
                        "time": Formats.moment($0.atMs, output.dates),
                    ])
            }
            output.result(list, lines.isEmpty ? [output.text(.hubDriversNone)] : lines)
        }
    }
}

/// One person by id.
struct DriverName: ParsableArguments {
    @OptionGroup var office: OfficeOptions
    @OptionGroup var trial: DryRunOption

    @Argument(help: Phrase.helpHubDriverName.help)
    var driver: String

    func decide(_ verb: OfficeVerb, unseen: Bool? = nil, _ done: Phrase) async throws {
        try await Desk.run(office, dryRun: trial.dryRun) { desk in
            let reply = try await desk.ask(
                verb, DriverRequest(driver: driver, unseen: unseen), names: ["driver": driver],
                for: DecisionReply.self)
            let words = reply.isRepeat ? Phrase.hubNothingToDo : done
            desk.output.result(reply, [desk.output.text(words, ["driver": driver])])
        }
    }
}

struct DriverDeactivate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deactivate",
        abstract: Phrase.helpHubDriverDeactivate.spoken)

    @OptionGroup var name: DriverName

    @Flag(help: Phrase.helpHubDriverUnseen.help)
    var unseen = false

    func run() async throws {
        try await name.decide(.driverDeactivate, unseen: unseen ? true : nil, .hubDeactivated)
    }
}

struct DriverActivate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate", abstract: Phrase.helpHubDriverActivate.spoken)

    @OptionGroup var name: DriverName

    func run() async throws { try await name.decide(.driverActivate, .hubActivated) }
}
