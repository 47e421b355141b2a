import Foundation
import LuckyCausality
import LuckyModel
import Testing

@testable import LuckyHub

/// A request id names one change: with other content it is refused, and nothing of it is dropped
/// silently.
@Suite("A request id that was used before")
struct OfficeAgainTests {
    private static let other = "409 id_of_another_change"

    private func desk() throws -> (OfficeDesk, OfficePhone) {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 60)
        try phone.sync(desk)
        try phone.record(
            phone.deliver([.kg20: 2], cash: 1900) + [.noteAdded(Note("丁秀蘭收"))],
            on: phone.state("S1").id, at: desk.now)
        try phone.sync(desk)
        desk.credential = Credential(person: "sup", depot: "taitung", role: .supervisor)
        return (desk, phone)
    }

    @Test("The id of a note names no other verb's request, nor another text or stop")
    func note() throws {
        let (desk, _) = try desk()
        let id = desk.id()
        let day = Plans.date
        let first = NoteRequest(id: id, stop: "S3", date: day, text: "first")
        let _: PlanEditReply = try desk.ask(.note, first)
        let sequence = desk.sequence
        let refused: [(OfficeVerb, any Encodable)] = [
            (.note, NoteRequest(id: id, stop: "S3", date: day, text: "second")),
            (.note, NoteRequest(id: id, stop: "S2", date: day, text: "first")),
            (.settle, SettleRequest(id: id, stop: "S1", date: day)),
            (.correct, correct(id)),
            (.planCancel, PlanStopRequest(id: id, stop: "S3", date: day, note: "first")),
            (.planCancel, PlanStopRequest(id: id, stop: "T1", date: day)),
            (.planReopen, PlanStopRequest(id: id, stop: "S3", date: day, note: "first")),
            (.planSet, PlanSetRequest(id: id, stop: "S3", date: day, set: .window("1"))),
            (.planReassign, PlanReassignRequest(id: id, stop: "S3", date: day, driver: "drv-2")),
            (.planInsert, PlanInsertRequest(id: id, row: cells("N1"))),
            (.planResequence, resequence(id, ["S3", "S2", "S1"])),
            (.planCancelRoute, PlanCancelRouteRequest(id: id, route: "R1", date: day)),
            (.planCloseRoute, PlanCloseRouteRequest(id: id, route: "R1", date: day)),
            (.redact, RedactRequest(id: id, stop: "S1", date: day, all: true)),
        ]
        for (verb, request) in refused {
            #expect(try desk.refusal(verb, request) == Self.other, "\(verb)")
        }
        #expect(desk.sequence == sequence)
        #expect(try desk.ask(.note, first, as: PlanEditReply.self).isRepeat)
    }

    private func correct(_ id: String) -> CorrectRequest {
        var request = CorrectRequest(id: id, stop: "S1", date: Plans.date, reason: "first")
        request.cash = "1800"
        return request
    }

    private func cells(_ stop: String, note: String? = nil) -> PlanCells {
        var cells = PlanCells()
        (cells.date, cells.route, cells.stop) = (Plans.date, "R1", stop)
        (cells.sequence, cells.note, cells.items) = ("1", note, "20kg*1")
        return cells
    }

    private func resequence(_ id: String, _ stops: [String]) -> PlanResequenceRequest {
        PlanResequenceRequest(
            id: id, route: "R1", date: Plans.date,
            stops: stops.map { PlanResequenceRequest.Place(stop: $0) })
    }

    /// Asks, lets `meanwhile` happen, asks the same again, and then the other one.
    private func check<Request: Encodable>(
        _ desk: OfficeDesk, _ verb: OfficeVerb, _ request: Request, _ other: Request,
        meanwhile: () throws -> Void = {}
    ) throws {
        let first: PlanEditReply = try desk.ask(verb, request)
        #expect(!first.isRepeat && !first.changes.isEmpty)
        try meanwhile()
        let again: PlanEditReply = try desk.ask(verb, request)
        #expect(again.isRepeat && again.changes == first.changes)
        #expect(try desk.refusal(verb, other) == Self.other)
    }

    @Test("A set field, also after somebody else's edit; one more field is another request")
    func set() throws {
        let (desk, _) = try desk()
        var cells = PlanCells.window("1")
        let id = desk.id()
        func request() -> PlanSetRequest {
            PlanSetRequest(id: id, stop: "S3", date: Plans.date, set: cells)
        }
        let first = request()
        cells.note = "E"
        try check(desk, .planSet, first, request()) {
            _ = try desk.set("S3", .window("18:00-19:00"))
        }
    }

    @Test("An insert, an order, a move, and a route that is off")
    func plans() throws {
        let (desk, _) = try desk()
        let (insert, order, move, off) = (desk.id(), desk.id(), desk.id(), desk.id())
        try check(
            desk, .planInsert, PlanInsertRequest(id: insert, row: cells("N1", note: "a")),
            PlanInsertRequest(id: insert, row: cells("N1", note: "b"))
        ) { _ = try desk.set("N1", .window("1")) }
        try check(
            desk, .planResequence, resequence(order, ["S3", "S2", "S1"]),
            resequence(order, ["S2", "S3", "S1"])
        ) { let _: PlanEditReply = try desk.ask(.planCancel, desk.request("S2")) }
        try check(
            desk, .planReassign,
            PlanReassignRequest(id: move, stop: "S3", date: Plans.date, driver: "drv-2"),
            PlanReassignRequest(id: move, stop: "S3", date: Plans.date, driver: "drv-1"))
        try check(
            desk, .planCancelRoute,
            PlanCancelRouteRequest(id: off, route: "R2", date: Plans.date),
            PlanCancelRouteRequest(id: off, route: "R1", date: Plans.date))
    }

    @Test("What sounds alike is another request: cash or gas withdrawn, a part or the whole")
    func alike() throws {
        var (desk, phone) = try desk()
        var cash = CorrectRequest(id: desk.id(), stop: "S1", date: Plans.date, reason: "first")
        cash.withdraw = "cash"
        var gas = cash
        gas.withdraw = "handover"
        try check(desk, .correct, cash, gas)
        let stop = try phone.state("S2").id
        try phone.record(
            [.noteAdded(Note("甲")), .noteAdded(Note("乙"))], on: stop, at: desk.now)
        try phone.sync(desk)
        let note = try #require(phone.state("S2").facts.keys.min())
        let part = RedactRequest(
            id: desk.id(), stop: "S2", date: Plans.date, change: note.change.hex, index: 0)
        var whole = part
        whole.index = nil
        try check(desk, .redact, part, whole)
    }

    @Test("An order that was written is that, also after one of its stops is off the plan")
    func gone() throws {
        let (desk, _) = try desk()
        let order = desk.id()
        var off = PlanBooks()
        off.deleted = true
        try check(
            desk, .planResequence, resequence(order, ["S3", "S2", "S1"]),
            resequence(order, ["S2", "S3", "S1"])
        ) {
            let _: PlanEditReply = try desk.ask(
                .planSet, PlanSetRequest(id: desk.id(), stop: "S3", date: Plans.date, books: off))
        }
    }

    @Test("A correction, a settlement, a redaction; also after the words are gone")
    func books() throws {
        let (desk, _) = try desk()
        let (fix, settled, gone) = (desk.id(), desk.id(), desk.id())
        var other = correct(fix)
        other.cash = "1700"
        try check(desk, .correct, correct(fix), other)
        func settle(_ due: String) -> SettleRequest {
            SettleRequest(id: settled, stop: "S1", date: Plans.date, due: due)
        }
        try check(desk, .settle, settle("1900"), settle("1800"))
        let all = RedactRequest(id: gone, stop: "S1", date: Plans.date, all: true)
        let one = RedactRequest(
            id: gone, stop: "S1", date: Plans.date, change: String(repeating: "0", count: 32))
        try check(desk, .redact, all, one)
        #expect(try desk.ask(.correct, correct(fix), as: PlanEditReply.self).isRepeat)
    }
}
