import LuckyCausality
import LuckyModel
import TestSupport
import Testing

/// The same changes open the same reviews (L4), in whichever order a hub hears of them.
@Suite struct ReviewOrderTests {
    /// A hub that opens what it finds after each changeset, and keeps what was written over.
    struct Hub {
        var state = EntityState(id: .stop)
        var past: [Recorded] = []
        var opened: Set<ReviewFinding> = []
        var isForgetful = false

        mutating func take(_ write: ReviewStory.Write) {
            let before = state.fields.values.flatMap(\.siblings)
            state.apply(write.changes, dot: write.dot, context: write.seen)
            let standing = Set(state.fields.values.flatMap(\.siblings).map(\.ref))
            if !isForgetful {
                past += (before + write.changes).filter {
                    $0.plan != nil && !standing.contains($0.ref)
                }
            }
            opened.formUnion(ReviewRules.findings(in: state, past: past))
        }

        /// What a device that is as far shows, which has not kept what was written over.
        var shownByDevice: Set<ReviewFinding> { Set(ReviewRules.findings(in: state)) }
    }

    /// Every order in which each change comes after all that its writer had seen.
    @Test func everyOrderOpensTheSameReviews() throws {
        try Budget.current("cross-stops").run { random in
            let story = ReviewStory(using: &random)
            var first: Set<ReviewFinding>?
            for _ in 0..<3 {
                var hub = Hub()
                for write in story.shuffled(using: &random) {
                    hub.take(write)
                    let early = hub.shownByDevice.subtracting(hub.opened)
                    try hold(early.isEmpty, "a device shows \(story.words(early)): \(story)")
                }
                // What was opened is what the whole shows: more changes take nothing back.
                let shown = Set(ReviewRules.findings(in: hub.state, past: hub.past))
                try hold(
                    hub.opened == shown,
                    "opened \(story.words(hub.opened)), shown \(story.words(shown)): \(story)")
                let other = first ?? hub.opened
                try hold(
                    hub.opened == other,
                    "\(story.words(hub.opened)), not \(story.words(other)): \(story)")
                first = hub.opened
            }
        }
    }

    /// Without the past the orders differ: what the property above is for.
    @Test func withoutThePastTheOrderShows() {
        let office = Stamp.by("office")
        let amy = Stamp.by("amy", .driver)
        let planned = ReviewStory.Write(
            Dot(.h, 1), seen: [:], office, [.plan(.driver, .name("amy"))])
        let cancel = ReviewStory.Write(Dot(.h, 2), seen: [.h: 1], office, [.cancel])
        let back = ReviewStory.Write(
            Dot(.h, 3), seen: [.h: 2], office, [.plan(.cancelled, .flag(false))])
        let delivery = ReviewStory.Write(Dot(.a, 1), seen: [.h: 1], amy, [.handover])
        func opened(_ order: [ReviewStory.Write], isForgetful: Bool) -> [ReviewKind] {
            var hub = Hub(isForgetful: isForgetful)
            for write in order { hub.take(write) }
            return hub.opened.map(\.kind)
        }
        let (early, late) = (
            [planned, cancel, delivery, back], [planned, cancel, back, delivery]
        )
        #expect(opened(early, isForgetful: true) == [.deliveredAfterCancel])
        #expect(opened(late, isForgetful: true) == [])
        #expect(opened(early, isForgetful: false) == [.deliveredAfterCancel])
        #expect(opened(late, isForgetful: false) == [.deliveredAfterCancel])
    }

    /// Where he came for two routes, and one was written over since; or where he was replaced, and
    /// that was taken back.
    @Test func aDeviceShowsNothingThatTheHubDoesNotOpen() {
        let office = Stamp.by("office")
        let amy = Stamp.by("amy", .driver)
        func route(_ key: UInt64) -> Change.Body {
            .plan(.route, .entity(EntityID(.route, Bits128(high: 0, low: key))))
        }
        let start = [
            ReviewStory.Write(
                Dot(.h, 1), seen: [:], office, [route(8), .plan(.driver, .name("amy"))]),
            ReviewStory.Write(Dot(.c, 1), seen: [:], office, [route(9)]),
            ReviewStory.Write(
                Dot(.a, 1), seen: [.h: 1, .c: 1], amy, [.fact(.arrived(Arrival(attempt: 1)))]),
        ]
        let again = [ReviewStory.Write(Dot(.h, 2), seen: [.h: 1], office, [route(8)])]
        let replaced = [
            ReviewStory.Write(Dot(.h, 2), seen: [.h: 1], office, [.plan(.driver, .name("bob"))]),
            ReviewStory.Write(Dot(.h, 3), seen: [.h: 2], office, [route(7)]),
            ReviewStory.Write(Dot(.h, 4), seen: [.h: 3], office, [.plan(.driver, .name("amy"))]),
        ]
        for rest in [again, replaced] {
            var hub = Hub()
            for write in start + rest {
                hub.take(write)
                #expect(hub.shownByDevice.isSubset(of: hub.opened))
            }
            #expect(!hub.opened.map(\.kind).contains(.removedAfterArrival))
        }
    }

    /// What the office put right before the driver acted is none of his, if he knew.
    @Test func whatWasKnownToBePutRightContradictsNothing() {
        for (seen, kinds) in [
            ([.h: 1], [.deliveredAfterCancel]), ([.h: 2], [.deliveredAfterCancel]), ([.h: 3], []),
        ] as [(VersionVector, [ReviewKind])] {
            var hub = Hub()
            let office = Stamp.by("office")
            let amy = Stamp.by("amy", .driver)
            func take(_ dot: Dot, _ seen: VersionVector, _ stamp: Stamp, _ body: Change.Body) {
                hub.take(ReviewStory.Write(dot, seen: seen, stamp, [body]))
            }
            take(Dot(.h, 1), [:], office, .plan(.driver, .name("amy")))
            take(Dot(.h, 2), [.h: 1], office, .cancel)
            take(Dot(.h, 3), [.h: 2], office, .plan(.cancelled, .flag(false)))
            take(Dot(.a, 1), seen, amy, .handover)
            #expect(hub.opened.map(\.kind) == kinds)
        }
    }
}
