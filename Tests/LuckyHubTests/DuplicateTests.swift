import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What got its receipt before is known by dot and hash, and not looked into again (L18).
@Suite struct DuplicateTests {
    /// Known ones, then new ones, then a broken one: as if each had been looked into.
    @Test(arguments: Backend.allCases)
    func aRepeatedFrontGetsItsReceiptsAgain(_ backend: Backend) throws {
        var random = SeededGenerator.current()
        let bench = try Bench(backend, seed: random.next())
        for number in 1...4 { try bench.plan(number, for: "drv-1") }
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        var first: [UInt64: Receipt] = [:]
        for _ in 0..<12 {
            let stop = Bench.stop(Int.random(in: 1...4, using: &random))
            let isForeign = Int.random(in: 0..<4, using: &random) == 0
            _ = try phone.write(
                [Change(stop, .fact(.noteAdded(Note("需要開收據"))))],
                author: isForeign ? "drv-9" : nil)
            let counter = try #require(phone.head?.counter)
            // All since a place before, most of them known.
            let sent = phone
            let response = try bench.sync(&phone, .init(wantsDigest: false))
            #expect(response.receipts.last?.counters.upperBound == counter)
            try note(response, &first)
            let again = try bench.answer(
                resent(sent, from: UInt64.random(in: 1...counter, using: &random), phone),
                as: phone.credential)
            try note(again, &first)
            #expect(again.answer.direction == .carryOn)
        }
        #expect(first.count == 12)
    }

    /// The same as when it was first said, run by run.
    private func note(_ response: SyncResponse, _ first: inout [UInt64: Receipt]) throws {
        for run in response.receipts {
            for (place, counter) in run.counters.enumerated() {
                var receipt = run
                receipt.counters = counter...counter
                receipt.sequences = run.sequences.map {
                    .init(depot: $0.depot, sequence: $0.sequence + UInt64(place))
                }
                if counter != run.counters.upperBound { receipt.hash = .zero }
                guard var known = first[counter] else {
                    first[counter] = receipt
                    continue
                }
                // Within a run only the last one's hash is said.
                if receipt.hash == .zero || known.hash == .zero {
                    (receipt.hash, known.hash) = (.zero, .zero)
                }
                #expect(receipt == known)
            }
        }
    }

    private func resent(_ phone: Phone, from counter: UInt64, _ now: Phone) throws -> Data {
        var request = try SyncRequest(decoding: phone.request())
        request.history = now.history
        request.checkpoint = now.checkpoint
        request.changesets = (phone.archive + phone.outbox).filter { $0.counter >= counter }
            .map(\.bytes)
        return request.encoded()
    }

    /// Nothing is written: neither a note nor a row.
    @Test func whatIsKnownAltogetherIsNotNoted() throws {
        let bench = try Bench(.file)
        try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(Bench.stop(1), .arrival)
        let body = phone.request()
        let told = try bench.answer(body, as: phone.credential)
        let before = try bench.hub.storage.read { try $0.receiptCount() }
        let again = try bench.answer(body, as: phone.credential)
        #expect(again.receipts == told.receipts)
        #expect(try bench.hub.storage.read { try $0.receiptCount() } == before)
    }

    /// A fork behind known ones: their receipts, then where the chains part.
    @Test func aForkBehindKnownOnesIsStillAFork() throws {
        let bench = try Bench()
        try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(Bench.stop(1), .arrival)
        var copy = phone
        try phone.tap(Bench.stop(1), .noteAdded(Note("a")))
        try bench.sync(&phone)
        try copy.tap(Bench.stop(1), .noteAdded(Note("b")))
        let response = try bench.answer(copy.request(), as: copy.credential)
        #expect(response.receipts.map(\.counters) == [1...1])
        #expect(response.answer.direction == .fork(lastCommon: 1))
    }
}
