import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

// What the office records about a stop.

extension Desk {
    /// Asks for an edit of one stop that the person sees now, or saw when `context` was given out.
    func edit<Request: Encodable>(
        _ verb: OfficeVerb, _ name: String, _ edit: EditOptions, context: String?, done: Phrase,
        _ request: (_ id: String, _ stop: String, _ context: String) -> Request
    ) async throws {
        let stop = try await stop(name, day: edit.business.day)
        let id = edit.requestID()
        report(
            try await ask(
                verb, request(id, stop.entity, context ?? stop.context),
                names: ["stop": name, "id": id], for: PlanEditReply.self), done: done)
    }
}

struct NoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: Phrase.helpHubNote.spoken)

    @OptionGroup var edit: EditOptions
    @OptionGroup var seen: ContextOption

    @Argument(help: Phrase.helpHubStopName.help)
    var stop: String

    @Argument(help: Phrase.helpNote.help)
    var text: String

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            try await desk.edit(.note, stop, edit, context: seen.context, done: .hubNoted) {
                NoteRequest(id: $0, stop: $1, context: $2, text: text)
            }
        }
    }
}

struct SettleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle",
        abstract: Phrase.helpHubSettle.spoken,
        discussion: Phrase.helpHubSettleMore.spoken)

    @OptionGroup var edit: EditOptions
    @OptionGroup var seen: ContextOption

    @Argument(help: Phrase.helpHubStopName.help)
    var stop: String

    @Option(help: Phrase.helpHubSettleDue.help)
    var due: String?

    @Option(help: Phrase.helpHubSettleReceived.help)
    var received: String?

    @Flag(help: Phrase.helpHubSettleAgain.help)
    var again = false

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            try await desk.edit(.settle, stop, edit, context: seen.context, done: .hubSettled) {
                SettleRequest(
                    id: $0, stop: $1, context: $2, due: due, received: received, again: again)
            }
        }
    }
}

struct RedactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact",
        abstract: Phrase.helpHubRedact.spoken,
        discussion: Phrase.helpHubRedactMore.spoken)

    @OptionGroup var edit: EditOptions
    @OptionGroup var seen: ContextOption

    @Argument(help: Phrase.helpHubStopName.help)
    var stop: String

    @Option(help: Phrase.helpHubRedactChange.help)
    var change: String?

    @Option(help: Phrase.helpHubRedactIndex.help)
    var index: Int?

    @Flag(help: Phrase.helpHubRedactAll.help)
    var all = false

    @Flag(help: Phrase.helpHubRedactYes.help)
    var yes = false

    func validate() throws {
        guard (change == nil) == all else {
            throw ValidationError(
                all ? .usageOneOf : .usageNeedsOne, ["options": "--change, --all"])
        }
        guard index == nil || change != nil else {
            throw ValidationError(.usageGoesWith, ["option": "--index", "with": "--change"])
        }
    }

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            guard yes || edit.trial.dryRun else {
                throw CommandFailure(
                    code: "needs_yes", exitCode: ExitStatus.refused,
                    message: desk.output.text(.hubRedactNeedsYes, ["stop": stop]),
                    hint: desk.output.text(.hubRedactNeedsYesHint))
            }
            try await desk.edit(.redact, stop, edit, context: seen.context, done: .hubRedacted) {
                RedactRequest(
                    id: $0, stop: $1, context: $2, change: change, index: index,
                    all: all ? true : nil)
            }
        }
    }
}

struct PlanReschedule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reschedule",
        abstract: Phrase.helpHubReschedule.spoken)

    @OptionGroup var edit: EditOptions
    @OptionGroup var seen: ContextOption

    @Argument(help: Phrase.helpHubStopName.help)
    var stop: String

    @Option(help: Phrase.helpHubRescheduleDay.help)
    var toDate: String?

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            let found: PlanShowReply.Stop?
            do {
                found = try await desk.stop(stop, day: edit.business.day)
            } catch {
                // A repeated request: by its code the stop is on the other day now.
                guard edit.id != nil else { throw error }
                found = nil
            }
            let id = edit.requestID()
            desk.report(
                try await desk.ask(
                    .planReschedule,
                    PlanRescheduleRequest(
                        id: id, stop: found?.entity ?? stop, date: edit.business.day?.text,
                        context: seen.context ?? found?.context, toDate: toDate,
                        route: place.toRoute, driver: place.to, sequence: place.sequence),
                    names: place.names.merging(["stop": stop, "id": id]) { $1 },
                    for: PlanEditReply.self),
                done: .hubRescheduled)
        }
    }
}

struct PlanCancelRoute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel-route",
        abstract: Phrase.helpHubCancelRoute.spoken)

    @OptionGroup var edit: EditOptions

    @Argument(help: Phrase.helpHubRouteName.help)
    var route: String

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            let found = try await desk.route(route, day: edit.business.day)
            let id = edit.requestID()
            desk.report(
                try await desk.ask(
                    .planCancelRoute,
                    PlanCancelRouteRequest(
                        id: id, route: found.entity, context: found.context,
                        stops: found.stops.map {
                            PlanResequenceRequest.Place(stop: $0.entity, context: $0.context)
                        }),
                    names: ["route": route, "id": id], for: PlanEditReply.self),
                done: .hubRouteCancelled)
        }
    }
}

struct PlanCloseRoute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close-route",
        abstract: Phrase.helpHubCloseRoute.spoken,
        discussion: Phrase.helpHubCloseRouteMore.spoken)

    @OptionGroup var edit: EditOptions

    @Argument(help: Phrase.helpHubRouteName.help)
    var route: String

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            let found = try await desk.route(route, day: edit.business.day)
            let id = edit.requestID()
            desk.report(
                try await desk.ask(
                    .planCloseRoute,
                    PlanCloseRouteRequest(id: id, route: found.entity, context: found.context),
                    names: ["route": route, "id": id], for: PlanEditReply.self),
                done: .hubRouteClosed)
        }
    }
}
