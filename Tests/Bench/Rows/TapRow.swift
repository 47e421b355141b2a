import LuckyDriver
import LuckyModel

/// One tap until it is durable: row, changeset, causality, chain hash, one transaction. The floor
/// is the plain row changed in place, with the same durability.
struct TapRow: BenchRow {
    let place: Workplace.Place

    var name: String { place == .disk ? "tap_disk" : "tap_tmpfs" }
    let unit = "µs"
    let better = Better.lower
    let referenceName = "UPDATE of one row"
    let isShort = true

    private static let stops = 400
    private static let taps = 100
    /// A driver taps where he stands, and then drives on.
    private static let perStop = 5

    func measure(_ workplace: Workplace) async throws -> Measurement {
        let day = try TaitungDay()
        var depot = Depot(day, perRoute: 40)
        let folder = try workplace.folder("tap", on: place)
        let path = try depot.makeStore(in: folder, stops: 0..<Self.stops)
        let driver = try await Driver.open(
            at: path, as: Depot.driver, hub: .none, marks: folder)
        var taps = Taps(driver, day, stops: Self.stops, perStop: Self.perStop)
        let floor = try ByHand(
            at: folder + "/floor.sqlite", day: day, stops: 0..<Self.stops, perRoute: 40)
        let byHand = try ByHand(
            at: folder + "/outbox.sqlite", day: day, stops: 0..<Self.stops, perRoute: 40)

        // The WAL grows to its size, statements are compiled.
        try await taps.tap(Self.taps)
        var count = 0
        func change(_ store: ByHand, sending: Bool) throws {
            for step in count..<count + Self.taps {
                let stop = Depot.stop(step / Self.perStop % Self.stops).bytes
                let note = Array(day.note(step).utf8)
                guard sending else {
                    try store.change(stop, status: 2, at: Int64(step), note: note)
                    continue
                }
                try store.transaction {
                    try store.change(stop, status: 2, at: Int64(step), note: note)
                    let name = UInt64(step).bytes
                    try store.send(stop, change: name + name, body: stop + name + name + note)
                }
            }
        }
        try change(floor, sending: false)
        try change(byHand, sending: true)
        var result = Measurement()
        let each = 1e6 / Double(Self.taps)
        for _ in 0..<workplace.rounds {
            count += Self.taps
            let reference = try seconds { try change(floor, sending: false) } * each
            let ours = try await secondsWaited { try await taps.tap(Self.taps) } * each
            let hand = try seconds { try change(byHand, sending: true) } * each
            result.rounds.append(.init(ours: ours, reference: reference, byHand: hand))
        }
        result.note = "\(Self.perStop) taps at a stop, then the next of \(Self.stops)"
        result.note += """
            ; five trees are written where the floor has one. What was tried and what is left: \
            DeviceSpeed, beside the store's sources
            """
        guard try await driver.verifyRows().isEmpty else { throw BenchError("rows differ") }
        await driver.close()
        return result
    }
}

/// Taps as a day has them: arrivals, then meters, a reading of each, so that none contradicts another;
/// one in ten is a note in people's words.
struct Taps {
    private let driver: Driver
    private let day: TaitungDay
    private let stops: Int
    private let perStop: Int
    private let arrives: Bool
    private var count = 0

    /// - Parameters:
    ///   - perStop: taps at a stop before the next.
    ///   - arrives: the first tap at each stop is the arrival.
    init(
        _ driver: Driver, _ day: TaitungDay, stops: Int, perStop: Int = 1, arrives: Bool = true
    ) {
        self.perStop = perStop
        self.arrives = arrives
        self.driver = driver
        self.day = day
        self.stops = stops
    }

    mutating func tap(_ taps: Int) async throws {
        for _ in 0..<taps {
            let stop = Depot.stop(count / perStop % stops)
            let lap = count / (perStop * stops)
            let step = count % perStop
            if count % 10 == 9 {
                try await driver.note(day.note(count), on: stop)
            } else if arrives, lap == 0, step == 0 {
                try await driver.arrive(at: stop)
            } else {
                let meter = Product(Identifier("m\(lap * perStop + step)"))
                try await driver.readMeter(
                    milli: 1_234_000 + Int64(count), of: meter, at: stop)
            }
            count += 1
        }
    }
}

extension UInt64 {
    var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) } }
}
