import LuckyCausality
import LuckyHub
import LuckyModel
import LuckyStore
import Testing

@testable import LuckySimulation

/// A hub's receipt is a promise, whatever its process and its power do.
struct HubDiskTests {
    @Test(
        "Killed at any call, started again, asked again, and then the power goes: what it receipted is there"
    )
    func receiptsOutliveThePower() throws {
        var call = 1
        while true {
            let world = World(start: FollowOneTapTests.start, seed: 5)
            let hub = try world.addHub(depot: "TTT", inMemory: false)
            let disk = try #require(hub.disk)
            _ = try #require(hub.hub).write(
                [Change(FollowOneTapTests.stop, .plan(.driver, .name("drv-01")))], contexts: [:],
                id: ChangeID(high: 1, low: 1), by: FollowOneTapTests.office, now: world.now)
            let phone = try world.addDevice("phone", of: "drv-01", at: hub)
            try world.sync(phone)
            let tap = try world.tap(phone, on: FollowOneTapTests.stop, nudges: false) { _ in
                [.noteAdded(Note("here"))]
            }
            let strikes = disk.strikes
            disk.kill(atCall: call)
            try world.sync(phone)
            let isStruck = disk.strikes > strikes
            try world.kill(hub)
            try world.sync(phone)
            try #require(try phone.store?.position().pendingCount == 0)
            disk.cutPower(.lost)
            try world.kill(hub)
            let isKept = try #require(hub.hub).read { try $0.changeInfo(tap.change) != nil }
            try #require(isKept, "killed at call \(call)")
            guard isStruck else { return }
            call += 1
        }
    }
}
