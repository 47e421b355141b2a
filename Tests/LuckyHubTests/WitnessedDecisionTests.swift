import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// After a restore, devices tell what they know. Records come back; a word that closes something
/// waits for a person to say it again (L26).
@Suite("What only a witness tells closes nothing")
struct WitnessedDecisionTests {
    let stop = Bench.stop(1)

    private func review(_ bench: Bench) throws -> Review {
        let state = try #require(try bench.hub.read { try $0.state(stop) })
        return try #require(state.reviews.first { $0.kind == .deliveredAfterCancel })
    }

    private func decide(
        _ bench: Bench, _ outcome: ReviewOutcome, _ supersedes: [FactRef] = []
    ) throws {
        bench.now += 1000
        let review = try review(bench)
        let fact = Fact.reviewResolved(
            ReviewResolution(of: review.openedAs ?? review.id, outcome, supersedes: supersedes))
        _ = try bench.hub.write(
            [Change(stop, .fact(fact))], contexts: [stop: try bench.vector(stop)],
            id: bench.newID(), by: Bench.office, now: bench.now)
    }

    /// A hub restored to before the delivery; the phone has seen everything.
    private func scene(decided: Bool) throws -> (old: Bench, restored: Bench, Phone) {
        let bench = try Bench(.file)
        try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try bench.edit(stop, [.cancelled: .flag(true)])
        let copy = bench.folder.path("copy.sqlite")
        _ = try Hub.backUp(bench.folder.path("hub.sqlite"), to: copy)
        try phone.tap(stop, .delivered(2))
        try bench.settle(&phone)
        if decided { try decide(bench, .kept) }
        try bench.settle(&phone)
        return (bench, try Bench(at: copy, seed: 99), phone)
    }

    @Test("A decision that came by an offer is shown, and the review stays open until confirmed")
    func decision() throws {
        var (old, restored, phone) = try scene(decided: true)
        #expect(try review(old).state == .resolved(.kept))
        try phone.takeUp(with: restored)
        let told = try review(restored)
        #expect(told.isOpened && told.state == .open)
        #expect(told.decisions.map(\.isWitnessed) == [true])
        #expect(told.decisions.map(\.author) == ["ofc-1"])
        let words = told.lines(in: .en, stop: "S1").last
        #expect(words?.contains("told only by a phone") == true)
        // The phone shows the same.
        #expect(phone.digest() == phone.hubDigest)
        #expect(phone.base[stop]?.review(told.id)?.state == .open)

        try decide(restored, .refunded)
        #expect(try review(restored).state == .resolved(.refunded))
        #expect(try review(restored).decisions.count == 2)
        try restored.settle(&phone)
        #expect(phone.base[stop]?.review(told.id)?.state == .resolved(.refunded))
        #expect(phone.digest() == phone.hubDigest)
        #expect(try restored.hub.read { try $0.audit() }.isEmpty)
    }

    @Test("A review across stops that a witness tells of is opened with proof, whoever comes first")
    func acrossStops() throws {
        let bench = try Bench(.file)
        var phones = [Phone("drv-1", install: 1), Phone("drv-2", install: 2)]
        for (index, number) in [1, 2].enumerated() {
            try bench.plan(number, for: phones[index].credential.person)
            try bench.settle(&phones[index])
        }
        let copy = bench.folder.path("copy.sqlite")
        _ = try Hub.backUp(bench.folder.path("hub.sqlite"), to: copy)
        for index in phones.indices {
            let handed = HandedOver(
                Handover(delivered: [.kg20: 1]), attempt: 1, serials: ["TW-1"])
            try phones[index].tap(Bench.stop(index + 1), .handedOver(handed))
            try bench.settle(&phones[index])
        }
        for index in phones.indices { try bench.settle(&phones[index]) }
        func opened(_ bench: Bench) throws -> [Recorded] {
            try (1...2).flatMap { number in
                try bench.hub.read { try $0.state(Bench.stop(number)) }?.facts.values
                    .filter { $0.fact?.kind == .reviewOpened } ?? []
            }
        }
        #expect(try opened(bench).count == 1)
        for (round, order) in [[0, 1], [1, 0]].enumerated() {
            let file = bench.folder.path("copy-\(round).sqlite")
            _ = try Hub.restore(copy, to: file, now: 1)
            let restored = try Bench(at: file, seed: UInt64(90 + round))
            var again = phones
            for index in order { try again[index].takeUp(with: restored) }
            for index in order { try restored.settle(&again[index]) }
            let reviews = try opened(restored)
            #expect(reviews.map(\.witnessedBy) == [nil], "\(order)")
            #expect(again.allSatisfy { $0.digest() == $0.hubDigest })
            #expect(try restored.hub.read { try $0.audit() }.isEmpty)
        }
    }

    @Test("A decision that a phone made up takes back no real one")
    func forged() throws {
        var (old, restored, phone) = try scene(decided: false)
        _ = old
        var other = Phone("drv-1", install: 2)
        // The first phone takes up honestly, and a person decides.
        try phone.takeUp(with: restored)
        try decide(restored, .kept)
        let real = try #require(try review(restored).decisions.first)
        // Another one of the driver's offers a decision and an account that nobody made.
        other.history = old.hub.history
        let review = try review(restored)
        let facts: [Fact] = [
            .reviewResolved(
                ReviewResolution(of: review.id, .reversed, supersedes: [real.ref])),
            .settled(Settlement(due: .zero, received: .zero, covers: [])),
        ]
        let dot = Dot(ReplicaID(install: 77, epoch: 1), 1)
        let stamp = Stamp(
            author: "ofc-9", role: .office, relation: .inScope,
            hlc: HLC(milliseconds: 5, logical: 0), writtenAt: 5, receivedAt: 5)
        let forged = facts.enumerated().map { index, fact in
            PageChange(
                ref: FactRef(change: ChangeID(high: 0xF0, low: 1), index: index), dot: dot,
                encoded: ChangeCodec.encode(Change(stop, .fact(fact))) { [] }, stamp: stamp,
                context: VersionVector())
        }
        other.parts[stop] = EntityPart(entity: stop, membership: .stays, facts: forged)
        other.base[stop] = EntityState(id: stop)
        try other.takeUp(with: restored)
        let state = try #require(try restored.hub.read { try $0.state(stop) })
        #expect(state.facts[FactRef(change: ChangeID(high: 0xF0, low: 1), index: 0)] != nil)
        let after = try self.review(restored)
        #expect(after.state == .resolved(.kept))
        #expect(after.decisions.count == 2)
        #expect(state.account().settlement == nil)
    }

    @Test("Redacted only by a witness's word: hidden, kept, and dropped once the office says so")
    func redaction() throws {
        let bench = try Bench(.file)
        try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        let note = try phone.tap(stop, .noteAdded(Note("丁秀蘭")))
        try bench.settle(&phone)
        let copy = bench.folder.path("copy.sqlite")
        _ = try Hub.backUp(bench.folder.path("hub.sqlite"), to: copy)
        let ref = FactRef(change: note, index: 0)
        func redact(_ bench: Bench) throws {
            bench.now += 1000
            _ = try bench.hub.write(
                [Change(stop, .fact(.redacted(Redaction(of: ref))))],
                contexts: [stop: try bench.vector(stop)], id: bench.newID(), by: Bench.office,
                now: bench.now)
        }
        try redact(bench)
        try bench.settle(&phone)
        let restored = try Bench(at: copy, seed: 99)
        try phone.takeUp(with: restored)
        let state = try #require(try restored.hub.read { try $0.state(stop) })
        #expect(state.stop.notes.isEmpty)
        #expect(state.facts[ref]?.fact == .noteAdded(Note("丁秀蘭")))
        try redact(restored)
        #expect(
            try restored.hub.read { try $0.state(stop) }?.facts[ref]?.fact == .noteAdded(Note(nil)))
    }

    /// A review whose id another change had taken is as good as any.
    @Test("Kept: both receipts are posted, whatever the review is called")
    func keptUnderAnotherName() throws {
        let bench = try Bench()
        try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        let amount = try #require(Money.dollars(1_900))
        let names = [ChangeID(high: 1, low: 1), ChangeID(high: 1, low: 2)]
        let sides = names.map { FactRef(change: $0, index: 0) }
        // Somebody's note bears the id that the review will compute.
        try phone.write(
            [Change(stop, .fact(.noteAdded(Note("巧合"))))],
            id: ReviewFinding(.cashTwice, on: stop, sides).id)
        for name in names {
            try phone.write(
                [Change(stop, .fact(.cashReceived(CashReceipt(amount))))], id: name)
        }
        try bench.settle(&phone)
        func held() throws -> EntityState {
            try #require(try bench.hub.read { try $0.state(stop) })
        }
        let review = try #require(try held().reviews.first { $0.kind == .cashTwice })
        #expect(review.isOpened && review.openedAs != review.id)
        #expect(try held().account().paid == amount)
        let request = ReviewDecisionRequest(
            id: String(repeating: "ab", count: 12), review: review.id.hex, outcome: "kept",
            note: nil, context: nil, supersede: nil)
        let reply = try OfficeJSON.decode(
            ReviewDecisionReply.self,
            from: bench.hub.office(
                "review-resolve", OfficeJSON.encode(request), as: Bench.office, now: bench.now))
        #expect(reply.review.status == "resolved")
        #expect(try held().account().paid == Money.dollars(3_800))
        #expect(try held().reviews.first { $0.id == review.id }?.state == .resolved(.kept))
    }
}
