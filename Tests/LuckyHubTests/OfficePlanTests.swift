import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

@Suite("Plan verbs at the hub")
struct OfficePlanTests {
    @Test("Two edits of one window that had not seen each other stand side by side")
    func concurrent() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let context = try desk.show("S1").context
        desk.credential.person = "ofc-1"
        let first = try desk.set("S1", context: context, .window("12:00-13:00"))
        #expect(first.concurrent.isEmpty)
        desk.credential = Credential(person: "sup-1", depot: "taitung", role: .supervisor)
        let second = try desk.set("S1", context: context, .window("16:00-17:00"))
        #expect(second.concurrent == ["window"])

        let shown = try desk.show("S1")
        // L8: the higher role is shown, although the other was later.
        #expect(shown.window == "12:00-13:00")
        let field = try #require(shown.concurrent.first)
        #expect(shown.concurrent.count == 1)
        #expect(field.field == "window")
        #expect(field.values.map(\.value) == ["12:00-13:00", "16:00-17:00"])
        #expect(field.values.map(\.by) == ["ofc-1", "sup-1"])
        #expect(field.values.map(\.isShown) == [true, false])
        #expect(field.values.allSatisfy { $0.receivedMs != nil })

        let settled = try desk.set("S1", context: shown.context, .window("16:00-17:00"))
        #expect(settled.concurrent.isEmpty)
        #expect(try desk.show("S1").concurrent.isEmpty)
        #expect(try desk.show("S1").window == "16:00-17:00")
    }

    @Test("A reassigned stop leaves one phone and enters the other, and both are told by whom")
    func reassign() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var one = OfficePhone("drv-1", install: 41)
        var two = OfficePhone("drv-2", install: 42)
        try one.sync(desk)
        try two.sync(desk)
        #expect(one.states.count == 4)
        let reply: PlanEditReply = try desk.ask(
            .planReassign,
            PlanReassignRequest(id: desk.id(), stop: "S2", date: Plans.date, driver: "drv-2"))
        #expect(reply.fields == ["driver", "route", "sequence"])
        try one.sync(desk)
        try two.sync(desk)
        let left = try #require(one.lastParts.first)
        #expect(one.lastParts.map(\.membership) == [.leaves])
        #expect(left.entity.hex == reply.entity)
        #expect(left.cause?.hex == reply.changes.first)
        #expect(two.lastParts.map(\.membership) == [.enters])
        let stop = try two.state("S2").stop
        #expect(stop.driver == "drv-2")
        #expect(stop.sequence == 4)
        #expect(stop.address == "台東市中山路1號")
        let route: PlanShowReply = try desk.ask(
            .planShow, PlanShowRequest(date: Plans.date, route: "R2"))
        #expect(route.routes.map(\.code) == ["R2"])
        #expect(route.routes.first?.stops.map(\.stop) == ["T1", "T2", "T3", "S2"])
    }

    @Test("plan-show says of a change: sent, on the phone, seen")
    func delivery() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 43)
        try phone.sync(desk)
        let edit = try desk.set("S1", .window("12:00-13:00"))
        func change() throws -> PlanShowReply.Change {
            try #require(desk.show("S1").changes.first { [$0.change] == edit.changes })
        }
        #expect(try change().fields == ["window"])
        #expect(try change().sequence == edit.sequence)
        #expect(try change().sentMs == nil)
        try phone.sync(desk)
        let sent = try change()
        #expect(sent.sentMs == desk.now - 1_000)
        #expect(sent.onPhoneMs == nil)
        try phone.sync(desk)
        #expect(try change().onPhoneMs == desk.now - 1_000)
        #expect(try change().seenMs == nil)
        let id = try #require(ChangeID(hex: edit.changes.first ?? ""))
        let seenAt = desk.now
        try phone.record(
            [.looked(Look(changes: [id]))], on: phone.state("S1").id, at: seenAt)
        try phone.sync(desk)
        #expect(try change().seenMs == seenAt)
        #expect(try change().seenBy == "drv-1")
    }

    @Test("A cancelled stop can be taken back; a delivered one cannot be cancelled")
    func cancel() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let cancelled: PlanEditReply = try desk.ask(.planCancel, desk.request("S1"))
        #expect(cancelled.fields == ["cancelled"])
        #expect(try desk.show("S1").status == "cancelled")
        let back: PlanEditReply = try desk.ask(.planUncancel, desk.request("S1"))
        #expect(back.changes.count == 1)
        #expect(try desk.show("S1").status == "pending")
        let nothing: PlanEditReply = try desk.ask(.planUncancel, desk.request("S1"))
        #expect(nothing.changes.isEmpty)

        var phone = OfficePhone("drv-1", install: 44)
        try phone.sync(desk)
        try phone.record(
            phone.deliver([.kg20: 2], cash: 1900), on: phone.state("S1").id, at: desk.now)
        try phone.sync(desk)
        #expect(try desk.refusal(.planCancel, desk.request("S1")) == "409 already_delivered")
        let move = PlanReassignRequest(id: desk.id(), stop: "S1", date: Plans.date, driver: "drv-2")
        #expect(try desk.refusal(.planReassign, move) == "409 already_delivered")
    }

    @Test("A failed stop is reopened: its driver has it pending again")
    func reopen() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 45)
        try phone.sync(desk)
        #expect(try desk.refusal(.planReopen, desk.request("S1")) == "409 not_failed")
        try phone.record(
            [.failed(Failure(.absent, attempt: 1))], on: phone.state("S1").id, at: desk.now)
        try phone.sync(desk)
        #expect(try desk.show("S1").status == "failed")
        #expect(try desk.show("S1").failure == "absent")
        let reply: PlanEditReply = try desk.ask(.planReopen, desk.request("S1"))
        #expect(reply.fields == ["attempt"])
        try phone.sync(desk)
        #expect(try phone.state("S1").stop.status == .pending)
        #expect(try desk.show("S1").attempt == 2)
    }

    @Test("An inserted stop reaches its driver, and those behind it make room")
    func insert() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 46)
        try phone.sync(desk)
        var row = PlanCells()
        row.date = Plans.date
        row.route = "R1"
        row.stop = "N1"
        row.sequence = "2"
        row.items = "16kg*1"
        let request = PlanInsertRequest(id: desk.id(), row: row)
        let reply: PlanEditReply = try desk.ask(.planInsert, request)
        #expect(reply.code == "N1")
        try phone.sync(desk)
        #expect(
            phone.lastParts.filter { $0.membership == .enters }.map(\.entity.hex) == [reply.entity])
        #expect(try phone.state("N1").stop.driver == "drv-1")
        let route: PlanShowReply = try desk.ask(
            .planShow, PlanShowRequest(date: Plans.date, route: "R1"))
        #expect(route.routes.first?.stops.map(\.stop) == ["S1", "N1", "S2", "S3"])
        #expect(route.routes.first?.stops.map(\.sequence) == [1, 2, 3, 4])
        let again: PlanEditReply = try desk.ask(.planInsert, request)
        #expect(again.isRepeat)
        #expect(again.entity == reply.entity)
        #expect(again.sequence == reply.sequence)
        #expect(
            try desk.refusal(.planInsert, PlanInsertRequest(id: desk.id(), row: row))
                == "409 stop_exists")
    }

    @Test("A route takes the order named; stops not named follow")
    func resequence() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let request = PlanResequenceRequest(
            id: desk.id(), route: "R1", date: Plans.date, stops: [.init(stop: "S3")])
        let reply: PlanEditReply = try desk.ask(.planResequence, request)
        #expect(reply.fields == ["sequence"])
        let shown: PlanShowReply = try desk.ask(
            .planShow, PlanShowRequest(date: Plans.date, route: "R1"))
        #expect(shown.routes.first?.stops.map(\.stop) == ["S3", "S1", "S2"])
        let again: PlanEditReply = try desk.ask(.planResequence, request)
        #expect(again.isRepeat)
        #expect(again.changes == reply.changes)
    }

    @Test("A repeated edit is written once, whatever happened meanwhile")
    func repeated() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let request = desk.request("S1")
        let first: PlanEditReply = try desk.ask(.planCancel, request)
        var phone = OfficePhone("drv-1", install: 47)
        try phone.sync(desk)
        try phone.record(
            phone.deliver([.kg20: 2], cash: 1900), on: phone.state("S1").id, at: desk.now)
        try phone.sync(desk)
        let sequence = desk.sequence
        let again: PlanEditReply = try desk.ask(.planCancel, request)
        #expect(again.isRepeat)
        #expect(again.changes == first.changes)
        #expect(again.sequence == first.sequence)
        #expect(desk.sequence == sequence)
    }

    @Test("A route's vehicle is set by its own context")
    func setRoute() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var cells = PlanCells()
        cells.vehicle = "V-9"
        cells.capacityKg = "1200"
        let reply: PlanEditReply = try desk.ask(
            .planSet, PlanSetRequest(id: desk.id(), route: "R1", date: Plans.date, set: cells))
        #expect(reply.fields == ["vehicle", "capacity_g"])
        let shown: PlanShowReply = try desk.ask(
            .planShow, PlanShowRequest(date: Plans.date, route: reply.entity))
        #expect(shown.routes.map(\.vehicle) == ["V-9"])
        #expect(shown.routes.map(\.capacityG) == [1_200_000])
    }
}
