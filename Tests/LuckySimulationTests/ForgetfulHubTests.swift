import LuckyCausality
import LuckyDriver
import LuckyHub
import LuckyModel
import LuckySimulation
import LuckyStore
import LuckySync
import LuckyWire
import TestSupport
import Testing

/// A hub that went back below its own receipts, under the same history (L26).
struct ForgetfulHubTests {
    @Test("Counterexample 15: a head below a receipt is another history, also with an empty outbox")
    func headBelowAReceipt() throws {
        let start = FollowOneTapTests.start
        let hub = try Hub.inMemory(
            depot: "TTT", random: LuckySimulation.SeededGenerator(seed: 7))
        let stop = FollowOneTapTests.stop
        _ = try hub.write(
            [Change(stop, .plan(.driver, .name("drv-01")))], contexts: [:],
            id: ChangeID(high: 1, low: 1), by: FollowOneTapTests.office, now: start)
        let simulation = World(start: start, seed: 3)
        defer { withExtendedLifetime(simulation) {} }
        let phone = try simulation.addDevice("phone", of: "drv-01", at: simulation.add(hub))
        try simulation.wake(phone)
        simulation.run(until: start + 5_000)
        let commit = try simulation.tap(phone, on: stop) { state throws(StopRefusal) in
            [try StopRules.arrive(at: state.stop)]
        }
        simulation.run(until: start + 60_000)
        let store = try #require(phone.store)
        #expect(try store.position().pendingCount == 0)

        func absorb(head: ChainHead?) throws -> Absorbed? {
            let answer = SyncResponse.Answer(
                history: hub.history, depot: "TTT", nonce: 5, hubTime: start, head: head,
                direction: .carryOn)
            let body = SyncResponse(answer: answer, receipts: [], page: nil).encoded()
            var random = LuckySimulation.SeededGenerator(seed: 1)
            let time = DeviceTime(
                wallMilliseconds: start, monotonicMilliseconds: 0, boot: BootID(high: 0, low: 1))
            let events = perform(.absorb(body, nonce: 5), on: store, at: time, using: &random)
            guard case .absorbed(let result) = events.first else { return nil }
            return result
        }
        let own = ChainHead(counter: commit.dot.counter, hash: commit.hash)
        #expect(try absorb(head: own)?.recovery == nil)
        #expect(try absorb(head: nil)?.recovery == .pushing)
        #expect(try store.position().recovery == .pushing)
        #expect(try store.envelopes(from: 1, count: 1, bytes: 1).first?.counter == 1)
        // The hub has it after all: it says so, and is believed.
        try simulation.wake(phone)
        simulation.run(until: start + 120_000)
        #expect(try store.position().recovery != .pushing)
        #expect(try store.position().pendingCount == 0)
        #expect(try store.stop(stop)?.stop.status == .arrived)
    }
}
