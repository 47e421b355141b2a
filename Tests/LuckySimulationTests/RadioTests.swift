import Foundation
import LuckyHub
import LuckyModel
import LuckyStore
import LuckySync
import LuckyWire
import TestSupport
import Testing

@testable import LuckySimulation

/// What a phone's radio is woken for: requests where nothing happens, and how soon what does
/// happen is shown.
struct RadioTests {
    /// What the radio did, without what HTTP and TLS add.
    private struct Use {
        var requests = 0
        /// Timers that rang, and answers that came: the phone's processor is woken for each.
        var wakeUps = 0
        /// Bytes of bodies, compressed where that pays.
        var sent = 0
        var received = 0

        mutating func note(_ event: SyncEvent) {
            switch event {
            case .prepared(let request):
                requests += 1
                sent += Self.carried(request.body)
            case .answered(let body, _):
                wakeUps += 1
                received += Self.carried(body)
            case .woke, .failed: wakeUps += 1
            default: break
            }
        }

        private static func carried(_ body: Data) -> Int {
            min(body.count, Gzip.compress(body).count)
        }
    }

    /// A phone that has caught up, and what its radio has done since.
    private final class Scene {
        static let hour: Int64 = 60 * 60 * 1_000
        let world = World(start: 1_795_309_200_000, seed: 5)
        let hub: WorldHub
        let phone: WorldDevice
        var use = Use()

        /// - Parameter stops: that the phone has.
        init(_ options: SyncOptions, stops: UInt64 = 0) throws {
            world.travel = WorldTravel()
            hub = try world.addHub(depot: "TTT", inMemory: true)
            phone = try world.addDevice("phone", of: "drv-01", at: hub, options: options)
            for number in 0..<stops { _ = try plan(1 + number) }
            try world.wake(phone)
            world.run(until: world.now + 60_000)
            world.watcher = { [unowned self] _, event in use.note(event) }
        }

        static func stop(_ number: UInt64) -> EntityID {
            EntityID(.stop, Bits128(high: 0, low: number))
        }

        /// The office plans a stop for the phone's driver, and the hub rings.
        func plan(_ number: UInt64) throws -> EntityID {
            let stop = Self.stop(number)
            let desk = Credential(person: "desk", depot: "TTT", role: .office)
            let changes: [Change] = [
                Change(stop, .plan(.code, .name(Identifier("S\(number)")))),
                Change(stop, .plan(.driver, .name("drv-01"))),
                Change(stop, .plan(.customerName, .text("王小姐"))),
                Change(stop, .plan(.address, .text("臺東縣臺東市中華路一段 \(number) 號"))),
            ]
            let change = OfficeChangeset(
                changes, contexts: [:], id: ChangeID(high: 0xDE, low: number))
            _ = try #require(hub.hub).write([change], by: desk, now: world.now)
            world.ring(hub)
            return stop
        }

        func tap(_ number: UInt64, _ facts: Fact...) throws {
            try world.tap(phone, on: Self.stop(number)) { _ in facts }
        }
    }

    private static let held: SyncOptions = {
        var options = SyncOptions()
        options.waitSeconds = Bounds.waitSeconds
        return options
    }()

    private static let polls: SyncOptions = {
        var options = SyncOptions()
        options.pollMilliseconds = 30 * 60 * 1_000
        return options
    }()

    @Test("Without news, a line held open takes at most 15 requests an hour")
    func idle() throws {
        let scene = try Scene(Self.held)
        scene.world.run(until: scene.world.now + 8 * Scene.hour)
        #expect(scene.use.requests > 0)
        #expect(scene.use.requests <= 8 * 15)
    }

    @Test("What the office plans is on the phone within 2 seconds")
    func news() throws {
        let scene = try Scene(Self.held)
        for number: UInt64 in 1...5 {
            scene.world.run(until: scene.world.now + 100_000)
            let stop = try scene.plan(number)
            scene.world.run(until: scene.world.now + 2_000)
            let shown = try #require(scene.phone.store).stop(stop)
            #expect(shown?.stop.code == Identifier("S\(number)"))
        }
    }

    @Test("Asking every half hour takes fewer than 60 requests a day, and brings the news")
    func polling() throws {
        let scene = try Scene(Self.polls)
        let stop = try scene.plan(1)
        scene.world.run(until: scene.world.now + 24 * Scene.hour)
        #expect((24..<60).contains(scene.use.requests))
        #expect(try #require(scene.phone.store).stop(stop)?.stop.code == "S1")
    }

    /// Ten hours: twenty stops, two taps at each, and five new stops; or nothing at all.
    @Test(
        "A driver's day takes a request for each tap, and few besides",
        arguments: [true, false], [true, false])
    func day(isHeld: Bool, hasTraffic: Bool) throws {
        let stops: UInt64 = 20
        let scene = try Scene(isHeld ? Self.held : Self.polls, stops: stops)
        let world = scene.world
        for number in 1...stops {
            world.run(until: world.now + Scene.hour / 2 - 180_000)
            if hasTraffic { try scene.tap(number, .arrived(Arrival(attempt: 1))) }
            world.run(until: world.now + 180_000)
            guard hasTraffic else { continue }
            let handover = Handover(delivered: [.kg20: 1], collected: [.kg20: 1])
            try scene.tap(
                number, .handedOver(HandedOver(handover, attempt: 1)),
                .cashReceived(CashReceipt(.dollars(950) ?? .zero)), .noteAdded(Note("放後門")))
            if number % 4 == 0 { _ = try scene.plan(100 + number) }
        }
        world.run(until: world.now + 60_000)
        #expect(try #require(scene.phone.store).pendingCount() == 0)
        let use = scene.use
        say(
            "\(isHeld ? "held line" : "polling"), \(hasTraffic ? "a day's traffic" : "nothing"):"
                + " \(use.requests) requests, \(use.wakeUps) wake-ups, \(use.sent) bytes sent,"
                + " \(use.received) received")
        let (taps, news) = hasTraffic ? (40, 5) : (0, 0)
        // A line that is held is given up for a tap and asked for again; a poll is not.
        let idle = isHeld ? 10 * 15 : 10 * 2
        #expect(use.requests >= taps)
        #expect(use.requests <= idle + 2 * (taps + news))
        #expect(use.wakeUps <= use.requests * 2)
        // What a request has to say of itself, and what a tap says.
        #expect(use.sent <= use.requests * 200 + taps * 400)
        #expect(use.received <= use.requests * 300 + (taps + news) * 300)
    }
}
