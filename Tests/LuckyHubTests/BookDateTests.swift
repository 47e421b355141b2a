import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// What happened on a day stays in that day's books, whatever becomes of the plan (L2, L9).
@Suite struct BookDateTests {
    func report(_ desk: OfficeDesk) throws -> DayReportReply {
        try desk.ask(.reportDay, DayRequest(date: Plans.date))
    }

    func write(_ field: PlanField, _ value: PlanValue, _ desk: OfficeDesk, _ stop: EntityID) throws
    {
        desk.now += 1_000
        let seen = try desk.hub.read { try $0.state(stop)?.vector ?? VersionVector() }
        let id = try #require(ChangeID(hex: desk.id() + "00000000"))
        _ = try desk.hub.write(
            [Change(stop, .plan(field, value))], contexts: [stop: seen], id: id,
            by: desk.credential, now: desk.now)
    }

    func purge(_ desk: OfficeDesk, _ stop: EntityID) throws {
        try write(.deleted, .flag(true), desk, stop)
        #expect(try desk.hub.purge(stop, by: desk.credential, now: desk.now) != nil)
    }

    /// Counterexample 12 (b), seen from the books.
    @Test func counterexample12_aPurgeTakesNothingFromTheBooks() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 50)
        var drawer = OfficePhone("drv-1", install: 51)
        try phone.sync(desk)
        try drawer.sync(desk)
        let stop = try phone.state("S1").id
        try phone.record(phone.deliver([.kg20: 2], cash: 1900), on: stop, at: desk.now)
        try phone.sync(desk)
        // It counts in its customer's balance: its plan stays.
        do {
            try purge(desk, stop)
            Issue.record("purged")
        } catch let refusal as HubRefusal {
            #expect(refusal.code == "counts_in_balances")
        }
        #expect(try report(desk).total.cashCents == 190_000)
        #expect(try report(desk).total.products.first { $0.product == "20kg" }?.delivered == 2)

        let other = try phone.state("S2").id
        try purge(desk, other)
        try drawer.record(drawer.deliver([.kg20: 1], cash: 500), on: other, at: desk.now)
        try drawer.sync(desk)
        let after = try report(desk)
        #expect(after.total.cashCents == 240_000)
        #expect(after.reviews.map(\.kind).contains("deleted_after_fact"))
        #expect(after.reviews.allSatisfy { $0.stop == other.hex || $0.stop == stop.hex })

        // Undone, it is still that day's.
        #expect(try desk.hub.unpurge(other, by: desk.credential, now: desk.now) != nil)
        #expect(try report(desk).total.cashCents == 240_000)
    }

    @Test func anUnplannedStopIsInItsDaysBooks() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 52)
        try phone.sync(desk)
        let stop = EntityID(.stop, Bits128(high: 0xADD, low: 1))
        let day = try #require(CivilDate(text: Plans.date))
        try phone.record(
            [.stopAdded(AddedStop(code: "X1", route: phone.state("S1").stop.route, date: day))]
                + phone.deliver([.kg20: 1], cash: 950), on: stop, at: desk.now)
        try phone.sync(desk)
        let books = try report(desk)
        #expect(books.total.cashCents == 95_000)
        #expect(books.reviews.map(\.kind) == ["unplanned_delivery"])
        #expect(books.reviews.map(\.stop) == ["X1"])
        let shown = try desk.show("X1")
        #expect(shown.entity == stop.hex && shown.cashCents == 95_000)

        // It was never in the plan, so it is not missing from it.
        #expect(try desk.load().vanished.isEmpty)

        // The office's say comes first.
        try write(.date, .integer(20_261_123), desk, stop)
        #expect(try report(desk).total.cashCents == 0)
    }
}
