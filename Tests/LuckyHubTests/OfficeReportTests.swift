import LuckyCausality
import LuckyModel
import Testing

@testable import LuckyHub

@Suite("The day's figures")
struct OfficeReportTests {
    private func handed(_ full: Quantities, _ empty: Quantities = [:]) -> Fact {
        .handedOver(
            HandedOver(Handover(delivered: full, collected: empty, residualGrams: 500), attempt: 1))
    }

    @Test("Plan counts for the plan's driver; gas and cash for whom recorded them")
    func perDriver() throws {
        var scene = OfficeScene()
        try scene.load(Plans.day)
        let cash = Fact.cashReceived(CashReceipt(try #require(.dollars(1900))))
        try scene.record(
            [handed([.kg20: 2], [.kg20: 1]), cash], on: scene.stop("S1").id, by: "drv-1",
            counter: 1)
        try scene.record(
            [handed([.kg20: 1])], on: scene.stop("S2").id, by: "drv-1", counter: 2)
        // Meant for drv-2, delivered by drv-1.
        try scene.record(
            [handed([.kg20: 2]), cash], on: scene.stop("T1").id, by: "drv-1", counter: 3)
        try scene.record(
            [.failed(Failure(.absent, attempt: 1))], on: scene.stop("T2").id, by: "drv-2",
            counter: 1)
        try scene.write([
            PlanWrite(
                entity: scene.stop("T3").id, fields: [.init(.cancelled, .flag(true))],
                context: scene.stop("T3").vector)
        ])

        let report = DayReport(scene.stops)
        #expect(report.drivers.map(\.driver) == ["drv-1", "drv-2"])
        let one = try #require(report.drivers.first).figures
        let two = try #require(report.drivers.last).figures
        let kg20 = { (ordered: Int, delivered: Int, collected: Int) in
            DayReportReply.Product(
                product: "20kg", ordered: ordered, delivered: delivered, collected: collected)
        }
        #expect(one.products == [kg20(6, 5, 1)])
        #expect(two.products == [kg20(4, 0, 0)])
        #expect(one.cashCents == 380_000)
        #expect(two.cashCents == 0)
        #expect(one.residualG == 1_500)
        let counts = { (figures: DayReportReply.Figures) in
            figures.stops.filter { $0.count > 0 }.map { "\($0.count) \($0.status)" }
        }
        #expect(counts(one) == ["1 pending", "1 delivered", "1 partially_delivered"])
        #expect(counts(two) == ["1 delivered", "1 failed", "1 cancelled"])
        #expect(report.figures.products == [kg20(10, 5, 1)])
        #expect(report.figures.cashCents == 380_000)
        #expect(report.figures.residualG == 1_500)
    }

    @Test("A clock far ahead is counted, and changes nothing else (L6)")
    func clockAhead() throws {
        var scene = OfficeScene()
        try scene.load(Plans.day)
        try scene.record(
            [handed([.kg20: 2])], on: scene.stop("S1").id, by: "drv-1", counter: 1)
        let state = try scene.stop("S1")
        #expect(DayReport([state]).figures.clockAhead == 0)
        var ahead = state
        for var fact in state.facts.values {
            fact.stamp.receivedAt = 1_000
            fact.stamp.writtenAt = 1_000 + 5 * 60_000 + 1
            ahead.put(fact)
        }
        let report = DayReport([ahead])
        #expect(report.figures.clockAhead == 1)
        #expect(report.drivers.first { $0.driver == "drv-1" }?.figures.clockAhead == 1)
        #expect(report.figures.products == DayReport([state]).figures.products)
    }

    @Test("A correction replaces what was recorded, also in the sums")
    func corrected() throws {
        var scene = OfficeScene()
        try scene.load(Plans.day)
        let id = try scene.stop("S1").id
        let cash = CashReceipt(try #require(.dollars(1900)))
        let change = try scene.record(
            [handed([.kg20: 2]), .cashReceived(cash)], on: id, by: "drv-1", counter: 1)
        try scene.record(
            [
                .corrected(
                    Correction(
                        of: FactRef(change: change, index: 0), seen: [],
                        to: .handedOver(HandedOver(Handover(delivered: [.kg20: 1]), attempt: 1)))),
                .corrected(
                    Correction(of: FactRef(change: change, index: 1), seen: [], to: .withdrawn)),
            ], on: id, by: "drv-1", counter: 2)
        let figures = DayReport([try scene.stop("S1")]).figures
        #expect(figures.products.map(\.delivered) == [1])
        #expect(figures.cashCents == 0)
        #expect(DayReport(scene.stops).drivers.first?.figures.cashCents == 0)
    }

    @Test("Each time on duty: the box, what was counted, what was handed in, also what came late")
    func shifts() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 60)
        try phone.sync(desk)
        func money(_ dollars: Int64) throws -> Money { try #require(Money.dollars(dollars)) }
        let shift = EntityID(.shift, Bits128(high: 7, low: 7))
        try phone.record([.shiftStarted(ShiftStart(float: money(500)))], on: shift, at: desk.now)
        try phone.record(
            [.cashReceived(CashReceipt(money(1900)))], on: phone.state("S1").id,
            at: desk.now + 1_000)
        try phone.record([.cashDropped(CashDrop(money(1000)))], on: shift, at: desk.now + 2_000)
        try phone.record(
            [.shiftEnded(ShiftEnd(counted: money(1350)))], on: shift, at: desk.now + 3_000)
        try phone.record([.cashDropped(CashDrop(money(300)))], on: shift, at: desk.now + 4_000)
        try phone.sync(desk)

        let report: DayReportReply = try desk.ask(.reportDay, DayRequest(date: Plans.date))
        let box = try #require(report.shifts.first)
        #expect(report.shifts.count == 1 && box.driver == "drv-1" && box.id == shift.hex)
        #expect(box.floatCents == 50_000 && box.receivedCents == 190_000)
        #expect(box.droppedCents == 130_000 && box.droppedLateCents == 30_000)
        #expect(box.boxCents == 110_000 && box.countedCents == 135_000)
        // 500 + 1,900 - 1,000 should have been there.
        #expect(box.differenceCents == -5_000)
        #expect(box.drops.map(\.amountCents) == [100_000, 30_000])
        #expect(box.drops.map(\.isAfterCount) == [false, true])
        let other: DayReportReply = try desk.ask(.reportDay, DayRequest(date: "2026-11-21"))
        #expect(other.shifts.isEmpty)
    }

    @Test("Less cash than is due and more than was ordered are listed; what is paid in full is not")
    func odd() throws {
        var scene = OfficeScene()
        try scene.load(Plans.day)
        let stop = try scene.stop("S1")
        let due = try #require(stop.stop.price)
        #expect(stop.stop.payment == PaymentMethod.cash.code && DayReport(scene.stops).odd.isEmpty)
        let more = stop.stop.ordered.pairs.map { (product: $0.product, count: $0.count + 1) }
        try scene.record(
            [handed(try #require(Quantities(more)))], on: stop.id, by: "drv-1", counter: 1)
        let unpaid = try #require(DayReport(scene.stops).odd.first)
        #expect(unpaid.stop == "S1" && unpaid.words == ["no_cash", "more_than_ordered"])
        #expect(unpaid.dueCents == due.cents && unpaid.paidCents == 0)
        #expect(unpaid.delivered.values.reduce(0, +) > unpaid.ordered.values.reduce(0, +))
        let some = CashReceipt(try #require(Money(cents: due.cents - 100)))
        try scene.record([.cashReceived(some)], on: stop.id, by: "drv-1", counter: 2)
        #expect(DayReport(scene.stops).odd.map(\.words) == [["less_cash", "more_than_ordered"]])
        let rest = CashReceipt(try #require(Money(cents: 100)))
        try scene.record([.cashReceived(rest)], on: stop.id, by: "drv-1", counter: 3)
        #expect(DayReport(scene.stops).odd.map(\.words) == [["more_than_ordered"]])
    }

    @Test(
        "What was paid is held against what was quoted at the door, and not again once it is settled"
    )
    func quoted() throws {
        var scene = OfficeScene()
        try scene.load(Plans.day)
        let stop = try scene.stop("S1")
        let due = try #require(stop.stop.price)
        let before = try #require(Money(cents: due.cents - 10_000))
        let handed = HandedOver(
            Handover(delivered: stop.stop.ordered), attempt: 1, quoted: before)
        try scene.record(
            [.handedOver(handed), .cashReceived(CashReceipt(before))], on: stop.id, by: "drv-1",
            counter: 1)
        #expect(DayReport(scene.stops).odd.isEmpty)
        let less = try #require(Money(cents: before.cents - 10_000))
        let other = try scene.stop("S2")
        try scene.record(
            [
                .handedOver(
                    HandedOver(
                        Handover(delivered: other.stop.ordered), attempt: 1, quoted: before)),
                .cashReceived(CashReceipt(less)),
            ], on: other.id, by: "drv-1", counter: 2)
        let odd = DayReport(scene.stops).odd
        #expect(odd.map(\.stop) == ["S2"] && odd.map(\.words) == [["less_cash"]])
        #expect(odd.map(\.dueCents) == [before.cents])
        let covers = try scene.stop("S2").facts.values.map(\.ref)
        try scene.record(
            [.settled(Settlement(due: before, received: less, covers: covers))], on: other.id,
            by: "drv-1", counter: 3)
        #expect(DayReport(scene.stops).odd.isEmpty)
    }

    @Test("A sum beyond its range is reported")
    func overflow() throws {
        var scene = OfficeScene()
        try scene.load(Plans.day)
        let id = try scene.stop("S1").id
        let most = CashReceipt(try #require(Money(cents: Bounds.moneyCents)))
        try scene.record(
            [.cashReceived(most), .cashReceived(most)], on: id, by: "drv-1", counter: 1)
        let figures = DayReport(scene.stops).figures
        #expect(figures.overflow)
        let other = DayReport([try scene.stop("S2")]).figures
        #expect(!other.overflow)
    }
}
