import LuckyCausality
import LuckyModel
import Testing

@testable import LuckyHub

@Suite("What a stop comes to, as the office sees it")
struct OfficeAccountTests {
    @Test("Paid short: what is owed stands beside what was taken, and nothing else is said")
    func short() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 61)
        try phone.sync(desk)
        try phone.record(
            phone.deliver([.kg20: 2], cash: 1_800), on: phone.state("S1").id, at: desk.now)
        try phone.sync(desk)
        let stop = try desk.show("S1")
        #expect(stop.cashCents == 180_000)
        #expect(stop.account.dueCents == 190_000)
        #expect(stop.account.balanceCents == 10_000)
        #expect(!stop.account.invoiceHeld && !stop.account.pricingBlocked)
        #expect(stop.account.remaining.isEmpty && stop.account.adjustedCents == nil)
    }

    @Test("Settled from a screen that had not seen a late receipt: that receipt comes on top, once")
    func settledFromAStaleScreen() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 64)
        try phone.sync(desk)
        let stop = try phone.state("S1").id
        try phone.record(phone.deliver([.kg20: 2], cash: 900), on: stop, at: desk.now)
        try phone.sync(desk)
        let seen = try desk.show("S1").context
        let late = try #require(Money.dollars(100))
        try phone.record([.cashReceived(CashReceipt(late))], on: stop, at: desk.now)
        try phone.sync(desk)
        desk.credential = Credential(person: "fin-1", depot: "taitung", role: .finance)
        let reply: PlanEditReply = try desk.ask(
            .settle, SettleRequest(id: desk.id(), stop: "S1", date: Plans.date, context: seen))
        #expect(reply.facts == ["settled"])
        let shown = try desk.show("S1")
        #expect(shown.cashCents == 100_000)
        #expect(shown.account.adjustedCents == 10_000)
        let state = try #require(try desk.hub.read { try $0.state(stop) })
        #expect(state.account().settlement?.received == Money.dollars(900))
    }

    @Test("A part was brought: the office prices it, and sees what is still to bring")
    func part() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 62)
        try phone.sync(desk)
        try phone.record(
            phone.deliver([.kg20: 1], cash: 950), on: phone.state("S1").id, at: desk.now)
        try phone.sync(desk)
        let stop = try desk.show("S1")
        #expect(stop.status == "partially_delivered")
        #expect(stop.account.remaining == "20kg*1")
        #expect(stop.account.dueCents == nil && stop.account.balanceCents == nil)
    }

    @Test("One amount twice: the second is not in the cash, and the invoice waits")
    func twice() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phone = OfficePhone("drv-1", install: 63)
        try phone.sync(desk)
        let stop = try phone.state("S1").id
        try phone.record(phone.deliver([.kg20: 2], cash: 1_900), on: stop, at: desk.now)
        try phone.record(
            [.cashReceived(CashReceipt(try #require(.dollars(1_900))))], on: stop, at: desk.now)
        try phone.sync(desk)
        let shown = try desk.show("S1")
        #expect(shown.cashCents == 190_000)
        #expect(shown.account.suspectedCents == 190_000)
        #expect(shown.account.balanceCents == 0)
        #expect(shown.account.invoiceHeld)
    }
}
