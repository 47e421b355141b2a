import LuckyCausality
import LuckyHub
import LuckyModel
import LuckyStore
import LuckyWire
import TestSupport
import Testing

/// A hub that was restored, replaced, or forgot: real hub, real stores, real `perform` (L26).
struct RestoredHubTests {
    @Test("Counterexample 8: a restored hub gets back what phones recorded, and what only they hold")
    func restoredHub() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "phone.sqlite")
        let second = try BenchPhone(bench, "second.sqlite")
        try phone.settle()
        try bench.backUpHub()
        try phone.complete(1)
        try phone.settle()
        try second.settle()
        try phone.note("後來的", on: 2)
        try bench.restoreHub()
        #expect(try bench.facts(1).isEmpty)

        // The one that only watched comes first: what it holds reads as witnessed.
        try second.settle()
        let witnessed = try bench.facts(1)
        #expect(!witnessed.isEmpty)
        #expect(witnessed.allSatisfy { $0.witnessedBy != nil })
        // The author's own changesets are the proof.
        try phone.settle()
        #expect(try bench.facts(1).allSatisfy { $0.witnessedBy == nil })
        #expect(try bench.facts(1).count == witnessed.count)
        #expect(try bench.facts(2).count == 1)
        try second.settle()
        #expect(try phone.notes(2) == ["後來的"] && second.notes(2) == ["後來的"])
        #expect(try bench.hub.read { try $0.quarantined() }.isEmpty)
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
    }

    @Test("An empty hub in the place of a lost one is filled; the plan waits for a person")
    func replacedHub() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "phone.sqlite")
        try phone.settle()
        try phone.complete(1)
        try phone.settle()
        try phone.note("未送", on: 2)
        try bench.replaceHub()
        try phone.settle()
        #expect(try bench.facts(1).contains { if case .handedOver = $0.fact { true } else { false } })
        #expect(try bench.facts(2).count == 1)
        #expect(try bench.hub.read { try $0.quarantined() }.isEmpty)
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
        #expect(try phone.store.position().pendingCount == 0)
    }

    @Test("A hub put back twice, each time behind another phone's back, loses nothing")
    func restoredTwice() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "phone.sqlite")
        try phone.settle()
        try bench.backUpHub()
        for round in 1...2 {
            try phone.note("第\(round)次", on: 1)
            try phone.settle()
            try bench.restoreHub()
            try phone.settle()
        }
        #expect(try phone.notes(1) == ["第1次", "第2次"])
        #expect(try bench.facts(1).count == 2)
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
    }
}
