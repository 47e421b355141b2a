import Foundation
import LuckyHub
import LuckyModel
import LuckyStore
import LuckySync
import Testing

@testable import LuckySimulation

/// What a phone's radio is woken for: requests where nothing happens, and how soon what does
/// happen is shown.
struct RadioTests {
    /// A phone that has caught up, and the requests that it has made since.
    private final class Scene {
        static let hour: Int64 = 60 * 60 * 1_000
        let world = World(start: 1_795_309_200_000, seed: 5)
        let hub: WorldHub
        let phone: WorldDevice
        var requests = 0

        init(_ options: SyncOptions) throws {
            world.travel = WorldTravel()
            hub = try world.addHub(depot: "TTT", inMemory: true)
            phone = try world.addDevice("phone", of: "drv-01", at: hub, options: options)
            try world.wake(phone)
            world.run(until: world.now + 60_000)
            world.watcher = { [unowned self] _, event in
                if case .prepared = event { requests += 1 }
            }
        }

        /// The office plans a stop for the phone's driver, and the hub rings.
        func plan(_ number: UInt64) throws -> EntityID {
            let stop = EntityID(.stop, Bits128(high: 0, low: number))
            let desk = Credential(person: "desk", depot: "TTT", role: .office)
            let changes: [Change] = [
                Change(stop, .plan(.code, .name(Identifier("S\(number)")))),
                Change(stop, .plan(.driver, .name("drv-01"))),
            ]
            let change = OfficeChangeset(
                changes, contexts: [:], id: ChangeID(high: 0xDE, low: number))
            _ = try #require(hub.hub).write([change], by: desk, now: world.now)
            world.ring(hub)
            return stop
        }
    }

    private static let held: SyncOptions = {
        var options = SyncOptions()
        options.waitSeconds = Bounds.waitSeconds
        return options
    }()

    @Test("Without news, a line held open takes at most 15 requests an hour")
    func idle() throws {
        let scene = try Scene(Self.held)
        scene.world.run(until: scene.world.now + 8 * Scene.hour)
        #expect(scene.requests > 0)
        #expect(scene.requests <= 8 * 15)
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
        var options = SyncOptions()
        options.pollMilliseconds = 30 * 60 * 1_000
        let scene = try Scene(options)
        let stop = try scene.plan(1)
        scene.world.run(until: scene.world.now + 24 * Scene.hour)
        #expect((24..<60).contains(scene.requests))
        #expect(try #require(scene.phone.store).stop(stop)?.stop.code == "S1")
    }
}
