import LuckyModel
import Testing

/// L1: a correction names the original and the corrections it had seen.
@Suite struct CorrectionTests {
    private let one = HandedOver(Handover(delivered: [.kg20: 1]), attempt: 1)
    private let three = HandedOver(Handover(delivered: [.kg20: 3]), attempt: 1)

    @Test func theLastOneSeenCounts() {
        var story = Story()
        let original = story.add(.delivery([.kg20: 2]))
        let first = story.correct(original, to: .handedOver(one))
        #expect(story.stop().delivered == [.kg20: 1])
        #expect(story.stop().status == .partiallyDelivered)
        story.correct(original, seen: [first], to: .handedOver(three))
        #expect(story.stop().delivered == [.kg20: 3])
        #expect(Corrections.effective(story.records)[0].standing.count == 1)
    }

    @Test func withdrawnIsAsIfItHadNotHappened() {
        var story = Story()
        story.add(.arrival())
        let gas = story.add(.delivery([.kg20: 2]))
        let cash = story.add(.cash(1900))
        story.correct(gas, to: .withdrawn)
        #expect(story.stop().status == .arrived)
        #expect(story.stop().delivered == [:])
        #expect(story.stop().closedAt == nil)
        #expect(story.stop().cash == Money.dollars(1900))
        let withdrawn = story.correct(cash, to: .withdrawn)
        #expect(story.stop().cash == .zero)
        // And back.
        story.correct(cash, seen: [withdrawn], to: .cashReceived(CashReceipt(.zero)))
        #expect(story.stop().cash == .zero)
        var failure = Story()
        let absent = failure.add(.absent())
        failure.correct(absent, to: .withdrawn)
        #expect(failure.stop().status == .pending)
    }

    @Test func aFailureMayTurnOutADelivery() {
        var story = Story()
        let absent = story.add(.absent())
        let source = story.correct(absent, to: .handedOver(three))
        #expect(story.stop().status == .delivered)
        #expect(story.stop().failure == nil)
        #expect(Corrections.effective(story.records)[0].source == source)
    }

    /// What a person says at the door: it was handed over after all, and paid; then once more.
    @Test func aFailureIsCorrectedAsAHandover() throws {
        func say(_ story: inout Story, _ delivered: Quantities) throws {
            let value = HandedOver(Handover(delivered: delivered), attempt: 1)
            story.add(
                try StopRules.correct(story.records, to: .handedOver(value), kind: .handover))
        }
        var story = Story()
        let absent = story.add(.absent())
        try say(&story, [.kg20: 2])
        #expect(story.stop().status == .delivered && story.stop().delivered == [.kg20: 2])
        #expect(story.stop().failure == nil)
        #expect(StopRules.lastHandover(story.records)?.handover.delivered == [.kg20: 2])
        let money = CashReceipt(Money.dollars(1_900) ?? .zero)
        story.add(try StopRules.correct(story.records, to: .cashReceived(money), kind: .cash))
        #expect(story.stop().cash == money.amount)
        // The same fact is corrected again, and may be withdrawn.
        try say(&story, [.kg20: 1])
        #expect(story.stop().delivered == [.kg20: 1])
        #expect(Corrections.effective(story.records)[0].record.ref == absent)
        #expect(Corrections.effective(story.records)[0].standing.count == 1)
        story.add(try StopRules.correct(story.records, to: .withdrawn, kind: .handover))
        #expect(story.stop().status == .pending && story.stop().delivered == [:])
    }

    /// Failed, delivered, both taken back, failed again: what counts is corrected, not what is last.
    @Test func whatCountsIsCorrectedBeforeWhatWasWithdrawn() throws {
        var story = Story()
        func say(_ value: Correction.Replacement, _ kind: CorrectionKind) throws {
            story.add(try StopRules.correct(story.records, to: value, kind: kind))
        }
        story.add(.absent())
        try say(.withdrawn, .failure)
        story.add(.delivery([.kg20: 3]))
        try say(.withdrawn, .handover)
        try say(.failed(Failure(.absent, attempt: 1)), .failure)
        for count in [2, 1] {
            try say(
                .handedOver(HandedOver(Handover(delivered: [.kg20: count]), attempt: 1)), .handover)
            #expect(story.stop().delivered == [.kg20: count])
            #expect(StopRules.lastHandover(story.records)?.handover.delivered == [.kg20: count])
        }
        try say(.withdrawn, .handover)
        #expect(story.stop().delivered == [:] && story.stop().status == .pending)
        #expect(StopRules.lastHandover(story.records) == nil)
    }

    @Test func aHandoverIsCorrectedAsAFailureOnlyWhereNoneWasRecorded() throws {
        let failed = Correction.Replacement.failed(Failure(.absent, attempt: 1))
        var story = Story()
        story.add(.delivery([.kg20: 2]))
        story.add(try StopRules.correct(story.records, to: failed, kind: .failure))
        #expect(story.stop().status == .failed && story.stop().delivered == [:])
        #expect(throws: StopRefusal.nothingToCorrect) {
            try StopRules.correct([], to: failed, kind: .failure)
        }
    }

    @Test func aFailureBesideAHandoverIsLeftAlone() throws {
        let value = HandedOver(Handover(delivered: [.kg20: 3]), attempt: 1)
        // Of two phones one failed and one delivered; the gas is counted once.
        var both = Story()
        both.add(.delivery([.kg20: 2]))
        both.add(.absent())
        both.add(try StopRules.correct(both.records, to: .handedOver(value), kind: .handover))
        #expect(both.stop().delivered == [.kg20: 3])
        // The office opened another attempt: what failed before stays failed.
        var again = Story()
        again.add(.absent())
        let later = HandedOver(Handover(delivered: [.kg20: 3]), attempt: 2)
        #expect(throws: StopRefusal.nothingToCorrect) {
            try StopRules.correct(again.records, to: .handedOver(later), kind: .handover)
        }
    }

    @Test func twoThatHadNotSeenEachOtherBothStand() {
        var story = Story()
        let original = story.add(.delivery([.kg20: 2]))
        let left = story.correct(original, to: .handedOver(one))
        let right = story.correct(original, to: .handedOver(three))
        let effective = Corrections.effective(story.records)[0]
        #expect(effective.standing == [left, right])
        // The later in display order is shown.
        #expect(effective.value == .handedOver(three))
        #expect(effective.source == right)
        story.correct(original, seen: [left, right], to: .handedOver(one))
        #expect(Corrections.effective(story.records)[0].standing.count == 1)
        #expect(story.stop().delivered == [.kg20: 1])
    }

    /// An older phone must not show a delivered stop as open: the driver would deliver again.
    @Test func oneOfANewerBuildLeavesTheValueBeforeIt() {
        var story = Story()
        let original = story.add(.delivery([.kg20: 2]))
        let newer = story.correct(original, to: .unknown)
        #expect(story.stop().status == .delivered)
        #expect(Corrections.effective(story.records)[0].standing == [newer])
        #expect(Corrections.effective(story.records)[0].source == original)
    }

    @Test func oddOnesDoNotTrapOrLoop() {
        var story = Story()
        let original = story.add(.delivery([.kg20: 2]))
        let next = FactRef(change: ChangeID(high: 0, low: 2), index: 0)
        // Sees itself; names what is not there; names a correction as its original.
        let odd = story.correct(original, seen: [next], to: .withdrawn)
        #expect(odd == next)
        story.correct(FactRef(change: ChangeID(high: 9, low: 9), index: 1), to: .withdrawn)
        story.correct(odd, to: .withdrawn)
        #expect(story.stop().delivered == [.kg20: 2])
        #expect(Corrections.effective([]) == [])
    }

    @Test func manyFactsAreNoMatter() {
        var story = Story()
        for _ in 0..<2000 {
            let cash = story.add(.cash(1))
            story.correct(cash, to: .cashReceived(CashReceipt(Money.dollars(2) ?? .zero)))
        }
        #expect(story.stop().cash == Money.dollars(4000))
    }
}
