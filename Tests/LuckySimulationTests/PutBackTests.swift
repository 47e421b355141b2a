import Foundation
import LuckyCausality
import LuckyHub
import LuckyModel
import LuckyStore
import LuckySync
import LuckyWire
import TestSupport
import Testing

/// A hub whose whole disk is put back, with what stands beside its file: no start can tell, and the
/// first phone that was told more shows it (L22, L26).
struct PutBackTests {
    @Test("A page that ran ahead of its checkpoint: the hub is put back to between the two")
    func pageAhead() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "phone.sqlite")
        try bench.snapshotHub("noon")
        let stop = RecoveryBench.stop(1)
        try bench.write([Change(stop, .plan(.officeNote, .text("told")))])
        try phone.exchange(pageBytes: 1)
        #expect(try phone.officeNote(1) == "told")
        let told = try #require(try phone.store.position().checkpoint).sequence
        try bench.putBackHub("noon")
        #expect(told < bench.hub.sequence(of: "TTT"), "the checkpoint still fits")
        let history = bench.hub.history
        try bench.write([Change(stop, .plan(.officeNote, .text("another, under the same dot")))])
        try phone.settle()
        #expect(bench.hub.history != history)
        #expect(try phone.officeNote(1) == "another, under the same dot")
    }

    @Test("A receipt came and the page behind it did not: the hub is put back to before it")
    func receiptAhead() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "phone.sqlite")
        let other = try BenchPhone(bench, "other.sqlite")
        try phone.settle()
        try other.settle()
        try bench.snapshotHub("noon")
        let history = bench.hub.history
        try other.note("another's", on: 1)
        try other.settle()
        try phone.note("received", on: 1)
        let request = try phone.request()
        var response = try SyncResponse(decoding: bench.answer(request.body, to: phone))
        response.page = nil
        try phone.take(response.encoded(), request)
        #expect(try phone.store.position().pendingCount == 0)
        try bench.putBackHub("noon")
        try phone.settle()
        #expect(bench.hub.history != history)
        #expect(try bench.facts(1).count == 1)
        // In a history that is new to all, whatever else a phone holds is asked for too.
        try other.settle()
        try phone.settle()
        #expect(try Set(phone.notes(1)) == ["another's", "received"])
    }

    @Test("Random days of a hub put back, restored and copied about: no note lost, none doubled")
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
                case 2, 3:
                    try bench.snapshotHub("\(snapshots)")
                    snapshots += 1
                case 4, 5: try bench.putBackHub("\(random.next() % UInt64(snapshots))")
                case 6 where phones.count < 3: phones.append(try phone.cloned(as: "c.sqlite"))
                case 7: try phone.settle()
                case 8: try phone.exchange()
                case 9: try phone.exchange(pageBytes: 1)
                case 10:
                    let text = PlanValue.text("office \(step)")
                    try bench.write([Change(RecoveryBench.stop(2), .plan(.officeNote, text))])
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

extension BenchPhone {
    fileprivate func officeNote(_ stop: Int) throws -> String? {
        try store.state(of: RecoveryBench.stop(stop))?.shown(.officeNote).text
    }
}
