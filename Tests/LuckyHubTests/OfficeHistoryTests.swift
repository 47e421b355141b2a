import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What was written over can be read, with who wrote it over having seen what; a route is closed in
/// its driver's place; what is in quarantine is written out as it came.
@Suite struct OfficeHistoryTests {
    private func history(
        _ desk: OfficeDesk, _ stop: String? = "S1", route: String? = nil, field: String? = nil
    ) throws -> PlanHistoryReply {
        try desk.ask(
            .planHistory,
            PlanHistoryRequest(stop: stop, route: route, date: Plans.date, field: field))
    }

    @Test("Every value, who wrote it having seen what, and who wrote it over")
    func values() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let old = try desk.show("S1")
        let first = try desk.set("S1", .window("10:00-12:00"))
        let second = try desk.set("S1", .window("09:00-11:00"))
        // A third who saw what the import said only: two stand side by side.
        desk.credential = Credential(person: "ofc-2", depot: "taitung", role: .dispatcher)
        let third = try desk.set("S1", context: old.context, .window("13:00-15:00"))

        let reply = try history(desk, field: "window")
        let values = reply.values
        try #require(values.count == 4 && values.allSatisfy { $0.field == "window" })
        #expect(
            values.dropFirst().map(\.value) == ["10:00-12:00", "09:00-11:00", "13:00-15:00"])
        #expect(values.map(\.sequence) == values.map(\.sequence).sorted())
        let imported = try #require(values.first)
        #expect(imported.saw.isEmpty && !imported.stands)
        #expect(
            imported.overwrittenBy.map(\.change) == [first.changes.first, third.changes.first])
        #expect(values[1].saw == [imported.change])
        #expect(values[1].overwrittenBy.map(\.change) == [second.changes.first])
        #expect(values[1].overwrittenBy.map(\.by) == ["ofc-1"])
        #expect(values[2].saw == [values[1].change] && values[2].stands)
        #expect(values[3].saw == [imported.change] && values[3].stands)
        #expect(values.filter(\.shown).count == 1)
        #expect(values.map(\.role) == ["office", "office", "office", "dispatcher"])

        let all = try history(desk)
        #expect(all.values.filter { $0.field == "window" } == values)
        #expect(Set(all.values.map(\.field)).isSuperset(of: ["driver", "address", "price"]))
        #expect(try history(desk, nil, route: "R1").values.map(\.field).contains("driver"))
    }

    @Test func whatWasRedactedIsSaidToBe() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var cells = PlanCells()
        cells.address = "臺東市更生路 9 號"
        _ = try desk.set("S1", cells)
        let before = try history(desk, field: "address").values
        #expect(before.count == 2 && before.allSatisfy { $0.value != nil })
        let stop = try #require(EntityID(hex: try desk.show("S1").entity))
        let state = try #require(try desk.hub.read { try $0.state(stop) })
        let target = FactRef(
            change: try #require(ChangeID(hex: before[0].change)),
            index: try #require(
                try desk.hub.storage.read { try $0.overwritten(of: state.id).first?.ref.index }))
        _ = try desk.hub.write(
            [Change(state.id, .fact(.redacted(Redaction(of: target))))],
            contexts: [state.id: state.vector], id: ChangeID(high: 1, low: 2),
            by: desk.credential, now: desk.now)
        let after = try history(desk, field: "address").values
        #expect(after.map(\.redacted) == [true, nil])
        #expect(after.map(\.value) == [nil, "臺東市更生路 9 號"])
    }

    @Test("What a purge took is not said again, nor after the purge is undone")
    func purged() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let entity = try desk.show("S1").entity
        let stop = try #require(EntityID(hex: entity))
        var written: UInt64 = 0
        func write(_ field: PlanField, _ value: PlanValue) throws {
            let state = try #require(try desk.hub.read { try $0.state(stop) })
            written += 1
            _ = try desk.hub.write(
                [Change(stop, .plan(field, value))], contexts: [stop: state.vector],
                id: ChangeID(high: 7, low: written), by: desk.credential, now: desk.now)
        }
        func said() throws -> [String] {
            try history(desk, entity).values.map { "\($0.field) \($0.value ?? "-")" }
        }
        try write(.address, .text("臺東市更生路 9 號"))
        try write(.deleted, .flag(true))
        #expect(try said().contains("address 臺東市更生路 9 號"))
        let purge = EntityRequest(entity: entity)
        let deletion = try said().filter { $0.hasPrefix("deleted ") }
        #expect(deletion.count == 1)

        _ = try desk.ask(.purge, purge, as: DecisionReply.self)
        #expect(try said() == deletion)
        _ = try desk.ask(.unpurge, purge, as: DecisionReply.self)
        #expect(try said() == deletion)
        try write(.address, .text("一號"))
        try write(.address, .text("二號"))
        #expect(try said().sorted() == (deletion + ["address 一號", "address 二號"]).sorted())
        #expect(try history(desk, entity, field: "address").values.first?.saw == [])
    }

    @Test func refusals() throws {
        let desk = try OfficeDesk()
        try desk.load()
        func refusal(_ request: PlanHistoryRequest) throws -> String? {
            try desk.refusal(.planHistory, request)
        }
        #expect(try refusal(PlanHistoryRequest(date: Plans.date)) == "400 bad_request")
        #expect(
            try refusal(PlanHistoryRequest(stop: "S1", route: "R1", date: Plans.date))
                == "400 bad_request")
        #expect(
            try refusal(PlanHistoryRequest(stop: "S1", date: Plans.date, field: "colour"))
                == "400 bad_request")
        #expect(
            try refusal(PlanHistoryRequest(stop: "S99", date: Plans.date)) == "404 unknown_stop")
    }

    @Test("Closed in the driver's place: once, with a review; by the driver's own word without")
    func routeClosed() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let request = PlanCloseRouteRequest(id: desk.id(), route: "R1", date: Plans.date)
        let reply: PlanEditReply = try desk.ask(.planCloseRoute, request)
        #expect(reply.code == "R1" && reply.facts == ["route_completed"])
        #expect(try desk.ask(.planCloseRoute, request, as: PlanEditReply.self).isRepeat)
        let again = PlanCloseRouteRequest(id: desk.id(), route: "R1", date: Plans.date)
        #expect(try desk.refusal(.planCloseRoute, again) == "409 route_closed")
        let none = PlanCloseRouteRequest(id: desk.id(), route: "R7", date: Plans.date)
        #expect(try desk.refusal(.planCloseRoute, none) == "404 unknown_route")
        let list: ReviewListReply = try desk.ask(
            .reviewList, ReviewListRequest(date: Plans.date))
        #expect(list.reviews.map(\.kind) == ["route_force_closed"])
        // Its stops are as they were.
        #expect(try desk.show("S1").status == "pending" && desk.show("S1").driver == "drv-1")
    }

    @Test("What is in quarantine is written out byte for byte")
    func exported() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.write([Change(stop, .plan(.address, .text("別處")))])
        let sent = try #require(phone.outbox.first)
        try bench.settle(&phone)
        let office = Office(
            hub: bench.hub, credential: Bench.office, now: bench.now, isTrial: false)
        let listed = try #require(try office.quarantineList(ListRequest()).changesets.first)
        let request = QuarantineExportRequest(
            replica: listed.replica, counter: listed.counter)
        let reply = try office.quarantineExport(request)
        #expect([UInt8](reply.bytes) == sent.bytes && reply.reason == listed.reason)
        #expect(reply.sha256 == Hash256.sha256(sent.bytes).hex)
        _ = try office.quarantineReject(
            QuarantineDecisionRequest(
                id: String(repeating: "1", count: 24), replica: listed.replica,
                counter: listed.counter))
        #expect(try office.quarantineExport(request) == reply)
        #expect(throws: HubRefusal.unknownQuarantine) {
            try office.quarantineExport(
                QuarantineExportRequest(replica: listed.replica, counter: 99))
        }
    }
}
