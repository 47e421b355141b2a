import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

@Suite struct PageTests {
    /// Tiny pages end where one big page ends.
    @Test(arguments: Backend.allCases)
    func manySmallPagesAreOneBigPage(_ backend: Backend) throws {
        let bench = try Bench(backend)
        for number in 1...20 { try bench.plan(number, for: "drv-1") }
        for number in 5...9 {
            try bench.edit(Bench.stop(number), [.address: .text("moved \(number)")])
        }
        var one = Phone("drv-1", install: 1)
        let page = try #require(try bench.sync(&one).page)
        #expect(!page.hasMore)
        #expect(page.parts.count == 20)

        var many = Phone("drv-1", install: 2)
        var options = Phone.Options()
        options.responseBytes = 1
        var pages = 0
        while try bench.sync(&many, options).page?.hasMore == true {
            pages += 1
            #expect(many.hubDigest == nil)
        }
        #expect(pages >= 19)
        #expect(many.base == one.base)
        #expect(many.scope == one.scope)
        #expect(many.checkpoint == one.checkpoint)
        #expect(many.digest() == many.hubDigest)
        #expect(one.digest() == one.hubDigest)
    }

    @Test func aPageSaysOnlyWhatChanged() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        try bench.plan(2, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(stop, .arrival)
        try bench.settle(&phone)
        try bench.edit(stop, [.address: .text("新生路3號")])
        let page = try #require(try bench.sync(&phone).page)
        #expect(page.parts.map(\.entity) == [stop])
        #expect(page.parts.first?.membership == .stays)
        #expect(page.parts.first?.fields.map(\.field) == [.address])
        #expect(page.parts.first?.facts == [])
        #expect(page.replica == phone.replica)
        #expect(page.history == bench.hub.history)
        let same = try #require(try bench.sync(&phone).page)
        #expect(same.parts.isEmpty)
        #expect(same.from == same.checkpoint)
        #expect(page.checkpoint == same.checkpoint)
    }

    /// Repairs that fill a first page leave no room for the scope: the checkpoint stays before the
    /// log, and the rest still comes.
    @Test func aFirstPageFullOfRepairsStaysAtTheOrigin() throws {
        let bench = try Bench()
        for number in 1...8 { try bench.plan(number, for: "drv-1") }
        var phone = Phone("drv-1", install: 1)
        var request = try SyncRequest(decoding: phone.request())
        request.repair = [Bench.stop(8)]
        request.responseBytes = 300
        let response = try bench.answer(request.encoded(), as: phone.credential)
        let page = try #require(response.page)
        #expect(page.parts.map(\.entity) == [Bench.stop(8)])
        #expect(page.hasMore)
        #expect(page.checkpoint.sequence == 0)
        try phone.take(response)
        try bench.settle(&phone)
        #expect(phone.base.count == 8)
        #expect(phone.digest() == phone.hubDigest)
    }

    /// Counterexample 14: a state is as of now, so what its newest changeset touched elsewhere in
    /// the scope comes in the same page.
    @Test func counterexample14_aPageIsClosedOverItsChangesets() throws {
        let bench = try Bench()
        let stops = try (1...4).map { try bench.plan($0, for: "drv-1") }
        // One changeset over the first and the last stop, another over the last and the third.
        try writePair(bench, [stops[0], stops[3]], .sequence, .integer(8))
        try writePair(bench, [stops[3], stops[2]], .sequence, .integer(9))
        var phone = Phone("drv-1", install: 1)
        var options = Phone.Options()
        options.responseBytes = 1
        let first = try #require(try bench.sync(&phone, options).page)
        #expect(Set(first.parts.map(\.entity)) == [stops[0], stops[2], stops[3]])
        #expect(first.hasMore)
        try check(phone, since: Phone("drv-1", install: 1), bench)
        try bench.settle(&phone, responseBytes: 1)
        #expect(phone.digest() == phone.hubDigest)
    }

    /// Two stops that one changeset touched before either was in the scope enter one by one:
    /// whoever shows the changeset on one shows it on the other.
    @Test func whatEntersIsClosedOverItsPast() throws {
        let bench = try Bench()
        let stops = try (1...2).map { try bench.plan($0, for: "drv-2") }
        try writePair(bench, stops, .sequence, .integer(7))
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        let before = phone
        for stop in stops { try bench.edit(stop, [.driver: .name("drv-1")]) }
        var options = Phone.Options()
        options.responseBytes = 1
        let page = try #require(try bench.sync(&phone, options).page)
        #expect(page.parts.map(\.entity) == stops)
        try check(phone, since: before, bench)
    }

    /// A stop that left is not told again when a changeset touches it together with one that
    /// stayed.
    @Test func whatLeftBeforeIsNotToldAgain() throws {
        let bench = try Bench()
        let stops = try (1...2).map { try bench.plan($0, for: "drv-1") }
        try bench.edit(stops[0], [.driver: .name("drv-2")])
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try writePair(bench, stops, .sequence, .integer(7))
        let page = try #require(try bench.sync(&phone).page)
        #expect(page.parts.map(\.entity) == [stops[1]])
    }

    /// A page shows states as of now, so it may bring an entity whose entry lies behind its
    /// checkpoint. That it left again before the next page must reach the device all the same.
    @Test func whatRanAheadAndLeftIsToldToLeave() throws {
        let bench = try Bench()
        let stops = try (1...2).map { try bench.plan($0, for: "drv-2") }
        try writePair(bench, stops, .sequence, .integer(7))
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try bench.edit(stops[0], [.driver: .name("drv-1")])
        let between = try bench.plan(3, for: "drv-1")
        try bench.edit(stops[1], [.driver: .name("drv-1")])
        var options = Phone.Options()
        options.responseBytes = 1
        #expect(try bench.sync(&phone, options).page?.hasMore == true)
        #expect(phone.scope == Set(stops))
        try bench.edit(stops[1], [.driver: .name("drv-2")])
        try bench.settle(&phone)
        #expect(phone.scope == [stops[0], between])
        #expect(phone.digest() == phone.hubDigest)
    }

    private func writePair(
        _ bench: Bench, _ stops: [EntityID], _ field: PlanField, _ value: PlanValue
    ) throws {
        var contexts: [EntityID: VersionVector] = [:]
        for stop in stops { contexts[stop] = try bench.vector(stop) }
        _ = try bench.hub.write(
            stops.map { Change($0, .plan(field, value)) }, contexts: contexts, id: bench.newID(),
            by: Bench.office, now: bench.now)
    }

    /// A changeset that a page newly shows on one entity, it shows on every entity of the scope
    /// that the changeset touched.
    func check(_ phone: Phone, since before: Phone, _ bench: Bench) throws {
        try bench.hub.storage.read { rows in
            let scope = try rows.scope(driver: phone.credential.person)
            for entity in phone.scope where scope.contains(entity) {
                let vector = try #require(phone.base[entity]).vector
                let old = before.scope.contains(entity) ? before.base[entity]?.vector : nil
                for sequence in try rows.touches(of: entity, after: 0) {
                    let dot = try #require(try rows.log(sequence: sequence)?.dot)
                    guard vector.covers(dot), old?.covers(dot) != true else { continue }
                    for other in try rows.touched(by: sequence) where scope.contains(other) {
                        try #require(phone.scope.contains(other))
                        try #require(phone.base[other]?.vector.covers(dot) == true)
                    }
                }
            }
        }
    }
}
