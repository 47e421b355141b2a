import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// The office's own records, and a day that did not go as planned: asked for in JSON, refused with
/// a name, and the same request is the same record.
@Suite("Verbs of the office's books")
struct BookVerbTests {
    private static let finance = Credential(person: "fin", depot: "taitung", role: .finance)

    /// S1 delivered and paid short, S2 failed, S3 open.
    private static func day(cash: Int64 = 1900) throws -> (OfficeDesk, OfficePhone) {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 60)
        try phone.sync(desk)
        try phone.record(
            phone.deliver([.kg20: 2], cash: cash) + [.noteAdded(Note("丁秀蘭收"))],
            on: phone.state("S1").id, at: desk.now)
        try phone.record(
            [.failed(Failure(.absent, attempt: 1, note: "沒人"))], on: phone.state("S2").id,
            at: desk.now)
        try phone.sync(desk)
        return (desk, phone)
    }

    private func state(_ desk: OfficeDesk, _ stop: String) throws -> EntityState {
        let id = try #require(EntityID(hex: try desk.show(stop).entity))
        return try #require(try desk.hub.read { try $0.state(id) })
    }

    // MARK: Notes

    @Test("A note is added beside the driver's, and reaches the phone")
    func note() throws {
        var (desk, phone) = try Self.day()
        let request = NoteRequest(id: desk.id(), stop: "S1", date: Plans.date, text: "下次按兩下")
        let reply: PlanEditReply = try desk.ask(.note, request)
        #expect(reply.facts == ["note_added"] && reply.fields.isEmpty && !reply.isRepeat)
        let again: PlanEditReply = try desk.ask(.note, request)
        #expect(again.isRepeat && again.changes == reply.changes)
        #expect(try desk.show("S1").notes.sorted() == ["下次按兩下", "丁秀蘭收"].sorted())
        try phone.sync(desk)
        #expect(try phone.state("S1").stop.notes.contains("下次按兩下"))
        for text in ["", String(repeating: "a", count: Bounds.textBytes + 1)] {
            let bad = NoteRequest(id: desk.id(), stop: "S1", date: Plans.date, text: text)
            #expect(try desk.refusal(.note, bad) == "400 bad_request")
        }
        let none = NoteRequest(id: desk.id(), stop: "S9", date: Plans.date, text: "x")
        #expect(try desk.refusal(.note, none) == "404 unknown_stop")
    }

    // MARK: Settle

    private func settle(
        _ desk: OfficeDesk, _ stop: String, due: String? = nil, received: String? = nil,
        again: Bool? = nil
    ) -> SettleRequest {
        SettleRequest(
            id: desk.id(), stop: stop, date: Plans.date, due: due, received: received, again: again)
    }

    @Test("Settled even: no review; what comes later is an adjustment, and is settled again")
    func settled() throws {
        var (desk, phone) = try Self.day()
        desk.credential = Self.finance
        let request = settle(desk, "S1")
        let reply: PlanEditReply = try desk.ask(.settle, request)
        #expect(reply.facts == ["settled"])
        let first = try state(desk, "S1")
        #expect(first.account().settlement?.due == Money.dollars(1900))
        #expect(first.account().settlement?.received == Money.dollars(1900))
        #expect(first.account().adjustments.isEmpty && first.reviews.isEmpty)
        #expect(try desk.ask(.settle, request, as: PlanEditReply.self).isRepeat)
        #expect(try desk.refusal(.settle, settle(desk, "S1")) == "409 already_settled")

        // The driver corrects after that: an adjustment, and a review for finance.
        let handover = try #require(
            first.facts.values.first { $0.fact?.kind == .handedOver })
        try phone.sync(desk)
        try phone.record(
            [
                .corrected(
                    Correction(
                        of: handover.ref, seen: [],
                        to: .handedOver(
                            HandedOver(Handover(delivered: [.kg20: 1]), attempt: 1))))
            ], on: first.id, at: desk.now)
        try phone.sync(desk)
        let corrected = try state(desk, "S1")
        #expect(corrected.account().adjustments.count == 1)
        #expect(
            Set(corrected.reviews.map(\.kind)) == [.correctedAfterInvoice, .paidOtherwise])
        // Who corrected, and who had settled, whichever side has the lesser id.
        var review = try #require(corrected.reviews.first { $0.kind == .correctedAfterInvoice })
        for _ in 1...2 {
            let sentence = review.sentence(in: .en, stop: "S1")
            #expect(sentence.contains("\(handover.stamp.author.text) corrected"), "\(sentence)")
            review.sides.reverse()
        }
        let second: PlanEditReply = try desk.ask(.settle, settle(desk, "S1", due: "950"))
        #expect(second.facts == ["settled"])
        #expect(try state(desk, "S1").account().adjustments.isEmpty)
    }

    @Test("Counted short: a review that finance decides; nothing is edited to match")
    func short() throws {
        let (desk, _) = try Self.day(cash: 1800)
        desk.credential = Self.finance
        let _: PlanEditReply = try desk.ask(.settle, settle(desk, "S1"))
        let list: ReviewListReply = try desk.ask(.reviewList, ReviewListRequest(date: Plans.date))
        #expect(list.reviews.map(\.kind) == ["cash_differs"])
        #expect(list.reviews.map(\.decides) == ["finance"])
        #expect(try desk.show("S1").cashCents == 180_000)
        let again: PlanEditReply = try desk.ask(
            .settle, settle(desk, "S1", received: "1,900", again: true))
        #expect(again.facts == ["settled"])
    }

    @Test("Refused: while it is open, not by the dispatcher, not without an amount that is known")
    func settleRefusals() throws {
        let (desk, _) = try Self.day()
        #expect(try desk.refusal(.settle, settle(desk, "S3")) == "409 still_open")
        #expect(try desk.refusal(.settle, settle(desk, "S1", due: "-1")) == "400 bad_request")
        #expect(try desk.refusal(.settle, settle(desk, "S1", due: "x")) == "400 bad_request")
        desk.credential = Credential(person: "dis", depot: "taitung", role: .dispatcher)
        #expect(try desk.refusal(.settle, settle(desk, "S1")) == "403 not_theirs")
        let before = desk.sequence
        #expect(try desk.refusal(.settle, settle(desk, "S1")) == "403 not_theirs")
        #expect(desk.sequence == before)
        // A failed stop comes to nothing, and can be closed.
        desk.credential = Self.finance
        let _: PlanEditReply = try desk.ask(.settle, settle(desk, "S2"))
        #expect(try state(desk, "S2").account().settlement?.due == .zero)
    }

    // MARK: Reschedule

    @Test("A failed stop gets another attempt on another day; the first one's record stays")
    func rescheduled() throws {
        var (desk, phone) = try Self.day()
        let later =
            Plans.header
            + "2026-11-23,taitung,R9,drv-2,1,N1,李先生,,臺東市,,,,20kg*1,900,cash,,V-9,900,\n"
        try desk.load(later)
        func request(_ stop: String, toDate: String? = "2026-11-23", route: String? = "R9")
            -> PlanRescheduleRequest
        {
            PlanRescheduleRequest(
                id: desk.id(), stop: stop, date: Plans.date, toDate: toDate, route: route)
        }
        #expect(try desk.refusal(.planReschedule, request("S3")) == "409 not_failed")
        #expect(try desk.refusal(.planReschedule, request("S1")) == "409 not_failed")
        #expect(
            try desk.refusal(.planReschedule, request("S2", route: nil)) == "400 bad_request")
        #expect(
            try desk.refusal(.planReschedule, request("S2", route: "R8")) == "404 unknown_route")
        let asked = request("S2")
        let reply: PlanEditReply = try desk.ask(.planReschedule, asked)
        #expect(Set(reply.fields).isSuperset(of: ["attempt", "date", "driver", "route"]))
        #expect(reply.changes.count == 1)
        let id = try #require(EntityID(hex: reply.entity))
        let stop = try #require(try desk.hub.read { try $0.state(id) }).stop
        #expect(stop.attempt == 2 && stop.status == .pending && stop.driver == "drv-2")
        #expect(stop.date?.text == "2026-11-23" && stop.sequence == 2)
        let state = try #require(try desk.hub.read { try $0.state(id) })
        #expect(state.facts.values.contains { $0.fact?.kind == .failed })
        #expect(state.reviews.isEmpty)
        try phone.sync(desk)
        #expect(phone.lastParts.contains { $0.entity == id && $0.membership == .leaves })
        #expect(try desk.ask(.planReschedule, asked, as: PlanEditReply.self).isRepeat)
    }

    @Test("Not to a day before the one it failed on")
    func notBackwards() throws {
        let (desk, _) = try Self.day()
        try desk.load(
            Plans.header
                + "2026-11-21,taitung,R0,drv-2,1,O1,李先生,,臺東市,,,,20kg*1,900,cash,,V-9,900,\n")
        let request = PlanRescheduleRequest(
            id: desk.id(), stop: "S2", date: Plans.date, toDate: "2026-11-21", route: "R0")
        #expect(try desk.refusal(.planReschedule, request) == "409 earlier_day")
    }

    // MARK: A route is cancelled

    @Test("Delivered stays delivered, failed stays failed, open goes back to dispatch")
    func routeCancelled() throws {
        var (desk, phone) = try Self.day()
        let request = PlanCancelRouteRequest(id: desk.id(), route: "R1", date: Plans.date)
        let reply: PlanEditReply = try desk.ask(.planCancelRoute, request)
        #expect(reply.code == "R1" && reply.fields.contains("cancelled"))
        #expect(try desk.show("S1").status == "delivered" && desk.show("S1").driver == "drv-1")
        #expect(try desk.show("S2").status == "failed" && desk.show("S2").driver == "drv-1")
        #expect(try desk.show("S3").status == "pending" && desk.show("S3").driver == "")
        try phone.sync(desk)
        let open = try #require(EntityID(hex: try desk.show("S3").entity))
        #expect(phone.lastParts.contains { $0.entity == open && $0.membership == .leaves })
        #expect(try desk.ask(.planCancelRoute, request, as: PlanEditReply.self).isRepeat)
        let more = PlanCancelRouteRequest(id: desk.id(), route: "R1", date: Plans.date)
        #expect(try desk.ask(.planCancelRoute, more, as: PlanEditReply.self).changes.isEmpty)

        // Dispatch gives it to somebody else.
        let _: PlanEditReply = try desk.ask(
            .planReassign,
            PlanReassignRequest(id: desk.id(), stop: "S3", date: Plans.date, route: "R2"))
        #expect(try desk.show("S3").driver == "drv-2")
        // One whose delivery was on its way: it stands, and somebody is asked.
        try phone.record(phone.deliver([.kg20: 2], cash: 1900), on: open, at: desk.now)
        try phone.sync(desk)
        #expect(try desk.show("S3").status == "delivered")
        let list: ReviewListReply = try desk.ask(.reviewList, ReviewListRequest(date: Plans.date))
        #expect(list.reviews.contains { $0.kind == "delivered_after_reassign" })
        let none = PlanCancelRouteRequest(id: desk.id(), route: "R7", date: Plans.date)
        #expect(try desk.refusal(.planCancelRoute, none) == "404 unknown_route")
    }

    // MARK: Redact

    @Test("One change, or all of a closed stop; then nothing personal is left to redact")
    func redacted() throws {
        let (desk, _) = try Self.day()
        let before = try state(desk, "S1")
        let note = try #require(before.facts.values.first { $0.fact?.kind == .noteAdded })
        func request(
            _ stop: String = "S1", change: String? = nil, index: Int? = nil, all: Bool? = nil
        ) -> RedactRequest {
            RedactRequest(
                id: desk.id(), stop: stop, date: Plans.date, change: change, index: index, all: all)
        }
        let one = request(change: note.ref.change.hex, index: note.ref.index)
        let reply: PlanEditReply = try desk.ask(.redact, one)
        #expect(reply.facts == ["redacted"])
        #expect(try desk.ask(.redact, one, as: PlanEditReply.self).isRepeat)
        #expect(try desk.show("S1").notes.isEmpty && desk.show("S1").customer == "王小姐")
        #expect(
            try desk.refusal(.redact, request(change: note.ref.change.hex))
                == "409 nothing_personal")
        let nobody = String(repeating: "0", count: 32)
        #expect(try desk.refusal(.redact, request(change: nobody)) == "404 unknown_change")
        #expect(try desk.refusal(.redact, request(change: "x")) == "400 bad_request")
        #expect(try desk.refusal(.redact, request()) == "400 bad_request")
        #expect(
            try desk.refusal(.redact, request(change: nobody, all: true)) == "400 bad_request")
        #expect(try desk.refusal(.redact, request("S3", all: true)) == "409 still_open")

        let _: PlanEditReply = try desk.ask(.redact, request(all: true))
        let shown = try desk.show("S1")
        #expect(shown.customer == "" && shown.phone == "" && shown.address == "")
        #expect(shown.status == "delivered" && shown.cashCents == 190_000)
        #expect(try desk.refusal(.redact, request(all: true)) == "409 nothing_personal")
        #expect(try desk.hub.read { try $0.audit() }.isEmpty)
        // The old file brings nothing of it back.
        #expect(try desk.load().edited.isEmpty)
        #expect(try desk.show("S1").customer == "")
        desk.credential = Credential(person: "drv-1", depot: "taitung", role: .driver)
        #expect(try desk.refusal(.redact, request(all: true)) == "403 not_allowed")
    }
}
