import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// A hub in memory with an office person who talks JSON to it.
final class OfficeDesk {
    /// 10:00 on the plan's day in Taipei.
    static let morning: Int64 = 1_795_312_800_000

    let hub: Hub
    var now = OfficeDesk.morning
    var credential = Credential(person: "ofc-1", depot: "taitung", role: .office)
    private var ids: SeededGenerator

    init() throws {
        hub = try Hub.inMemory(depot: "taitung", random: SeededGenerator(seed: 1))
        ids = SeededGenerator(seed: 2)
    }

    /// 24 hexadecimal digits.
    func id() -> String { ids.bytes(12).hex }

    func ask<Reply: Decodable>(
        _ verb: OfficeVerb, _ request: some Encodable, as reply: Reply.Type = Reply.self
    ) throws -> Reply {
        let body = try OfficeJSON.encode(request)
        now += 1_000
        return try OfficeJSON.decode(
            Reply.self, from: hub.office(verb.rawValue, body, as: credential, now: now))
    }

    /// The code of the refusal; nil where there was none.
    func refusal(_ verb: OfficeVerb, _ request: some Encodable) throws -> String? {
        do {
            let body = try OfficeJSON.encode(request)
            _ = try hub.office(verb.rawValue, body, as: credential, now: now)
            return nil
        } catch let refusal as HubRefusal {
            return "\(refusal.status) \(refusal.code)"
        }
    }

    @discardableResult
    func load(_ csv: String = Plans.day) throws -> PlanImportReply {
        try ask(.planImport, PlanImportRequest(id: id(), file: Data(csv.utf8)))
    }

    func show(_ stop: String) throws -> PlanShowReply.Stop {
        let reply: PlanShowReply = try ask(
            .planShow, PlanShowRequest(date: Plans.date, stop: stop))
        return try #require(reply.routes.flatMap(\.stops).first)
    }

    func set(_ stop: String, context: String? = nil, _ cells: PlanCells) throws -> PlanEditReply {
        try ask(
            .planSet,
            PlanSetRequest(id: id(), stop: stop, date: Plans.date, context: context, set: cells))
    }

    func request(_ stop: String) -> PlanStopRequest {
        PlanStopRequest(id: id(), stop: stop, date: Plans.date)
    }

    var sequence: UInt64 { hub.sequence(of: "taitung") }
}

extension PlanCells {
    static func window(_ text: String) -> PlanCells {
        var cells = PlanCells()
        cells.window = text
        return cells
    }
}

/// A driver's phone, as far as these tests need one: it writes facts, pushes, and merges pages.
struct OfficePhone {
    let driver: Identifier
    let replica: ReplicaID
    private(set) var states: [EntityID: EntityState] = [:]
    private(set) var lastParts: [EntityPart] = []
    private var head: ChainHead?
    private var checkpoint: Checkpoint?
    private var pending: [[UInt8]] = []
    private var ids: ChangeIDs

    init(_ driver: Identifier, install: UInt64) {
        self.driver = driver
        replica = ReplicaID(install: install, epoch: 9)
        ids = ChangeIDs(random: (install, 5))
    }

    func state(_ code: String) throws -> EntityState {
        try #require(states.values.first { $0.id.kind == .stop && $0.has(code: code) })
    }

    mutating func record(_ facts: [Fact], on entity: EntityID, at now: Int64) throws {
        let next = ids.next()
        let id = try #require(next)
        let changeset = try Changeset(
            sealing: facts.map { fact in
                ChangeCodec.encode(Change(entity, .fact(fact))) { Array(repeating: 7, count: 16) }
            },
            header: ChangesetHeader(
                changeID: id, author: driver,
                time: DeviceTime(
                    wallMilliseconds: now, monotonicMilliseconds: 0, boot: BootID(high: 0, low: 1)),
                hlc: HLC(milliseconds: now, logical: 0), checkpoint: checkpoint,
                contexts: [entity: states[entity]?.vector ?? VersionVector()]),
            dot: Dot(replica, (head?.counter ?? 0) + 1), previous: head?.hash ?? .zero)
        head = ChainHead(counter: changeset.dot.counter, hash: changeset.hash)
        pending.append(changeset.bytes)
    }

    mutating func sync(_ desk: OfficeDesk) throws {
        lastParts = []
        repeat {
            let request = SyncRequest(
                replica: replica, head: head, history: checkpoint?.history, checkpoint: checkpoint,
                nonce: 1, wantsDigest: false, changesets: pending)
            desk.now += 1_000
            let answer = try desk.hub.sync(
                request.encoded(),
                as: Credential(person: driver, depot: "taitung", role: .driver), now: desk.now)
            let response = try SyncResponse(decoding: answer.body)
            #expect(response.receipts.allSatisfy { $0.result == .accepted })
            pending = []
            let page = try #require(response.page)
            for part in page.parts {
                var state = states[part.entity] ?? EntityState(id: part.entity)
                state.merge(try part.state())
                states[part.entity] = state
            }
            lastParts += page.parts
            checkpoint = page.checkpoint
            if !page.hasMore { break }
        } while true
    }

    func deliver(_ full: Quantities, cash: Int64) -> [Fact] {
        let money = Money.dollars(cash) ?? .zero
        return [
            .handedOver(HandedOver(Handover(delivered: full), attempt: 1)),
            .cashReceived(CashReceipt(money)),
        ]
    }
}
