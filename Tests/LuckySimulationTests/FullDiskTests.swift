import Foundation
import LuckyModel
import LuckyStore
import Testing

@testable import LuckySimulation

/// A phone whose disk others have filled, with the room that is kept for such a day (L16).
struct FullDiskTests {
    @Test("What waits gets away, at the cost of half of the room; the next taps have the rest")
    func synced() throws {
        let world = World(start: 1_795_305_600_000, seed: 5)
        let hub = try world.addHub(depot: "TTT", inMemory: true)
        let phone = try world.addDevice("phone", of: "drv-01", at: hub)
        func kept() -> Int? { phone.disk.size(of: WorldDevice.file + ".ballast") }
        func exchange() throws {
            try world.wake(phone)
            world.run(until: world.now + 70_000)
        }
        let id = try #require(ChangeID(bytes: [UInt8](repeating: 7, count: 16)))
        let shift = EntityID(.shift, madeBy: id)
        phone.link = WorldLink(isUp: false)
        try world.tap(phone, on: shift, id: id, isNew: true) { _ throws(StopRefusal) in
            [try DutyRules.startShift(float: .zero)]
        }
        #expect(kept() == Bounds.ballastBytes)
        phone.disk.setRoom(0)
        phone.link = WorldLink()
        try exchange()
        #expect(try phone.store?.position().pendingCount == 0)
        #expect(kept() == Bounds.tapBallastBytes)
        // Others take what was given up: no more is given for an exchange, all of it for a tap.
        phone.disk.setRoom(0)
        try exchange()
        #expect(kept() == Bounds.tapBallastBytes)
        for number in UInt8(1)...60 {
            let id = try #require(ChangeID(bytes: [UInt8](repeating: number + 10, count: 16)))
            try world.tap(phone, on: shift, id: id) { _ throws(StopRefusal) in
                [.cashDropped(CashDrop(Money(cents: 100) ?? .zero))]
            }
        }
        #expect(try phone.store?.position().pendingCount == 60)
        #expect(try phone.store?.verifyRows() == [])
    }
}
