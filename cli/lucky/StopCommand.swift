import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver

struct StopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: Phrase.helpStopGroup.spoken,
        subcommands: [
            StopShow.self, StopArrive.self, StopComplete.self, StopFail.self, StopAdd.self,
            StopCorrect.self, StopMeter.self, StopNote.self, StopPhoto.self, StopSuggest.self,
        ])
}

/// Which stop.
struct StopChoice: ParsableArguments {
    // fish numbers only arguments that say what completes them: a file behind it would be taken for it.
    @Argument(help: Phrase.helpWhichStop.help, completion: .list([]))
    var stop: String

    @Option(help: Phrase.helpRouteOfStop.help)
    var route: String?

    func validate() throws {
        if stop.allSatisfy(\.isWhitespace) { throw ValidationError(.usageStop, [:]) }
    }
}

/// Which stop, and the name of the tap.
struct StopOptions: ParsableArguments {
    @OptionGroup var choice: StopChoice
    @OptionGroup var tap: TapOptions

    var stop: String { choice.stop }
    var route: String? { choice.route }
    var change: ChangeID? { tap.change }
    var isDryRun: Bool { tap.isDryRun }
}

/// The name of a tap, and whether it is only tried.
struct TapOptions: ParsableArguments {
    @OptionGroup var trial: DryRunOption

    var isDryRun: Bool { trial.dryRun }

    @Option(help: Phrase.helpTapID.help(as: "hex"))
    var id: String?

    func validate() throws {
        if let id, ChangeID(hex: id) == nil {
            throw ValidationError(.usageDigits, ["option": "--id", "count": "32"])
        }
    }

    var change: ChangeID? { id.flatMap { ChangeID(hex: $0) } }
}

extension Session {
    /// Runs a tap on a stop and says what is safe where.
    /// - Parameter odd: what should be looked at besides what the record itself says.
    func tap(
        _ which: StopOptions, saying phrase: Phrase, odd: [TapWarning] = [],
        _ tap: (EntityID) async throws -> Commit
    ) async throws {
        let before = try await stop(which.stop, route: which.route)
        let commit: Commit
        do {
            commit = try await tap(before.stop.id)
        } catch let error as DeliveryError {
            var failure = CommandFailure(error, output, stop: before.stop.spokenName)
            // Whoever recorded it here already must not record it once more.
            if error.cause == .refused(.handedOver), try await isRecorded(before.stop.id) {
                failure.hint = output.text(.handedOverRecordedHint)
            }
            throw failure
        }
        try await say(commit, on: before.stop.id, phrase, odd: odd)
    }

    /// This phone recorded that something changed hands there, or failed to.
    private func isRecorded(_ stop: EntityID) async throws -> Bool {
        let kinds = [FactKind.handedOver, .failed, .cashReceived].map(\.word)
        return try await driver.outbox(.all).contains { entry in
            entry.entities.contains(stop) && entry.kinds.contains(where: kinds.contains)
        }
    }

    /// What an earlier tap of this id handed over, so that a repeated call that leaves it to the
    /// plan says the same again.
    func handover(of change: ChangeID?) async throws -> HandedOver? {
        guard let change, let tap = try await driver.recorded(change) else { return nil }
        for fact in tap.facts {
            switch fact {
            case .handedOver(let value): return value
            case .corrected(let value):
                if case .handedOver(let value) = value.replacement { return value }
            default: continue
            }
        }
        return nil
    }

    /// What this driver's records at a stop come to, and where others recorded there too, what all do.
    private func handover(at stop: Stop) async throws -> [String] {
        let day = try await driver.dutyDay(on: stop.date.map { .on($0) } ?? options.day)
        let moved = day?.visits.first { $0.stop == stop.id }?.moved ?? CylindersMoved()
        var own = stop
        (own.delivered, own.collected) = (moved.delivered, moved.collected)
        own.cash = day?.taken[stop.id] ?? .zero
        if day == nil || own == stop { return ["  " + RouteText.handover(stop, output)] }
        return [
            "  " + RouteText.handover(own, output),
            "  " + output.text(.handoverOfAll, ["text": RouteText.handover(stop, output)]),
        ]
    }

    /// Whose stop that is, and of which day where it is not today.
    private func about(_ stop: Stop) -> [String] {
        let day = stop.date == driver.date(of: .today) ? nil : stop.date?.text(output.dates)
        let parts = [day ?? "", stop.who].filter { !$0.isEmpty }
        return parts.isEmpty ? [] : ["  " + parts.joined(separator: "  ")]
    }

    /// What is said of taps with which cylinders or money change hands: then also how much.
    private static let handsOver: Set<Phrase> = [.stopDelivered, .stopAdded, .stopCorrected]

    /// What a tap came to, and what is safe where.
    func say(
        _ commit: Commit, on stop: EntityID, _ phrase: Phrase, odd: [TapWarning] = []
    ) async throws {
        guard let after = try await driver.stop(stop) else { return }
        let name = after.stop.spokenName
        let isPart = phrase == .stopDelivered && after.stop.status == .partiallyDelivered
        let said =
            commit.isRepeat ? Phrase.stopAlreadyRecorded : isPart ? .stopPartlyDelivered : phrase
        var arguments = [
            "stop": name, "change": String(commit.change.hex.prefix(8)),
            "rest": Formats.quantities(after.stop.missing, in: output.language),
        ]
        if let failure = after.stop.failure { arguments["reason"] = output.text(.failure(failure)) }
        let warnings = try await odd + warnings(of: commit, after)
        let door = try await driver.door(of: stop)
        output.result(
            CommitObject(
                change: commit.change.hex, isRepeat: commit.isRepeat, pending: commit.pending,
                stop: StopObject(after, at: door), warnings: TapWarning.words(warnings)),
            [output.text(said, arguments)] + about(after.stop)
                + (Self.handsOver.contains(phrase)
                    ? try await handover(at: after.stop)
                        + RouteText.serials(door, output).map { "  " + $0 } : []))
        output.remark(output.text(.waitingOnline, ["pending": "\(commit.pending)"]))
        if let phrase = after.stop.pictureWords { output.remark("  " + output.text(phrase)) }
        for warning in warnings { output.warning(warning.line) }
    }
}

struct StopShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: Phrase.helpStopShow.spoken)

    @OptionGroup var common: CommonOptions
    @OptionGroup var which: StopChoice

    func run() async throws {
        try await Session.run(common) { session in
            let stop = try await session.stop(which.stop, route: which.route)
            let witnessed = try await session.driver.witnessed(at: stop.stop.id)
            let door = try await session.driver.door(of: stop.stop.id)
            session.output.result(
                StopObject(stop, at: door, witnessed: witnessed),
                try await RouteText(session).stopLines(stop)
                    + (RouteText.serials(door, session.output)
                    + RouteText.readings(door, session.output)).map { "       " + $0 }
                    + visited(stop.stop, session.output)
                    + witnessed.map { line($0, session.output) })
        }
    }
}

extension StopShow {
    /// When the driver came and was done, and who took it.
    private func visited(_ stop: Stop, _ output: Output) -> [String] {
        let parts = [
            stop.arrivedAt.map { output.text(.stopCameAt, ["time": Formats.timeOfDay($0)]) },
            stop.closedAt.map { output.text(.stopDoneAt, ["time": Formats.timeOfDay($0)]) },
            stop.recipient.map { output.text(.stopTakenBy, ["who": $0]) },
        ].compactMap(\.self)
        return parts.isEmpty ? [] : ["       " + parts.joined(separator: "　")]
    }

    private func line(_ fact: WitnessedFact, _ output: Output) -> String {
        "       ⚠ "
            + output.text(
                .factWitnessed,
                [
                    "what": output.text(.fact(fact.kind)), "who": fact.author.text,
                    "time": Formats.timeOfDay(fact.writtenAt),
                    "phone": String(fact.witness.description.prefix(4)),
                ])
    }
}

struct StopArrive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arrive", abstract: Phrase.helpStopArrive.spoken)

    @OptionGroup var common: CommonOptions
    @OptionGroup var which: StopOptions

    func run() async throws {
        try await Session.run(common, dryRun: which.isDryRun) { session in
            try await session.tap(which, saying: .stopArrived) {
                try await session.driver.arrive(at: $0, change: which.change)
            }
        }
    }
}

struct StopComplete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complete", abstract: Phrase.helpStopComplete.spoken)

    @OptionGroup var common: CommonOptions
    @OptionGroup var which: StopOptions
    @OptionGroup var counts: CountOptions

    @OptionGroup var door: DoorOptions

    @Flag(help: Phrase.helpDespiteCancel.help)
    var despiteCancel = false

    func run() async throws {
        try await Session.run(common, dryRun: which.isDryRun) { session in
            let cash = try door.money()
            let before = try await session.stop(which.stop, route: which.route).stop
            let earlier = try await session.handover(of: which.change)
            let handover = try counts.handover(
                ordered: earlier?.handover.delivered ?? before.ordered)
            let proof = try door.proof(session.output)
            var odd = door.odd(proof, session.output)
            if despiteCancel, !before.isCancelled { odd.append(session.notCancelled(before)) }
            try await session.tap(which, saying: .stopDelivered, odd: odd) {
                try await session.driver.complete(
                    $0, handover: handover, serials: counts.serials, proof: proof, cash: cash,
                    despiteCancel: despiteCancel, change: which.change)
            }
        }
    }
}

struct StopFail: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fail", abstract: Phrase.helpStopFail.spoken)

    @OptionGroup var common: CommonOptions
    @OptionGroup var which: StopOptions

    @Option(
        help: ArgumentHelp(Phrase.helpReason.spoken(["words": FailureReason.words])),
        completion: .list(FailureReason.named.map(\.word)))
    var reason: String

    @Option(help: Phrase.helpOwnWords.help)
    var note: String?

    func validate() throws {
        if FailureReason(word: reason) == nil {
            throw ValidationError(badReason: reason)
        }
    }

    func run() async throws {
        try await Session.run(common, dryRun: which.isDryRun) { session in
            let reason = FailureReason(word: reason) ?? .other
            try await session.tap(which, saying: .stopFailed) {
                try await session.driver.fail(
                    $0, reason: reason, note: note, change: which.change)
            }
        }
    }
}

struct StopNote: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: Phrase.helpStopNote.spoken)

    @OptionGroup var common: CommonOptions
    @OptionGroup var which: StopOptions

    @Argument(help: Phrase.helpNote.help)
    var text: String

    func validate() throws {
        guard text.allSatisfy(\.isWhitespace) else { return }
        throw ValidationError(.usageEmpty, ["option": "<text>"])
    }

    func run() async throws {
        try await Session.run(common, dryRun: which.isDryRun) { session in
            try await session.tap(which, saying: .stopNoted) {
                try await session.driver.note(text, on: $0, change: which.change)
            }
        }
    }
}

struct StopSuggest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest", abstract: Phrase.helpStopSuggest.spoken)

    @OptionGroup var common: CommonOptions
    @OptionGroup var which: StopOptions

    @Option(help: Phrase.helpSuggestedAddress.help)
    var address: String

    func validate() throws {
        guard address.allSatisfy(\.isWhitespace) else { return }
        throw ValidationError(.usageEmpty, ["option": "--address"])
    }

    func run() async throws {
        try await Session.run(common, dryRun: which.isDryRun) { session in
            try await session.tap(which, saying: .suggestionSaved) {
                try await session.driver.suggest(
                    address: address, for: $0, change: which.change)
            }
        }
    }
}

extension ValidationError {
    /// A reason that is none of ``FailureReason/named``.
    init(badReason found: String) {
        self.init(
            .usageWords,
            ["option": "--reason", "words": FailureReason.words, "found": found])
    }
}

extension FailureReason {
    /// What `--reason` takes.
    static var words: String {
        let words = named.map { reason, word in
            "\(word) (\(Phrase.failure(reason).spoken))"
        }
        return Formats.list(words, in: Call.current.language)
    }
}
