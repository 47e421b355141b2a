import LuckyCausality
import LuckyDriver
import LuckyHub
import LuckyModel
import LuckyStore
import LuckyWire
import TestSupport
import Testing

/// What a restored hub must get back although phones hold it only in part, and what a phone may
/// still do meanwhile (L26).
struct RecoveryGapTests {
    private static let day: Int64 = 24 * 60 * 60 * 1000

    private func isHandover(_ recorded: Recorded) -> Bool {
        if case .handedOver = recorded.fact { true } else { false }
    }

    private func settleUntil(_ recovery: Recovery, _ phone: BenchPhone) throws {
        for _ in 0..<20 where try phone.store.position().recovery != recovery {
            try phone.exchange()
        }
        try #require(try phone.store.position().recovery == recovery)
    }

    @Test("A copy whose words were erased at a hand-over does not beat a full one (L23)")
    func erasedCopyComesFirst() throws {
        let bench = try RecoveryBench(stops: 1)
        let stop = RecoveryBench.stop(7)
        let old = try BenchPhone(bench, "old.sqlite")
        let lost = try BenchPhone(bench, "lost.sqlite")
        let new = try BenchPhone(bench, "new.sqlite", driver: "drv-02")
        for phone in [old, lost, new] { try phone.settle() }
        try bench.backUpHub()
        try bench.plan(7)
        try bench.write([Change(stop, .plan(.address, .text("中華路 7 號")))])
        try lost.settle()
        try lost.note("後門", on: 7)
        try lost.settle()
        try old.settle()
        try bench.write([Change(stop, .plan(.driver, .name("drv-02")))])
        try old.settle()
        try new.settle()
        #expect(try old.store.stop(stop)?.stop.notes == [])
        #expect(try new.notes(7) == ["後門"])
        try bench.restoreHub()

        try old.settle()
        #expect(try bench.offered("address") == [])
        #expect(try bench.facts(7).count == 1)
        try new.settle()
        #expect(try bench.offered("address") == ["中華路 7 號"])
        #expect(try bench.hub.read { try $0.state(stop) }?.stop.notes == ["後門"])
        #expect(try bench.facts(7).count == 1)
        try old.settle()
        #expect(try old.notes(7) == ["後門"])
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
    }

    @Test("A delivery tapped between two steps of a recovery is a claim, not refused (L23)")
    func tapWhilePushing() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "phone.sqlite")
        try phone.settle()
        try bench.backUpHub()
        try bench.restoreHub()
        try bench.write([Change(RecoveryBench.stop(1), .plan(.driver, .name("drv-02")))])
        try phone.exchange()
        #expect(try phone.store.position().recovery == .pushing)
        try phone.complete(1)
        try phone.settle()
        #expect(try bench.hub.read { try $0.quarantined() }.isEmpty)
        let handover = try bench.facts(1).first(where: isHandover)
        #expect(handover?.stamp.relation == .wasInScope)
    }

    @Test("The same on a stop that this history gave to another before the phone came to it")
    func tapWhileRefilling() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "phone.sqlite")
        try phone.settle()
        try bench.backUpHub()
        try bench.plan(7)
        try phone.settle()
        try bench.restoreHub()
        try bench.plan(7, driver: "drv-02")
        try settleUntil(.refilling, phone)
        try phone.complete(7)
        try phone.settle()
        #expect(try bench.hub.read { try $0.quarantined() }.isEmpty)
        let handover = try bench.facts(7).first(where: isHandover)
        #expect(handover?.stamp.relation == .wasInScope)
    }

    @Test("An epoch that left the archive whole does not block, where the hub holds more of it")
    func prunedEpochAndForeignHead() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "phone.sqlite")
        try phone.settle()
        try phone.note("one", on: 1)
        let replica = phone.store.identity.replica
        // The answer is lost; then a copy is made, which holds the changeset.
        let request = try phone.request()
        _ = try bench.hub.sync(
            request.body,
            as: Credential(person: RecoveryBench.driver, depot: "TTT", role: .driver),
            now: bench.now)
        _ = try Hub.backUp(
            bench.folder.path("hub.sqlite"), to: bench.folder.path("listed.sqlite"),
            now: bench.now)
        try phone.settle()
        bench.tick(15 * Self.day)
        try phone.settle()
        #expect(try phone.store.firstHeld(of: replica) == nil)

        try phone.backUp()
        try phone.note("two", on: 1)
        try phone.settle()
        try bench.backUpHub()
        try phone.restore()
        try bench.restoreHub()
        try phone.settle()
        try phone.note("three", on: 1)
        try phone.settle()
        #expect(try Set(phone.notes(1)) == ["one", "two", "three"])
        #expect(try bench.facts(1).count == 3)
    }

    @Test("News of a stop that left during a refill goes with it (L23)")
    func newsOfWhatLeft() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "phone.sqlite")
        let stop = RecoveryBench.stop(1)
        try phone.settle()
        try bench.backUpHub()
        try bench.write([Change(stop, .plan(.address, .text("中華路 1 號")))])
        try phone.settle()
        #expect(try phone.store.news().map(\.entity) == [stop])
        try bench.restoreHub()
        try bench.write([Change(stop, .plan(.driver, .name("drv-02")))])
        try phone.settle()
        #expect(try phone.store.news().isEmpty)
    }
}
