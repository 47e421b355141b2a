import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

@Suite struct ScopeTests {
    @Test(arguments: Backend.allCases)
    func aReassignedStopLeavesAndEnters(_ backend: Backend) throws {
        let bench = try Bench(backend)
        let stop = try bench.plan(1, for: "drv-1")
        let other = try bench.plan(2, for: "drv-1")
        var first = Phone("drv-1", install: 1)
        var second = Phone("drv-2", install: 2)
        try bench.settle(&first)
        try bench.settle(&second)
        #expect(second.scope.isEmpty)

        let move = try bench.edit(stop, [.driver: .name("drv-2")])
        let left = try #require(try bench.sync(&first).page?.parts.first)
        #expect(left == EntityPart(entity: stop, membership: .leaves, cause: move.change))
        let entered = try #require(try bench.sync(&second).page?.parts.first)
        #expect(entered.membership == .enters)
        #expect(entered.cause == move.change)
        #expect(entered.fields.count == 6)
        #expect(first.scope == [other])
        #expect(second.scope == [stop])
        for phone in [first, second] { #expect(phone.digest() == phone.hubDigest) }
        #expect(try bench.hub.read { try $0.scope(of: "drv-2") } == [stop])
    }

    @Test func theOldDriversDeliveryIsAClaimAndOpensAReview() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var first = Phone("drv-1", install: 1)
        try bench.settle(&first)
        try first.tap(stop, .delivered(2))
        try bench.edit(stop, [.driver: .name("drv-2")])
        try bench.settle(&first)
        #expect(first.results[1]?.result == .accepted)
        let state = try #require(try bench.hub.read { try $0.state(stop) })
        let fact = try #require(state.facts.values.first { $0.dot == Dot(first.replica, 1) })
        #expect(fact.stamp.relation == .wasInScope)
        #expect(fact.stamp.role == .driver)
        #expect(fact.stamp.receivedAt == bench.now - 1000 || fact.stamp.receivedAt == bench.now)
        #expect(state.stop.status == .delivered)
        let reviews = state.facts.values.compactMap(\.fact).compactMap { fact in
            if case .reviewOpened(let review) = fact { review.kind } else { nil }
        }
        #expect(reviews == [.deliveredAfterReassign])
    }

    /// An entity that came back while the device was away comes whole, once.
    @Test func leftAndBack() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try bench.edit(stop, [.driver: .name("drv-2")])
        try bench.edit(stop, [.address: .text("unseen by drv-1")])
        try bench.edit(stop, [.driver: .name("drv-1")])
        let part = try #require(try bench.sync(&phone).page?.parts.first)
        #expect(part.membership == .enters)
        #expect(part.fields.count == 6)
        #expect(phone.digest() == phone.hubDigest)
    }

    /// What came and went while the device was away is told to leave, in case a page that ran ahead
    /// brought it: nothing of its content comes.
    @Test func neverSeen() throws {
        let bench = try Bench()
        var phone = Phone("drv-2", install: 1)
        try bench.settle(&phone)
        let stop = try bench.plan(1, for: "drv-1")
        try bench.edit(stop, [.driver: .name("drv-2")])
        try bench.edit(stop, [.driver: .name("drv-1")])
        let parts = try #require(try bench.sync(&phone).page?.parts)
        #expect(parts.map(\.entity) == [stop])
        #expect(parts.map(\.membership) == [.leaves])
        #expect(parts.allSatisfy { $0.changes.isEmpty && $0.vector.isEmpty })
        #expect(phone.scope.isEmpty)
        #expect(phone.digest() == phone.hubDigest)
    }

    @Test func aDeletedStopLeavesAndAFactBringsItBack() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        var late = phone
        try late.tap(stop, .delivered(2))
        try bench.edit(stop, [.deleted: .flag(true)])
        try bench.settle(&phone)
        #expect(phone.scope.isEmpty)
        #expect(phone.digest() == phone.hubDigest)
        try bench.settle(&late)
        #expect(late.results[1]?.result == .accepted)
        #expect(late.scope == [stop])
        #expect(late.digest() == late.hubDigest)
    }

    @Test func aStopThatADriverMadeIsTheirs() throws {
        let bench = try Bench()
        let found = Bench.stop(50)
        var phone = Phone("drv-1", install: 1)
        try phone.tap(found, .delivered(1))
        try phone.tap(found, .arrival)
        try bench.settle(&phone)
        #expect(phone.results.values.allSatisfy { $0.result == .accepted })
        #expect(phone.scope == [found])
        #expect(phone.digest() == phone.hubDigest)
        let state = try #require(try bench.hub.read { try $0.state(found) })
        let relations = state.factsInOrder.map(\.stamp.relation)
        #expect(Set(relations) == [.newByAuthor, .inScope])
        var stranger = Phone("drv-2", install: 2)
        try stranger.tap(found, .arrival)
        try bench.settle(&stranger)
        #expect(stranger.results[1]?.result == .quarantined("authority"))
        try bench.edit(found, [.driver: .name("drv-2")])
        try bench.settle(&phone)
        #expect(phone.scope.isEmpty)
    }

    /// Counterexample 13: a changeset that touches a visible and an invisible entity; the invisible
    /// one later enters whole.
    @Test func counterexample13_projectionsMeetAgain() throws {
        let bench = try Bench()
        let (mine, theirs) = (try bench.plan(1, for: "drv-1"), try bench.plan(2, for: "drv-2"))
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        let seen = [mine: try bench.vector(mine), theirs: try bench.vector(theirs)]
        _ = try bench.hub.write(
            [
                Change(mine, .plan(.sequence, .integer(2))),
                Change(theirs, .plan(.sequence, .integer(1))),
            ], contexts: seen, id: bench.newID(), by: Bench.office, now: bench.now)
        try bench.settle(&phone)
        #expect(phone.base[theirs] == nil)
        try bench.edit(theirs, [.driver: .name("drv-1")])
        try bench.settle(&phone)
        #expect(phone.base[theirs]?.shown(.sequence) == .integer(1))
        #expect(phone.digest() == phone.hubDigest)
    }

    @Test func whatWasSentAndWhatIsOnThePhone() throws {
        let bench = try Bench()
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        let stop = try bench.plan(1, for: "drv-1")
        let edit = try bench.edit(stop, [.address: .text("新生路1號")])
        func delivery() throws -> [HubReader.Delivery] {
            try bench.hub.read { try $0.delivery(of: edit.sequence, to: "drv-1") }
        }
        #expect(try delivery() == [.init(replica: phone.replica, sentAt: nil, onPhoneAt: nil)])
        try bench.sync(&phone)
        let sent = bench.now
        #expect(try delivery() == [.init(replica: phone.replica, sentAt: sent, onPhoneAt: nil)])
        try bench.sync(&phone)
        let there = bench.now
        #expect(try delivery() == [.init(replica: phone.replica, sentAt: sent, onPhoneAt: there)])
        try bench.sync(&phone)
        #expect(try delivery().first?.onPhoneAt == there)
        let later = try bench.edit(stop, [.address: .text("新生路2號")])
        #expect(
            try bench.hub.read { try $0.delivery(of: later.sequence, to: "drv-1") }.first?.sentAt
                == nil)
    }

    /// What a checkpoint of another history is worth ends where the last page did (L12, L23).
    @Test func aForeignCheckpointReachesNoFurtherThanTheLastPage() throws {
        let bench = try Bench()
        let seen = try bench.plan(1, for: "drv-2")
        let unseen = try bench.plan(2, for: "drv-1")
        var phone = Phone("drv-2", install: 2)
        try bench.settle(&phone)
        try bench.edit(unseen, [.driver: .name("drv-2")])
        for stop in [seen, unseen] { try bench.edit(stop, [.driver: .name("drv-1")]) }
        let checkpoint = phone.checkpoint
        phone.checkpoint?.history = HistoryID(high: 4, low: 4)
        for stop in [seen, unseen] { try phone.tap(stop, .arrival) }
        phone.checkpoint = checkpoint
        try bench.settle(&phone)
        #expect(phone.results[1]?.result == .accepted)
        #expect(phone.results[2]?.result == .quarantined("authority"))
    }

    /// A new epoch of a phone knows what its earlier ones were shown.
    @Test func pagesReachForEveryEpochOfAnInstall() throws {
        let bench = try Bench()
        try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        let sequence = try #require(phone.checkpoint).sequence
        func reach(_ install: UInt64, _ epoch: UInt32) throws -> UInt64? {
            try bench.hub.storage.read {
                try $0.reach(of: ReplicaID(install: install, epoch: epoch), upTo: sequence)
            }
        }
        #expect(try reach(1, 1) == sequence)
        #expect(try reach(1, 2) == sequence)
        #expect(try reach(2, 1) == nil)
    }
}
