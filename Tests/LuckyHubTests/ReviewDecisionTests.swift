import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// A contradiction is decided by the office; nobody's record is overwritten by it.
@Suite("Reviews are decided, one at a time")
struct ReviewDecisionTests {
    /// S1 delivered by drv-1, unaware that the office cancelled it; then S2 likewise.
    private static func contradiction() throws -> (OfficeDesk, OfficePhone, [String]) {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 60)
        try phone.sync(desk)
        for stop in ["S1", "S2"] {
            try phone.record(
                phone.deliver([.kg20: 2], cash: 1900), on: phone.state(stop).id, at: desk.now)
            let _: PlanEditReply = try desk.ask(.planCancel, desk.request(stop))
        }
        try phone.sync(desk)
        let list: ReviewListReply = try desk.ask(.reviewList, ReviewListRequest(date: Plans.date))
        try #require(list.reviews.map(\.stop) == ["S1", "S2"])
        return (desk, phone, list.reviews.map(\.review))
    }

    private static func decision(
        _ desk: OfficeDesk, _ review: String, _ outcome: String? = "kept", note: String? = nil,
        context: String? = nil, supersede: Bool? = nil
    ) -> ReviewDecisionRequest {
        ReviewDecisionRequest(
            id: desk.id(), review: review, outcome: outcome, note: note, context: context,
            supersede: supersede)
    }

    @Test("Shown: what stood before, both sides with who, when and what they had seen, the rule")
    func shown() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 61)
        try phone.sync(desk)
        try phone.record(
            phone.deliver([.kg20: 2], cash: 1900), on: phone.state("S1").id, at: desk.now)
        let _: PlanEditReply = try desk.ask(
            .planReassign,
            PlanReassignRequest(id: desk.id(), stop: "S1", date: Plans.date, driver: "drv-2"))
        try phone.sync(desk)
        let list: ReviewListReply = try desk.ask(.reviewList, ReviewListRequest(date: Plans.date))
        let id = try #require(list.reviews.first { $0.kind == "delivered_after_reassign" }).review
        let shown: ReviewShowReply = try desk.ask(.reviewShow, ReviewShowRequest(review: id))
        #expect(shown.status == "open" && shown.ruleVersion == ReviewRules.version)
        #expect(shown.base?.field == "driver" && shown.base?.value == "drv-1")
        let door = try #require(shown.sides.first { $0.fact == "handed_over" })
        let plan = try #require(shown.sides.first { $0.field == "driver" })
        #expect(door.by == "drv-1" && door.role == "driver" && door.sawOther == false)
        #expect(plan.by == "ofc-1" && plan.value == "drv-2" && plan.sawOther == false)
        #expect(door.receivedMs != nil && plan.writtenMs != nil && plan.stands)
        #expect(shown.lines.contains { $0.contains("before") && $0.contains("drv-1") })

        // Overwriting a side neither closes the review nor makes it unreadable.
        let _: PlanEditReply = try desk.ask(
            .planSet,
            PlanSetRequest(id: desk.id(), stop: "S1", date: Plans.date, set: .window("09:00-10:00"))
        )
        let zh: ReviewShowReply = try desk.ask(
            .reviewShow, ReviewShowRequest(review: id, lang: "zh-Hant"))
        #expect(zh.status == "open" && zh.sides.map(\.by) == shown.sides.map(\.by))
        #expect(zh.text != shown.text && zh.lines.count == shown.lines.count)

        // The dispatcher decides who drives; finance does not.
        #expect(shown.decides == "dispatcher")
        desk.credential = Credential(person: "fin", depot: "taitung", role: .finance)
        #expect(try desk.refusal(.reviewResolve, Self.decision(desk, id)) == "403 not_theirs")
        desk.credential = Credential(person: "dis", depot: "taitung", role: .dispatcher)
        let done: ReviewDecisionReply = try desk.ask(.reviewResolve, Self.decision(desk, id))
        #expect(done.review.decisions.map(\.role) == ["dispatcher"])
    }

    @Test("Deciding closes exactly one; deciding again needs to be meant; undo opens it again")
    func resolveAndUndo() throws {
        let (desk, phone, reviews) = try Self.contradiction()
        let done: ReviewDecisionReply = try desk.ask(
            .reviewResolve, Self.decision(desk, reviews[0], "refunded", note: "客戶同意"))
        #expect(done.review.status == "resolved" && !done.isRepeat)
        #expect(done.review.decisions.map(\.note) == ["客戶同意"])
        let open: ReviewListReply = try desk.ask(.reviewList, ReviewListRequest(date: Plans.date))
        #expect(open.reviews.map(\.review) == [reviews[1]])
        let all: ReviewListReply = try desk.ask(
            .reviewList, ReviewListRequest(date: Plans.date, all: true))
        #expect(all.reviews.map(\.status) == ["resolved", "open"])
        #expect(try desk.show("S1").reviews == 0 && desk.show("S1").status == "delivered")

        #expect(
            try desk.refusal(.reviewResolve, Self.decision(desk, reviews[0])) == "409 review_closed"
        )
        let again: ReviewDecisionReply = try desk.ask(
            .reviewResolve, Self.decision(desk, reviews[0], "noted", supersede: true))
        #expect(again.review.status == "resolved")
        #expect(again.review.decisions.map(\.stands) == [false, true])
        let undone: ReviewDecisionReply = try desk.ask(
            .reviewUndo, Self.decision(desk, reviews[0], nil))
        #expect(undone.review.status == "open" && undone.review.decisions.count == 3)
        #expect(
            try desk.refusal(.reviewUndo, Self.decision(desk, reviews[0], nil)) == "409 review_open"
        )
        let last: ReviewDecisionReply = try desk.ask(
            .reviewResolve, Self.decision(desk, reviews[0], "kept"))
        #expect(last.review.status == "resolved")

        // A driver's phone is told like of any fact, and shows the same.
        var told = phone
        try told.sync(desk)
        let id = try #require(ChangeID(hex: reviews[0]))
        let state = try told.state("S1")
        let seen = try #require(state.review(id))
        #expect(seen.state == .resolved(.kept) && seen.decisions.count == 4)
    }

    @Test("Two at once: both are kept and shown; who has seen both settles it")
    func atOnce() throws {
        let (desk, _, reviews) = try Self.contradiction()
        let before: ReviewShowReply = try desk.ask(
            .reviewShow, ReviewShowRequest(review: reviews[0]))
        let _: ReviewDecisionReply = try desk.ask(
            .reviewResolve, Self.decision(desk, reviews[0], "kept", context: before.context))
        desk.credential = Credential(person: "ofc-2", depot: "taitung", role: .office)
        let second: ReviewDecisionReply = try desk.ask(
            .reviewResolve, Self.decision(desk, reviews[0], "refunded", context: before.context))
        #expect(second.review.status == "contested")
        #expect(second.review.decisions.map(\.stands) == [true, true])
        #expect(second.review.decisions.map(\.by) == ["ofc-1", "ofc-2"])
        let list: ReviewListReply = try desk.ask(.reviewList, ReviewListRequest(date: Plans.date))
        #expect(list.reviews.contains { $0.review == reviews[0] && $0.status == "contested" })
        let settled: ReviewDecisionReply = try desk.ask(
            .reviewResolve, Self.decision(desk, reviews[0], "refunded", supersede: true))
        #expect(settled.review.status == "resolved")
        #expect(settled.review.decisions.last?.supersedes.count == 2)
    }

    @Test("The same request id is the same decision")
    func repeated() throws {
        let (desk, _, reviews) = try Self.contradiction()
        let request = Self.decision(desk, reviews[0])
        let first: ReviewDecisionReply = try desk.ask(.reviewResolve, request)
        let second: ReviewDecisionReply = try desk.ask(.reviewResolve, request)
        #expect(second.isRepeat && second.sequence == first.sequence)
        #expect(second.review.decisions.count == 1)
    }

    @Test("Refused with a name: no such review, no such outcome, not their desk")
    func refusals() throws {
        let (desk, _, reviews) = try Self.contradiction()
        let none = String(repeating: "0", count: 32)
        #expect(
            try desk.refusal(.reviewShow, ReviewShowRequest(review: none)) == "404 unknown_review")
        #expect(try desk.refusal(.reviewShow, ReviewShowRequest(review: "x")) == "400 bad_request")
        #expect(
            try desk.refusal(.reviewResolve, Self.decision(desk, none)) == "404 unknown_review")
        for outcome in ["reopened", "burnt", nil] {
            #expect(
                try desk.refusal(.reviewResolve, Self.decision(desk, reviews[0], outcome))
                    == "400 bad_outcome")
        }
        desk.credential = Credential(person: "drv-1", depot: "taitung", role: .driver)
        #expect(
            try desk.refusal(.reviewResolve, Self.decision(desk, reviews[0])) == "403 not_allowed")
    }
}
