import Foundation
import LuckyHub

/// Messages of 100 updates (two changesets of 50) over 10,000 stops, taken by a hub in an SQLite
/// file: judged, merged, logged, durable, and the answer with the next page.
struct HubMergeRow: BenchRow {
    let name = "hub_merge"
    let unit = "updates/s"
    let better = Better.higher
    let referenceName = "blind UPDATE of the rows"
    let isShort = true

    func measure(_ workplace: Workplace) async throws -> Measurement {
        let scene = try HubScene(
            in: try workplace.folder("hub", on: .disk), stops: workplace.isShort ? 2_000 : 10_000,
            drivers: 10)
        let byHand = try HubByHand(workplace, scene)
        let messages = workplace.isShort ? 20 : 100
        var result = Measurement()
        for _ in 0..<workplace.rounds {
            var ours = 0.0
            var floor = 0.0
            var hand = 0.0
            for _ in 0..<messages {
                let message = try scene.nextMessage()
                floor += try seconds { try byHand.update(message) }
                var answer = SyncAnswer(body: Data(), hasNews: false)
                ours += try seconds { answer = try scene.sync(message) }
                try message.sender.take(answer)
                hand += try seconds { try byHand.send(message) }
            }
            let updates = Double(messages * 100)
            result.rounds.append(
                .init(ours: updates / ours, reference: updates / floor, byHand: updates / hand))
        }
        result.note = """
            a message is one transaction, page and all: two statements a fact, on few pages of the \
            file. What was tried and what is left: HubSpeed, beside the hub's sources
            """
        return result
    }
}

/// The same messages again, as a phone sends them that heard no answer.
struct HubDuplicatesRow: BenchRow {
    let name = "hub_duplicates"
    let unit = "updates/s"
    let better = Better.higher
    let referenceName = "outbox by hand, INSERT OR IGNORE"
    let isShort = true

    func measure(_ workplace: Workplace) async throws -> Measurement {
        let scene = try HubScene(
            in: try workplace.folder("hub", on: .disk), stops: 2_000, drivers: 10)
        let byHand = try HubByHand(workplace, scene)
        let messages = workplace.isShort ? 20 : 100
        var sent: [HubScene.Message] = []
        for _ in 0..<messages {
            let message = try scene.nextMessage()
            try message.sender.take(try scene.sync(message))
            try byHand.send(message)
            sent.append(message)
        }
        var result = Measurement()
        let updates = Double(messages * 100)
        for _ in 0..<workplace.rounds {
            var ours = 0.0
            var hand = 0.0
            for message in sent {
                var again = message
                again.body = message.sender.request(message.changesets)
                ours += try seconds { _ = try scene.sync(again) }
                hand += try seconds { try byHand.send(message) }
            }
            result.rounds.append(.init(ours: updates / ours, reference: updates / hand))
        }
        result.note = """
            each changeset is known by a hash made here of its bytes, and not taken apart. Left: \
            that hash, the frames' checksums and a copy of them, a message
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
