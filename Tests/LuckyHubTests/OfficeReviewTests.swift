import Foundation
import LuckyCausality
import LuckyModel
import Testing

@testable import LuckyHub

@Suite("Reports at the hub")
struct OfficeReviewTests {
    @Test("A delivery unaware of the cancel opens a review, in plain words")
    func cancelled() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 50)
        try phone.sync(desk)
        let stop = try phone.state("S1").id
        try phone.record(phone.deliver([.kg20: 2], cash: 1900), on: stop, at: desk.now)
        let _: PlanEditReply = try desk.ask(.planCancel, desk.request("S1"))
        try phone.sync(desk)

        let list: ReviewListReply = try desk.ask(
            .reviewList, DayRequest(date: Plans.date, lang: "en"))
        let review = try #require(list.reviews.first)
        #expect(list.reviews.count == 1)
        #expect(review.kind == "delivered_after_cancel")
        #expect(review.stop == "S1")
        #expect(review.text.contains("S1") && review.text.contains("drv-1"))
        #expect(Set(review.sides.map(\.by)) == ["drv-1", "ofc-1"])
        #expect(review.sides.compactMap(\.field) == ["cancelled"])
        let zh: ReviewListReply = try desk.ask(
            .reviewList, DayRequest(date: Plans.date, lang: "zh-Hant"))
        #expect(zh.reviews.map(\.review) == list.reviews.map(\.review))
        #expect(zh.reviews.first?.text != review.text)
        // It stays delivered (L3), and stays open although the cancel is taken back.
        #expect(try desk.show("S1").status == "delivered")
        let _: PlanEditReply = try desk.ask(.planUncancel, desk.request("S1"))
        #expect(try desk.show("S1").reviews == 1)
    }

    @Test("A delivery by the former driver counts for that driver, and is a review")
    func reassigned() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 51)
        try phone.sync(desk)
        let stop = try phone.state("S1").id
        try phone.record(phone.deliver([.kg20: 2], cash: 1900), on: stop, at: desk.now)
        let _: PlanEditReply = try desk.ask(
            .planReassign,
            PlanReassignRequest(id: desk.id(), stop: "S1", date: Plans.date, driver: "drv-2"))
        try phone.sync(desk)
        let report: DayReportReply = try desk.ask(
            .reportDay, DayRequest(date: Plans.date))
        #expect(report.reviews.map(\.kind) == ["delivered_after_reassign"])
        #expect(report.reviews.first?.text.contains("drv-2") == true)
        #expect(report.drivers.map(\.driver) == ["drv-1", "drv-2"])
        #expect(report.drivers.map(\.figures.cashCents) == [190_000, 0])
        #expect(report.drivers.map { $0.figures.products.map(\.delivered).reduce(0, +) } == [2, 0])
        #expect(report.total.cashCents == 190_000)
        #expect(report.sequence == desk.sequence)
    }

    @Test("heads names each replica and how far it is")
    func heads() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 52)
        try phone.sync(desk)
        try phone.record(
            phone.deliver([.kg20: 2], cash: 1900), on: phone.state("S1").id, at: desk.now)
        try phone.sync(desk)
        let heads: HeadsReply = try desk.ask(.heads, HeadsRequest())
        let mine = try #require(heads.replicas.first { $0.person == "drv-1" })
        #expect(mine.replica == phone.replica.description)
        #expect(mine.counter == 1)
        #expect(mine.role == "driver")
        #expect(mine.onPhone == 8)
        #expect(heads.sequence == 9)
        #expect(heads.replicas.count == 2)
    }

    @Test("An empty day is an empty report")
    func emptyDay() throws {
        let desk = try OfficeDesk()
        let report: DayReportReply = try desk.ask(.reportDay, DayRequest(date: "2030-01-01"))
        #expect(report.drivers.isEmpty && report.reviews.isEmpty)
        #expect(report.total.stops.map(\.count).allSatisfy { $0 == 0 })
        let shown: PlanShowReply = try desk.ask(.planShow, PlanShowRequest(date: "2030-01-01"))
        #expect(shown.routes.isEmpty)
    }
}
