import LuckyCausality
import LuckyDriver
import LuckyModel
import LuckyStore
import LuckySync
import LuckyWire

/// A phone's store in memory with as many records as asked for, and a hub on paper that answers it.
struct SyncedStore {
    /// Plan values of a stop.
    static let recordsPerStop = 11

    let store: ReplicaStore
    let path: String
    private let folder: String
    private var depot: Depot
    private let stops: Int
    private var random = SplitMix(state: 23)
    private var ids = ChangeIDs(random: (0x5CA1, 3))
    private var next = 0
    private var received: UInt64 = 0

    init(_ workplace: Workplace, _ name: String, records: Int) throws {
        depot = Depot(try TaitungDay(), perRoute: 40)
        stops = max(1, records / Self.recordsPerStop)
        folder = try workplace.folder(name, on: .tmpfs)
        path = try depot.makeStore(in: folder, stops: 0..<stops)
        store = try ReplicaStore.open(
            at: path, as: Depot.driver, leaseWaitMilliseconds: 2_000, marks: folder)
    }

    func close() { store.close() }

    /// Seconds until it is open, from nothing, and one route is shown.
    /// - Precondition: it is closed.
    func open() async throws -> Double {
        dropFromCache(path)
        var driver: Driver?
        var shown = 0
        let took = try await secondsWaited {
            let opened = try await Driver.open(
                at: path, as: Depot.driver, hub: .none, marks: folder)
            if let date = Depot.date(ofRoute: 0) {
                shown = try await opened.stops(on: .on(date)).count
            }
            driver = opened
        }
        await driver?.close()
        guard shown > 0 else { throw BenchError("no stop is shown") }
        return took
    }

    /// Seconds that these taps take, each at another stop.
    mutating func tap(_ count: Int) throws -> Double {
        try seconds { for _ in 0..<count { try tap() } }
    }

    private mutating func tap() throws {
        guard let id = ids.next() else { throw BenchError("out of change ids") }
        let milli = Int64(next)
        _ = try store.commit(
            id, on: Depot.stop(next * 3 % stops), time: Exchange.time, using: &random
        ) { _ in
            [.meterRead(MeterReading(milli: milli, product: Product(Identifier("m\(milli)"))))]
        }
        next += 1
    }

    /// Seconds of one exchange at the store, what waits and as many of the office's edits: the
    /// request, and what the answer brings.
    mutating func sync(edits: Int) throws -> Double {
        var parts: [EntityPart] = []
        for step in 0..<edits {
            let text = depot.day.note(next + step)
            let stop = Depot.stop(((next + step) * 3 + 1) % stops)
            guard !parts.contains(where: { $0.entity == stop }) else { continue }
            parts.append(try depot.part(stop, [(.officeNote, .text(text))], enters: false))
        }
        next += edits
        var answer: SyncEvent?
        var random = random
        var prepared = try Exchange.prepared(from: store, using: &random)
        let asking = try seconds {
            prepared = try Exchange.prepared(from: store, using: &random)
        }
        let body = try response(to: prepared, parts).encoded()
        let taking = seconds {
            answer =
                perform(
                    .absorb(body, nonce: prepared.nonce, asked: prepared.asked), on: store,
                    at: Exchange.time, using: &random
                ).first
        }
        guard case .absorbed(let absorbed)? = answer, absorbed.pending == 0,
            absorbed.failure == nil
        else { throw BenchError("the answer was not taken") }
        return asking + taking
    }

    private mutating func response(
        to prepared: Prepared, _ parts: [EntityPart]
    ) throws -> SyncResponse {
        let position = try store.position()
        var receipts: [Receipt] = []
        if let head = position.head, head.counter > received {
            receipts = [
                Receipt(
                    history: Depot.history, replica: position.replica,
                    counters: received + 1...head.counter, hash: head.hash, result: .accepted,
                    sequences: [.init(depot: Depot.name, sequence: 1_000_000 + received)],
                    receivedAt: Depot.now)
            ]
            received = head.counter
        }
        let page = Page(
            history: Depot.history, replica: position.replica, from: position.checkpoint,
            parts: parts.sorted { $0.entity < $1.entity }, checkpoint: depot.checkpoint,
            hasMore: false)
        return SyncResponse(
            answer: SyncResponse.Answer(
                history: Depot.history, depot: Depot.name, nonce: prepared.nonce,
                hubTime: Depot.now, head: position.head, direction: .carryOn),
            receipts: receipts, page: page)
    }
}
