import LuckyDriver
import LuckyHub
import LuckyModel
import LuckySimulation
import LuckyStore
import LuckySync
import TestSupport
import Testing

/// What the sync machine starts from is what it last had kept (L13).
@Suite struct BacklogTests {
    @Test("Failures, the rest after them and a probe that got through outlive the process")
    func whatTheMachineKept() throws {
        let start: Int64 = 1_795_305_600_000
        let hub = try Hub.inMemory(
            depot: "TTT", random: LuckySimulation.SeededGenerator(seed: 7))
        let world = World(start: start, seed: 3)
        defer { withExtendedLifetime(world) {} }
        let phone = try world.addDevice("phone", of: "drv-01", at: world.add(hub))
        let store = try #require(phone.store)
        func kept(attempts: Int, wait: Int64, error: String?) throws -> Backlog {
            var random = LuckySimulation.SeededGenerator(seed: 1)
            let time = DeviceTime(
                wallMilliseconds: start, monotonicMilliseconds: 0, boot: BootID(high: 0, low: 1))
            let events = perform(
                .saveRetry(attempts: attempts, waitMilliseconds: wait, error: error), on: store,
                at: time, using: &random)
            #expect(events.isEmpty)
            return try store.backlog(wall: start + 10_000)
        }
        #expect(
            try kept(attempts: 5, wait: 60_000, error: "timed_out")
                == Backlog(pending: 0, attempts: 5, waitMilliseconds: 50_000))
        #expect(
            try kept(attempts: 5, wait: 0, error: nil)
                == Backlog(pending: 0, attempts: 5, isOnTrial: true))
        #expect(try kept(attempts: 0, wait: 0, error: nil) == Backlog(pending: 0))
    }
}
