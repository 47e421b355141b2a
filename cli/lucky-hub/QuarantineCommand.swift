import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct QuarantineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine", abstract: Phrase.helpHubQuarantine.spoken,
        subcommands: [
            QuarantineList.self, QuarantineExport.self, QuarantineRelease.self,
            QuarantineReject.self,
        ],
        defaultSubcommand: QuarantineList.self)
}

struct QuarantineList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: Phrase.helpHubQuarantineList.spoken)

    @OptionGroup var office: OfficeOptions

    @Flag(help: Phrase.helpHubQuarantineAll.help)
    var all = false

    func run() async throws {
        try await Desk.run(office) { desk in
            let output = desk.output
            let list = try await desk.ask(
                .quarantineList, ListRequest(all: all), for: QuarantineReply.self)
            let lines = list.changesets.map { changeset in
                output.text(
                    .hubQuarantineLine,
                    [
                        "replica": changeset.replica, "counter": "\(changeset.counter)",
                        "author": changeset.author ?? "?", "reason": changeset.reason,
                        "content": Formats.list(changeset.content, in: output.language),
                    ])
            }
            output.result(list, lines.isEmpty ? [output.text(.hubQuarantineNone)] : lines)
        }
    }
}

/// One changeset by the first word of its line.
struct QuarantineName: ParsableArguments {
    @OptionGroup var office: OfficeOptions

    @Argument(help: Phrase.helpHubQuarantineName.help)
    var changeset: String

    func place(_ output: Output) throws -> (replica: String, counter: UInt64) {
        let parts = changeset.split(separator: ":")
        guard parts.count == 2, let replica = parts.first,
            let counter = parts.last.flatMap({
                UInt64($0)
            })
        else {
            throw CommandFailure(
                HubRefusal(
                    status: 404, code: "unknown_quarantined",
                    message: "There is no changeset \(changeset) in quarantine."),
                output)
        }
        return (String(replica), counter)
    }

    func decide(
        _ verb: OfficeVerb, dryRun: Bool, _ words: (DecisionReply, Output) -> String
    ) async throws {
        try await Desk.run(office, dryRun: dryRun) { desk in
            let place = try place(desk.output)
            let request = QuarantineDecisionRequest(
                id: RequestID.draw(), replica: place.replica, counter: place.counter)
            let reply = try await desk.ask(verb, request, for: DecisionReply.self)
            desk.output.result(reply, [words(reply, desk.output)])
        }
    }
}

struct QuarantineRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: Phrase.helpHubQuarantineRelease.spoken)

    @OptionGroup var name: QuarantineName
    @OptionGroup var trial: DryRunOption

    func run() async throws {
        try await name.decide(.quarantineRelease, dryRun: trial.dryRun) { reply, output in
            output.text(.hubReleased, ["count": "\(reply.changes.count)"])
        }
    }
}

struct QuarantineReject: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", abstract: Phrase.helpHubQuarantineReject.spoken)

    @OptionGroup var name: QuarantineName
    @OptionGroup var trial: DryRunOption

    func run() async throws {
        try await name.decide(.quarantineReject, dryRun: trial.dryRun) { _, output in
            output.text(.hubRejected)
        }
    }
}
