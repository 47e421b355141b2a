import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct PurgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purge",
        abstract: Phrase.helpHubPurge.spoken)

    @OptionGroup var name: EntityName

    func run() async throws { try await name.decide(.purge, .hubPurged) }
}

struct UnpurgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unpurge", abstract: Phrase.helpHubUnpurge.spoken)

    @OptionGroup var name: EntityName

    func run() async throws { try await name.decide(.unpurge, .hubUnpurged) }
}

struct EntityName: ParsableArguments {
    @OptionGroup var office: OfficeOptions
    @OptionGroup var trial: DryRunOption

    @Argument(help: Phrase.helpHubPurgeEntity.help)
    var entity: String

    func decide(_ verb: OfficeVerb, _ done: Phrase) async throws {
        try await Desk.run(office, dryRun: trial.dryRun) { desk in
            let reply = try await desk.ask(
                verb, EntityRequest(entity: entity), for: DecisionReply.self)
            let words = reply.isRepeat ? Phrase.hubNothingToDo : done
            desk.output.result(reply, [desk.output.text(words, ["entity": entity])])
        }
    }
}

struct AlarmsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alarms", abstract: Phrase.helpHubAlarms.spoken)

    @OptionGroup var office: OfficeOptions

    func run() async throws {
        try await Desk.run(office) { desk in
            let output = desk.output
            let list = try await desk.ask(.alarmsList, ListRequest(), for: AlarmsReply.self)
            let lines = list.alarms.flatMap {
                let line = output.text(
                    .hubAlarmLine,
                    [
                        "kind": $0.kind, "replica": $0.replica, "count": "\($0.count)",
                        "time": Formats.timeOfDay($0.lastMs),
                    ])
                return [line] + (Phrase.hubAlarm($0.kind).map { ["  " + output.text($0)] } ?? [])
            }
            output.result(list, lines.isEmpty ? [output.text(.hubAlarmsNone)] : lines)
        }
    }
}
