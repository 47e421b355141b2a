import Foundation
import LuckyCausality
import LuckyFiles
import LuckyHub
import LuckyModel
import LuckyStore
import LuckySync
import TestSupport
import Testing

@testable import LuckySimulation

/// A fault counts once, when it strikes traffic or a write in flight.
struct FaultCountTests {
    private static let start: Int64 = 1_795_305_600_000
    private let world: World
    private let hub: WorldHub
    private let phone: WorldDevice

    init() throws {
        world = World(start: Self.start, seed: 3)
        hub = try world.addHub(depot: "TTT", inMemory: false)
        phone = try world.addDevice("phone", of: "drv-01", at: hub)
        world.travel = WorldTravel()
    }

    private var strikes: [FaultKind: Int] { world.travel?.strikes ?? [:] }

    /// One at least, also where the breaker is open.
    private func exchange() throws {
        try world.wake(phone)
        world.run(until: world.now + 70_000)
    }

    @Test("What befalls an answer counts where there is one, what befalls a request as it leaves")
    func answers() throws {
        try world.stop(hub)
        phone.faults = [.answerCut(3)]
        try exchange()
        #expect(phone.faults.isEmpty && strikes == [:])
        phone.faults = [.requestCut(3)]
        try exchange()
        #expect(strikes == [.requestCut: 1])
        try world.start(hub)
        phone.faults = [.answerCut(3)]
        try exchange()
        #expect(strikes == [.requestCut: 1, .answerCut: 1])
    }

    @Test("An answer to a process that is over is lost to nobody")
    func answerToNobody() throws {
        phone.faults = [.answerLost]
        try world.wake(phone)
        // The request is under way.
        while !world.isExchanging(phone) || !phone.faults.isEmpty {
            try #require(world.runNext(until: .max, of: phone))
        }
        world.kill(phone)
        world.run(until: world.now + 10_000)
        #expect(strikes == [:])
    }

    @Test("What befell a device or a hub counts with the first exchange or tap that meets it")
    func befallen() throws {
        phone.unmet = [.clockJump]
        hub.unmet = [.hubMoved]
        world.run(until: world.now + 60_000)
        #expect(strikes == [:])
        phone.link = WorldLink(isUp: false)
        try exchange()
        #expect(strikes == [:])
        phone.link = WorldLink()
        try exchange()
        #expect(strikes == [.clockJump: 1, .hubMoved: 1])
        try exchange()
        #expect(strikes == [.clockJump: 1, .hubMoved: 1])

        phone.link = WorldLink(isUp: false)
        phone.unmet = [.timeZone]
        let id = try #require(ChangeID(bytes: [UInt8](repeating: 7, count: 16)))
        try world.tap(phone, on: EntityID(.shift, madeBy: id), id: id, isNew: true) {
            _ throws(StopRefusal) in [try DutyRules.startShift(float: .zero)]
        }
        #expect(strikes[.timeZone] == 1)
    }

    @Test("A process that dies in a call is no fault of its disk; a full disk is one fault")
    func disks() throws {
        let files = SimulatedFiles()
        func write() {
            let file = files.open(phone.disk.path + "/f", O_RDWR | O_CREAT)
            guard file >= 0 else { return }
            defer { files.close(file) }
            try? files.writeAll([1], to: file, "f")
        }
        phone.disk.kill(atCall: 1)
        write()
        world.countStrikes(of: phone)
        #expect(phone.disk.strikes(of: .killed) == 1 && strikes == [:])
        phone.disk.revive()
        phone.disk.fail(at: 1)
        write()
        world.countStrikes(of: phone)
        #expect(strikes == [.diskError: 1])
        phone.disk.setRoom(0)
        for _ in 1...3 { write() }
        #expect(phone.disk.strikes(of: .full) > 1)
        for _ in 1...2 { world.countStrikes(of: phone) }
        #expect(strikes == [.diskError: 1, .diskFull: 1])
    }
}
