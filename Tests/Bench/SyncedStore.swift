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
    /// Facts of the stop that all devices wrote.
    private static let busiestFacts = 1_000

    let store: ReplicaStore
    let path: String
    private let folder: String
    private var answers: PaperAnswers
    private let stops: Int
    private var random = SplitMix(state: 23)
    private var ids = ChangeIDs(random: (0x5CA1, 3))
    private var next = 0

    /// - Parameter devices: so many wrote facts at its stops, three at each; one stop, of a thousand
    ///   facts, is written by all of them. 0: there is the plan alone, and no such stop.
    init(_ workplace: Workplace, _ name: String, records: Int, devices: Int = 0) throws {
        let writers = devices > 0 ? Writers(devices: devices) : nil
        var depot = Depot(try TaitungDay(), perRoute: 40, writers: writers)
        stops = max(1, records / (Self.recordsPerStop + (writers?.factsPerStop ?? 0)))
        folder = try workplace.folder(name, on: .tmpfs)
        path = try depot.makeStore(in: folder, stops: 0..<stops)
        store = try ReplicaStore.open(
            at: path, as: Depot.driver, leaseWaitMilliseconds: 2_000, marks: folder)
        answers = PaperAnswers(depot)
        guard devices > 0 else { return }
        let plan = answers.depot.plan(ofStop: stops, for: Depot.driver)
        let part = try answers.depot.part(
            busiest, plan, enters: true, facts: Self.busiestFacts, areApart: true)
        _ = try exchange([part])
    }

    private var busiest: EntityID { Depot.stop(stops) }

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
        try seconds { for _ in 0..<count { _ = try tap(at: Depot.stop(next * 3 % stops)) } }
    }

    /// Seconds that these taps take, all at the stop that all devices wrote, and the bytes of the
    /// last of them on the wire.
    mutating func tapBusiest(_ count: Int) throws -> (seconds: Double, bytes: Int) {
        var last = ChangeID(high: 0, low: 0)
        let took = try seconds { for _ in 0..<count { last = try tap(at: busiest) } }
        return (took, try store.bytes(of: last)?.count ?? 0)
    }

    private mutating func tap(at stop: EntityID) throws -> ChangeID {
        guard let id = ids.next() else { throw BenchError("out of change ids") }
        let milli = Int64(next)
        _ = try store.commit(id, on: stop, time: Exchange.time, using: &random) { _ in
            [.meterRead(MeterReading(milli: milli, product: Product(Identifier("m\(milli)"))))]
        }
        next += 1
        return id
    }

    /// Seconds of one exchange at the store, what waits and as many of the office's edits: the
    /// request, and what the answer brings.
    mutating func sync(edits: Int) throws -> Double {
        var parts: [EntityPart] = []
        for step in 0..<edits {
            let stop = Depot.stop(((next + step) * 3 + 1) % stops)
            guard !parts.contains(where: { $0.entity == stop }) else { continue }
            parts.append(try edit(of: stop, step))
        }
        next += edits
        return try exchange(parts)
    }

    /// Seconds of one exchange that brings an edit of the stop that all devices wrote.
    mutating func syncBusiest() throws -> Double { try exchange([edit(of: busiest, 0)]) }

    private mutating func edit(of stop: EntityID, _ step: Int) throws -> EntityPart {
        let text = answers.depot.day.note(next + step)
        return try answers.depot.part(stop, [(.officeNote, .text(text))], enters: false)
    }

    private mutating func exchange(_ parts: [EntityPart]) throws -> Double {
        var prepared = try Exchange.prepared(from: store, using: &random)
        let asking = try seconds {
            prepared = try Exchange.prepared(from: store, using: &random)
        }
        let body = try answers.answer(prepared, of: store, parts)
        let taking = try seconds {
            let absorbed = try store.take(body, to: prepared, using: &random)
            guard absorbed.pending == 0 else { throw BenchError("something waits still") }
        }
        return asking + taking
    }
}
