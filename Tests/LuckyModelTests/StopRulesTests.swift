import LuckyModel
import Testing

@Suite struct StopRulesTests {
    private func stop(_ facts: Fact...) -> Stop {
        var story = Story()
        for fact in facts { story.add(fact) }
        return story.stop()
    }

    @Test func arrive() throws {
        #expect(try StopRules.arrive(at: stop()) == .arrived(Arrival(attempt: 1)))
        #expect(throws: StopRefusal.alreadyArrived) { try StopRules.arrive(at: stop(.arrival())) }
        #expect(throws: StopRefusal.alreadyClosed(.delivered)) {
            try StopRules.arrive(at: stop(.delivery([.kg20: 2])))
        }
        #expect(throws: StopRefusal.alreadyClosed(.failed)) {
            try StopRules.arrive(at: stop(.absent()))
        }
    }

    private func complete(
        _ delivered: Quantities, collected: Quantities = [:], residual: Int = 0,
        recipient: String? = nil, cash: Money? = nil, at stop: Stop? = nil
    ) throws -> [Fact] {
        try StopRules.complete(
            stop ?? self.stop(),
            handover: Handover(
                delivered: delivered, collected: collected, residualGrams: residual),
            recipient: recipient, cash: cash)
    }

    @Test func completing() throws {
        let paid = try complete([.kg20: 2], recipient: "王", cash: Money.dollars(1900))
        #expect(paid.count == 2)
        #expect(paid.last == .cash(1900))
        #expect(try complete([.kg20: 2], cash: .zero).count == 1)
        #expect(try complete([.kg20: 2], at: stop(.arrival())).count == 1)
        #expect(try complete([:], collected: [.kg20: 1]).count == 1)
        #expect(try complete([.kg20: 10_000], residual: 10_000_000).count == 1)
    }

    /// L3: what happened at the door beats the plan, also a plan that the driver had seen.
    @Test func aKnownCancelIsNoLastWord() throws {
        let cancelled = Stop(
            id: EntityID(.stop, Bits128(high: 0, low: 1)),
            plan: { $0 == .cancelled ? .flag(true) : .none }, facts: [])
        let handover = Handover(delivered: [.kg20: 2])
        #expect(throws: StopRefusal.alreadyClosed(.cancelled)) {
            try StopRules.complete(cancelled, handover: handover, recipient: nil, cash: nil)
        }
        let facts = try StopRules.complete(
            cancelled, handover: handover, recipient: nil, cash: Money.dollars(1900),
            despiteCancel: true)
        #expect(facts.count == 2)
        #expect(throws: StopRefusal.alreadyClosed(.delivered)) {
            try StopRules.complete(
                stop(.delivery([.kg20: 2])), handover: handover, recipient: nil, cash: nil,
                despiteCancel: true)
        }
    }

    @Test func completingIsRefused() {
        let refusals: [(StopRefusal, () throws -> [Fact])] = [
            (.nothingHandedOver, { try complete([:]) }),
            (.nothingHandedOver, { try complete([.kg20: 0]) }),
            (.outOfRange, { try complete([.kg20: -1]) }),
            (.outOfRange, { try complete([.kg20: 1], collected: [.kg20: -1]) }),
            (.outOfRange, { try complete([.kg20: 10_001]) }),
            (.outOfRange, { try complete([.kg20: .min]) }),
            (.outOfRange, { try complete([.kg20: 1], residual: -1) }),
            (.outOfRange, { try complete([.kg20: 1], residual: .max) }),
            (.outOfRange, { try complete([.kg20: 1], cash: Money.dollars(-1)) }),
            // Longer than a hub reads: it would be quarantined.
            (
                .textTooLong,
                { try complete([.kg20: 1], recipient: String(repeating: "字", count: 6000)) }
            ),
            (
                .alreadyClosed(.partiallyDelivered),
                { try complete([.kg20: 1], at: stop(.delivery([.kg20: 1]))) }
            ),
            (.alreadyClosed(.failed), { try complete([.kg20: 1], at: stop(.absent())) }),
        ]
        for (refusal, body) in refusals {
            #expect(throws: refusal) { try body() }
        }
    }

    @Test func fail() throws {
        #expect(
            try StopRules.fail(stop(), reason: .absent, note: "x")
                == .failed(Failure(.absent, attempt: 1, note: "x")))
        #expect(throws: StopRefusal.alreadyClosed(.failed)) {
            try StopRules.fail(stop(.absent()), reason: .safety, note: nil)
        }
        #expect(throws: StopRefusal.textTooLong) {
            try StopRules.fail(
                stop(), reason: .other, note: String(repeating: "a", count: 16 * 1024 + 1))
        }
    }

    @Test func correctNamesTheLastAndAllItsCorrections() throws {
        var story = Story()
        story.add(.delivery([.kg20: 1]))
        let last = story.add(.delivery([.kg20: 2]))
        let left = story.correct(last, to: .withdrawn)
        let right = story.correct(last, to: .withdrawn)
        let value = HandedOver(Handover(delivered: [.kg20: 4]), attempt: 1)
        let fact = try StopRules.correct(story.records, to: .handedOver(value), kind: .handover)
        #expect(
            fact == .corrected(Correction(of: last, seen: [left, right], to: .handedOver(value))))
        story.add(fact)
        #expect(story.stop().delivered == [.kg20: 5])
        #expect(Corrections.effective(story.records)[1].standing.count == 1)
    }

    /// The cash was forgotten at the handover: it becomes a receipt of its own.
    @Test func cashIsAddedWhereNoneWasRecorded() throws {
        var story = Story()
        story.add(.delivery([.kg20: 1]))
        let receipt = CashReceipt(try #require(Money.dollars(1900)))
        #expect(
            try StopRules.correct(story.records, to: .cashReceived(receipt), kind: .cash)
                == .cashReceived(receipt))
        #expect(throws: StopRefusal.nothingToCorrect) {
            try StopRules.correct([], to: .cashReceived(receipt), kind: .cash)
        }
    }

    @Test func correctIsRefused() {
        var story = Story()
        story.add(.delivery([.kg20: 1]))
        let records = story.records
        func handover(_ delivered: Quantities) -> Correction.Replacement {
            .handedOver(HandedOver(Handover(delivered: delivered), attempt: 1))
        }
        let minus = CashReceipt(Money.dollars(-1) ?? .zero)
        let refusals: [(StopRefusal, () throws -> Fact)] = [
            (.nothingToCorrect, { try StopRules.correct(records, to: .withdrawn, kind: .cash) }),
            (.nothingToCorrect, { try StopRules.correct(records, to: .withdrawn, kind: .failure) }),
            (.nothingToCorrect, { try StopRules.correct([], to: .withdrawn, kind: .handover) }),
            (.nothingToCorrect, { try StopRules.correct(records, to: .unknown, kind: .handover) }),
            (
                .nothingToCorrect,
                {
                    try StopRules.correct(
                        records, to: .cashReceived(CashReceipt(.zero)), kind: .handover)
                }
            ),
            (
                .outOfRange,
                { try StopRules.correct(records, to: handover([.kg20: -1]), kind: .handover) }
            ),
            (
                .outOfRange,
                { try StopRules.correct(records, to: .cashReceived(minus), kind: .cash) }
            ),
            (
                .nothingHandedOver,
                { try StopRules.correct(records, to: handover([:]), kind: .handover) }
            ),
        ]
        for (refusal, body) in refusals {
            #expect(throws: refusal) { try body() }
        }
    }

    @Test func everyRefusalHasItsOwnCode() {
        let all: [StopRefusal] = [
            .alreadyClosed(.failed), .alreadyArrived, .nothingToCorrect, .outOfRange,
            .nothingHandedOver, .handedOver, .proofMissing, .stopsOpen(1), .alreadySaid, .onDuty, .offDuty,
            .severalShifts(2), .textTooLong, .controlCharacter, .codeTaken("X1"),
        ]
        #expect(Set(all.map(\.code)).count == all.count)
    }
}
