import LuckyCausality
import LuckyModel
import Testing

/// The contradictions of a day, each with the nearest case that is none.
@Suite struct DomainRulesTests {
    private static let amy = Stamp.by("amy", .driver)
    private static let bob = Stamp.by("bob", .driver)
    private static func nt(_ dollars: Int64) -> Money { Money.dollars(dollars) ?? .zero }

    private func state(_ writes: (inout EntityState) -> Void) -> EntityState {
        var state = EntityState(id: .stop)
        state.write(Dot(.h, 1), .plan(.driver, .name("amy")))
        writes(&state)
        return state
    }

    private func kinds(_ state: EntityState) -> [ReviewKind] {
        ReviewRules.findings(in: state).map(\.kind)
    }

    private static func delivery(
        _ delivered: Quantities = [.kg20: 2], collected: Quantities = [:], quoted: Money? = nil,
        serials: [Identifier] = []
    ) -> Change.Body {
        .fact(
            .handedOver(
                HandedOver(
                    Handover(delivered: delivered, collected: collected), attempt: 1,
                    quoted: quoted, serials: serials)))
    }

    private static func cash(_ dollars: Int64) -> Change.Body {
        .fact(.cashReceived(CashReceipt(nt(dollars))))
    }

    // Scenario 6.
    @Test func thePriceWasAnotherAtTheDoor() {
        func day(_ price: Int64, seen: VersionVector) -> EntityState {
            state {
                $0.write(Dot(.h, 2), seen: [.h: 1], .plan(.price, .money(Self.nt(1900))))
                $0.write(
                    Dot(.a, 1), seen: [.h: 2], as: Self.amy, Self.delivery(quoted: Self.nt(1900)))
                $0.write(Dot(.h, 3), seen: seen, .plan(.price, .money(Self.nt(price))))
            }
        }
        #expect(kinds(day(2000, seen: [.h: 2])) == [.priceChanged])
        #expect(kinds(day(1900, seen: [.h: 2])) == [])
        #expect(kinds(day(2000, seen: [.h: 2, .a: 1])) == [])
        #expect(day(2000, seen: [.h: 2]).account().due == Self.nt(1900))
    }

    // Scenario 7.
    @Test func anotherAddressIsAReviewWhoeverCorrectedIt() {
        let wish = state {
            $0.write(Dot(.h, 2), seen: [.h: 1], .address("中山路 5 號"))
            $0.write(
                Dot(.a, 1), seen: [.h: 1], as: Self.amy,
                .fact(.suggestedAddress(AddressSuggestion("中山路 7 號"))))
        }
        #expect(kinds(wish) == [.addressSuggested])
        #expect(wish.shown(.address) == .text("中山路 5 號"))
        #expect(wish.stop.addressSuggestions == ["中山路 7 號"])
    }

    // Scenario 9.
    @Test func paidForThreeAndGotTwo() {
        func day(paid: Int64, seen: VersionVector = [.h: 1]) -> EntityState {
            state {
                $0.write(Dot(.h, 2), seen: seen, .plan(.items, .quantities([.kg20: 3])))
                $0.write(
                    Dot(.a, 1), seen: [.h: 1], as: Self.amy,
                    Self.delivery(quoted: Self.nt(1900)), Self.cash(paid))
            }
        }
        #expect(kinds(day(paid: 2850)) == [.paidOtherwise])
        #expect(kinds(day(paid: 1900)) == [])
        #expect(day(paid: 1900).stop.status == .partiallyDelivered)
        #expect(day(paid: 1900).account().remaining == [.kg20: 1])
        #expect(day(paid: 1900).account().due == nil)
    }

    // Scenario 10.
    @Test func correctedAfterTheInvoice() {
        let original = FactRef(change: ChangeID(high: 0xA, low: 1), index: 0)
        let correction = Change.Body.fact(
            .corrected(Correction(of: original, seen: [], to: .withdrawn)))
        func day(_ book: Change.Body, seen: VersionVector) -> EntityState {
            state {
                $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, Self.delivery())
                $0.write(Dot(.h, 2), seen: seen, as: .by("fin", .finance), book)
                $0.write(Dot(.a, 2), seen: [.h: 1, .a: 1], as: Self.amy, correction)
            }
        }
        let invoice = Change.Body.plan(.invoice, .name("AB-12345678"))
        let settled = Change.Body.fact(
            .settled(Settlement(due: .zero, received: .zero, covers: [original])))
        for book in [invoice, settled] {
            #expect(kinds(day(book, seen: [.h: 1, .a: 1])) == [.correctedAfterInvoice])
            #expect(kinds(day(book, seen: [.h: 1, .a: 2])) == [])
        }
        #expect(kinds(day(.plan(.invoice, .none), seen: [.h: 1, .a: 1])) == [])
    }

    // L1.
    @Test func twoCorrectionsThatHadNotSeenEachOther() {
        let original = FactRef(change: ChangeID(high: 0xA, low: 1), index: 0)
        func correction(_ count: Int, seen: [FactRef] = []) -> Change.Body {
            let value = HandedOver(Handover(delivered: [.kg20: count]), attempt: 1)
            return .fact(.corrected(Correction(of: original, seen: seen, to: .handedOver(value))))
        }
        let first = FactRef(change: ChangeID(high: 0xB, low: 1), index: 0)
        let second = FactRef(change: ChangeID(high: 0xC, low: 1), index: 0)
        let start = state {
            $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, Self.delivery([.kg20: 12]))
            $0.write(Dot(.b, 1), as: Self.amy, correction(2))
        }
        var contradicting = start
        contradicting.write(Dot(.c, 1), as: .by("office"), correction(3))
        #expect(kinds(contradicting) == [.correctionsContradict])
        var inTurn = start
        inTurn.write(Dot(.c, 1), seen: [.b: 1], as: .by("office"), correction(3, seen: [first]))
        #expect(kinds(inTurn) == [] && inTurn.stop.delivered == [.kg20: 3])
        // A third that saw both decides the count, and does not make the review vanish.
        var settled = contradicting
        settled.write(
            Dot(.h, 2), seen: [.b: 1, .c: 1], correction(4, seen: [first, second].sorted()))
        #expect(settled.stop.delivered == [.kg20: 4] && kinds(settled) == [.correctionsContradict])
    }

    // Scenario 11.
    @Test func oneAmountTwice() {
        let start = state { $0.write(Dot(.a, 1), as: Self.amy, Self.cash(1900)) }
        var twice = start
        twice.write(Dot(.b, 1), as: .by("office", hlc: 5, received: 5), Self.cash(1900))
        #expect(kinds(twice) == [.cashTwice])
        #expect(twice.stop.cash == Self.nt(1900) && twice.account().suspected == Self.nt(1900))
        // Two drivers each hold what they took.
        twice = start
        twice.write(Dot(.b, 1), as: Self.bob, Self.cash(1900))
        #expect(kinds(twice) == [.cashTwice] && twice.stop.cash == Self.nt(3800))
        var other = start
        other.write(Dot(.b, 1), as: .by("office"), Self.cash(500))
        #expect(kinds(other) == [] && other.stop.cash == Self.nt(2400))
        // One tap that records two equal coins is one payment in two parts.
        let inOne = state { $0.write(Dot(.a, 1), as: Self.amy, Self.cash(500), Self.cash(500)) }
        #expect(kinds(inOne) == [] && inOne.stop.cash == Self.nt(1000))
        // Whichever clock was ahead, the same sum is posted.
        for late in [0, 100] as [Int64] {
            let mixed = state {
                $0.write(Dot(.a, 1), as: Self.amy, Self.cash(500), Self.cash(500))
                $0.write(Dot(.b, 1), as: .by("office", hlc: late - 50), Self.cash(500))
            }
            #expect(mixed.stop.cash == Self.nt(1000) && mixed.account().suspected == Self.nt(500))
        }
    }

    // Scenario 12.
    @Test func settledWithADifference() {
        func settle(_ received: Int64) -> EntityState {
            state {
                $0.write(
                    Dot(.h, 2), as: .by("fin", .finance),
                    .fact(
                        .settled(
                            Settlement(
                                due: Self.nt(1900), received: Self.nt(received), covers: []))))
            }
        }
        #expect(kinds(settle(1800)) == [.cashDiffers])
        #expect(kinds(settle(1900)) == [])
        #expect(ReviewRules.findings(in: settle(1800)).first?.sides.count == 1)
    }

    // Scenario 13.
    @Test func twoPhonesTellOneHandover() {
        let photo = Change.Body.fact(.photoTaken(Photo(sha256: .zero, byteCount: 1)))
        func told(_ second: Change.Body..., as stamp: Stamp = Self.amy) -> EntityState {
            state {
                $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, Self.delivery())
                $0.apply(
                    second.enumerated().map {
                        Recorded(Dot(.b, 1), $1, seen: [.h: 1], stamp, index: $0)
                    }, dot: Dot(.b, 1), context: [.h: 1])
            }
        }
        let same = told(Self.delivery())
        #expect(kinds(same) == [])
        #expect(same.stop.delivered == [.kg20: 2])
        #expect(same.counted.duplicates.count == 1)
        for other in [
            told(Self.delivery([.kg20: 3])), told(Self.delivery(), photo),
            told(Self.delivery(serials: ["A1"])),
        ] {
            #expect(kinds(other) == [.deliveredTwice])
            #expect(other.stop.delivered[.kg20] >= 4)
        }
        #expect(kinds(told(Self.delivery(), as: Self.bob)).contains(.deliveredTwice))
        // Knowing of the first, the second is a second.
        let inTurn = state {
            $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, Self.delivery())
            $0.write(Dot(.b, 1), seen: [.h: 1, .a: 1], as: Self.amy, Self.delivery())
        }
        #expect(kinds(inTurn) == [.deliveredTwice])
        #expect(inTurn.stop.delivered == [.kg20: 4])
    }

    // Scenario 15.
    @Test func takenOffTheRouteAfterTheArrival() {
        let route = EntityID(.route, Bits128(high: 0, low: 9))
        let first = EntityID(.route, Bits128(high: 0, low: 8))
        func day(
            _ value: PlanValue, seen: VersionVector = [.h: 2], isNamed: Bool = false
        ) -> [ReviewFinding] {
            let came: VersionVector = [.h: 2]
            let planned = Recorded(Dot(.h, 2), .plan(.route, .entity(first)), seen: [.h: 1])
            let state = state {
                $0.apply([planned], dot: planned.dot, context: [.h: 1])
                $0.write(
                    Dot(.a, 1), seen: came, as: Self.amy, .fact(.arrived(Arrival(attempt: 1))))
                $0.write(Dot(.a, 2), seen: [.h: 2, .a: 1], as: Self.amy, Self.delivery())
                // The office writes something else in between.
                $0.write(Dot(.h, 3), seen: came, .address("y"))
                let driver = Change.Body.plan(.driver, .name("bob"))
                var context = seen
                context.raise(.h, to: 3)
                if isNamed {
                    $0.write(Dot(.h, 4), seen: context, driver, .plan(.route, value))
                } else {
                    $0.write(Dot(.h, 4), seen: context, .plan(.route, value))
                }
            }
            return ReviewRules.findings(in: state, past: [planned])
        }
        // One review, on the first of the visit.
        let removed = day(.none)
        #expect(removed.map(\.kind) == [.removedAfterArrival])
        #expect(removed.first?.sides.first?.change == ChangeID(high: 0xA, low: 1))
        // Put on another route while he was there, unless both knew of it.
        #expect(day(.entity(route)).map(\.kind) == [.removedAfterArrival])
        #expect(day(.entity(first)) == [])
        #expect(day(.entity(route), seen: [.h: 2, .a: 2]) == [])
        #expect(day(.none, seen: [.h: 2, .a: 2]) == [])
        // With another driver, that one's delivery says it.
        #expect(day(.entity(route), isNamed: true).map(\.kind) == [.deliveredAfterReassign])
    }

    // L9.
    @Test func deletedUnawareOfWhatHappenedThere() {
        func day(seen: VersionVector) -> EntityState {
            state {
                $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, .note("狗"))
                $0.write(Dot(.a, 2), seen: [.h: 1, .a: 1], as: Self.amy, Self.delivery())
                $0.write(Dot(.h, 2), seen: seen, .delete)
            }
        }
        #expect(kinds(day(seen: [.h: 1])) == [.deletedAfterFact])
        #expect(!day(seen: [.h: 1]).isHidden)
        // It knew of the note, not of the delivery.
        let half = ReviewRules.findings(in: day(seen: [.h: 1, .a: 1]))
        #expect(half.map(\.kind) == [.deletedAfterFact])
        #expect(half.first?.sides.contains { $0.change == ChangeID(high: 0xA, low: 2) } == true)
        #expect(kinds(day(seen: [.h: 1, .a: 2])) == [])
        #expect(day(seen: [.h: 1, .a: 2]).isHidden)
    }

    // Scenario 17.
    @Test func aClockThatIsFarOff() {
        let hour: Int64 = 3_600_000
        func day(wall: Int64, hlc: Int64, received: Int64) -> [ReviewFinding] {
            var stamp = Stamp.by("amy", .driver, hlc: hlc, received: received)
            stamp.writtenAt = wall
            return ReviewRules.findings(
                in: state {
                    $0.write(Dot(.a, 1), as: stamp, .note("1"))
                    $0.write(Dot(.a, 2), seen: [.a: 1], as: stamp, .note("2"))
                })
        }
        let ahead = day(wall: 113 * hour, hlc: 113 * hour, received: 100 * hour)
        #expect(ahead.map(\.kind) == [.clockFarOff])
        #expect(ahead.first?.sides.map(\.change) == [ChangeID(high: 0xA, low: 1)])
        #expect(day(wall: 80 * hour, hlc: 100 * hour, received: 100 * hour).count == 1)
        // Offline for three days is not a wrong clock.
        #expect(day(wall: 28 * hour, hlc: 28 * hour, received: 100 * hour) == [])
        #expect(day(wall: 111 * hour, hlc: 111 * hour, received: 100 * hour) == [])
        #expect(day(wall: .min, hlc: .max, received: .max).count == 1)
    }

    // Scenario 22.
    @Test func anotherPersonBroughtIt() {
        var stamp = Self.amy
        stamp.carriedBy = "boss"
        #expect(kinds(state { $0.write(Dot(.a, 1), as: stamp, .note("n")) }) == [.carriedByOther])
    }

    // Scenario 24.
    @Test func meters() {
        func read(_ milli: Int64) -> Change.Body { .fact(.meterRead(MeterReading(milli: milli))) }
        let last = Change.Body.plan(.lastReading, .integer(1_000))
        let below = state {
            $0.write(Dot(.h, 2), seen: [.h: 1], last)
            $0.write(Dot(.a, 1), seen: [.h: 2], as: Self.amy, read(900), Self.delivery())
        }
        #expect(kinds(below) == [.meterBelow])
        #expect(below.stop.status == .delivered)
        #expect(below.account().isPricingBlocked && below.account().due == nil)
        let twice = state {
            $0.write(Dot(.a, 1), as: Self.amy, read(1_200))
            $0.write(Dot(.b, 1), as: Self.bob, read(1_250))
        }
        #expect(kinds(twice) == [.meterTwice])
        #expect(twice.account().meters.map(\.reading.milli) == [1_200, 1_250])
        let startAndEnd = state {
            $0.write(Dot(.h, 2), seen: [.h: 1], last)
            $0.write(Dot(.a, 1), as: Self.amy, read(1_100), read(1_200))
        }
        #expect(kinds(startAndEnd) == [])
        #expect(startAndEnd.account().meters.map(\.usageMilli) == [100, 200])
    }

    // Scenario 25.
    @Test func moreEmptiesThanTheCustomerHeld() {
        func day(_ empties: Int) -> EntityState {
            state {
                $0.write(Dot(.h, 2), seen: [.h: 1], .plan(.holds, .quantities([.kg20: 2])))
                $0.write(
                    Dot(.a, 1), seen: [.h: 2], as: Self.amy,
                    Self.delivery(collected: [.kg20: empties]))
            }
        }
        #expect(kinds(day(3)) == [.moreEmptiesThanHeld])
        #expect(day(3).stop.collected == [.kg20: 3])
        #expect(kinds(day(2)) == [])
    }

    @Test func oneCylinderAtTwoStops() {
        let noon = (CivilDate(yyyymmdd: 20_261_122)?.startUnixMilliseconds ?? 0) + 12 * 3_600_000
        func stop(
            _ id: UInt64, _ dot: Dot, _ hours: Int64, _ serials: Identifier...
        ) -> EntityState {
            var state = EntityState(id: EntityID(.stop, Bits128(high: 0, low: id)))
            let scanned = noon + hours * 3_600_000
            let stamp = Stamp.by("amy", .driver, hlc: scanned, received: scanned)
            state.write(dot, as: stamp, Self.delivery(serials: serials))
            return state
        }
        let (a, b) = (stop(1, Dot(.a, 1), 0, "S1", "S2"), stop(2, Dot(.b, 1), 11, "S2"))
        let found = ReviewRules.findings(between: a, and: b)
        #expect(found == ReviewRules.findings(between: b, and: a))
        #expect(found.map(\.kind) == [.serialTwice])
        #expect(found.first?.entity == a.id && found.first?.others == [b.id])
        #expect(ReviewRules.findings(between: a, and: stop(2, Dot(.b, 1), 12, "S2")) == [])
        #expect(ReviewRules.findings(between: a, and: stop(2, Dot(.b, 1), 0, "S3")) == [])
        #expect(ReviewRules.findings(between: a, and: a) == [])
    }

    // Scenario 29.
    @Test func creditWasBlockedMeanwhile() {
        func day(_ method: PaymentMethod, seen: VersionVector = [.h: 2]) -> EntityState {
            state {
                $0.write(Dot(.h, 2), seen: [.h: 1], .plan(.payment, .name(method.code)))
                $0.write(Dot(.a, 1), seen: [.h: 2], as: Self.amy, Self.delivery())
                $0.write(
                    Dot(.h, 3), seen: seen, as: .by("fin", .finance),
                    .plan(.creditHold, .flag(true)))
            }
        }
        #expect(kinds(day(.monthly)) == [.creditBlocked])
        #expect(kinds(day(.cash)) == [])
        #expect(kinds(day(.monthly, seen: [.h: 2, .a: 1])) == [])
    }

    @Test func anUnplannedStop() {
        var state = EntityState(id: .stop)
        let added = AddedStop(
            code: "臨1", date: CivilDate(yyyymmdd: 20_261_122), price: Self.nt(950),
            customer: "陳太太", address: "更生路 3 號", note: "後門")
        state.write(Dot(.a, 1), as: Self.amy, .fact(.stopAdded(added)), Self.delivery([.kg20: 1]))
        #expect(kinds(state) == [.unplannedDelivery])
        let stop = state.stop
        #expect(stop.code == "臨1" && stop.driver == "amy" && stop.customer == "陳太太")
        #expect(stop.address == "更生路 3 號" && stop.notes == ["後門"])
        #expect(stop.status == .delivered)
        // The driver's price is his word until the office says one.
        #expect(state.account().due == nil)
        var policy = Policy.standard
        policy.unplanned = .driverPrices
        #expect(state.account(policy: policy).due == Self.nt(950))
        state.write(Dot(.h, 1), seen: [.a: 1], .plan(.price, .money(Self.nt(900))))
        #expect(state.account().due == Self.nt(900))
    }
}
