import LuckyCausality
import LuckyModel
import Testing

@testable import LuckyHub

@Suite("A failed attempt stays on the day on which it was")
struct DayAttemptTests {
    private func report(_ desk: OfficeDesk, _ date: String) throws -> DayReportReply {
        try desk.ask(.reportDay, DayRequest(date: date, lang: "en"))
    }

    @Test("Rescheduled to another day: listed once, on its own day, and counted nowhere twice")
    func rescheduled() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let next = Plans.day.replacing(Plans.date, with: "2026-11-23")
            .replacing(",S", with: ",N").replacing(",T", with: ",M")
        try desk.load(next)
        var phone = OfficePhone("drv-1", install: 51)
        try phone.sync(desk)
        let at = desk.now
        try phone.record(
            [.failed(Failure(.absent, attempt: 1))], on: phone.state("S1").id, at: at)
        try phone.sync(desk)
        #expect(try report(desk, Plans.date).attempts == [], "it is the last attempt still")

        let moved: PlanEditReply = try desk.ask(
            .planReschedule,
            PlanRescheduleRequest(
                id: desk.id(), stop: "S1", date: Plans.date, toDate: "2026-11-23", route: "R1"))
        #expect(moved.fields.contains("date"))
        let old = try report(desk, Plans.date)
        let attempt = try #require(old.attempts?.first)
        #expect(old.attempts?.count == 1)
        #expect(attempt.stop == "S1" && attempt.driver == "drv-1" && attempt.attempt == 1)
        #expect(attempt.failure == "absent" && attempt.atMs == at)
        #expect(attempt.toDate == "2026-11-23")
        func count(_ report: DayReportReply, _ status: String) -> Int? {
            report.total.stops.first { $0.status == status }?.count
        }
        #expect(count(old, "pending") == 5 && count(old, "failed") == 0)
        let new = try report(desk, "2026-11-23")
        #expect(new.attempts == [], "what failed the day before is not this day's")
        #expect(count(new, "pending") == 7 && count(new, "failed") == 0)
    }

    @Test("Opened again on the same day: that day it is listed, too")
    func sameDay() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 52)
        try phone.sync(desk)
        try phone.record(
            [.failed(Failure(.rejected, attempt: 1))], on: phone.state("S1").id, at: desk.now)
        try phone.sync(desk)
        let _: PlanEditReply = try desk.ask(.planReopen, desk.request("S1"))
        let attempts = try #require(try report(desk, Plans.date).attempts)
        #expect(attempts.map(\.failure) == ["rejected"])
        #expect(attempts.map(\.toDate) == [Plans.date])
    }

    @Test("What a driver took and corrected before the office settles contradicts nothing")
    func correctedCash() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 53)
        try phone.sync(desk)
        let id = try phone.state("S1").id
        try phone.record(phone.deliver([.kg20: 2], cash: 190), on: id, at: desk.now)
        try phone.sync(desk)
        #expect(try report(desk, Plans.date).odd?.map(\.words) == [["less_cash"]])
        let taken = try #require(
            phone.state("S1").facts.values.first { $0.fact?.kind == .cashReceived })
        let amount = try #require(Money.dollars(1_900))
        try phone.record(
            [
                .corrected(
                    Correction(of: taken.ref, seen: [], to: .cashReceived(CashReceipt(amount))))
            ], on: id, at: desk.now)
        try phone.sync(desk)
        #expect(try report(desk, Plans.date).odd == [])
        let settled: PlanEditReply = try desk.ask(
            .settle, SettleRequest(id: desk.id(), stop: "S1", date: Plans.date))
        #expect(settled.facts == ["settled"])
        let reviews: ReviewListReply = try desk.ask(
            .reviewList, ReviewListRequest(date: Plans.date, lang: "en"))
        #expect(reviews.reviews.isEmpty, "\(reviews.reviews.map(\.kind))")
    }
}
