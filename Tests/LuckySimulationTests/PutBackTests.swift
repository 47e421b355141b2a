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

    /// Nothing of the machine can tell that it was put back, so that what it writes until a phone
    /// shows it bears names that stand for something else on phones (`WhereLawsEnd`).
    @Test("Put back without the file beside it, the hub begins a new history before it writes")
    func withoutItsMark() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "phone.sqlite")
        try phone.settle()
        try bench.snapshotHub("noon")
        let history = bench.hub.history
        let stop = RecoveryBench.stop(1)
        try bench.write([Change(stop, .plan(.officeNote, .text("told")))])
        try phone.settle()
        try bench.putBackHub("noon", withMark: false)
        #expect(bench.hub.history != history)
        // The driver has seen the note, and not this.
        try bench.write([Change(stop, .plan(.cancelled, .flag(true)))])
        try phone.complete(1)
        try phone.settle()
        let opened = try bench.facts(1).compactMap { recorded -> ReviewKind? in
            guard case .reviewOpened(let review) = recorded.fact else { return nil }
            return review.kind
        }
        #expect(opened == [.deliveredAfterCancel])
    }
}

extension BenchPhone {
    fileprivate func officeNote(_ stop: Int) throws -> String? {
        try store.state(of: RecoveryBench.stop(stop))?.shown(.officeNote).text
    }
}
