import LuckyModel
import Testing

/// What facts and plan make of a stop.
@Suite struct StopTests {
    private func status(
        _ facts: [Fact], _ plan: [PlanField: PlanValue] = [.items: .quantities([.kg20: 2])]
    ) -> StopStatus {
        var story = Story()
        for fact in facts { story.add(fact) }
        return story.stop(plan).status
    }

    @Test func statuses() {
        #expect(status([]) == .pending)
        #expect(status([.arrival()]) == .arrived)
        #expect(status([.arrival(), .delivery([.kg20: 2])]) == .delivered)
        #expect(status([.delivery([.kg20: 3, .kg16: 1])]) == .delivered)
        #expect(status([.delivery([.kg20: 1])]) == .partiallyDelivered)
        #expect(status([.delivery([.kg20: 1]), .delivery([.kg20: 1])]) == .delivered)
        #expect(status([.delivery([.kg16: 2])]) == .partiallyDelivered)
        #expect(status([.delivery([:], collected: [.kg20: 1])]) == .partiallyDelivered)
        #expect(status([.delivery([:], collected: [.kg20: 1])], [:]) == .delivered)
        #expect(status([.arrival(), .absent()]) == .failed)
        #expect(status([.absent(), .delivery([.kg20: 2])]) == .delivered)
        #expect(status([.noteAdded(Note("x")), .unknown(kind: 40)]) == .pending)
    }

    /// Whoever pays by the month pays for more than one delivery; cash alone is said once.
    @Test func cashThatIsHardlyMeant() {
        func odd(
            _ payment: PaymentMethod, _ facts: [Fact], price: Money? = .dollars(950)
        ) -> [OddRecord] {
            var story = Story()
            for fact in facts { story.add(fact) }
            return story.stop([
                .items: .quantities([.kg20: 1]), .payment: .name(payment.code),
                .price: .money(price ?? .zero),
            ]).oddRecords
        }
        // Nobody pays cents.
        let uneven = Money(cents: 95_050)
        for (cash, found) in [
            (949, [OddRecord.lessCash]), (950, []), (951, []), (952, [.moreCash]),
        ] {
            #expect(
                odd(.cash, [.delivery([.kg20: 1]), .cash(Int64(cash))], price: uneven) == found)
        }
        let whole = Fact.delivery([.kg20: 1])
        for payment in [PaymentMethod.cash, .transfer, .check] {
            #expect(odd(payment, [whole, .cash(9500)]) == [.moreCash])
            #expect(odd(payment, [whole, .cash(950)]) == [])
        }
        #expect(odd(.monthly, [whole, .cash(9500)]) == [])
        #expect(odd(.cash, [.cash(9500)]) == [.cashAlone])
        #expect(odd(.cash, [.delivery([:], collected: [.kg20: 1]), .cash(100)]) == [])
    }

    @Test func cancelledUnlessGasChangedHands() {
        let cancelled: [PlanField: PlanValue] = [
            .items: .quantities([.kg20: 2]), .cancelled: .flag(true),
        ]
        #expect(status([], cancelled) == .cancelled)
        #expect(status([.arrival()], cancelled) == .cancelled)
        #expect(status([.absent()], cancelled) == .cancelled)
        #expect(status([.delivery([.kg20: 2])], cancelled) == .delivered)
        #expect(status([.delivery([.kg20: 1])], cancelled) == .partiallyDelivered)
        #expect(status([], [.cancelled: .flag(false)]) == .pending)
        #expect(status([], [.cancelled: .unknown]) == .pending)
    }

    @Test func anotherAttemptReopensAFailureNotADelivery() {
        let second: [PlanField: PlanValue] = [
            .items: .quantities([.kg20: 2]), .attempt: .integer(2),
        ]
        #expect(status([.arrival(), .absent()], second) == .pending)
        #expect(status([.arrival(), .absent(), .arrival(2)], second) == .arrived)
        #expect(status([.arrival(), .absent(), .arrival(2), .absent(2)], second) == .failed)
        #expect(status([.absent(), .delivery([.kg20: 2])], second) == .delivered)
        #expect(status([.absent()], [.attempt: .integer(-7)]) == .failed)
        #expect(status([.absent()], [.attempt: .integer(.max)]) == .pending)
        var story = Story()
        story.add(.arrival())
        story.add(.absent())
        let stop = story.stop(second)
        #expect(
            stop.attempt == 2 && stop.failure == nil && stop.arrivedAt == nil
                && stop.closedAt == nil)
    }

    @Test func times() {
        var story = Story()
        story.add(.arrival())
        story.add(.arrival())
        story.add(.delivery([.kg20: 2]))
        #expect(story.stop().arrivedAt == 1)
        #expect(story.stop().closedAt == 3)
        #expect(Story().stop().closedAt == nil)
    }

    @Test func sumsAndTexts() {
        var story = Story()
        story.add(
            .handedOver(
                HandedOver(
                    Handover(delivered: [.kg20: 1], collected: [.kg20: 2], residualGrams: 300),
                    attempt: 1, recipient: "王小姐")))
        story.add(.delivery([.kg20: 1, .kg4: 1]))
        story.add(.cash(1900))
        story.add(.cash(-100))
        story.add(.noteAdded(Note("a")))
        story.add(.noteAdded(Note(nil)))
        story.add(.suggestedAddress(AddressSuggestion("b")))
        story.add(.photoTaken(Photo(sha256: .zero, byteCount: 1)))
        let stop = story.stop()
        #expect(stop.delivered == [.kg20: 2, .kg4: 1])
        #expect(stop.collected == [.kg20: 2])
        #expect(stop.residualGrams == 300)
        #expect(stop.cash == Money.dollars(1800))
        #expect(stop.recipient == "王小姐")
        #expect(stop.notes == ["a"])
        #expect(stop.addressSuggestions == ["b"])
        #expect(stop.proof == .pending)
        #expect(Story().stop().proof == .none)
        #expect(!stop.hasOverflow)
    }

    /// L2: reported, never trapped, and whatever the order of the facts.
    @Test func overflowIsReported() {
        var cash = Story()
        for _ in 0..<3 { cash.add(.cash(5_000_000)) }
        #expect(cash.stop().hasOverflow)
        #expect(cash.stop().cash == .zero)
        // On the way beyond the range and back again is no overflow.
        cash.add(.cash(-5_000_000))
        #expect(!cash.stop().hasOverflow)
        #expect(cash.stop().cash == Money.dollars(10_000_000))

        var gas = Story()
        for _ in 0..<2 { gas.add(.delivery([.kg20: 6000])) }
        #expect(gas.stop().hasOverflow)
        #expect(gas.stop().delivered == [:])
        #expect(gas.stop().status == .partiallyDelivered)
        var residual = Story()
        for _ in 0..<2 {
            residual.add(
                .handedOver(
                    HandedOver(
                        Handover(delivered: [:], residualGrams: Int(Int64.max)), attempt: 1)))
        }
        #expect(residual.stop().hasOverflow)
        #expect(residual.stop().residualGrams == 0)
    }

    @Test func planValuesOfAnotherShapeReadAsNone() {
        let stop = Story().stop([
            .items: .text("20kg*2"), .sequence: .text("1"), .price: .integer(1),
            .date: .integer(.max),
            .address: .name("x"), .code: .text("c"), .attempt: .unknown,
        ])
        #expect(stop.ordered == [:] && stop.sequence == 0 && stop.price == nil && stop.date == nil)
        #expect(stop.address == "" && stop.code == "" && stop.attempt == 1)
    }

    @Test func aRouteIsInTheOfficesOrder() {
        func stop(_ id: UInt64, _ sequence: Int64) -> Stop {
            Stop(
                id: EntityID(.stop, Bits128(high: 0, low: id)),
                plan: { $0 == .sequence ? .integer(sequence) : .none }, facts: [])
        }
        let route = Route(
            id: EntityID(.route, Bits128(high: 0, low: 9)), plan: { _ in .none },
            stops: [stop(3, 2), stop(2, 1), stop(1, 2)])
        #expect(route.stops.map(\.id.key.low) == [2, 1, 3])
        #expect(route.closedCount == 0)
    }
}
