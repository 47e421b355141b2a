import Foundation
import LuckyCausality
import LuckyModel
import Testing

@testable import LuckyHub

@Suite("A dry run: judged and answered as for real, and nothing is stored")
struct TrialTests {
    @Test(
        "An edit says what it would write, which others it would stand beside, and what is refused")
    func edits() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let seen = try desk.show("S1").context
        _ = try desk.set("S1", .window("09:00-11:00"))
        let before = (desk.sequence, try desk.show("S1"))
        let id = desk.id()
        let request = PlanSetRequest(
            id: id, stop: "S1", date: Plans.date, context: seen, set: .window("14:00-16:00"))
        let tried: PlanEditReply = try desk.tried(.planSet, request)
        #expect(tried.fields == ["window"] && tried.changes.count == 1 && !tried.isRepeat)
        #expect(tried.concurrent == ["window"] && tried.sequence == before.0 + 1)
        #expect(desk.sequence == before.0)
        #expect(try desk.show("S1") == before.1)
        let real: PlanEditReply = try desk.ask(.planSet, request)
        #expect(real == tried, "the same id is still new, and comes to the same")
        let bad = PlanSetRequest(id: desk.id(), stop: "S9", date: Plans.date)
        #expect(throws: HubRefusal.self) {
            let _: PlanEditReply = try desk.tried(.planSet, bad)
        }
    }

    @Test("Other people's writes at the same time are stored")
    func beside() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 41)
        try phone.sync(desk)
        let tried: PlanEditReply = try desk.tried(.planCancel, desk.request("S1"))
        #expect(tried.fields == ["cancelled"])
        try phone.record(
            phone.deliver([.kg20: 2], cash: 1_900), on: phone.state("S1").id, at: desk.now)
        try phone.sync(desk)
        #expect(try desk.show("S1").status == "delivered")
        #expect(try desk.show("S1").reviews == 0, "no cancellation was ever there")
    }

    @Test("An import, a review's decision and a person's")
    func others() throws {
        let desk = try OfficeDesk()
        let file = PlanImportRequest(id: desk.id(), file: Data(Plans.day.utf8))
        let imported: PlanImportReply = try desk.tried(.planImport, file)
        #expect(imported.created == 6 && !imported.applied && desk.sequence == 0)
        #expect(imported.written > 0, "what would be written, where nothing is")
        let wrong = PlanImportRequest(
            id: desk.id(), file: Data((Plans.day + Plans.row("S9", sequence: 9, items: "?")).utf8))
        #expect(throws: HubRefusal.self, "refused as for real") {
            let _: PlanImportReply = try desk.tried(.planImport, wrong)
        }
        try desk.load()
        _ = try desk.ask(
            .planCloseRoute,
            PlanCloseRouteRequest(id: desk.id(), route: "R1", date: Plans.date),
            as: PlanEditReply.self)
        let list: ReviewListReply = try desk.ask(
            .reviewList, ReviewListRequest(date: Plans.date, lang: "en"))
        let review = try #require(list.reviews.first)
        let end = desk.sequence
        desk.credential = Credential(person: "dsp-1", depot: "taitung", role: .dispatcher)
        let decision = ReviewDecisionRequest(
            id: desk.id(), review: review.review, outcome: "kept", note: nil, context: nil,
            supersede: false, lang: "en")
        let decided: ReviewDecisionReply = try desk.tried(.reviewResolve, decision)
        #expect(decided.review.status == "resolved" && desk.sequence == end)
        let still: ReviewShowReply = try desk.ask(
            .reviewShow, ReviewShowRequest(review: review.review, lang: "en"))
        #expect(still.status == "open" && still.decisions.isEmpty)
        let driver = DriverRequest(driver: "drv-1", unseen: true)
        let gone: DecisionReply = try desk.tried(.driverDeactivate, driver)
        #expect(!gone.isRepeat)
        let nobody: DriversReply = try desk.ask(.driverList, ListRequest())
        #expect(nobody.deactivated.isEmpty)
    }

    @Test("A hub that knows no dry runs does nothing")
    func olderHub() {
        #expect(OfficeVerb(rawValue: OfficeVerb.planSet.name(isTrial: true)) == nil)
        #expect(OfficeVerb.planSet.name(isTrial: false) == "plan-set")
    }
}

extension OfficeDesk {
    fileprivate func tried<Reply: Decodable>(
        _ verb: OfficeVerb, _ request: some Encodable
    ) throws -> Reply {
        let body = try OfficeJSON.encode(request)
        now += 1_000
        return try OfficeJSON.decode(
            Reply.self,
            from: hub.office(verb.name(isTrial: true), body, as: credential, now: now))
    }
}
