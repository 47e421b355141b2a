import LuckyCausality
import LuckyModel
import Testing

@testable import LuckyHub

@Suite("What the office keeps besides a plan file's columns")
struct OfficeBooksTests {
    private func set(
        _ desk: OfficeDesk, _ stop: String?, route: String? = nil,
        _ change: (inout PlanBooks) -> Void
    ) throws -> PlanEditReply {
        var books = PlanBooks()
        change(&books)
        return try desk.ask(
            .planSet,
            PlanSetRequest(id: desk.id(), stop: stop, route: route, date: Plans.date, books: books))
    }

    @Test("Each key writes its field, and an empty name empties it")
    func fields() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let edit = try set(desk, "S1") {
            $0.invoice = "AB-12345678"
            $0.creditHold = true
            $0.lastReadingMilli = 1_234_567
            $0.customerCode = "C-17"
        }
        #expect(edit.fields == ["invoice", "credit_hold", "last_reading", "customer_id"])
        let emptied = try set(desk, "S1") { $0.invoice = "" }
        #expect(emptied.fields == ["invoice"])
        let again = try set(desk, "S1") { $0.creditHold = true }
        #expect(again.changes.isEmpty, "what is shown already is not written again")
        #expect(try set(desk, nil, route: "R1") { $0.orderIsMandatory = true }.changes.count == 1)
    }

    @Test("Credit that is held meets gas on the monthly account: the review opens")
    func credit() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 71)
        var cells = PlanCells()
        cells.payment = "monthly"
        _ = try desk.set("S1", cells)
        try phone.sync(desk)
        _ = try set(desk, "S1") { $0.creditHold = true }
        try phone.record(
            [.handedOver(HandedOver(Handover(delivered: [.kg20: 2]), attempt: 1))],
            on: phone.state("S1").id, at: desk.now)
        try phone.sync(desk)
        let list: ReviewListReply = try desk.ask(
            .reviewList, ReviewListRequest(date: Plans.date, lang: "en"))
        #expect(list.reviews.map(\.kind) == ["credit_blocked"])
    }

    @Test("Off its route after the driver was there: it stands, and a review says so")
    func offRoute() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 72)
        try phone.sync(desk)
        try phone.record([.arrived(Arrival(attempt: 1))], on: phone.state("S1").id, at: desk.now)
        _ = try set(desk, "S1") { $0.offRoute = true }
        try phone.sync(desk)
        let stop = try desk.show("S1")
        #expect(stop.status == "arrived")
        #expect(stop.reviews == 1)
    }

    @Test("A deleted stop is gone from the plan; purge takes it then, and not before")
    func deleted() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let entity = try desk.show("S1").entity
        let purge = EntityRequest(entity: entity)
        #expect(try desk.refusal(.purge, purge) == "409 not_deleted")
        _ = try set(desk, "S1") { $0.deleted = true }
        #expect(try desk.refusal(.planCancel, desk.request("S1")) == "404 unknown_stop")
        let done: DecisionReply = try desk.ask(.purge, purge)
        #expect(done.entity == entity && !done.isRepeat)
    }

    @Test(
        "What belongs to the other kind, or says nothing, is refused",
        arguments: ["none", "reading", "route", "order", "long"])
    func refused(_ what: String) throws {
        let desk = try OfficeDesk()
        try desk.load()
        var books = PlanBooks()
        switch what {
        case "reading": books.lastReadingMilli = -1
        case "route": books.offRoute = false
        case "order": books.orderIsMandatory = true
        case "long": books.invoice = String(repeating: "x", count: Bounds.nameBytes + 1)
        default: break
        }
        let request = PlanSetRequest(id: desk.id(), stop: "S1", date: Plans.date, books: books)
        #expect(try desk.refusal(.planSet, request) == "400 bad_request")
        #expect(
            try desk.refusal(
                .planSet,
                PlanSetRequest(
                    id: desk.id(), route: "R1", date: Plans.date,
                    books: {
                        var books = PlanBooks()
                        books.invoice = "A"
                        return books
                    }())) == "400 bad_request")
    }
}
