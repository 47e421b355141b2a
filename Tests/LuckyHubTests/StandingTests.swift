import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What a hub says of its log with receipts and pages, and what of it proves, shown again, that the
/// log was put back (L22, L26): where no checkpoint could.
@Suite struct StandingTests {
    typealias Scene = RolledBackTests.Scene

    /// A device that followed the later history comes to the earlier one.
    @Test func aDiskPutBackAcrossHistoriesEndsTheOlder() throws {
        let scene = try Scene()
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        let snapshot = try scene.snapshot()
        let older = scene.bench.hub.history
        try scene.bench.edit(scene.stop, [.officeNote: .text("before it was left")])
        try scene.loseNonce()
        let newer = scene.bench.hub.history
        #expect(newer != older)
        try scene.bench.edit(scene.stop, [.officeNote: .text("lost")])
        try phone.takeUp(with: scene.bench)
        #expect(phone.history == newer)
        try phone.tap(scene.stop, .delivered(2))

        try scene.putBack(snapshot)
        #expect(scene.bench.hub.history == older, "a start cannot tell")
        let refusal = try scene.bench.refusal(phone.request(), as: phone.credential)
        #expect(refusal?.code == "history_disproved")
        #expect(try scene.alarms == ["rolled_back"])

        try scene.restart()
        let last = scene.bench.hub.history
        #expect(![older, newer].contains(last))
        try phone.takeUp(with: scene.bench)
        #expect(phone.outbox.isEmpty && phone.digest() == phone.hubDigest)
        #expect(try scene.bench.hub.read { try $0.state(scene.stop) }?.facts.count == 1)
        // Whoever else was in the later one shows nothing new.
        var other = Phone("drv-1", install: 2)
        other.standing = phone.standing
        try scene.bench.settle(&other)
        try scene.restart()
        #expect(scene.bench.hub.history == last)
        #expect(try scene.bench.hub.read { try $0.audit() }.isEmpty)
    }

    /// Each of three histories, put back in any order, learns that it is over from a device of any
    /// other that heard of it; nobody else is disturbed.
    @Test func threeHistoriesPutBackInTurn() throws {
        let scene = try Scene()
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        let first = try scene.snapshot()
        try scene.tell("first", &phone)
        try scene.loseNonce()
        try phone.takeUp(with: scene.bench)
        let second = try scene.snapshot()
        try scene.tell("second", &phone)
        try scene.putBack(first)
        #expect(try scene.isDisproved(by: &phone))
        let third = try scene.snapshot()
        try scene.tell("third", &phone)
        try scene.putBack(second)
        #expect(try scene.isDisproved(by: &phone))
        for snapshot in [first, second, third] {
            try scene.putBack(snapshot)
            #expect(try scene.isDisproved(by: &phone))
            #expect(try !scene.isDisproved(by: &phone), "once is enough")
        }
    }

    /// A backup opened on another machine while the hub that it is of goes on: a phone that was
    /// there comes back, as often as it likes, and neither history ends.
    @Test func aCopyOpenedElsewhereEndsNothing() throws {
        let scene = try Scene()
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        let copy = try scene.snapshot()
        let ours = scene.bench.hub.history
        try scene.loseNonce()
        let theirs = scene.bench.hub.history
        try scene.tell("elsewhere", &phone, isNew: true)
        var elsewhere = try scene.snapshot()
        var here = copy
        for round in 1...3 {
            try scene.putBack(here)
            #expect(try scene.bench.refusal(phone.request(), as: phone.credential) == nil)
            #expect(try scene.alarms.contains("parallel_copy"))
            try scene.tell("here \(round)", &phone, isNew: true)
            #expect(scene.bench.hub.history == ours)
            here = try scene.snapshot()
            try scene.putBack(elsewhere)
            try scene.tell("there \(round)", &phone, isNew: true)
            #expect(scene.bench.hub.history == theirs)
            elsewhere = try scene.snapshot()
        }
    }

    /// A backup put back begins a history by itself: what devices of later ones show is no proof.
    @Test func aRestoreThatIsKnownEndsNothingTwice() throws {
        let scene = try Scene()
        let copy = scene.path + ".copy"
        _ = try Hub.backUp(scene.path, to: copy)
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        try scene.loseNonce()
        try scene.bench.edit(scene.stop, [.officeNote: .text("lost")])
        try phone.takeUp(with: scene.bench)
        try scene.restart { _ = try Hub.restore(copy, to: scene.path, now: 1) }
        let restored = scene.bench.hub.history
        #expect(try !scene.isDisproved(by: &phone))
        #expect(try scene.alarms == ["other_history"])
        #expect(phone.history == restored && phone.digest() == phone.hubDigest)
    }

    /// A page shows whole entities as of its snapshot: what it knows beyond its checkpoint counts.
    @Test func aPageAheadOfItsCheckpointIsAProof() throws {
        let scene = try Scene()
        try scene.bench.plan(2, for: "drv-1")
        let middle = scene.bench.hub.sequence(of: Bench.depot)
        let snapshot = try scene.snapshot()
        try scene.bench.edit(scene.stop, [.officeNote: .text("ahead")])
        var phone = Phone("drv-1", install: 1)
        var options = Phone.Options()
        options.responseBytes = 1
        let response = try scene.bench.sync(&phone, options)
        #expect(response.page?.hasMore == true)
        #expect(try #require(phone.checkpoint).sequence < middle)
        #expect(phone.base[scene.stop]?.shown(.officeNote) == .text("ahead"))

        try scene.putBack(snapshot)
        let history = scene.bench.hub.history
        // The hub would give the dot that the phone knows to something else.
        try scene.bench.edit(scene.stop, [.officeNote: .text("another")])
        #expect(try scene.isDisproved(by: &phone))
        #expect(scene.bench.hub.history != history)
        #expect(phone.base[scene.stop]?.shown(.officeNote) == .text("another"))
        #expect(phone.digest() == phone.hubDigest)
    }

    /// Receipts came, the page behind them did not: the checkpoint is below what was promised.
    @Test func receiptsWithoutAPageAreAProof() throws {
        for isRefused in [false, true] {
            let scene = try Scene()
            var phone = Phone("drv-1", install: 1)
            try scene.bench.settle(&phone)
            let snapshot = try scene.snapshot()
            let history = scene.bench.hub.history
            // A changeset in quarantine has a receipt, and no place in the log.
            try phone.tap(isRefused ? Bench.stop(7) : scene.stop, .arrival)
            if isRefused {
                try phone.write([Change(scene.stop, .plan(.officeNote, .text("no")))])
                try scene.bench.plan(7, for: "drv-2")
            }
            var response = try scene.bench.answer(phone.request(), as: phone.credential)
            response.page = nil
            try phone.take(response)
            #expect(phone.outbox.isEmpty)
            try scene.putBack(snapshot)
            #expect(try scene.isDisproved(by: &phone))
            #expect(scene.bench.hub.history != history)
            #expect(phone.digest() == phone.hubDigest)
        }
    }

    /// Whoever has a token can show anything: only what this database said is a proof.
    @Test func anInventedStandingMintsNothing() throws {
        let scene = try Scene()
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        let history = scene.bench.hub.history
        let said = phone.standing
        #expect(!said.isEmpty)
        for bit in stride(from: 0, to: said.count * 8, by: 7) {
            phone.standing = said
            phone.standing[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(try scene.bench.refusal(phone.request(), as: phone.credential) == nil)
        }
        let stranger = Standing(
            history: history, mark: .init(sequence: 99, tag: 5, receipts: 99),
            past: [Standing.Past(history: history, end: .init(sequence: 99, tag: 5))])
        var lengths = (0..<said.count).map { Array(said.prefix($0)) }
        lengths += [said + said, stranger.bytes(key: [1, 2, 3]), stranger.bytes(key: [])]
        for bytes in lengths {
            phone.standing = bytes
            #expect(try scene.bench.refusal(phone.request(), as: phone.credential) == nil)
        }
        phone.standing = [UInt8](repeating: 0, count: Bounds.standingBytes + 1)
        #expect(
            try scene.bench.refusal(phone.request(), as: phone.credential)?.code == "bad_request")
        try scene.restart()
        #expect(scene.bench.hub.history == history)
        #expect(try scene.alarms == [])
    }

    /// What is said stays within its bound however often a hub was restored.
    @Test func manyHistoriesFit() throws {
        let past = (0..<Bounds.pastHistories).map {
            Standing.Past(
                history: HistoryID(high: 1, low: UInt64($0)),
                end: .init(sequence: 7, tag: .max, receipts: 9))
        }
        let standing = Standing(
            history: HistoryID(high: 2, low: 2),
            mark: .init(sequence: .max, tag: .max, receipts: .max), past: past)
        let bytes = standing.bytes(key: [7])
        #expect(bytes.count <= Bounds.standingBytes)
        #expect(Standing(reading: bytes, key: [7]) == standing)

        let hub = try Hub.inMemory(depot: Bench.depot, random: SeededGenerator(seed: 1))
        let own = Standing.Past(history: hub.history, end: .init())
        var nearer = past
        for index in nearer.indices { nearer[index].end.sequence = 6 }
        try hub.storage.write { try $0.note(past: [own] + nearer + past + nearer) }
        let kept = try hub.storage.read { try $0.pastHistories(limit: Bounds.pastHistories) }
        #expect(kept == past)
    }
}

extension RolledBackTests.Scene {
    /// The next start finds a file of which nothing proves that it continues.
    func loseNonce() throws {
        try restart { try FileManager.default.removeItem(atPath: path + ".nonce") }
    }

    /// The office writes, and a device hears of it.
    /// - Parameter isNew: it follows another history up to now.
    func tell(_ note: String, _ phone: inout Phone, isNew: Bool = false) throws {
        if isNew { try phone.takeUp(with: bench) }
        try bench.edit(stop, [.officeNote: .text(note)])
        try bench.settle(&phone)
    }

    /// Whether what a device shows ends the history; it follows whatever there is then.
    func isDisproved(by phone: inout Phone) throws -> Bool {
        let refusal = try bench.refusal(phone.request(), as: phone.credential)
        if refusal?.code == "history_disproved" { try restart() }
        try phone.takeUp(with: bench)
        return refusal != nil
    }
}
