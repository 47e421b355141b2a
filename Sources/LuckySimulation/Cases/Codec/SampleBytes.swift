internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// One good message of each form, always the same bytes, for cases to cut, flip and lengthen.
enum SampleBytes {
    static let phone = ReplicaID(install: 0x1122_3344_5566_7788, epoch: 0x99AA_BBCC)
    static let hub = ReplicaID(install: 0xF0F1_F2F3_F4F5_F6F7, epoch: 0xF8F9_FAFB)
    static let stop = EntityID(.stop, Bits128(high: 0x40, low: 0x41))
    static let history = HistoryID(high: 0x30, low: 0x31)
    static let hlc = HLC(milliseconds: 1_795_276_800_000, logical: 2)
    private static let change = ChangeID(high: 1, low: 2)
    private static let salt = [UInt8](repeating: 0x5A, count: ChangeCodec.saltBytes)
    private static let checkpoint = Checkpoint(
        history: history, depot: "taitung", sequence: 77, tag: 0xDEAD_BEEF)
    private static let stamp = Stamp(
        author: "amy", role: .driver, relation: .inScope, hlc: hlc,
        writtenAt: hlc.milliseconds, receivedAt: hlc.milliseconds + 1000)

    /// A form in which bytes are stored or sent.
    enum Form: String, CaseIterable {
        case core, changeset, request, response
        case storedChange = "stored_change"
        case pagePart = "page_part"
        case receipt, vector
    }

    static func bytes(of form: Form) throws(CaseError) -> [UInt8] {
        do {
            switch form {
            case .core: return encoded.core
            case .changeset: return try changeset(Dot(phone, 3)).bytes
            case .storedChange: return pageChange.rowBytes()
            case .request:
                let request = SyncRequest(
                    replica: phone, head: ChainHead(counter: 3, hash: .sha256([1])),
                    history: history, checkpoint: checkpoint, responseBytes: 100_000, nonce: 42,
                    wantsDigest: true, changesets: [try changeset(Dot(phone, 3)).bytes])
                return [UInt8](request.encoded())
            case .response: return [UInt8](response.encoded())
            case .pagePart: return part.rowBytes()
            case .receipt: return receipt.rowBytes()
            case .vector: return seen.rowBytes
            }
        } catch {
            throw CaseError("bytes.sample", .faultSample, ["error": "\(error)"])
        }
    }

    /// Whether a changeset with this dot can be written at all.
    static func canBeSealed(_ dot: Dot) -> Bool { (try? changeset(dot)) != nil }

    private static let seen: VersionVector = [phone: 2, hub: 7]

    private static let encoded = ChangeCodec.encode(
        Change(
            stop,
            .fact(
                .handedOver(
                    HandedOver(
                        Handover(delivered: [.kg20: 2], collected: [.kg20: 1]), attempt: 1,
                        recipient: "王小姐"))))
    ) { salt }

    private static func changeset(_ dot: Dot) throws(WireError) -> Changeset {
        let header = ChangesetHeader(
            changeID: change, author: "amy",
            time: DeviceTime(
                wallMilliseconds: hlc.milliseconds, monotonicMilliseconds: 1234,
                boot: BootID(high: 2, low: 3)),
            hlc: hlc, checkpoint: checkpoint, contexts: [stop: seen])
        return try Changeset(
            sealing: [encoded], header: header, dot: dot,
            previous: dot.counter == 1 ? .zero : .sha256([1]))
    }

    private static let pageChange = PageChange(
        ref: FactRef(change: change, index: 0), dot: Dot(phone, 3), encoded: encoded,
        stamp: stamp, context: seen)

    private static let part = EntityPart(
        entity: stop, membership: .enters, vector: [phone: 3, hub: 7],
        fields: [
            EntityPart.FieldPart(
                field: .address, cover: [hub: 9],
                siblings: [
                    PageChange(
                        ref: FactRef(change: change, index: 1), dot: Dot(hub, 7),
                        encoded: ChangeCodec.encode(
                            Change(stop, .plan(.address, .text("中正路 1 號")))
                        ) { salt }, stamp: stamp, context: [hub: 6])
                ])
        ], facts: [pageChange])

    private static let receipt = Receipt(
        history: history, replica: phone, counters: 1...3, hash: .sha256([1]), result: .accepted,
        sequences: [Receipt.DepotSequence(depot: "taitung", sequence: 78)],
        receivedAt: hlc.milliseconds)

    private static let response = SyncResponse(
        answer: SyncResponse.Answer(
            history: history, depot: "taitung", nonce: 42, hubTime: hlc.milliseconds,
            head: ChainHead(counter: 3, hash: .sha256([1])), direction: .carryOn),
        receipts: [receipt],
        page: Page(
            history: history, replica: phone, from: checkpoint, parts: [part],
            checkpoint: Checkpoint(history: history, depot: "taitung", sequence: 80, tag: 1),
            hasMore: false))
}
