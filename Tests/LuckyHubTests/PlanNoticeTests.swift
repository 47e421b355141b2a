import Foundation
import LuckyCausality
import LuckyModel
import Testing

@testable import LuckyHub

@Suite("What the office hears of an edit that is recorded all the same")
struct PlanNoticeTests {
    private let desk: OfficeDesk
    private var phone = OfficePhone("drv-1", install: 31)

    init() throws {
        desk = try OfficeDesk()
        try desk.load()
        try phone.sync(desk)
    }

    private func close(_ route: String) throws -> PlanEditReply {
        try desk.ask(
            .planCloseRoute,
            PlanCloseRouteRequest(id: desk.id(), route: route, date: Plans.date))
    }

    private func cancel(_ route: String) throws -> PlanEditReply {
        try desk.ask(
            .planCancelRoute,
            PlanCancelRouteRequest(id: desk.id(), route: route, date: Plans.date))
    }

    private func route(_ code: String) throws -> PlanShowReply.Route {
        let plan: PlanShowReply = try desk.ask(.planShow, PlanShowRequest(date: Plans.date))
        return try #require(plan.routes.first { $0.code == code })
    }

    private func tried(_ csv: String, _ lang: String = "en") throws -> [String] {
        let reply: PlanImportReply = try desk.ask(
            .planImport,
            PlanImportRequest(id: desk.id(), file: Data(csv.utf8), dryRun: true, lang: lang))
        return reply.warnings.map { "\($0.line) \($0.message)" }
    }

    @Test("A route that is closed, or cancelled, is shown as such, with who did it")
    func shown() throws {
        #expect(try route("R1").closedBy == nil && route("R1").cancelledBy == nil)
        _ = try close("R1")
        _ = try cancel("R2")
        let closed = try route("R1")
        #expect(closed.closedBy == "ofc-1" && closed.cancelledBy == nil)
        let at = try #require(closed.closedMs)
        #expect(OfficeDesk.morning < at && at < desk.now)
        #expect(try route("R2").cancelledBy == "ofc-1")
        #expect(try route("R2").closedBy == nil && route("R2").cancelledMs != nil)
    }

    @Test("Edits of a closed or cancelled route, and onto it, are recorded and say so")
    func routes() throws {
        #expect(try desk.set("S1", .window("09:00-11:00")).notices == nil)
        _ = try close("R1")
        let set = try desk.set("S1", .window("10:00-12:00"))
        #expect(set.fields == ["window"] && set.notices?.map(\.notice) == ["route_closed"])
        let same = try desk.set("S1", .window("10:00-12:00"))
        #expect(same.changes.isEmpty && same.notices == nil, "nothing was recorded")
        let onto: PlanEditReply = try desk.ask(
            .planReassign,
            PlanReassignRequest(id: desk.id(), stop: "T1", date: Plans.date, route: "R1"))
        let notice = try #require(onto.notices?.first)
        #expect(onto.notices?.count == 1 && notice.route == "R1" && notice.by == "ofc-1")
        let zh = try #require(notice.sentence(in: .zhHant))
        #expect(zh.contains("路線 R1 已由 ofc-1 在 2026-11-22 10:00 結束"), "\(zh)")
        #expect(notice.sentence(in: .en)?.contains("closed by ofc-1") == true)
        let away: PlanEditReply = try desk.ask(
            .planReassign,
            PlanReassignRequest(id: desk.id(), stop: "T1", date: Plans.date, route: "R2"))
        #expect(away.notices == nil, "off a closed route is where it should go")
        var truck = PlanCells()
        truck.vehicle = "V-9"
        let request = PlanSetRequest(id: desk.id(), route: "R1", date: Plans.date, set: truck)
        let vehicle: PlanEditReply = try desk.ask(.planSet, request)
        #expect(vehicle.notices?.map(\.notice) == ["route_closed"])
        _ = try cancel("R1")
        let warned = try tried(Plans.day)
        #expect(warned.count == 1 && warned[0].hasPrefix("2 Route R1 was cancelled by ofc-1"))
        #expect(try tried(Plans.day, "zh-Hant")[0].contains("路線 R1 已由 ofc-1"))
    }

    @Test("Whoever edits a stop that its driver has closed hears what he recorded")
    func recorded() throws {
        var phone = phone
        try phone.record(
            phone.deliver([.kg20: 2], cash: 1_900), on: phone.state("S1").id, at: desk.now)
        try phone.record(
            [.failed(Failure(.absent, attempt: 1))], on: phone.state("S2").id, at: desk.now)
        try phone.sync(desk)
        let delivered = try #require(try desk.set("S1", .window("1")).notices)
        #expect(delivered.map(\.notice) == ["stop_recorded"])
        #expect(delivered[0].by == "drv-1" && delivered[0].delivered == "20kg*2")
        #expect(delivered[0].cashCents == 190_000 && delivered[0].status == "delivered")
        let zh = try #require(delivered[0].sentence(in: .zhHant))
        #expect(zh.contains("drv-1") && zh.contains("已送達（送 20kg*2，現金 NT$1,900）"), "\(zh)")
        let failed = try #require(try desk.set("S2", .window("1")).notices)
        #expect(failed.map(\.failure) == ["absent"] && failed[0].cashCents == nil)
        #expect(failed[0].sentence(in: .en)?.contains("customer absent") == true)
        #expect(try desk.set("S3", .window("1")).notices == nil)
        let edited = Plans.day.replacing(
            Plans.row("S1", sequence: 1), with: Plans.row("S1", sequence: 1, window: "2"))
        let warned = try tried(edited)
        #expect(warned.contains { $0.hasPrefix("2 Stop S1: drv-1 recorded") }, "\(warned)")
    }

    @Test("Two stops of one place are kept, and said; a cancelled one has none")
    func places() throws {
        var second = PlanCells()
        second.sequence = "2"
        let notice = try #require(try desk.set("S1", second).notices?.first)
        #expect(notice.notice == "sequence_taken" && notice.sequence == 2)
        #expect(notice.others == ["S2"] && notice.stop == "S1" && notice.route == "R1")
        #expect(notice.sentence(in: .zhHant)?.contains("順序都是 2") == true)
        second.sequence = "8"
        #expect(try desk.set("S1", second).notices == nil)
        // The file does not name S2, which keeps its place.
        let file = Plans.header + Plans.row("S1", sequence: 2) + Plans.row("N1", sequence: 9)
        #expect(
            try tried(file).map { $0.prefix(20) } == ["2 Stop S1 and S2 have"].map { $0.prefix(20) }
        )
        let cancelled: PlanEditReply = try desk.ask(.planCancel, desk.request("S2"))
        #expect(cancelled.notices == nil)
        #expect(try tried(file) == [])
    }

    @Test("A route that the office ends says what it had come to, and what is in the box")
    func day() throws {
        var phone = phone
        try phone.record(
            phone.deliver([.kg20: 2], cash: 1_900), on: phone.state("S1").id, at: desk.now)
        try phone.record(
            [.failed(Failure(.absent, attempt: 1))], on: phone.state("S2").id, at: desk.now)
        let shift = EntityID(.shift, Bits128(high: 4, low: 4))
        let float = try #require(Money.dollars(500))
        try phone.record(
            [.shiftStarted(ShiftStart(float: float))], on: shift, at: desk.now)
        try phone.sync(desk)
        for reply in [try close("R1"), try cancel("R1")] {
            let day = try #require(reply.day)
            let counts = day.figures.stops.filter { $0.count > 0 }.map {
                "\($0.count) \($0.status)"
            }
            #expect(counts == ["1 pending", "1 delivered", "1 failed"])
            #expect(day.figures.cashCents == 190_000)
            #expect(day.shifts.map(\.driver) == ["drv-1"])
            #expect(day.shifts.first?.floatCents == 50_000)
        }
        let other = try #require(try close("R2").day)
        #expect(other.shifts.isEmpty && other.figures.cashCents == 0)
        #expect(try desk.set("S1", .window("1")).day == nil)
    }
}
