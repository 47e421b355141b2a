import Foundation
import LuckyCausality
import LuckyHub
import LuckyModel
import LuckyWire
import Synchronization

/// A hub in a file, the office's plan in it, and drivers' phones as far as it can tell.
final class HubScene {
    static let office = Credential(person: "desk", depot: Depot.name, role: .office)
    static let perRoute = 40
    static let drivers = 10

    let hub: Hub
    let day: TaitungDay
    let stops: Int
    private(set) var senders: [Sender] = []
    private var now = Depot.now
    private var ids = ChangeIDs(random: (0xDE5C, 1))

    /// - Parameter drivers: each has as many of the stops; 0: one has them all, and no phone yet.
    init(in folder: String, stops: Int, drivers: Int) throws {
        day = try TaitungDay()
        self.stops = stops
        hub = try Hub.open(
            at: folder + "/hub.sqlite", depot: Depot.name, random: SplitMix(state: 3))
        let each = stops / max(drivers, 1)
        let depot = Depot(day, perRoute: Self.perRoute)
        var batch: [OfficeChangeset] = []
        for number in 0..<stops {
            guard let id = ids.next() else { throw BenchError("out of change ids") }
            let driver = Self.driver(min(number / each, max(drivers, 1) - 1))
            let changes = depot.plan(ofStop: number, for: driver).map { field, value in
                Change(Depot.stop(number), .plan(field, value))
            }
            batch.append(OfficeChangeset(changes, contexts: [:], id: id))
            if batch.count == 250 || number == stops - 1 {
                _ = try hub.write(batch, by: Self.office, now: tick())
                batch = []
            }
        }
        for number in 0..<drivers {
            let own = (number * each)..<(number * each + each)
            senders.append(try Sender(self, number: number, stops: own))
        }
    }

    static func driver(_ number: Int) -> Identifier { Identifier("drv-\(number)") }

    func tick() -> Int64 {
        now += 1_000
        return now
    }

    /// One message by the next driver in turn: two changesets of 50 facts.
    /// - Parameter stops: at so many stops; nil: each fact at another, where the driver has as many.
    func nextMessage(over stops: Int? = nil) throws -> Message {
        let sender = senders.removeFirst()
        defer { senders.append(sender) }
        return try sender.message(changesets: 2, changes: 50, over: stops)
    }

    /// The office notes something at so many stops of the next driver in turn.
    /// - Returns: whose phone has not asked for it yet.
    func edit(_ count: Int) throws -> Sender {
        let sender = senders.removeFirst()
        defer { senders.append(sender) }
        let edits = try sender.nextStops(count).enumerated().map { index, stop in
            guard let id = ids.next() else { throw BenchError("out of change ids") }
            let seen = try hub.read { try $0.state(stop)?.vector } ?? VersionVector()
            let note = Change(stop, .plan(.officeNote, .text(day.note(Int(now / 1_000) + index))))
            return OfficeChangeset([note], contexts: [stop: seen], id: id)
        }
        _ = try hub.write(edits, by: Self.office, now: tick())
        return sender
    }

    func sync(_ message: Message) throws -> SyncAnswer {
        try hub.sync(message.body, as: message.credential, now: tick())
    }

    /// Messages of different drivers, in any order.
    func sync(_ messages: [Message], on lanes: WorkLanes) throws -> [SyncAnswer] {
        let (hub, now) = (hub, tick())
        let answers = Mutex<[SyncAnswer?]>(Array(repeating: nil, count: messages.count))
        try lanes.run(messages.count) { number in
            let message = messages[number]
            let answer = try hub.sync(message.body, as: message.credential, now: now)
            answers.withLock { $0[number] = answer }
        }
        return answers.withLock { $0.compactMap { $0 } }
    }

    struct Message {
        var body: Data
        var credential: Credential
        var sender: Sender
        /// The stops, and what the hand-made outbox would send of each change.
        var updates: [(stop: [UInt8], change: [UInt8], body: [UInt8])]
        var changesets: [[UInt8]]
    }
}

/// A phone that only sends, and follows the log by the checkpoints that come back.
final class Sender {
    let credential: Credential
    private let stops: Range<Int>
    private let replica: ReplicaID
    private var head: ChainHead?
    private var checkpoint: Checkpoint?
    private var history: HistoryID?
    private var seen: [EntityID: VersionVector] = [:]
    private var next = 0
    private var edited = 0
    private var ids: ChangeIDs
    private var salts = SplitMix(state: 17)

    fileprivate init(_ scene: HubScene, number: Int, stops: Range<Int>) throws {
        credential = Credential(
            person: HubScene.driver(number), depot: Depot.name, role: .driver)
        self.stops = stops
        replica = ReplicaID(install: 0xD0 + UInt64(number), epoch: 1)
        ids = ChangeIDs(random: (0xD0 + UInt64(number), 9))
        try scene.hub.read { reader in
            for number in stops {
                let stop = Depot.stop(number)
                seen[stop] = try reader.state(stop)?.vector
            }
        }
        // Until the whole plan is there.
        while try take(scene.hub.sync(request([]), as: credential, now: scene.tick())) {}
    }

    /// Others at each call, until it was all of them.
    func nextStops(_ count: Int) -> [EntityID] {
        defer { edited += count }
        return (0..<min(count, stops.count)).map {
            Depot.stop(stops.lowerBound + (edited + $0) % stops.count)
        }
    }

    func request(_ changesets: [[UInt8]]) -> Data {
        var request = SyncRequest(
            replica: replica, head: head, history: history, checkpoint: checkpoint,
            responseBytes: Bounds.responseBytes, nonce: 7, wantsDigest: false,
            changesets: changesets)
        request.driver = credential.person
        return request.encoded()
    }

    /// - Returns: whether more of the page waits.
    @discardableResult
    func take(_ answer: SyncAnswer) throws -> Bool {
        let response = try SyncResponse(decoding: answer.body)
        guard response.answer.direction == .carryOn, response.isComplete else {
            throw BenchError("the hub said \(response.answer.direction)")
        }
        for receipt in response.receipts where receipt.result != .accepted {
            throw BenchError("not accepted: \(receipt.result)")
        }
        history = response.answer.history
        checkpoint = response.page?.checkpoint ?? checkpoint
        return response.page?.hasMore ?? false
    }

    fileprivate func message(
        changesets: Int, changes: Int, over spread: Int?
    ) throws -> HubScene.Message {
        let first = next
        var sealed: [[UInt8]] = []
        var updates: [(stop: [UInt8], change: [UInt8], body: [UInt8])] = []
        for _ in 0..<changesets {
            guard let id = ids.next() else { throw BenchError("out of change ids") }
            let dot = Dot(replica, (head?.counter ?? 0) + 1)
            var contexts: [EntityID: VersionVector] = [:]
            var encoded: [EncodedChange] = []
            for index in 0..<changes {
                let place = spread.map { first / (changesets * changes) * $0 + next % $0 } ?? next
                let stop = Depot.stop(stops.lowerBound + place % stops.count)
                // Another meter each time, so that none contradicts another.
                let meter = spread == nil ? next / stops.count : next
                let reading = MeterReading(
                    milli: 1_234_000 + Int64(next), product: Product(Identifier("m\(meter)")))
                next += 1
                // What it had seen before this changeset, also where that names a stop twice.
                contexts[stop] = contexts[stop] ?? seen[stop]
                seen[stop, default: VersionVector()].add(dot)
                let change = ChangeCodec.encode(Change(stop, .fact(.meterRead(reading)))) {
                    salts.salt()
                }
                encoded.append(change)
                updates.append((stop.bytes, id.bytes + [UInt8(index)], change.core))
            }
            let header = ChangesetHeader(
                changeID: id, author: credential.person, time: Exchange.time,
                hlc: HLC(milliseconds: Depot.now + Int64(dot.counter), logical: 0),
                checkpoint: checkpoint, contexts: contexts)
            let changeset = try Changeset(
                sealing: encoded, header: header, dot: dot, previous: head?.hash ?? .zero)
            head = ChainHead(counter: dot.counter, hash: changeset.hash)
            sealed.append(changeset.bytes)
        }
        return HubScene.Message(
            body: request(sealed), credential: credential, sender: self, updates: updates,
            changesets: sealed)
    }
}
