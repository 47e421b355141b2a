import LuckyCausality
import LuckyDriver
import LuckyModel
import LuckyStore
import LuckySync
import LuckyWire
import TestSupport
import Testing

/// A first load and a backlog take the memory of a page, however much there is of them. Each in a
/// process of its own, whose most memory is told; `./cli/bench --growth` measures it.
@Suite(.enabled(if: PeakMemory.bytes != nil, "the system does not tell"))
struct MemoryTests {
    /// Ten times as much is ten megabytes and more, several times over where it were all at hand.
    static let most = 4 * 1_024 * 1_024

    @Test func aFirstLoadTakesAPage() async {
        await #expect(processExitsWith: .success) {
            let growth = try PeakMemory.growth { times in
                let phone = try WordyPhone()
                try phone.load(pages: 5 * times)
                phone.store.close()
            }
            #expect(growth < MemoryTests.most)
        }
    }

    @Test func aBacklogTakesARequest() async {
        await #expect(processExitsWith: .success) {
            let growth = try PeakMemory.growth { times in
                let phone = try WordyPhone()
                // A note at each stop: a stop of many notes is a large one, whatever waits.
                try phone.load(pages: 3 * times)
                try phone.noteEach()
                try phone.drain()
                phone.store.close()
            }
            #expect(growth < MemoryTests.most)
        }
    }

    @Test func aComparisonTakesAnEntity() async {
        await #expect(processExitsWith: .success) {
            let growth = try PeakMemory.growth { times in
                let phone = try WordyPhone()
                try phone.load(pages: 5 * times)
                _ = try phone.store.scopeDigest()
                _ = try phone.store.differingBuckets([])
                phone.store.close()
            }
            #expect(growth < MemoryTests.most)
        }
    }
}

/// A phone whose stops have as long notes as there may be, so that few of them are many bytes; and a
/// hub on paper, which makes each page when it is asked for.
private final class WordyPhone {
    private static let depot: Identifier = "taitung"
    private static let history = HistoryID(high: 7, low: 7)
    private static let now: Int64 = 1_790_000_000_000
    private static let stopsPerPage = 20

    let store: ReplicaStore
    private let folder: TemporaryFolder
    private let office = ReplicaID.hub(depot: depot, history: history)
    private var random = SeededGenerator(seed: 1)
    private var ids = ChangeIDs(random: (1, 2))
    private var sequence: UInt64 = 0
    private var received: UInt64 = 0

    init() throws {
        folder = try TemporaryFolder.inMemory()
        let path = folder.path("replica.db")
        try ReplicaStore.create(at: path, identity: NewReplica(driver: "drv-1", using: &random))
        store = try ReplicaStore.open(at: path, as: "drv-1", leaseWaitMilliseconds: 2_000)
    }

    /// The first load, page by page.
    func load(pages: Int) throws {
        for page in 1...pages {
            let parts = try (0..<Self.stopsPerPage).map { _ in try part() }
            try exchange(parts, hasMore: page < pages)
        }
        #expect(try store.scopeDigest().entities == pages * Self.stopsPerPage)
    }

    /// A tap at each stop.
    func noteEach() throws {
        for number in 1...sequence {
            let next = ids.next()
            let id = try #require(next)
            let words = words()
            _ = try store.commit(
                id, on: Self.stop(number), time: Self.time, using: &random
            ) { _ in [.noteAdded(Note(words))] }
        }
    }

    /// Until nothing waits.
    func drain() throws {
        while try store.pendingCount() > 0 { try exchange([], hasMore: false) }
    }

    private static func stop(_ number: UInt64) -> EntityID {
        EntityID(.stop, Bits128(high: 0xB0, low: number))
    }

    private static var time: DeviceTime {
        DeviceTime(
            wallMilliseconds: now, monotonicMilliseconds: 1_000, boot: BootID(high: 1, low: 1))
    }

    private func words() -> String {
        let start = String(random.next(), radix: 36)
        return start + String(repeating: "滿", count: (Bounds.textBytes - start.utf8.count) / 3)
    }

    private func part() throws -> EntityPart {
        sequence += 1
        let id = Self.stop(sequence)
        let dot = Dot(office, sequence)
        let stamp = Stamp(
            author: "office-1", role: .office, relation: .inScope,
            hlc: HLC(milliseconds: Self.now, logical: 0), writtenAt: Self.now,
            receivedAt: Self.now)
        let next = ids.next()
        let change = try #require(next)
        let plan: [(PlanField, PlanValue)] = [
            (.code, .name(Identifier("S\(sequence)"))), (.driver, .name("drv-1")),
            (.date, .integer(20_261_122)), (.officeNote, .text(words())),
        ]
        let fields = plan.sorted { $0.0 < $1.0 }.enumerated().map { index, write in
            let encoded = ChangeCodec.encode(Change(id, .plan(write.0, write.1))) {
                [UInt8](repeating: 5, count: 16)
            }
            return EntityPart.FieldPart(
                field: write.0, cover: VersionVector(),
                siblings: [
                    PageChange(
                        ref: FactRef(change: change, index: index), dot: dot, encoded: encoded,
                        stamp: stamp, context: VersionVector())
                ])
        }
        return EntityPart(
            entity: id, membership: .enters, vector: [office: sequence], fields: fields)
    }

    private func exchange(_ parts: [EntityPart], hasMore: Bool) throws {
        let options = PrepareOptions(
            fromCounter: nil, pushBytes: 64 * 1_024, pageBytes: Bounds.responseBytes,
            wantsDigest: false)
        let prepare = perform(.prepare(options), on: store, at: Self.time, using: &random)
        guard case .prepared(let prepared)? = prepare.first else {
            throw NothingCame(what: "request")
        }
        let body = try answer(prepared, parts, hasMore: hasMore).encoded()
        let absorb = perform(
            .absorb(body, nonce: prepared.nonce, asked: prepared.asked), on: store,
            at: Self.time, using: &random)
        guard case .absorbed(let absorbed)? = absorb.first, absorbed.failure == nil,
            absorbed.entities == parts.count
        else { throw NothingCame(what: "page") }
    }

    private func answer(
        _ prepared: Prepared, _ parts: [EntityPart], hasMore: Bool
    ) throws -> SyncResponse {
        let replica = store.identity.replica
        var receipts: [Receipt] = []
        if prepared.changesets > 0 {
            let first = received + 1
            received += UInt64(prepared.changesets)
            let hash = try #require(try store.hash(of: Dot(replica, received)))
            receipts = [
                Receipt(
                    history: Self.history, replica: replica, counters: first...received,
                    hash: hash, result: .accepted,
                    sequences: [.init(depot: Self.depot, sequence: 1_000_000 + first)],
                    receivedAt: Self.now)
            ]
        }
        let head = receipts.first.map { ChainHead(counter: received, hash: $0.hash) }
        let page = Page(
            history: Self.history, replica: replica, from: try store.position().checkpoint,
            parts: parts,
            checkpoint: Checkpoint(
                history: Self.history, depot: Self.depot, sequence: sequence, tag: 77),
            hasMore: hasMore)
        return SyncResponse(
            answer: SyncResponse.Answer(
                history: Self.history, depot: Self.depot, nonce: prepared.nonce,
                hubTime: Self.now, head: head, direction: .carryOn),
            receipts: receipts, page: page)
    }

    private struct NothingCame: Error { var what: String }
}
