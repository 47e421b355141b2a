import LuckyCausality
import LuckyModel

@testable import LuckyWire

/// The values behind the golden bytes of these tests.
enum Fixture {
    static func run(_ start: UInt8, _ count: UInt8 = 16) -> [UInt8] {
        Array(start..<start + count)
    }

    static func id<Purpose>(_ start: UInt8) -> Bits128<Purpose> {
        Bits128(bytes: run(start)) ?? Bits128(high: 0, low: 0)
    }

    static let replica = ReplicaID(install: 0x1122_3344_5566_7788, epoch: 0x99AA_BBCC)
    static let hub = ReplicaID(install: 0xF0F1_F2F3_F4F5_F6F7, epoch: 0xF8F9_FAFB)
    static let stop = EntityID(.stop, id(0x40))
    static let history: HistoryID = id(0x30)
    static let checkpoint = Checkpoint(
        history: history, depot: "taitung", sequence: 77, tag: 0xDEAD_BEEF)
    static let hlc = HLC(milliseconds: 1_795_276_800_000, logical: 2)
    static let salt = [UInt8](repeating: 0x5A, count: 16)
    static let previous = Hash256(bytes: [UInt8](repeating: 0xAB, count: 32)) ?? .zero

    static let header = ChangesetHeader(
        changeID: id(0), author: "amy",
        time: DeviceTime(
            wallMilliseconds: 1_795_276_800_000, monotonicMilliseconds: 1234, boot: id(0x20)),
        hlc: hlc, checkpoint: checkpoint, contexts: [stop: [replica: 2, hub: 7]])

    static let handover = Fact.handedOver(
        HandedOver(
            Handover(delivered: [.kg20: 2], collected: [.kg20: 1], residualGrams: 350),
            attempt: 1, recipient: "王小姐"))
    static let cash = Fact.cashReceived(CashReceipt(Money.dollars(1900) ?? .zero))

    static func encoded(_ body: Change.Body, on entity: EntityID = stop) -> EncodedChange {
        ChangeCodec.encode(Change(entity, body)) { salt }
    }

    static func changeset() throws(WireError) -> Changeset {
        try Changeset(
            sealing: [encoded(.fact(handover)), encoded(.fact(cash))], header: header,
            dot: Dot(replica, 3), previous: previous)
    }

    static let stamp = Stamp(
        author: "amy", role: .driver, relation: .inScope, hlc: hlc,
        writtenAt: 1_795_276_800_000, receivedAt: 1_795_276_801_000)

    static func pageChange(
        _ body: Change.Body, index: Int = 0, counter: UInt64 = 3
    ) -> PageChange {
        PageChange(
            ref: FactRef(change: id(0), index: index), dot: Dot(replica, counter),
            encoded: encoded(body), stamp: stamp, context: [replica: 2, hub: 7])
    }

    static func page() -> Page {
        let part = EntityPart(
            entity: stop, membership: .enters, vector: [replica: 3, hub: 7],
            fields: [
                EntityPart.FieldPart(
                    field: .address, cover: [hub: 9],
                    siblings: [pageChange(.plan(.address, .text("中正路 1 號")), index: 2)])
            ],
            facts: [
                pageChange(.fact(handover)), pageChange(.fact(cash), index: 1),
            ], cause: id(0x50))
        let gone = EntityPart(entity: EntityID(.route, id(0x60)), membership: .leaves)
        return Page(
            history: history, replica: replica, from: checkpoint, parts: [part, gone],
            checkpoint: Checkpoint(history: history, depot: "taitung", sequence: 80, tag: 1),
            hasMore: false, scopeDigest: previous, scopeEntities: 2)
    }

    static func response(_ direction: SyncResponse.Answer.Direction = .carryOn) -> SyncResponse {
        func receipt(_ counters: ClosedRange<UInt64>, _ result: Receipt.Result) -> Receipt {
            Receipt(
                history: history, replica: replica, counters: counters, hash: previous,
                result: result,
                sequences: [Receipt.DepotSequence(depot: "taitung", sequence: 78)],
                receivedAt: 1_795_276_801_000)
        }
        return SyncResponse(
            answer: SyncResponse.Answer(
                history: history, depot: "taitung", nonce: 42, hubTime: 1_795_276_801_000,
                head: ChainHead(counter: 3, hash: previous), direction: direction),
            receipts: [
                receipt(1...3, .accepted), receipt(4...4, .already(Dot(hub, 9))),
                receipt(5...5, .quarantined("undecodable")),
            ],
            page: page())
    }

    static func request() throws(WireError) -> SyncRequest {
        SyncRequest(
            replica: replica, head: ChainHead(counter: 3, hash: previous), history: history,
            checkpoint: checkpoint, responseBytes: 100_000, nonce: 42, wantsDigest: true,
            changesets: [try changeset().bytes, try changeset().bytes])
    }
}
