import Foundation
import LuckyHub
import LuckyModel
import LuckyStore
import LuckySync
import TestSupport
import Testing

@testable import LuckySimulation

/// A whole city without a network for two hours, and its return: one of a thousand depots. A depot's
/// hub knows nothing of the others, so that what it must bear is what all must.
struct OutageTests {
    private static let drivers = 30
    private static let taps = 30
    private static let minute: Int64 = 60_000
    private static let outage = 120 * minute

    /// Thirty phones that have caught up with their depot, twenty stops each.
    private final class City {
        let world = World(start: 1_795_309_200_000, seed: 11)
        let hub: WorldHub
        var phones: [WorldDevice] = []
        /// When each request began, and of which phone.
        var requests: [(at: Int64, phone: ObjectIdentifier)] = []

        init() throws {
            world.travel = WorldTravel()
            hub = try world.addHub(depot: "TTT", inMemory: true)
            let desk = Credential(person: "desk", depot: "TTT", role: .office)
            let plan = (0..<OutageTests.drivers * 20).map { number in
                OfficeChangeset(
                    [
                        Change(Self.stop(number), .plan(.code, .name(Identifier("S\(number)")))),
                        Change(Self.stop(number), .plan(.driver, .name(Self.driver(number / 20)))),
                    ], contexts: [:], id: ChangeID(high: 0xDE, low: UInt64(number)))
            }
            _ = try #require(hub.hub).write(plan, by: desk, now: world.now)
            var options = SyncOptions()
            options.waitSeconds = Bounds.waitSeconds
            for number in 0..<OutageTests.drivers {
                let phone = try world.addDevice(
                    "phone-\(number)", of: Self.driver(number), at: hub, options: options)
                phone.link = WorldLink(bytesPerSecond: 32_000)
                try world.wake(phone)
                phones.append(phone)
            }
            world.run(until: world.now + OutageTests.minute)
            world.watcher = { [unowned self] phone, event in
                if case .prepared = event {
                    requests.append((world.now, ObjectIdentifier(phone)))
                }
            }
        }

        static func driver(_ number: Int) -> Identifier { Identifier("drv-\(number)") }

        static func stop(_ number: Int) -> EntityID {
            EntityID(.stop, Bits128(high: 0x57, low: UInt64(number)))
        }

        /// Everybody goes on delivering for two hours.
        func drive() throws {
            for tap in 0..<OutageTests.taps {
                world.run(until: world.now + OutageTests.outage / Int64(OutageTests.taps))
                for (number, phone) in phones.enumerated() {
                    let stop = Self.stop(number * 20 + tap % 20)
                    try world.tap(phone, on: stop) { _ in [.noteAdded(Note("已放門口 \(tap)"))] }
                }
            }
        }

        var pending: Int {
            get throws {
                try phones.reduce(0) { try $0 + #require($1.store).position().pendingCount }
            }
        }

        /// When everything was received, milliseconds from now.
        func drained(within limit: Int64) throws -> Int64? {
            let began = world.now
            while world.now < began + limit {
                world.run(until: world.now + 1_000)
                if try pending == 0 { return world.now - began }
            }
            return nil
        }

        /// The most requests that begin in any one second.
        var peak: Int {
            Dictionary(grouping: requests, by: { $0.at / 1_000 }).values.map(\.count).max() ?? 0
        }
    }

    @Test("The network is gone and comes back: few tries meanwhile, and all drained in a minute")
    func network() throws {
        let city = try City()
        for phone in city.phones {
            city.world.setLink(phone, WorldLink(isUp: false, bytesPerSecond: 32_000))
        }
        try city.drive()
        let waiting = Self.drivers * Self.taps
        #expect(try city.pending == waiting)
        // A minute apart, but for the first five.
        let tries = Double(city.requests.count) / Double(Self.drivers)
        #expect(tries <= 5 + 120)

        city.requests = []
        for phone in city.phones {
            city.world.setLink(phone, WorldLink(bytesPerSecond: 32_000))
        }
        let took = try #require(try city.drained(within: Self.minute))
        // The push, the look for more, and the line that is held: of each phone.
        #expect(city.requests.count <= Self.drivers * 4)
        say(
            "outage of the network: \(tries) tries a phone in two hours,"
                + " drained in \(took) ms, \(city.peak) requests in the busiest second")
    }

    @Test("The hub is gone and comes back: the phones come back one after the other")
    func hub() throws {
        let city = try City()
        let kept = try #require(city.hub.hub)
        city.hub.hub = nil
        city.world.dropHeld(by: city.hub)
        try city.drive()
        #expect(try city.pending == Self.drivers * Self.taps)
        let tries = Double(city.requests.count) / Double(Self.drivers)
        #expect(tries <= 5 + 120)

        city.requests = []
        city.hub.hub = kept
        // A breaker that is open rests a minute.
        let took = try #require(try city.drained(within: 2 * Self.minute))
        #expect(city.peak < Self.drivers)
        say(
            "outage of the hub: \(tries) tries a phone in two hours,"
                + " drained in \(took) ms, \(city.peak) requests in the busiest second")
    }
}
