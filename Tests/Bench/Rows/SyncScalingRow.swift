import LuckyCausality
import LuckyDriver
import LuckyModel
import LuckyStore
import LuckySync
import LuckyWire

/// One sync of 200 own changes and 200 of the office's, at the store: once where it holds a million
/// records, once where it holds ten thousand. The cost should follow the change, not the store.
struct SyncScalingRow: BenchRow {
    let name = "sync_scaling"
    let unit = "ms"
    let better = Better.lower
    let referenceName = "store of 10,000 records"
    let isShort = false

    private static let changes = 200
    /// Plan values of a stop.
    private static let recordsPerStop = 11

    func measure(_ workplace: Workplace) async throws -> Measurement {
        var small = try Side(workplace, "small", records: 10_000)
        var large = try Side(workplace, "large", records: 1_000_000)
        defer {
            small.close()
            large.close()
        }
        var result = Measurement()
        for _ in 0..<workplace.rounds {
            let reference = try small.sync() * 1_000
            result.rounds.append(.init(ours: try large.sync() * 1_000, reference: reference))
        }
        result.note = "the store's part of it; both in memory"
        return result
    }

    private struct Side {
        private let store: ReplicaStore
        private var depot: Depot
        private let stops: Int
        private var random = SplitMix(state: 23)
        private var ids = ChangeIDs(random: (0x5CA1, 3))
        private var next = 0
        private var received: UInt64 = 0

        init(_ workplace: Workplace, _ name: String, records: Int) throws {
            depot = Depot(try TaitungDay(), perRoute: 40)
            stops = records / SyncScalingRow.recordsPerStop
            let folder = try workplace.folder(name, on: .tmpfs)
            let path = try depot.makeStore(in: folder, stops: 0..<stops)
            store = try ReplicaStore.open(
                at: path, as: Depot.driver, leaseWaitMilliseconds: 2_000, marks: folder)
        }

        func close() { store.close() }

        /// Seconds.
        mutating func sync() throws -> Double {
            var parts: [EntityPart] = []
            for _ in 0..<SyncScalingRow.changes {
                let stop = Depot.stop(next * 3 % stops)
                guard let id = ids.next() else { throw BenchError("out of change ids") }
                let milli = Int64(next)
                _ = try store.commit(id, on: stop, time: Exchange.time, using: &random) { _ in
                    [
                        .meterRead(
                            MeterReading(milli: milli, product: Product(Identifier("m\(milli)"))))
                    ]
                }
                let text = depot.day.note(next)
                parts.append(
                    try depot.part(
                        Depot.stop((next * 3 + 1) % stops), [(.officeNote, .text(text))],
                        enters: false))
                next += 1
            }
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
            guard let head = position.head else { throw BenchError("nothing was tapped") }
            let receipt = Receipt(
                history: Depot.history, replica: position.replica,
                counters: received + 1...head.counter, hash: head.hash, result: .accepted,
                sequences: [.init(depot: Depot.name, sequence: 1_000_000 + received)],
                receivedAt: Depot.now)
            received = head.counter
            let page = Page(
                history: Depot.history, replica: position.replica, from: position.checkpoint,
                parts: parts.sorted { $0.entity < $1.entity }, checkpoint: depot.checkpoint,
                hasMore: false)
            return SyncResponse(
                answer: SyncResponse.Answer(
                    history: Depot.history, depot: Depot.name, nonce: prepared.nonce,
                    hubTime: Depot.now, head: head, direction: .carryOn),
                receipts: [receipt], page: page)
        }
    }
}
