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

/// Copies and restored backups of a phone recover by themselves and lose nothing (L18, L19). The
/// numbers are those of the histories that each law answers.
struct ForkTests {
    @Test("Counterexample 2: a restored phone's tap is not taken for the one it replaces")
    func restoredPhone() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        try phone.settle()
        try phone.backUp()
        try phone.note("one", on: 1)
        try phone.note("two", on: 1)
        try phone.settle()
        try phone.restore()
        let old = phone.store.identity.replica
        try phone.note("three", on: 1)
        try phone.settle()
        #expect(phone.store.identity.replica != old)
        #expect(phone.store.identity.replica.install == old.install)
        #expect(try Set(phone.notes(1)) == ["one", "two", "three"])
        #expect(try bench.facts(1).count == 3)
        #expect(try phone.store.position().pendingCount == 0)
    }

    @Test("Counterexample 3: a copy with nothing to send begins anew before it merges a page")
    func copyNoticedByTheHead() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        try phone.settle()
        let clone = try phone.cloned(as: "b.sqlite")
        #expect(try clone.store.position().recovery == nil)
        let shared = clone.store.identity.replica
        try phone.note("mine", on: 1)
        try phone.settle()
        // The head is not the clone's: the page that would cover its next tap is not merged.
        let first = try clone.exchange()
        #expect(first.entities == nil)
        #expect(first.mended == 1)
        #expect(clone.store.identity.replica != shared)
        try clone.note("clone's", on: 1)
        try clone.settle()
        try phone.settle()
        #expect(try Set(clone.notes(1)) == ["mine", "clone's"])
        #expect(try Set(phone.notes(1)) == ["mine", "clone's"])
    }

    @Test("Counterexample 3: the same where the tap falls between request and answer")
    func tapBetweenRequestAndAnswer() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        try phone.settle()
        let clone = try phone.cloned(as: "b.sqlite")
        try phone.note("mine", on: 1)
        try phone.settle()
        let request = try clone.request()
        let answer = try bench.hub.sync(
            request.body,
            as: Credential(person: RecoveryBench.driver, depot: "TTT", role: .driver),
            now: bench.now)
        try clone.note("between", on: 1)
        try clone.take(answer.body, request)
        try clone.settle()
        #expect(try Set(clone.notes(1)) == ["mine", "between"])
        #expect(try bench.facts(1).count == 2)
    }

    @Test("A restored copy shows its own taps, though the stop left and the hub had them already")
    func restoredBehindAReissue() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        try phone.settle()
        let clone = try phone.cloned(as: "b.sqlite")
        try phone.note("mine", on: 1)
        let tap = try clone.note("the copy's", on: 1)
        try clone.backUp()
        try phone.settle()
        // Found to be a fork: issued again, and received.
        try clone.settle()
        try bench.write([Change(RecoveryBench.stop(1), .plan(.driver, .name("drv-02")))])
        try clone.restore()
        // Found to be one once more, and issued again as what the hub had already.
        try clone.settle()
        let shown = try #require(try clone.store.state(of: RecoveryBench.stop(1)))
        #expect(shown.facts.keys.map(\.change) == [tap.change])
        let there = try bench.facts(1).first { $0.ref.change == tap.change }
        #expect(shown.facts.values.map(\.dot) == [try #require(there).dot])
        #expect(try clone.store.changesets(.all, limit: 9).map(\.state) == [.already])
        #expect(try bench.facts(1).count == 2)
        #expect(try clone.store.verifyRows() == [])
    }

    @Test("Counterexample 4: re-issue renames dots in contexts too, and keeps change ids")
    func reissueRenamesContexts() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        try phone.settle()
        try phone.note("before", on: 1)
        try phone.settle()
        let clone = try phone.cloned(as: "b.sqlite")
        let shared = clone.store.identity.replica
        try phone.note("mine", on: 1)
        try phone.settle()
        let taps = try ["first", "second"].map { try clone.note($0, on: 1) }
        let hashes = taps.map(\.hash)
        try clone.settle()
        let facts = try bench.facts(1)
        let renamed = taps.compactMap { tap in facts.first { $0.ref.change == tap.change } }
        #expect(renamed.count == 2)
        let epoch = clone.store.identity.replica
        #expect(renamed.map(\.dot) == [Dot(epoch, 1), Dot(epoch, 2)])
        // The second saw the first under its new name, and of the old replica what is common.
        let context = try #require(renamed.last).context
        #expect(context[epoch] == 1)
        #expect(context[shared] == 1)
        #expect(try Set(clone.notes(1)) == ["before", "mine", "first", "second"])
        // The same tap again is the same tap, under its dot of now.
        let again = try clone.note("first", on: 1, id: taps[0].change)
        #expect(again.isRepeat)
        #expect(again.dot == Dot(epoch, 1))
        #expect(!hashes.contains(again.hash))
        // As first sealed, they are kept for proof.
        let kept = try clone.store.reissuedEnvelopes().map { try Envelope(reading: $0) }
        #expect(kept.map(\.hash) == hashes)
        #expect(kept.map(\.dot) == [Dot(shared, 2), Dot(shared, 3)])
    }

    @Test("A deletion that had seen a tap still covers it after its re-issue")
    func siblingsOfPlanSeeTheRenamedDot() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        try phone.settle()
        let clone = try phone.cloned(as: "b.sqlite")
        try phone.note("mine", on: 2)
        try phone.settle()
        try clone.note("first", on: 1)
        try clone.settle()
        try bench.write([Change(RecoveryBench.stop(1), .plan(.deleted, .flag(true)))])
        try clone.settle()
        let hub = try bench.hub.read { try $0.state(RecoveryBench.stop(1)) }
        #expect(hub?.isHidden == true)
        let held = try clone.store.state(of: RecoveryBench.stop(1))
        #expect(held?.facts.mapValues(\.dot) == hub?.facts.mapValues(\.dot))
    }

    @Test("A copied file is noticed at open, and begins a new epoch before its first write")
    func copyNoticedAtOpen() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        try phone.settle()
        try phone.note("pending", on: 1)
        phone.store.close()
        try bench.copy("a.sqlite", to: "b.sqlite")
        try phone.reopen()
        let copy = try BenchPhone(bench, opening: "b.sqlite")
        #expect(try copy.store.position().recovery == .newEpoch)
        #expect(try copy.notes(1) == ["pending"])
        let shared = phone.store.identity.replica
        let tap = try copy.note("copy's", on: 1)
        #expect(tap.dot.replica != shared)
        #expect(tap.dot.replica.install == shared.install)
        #expect(tap.dot.counter == 1)
        #expect(try copy.store.position().recovery == .settling)
        // What waited keeps its old dot until the hub has shown another one there.
        #expect(try copy.store.turn().replica == shared)
        try copy.settle()
        try phone.settle()
        #expect(try bench.facts(1).map(\.dot) == [Dot(shared, 1), tap.dot])
        #expect(try phone.notes(1) == ["pending", "copy's"])
        // It is nobody's copy any more.
        try copy.reopen()
        #expect(try copy.store.position().recovery == nil)
        #expect(try copy.note("later", on: 1).dot == Dot(tap.dot.replica, 2))
    }

    @Test("An earlier state of the file under the same mark, and a file torn from its WAL, are noticed")
    func earlierStateAndTornFile() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        try phone.settle()
        phone.store.close()
        try bench.copy("a.sqlite", to: "early.sqlite")
        try phone.reopen()
        try phone.note("lost here, not at the hub", on: 1)
        try phone.settle()
        phone.store.close()
        try bench.copy("early.sqlite", to: "a.sqlite")
        try phone.reopen()
        #expect(try phone.store.position().recovery == .newEpoch)
        try phone.settle()
        #expect(try phone.notes(1) == ["lost here, not at the hub"])

        // Open, with taps in its WAL; then only the file itself is put back.
        try phone.note("in the WAL", on: 2)
        let marks = try Data(
            contentsOf: URL(
                filePath: BenchPhone.place(of: phone.store.path, in: phone.marks)))
        try bench.copy("a.sqlite", to: "torn.sqlite")
        phone.store.close()
        try bench.copy("torn.sqlite", to: "a.sqlite")
        try marks.write(
            to: URL(filePath: BenchPhone.place(of: phone.store.path, in: phone.marks)))
        try phone.reopen()
        #expect(try phone.store.position().recovery == .newEpoch)
    }

    @Test("A killed writer goes on as itself: the WAL is there")
    func killedWriter() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "a.sqlite")
        try phone.settle()
        let before = phone.store.identity.replica
        try phone.note("on disk", on: 1)
        let mark = BenchPhone.place(of: phone.store.path, in: phone.marks)
        let open = try Data(contentsOf: URL(filePath: mark))
        for suffix in ["", "-wal"] { try bench.copy("a.sqlite" + suffix, to: "kept" + suffix) }
        phone.store.close()
        for suffix in ["", "-wal"] { try bench.copy("kept" + suffix, to: "a.sqlite" + suffix) }
        bench.remove("a.sqlite-shm")
        try open.write(to: URL(filePath: mark))
        try phone.reopen()
        #expect(try phone.store.position().recovery == nil)
        try phone.note("and another", on: 1)
        #expect(phone.store.identity.replica == before)
        try phone.settle()
        #expect(try bench.facts(1).map(\.dot) == [Dot(before, 1), Dot(before, 2)])
    }

    @Test("Two clones and the original, tapping in turns: nothing is lost, nothing doubled")
    func manyForks() throws {
        try Budget.current("recovery").run { random in
            let bench = try RecoveryBench(seed: random.next())
            var phones = [try BenchPhone(bench, "a.sqlite")]
            try phones[0].settle()
            var expected: [Int: [String]] = [:]
            for step in 0..<14 {
                let phone = phones[Int(random.next() % UInt64(phones.count))]
                switch random.next() % 6 {
                case 0 where phones.count < 3:
                    phones.append(try phone.cloned(as: "clone\(phones.count).sqlite"))
                case 1: try phone.settle()
                case 2: try phone.exchange()
                default:
                    let stop = Int(random.next() % 3) + 1
                    try phone.note("note \(step)", on: stop)
                    expected[stop, default: []].append("note \(step)")
                }
            }
            for phone in phones + phones { try phone.settle() }
            for stop in 1...3 {
                for phone in phones {
                    try #require(
                        try phone.notes(stop).sorted() == expected[stop, default: []].sorted())
                }
            }
        }
    }
}
