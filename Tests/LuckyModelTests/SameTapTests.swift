import LuckyModel
import Testing

/// The same change id again is the same tap only where it says the same.
@Suite struct SameTapTests {
    private static func handover(
        _ count: Int, attempt: Int = 1, recipient: String? = "王小姐", quoted: Int64? = nil,
        serials: [Identifier] = []
    ) -> HandedOver {
        HandedOver(
            Handover(delivered: [.kg20: count]), attempt: attempt, recipient: recipient,
            quoted: quoted.flatMap(Money.dollars), serials: serials)
    }
    private static let receipt = CashReceipt(Money.dollars(1900) ?? .zero)
    private static func ref(_ low: UInt64) -> FactRef {
        FactRef(change: ChangeID(high: 0, low: low), index: 0)
    }

    @Test func whatTheRulesAddIsNoDifference() {
        let same: [(Fact, Fact)] = [
            (.arrived(Arrival(attempt: 2)), .arrived(Arrival(attempt: 1))),
            (
                .handedOver(Self.handover(2, attempt: 3, quoted: 1900)),
                .handedOver(Self.handover(2))
            ),
            (
                .handedOver(Self.handover(2, recipient: nil)),
                .handedOver(Self.handover(2, recipient: ""))
            ),
            (.failed(Failure(.absent, attempt: 2)), .failed(Failure(.absent, attempt: 1))),
            (.noteAdded(Note(nil)), .noteAdded(Note(""))),
            (
                .corrected(Correction(of: Self.ref(7), seen: [Self.ref(8)], to: .withdrawn)),
                .corrected(Correction(of: Self.ref(1), seen: [], to: .withdrawn))
            ),
            (
                .cashReceived(Self.receipt),
                .corrected(
                    Correction(of: Self.ref(1), seen: [], to: .cashReceived(Self.receipt)))
            ),
            (
                .stopAdded(
                    AddedStop(code: "X1", date: CivilDate(text: "2026-11-22"), customer: "陳")),
                .stopAdded(AddedStop(customer: "陳"))
            ),
        ]
        for (recorded, asked) in same {
            #expect(Fact.are([recorded], whatWasAsked: [asked]), "\(recorded)")
            #expect(!Fact.are([recorded], whatWasAsked: [asked, .routeStarted]))
            #expect(!Fact.are([recorded], whatWasAsked: []))
        }
    }

    @Test func whatTheDriverSaysIs() {
        let different: [(Fact, Fact)] = [
            (.handedOver(Self.handover(2)), .handedOver(Self.handover(1))),
            (.handedOver(Self.handover(2)), .handedOver(Self.handover(2, serials: ["A"]))),
            (.handedOver(Self.handover(2)), .handedOver(Self.handover(2, recipient: "陳"))),
            (.failed(Failure(.absent, attempt: 1)), .failed(Failure(.safety, attempt: 1))),
            (
                .failed(Failure(.absent, attempt: 1, note: "x")),
                .failed(Failure(.absent, attempt: 1, note: "y"))
            ),
            (.arrived(Arrival(attempt: 1)), .failed(Failure(.absent, attempt: 1))),
            (.noteAdded(Note("a")), .noteAdded(Note("b"))),
            (.suggestedAddress(AddressSuggestion("a")), .noteAdded(Note("a"))),
            (.cashDropped(CashDrop(.zero)), .cashDropped(CashDrop(Self.receipt.amount))),
            (
                .cashReceived(Self.receipt),
                .corrected(Correction(of: Self.ref(1), seen: [], to: .withdrawn))
            ),
            (
                .stopAdded(AddedStop(code: "X1", customer: "陳")),
                .stopAdded(AddedStop(code: "X2", customer: "陳"))
            ),
            (.stopAdded(AddedStop(customer: "陳")), .stopAdded(AddedStop(customer: "林"))),
            (.stopAdded(AddedStop(phone: "089-1")), .stopAdded(AddedStop(phone: "089-2"))),
        ]
        for (recorded, asked) in different {
            #expect(!Fact.are([recorded], whatWasAsked: [asked]), "\(recorded)")
            #expect(Fact.are([recorded], whatWasAsked: [recorded]))
        }
    }

    @Test func whatWasRedactedIsNotCompared() {
        let recorded = Fact.handedOver(Self.handover(2, recipient: nil))
        let asked = Fact.handedOver(Self.handover(2))
        #expect(!Fact.are([recorded], whatWasAsked: [asked]))
        #expect(Fact.are([recorded], redacted: [0], whatWasAsked: [asked]))
        let other = Fact.handedOver(Self.handover(3))
        #expect(!Fact.are([recorded], redacted: [0], whatWasAsked: [other]))
    }
}
