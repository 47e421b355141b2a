import LuckyCausality
import LuckyHub
import LuckyModel
import LuckySimulation
import LuckyStore
import LuckySync
import LuckyWire
import TestSupport
import Testing

/// A phone that goes from one depot to another (L19): what waits goes with it, what the first has
/// received stays there.
struct OtherDepotTests {
    let bench: RecoveryBench
    let phone: BenchPhone
    let other: Hub

    init() throws {
        bench = try RecoveryBench()
        phone = try BenchPhone(bench, "phone.sqlite")
        other = try Hub.inMemory(
            depot: "HUA", random: LuckySimulation.SeededGenerator(seed: 9))
        try phone.settle()
    }

    /// Until nothing is left to do with the other depot's hub.
    private func settleThere() throws {
        for _ in 0..<20 {
            let request = try phone.request(wantsDigest: true)
            let answer = try other.sync(
                request.body, as: Credential(person: phone.driver, depot: "HUA", role: .driver),
                now: bench.now)
            let result = try phone.take(answer.body, request)
            if result.pending == 0, result.recovery == nil, result.digestsAgree == true { return }
        }
        Issue.record("not settled: \(String(describing: phone.last))")
    }

    private func facts(_ number: Int) throws -> [Recorded] {
        try other.read { try $0.state(RecoveryBench.stop(number)) }.map(\.factsInOrder) ?? []
    }

    @Test("What one depot has received is not sent to the other: no cash counts twice")
    func archiveStays() throws {
        try phone.complete(1)
        try phone.settle()
        let old = phone.store.identity.replica
        try phone.note("waits", on: 2)
        try settleThere()
        #expect(phone.store.identity.depot == "HUA")
        #expect(phone.store.identity.replica != old)
        #expect(try facts(1).isEmpty)
        #expect(try facts(2).count == 1)
        // The other's stops are nobody's here.
        #expect(try phone.store.stop(RecoveryBench.stop(1))?.isHandedOver != false)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("And back again, to a depot that was restored meanwhile: all that it had is there")
    func thereAndBack() throws {
        try phone.complete(1)
        try phone.settle()
        let received = try bench.facts(1).map(\.dot)
        try settleThere()
        try bench.backUpHub()
        try bench.restoreHub()
        try phone.settle()
        #expect(phone.store.identity.depot == "TTT")
        #expect(try bench.facts(1).map(\.dot) == received)
        #expect(try phone.store.stop(RecoveryBench.stop(1))?.stop.status == .delivered)
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
    }
}
