import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// A hub that was restored from a backup, or replaced by an empty one: what devices bring back.
@Suite struct RebaselineTests {
    /// A hub with a stop and two drivers, and a copy of it to be restored.
    final class Scene {
        let bench: Bench
        let copy: String
        let stop = Bench.stop(1)

        init(backUp: Bool = true) throws {
            bench = try Bench(.file)
            try bench.plan(1, for: "drv-1")
            copy = bench.folder.path("copy.sqlite")
            if backUp { _ = try Hub.backUp(bench.folder.path("hub.sqlite"), to: copy) }
        }

        /// A hub over the backup; an empty one where there is none.
        func another(seed: UInt64 = 99) throws -> Bench { try Bench(at: copy, seed: seed) }
    }

    @Test func aDeviceOfAnotherHistoryIsToldAndNothingIsApplied() throws {
        let scene = try Scene()
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        try phone.tap(scene.stop, .arrival)
        let restored = try scene.another()
        let before = try restored.fingerprint()
        let response = try restored.answer(phone.request(), as: phone.credential)
        #expect(response.answer.direction == .rebaselineNeeded)
        #expect(response.answer.history == restored.hub.history)
        #expect(response.page == nil && response.receipts.isEmpty)
        #expect(try restored.fingerprint() == before)
        #expect(try restored.hub.read { try $0.alarms() }.map(\.kind) == [.otherHistory])
    }

    /// Outbox and archive above the hub's head are asked for and taken, under their own dots.
    @Test func theArchiveRefillsARestoredHub() throws {
        let scene = try Scene()
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        try phone.tap(scene.stop, .arrival)
        try phone.tap(scene.stop, .delivered(2))
        try scene.bench.settle(&phone)
        try phone.tap(Bench.stop(9), .arrival)
        let restored = try scene.another()
        let asked = try restored.answer(
            phone.request(.push, with: restored.hub.history).encoded(), as: phone.credential)
        #expect(asked.answer.direction == .sendFrom(1))
        #expect(asked.answer.head == nil && asked.page == nil)
        try phone.takeUp(with: restored)
        #expect(phone.outbox.isEmpty)
        let state = try #require(try restored.hub.read { try $0.state(scene.stop) })
        #expect(state.facts.count == 2)
        #expect(state.facts.values.allSatisfy { $0.witnessedBy == nil })
        #expect(try restored.hub.read { try $0.state(Bench.stop(9)) }?.facts.count == 1)
        #expect(phone.digest() == phone.hubDigest)
        #expect(try restored.hub.read { try $0.quarantined() }.isEmpty)
        #expect(try restored.hub.read { try $0.audit() }.isEmpty)
    }

    /// Counterexample 8: what only another device still holds comes back, marked as witnessed, and
    /// moves no vector.
    @Test func counterexample8_aFactThatOnlyAnotherDeviceHoldsComesBack() throws {
        let scene = try Scene()
        var dead = Phone("drv-1", install: 1)
        try scene.bench.settle(&dead)
        try dead.tap(scene.stop, .delivered(2))
        try scene.bench.settle(&dead)
        var phone = Phone("drv-1", install: 2)
        try scene.bench.settle(&phone)
        let held = try #require(phone.base[scene.stop])
        #expect(held.facts.count == 1)

        let restored = try scene.another()
        let before = try restored.vector(scene.stop)
        try phone.takeUp(with: restored)
        let state = try #require(try restored.hub.read { try $0.state(scene.stop) })
        #expect(state.vector == before)
        #expect(state.facts.keys.sorted() == held.facts.keys.sorted())
        #expect(state.facts.values.map(\.witnessedBy) == [phone.replica])
        #expect(phone.digest() == phone.hubDigest)
        #expect(phone.base[scene.stop]?.facts.values.first?.witnessedBy == phone.replica)
        #expect(try restored.hub.read { try $0.audit() }.isEmpty)

        // Its author's own changeset is the proof: the mark goes, everywhere.
        try dead.takeUp(with: restored)
        try restored.settle(&phone)
        let proven = try #require(try restored.hub.read { try $0.state(scene.stop) })
        #expect(proven.facts.values.map(\.witnessedBy) == [nil])
        #expect(proven.vector[dead.replica] == 1)
        #expect(phone.base[scene.stop] == proven && dead.base[scene.stop] == proven)
        #expect(phone.digest() == phone.hubDigest && dead.digest() == dead.hubDigest)
        #expect(try restored.hub.read { try $0.audit() }.isEmpty)
    }

    /// Counterexample 9: an archive that is gone blocks nothing; what it held is offered.
    @Test func counterexample9_aGapThatNobodyFillsDoesNotBlock() throws {
        let scene = try Scene()
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        try phone.tap(scene.stop, .delivered(2))
        try scene.bench.settle(&phone)
        phone.archive = []
        let restored = try scene.another()
        let asked = try restored.answer(
            phone.request(.push, with: restored.hub.history).encoded(), as: phone.credential)
        #expect(asked.answer.direction == .sendFrom(1))
        try phone.takeUp(with: restored, pushes: false)
        let state = try #require(try restored.hub.read { try $0.state(scene.stop) })
        #expect(state.facts.values.map(\.witnessedBy) == [phone.replica])
        #expect(phone.digest() == phone.hubDigest)

        // What it records from now on comes under a new epoch, which names the old one.
        var next = Phone("drv-1", install: 1, epoch: 2)
        next.predecessor = .init(
            dot: Dot(phone.replica, 1), hash: try #require(phone.head?.hash))
        try restored.settle(&next)
        try next.tap(scene.stop, .arrival)
        try restored.settle(&next)
        #expect(next.results[1]?.result == .accepted)
    }

    /// Counterexample 7 (a): a plan write that the hub lost is not counted as seen because a
    /// context names it; and offered, it waits for a person.
    @Test func counterexample7a_aLostPlanWriteIsListedAndNotJoined() throws {
        let scene = try Scene()
        try scene.bench.edit(scene.stop, [.officeNote: .text("鐵門")])
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        try phone.tap(scene.stop, .arrival)
        let restored = try scene.another()
        try phone.takeUp(with: restored)
        let state = try #require(try restored.hub.read { try $0.state(scene.stop) })
        #expect(state.shown(.officeNote) == .none)
        #expect(state.facts.count == 1)
        #expect(state.vector[scene.bench.hub.replica] == 1)
        let offers = try restored.hub.storage.read { try $0.openOffers() }
        #expect(offers.map(\.entity) == [scene.stop])
        guard case .sibling(.officeNote, let change) = offers.first?.content else {
            Issue.record("the note is not listed")
            return
        }
        #expect(try change.recorded().plan?.value == .text("鐵門"))
        #expect(phone.digest() == phone.hubDigest)
    }

    /// Counterexample 7 (b): an overwrite of what the hub lost keeps it away when it comes back.
    @Test func counterexample7b_whatACoverKnowsIsNotListed() throws {
        let scene = try Scene()
        try scene.bench.edit(scene.stop, [.officeNote: .text("一")])
        let lost = try scene.bench.vector(scene.stop)
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        let restored = try scene.another()
        try restored.edit(scene.stop, [.officeNote: .text("二")], seen: lost)
        try phone.takeUp(with: restored)
        let state = try #require(try restored.hub.read { try $0.state(scene.stop) })
        #expect(state.shown(.officeNote) == .text("二"))
        #expect(state.fields[.officeNote]?.siblings.count == 1)
        #expect(try restored.hub.storage.read { try $0.openOffers() }.isEmpty)
    }

    /// An empty hub in the place of a lost one: contexts name what it cannot know of.
    @Test func aReplacedHubIsFilled() throws {
        let scene = try Scene(backUp: false)
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        try phone.tap(scene.stop, .arrival)
        try phone.tap(scene.stop, .delivered(2))
        try scene.bench.settle(&phone)
        let replaced = try scene.another()
        let told = try replaced.answer(phone.request(), as: phone.credential)
        #expect(told.answer.direction == .rebaselineNeeded)
        try phone.takeUp(with: replaced)
        #expect(try replaced.hub.read { try $0.quarantined() }.isEmpty)
        let state = try #require(try replaced.hub.read { try $0.state(scene.stop) })
        #expect(state.facts.count == 2)
        #expect(try replaced.hub.storage.read { try $0.openOffers() }.count == 6)
        #expect(phone.scope == [scene.stop])
        #expect(phone.digest() == phone.hubDigest)
        #expect(try replaced.hub.read { try $0.audit() }.isEmpty)
    }

    /// Counterexample 15: a checkpoint of this history that the log does not have.
    @Test func counterexample15_anUnknownCheckpointIsAnAlarmAndMayOffer() throws {
        let scene = try Scene()
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        phone.checkpoint?.tag ^= 1
        let response = try scene.bench.answer(phone.request(), as: phone.credential)
        #expect(response.answer.direction == .rebaselineNeeded)
        #expect(response.answer.history == scene.bench.hub.history)
        let alarms = try scene.bench.hub.read { try $0.alarms() }
        #expect(alarms.map(\.kind) == [.unknownCheckpoint])
        #expect(alarms.map(\.replica) == [phone.replica] && alarms.map(\.count) == [1])
        try phone.takeUp(with: scene.bench)
        #expect(phone.digest() == phone.hubDigest)
    }
}
