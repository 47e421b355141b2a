import ArgumentParser
import LuckyCommandLine
import LuckyDriver
import LuckyWire

struct InspectChange: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change",
        abstract: Phrase.helpInspectChange.spoken,
        discussion: Phrase.helpInspectChangeMore.spoken)

    @OptionGroup var common: CommonOptions

    @Argument(help: Phrase.helpChangeID.help)
    var change: String

    func run() async throws {
        try await Session.run(common) { session in
            try await session.tell(try await session.change(change))
        }
    }
}

struct OutboxShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: Phrase.helpOutboxShow.spoken,
        discussion: Phrase.helpOutboxShowMore.spoken)

    @OptionGroup var common: CommonOptions

    @Argument(help: Phrase.helpChangeID.help)
    var change: String

    func run() async throws {
        try await Session.run(common) { session in
            let found = try await session.change(change)
            guard found.seal != nil else { throw session.unknown(change) }
            try await session.tell(found)
        }
    }
}

extension Session {
    /// A change by its id, or by the digits that only its id begins with.
    func change(_ name: String) async throws -> StoredChange {
        let found = try await driver.changes(beginning: name.lowercased())
        guard found.count < 2 else {
            throw CommandFailure(
                code: "ambiguous_change", exitCode: ExitStatus.refused,
                message: output.text(
                    .changeAmbiguous, ["count": "\(found.count)", "change": name]),
                hint: output.text(.changePrefixHint))
        }
        guard let id = found.first, let change = try await driver.change(id) else {
            throw unknown(name)
        }
        return change
    }

    func unknown(_ name: String) -> CommandFailure {
        CommandFailure(
            code: "unknown_change", exitCode: ExitStatus.refused,
            message: output.text(.changeUnknown, ["change": name]),
            hint: output.text(.changeHint))
    }

    fileprivate func tell(_ change: StoredChange) async throws {
        var stops: [EntityID: Stop] = [:]
        for entity in Set(change.parts.map(\.entity)).sorted() {
            stops[entity] = try await driver.stop(entity)?.stop
        }
        output.result(
            ChangeObject(change, output.language),
            ChangeText(output: output, stops: stops).lines(change))
    }
}

/// A change as lines.
private struct ChangeText {
    let output: Output
    let stops: [EntityID: Stop]

    func lines(_ change: StoredChange) -> [String] {
        let stamp = change.parts.first?.recorded.stamp
        var pairs = [
            (output.text(.changeName), change.change.hex),
            (output.text(.changeDot), "\(change.dot.replica):\(change.dot.counter)"),
        ]
        if let seal = change.seal {
            pairs.append((output.text(.changeHash), seal.hash.hex))
            let isFirst = seal.previous == .zero
            pairs.append((output.text(.changePrevious), isFirst ? "–" : seal.previous.hex))
        }
        if let stamp {
            pairs.append((output.text(.changeAuthor), author(stamp)))
            pairs.append(
                (output.text(.changeWritten), Formats.moment(stamp.writtenAt, output.dates)))
            pairs.append(
                (output.text(.changeOrder), "\(stamp.hlc.milliseconds)+\(stamp.hlc.logical)"))
        }
        pairs += header(change) + [(output.text(.changeSafe), safe(change))]
        if change.proof == .pending { pairs.append(("", output.text(.pictureWaits))) }
        for (place, part) in change.parts.enumerated() { pairs += lines(part, place) }
        return TextTable.labelled(pairs + reviews(change))
    }

    private func author(_ stamp: Stamp) -> String {
        let words = [stamp.author.text, output.text(.role(stamp.role))]
        let carrier = stamp.carriedBy.map { output.text(.changeBrought, ["who": $0.text]) }
        return (words + [carrier].compactMap(\.self)).joined(separator: " · ")
    }

    private func header(_ change: StoredChange) -> [(String, String)] {
        guard let header = change.seal?.header else { return [] }
        let running = [
            "seconds": "\(header.time.monotonicMilliseconds / 1_000)",
            "boot": String(header.time.boot.hex.prefix(8)),
        ]
        var pairs = [(output.text(.changeRunning), output.text(.changeRunningFor, running))]
        if let checkpoint = header.checkpoint {
            let seen = ["sequence": "\(checkpoint.sequence)", "depot": checkpoint.depot.text]
            pairs.append(
                (output.text(.changeCheckpoint), output.text(.changeCheckpointAt, seen)))
        }
        return pairs
    }

    /// Saved on this phone, received at the depot: never one for the other.
    private func safe(_ change: StoredChange) -> String {
        func at(_ phrase: Phrase, _ milliseconds: Int64?) -> String {
            let time = milliseconds.map { Formats.moment($0, output.dates) }
            return output.text(phrase, ["time": time ?? "–"])
        }
        if let seal = change.seal {
            switch seal.state {
            case .pending: return output.text(.changeOnPhone)
            case .received: return at(.changeAtDepot, seal.receivedAt)
            case .already: return at(.changeAlready, seal.receivedAt)
            case .quarantined:
                return output.text(.changeNotAccepted, ["reason": seal.reason ?? "?"])
            }
        }
        if let witness = change.parts.lazy.compactMap(\.recorded.witnessedBy).first {
            let phone = String(witness.description.prefix(4))
            return output.text(.changeOnlyWitness, ["phone": phone])
        }
        return at(.changeAtDepot, change.parts.first?.recorded.stamp.receivedAt)
    }

    private func lines(_ part: StoredChange.Part, _ place: Int) -> [(String, String)] {
        let name = stops[part.entity].map { stop in
            [stop.spokenName, stop.customer].filter { !$0.isEmpty }.joined(separator: " ")
        }
        var what = [name ?? part.name.text, part.recorded.body.words(in: output.language)]
        if part.isRedacted { what.append(output.text(.changeRedacted)) }
        let seen = part.recorded.context.entries.map {
            "\(Dot($0.replica, $0.counter))"
        }
        return [
            (output.text(.changePart, ["number": "\(place + 1)"]), what.joined(separator: " · ")),
            (
                "",
                output.text(.changeContext) + " "
                    + (seen.isEmpty
                        ? output.text(.changeSawNothing)
                        : Formats.list(seen, in: output.language))
            ),
        ]
    }

    private func reviews(_ change: StoredChange) -> [(String, String)] {
        let label = output.text(.changeReview)
        guard !change.reviews.isEmpty else { return [(label, output.text(.changeNoReviews))] }
        return change.reviews.map { stored in
            let status = output.text(.reviewStatus(stored.review.state.word))
            let text = stored.review.sentence(in: output.language, stop: stored.name.text)
            return (label, [stored.review.id.hex, status, text].joined(separator: "  "))
        }
    }
}
