import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// The office corrects what a driver recorded: a fact beside his, with a reason.
@Suite("The office corrects a record")
struct OfficeCorrectionTests {
    private static let quote = Money.dollars(1900)

    /// S1 delivered: the driver saw and said a price, and named who took it.
    private static func day() throws -> (OfficeDesk, OfficePhone) {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 60)
        try phone.sync(desk)
        let handover = Handover(delivered: [.kg20: 12], collected: [.kg20: 1])
        try phone.record(
            [
                .handedOver(
                    HandedOver(
                        handover, attempt: 1, recipient: "丁秀蘭", quoted: quote,
                        serials: ["A-1"])),
                .cashReceived(CashReceipt(Money.dollars(1900) ?? .zero)),
            ], on: phone.state("S1").id, at: desk.now)
        try phone.sync(desk)
        return (desk, phone)
    }

    private static func request(
        _ desk: OfficeDesk, _ stop: String = "S1", change: String? = nil, context: String? = nil,
        reason: String = "單據", _ fill: (inout CorrectRequest) -> Void
    ) -> CorrectRequest {
        var request = CorrectRequest(
            id: desk.id(), stop: stop, date: Plans.date, context: context, change: change,
            reason: reason)
        fill(&request)
        return request
    }

    private func state(_ desk: OfficeDesk, _ stop: String = "S1") throws -> EntityState {
        let id = try #require(EntityID(hex: try desk.show(stop).entity))
        return try #require(try desk.hub.read { try $0.state(id) })
    }

    @Test("One changeset of a correction and its reason; what it does not name stays")
    func corrects() throws {
        var (desk, phone) = try Self.day()
        let request = Self.request(desk) { $0.delivered = "20kg=2" }
        let reply: PlanEditReply = try desk.ask(.correct, request)
        #expect(reply.facts == ["corrected", "note_added"] && reply.changes.count == 1)
        #expect(try desk.ask(.correct, request, as: PlanEditReply.self).isRepeat)
        let after = try state(desk)
        #expect(after.stop.delivered == [.kg20: 2] && after.stop.collected == [.kg20: 1])
        #expect(after.stop.recipient == "丁秀蘭" && after.stop.notes == ["單據"])
        let counts = try #require(StopRules.lastHandover(after.factRecords))
        #expect(counts.quoted == Self.quote && counts.serials == ["A-1"])
        #expect(after.reviews.map(\.kind) == [])
        // The figures stay the driver's.
        let report: DayReportReply = try desk.ask(.reportDay, DayRequest(date: Plans.date))
        let figures = try #require(report.drivers.first { $0.driver == "drv-1" }).figures
        #expect(figures.products.first { $0.product == "20kg" }?.delivered == 2)
        #expect(!report.drivers.contains { $0.driver == "ofc-1" })
        try phone.sync(desk)
        #expect(try phone.state("S1").stop.delivered == [.kg20: 2])
    }

    @Test("By the tap's id: an earlier record, or by one that corrected it")
    func named() throws {
        var (desk, phone) = try Self.day()
        let first = try #require(
            try state(desk).facts.values.first { $0.fact?.kind == .cashReceived })
        try phone.record(
            [.cashReceived(CashReceipt(Money.dollars(100) ?? .zero))],
            on: phone.state("S1").id, at: desk.now)
        try phone.sync(desk)
        let one: PlanEditReply = try desk.ask(
            .correct, Self.request(desk, change: first.ref.change.hex) { $0.cash = "1800" })
        #expect(try state(desk).stop.cash == Money.dollars(1900))
        let again = Self.request(desk, change: one.changes.first) { $0.cash = "1,700.50" }
        let _: PlanEditReply = try desk.ask(.correct, again)
        #expect(try state(desk).stop.cash == Money(cents: 180_050))
        let other = Self.request(desk, change: String(repeating: "0", count: 32)) {
            $0.cash = "1"
        }
        #expect(try desk.refusal(.correct, other) == "409 nothing_to_correct")
    }

    @Test("What the person had not seen is contradicted, not overruled")
    func unseen() throws {
        var (desk, phone) = try Self.day()
        let morning = try desk.show("S1").context
        let handover = try #require(
            try state(desk).facts.values.first { $0.fact?.kind == .handedOver })
        let meant = HandedOver(Handover(delivered: [.kg20: 3]), attempt: 1)
        try phone.record(
            [.corrected(Correction(of: handover.ref, seen: [], to: .handedOver(meant)))],
            on: phone.state("S1").id, at: desk.now)
        try phone.sync(desk)
        let _: PlanEditReply = try desk.ask(
            .correct, Self.request(desk, context: morning) { $0.delivered = "20kg=2" })
        #expect(try state(desk).reviews.map(\.kind) == [.correctionsContradict])
        // Whoever saw both says the last word on what it counts as.
        let _: PlanEditReply = try desk.ask(
            .correct, Self.request(desk) { $0.delivered = "20kg=1" })
        #expect(try state(desk).stop.delivered == [.kg20: 1])
        #expect(try state(desk).reviews.map(\.kind) == [.correctionsContradict])
    }

    @Test("Of a driver who has left; after the account was settled it is an adjustment")
    func afterwards() throws {
        let (desk, _) = try Self.day()
        desk.credential = Credential(person: "fin", depot: "taitung", role: .finance)
        let _: PlanEditReply = try desk.ask(
            .settle, SettleRequest(id: desk.id(), stop: "S1", date: Plans.date, due: "1900"))
        let _: DecisionReply = try desk.ask(.driverDeactivate, DriverRequest(driver: "drv-1"))
        let _: PlanEditReply = try desk.ask(.correct, Self.request(desk) { $0.withdraw = "cash" })
        let after = try state(desk)
        #expect(after.stop.cash == .zero && after.account().adjustments.count == 1)
        #expect(after.reviews.map(\.kind).contains(.correctedAfterInvoice))
    }

    @Test("A failure was a handover, a handover was a failure; what it counts as already is nothing")
    func otherwise() throws {
        var (desk, phone) = try Self.day()
        try phone.record(
            [.failed(Failure(.absent, attempt: 1, note: "沒人"))], on: phone.state("S2").id,
            at: desk.now)
        try phone.sync(desk)
        desk.credential = Credential(person: "fin", depot: "taitung", role: .finance)
        let _: PlanEditReply = try desk.ask(
            .settle, SettleRequest(id: desk.id(), stop: "S2", date: Plans.date, due: "0"))
        let _: PlanEditReply = try desk.ask(
            .correct, Self.request(desk, "S2") { $0.delivered = "20kg=1" })
        let delivered = try state(desk, "S2")
        #expect(delivered.stop.delivered == [.kg20: 1] && delivered.stop.failure == nil)
        // It was settled as nothing delivered.
        #expect(delivered.reviews.map(\.kind).contains(.correctedAfterInvoice))
        // Its driver was there, not who put it right.
        #expect(!delivered.reviews.map(\.kind).contains(.deliveredAfterReassign))
        let again: PlanEditReply = try desk.ask(
            .correct, Self.request(desk, "S2") { $0.delivered = "20kg=1" })
        #expect(again.changes.isEmpty)

        let _: PlanEditReply = try desk.ask(
            .correct, Self.request(desk) { $0.failure = "rejected" })
        #expect(try state(desk).stop.status == .failed)
        // What was handed over comes back with it, but for what is named.
        let _: PlanEditReply = try desk.ask(
            .correct, Self.request(desk) { $0.delivered = "20kg=11" })
        let back = try state(desk).stop
        #expect(back.delivered == [.kg20: 11] && back.collected == [.kg20: 1])
        #expect(back.recipient == "丁秀蘭")
    }

    @Test("Refused with a word, and nothing is written")
    func refusals() throws {
        let (desk, _) = try Self.day()
        let before = desk.sequence
        func refused(
            _ stop: String = "S1", reason: String = "x", _ fill: (inout CorrectRequest) -> Void
        ) throws -> String? {
            try desk.refusal(.correct, Self.request(desk, stop, reason: reason, fill))
        }
        #expect(try refused { _ in } == "400 bad_correction")
        #expect(try refused { ($0.cash, $0.delivered) = ("1", "20kg=1") } == "400 bad_correction")
        #expect(try refused { $0.withdraw = "arrival" } == "400 bad_correction")
        #expect(try refused { $0.delivered = "20kg=1,20kg=2" } == "400 bad_correction")
        #expect(try refused { $0.delivered = "19kg=1" } == "400 bad_correction")
        #expect(try refused { $0.failure = "none" } == "400 bad_correction")
        #expect(try refused { $0.cash = "-1" } == "400 bad_request")
        #expect(try refused(reason: "") { $0.cash = "1" } == "400 bad_request")
        #expect(
            try refused { ($0.delivered, $0.collected) = ("20kg=0", "20kg=0") }
                == "400 nothing_handed_over")
        #expect(try refused { $0.residualG = -1 } == "400 out_of_range")
        #expect(try refused { $0.serials = ["a\nb"] } == "400 control_character")
        #expect(try refused("S2") { $0.failure = "absent" } == "409 nothing_to_correct")
        // Money taken at the desk is none of this driver's.
        #expect(try refused("S2") { $0.cash = "100" } == "409 nothing_to_correct")
        #expect(try refused("S9") { $0.cash = "100" } == "404 unknown_stop")
        #expect(desk.sequence == before)
    }
}
