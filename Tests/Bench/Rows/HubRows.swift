import Foundation
import LuckyHub

/// Messages of 100 updates (two changesets of 50) over 10,000 stops, taken by a hub in an SQLite
/// file: judged, merged, logged, durable, and the answer with the next page. Several come at once, as
/// a hub has them; as many more one after the other, for the note.
struct HubMergeRow: BenchRow {
    let name = "hub_merge"
    let unit = "updates/s"
    let better = Better.higher
    let referenceName = "blind UPDATE of the rows"
    let isShort = true

    func measure(_ workplace: Workplace) async throws -> Measurement {
        let scene = try HubScene(
            in: try workplace.folder("hub", on: .disk), stops: workplace.isShort ? 2_000 : 10_000,
            drivers: HubScene.drivers)
        let byHand = try HubByHand(workplace, scene)
        let waves = workplace.isShort ? 1 : 5
        let lanes = WorkLanes()
        defer { lanes.close() }
        var result = Measurement()
        var alone: [Double] = []
        for _ in 0..<workplace.rounds {
            var (ours, one, floor, hand) = (0.0, 0.0, 0.0, 0.0)
            for _ in 0..<waves {
                for _ in 0..<HubScene.drivers {
                    let message = try scene.nextMessage()
                    floor += try seconds { try byHand.update(message) }
                    var answer = SyncAnswer(body: Data(), hasNews: false)
                    one += try seconds { answer = try scene.sync(message) }
                    try message.sender.take(answer)
                    hand += try seconds { try byHand.send(message) }
                }
                let wave = try (0..<HubScene.drivers).map { _ in try scene.nextMessage() }
                var answers: [SyncAnswer] = []
                ours += try seconds { answers = try scene.sync(wave, on: lanes) }
                for (message, answer) in zip(wave, answers) { try message.sender.take(answer) }
            }
            let updates = Double(waves * HubScene.drivers * 100)
            alone.append(updates / one)
            result.rounds.append(
                .init(ours: updates / ours, reference: updates / floor, byHand: updates / hand))
        }
        result.note = """
            \(WorkLanes.count) at once, as its work pool has them; one after the other \
            \(alone.median.short). What was tried and what is left: HubSpeed, beside the hub's \
            sources
            """
        return result
    }
}

/// The same messages again, as phones send them that heard no answer.
struct HubDuplicatesRow: BenchRow {
    let name = "hub_duplicates"
    let unit = "updates/s"
    let better = Better.higher
    let referenceName = "outbox by hand, INSERT OR IGNORE"
    let isShort = true
    /// So that the lanes have something to do.
    private static let passes = 10

    func measure(_ workplace: Workplace) async throws -> Measurement {
        let scene = try HubScene(
            in: try workplace.folder("hub", on: .disk), stops: 2_000, drivers: HubScene.drivers)
        let byHand = try HubByHand(workplace, scene)
        let messages = workplace.isShort ? 20 : 100
        var sent: [HubScene.Message] = []
        for _ in 0..<messages {
            let message = try scene.nextMessage()
            try message.sender.take(try scene.sync(message))
            try byHand.send(message)
            sent.append(message)
        }
        let lanes = WorkLanes()
        defer { lanes.close() }
        var result = Measurement()
        var alone: [Double] = []
        let updates = Double(messages * 100)
        for _ in 0..<workplace.rounds {
            let hand = try seconds { for message in sent { try byHand.send(message) } }
            let repeats = sent.map { message in
                var again = message
                again.body = message.sender.request(message.changesets)
                return again
            }
            let many = Array(repeatElement(repeats, count: Self.passes).joined())
            let one = try seconds { for message in many { _ = try scene.sync(message) } }
            let ours = try seconds { _ = try scene.sync(many, on: lanes) }
            alone.append(updates * Double(Self.passes) / one)
            result.rounds.append(
                .init(ours: updates * Double(Self.passes) / ours, reference: updates / hand))
        }
        result.note = """
            \(WorkLanes.count) at once, as a hub's work pool has them; one after the other \
            \(alone.median.short). A message is known by a hash made here of all its bytes, and its \
            changesets are not taken apart. What was tried and what is left: HubSpeed, beside the \
            hub's sources
            """
        return result
    }
}

/// Beside the hub: the floor and the outbox made by hand, in files of their own.
struct HubByHand {
    private let floor: ByHand
    private let outbox: ByHand

    init(_ workplace: Workplace, _ scene: HubScene) throws {
        let folder = try workplace.folder("by-hand", on: .disk)
        floor = try ByHand(
            at: folder + "/floor.sqlite", day: scene.day, stops: 0..<scene.stops,
            perRoute: HubScene.perRoute)
        outbox = try ByHand(
            at: folder + "/outbox.sqlite", day: scene.day, stops: 0..<scene.stops,
            perRoute: HubScene.perRoute)
    }

    func update(_ message: HubScene.Message) throws {
        try floor.transaction {
            for update in message.updates {
                try floor.change(update.stop, status: 2, at: 1, note: update.body)
            }
        }
    }

    func send(_ message: HubScene.Message) throws {
        try outbox.transaction {
            for update in message.updates {
                try outbox.change(update.stop, status: 2, at: 1, note: update.body)
                try outbox.send(update.stop, change: update.change, body: update.body)
            }
        }
    }
}
