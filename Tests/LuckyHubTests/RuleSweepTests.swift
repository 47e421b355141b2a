import Foundation
import LuckyCausality
import LuckyFiles
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// A build with newer rules finds what older ones did not look for, before it is overwritten (L4).
@Suite struct RuleSweepTests {
    /// More than one step takes.
    static let count = Bounds.searchedEntities + 20

    let folder: TemporaryFolder
    let path: String

    /// A file of a hub whose rules found nothing: each stop was cancelled and delivered all the same.
    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("hub.sqlite")
        let older = try Hub(
            SQLiteStorage(at: path, SystemFiles()), depot: Bench.depot,
            random: RandomSource(SeededGenerator(seed: 3)),
            continuity: Continuity(beside: path, SystemFiles()),
            rules: RuleTable(fields: [], facts: []), ruleVersion: ReviewRules.version - 1)
        let bench = try Bench(older)
        for number in 1...Self.count { try bench.plan(number, for: "drv-1") }
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        for number in 1...Self.count {
            try phone.tap(Bench.stop(number), .delivered(2))
            try bench.edit(Bench.stop(number), [.cancelled: .flag(true)])
        }
        try bench.settle(&phone)
        try #require(try Self.opened(older) == 0)
        try older.storage.write { rows in
            // As a build kept it that knew no day of such a stop.
            guard let row = try rows.entity(Bench.stop(1)) else { return }
            var older = row
            older.date = nil
            try rows.save(older, over: row)
        }
        try older.close()
    }

    static func opened(_ hub: Hub) throws -> Int {
        try (1...count).reduce(0) { sum, number in
            let state = try hub.read { try $0.state(Bench.stop(number)) }
            return sum + (state?.openedReviews.isEmpty == false ? 1 : 0)
        }
    }

    @Test func anOverwriteFindsTheReviewOpened() throws {
        let bench = try Bench(at: path, seed: 4)
        defer { try? bench.hub.close() }
        let last = Bench.stop(Self.count)
        try bench.edit(last, [.cancelled: .flag(false)])
        let state = try #require(try bench.hub.read { try $0.state(last) })
        #expect(state.reviews.map(\.kind) == [.deliveredAfterCancel])
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
    }

    @Test func requestsSearchTheRestInBoundedSteps() throws {
        let first = try Bench(at: path, seed: 5)
        let start = first.hub.sequence(of: Bench.depot)
        var phone = Phone("drv-1", install: 2)
        try first.sync(&phone)
        let opened = try Self.opened(first.hub)
        #expect(opened == Bounds.searchedEntities)
        #expect(first.hub.sequence(of: Bench.depot) == start + UInt64(opened))
        // What is not searched yet is listed all the same.
        let office = Office(
            hub: first.hub, credential: Bench.office, now: first.now, isTrial: false)
        #expect(try office.reviewList(ReviewListRequest()).reviews.count == Self.count)
        try first.hub.close()

        // The next process goes on where that one was.
        let second = try Bench(at: path, seed: 6)
        defer { try? second.hub.close() }
        try second.settle(&phone)
        #expect(try Self.opened(second.hub) == Self.count)
        #expect(second.hub.sequence(of: Bench.depot) == start + UInt64(Self.count))
        #expect(phone.digest() == phone.hubDigest)
        #expect(try second.hub.storage.read { try $0.entity(Bench.stop(1))?.date } == 20_261_122)
        #expect(try second.hub.read { try $0.audit() }.isEmpty)
    }
}
