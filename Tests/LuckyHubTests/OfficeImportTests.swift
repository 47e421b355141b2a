import Foundation
import LuckyCausality
import LuckyModel
import Testing

@testable import LuckyHub

@Suite("plan-import")
struct OfficeImportTests {
    @Test("The same file again changes nothing; the same request neither")
    func idempotent() throws {
        let desk = try OfficeDesk()
        let request = PlanImportRequest(id: desk.id(), file: Data(Plans.day.utf8))
        let first: PlanImportReply = try desk.ask(.planImport, request)
        #expect(first.applied)
        #expect(first.routesCreated == 2)
        #expect(first.created == 6)
        #expect(first.written == 8)
        let sequence = desk.sequence
        #expect(sequence == 8)
        let repeated: PlanImportReply = try desk.ask(.planImport, request)
        let again = try desk.load()
        for reply in [repeated, again] {
            #expect(reply.written == 0)
            #expect(reply.unchanged == 6)
            #expect(reply.created == 0 && reply.edited.isEmpty && reply.vanished.isEmpty)
        }
        #expect(desk.sequence == sequence)
    }

    @Test("A request repeated after somebody else's edit does not undo it")
    func repeatedAfterEdit() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let dearer = Plans.day.replacing(
            Plans.row("S2", sequence: 2), with: Plans.row("S2", sequence: 2, window: "1"))
        let request = PlanImportRequest(id: desk.id(), file: Data(dearer.utf8))
        let first: PlanImportReply = try desk.ask(.planImport, request)
        #expect(first.edited.map(\.fields) == [["window"]])
        _ = try desk.set("S2", .window("18:00-19:00"))
        let late: PlanImportReply = try desk.ask(.planImport, request)
        #expect(late.written == 0)
        #expect(try desk.show("S2").window == "18:00-19:00")
    }

    @Test("A driver of whom the hub never heard is said once, but not while it knows nobody")
    func unheard() throws {
        let desk = try OfficeDesk()
        #expect(try desk.load().warnings.isEmpty)
        let mistyped = Plans.day.replacing("drv-1", with: "drv-l")
        let request = PlanImportRequest(
            id: desk.id(), file: Data(mistyped.utf8), dryRun: true, lang: "zh-Hant")
        let tried: PlanImportReply = try desk.ask(.planImport, request)
        let unheard = tried.warnings.filter { $0.message.contains("還沒聽過司機 drv-l") }
        #expect(unheard.map(\.line) == [2])
        #expect(!tried.warnings.contains { $0.message.contains("聽過司機 drv-2") })
    }

    @Test("A route that a file gives to another driver is taken, and said")
    func reassigned() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let mistyped = Plans.header + Plans.row("S1", driver: "drv-11", sequence: 1)
        let request = PlanImportRequest(
            id: desk.id(), file: Data(mistyped.utf8), dryRun: true, lang: "en")
        let tried: PlanImportReply = try desk.ask(.planImport, request)
        #expect(tried.warnings.map(\.line) == [2])
        #expect(tried.warnings[0].message == "Route R1 was drv-1's; this file gives it to drv-11")
        let same: PlanImportReply = try desk.ask(
            .planImport, PlanImportRequest(id: desk.id(), file: Data(Plans.day.utf8)))
        #expect(same.warnings.isEmpty)
    }

    @Test("Nothing changes unless every row passes, or partial is asked for")
    func partial() throws {
        let desk = try OfficeDesk()
        let file = Data(
            (Plans.day + Plans.row("S8", sequence: 8, window: "soon")
                + Plans.row("X1", sequence: 9, depot: "hualien")).utf8)
        let id = desk.id()
        #expect(
            try desk.refusal(.planImport, PlanImportRequest(id: id, file: file)) == "422 bad_plan")
        #expect(desk.sequence == 0)
        let dry: PlanImportReply = try desk.ask(
            .planImport, PlanImportRequest(id: id, file: file, dryRun: true, lang: "zh-Hant"))
        #expect(!dry.applied)
        #expect(dry.rejected.map(\.reason) == ["bad_window", "wrong_depot"])
        #expect(dry.rejected.map(\.line) == [8, 9])
        #expect(dry.rejected.map(\.message).allSatisfy { !$0.isEmpty })
        #expect(desk.sequence == 0)
        let part: PlanImportReply = try desk.ask(
            .planImport, PlanImportRequest(id: id, file: file, partial: true))
        #expect(part.created == 6)
        #expect(part.rejected.count == 2)
        #expect(desk.sequence == 8)
    }

    @Test("The refusal names line and reason of each row")
    func words() throws {
        let desk = try OfficeDesk()
        let file = Plans.header + Plans.row("S1", sequence: 1, price: "cheap")
        let body = try OfficeJSON.encode(PlanImportRequest(id: desk.id(), file: Data(file.utf8)))
        let refusal = #expect(throws: HubRefusal.self) {
            try desk.hub.office("plan-import", body, as: desk.credential, now: desk.now)
        }
        #expect(refusal?.message.contains("Line 2: ") == true)
        #expect(refusal?.message.contains("cheap") == true)
    }

    @Test("A file that is not text is refused whole", arguments: [[0xA4, 0xA4, 0xA4, 0xE5], []])
    func notText(_ bytes: [UInt8]) throws {
        let desk = try OfficeDesk()
        let request = PlanImportRequest(id: desk.id(), file: Data(bytes), partial: true)
        #expect(try desk.refusal(.planImport, request) == "422 bad_plan")
    }

    @Test("A vanished stop is reported; it is cancelled only where asked, never once delivered")
    func vanished() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 40)
        try phone.sync(desk)
        try phone.record(
            phone.deliver([.kg20: 2], cash: 1900), on: phone.state("S3").id, at: desk.now)
        try phone.sync(desk)
        let file = Data((Plans.header + Plans.row("S1", sequence: 1)).utf8)
        let told: PlanImportReply = try desk.ask(
            .planImport, PlanImportRequest(id: desk.id(), file: file))
        #expect(told.vanished.map(\.stop) == ["S2", "S3"])
        #expect(told.vanished.map(\.route) == ["R1", "R1"])
        #expect(told.vanished.map(\.cancelled) == [false, false])
        #expect(try desk.show("S2").status == "pending")
        let done: PlanImportReply = try desk.ask(
            .planImport, PlanImportRequest(id: desk.id(), file: file, cancelMissing: true))
        #expect(done.vanished.map(\.cancelled) == [true, false])
        #expect(try desk.show("S2").status == "cancelled")
        #expect(try desk.show("S3").status == "delivered")
    }

    @Test("The JSON form of the same plan is the same plan")
    func json() throws {
        let desk = try OfficeDesk()
        try desk.load(Plans.header + Plans.row("S1", sequence: 1))
        let json = """
            [{"date":"2026-11-22","depot":"taitung","route":"R1","driver":"drv-1","sequence":1,
            "stop":"S1","customer":"王小姐","phone":"089-000000","address":"台東市中山路1號",
            "lat":22.7547,"lng":121.15,"window":"08:00-10:00","items":"20kg*2","price":1900,
            "payment":"cash","vehicle":"V-R1","capacity_kg":900,"holds":"20kg*2"}]
            """
        let again = try desk.load(json)
        #expect(again.unchanged == 1)
        #expect(again.written == 0)
    }
}
