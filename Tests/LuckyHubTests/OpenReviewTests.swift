import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// No open review is out of sight: whatever it is about, and however old (L4).
@Suite("Every open review of the depot is listed")
struct OpenReviewTests {
    static let shift = EntityID(.shift, Bits128(high: 0x5F, low: 1))
    static let customer = EntityID(.customer, Bits128(high: 0xC0, low: 1))

    /// A delivered stop of the plan's day, a shift of 13 hours two days before it, a customer whom
    /// two desks edited at once, and a stop that was added without a day.
    private static func depot() throws -> (OfficeDesk, OfficePhone) {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 70)
        try phone.sync(desk)
        try phone.record(
            phone.deliver([.kg20: 2], cash: 1900), on: phone.state("S1").id, at: desk.now)
        let _: PlanEditReply = try desk.ask(.planCancel, desk.request("S1"))
        let start = OfficeDesk.morning - 2 * 86_400_000
        try phone.record([.shiftStarted(ShiftStart(float: .zero))], on: shift, at: start)
        try phone.record([.shiftEnded(ShiftEnd())], on: shift, at: start + 13 * 3_600_000)
        let stray = EntityID(.stop, Bits128(high: 0xADD, low: 2))
        try phone.record(
            [.stopAdded(AddedStop(code: "X2"))] + phone.deliver([.kg20: 1], cash: 950), on: stray,
            at: desk.now)
        try phone.sync(desk)
        for (author, phoneNumber) in [("ofc-1", "089-111111"), ("ofc-2", "089-222222")] {
            let person = Identifier(author)
            let id = try #require(ChangeID(hex: desk.id() + "00000000"))
            desk.now += 1_000
            _ = try desk.hub.write(
                [Change(customer, .plan(.phone, .text(phoneNumber)))], contexts: [:], id: id,
                by: Credential(person: person, depot: "taitung", role: .dispatcher), now: desk.now)
        }
        return (desk, phone)
    }

    private static func kinds(_ list: ReviewListReply) -> [String] { list.reviews.map(\.kind) }

    @Test("By default all of them, by day, stop and time; a day is a filter")
    func all() throws {
        let (desk, _) = try Self.depot()
        desk.now += 30 * 86_400_000
        let list: ReviewListReply = try desk.ask(.reviewList, ReviewListRequest())
        #expect(
            Self.kinds(list) == [
                "shift_too_long", "delivered_after_cancel", "unplanned_delivery", "plan_contested",
            ])
        let day: ReviewListReply = try desk.ask(.reviewList, ReviewListRequest(date: Plans.date))
        #expect(Self.kinds(day) == ["delivered_after_cancel"])
        let shift: ReviewListReply = try desk.ask(
            .reviewList, ReviewListRequest(date: "2026-11-20"))
        #expect(Self.kinds(shift) == ["shift_too_long"])
    }

    @Test("A decided one leaves the list, and stays in the one of all")
    func decided() throws {
        let (desk, _) = try Self.depot()
        let list: ReviewListReply = try desk.ask(.reviewList, ReviewListRequest())
        let ids = list.reviews.map(\.review)
        try #require(ids.count == 4)
        for id in ids {
            let shown: ReviewShowReply = try desk.ask(.reviewShow, ReviewShowRequest(review: id))
            desk.credential = Credential(
                person: "chief", depot: "taitung", role: .supervisor)
            let _: ReviewDecisionReply = try desk.ask(
                .reviewResolve,
                ReviewDecisionRequest(id: desk.id(), review: shown.review, outcome: "noted"))
        }
        let none: ReviewListReply = try desk.ask(.reviewList, ReviewListRequest())
        #expect(none.reviews.isEmpty)
        let all: ReviewListReply = try desk.ask(.reviewList, ReviewListRequest(all: true))
        #expect(all.reviews.map(\.review) == ids)
        #expect(all.reviews.allSatisfy { $0.status == "resolved" })
        let _: ReviewDecisionReply = try desk.ask(
            .reviewUndo, ReviewDecisionRequest(id: desk.id(), review: ids[0]))
        let again: ReviewListReply = try desk.ask(.reviewList, ReviewListRequest())
        #expect(again.reviews.map(\.review) == [ids[0]])
    }

    @Test("JSON says of each review which day and what kind of thing it is about")
    func json() throws {
        let (desk, _) = try Self.depot()
        let body = try OfficeJSON.encode(ReviewListRequest())
        let reply = try desk.hub.office(
            OfficeVerb.reviewList.rawValue, body, as: desk.credential, now: desk.now)
        let object = try #require(
            try JSONSerialization.jsonObject(with: reply) as? [String: Any])
        let reviews = try #require(object["reviews"] as? [[String: Any]])
        #expect(
            reviews.map { $0["entity_kind"] as? String } == ["shift", "stop", "stop", "customer"])
        #expect(
            reviews.map { $0["date"] as? String } == ["2026-11-20", Plans.date, nil, nil])
    }

    @Test("A review whose id another change bears is found on a customer too")
    func shownOnACustomer() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let person = Credential(person: "dis", depot: "taitung", role: .dispatcher)
        let sides = [ChangeID(high: 7, low: 1), ChangeID(high: 7, low: 2)]
        let id = ReviewFinding(
            .planContested, on: Self.customer, sides.map { FactRef(change: $0, index: 0) }
        ).id
        let stop = try #require(EntityID(hex: try desk.show("S1").entity))
        let note = Change(stop, .plan(.officeNote, .text("先佔")))
        let writes = sides.enumerated().map { index, change in
            OfficeChangeset(
                [Change(Self.customer, .plan(.phone, .text("089-\(index)")))], contexts: [:],
                id: change)
        }
        _ = try desk.hub.write(
            [OfficeChangeset([note], contexts: [:], id: id)] + writes, by: person, now: desk.now)
        #expect(try desk.hub.read { try $0.review(id)?.1.id } == Self.customer)
    }
}
