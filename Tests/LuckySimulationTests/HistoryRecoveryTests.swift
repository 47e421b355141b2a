import Foundation
import LuckyCausality
import LuckyDriver
import LuckyHub
import LuckyModel
import LuckyStore
import LuckySync
import LuckyWire
import TestSupport
import Testing

/// A restored hub is filled again by the phones, and they by it (L26).
struct HistoryRecoveryTests {
    @Test("Counterexample 8: what only another phone still holds comes back, as witnessed")
    func onlyOthersHold() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        let other = try BenchPhone(bench, "b.sqlite")
        try phone.settle()
        try other.settle()
        try bench.backUpHub()
        try phone.note("received, then lost", on: 1)
        try phone.settle()
        try other.settle()
        #expect(try other.notes(1) == ["received, then lost"])
        try bench.restoreHub()
        #expect(try bench.facts(1) == [])
        // The writer's phone is dead; the other one remembers.
        try other.settle()
        let witnessed = try bench.facts(1)
        #expect(witnessed.count == 1)
        #expect(witnessed.first?.witnessedBy != nil)
        #expect(try other.notes(1) == ["received, then lost"])
        // It was in a drawer: its own changeset is the proof.
        try phone.settle()
        #expect(try bench.facts(1).map(\.witnessedBy) == [nil])
        try other.settle()
        #expect(try other.notes(1) == ["received, then lost"])
    }

    @Test("Archive and outbox above the hub's head are sent again, and everything stays readable")
    func archiveIsPushed() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        try phone.settle()
        try phone.complete(2)
        try phone.settle()
        try bench.backUpHub()
        let old = phone.store.identity.replica
        for number in 0..<5 { try phone.note("received \(number)", on: 1) }
        try phone.settle()
        try phone.note("pending", on: 3)
        try bench.restoreHub()
        var seen: [Recovery] = []
        for _ in 0..<20 {
            let result = try phone.exchange()
            if let recovery = result.recovery, seen.last != recovery { seen.append(recovery) }
            #expect(try phone.notes(1).count == 5)
            #expect(try phone.notes(3) == ["pending"])
            #expect(try phone.store.stop(RecoveryBench.stop(2))?.stop.status == .delivered)
            if result.recovery == nil, result.pending == 0 { break }
        }
        #expect(seen.first == .pushing)
        #expect(seen.last == .refilling)
        try phone.settle()
        #expect(try bench.facts(1).map(\.dot) == (2...6).map { Dot(old, $0) })
        #expect(try bench.facts(1).allSatisfy { $0.witnessedBy == nil })
        #expect(phone.store.identity.replica != old)
        #expect(try phone.store.position().history == bench.hub.history)
    }

    @Test("A kill between any two exchanges goes on where it was")
    func killedAnywhere() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        let other = try BenchPhone(bench, "b.sqlite")
        try phone.settle()
        try other.settle()
        try bench.backUpHub()
        try other.note("other's", on: 2)
        try other.settle()
        try phone.note("mine", on: 1)
        try phone.settle()
        try bench.restoreHub()
        phone.afterExchange = { try phone.reopen() }
        try phone.settle()
        phone.afterExchange = nil
        #expect(try bench.facts(1).count == 1)
        #expect(try bench.facts(2).count == 1)
        #expect(try phone.notes(2) == ["other's"])
    }

    @Test("Taps during a recovery are saved, and received by its end")
    func tapsMeanwhile() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        try phone.settle()
        try bench.backUpHub()
        try phone.note("before", on: 1)
        try phone.settle()
        try bench.restoreHub()
        var count = 0
        phone.afterExchange = {
            guard count < 4 else { return }
            count += 1
            try phone.note("during \(count)", on: 1)
        }
        try phone.settle()
        phone.afterExchange = nil
        try phone.settle()
        #expect(try bench.facts(1).count == 1 + count)
        #expect(try Set(phone.notes(1)) == Set(["before"] + (1...count).map { "during \($0)" }))
    }

    @Test(
        "Counterexample 13: what the restored hub does not show this driver is handed over in time")
    func scopeIsReplaced() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        try phone.settle()
        try bench.backUpHub()
        try bench.plan(9)
        try phone.settle()
        #expect(try phone.store.stop(RecoveryBench.stop(9))?.isHandedOver == false)
        try bench.restoreHub()
        try phone.settle()
        #expect(try phone.store.stop(RecoveryBench.stop(9))?.isUnconfirmed == true)
        #expect(try phone.store.stop(RecoveryBench.stop(1))?.isUnconfirmed == false)
        bench.tick(8 * 24 * 60 * 60 * 1000)
        try phone.settle()
        #expect(try phone.store.stop(RecoveryBench.stop(9))?.isHandedOver == true)
        #expect(try phone.store.stop(RecoveryBench.stop(1))?.isHandedOver == false)
    }

    @Test("Copied phone and restored hub at once: facts are safe")
    func bothAtOnce() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        try phone.settle()
        try bench.backUpHub()
        try phone.note("common", on: 1)
        try phone.settle()
        let clone = try phone.cloned(as: "b.sqlite")
        try clone.note("clone's", on: 1)
        try phone.note("mine", on: 1)
        try bench.restoreHub()
        try clone.settle()
        try phone.settle()
        try clone.settle()
        #expect(try Set(phone.notes(1)) == ["common", "mine", "clone's"])
        #expect(try Set(clone.notes(1)) == ["common", "mine", "clone's"])
        #expect(try bench.facts(1).count == 3)
    }

    @Test("A hub put back to where its backup was: what the later history showed may be named (L7)")
    func putBackToTheBackup() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        let other = try BenchPhone(bench, "b.sqlite")
        try phone.settle()
        try other.settle()
        try bench.backUpHub()
        try bench.snapshotHub("0")
        try bench.restoreHub()
        try other.note("of the later history", on: 1)
        try other.settle()
        try phone.settle()
        try phone.note("seen it", on: 1)
        try bench.putBackHub("0")
        for _ in 0..<2 { for phone in [phone, other] { try phone.settle() } }
        #expect(try bench.hub.read { try $0.quarantined() }.isEmpty)
        for phone in [phone, other] {
            #expect(try Set(phone.notes(1)) == ["of the later history", "seen it"])
        }
    }

    @Test(
        "A copy states its old name's end, which goes on elsewhere: what was seen of it may be named"
    )
    func copyStatesTheOldName() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        let other = try BenchPhone(bench, "b.sqlite")
        for phone in [phone, other] { try phone.settle() }
        try phone.note("common", on: 1)
        try phone.settle()
        try bench.backUpHub()
        let clone = try phone.cloned(as: "c.sqlite")
        try phone.note("goes on", on: 1)
        try phone.settle()
        // Under a new name from here on.
        try clone.note("the copy's", on: 1)
        for phone in [clone, other] { try phone.settle() }
        try other.note("saw both", on: 1)
        try other.settle()
        try bench.restoreHub()
        // It is told of the new history, and the copy is the first to follow it.
        try other.exchange()
        for phone in [clone, other, phone, clone, other] { try phone.settle() }
        #expect(try bench.hub.read { try $0.quarantined() }.isEmpty)
        for phone in [phone, clone, other] {
            #expect(try phone.notes(1).count == 4)
        }
    }

    /// As a copy would have left it: the hub accepted what this phone holds for not accepted.
    @Test("What the history before did not accept is accepted by this one: the phone asks it again")
    func quarantinedBefore() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        try phone.settle()
        try phone.note("by a copy's word", on: 1)
        let request = try phone.request()
        var response = try SyncResponse(decoding: try bench.answer(request.body, to: phone))
        response.page = nil
        for index in response.receipts.indices {
            response.receipts[index].result = .quarantined("author")
            response.receipts[index].sequences = []
        }
        try phone.take(response.encoded(), request)
        #expect(try phone.store.position().quarantinedCount == 1)
        try bench.backUpHub()
        try bench.restoreHub()
        try phone.settle()
        #expect(try phone.store.position().quarantinedCount == 0)
        #expect(try phone.notes(1) == ["by a copy's word"])
        #expect(try bench.facts(1).count == 1)
    }

    @Test("Random days, hubs restored and put back, phones copied: no note lost, none doubled")
    func randomHistories() throws {
        try Budget.current("recovery").run { random in
            let bench = try RecoveryBench(seed: random.next())
            var phones = [try BenchPhone(bench, "a.sqlite"), try BenchPhone(bench, "b.sqlite")]
            for phone in phones { try phone.settle() }
            try bench.backUpHub()
            try bench.snapshotHub("0")
            var snapshots = 1
            var expected: [String] = []
            for step in 0..<14 {
                let phone = phones[Int(random.next() % UInt64(phones.count))]
                switch random.next() % 14 {
                case 0: try bench.backUpHub()
                case 1: try bench.restoreHub()
                case 2:
                    try bench.snapshotHub("\(snapshots)")
                    snapshots += 1
                case 3, 4: try bench.putBackHub("\(random.next() % UInt64(snapshots))")
                case 5 where phones.count < 3: phones.append(try phone.cloned(as: "c.sqlite"))
                case 6: try phone.settle()
                case 7: try phone.exchange()
                case 8: try phone.exchange(pageBytes: 1)
                case 9: try bench.set(.officeNote, "office \(step)", on: 2)
                default:
                    try phone.note("note \(step)", on: 1)
                    expected.append("note \(step)")
                }
            }
            for _ in 0..<3 { for phone in phones { try phone.settle() } }
            for phone in phones {
                try #require(try phone.notes(1).sorted() == expected.sorted())
            }
            try #require(try bench.facts(1).count == expected.count)
            try #require(try bench.hub.read { try $0.audit() }.isEmpty)
        }
    }
}
