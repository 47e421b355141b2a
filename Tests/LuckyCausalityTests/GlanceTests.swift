import LuckyModel
import TestSupport
import Testing

@testable import LuckyCausality

/// What the search for reviews leaves out would have found nothing.
@Suite struct GlanceTests {
    /// Of every rule that looks at more than the plan.
    private static let all: Set<ReviewKind> = [
        .clockFarOff, .carriedByOther, .meterTwice, .deliveredTwice, .cashTwice,
        .correctionsContradict, .correctedAfterInvoice, .deliveredAndFailed, .shiftTooLong,
        .unplannedDelivery, .cashDiffers, .deletedAfterFact, .removedAfterArrival,
        .planContested, .deliveredAfterCancel, .routeForceClosed,
    ]

    @Test func aShortSearchFindsWhatAFullOneFinds() throws {
        var random = SeededGenerator.current()
        var seen: Set<ReviewKind> = []
        for _ in 0..<400 {
            let story = ReviewStory(using: &random)
            var hub = ReviewOrderTests.Hub()
            for write in story.writes {
                hub.take(Self.strange(write, using: &random))
                try hold(hub.state.glance == Glance(hub.state.facts.values), "\(story)")
                let past = Bool.random(using: &random) ? hub.past : nil
                let found = ReviewRules.findings(in: hub.state, past: past)
                let full = ReviewRules.findingsInFull(in: hub.state, past: past)
                try hold(
                    found == full,
                    "found \(story.words(Set(found))), not \(story.words(Set(full))): \(story)")
                seen.formUnion(found.map(\.kind))
            }
        }
        #expect(Self.all.subtracting(seen).isEmpty, "never found: \(Self.all.subtracting(seen))")
    }

    /// Kept along, it is what it would be of all facts, also where one takes another's place.
    @Test func whatIsKeptAlongIsWhatAllFactsShow() throws {
        var random = SeededGenerator.current()
        for _ in 0..<200 {
            let story = ReviewStory(using: &random)
            var state = EntityState(id: EntityID(.stop, Bits128(high: 0, low: 1)))
            let facts = story.writes.flatMap(\.changes).filter { $0.fact != nil }
            for _ in 0..<12 {
                guard var fact = facts.randomElement(using: &random) else { break }
                if Bool.random(using: &random) {
                    fact.stamp.carriedBy = Bool.random(using: &random) ? "bob" : nil
                    fact.body = .fact(
                        Bool.random(using: &random) ? .noteAdded(Note("x")) : .routeStarted)
                }
                if Int.random(in: 0..<8, using: &random) == 0 {
                    state.keepFacts { $0.ref != fact.ref }
                } else {
                    state.put(fact)
                }
                try hold(state.glance == Glance(state.facts.values), "\(story)")
                for kind in Set(facts.compactMap(\.fact?.kind)) {
                    let all = state.facts.values.filter { $0.fact?.kind == kind }
                    try hold(Set(state.facts(of: kind)) == Set(all), "\(story)")
                }
            }
        }
    }

    /// Now and then with a clock that is far off, brought by another, or with a fact that stops as
    /// a rule do not have.
    private static func strange(
        _ write: ReviewStory.Write, using random: inout some RandomNumberGenerator
    ) -> ReviewStory.Write {
        var write = write
        let hours = Int.random(in: 0...9, using: &random) == 0 ? Int64(13) : 0
        let carrier: Identifier? = Int.random(in: 0...9, using: &random) == 0 ? "bob" : nil
        for index in write.changes.indices where write.changes[index].fact != nil {
            write.changes[index].stamp.writtenAt -= hours * 3_600_000
            write.changes[index].stamp.carriedBy = carrier
        }
        guard Int.random(in: 0...2, using: &random) == 0 else { return write }
        var stamp = write.changes.first?.stamp ?? .by("desk")
        stamp.writtenAt += Int64.random(in: 0...1, using: &random) * 20 * 3_600_000
        write.changes.append(
            Recorded(
                write.dot, .fact(fact(about: write, using: &random)), seen: write.seen, stamp,
                index: write.changes.count))
        return write
    }

    private static func fact(
        about write: ReviewStory.Write, using random: inout some RandomNumberGenerator
    ) -> Fact {
        switch Int.random(in: 0...7, using: &random) {
        case 0: .shiftStarted(ShiftStart(float: .zero))
        case 1: .shiftEnded(ShiftEnd())
        case 2: .routeCompleted
        case 3: .stopAdded(AddedStop(customer: "x"))
        case 4:
            .settled(
                Settlement(
                    due: .dollars(Bool.random(using: &random) ? 0 : 5) ?? .zero, received: .zero,
                    covers: write.changes.map(\.ref)))
        case 5: .noteAdded(Note("x"))
        case 6:
            .corrected(
                Correction(
                    of: FactRef(change: ChangeID(high: 0xA, low: 1), index: 0), seen: [],
                    to: .withdrawn))
        default: .meterRead(MeterReading(milli: 300))
        }
    }
}
