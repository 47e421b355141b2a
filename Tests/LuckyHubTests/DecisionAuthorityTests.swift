import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// A review is closed by whom its own rule names, on its own entity, once; whoever comes by which
/// door. What may not be is kept and says why.
@Suite("A decision is judged by the review that it decides")
struct DecisionAuthorityTests {
    static let supervisor = Credential(person: "boss", depot: Bench.depot, role: .supervisor)
    static let finance = Credential(person: "fin", depot: Bench.depot, role: .finance)
    static let dispatcher = Credential(person: "dis", depot: Bench.depot, role: .dispatcher)
    let stop = Bench.stop(1)

    /// Delivered by drv-1 unaware of a cancel (the office decides) and of a reassignment (the
    /// dispatcher does).
    private func scene() throws -> (Bench, cancel: Review, reassign: Review) {
        let bench = try Bench()
        try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(stop, .delivered(2))
        try bench.edit(stop, [.cancelled: .flag(true)])
        try bench.edit(stop, [.driver: .name("drv-2")])
        try bench.settle(&phone)
        let reviews = try reviews(bench)
        let cancel = try #require(reviews.first { $0.kind == .deliveredAfterCancel })
        let reassign = try #require(reviews.first { $0.kind == .deliveredAfterReassign })
        return (bench, cancel, reassign)
    }

    private func reviews(_ bench: Bench) throws -> [Review] {
        try #require(try bench.hub.read { try $0.state(stop) }).reviews
    }

    private func state(_ review: Review, _ bench: Bench) throws -> Review.State? {
        try reviews(bench).first { $0.id == review.id }?.state
    }

    private func resolution(
        _ review: ChangeID, _ outcome: ReviewOutcome = .kept, _ supersedes: [FactRef] = []
    ) -> Fact {
        .reviewResolved(ReviewResolution(of: review, outcome, supersedes: supersedes))
    }

    /// What becomes of a decision in a changeset of somebody's own device.
    private func send(
        _ fact: Fact, as credential: Credential, install: UInt64, to bench: Bench,
        on entity: EntityID? = nil, seen: VersionVector = VersionVector()
    ) throws -> Receipt.Result? {
        var phone = Phone(credential.person, install: install)
        let entity = entity ?? stop
        try phone.write(
            [Change(entity, .fact(fact))], author: credential.person, contexts: [entity: seen])
        try phone.take(try bench.answer(phone.request(), as: credential))
        return phone.results[1]?.result
    }

    @Test("In a changeset: quarantined where there is no such review there, or it is not theirs")
    func changesets() throws {
        let (bench, cancel, reassign) = try scene()
        let nobody = ChangeID(high: 9, low: 9)
        let quarantined = Receipt.Result.quarantined("authority")
        let boss = Self.supervisor
        #expect(try send(resolution(nobody), as: boss, install: 10, to: bench) == quarantined)
        let other = Bench.stop(7)
        #expect(
            try send(resolution(cancel.id), as: boss, install: 11, to: bench, on: other)
                == quarantined)
        #expect(
            try send(resolution(reassign.id), as: Self.finance, install: 12, to: bench)
                == quarantined)
        #expect(
            try send(resolution(cancel.id), as: Bench.driver("drv-1"), install: 13, to: bench)
                == quarantined)
        #expect(try state(cancel, bench) == .open && state(reassign, bench) == .open)
        // Nothing is lost: each waits with its author for a person.
        #expect(try bench.hub.read { try $0.quarantined() }.count == 4)

        #expect(
            try send(resolution(reassign.id), as: Self.dispatcher, install: 14, to: bench)
                == .accepted)
        #expect(try send(resolution(cancel.id), as: boss, install: 15, to: bench) == .accepted)
        #expect(try state(cancel, bench) == .resolved(.kept))
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
    }

    @Test("A closed one, knowingly: quarantined unless it supersedes what was decided")
    func closed() throws {
        let (bench, cancel, _) = try scene()
        let boss = Self.supervisor
        #expect(try send(resolution(cancel.id), as: boss, install: 10, to: bench) == .accepted)
        let seen = try bench.vector(stop)
        let first = try #require(try reviews(bench).first { $0.id == cancel.id }?.decisions.first)
        #expect(
            try send(resolution(cancel.id, .noted), as: boss, install: 11, to: bench, seen: seen)
                == .quarantined("authority"))
        #expect(try state(cancel, bench) == .resolved(.kept))
        #expect(
            try send(
                resolution(cancel.id, .noted, [first.ref]), as: boss, install: 12, to: bench,
                seen: seen) == .accepted)
        #expect(try state(cancel, bench) == .resolved(.noted))
    }

    @Test("Two at once, from two devices: both stand and are shown, nobody is refused")
    func atOnce() throws {
        let (bench, cancel, _) = try scene()
        let seen = try bench.vector(stop)
        #expect(
            try send(resolution(cancel.id), as: Self.supervisor, install: 10, to: bench, seen: seen)
                == .accepted)
        #expect(
            try send(
                resolution(cancel.id, .refunded), as: Bench.office, install: 11, to: bench,
                seen: seen) == .accepted)
        #expect(try state(cancel, bench) == .contested([.kept, .refunded]))
        let decisions = try reviews(bench).first { $0.id == cancel.id }?.decisions
        #expect(decisions?.map(\.author) == ["boss", "ofc-1"])
    }

    @Test("Past all verbs the hub's own door judges the same, with the reason")
    func hubWrites() throws {
        let (bench, cancel, reassign) = try scene()
        func refusal(_ fact: Fact, as credential: Credential = Bench.office) throws -> String? {
            bench.now += 1000
            do {
                _ = try bench.hub.write(
                    [Change(stop, .fact(fact))], contexts: [stop: try bench.vector(stop)],
                    id: bench.newID(), by: credential, now: bench.now)
                return nil
            } catch let refusal as HubRefusal { return "\(refusal.status) \(refusal.code)" }
        }
        let nobody = ChangeID(high: 9, low: 9)
        #expect(try refusal(resolution(nobody)) == "404 unknown_review")
        #expect(try refusal(resolution(reassign.id), as: Self.finance) == "403 not_theirs")
        #expect(try refusal(resolution(cancel.id, .reopened)) == "409 review_open")
        #expect(try refusal(resolution(cancel.id)) == nil)
        #expect(try refusal(resolution(cancel.id)) == "409 review_closed")
        // The account is finance's, and the office's.
        let account = Fact.settled(Settlement(due: .zero, received: .zero, covers: []))
        #expect(try refusal(account, as: Self.dispatcher) == "403 not_theirs")
        #expect(try refusal(account, as: Self.finance) == nil)
        #expect(try refusal(account, as: Bench.driver("drv-1")) == "403 not_allowed")
    }
}
