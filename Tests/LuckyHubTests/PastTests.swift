import Foundation
import GRDB
import LuckyCausality
import LuckyFiles
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What was written over is still there for reviews: also what builds wrote over that kept no note
/// of it, and where one customer's stops were not known as such.
@Suite struct PastTests {
    static let customers = (1...3).map { EntityID.planned(.customer, [Identifier("C\($0)")]) }

    static func opened(_ hub: Hub, _ stop: EntityID) throws -> [String] {
        try #require(try hub.read { try $0.state(stop) }).facts.values.compactMap {
            if case .reviewOpened(let review) = $0.fact { review.kind.rawValue } else { nil }
        }.sorted()
    }

    /// The file of a hub without rules, then without what newer scripts keep.
    @Test func anOlderFileIsSearchedWithItsPast() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("hub.sqlite")
        let older = try Hub(
            SQLiteStorage(at: path, SystemFiles()), depot: Bench.depot,
            random: RandomSource(SeededGenerator(seed: 3)),
            continuity: Continuity(beside: path, SystemFiles()),
            rules: RuleTable(fields: [], facts: []), ruleVersion: ReviewRules.version - 1)
        let first = try Bench(older)
        var phones = ["drv-1", "drv-2"].enumerated().map {
            Phone(Identifier($1), install: UInt64($0 + 1))
        }
        let stops = [try first.plan(1, for: "drv-1"), try first.plan(2, for: "drv-2")]
        for (stop, customer) in zip(stops, Self.customers) {
            try first.edit(stop, [.customer: .entity(customer)])
        }
        // One was merged into the other, and that was taken back.
        try first.edit(Self.customers[0], [.mergedInto: .entity(Self.customers[1])])
        try first.edit(Self.customers[0], [.mergedInto: .none])
        for index in phones.indices { try first.settle(&phones[index]) }
        let seen = try first.vector(stops[0])
        try first.edit(stops[0], [.cancelled: .flag(true)], seen: seen)
        try first.edit(stops[0], [.cancelled: .flag(false)])
        for index in phones.indices {
            let reading = MeterReading(milli: Int64(index), product: nil)
            try phones[index].tap(stops[index], .delivered(2), .meterRead(reading))
            try first.settle(&phones[index])
        }
        #expect(try Self.opened(older, stops[0]).isEmpty)
        try older.close()
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            for table in ["overwritten", "meter_visit", "merged"] {
                try db.execute(sql: "DELETE FROM \(table)")
            }
        }
        try queue.close()

        let bench = try Bench(at: path, seed: 4)
        defer { try? bench.hub.close() }
        for index in phones.indices { try bench.settle(&phones[index]) }
        let all = try stops.flatMap { try Self.opened(bench.hub, $0) }.sorted()
        #expect(all == ["delivered_after_cancel", "meter_twice"])
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)

        // Both sides can still be read, the one written over too.
        let state = try #require(try bench.hub.read { try $0.state(stops[0]) })
        let review = try #require(
            state.facts.values.compactMap { record -> ReviewOpened? in
                guard case .reviewOpened(let review) = record.fact,
                    review.kind == .deliveredAfterCancel
                else { return nil }
                return review
            }.first)
        let said = try review.cores.map {
            try ChangeCodec.decode(EncodedChange(core: $0, personal: nil)).body
        }
        #expect(said.contains(.plan(.cancelled, .flag(true))))
        #expect(review.writers.map(\.author).sorted() == ["drv-1", "ofc-1"])
    }

    /// In whichever order two stops, their customers' merge and the readings are heard of.
    @Test func mergedCustomersAreOneInEveryOrder() throws {
        for order in CrossStopOrderTests.orders(of: [1, 1, 2]) {
            let bench = try Bench()
            var phones = ["drv-1", "drv-2"].enumerated().map {
                Phone(Identifier($1), install: UInt64($0 + 1))
            }
            let stops = [try bench.plan(1, for: "drv-1"), try bench.plan(2, for: "drv-2")]
            try bench.edit(stops[0], [.customer: .entity(Self.customers[0])])
            try bench.edit(stops[1], [.customer: .entity(Self.customers[2])])
            for index in phones.indices {
                try bench.settle(&phones[index])
                let reading = MeterReading(milli: Int64(index), product: nil)
                try phones[index].tap(stops[index], .meterRead(reading))
            }
            var merges = 0
            for step in order {
                if step == 2 {
                    // The second goes into the third and the first into the second: one in the end.
                    let (customer, into) = [(0, 1), (1, 2)][merges]
                    merges += 1
                    try bench.edit(
                        Self.customers[customer], [.mergedInto: .entity(Self.customers[into])])
                } else {
                    try bench.settle(&phones[step])
                }
            }
            let all = try stops.flatMap { try Self.opened(bench.hub, $0) }
            #expect(all == ["meter_twice"], "\(order)")
        }
    }

    /// As many readings as a changeset takes at each of two stops: few reviews, and one for each
    /// phone that contradicts.
    @Test func manyReadingsOpenFewReviews() throws {
        let bench = try Bench()
        let stops = [try bench.plan(1, for: "drv-1"), try bench.plan(2, for: "drv-2")]
        var phones = ["drv-1", "drv-2"].enumerated().map {
            Phone(Identifier($1), install: UInt64($0 + 1))
        }
        for (index, stop) in stops.enumerated() {
            try bench.edit(stop, [.customer: .entity(Self.customers[0])])
            try bench.settle(&phones[index])
            let facts = (0..<Bounds.changesPerChangeset).map { number in
                Fact.meterRead(MeterReading(milli: Int64(number * 2 + index), product: nil))
            }
            try phones[index].write(facts.map { Change(stop, .fact($0)) })
        }
        for index in phones.indices { try bench.settle(&phones[index]) }
        let all = try stops.flatMap { try Self.opened(bench.hub, $0) }
        #expect(all == ["meter_twice"])

        // A reading that agrees with all but one of them.
        let agreeing = MeterVisit(Self.stop(1, [5, 5, 7]), past: [])
        let other = MeterVisit(Self.stop(2, [5]), past: [])
        let found = ReviewRules.findings(between: agreeing, and: other)
        #expect(found.count == 1)
        #expect(found.first?.sides.contains { $0.index == 2 } == true)
    }

    /// A stop of the first customer with these readings, as of a phone of its own.
    private static func stop(_ number: UInt64, _ readings: [Int64]) -> EntityState {
        var state = EntityState(id: EntityID(.stop, Bits128(high: 0, low: number)))
        let stamp = Stamp(
            author: "drv-1", role: .driver, relation: .inScope, hlc: .zero, writtenAt: 0,
            receivedAt: 0)
        func record(_ dot: Dot, _ index: Int, _ body: Change.Body) -> Recorded {
            Recorded(
                ref: FactRef(
                    change: ChangeID(high: dot.replica.install, low: dot.counter), index: index),
                dot: dot, body: body, hash: .zero, stamp: stamp, context: VersionVector())
        }
        let office = Dot(ReplicaID(install: 9, epoch: 1), number)
        state.apply(
            [
                record(office, 0, .plan(.customer, .entity(customers[0]))),
                record(office, 1, .plan(.date, .integer(20_261_122))),
            ], dot: office, context: VersionVector())
        let phone = Dot(ReplicaID(install: number, epoch: 1), 1)
        state.apply(
            readings.enumerated().map {
                record(phone, $0, .fact(.meterRead(MeterReading(milli: $1, product: nil))))
            }, dot: phone, context: VersionVector())
        return state
    }

    /// A redaction reaches what was written over; a purge forgets it, but for the deletion.
    @Test func whatGoesGoesHereToo() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        try bench.edit(stop, [.address: .text("二號")])
        func past() throws -> [Change.Body] { try bench.past(stop).map(\.body) }
        #expect(try past() == [.plan(.address, .text("臺東市中華路1號"))])
        let row = try #require(try bench.hub.storage.read { try $0.overwritten(of: stop).first })
        _ = try bench.hub.write(
            [Change(stop, .fact(.redacted(Redaction(of: row.ref))))],
            contexts: [stop: try bench.vector(stop)], id: bench.newID(), by: Bench.office,
            now: bench.now)
        #expect(try past() == [.plan(.address, .none)])

        try bench.edit(stop, [.deleted: .flag(false)])
        try bench.edit(stop, [.deleted: .flag(true)])
        _ = try bench.hub.purge(stop, by: Bench.office, now: bench.now)
        #expect(try past() == [.plan(.deleted, .flag(false))])
    }

    /// A build that looks through the log finds nothing there of what was purged, even where the
    /// purge was undone.
    @Test func whatWasPurgedIsNotFoundAgain() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("hub.sqlite")
        let older = try Hub(
            SQLiteStorage(at: path, SystemFiles()), depot: Bench.depot,
            random: RandomSource(SeededGenerator(seed: 3)),
            continuity: Continuity(beside: path, SystemFiles()),
            ruleVersion: ReviewRules.version - 1)
        let first = try Bench(older)
        let stop = try first.plan(1, for: "drv-1")
        try first.edit(stop, [.address: .text("舊的"), .deleted: .flag(false)])
        try first.edit(stop, [.deleted: .flag(true)])
        _ = try older.purge(stop, by: Bench.office, now: first.now)
        _ = try older.unpurge(stop, by: Bench.office, now: first.now)
        try first.edit(stop, [.address: .text("一號")])
        try first.edit(stop, [.address: .text("二號")])
        try older.close()
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "DELETE FROM overwritten") }
        try queue.close()

        let bench = try Bench(at: path, seed: 4)
        defer { try? bench.hub.close() }
        try bench.edit(stop, [.address: .text("三號")])
        let past = try bench.past(stop).map(\.body)
        #expect(
            past.filter { if case .plan(.deleted, _) = $0 { true } else { false } }
                == [.plan(.deleted, .flag(false))])
        #expect(
            Set(
                past.compactMap { body -> String? in
                    if case .plan(.address, .text(let text)) = body { text } else { nil }
                }) == ["一號", "二號"])
        #expect(past.count == 3, "\(past)")
    }
}
