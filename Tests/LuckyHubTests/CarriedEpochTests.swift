import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// Whose a replica is that comes for the first time under a supervisor's token, with nothing to
/// say who wrote it (L20, L23).
@Suite struct CarriedEpochTests {
    let bench: Bench
    let chief = Credential(
        person: "chief", depot: Bench.depot, role: .supervisor, carriesFor: ["drv-1"])

    init() throws {
        bench = try Bench()
        try bench.plan(1, for: "drv-1")
        try bench.plan(2, for: "drv-1")
    }

    /// drv-1's phone in epoch 1, settled; and the same phone in epoch 2 without a changeset.
    func epochs() throws -> (old: Phone, new: Phone) {
        var old = Phone("drv-1", install: 1)
        try bench.settle(&old)
        try old.tap(Bench.stop(1), .arrival)
        try bench.settle(&old)
        var new = Phone("drv-1", install: 1, epoch: 2)
        (new.history, new.checkpoint) = (old.history, old.checkpoint)
        (new.base, new.scope) = (old.base, old.scope)
        return (old, new)
    }

    /// Nothing is pending: what the carried phone gets is its driver's, and its driver's it stays.
    @Test func anEpochWithNothingToPushStaysItsDrivers() throws {
        var (old, phone) = try epochs()
        try bench.edit(Bench.stop(2), [.cancelled: .flag(true)])
        try phone.take(try bench.answer(phone.request(), as: chief))
        #expect(try bench.hub.storage.read { try $0.replica(phone.replica)?.person } == "drv-1")
        #expect(phone.base[Bench.stop(2)]?.shown(.cancelled) == .flag(true))
        #expect(phone.scope.count == 2 && phone.digest() == phone.hubDigest)

        // Its driver's own token goes on, and a further epoch may name this one.
        try phone.tap(Bench.stop(1), .delivered(2))
        phone.predecessor = .init(dot: Dot(old.replica, 1), hash: try #require(old.head?.hash))
        try bench.settle(&phone)
        #expect(phone.results[1]?.result == .accepted)
        var next = Phone("drv-1", install: 1, epoch: 3)
        next.predecessor = .init(
            dot: Dot(phone.replica, 1), hash: try #require(phone.head?.hash))
        (next.history, next.checkpoint, next.base) = (phone.history, phone.checkpoint, phone.base)
        try next.tap(Bench.stop(2), .arrival)
        try bench.settle(&next)
        #expect(next.results[1]?.result == .accepted)
        old.outbox = []
    }

    /// It says whose phone it is: nothing has to be recorded on it first, and a supervisor's own is
    /// told from a carried one.
    @Test(arguments: [("drv-1" as Identifier, 2), ("chief", 0)])
    func aNewPhoneSaysWhoseItIs(driver: Identifier, stops: Int) throws {
        var phone = Phone(driver, install: 10)
        var request = try SyncRequest(decoding: phone.request())
        request.driver = driver
        let response = try bench.answer(request.encoded(), as: chief)
        try phone.take(response)
        #expect(response.answer.direction == .carryOn)
        #expect(phone.scope.count == stops && phone.digest() == phone.hubDigest)
        let row = try #require(try bench.hub.storage.read { try $0.replica(phone.replica) })
        #expect(row.person == driver)
        #expect(row.role == (driver == "chief" ? .supervisor : .driver))
    }

    /// Saying so is no proof: it opens what the token may carry for, and nothing else.
    @Test func sayingSoOpensNothing() throws {
        var request = try SyncRequest(decoding: Phone("drv-2", install: 12).request())
        request.driver = "drv-2"
        #expect(try bench.refusal(request.encoded(), as: chief)?.code == "foreign_replica")
        // A driver's token speaks for its driver alone, whatever the phone says.
        request.driver = "drv-1"
        let answer = try bench.answer(request.encoded(), as: Bench.driver("drv-2"))
        #expect(answer.page?.parts.isEmpty == true)
        let row = try bench.hub.storage.read { try $0.replica(request.replica) }
        #expect(row?.person == "drv-2")
    }

    /// A new history is told, not hidden behind a refusal.
    @Test func aNewPhoneOfAnotherHistoryIsTold() throws {
        var request = try SyncRequest(decoding: Phone("drv-1", install: 13).request())
        request.driver = "drv-1"
        request.history = HistoryID(high: 9, low: 9)
        let answer = try bench.answer(request.encoded(), as: chief)
        #expect(answer.answer.direction == .rebaselineNeeded)
    }

    /// Nobody knows the install and nothing names an author: it waits for who it belongs to.
    @Test func anUnknownInstallIsNobodysYet() throws {
        var phone = Phone("drv-1", install: 9)
        let before = try bench.fingerprint()
        let refusal = try bench.refusal(phone.request(), as: chief)
        #expect(refusal?.code == "owner_unknown" && refusal?.status == 403)
        #expect(try bench.hub.storage.read { try $0.replica(phone.replica) } == nil)
        #expect(try bench.fingerprint() == before)
        try bench.settle(&phone)
        #expect(phone.scope.count == 2)
    }

    /// A changeset of somebody whom the token does not carry for gives nobody the phone either.
    @Test func aStrangersPhoneIsNotTakenOver() throws {
        var phone = Phone("drv-2", install: 8)
        try phone.tap(Bench.stop(1), .arrival)
        #expect(try bench.refusal(phone.request(), as: chief)?.status == 403)
        #expect(try bench.hub.storage.read { try $0.replica(phone.replica) } == nil)
    }
}
