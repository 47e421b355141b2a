import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// Why a stop was cancelled is written once and never overwritten, nor does it overwrite the
/// office's note to the driver.
@Suite("Note and reason both survive")
struct CancelReasonTests {
    private static func note(_ text: String) -> PlanCells {
        var cells = PlanCells()
        cells.note = text
        return cells
    }

    @Test("A note before and a note after; the reason stands beside both")
    func survives() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 80)
        try phone.sync(desk)
        _ = try desk.set("S1", Self.note("先打電話"))
        var request = desk.request("S1")
        request.note = "客戶改到下週"
        let edit: PlanEditReply = try desk.ask(.planCancel, request)
        #expect(edit.fields == ["cancelled"] && edit.changes.count == 1)
        let cancelled = try desk.show("S1")
        #expect(cancelled.cancelled && cancelled.note == "先打電話")
        #expect(cancelled.notes == ["客戶改到下週"])

        _ = try desk.set("S1", Self.note("鑰匙在隔壁"))
        let later = try desk.show("S1")
        #expect(later.note == "鑰匙在隔壁" && later.notes == ["客戶改到下週"])
        try phone.sync(desk)
        let state = try phone.state("S1")
        #expect(state.stop.notes == ["客戶改到下週"] && state.stop.officeNote == "鑰匙在隔壁")
        // It opens nothing, and the same request again writes nothing.
        #expect(later.reviews == 0)
        let again: PlanEditReply = try desk.ask(.planCancel, request)
        #expect(again.isRepeat)
        #expect(try desk.show("S1").notes.count == 1)
    }

    @Test("The review of a delivery that did not know of it says why it was cancelled")
    func inTheReview() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 81)
        try phone.sync(desk)
        try phone.record(
            phone.deliver([.kg20: 2], cash: 1900), on: phone.state("S1").id, at: desk.now)
        var request = desk.request("S1")
        request.note = "客戶改到下週"
        let _: PlanEditReply = try desk.ask(.planCancel, request)
        try phone.sync(desk)
        let _: PlanEditReply = try desk.ask(.planUncancel, desk.request("S1"))
        let list: ReviewListReply = try desk.ask(.reviewList, ReviewListRequest(date: Plans.date))
        let id = try #require(list.reviews.first).review
        let shown: ReviewShowReply = try desk.ask(.reviewShow, ReviewShowRequest(review: id))
        #expect(shown.lines.contains { $0.contains("客戶改到下週") })
    }

    @Test("Too long a reason is refused before anything is written")
    func tooLong() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var request = desk.request("S1")
        request.note = String(repeating: "字", count: Bounds.textBytes)
        #expect(try desk.refusal(.planCancel, request)?.hasPrefix("4") == true)
        #expect(try desk.show("S1").cancelled == false)
    }
}
