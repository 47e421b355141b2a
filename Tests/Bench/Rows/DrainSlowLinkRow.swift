import Foundation
import LuckyDriver
import LuckyHub
import LuckyModel
import LuckyTransport
import LuckyWire
import Synchronization

/// 1,000 updates that waited go out over a slow link; what must be paid is the bytes at the link's
/// speed and one round trip.
struct DrainSlowLinkRow: BenchRow {
    let name = "drain_slow_link"
    let unit = "s"
    let better = Better.lower
    let referenceName = "bytes ÷ bandwidth + 1 round trip"
    let isShort = true

    private static let updates = 1_000

    func measure(_ workplace: Workplace) async throws -> Measurement {
        let day = try TaitungDay()
        var result = Measurement()
        for round in 0..<min(workplace.rounds, 5) {
            // Another hub each time: the same meters read once more would be contradictions.
            let scene = try HubScene(
                in: try workplace.folder("drain-hub-\(round)", on: .tmpfs), stops: 200, drivers: 1)
            let folder = try workplace.folder("drain-\(round)", on: .tmpfs)
            let path = folder + "/replica.sqlite"
            let link = SlowLink(scene.hub, as: HubScene.driver(0))
            try Driver.create(at: path, for: HubScene.driver(0), hub: nil, marks: folder)
            let driver = try await Driver.open(
                at: path, as: HubScene.driver(0), hub: .transport(link), marks: folder)
            try await driver.syncOnce()
            var taps = Taps(driver, day, stops: scene.stops, arrives: false)
            try await taps.tap(Self.updates)
            link.slowDown()
            let ours = try await secondsWaited { try await driver.syncOnce() }
            guard try await driver.status().pendingCount == 0 else {
                throw BenchError("not drained")
            }
            await driver.close()
            result.rounds.append(.init(ours: ours, reference: link.atLeast))
            result.note = """
                \(link.exchanges) exchange(s), \(link.bytes) bytes as gzip; the rest is the processor's, \
                of hub and phone. What was tried and what is left: DeviceSpeed, beside the store's sources
                """
        }
        return result
    }
}

/// The hub behind a link of 32 kB/s and 200 ms there and back, each way in turn.
final class SlowLink: Transport {
    private static let bytesPerSecond = 32_000.0
    private static let roundTrip = 0.2

    private let hub: Hub
    private let credential: Credential
    private let state = Mutex(State())

    private struct State {
        var isSlow = false
        var bytes = 0
        var exchanges = 0
    }

    init(_ hub: Hub, as person: Identifier) {
        self.hub = hub
        credential = Credential(person: person, depot: Depot.name, role: .driver)
    }

    var bytes: Int { state.withLock { $0.bytes } }
    var exchanges: Int { state.withLock { $0.exchanges } }
    /// Seconds.
    var atLeast: Double { Double(bytes) / Self.bytesPerSecond + Self.roundTrip }

    func slowDown() { state.withLock { $0 = State(isSlow: true) } }

    func exchange(_ body: Data, waitSeconds: Int) async -> ExchangeOutcome {
        guard state.withLock({ $0.isSlow }) else { return answer(body) }
        await carry(Gzip.compress(body).count)
        let outcome = answer(body)
        if case .answered(let answer) = outcome { await carry(Gzip.compress(answer).count) }
        state.withLock { $0.exchanges += 1 }
        return outcome
    }

    private func carry(_ bytes: Int) async {
        state.withLock { $0.bytes += bytes }
        let rest = Double(bytes) / Self.bytesPerSecond + Self.roundTrip / 2
        try? await Task.sleep(for: .seconds(rest))
    }

    private func answer(_ body: Data) -> ExchangeOutcome {
        do throws(HubRefusal) {
            // By the phone's clock: else the first tap at each stop is one by a clock that is far off.
            let now = Int64(Date().timeIntervalSince1970 * 1_000)
            return .answered(try hub.sync(body, as: credential, now: now).body)
        } catch {
            return .failed(.offline(error.message))
        }
    }
}
