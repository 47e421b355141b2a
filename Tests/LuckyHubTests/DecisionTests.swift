import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What persons decide: purge, release, offers.
@Suite struct DecisionTests {
    let bench: Bench
    let stop: EntityID

    init() throws {
        bench = try Bench()
        stop = try bench.plan(1, for: "drv-1")
    }

    func held() throws -> EntityState {
        let state = try bench.hub.read { reader in try reader.state(Bench.stop(1)) }
        return try #require(state)
    }

    func refusal(_ body: () throws -> Void) -> String? {
        do { try body() } catch { return (error as? HubRefusal)?.code }
        return nil
    }

    // MARK: Purge

    /// Counterexample 12 (b), (c), (d): the stub stays for ever, needs nobody's acknowledgement,
    /// and a phone from a drawer resurrects nothing.
    @Test func counterexample12_aPurgedStopIsAStubForEver() throws {
        var phone = Phone("drv-1", install: 1)
        var drawer = Phone("drv-1", install: 2)
        try bench.settle(&phone)
        try bench.settle(&drawer)
        let early = refusal { _ = try bench.hub.purge(stop, by: Bench.office, now: 1) }
        #expect(early == "not_deleted")
        try bench.edit(stop, [.deleted: .flag(true)])
        let vector = try bench.vector(stop)
        let sequence = try bench.hub.purge(stop, by: Bench.office, now: bench.now)
        #expect(sequence != nil)
        #expect(try bench.hub.purge(stop, by: Bench.office, now: bench.now) == nil)
        let stub = try held()
        #expect(stub.vector == vector)
        #expect(stub.fields.filter { !$0.value.siblings.isEmpty }.keys.map { $0 } == [.deleted])
        let response = try bench.sync(&phone)
        #expect(response.page?.parts.map(\.membership) == [.purged])
        #expect(phone.scope.isEmpty && phone.digest() == phone.hubDigest)

        // The drawer's phone recorded a delivery before it heard of anything.
        try drawer.tap(stop, .delivered(1))
        try bench.settle(&drawer)
        #expect(drawer.results[1]?.result == .accepted)
        let late = try held()
        #expect(late.facts.values.contains { $0.dot.replica == drawer.replica })
        #expect(late.shown(.address) == .none && !late.isHidden)
        #expect(drawer.digest() == drawer.hubDigest)
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
    }

    /// L2: whose balance it is stands in the plan, and nowhere else.
    @Test func whatCountsInABalanceIsNotPurged() throws {
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        let tap = try phone.tap(stop, .delivered(2))
        try bench.settle(&phone)
        try bench.edit(stop, [.deleted: .flag(true)])
        #expect(try held().isHidden)
        let kept = refusal { _ = try bench.hub.purge(stop, by: Bench.office, now: bench.now) }
        #expect(kept == "counts_in_balances")
        #expect(
            try !held().fields.filter { !$0.value.siblings.isEmpty && $0.key != .deleted }.isEmpty)

        // It never happened: nothing of it counts any more.
        try phone.tap(
            stop,
            .corrected(Correction(of: FactRef(change: tap, index: 0), seen: [], to: .withdrawn)))
        try bench.settle(&phone)
        try bench.edit(stop, [.deleted: .flag(true)])
        #expect(try bench.hub.purge(stop, by: Bench.office, now: bench.now) != nil)
    }

    /// Every other phone of its driver would forget what is in the box.
    @Test func aShiftWithCashInItsBoxIsNotPurged() throws {
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        func purged(_ number: UInt64) -> String? {
            let shift = EntityID(.shift, Bits128(high: 0x5F, low: number))
            return refusal { _ = try bench.hub.purge(shift, by: Bench.office, now: bench.now) }
        }
        let counted = ShiftEnd(counted: Money.dollars(500))
        let boxes: [[Fact]] = [
            [.shiftStarted(ShiftStart(float: .zero)), .shiftEnded(ShiftEnd(counted: nil))],
            [.shiftStarted(ShiftStart(float: try #require(Money.dollars(500))))],
            [.cashDropped(CashDrop(try #require(Money.dollars(300))))], [.shiftEnded(counted)],
        ]
        for (number, facts) in boxes.enumerated() {
            let shift = EntityID(.shift, Bits128(high: 0x5F, low: UInt64(number)))
            try phone.write(facts.map { Change(shift, .fact($0)) })
            try bench.settle(&phone)
            try bench.edit(shift, [.deleted: .flag(true)])
        }
        #expect((0..<4).map(purged) == [nil] + Array(repeating: "counts_in_balances", count: 3))
    }

    @Test func anUnpurgedStopIsSeenAgain() throws {
        try bench.edit(stop, [.deleted: .flag(true)])
        _ = try bench.hub.purge(stop, by: Bench.office, now: bench.now)
        #expect(try bench.hub.unpurge(stop, by: Bench.office, now: bench.now) != nil)
        #expect(try bench.hub.unpurge(stop, by: Bench.office, now: bench.now) == nil)
        try bench.edit(stop, [.deleted: .flag(false), .driver: .name("drv-1")])
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        #expect(phone.scope == [stop] && phone.digest() == phone.hubDigest)
    }

    @Test func onlyTheOfficeDecides() throws {
        let driver = Bench.driver("drv-1")
        let forbidden = refusal { _ = try bench.hub.purge(stop, by: driver, now: 1) }
        #expect(forbidden == "not_allowed")
        let nobody = Bench.stop(77)
        let unknown = refusal { _ = try bench.hub.purge(nobody, by: Bench.office, now: 1) }
        #expect(unknown == "unknown_entity")
    }

    // MARK: Quarantine

    /// With a plan write in it: outside a driver's authority.
    func quarantined(_ phone: inout Phone) throws -> Dot {
        try phone.write([
            Change(stop, .fact(.delivered(2))), Change(stop, .fact(.noteAdded(Note("在門口")))),
            Change(stop, .plan(.officeNote, .text("新的"))),
        ])
        try bench.settle(&phone)
        #expect(phone.results[1]?.result == .quarantined("authority"))
        return Dot(phone.replica, 1)
    }

    /// Counterexample 6: facts keep their names, plan writes are a new edit, and no dot is replayed.
    @Test func counterexample6_aReleaseIsAChangesetOfTheHub() throws {
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        let dot = try quarantined(&phone)
        // The author goes on meanwhile.
        try phone.tap(stop, .arrival)
        try bench.settle(&phone)
        let change = try #require(try bench.hub.storage.read { try $0.changeset(dot)?.change })
        let seen = try bench.vector(stop)
        let written = try bench.hub.asOffice(Bench.office, bench.now) { writer in
            try writer.release(dot, by: Bench.office, contexts: [stop: seen]) {
                ChangeID(high: 0xAB, low: UInt64($0))
            }
        }
        #expect(written.count == 2)
        let state = try held()
        let refs = [FactRef(change: change, index: 0), FactRef(change: change, index: 1)]
        #expect(refs.allSatisfy { state.facts[$0]?.stamp.author == "drv-1" })
        #expect(state.facts[refs[0]]?.dot.replica == bench.hub.replica)
        #expect(state.shown(.officeNote) == .text("新的"))
        #expect(state.fields[.officeNote]?.siblings.first?.stamp.author == Bench.office.person)
        #expect(state.vector[phone.replica] == 2)
        try bench.settle(&phone)
        #expect(phone.base[stop] == state)
        #expect(phone.digest() == phone.hubDigest)
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)

        // Its own dot stays what it was, and it is decided once.
        try bench.hub.storage.read { rows in
            let row = try rows.changeset(dot)
            #expect(row?.result == .quarantined("authority"))
            #expect(row?.decision?.releasedAs == written.first)
        }
        let again = refusal {
            try bench.hub.asOffice(Bench.office, 1) { try $0.reject(dot, by: "ofc-1") }
        }
        #expect(again == "already_decided")
    }

    @Test func aRejectedOneStaysAsItCame() throws {
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        let dot = try quarantined(&phone)
        let before = try held()
        try bench.hub.asOffice(Bench.office, bench.now) { try $0.reject(dot, by: "ofc-1") }
        #expect(try held() == before)
        let list = try bench.hub.office(
            "quarantine-list", Data(#"{"all":true}"#.utf8), as: Bench.office, now: bench.now)
        let reply = try OfficeJSON.decode(QuarantineReply.self, from: list)
        #expect(reply.changesets.map(\.decision) == ["rejected"])
        #expect(reply.changesets.first?.content.count == 3)
    }

    // MARK: Who carries for whom

    @Test func aSupervisorCarriesForTheNamedDriverOnly() throws {
        let chief = Credential(
            person: "chief", depot: Bench.depot, role: .supervisor, carriesFor: ["drv-1"])
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(stop, .delivered(1))
        try phone.take(try bench.answer(phone.request(), as: chief))
        #expect(phone.results[1]?.result == .accepted)
        let fact = try #require(try held().facts.values.first { $0.dot.replica == phone.replica })
        #expect(fact.stamp.author == "drv-1" && fact.stamp.carriedBy == "chief")
        #expect(fact.stamp.role == .driver)

        var other = Phone("drv-2", install: 2)
        try bench.settle(&other)
        let refusal = try bench.refusal(other.request(), as: chief)
        #expect(refusal?.code == "foreign_replica")
        // Nobody but a supervisor carries, whatever a token says.
        let driver = Credential(
            person: "drv-3", depot: Bench.depot, role: .driver, carriesFor: ["drv-1"])
        #expect(try bench.refusal(phone.request(), as: driver)?.code == "foreign_replica")
    }

    /// A phone that began a new epoch, and broke before it could send: its chain names the old one.
    @Test func aSupervisorCarriesANewEpochToo() throws {
        let chief = Credential(
            person: "chief", depot: Bench.depot, role: .supervisor, carriesFor: ["drv-1"])
        var old = Phone("drv-1", install: 1)
        try bench.settle(&old)
        try old.tap(stop, .arrival)
        try bench.settle(&old)
        var phone = Phone("drv-1", install: 1, epoch: 2)
        phone.predecessor = .init(dot: Dot(old.replica, 1), hash: try #require(old.head?.hash))
        phone.base = old.base
        try phone.tap(stop, .delivered(1))
        try phone.take(try bench.answer(phone.request(), as: chief))
        #expect(phone.results[1]?.result == .accepted)
    }

    // MARK: A name that is taken

    /// L4: a driver's note that bears a review's id in advance does not keep it from being opened.
    @Test func aReviewWhoseIDIsTakenIsOpenedAllTheSame() throws {
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        let cancel = try bench.edit(stop, [.cancelled: .flag(true)], seen: VersionVector())
        let handover = ChangeID(high: 0xDE, low: 1)
        let sides = [
            FactRef(change: handover, index: 0), FactRef(change: cancel.change, index: 0),
        ]
        let id = ReviewFinding(.deliveredAfterCancel, on: stop, sides).id
        try phone.write([Change(stop, .fact(.noteAdded(Note("先佔"))))], id: id)
        try bench.settle(&phone)
        #expect(phone.results[1]?.result == .accepted)
        try phone.write([Change(stop, .fact(.delivered(1)))], id: handover)
        try bench.settle(&phone)
        let state = try held()
        #expect(state.openedReviews.contains(id))
        #expect(state.facts[FactRef(change: id, index: 0)]?.stamp.author == "drv-1")
    }
}
