import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: Phrase.helpOutbox.spoken,
        subcommands: [OutboxList.self, OutboxShow.self, OutboxExport.self, OutboxRetry.self],
        defaultSubcommand: OutboxList.self)
}

struct OutboxList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: Phrase.helpOutboxList.spoken
    )

    @OptionGroup var common: CommonOptions

    @Flag(help: Phrase.helpOutboxAll.help)
    var all = false

    @Flag(help: Phrase.helpOutboxQuarantined.help)
    var quarantined = false

    func run() async throws {
        try await Session.run(common) { session in
            let filter: OutboxFilter = quarantined ? .quarantined : all ? .all : .pending
            let entries = try await session.driver.outbox(filter)
            let stops = try await session.stops(of: entries)
            let objects = entries.map { EntryObject($0, stops) }
            let position = try await session.driver.status()
            var lines = OutboxText.lines(entries, stops, session.output)
            if position.quarantinedCount > 0, !quarantined {
                lines.append(
                    session.output.text(
                        .outboxRefused, ["count": "\(position.quarantinedCount)"]))
            } else if lines.isEmpty {
                let isKnown = position.lastPageAt != nil && !quarantined
                lines.append(session.output.text(isKnown ? .nothingWaiting : .outboxNothing))
                lines += try await session.proofsHere()
            }
            session.output.result(Listed(changes: objects), lines)
        }
    }

    private struct Listed: Encodable { var changes: [EntryObject] }

    private struct EntryObject: Encodable {
        var change: String
        var counter: UInt64
        var kinds: [String]
        var reason: String?
        var replica: String
        var state: String
        var stops: [String]
        var writtenMs: Int64

        init(_ entry: OutboxEntry, _ stops: [EntityID: StoredStop]) {
            change = entry.change.hex
            counter = entry.dot.counter
            kinds = entry.kinds
            reason = entry.reason
            replica = entry.dot.replica.description
            state = entry.state.rawValue
            self.stops = entry.entities.filter { $0.kind == .stop }
                .map { stops[$0]?.stop.code.text ?? $0.hex }
            writtenMs = entry.writtenAt
        }
    }
}

/// Records of the outbox as lines.
enum OutboxText {
    static func lines(
        _ entries: [OutboxEntry], _ stops: [EntityID: StoredStop], _ output: Output
    ) -> [String] {
        let digits = digits(of: entries)
        return TextTable.lines([], entries.map { row($0, digits, stops, output) })
    }

    /// So many digits of each id that no two begin alike: 8 as taps say them, or more.
    private static func digits(of entries: [OutboxEntry]) -> Int {
        let ids = Set(entries.map(\.change.hex))
        return (8..<32).first { count in Set(ids.map { $0.prefix(count) }).count == ids.count }
            ?? 32
    }

    private static func row(
        _ entry: OutboxEntry, _ digits: Int, _ stops: [EntityID: StoredStop], _ output: Output
    ) -> [String] {
        let time = Formats.timeOfDay(entry.writtenAt)
        let stop = entry.entities.compactMap { stops[$0]?.stop }.first
        let name = stop.map { "\($0.spokenName) \($0.customer)" } ?? ""
        let kinds = Formats.list(
            entry.kinds.map { kind in
                FactKind.named.first { $0.word == kind }.map { output.text(.fact($0.kind)) } ?? kind
            }, in: output.language)
        let reason = entry.reason.map { " (\($0))" } ?? ""
        let state = output.text(state(entry.state)) + reason
        return [time, String(entry.change.hex.prefix(digits)), state, name, kinds]
    }

    private static func state(_ state: OutboxEntry.State) -> Phrase {
        switch state {
        case .pending: .entryPending
        case .received: .entryReceived
        case .already: .entryAlready
        case .quarantined: .notAccepted
        }
    }
}

extension Session {
    /// The stops that records of the outbox are about.
    func stops(of entries: [OutboxEntry]) async throws -> [EntityID: StoredStop] {
        var stops: [EntityID: StoredStop] = [:]
        for entity in Set(entries.flatMap(\.entities)).sorted() {
            stops[entity] = try await driver.stop(entity)
        }
        return stops
    }
}
