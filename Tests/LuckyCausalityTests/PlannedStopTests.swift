import LuckyCausality
import LuckyModel
import TestSupport
import Testing

/// A stop whose plan was read before is the one that reading it again gives.
@Suite struct PlannedStopTests {
    @Test func aPlanThatIsKnownGivesTheSameStop() throws {
        var random = SeededGenerator.current()
        var (kept, redacted) = (0, 0)
        for _ in 0..<400 {
            let story = ReviewStory(using: &random)
            var state = EntityState(id: .stop)
            var planned = state.planned
            for var write in story.writes {
                write = Self.longer(write, on: state, using: &random)
                state.apply(write.changes, dot: write.dot, context: write.seen)
                if write.changes.contains(where: { $0.plan != nil }) {
                    planned = state.planned
                } else {
                    kept += 1
                }
                if !state.redacted.isEmpty { redacted += 1 }
                try hold(state.stop(planned: planned) == state.stop, "\(story)")
            }
        }
        #expect(kept > 100)
        #expect(redacted > 100)
    }

    /// With what a story lacks: words of persons, and that they are taken away.
    private static func longer(
        _ write: ReviewStory.Write, on state: EntityState,
        using random: inout some RandomNumberGenerator
    ) -> ReviewStory.Write {
        let words = "\(Int.random(in: 0...9, using: &random))"
        let addresses = state.fields[.address]?.siblings ?? []
        let targets = addresses.map(\.ref) + state.facts.keys.sorted()
        let body: Change.Body
        switch Int.random(in: 0...11, using: &random) {
        case 0, 1: body = .plan(.address, .text(words))
        case 2: body = .plan(.sequence, .integer(3))
        case 3: body = .fact(.stopAdded(AddedStop(customer: words)))
        case 4, 5: body = .fact(.noteAdded(Note(words)))
        case 6:
            guard let target = targets.randomElement(using: &random) else { return write }
            body = .fact(.redacted(Redaction(of: target)))
        default: return write
        }
        var write = write
        write.changes.append(
            Recorded(
                write.dot, body, seen: write.seen, write.changes.first?.stamp ?? .by("desk"),
                index: write.changes.count))
        return write
    }
}
