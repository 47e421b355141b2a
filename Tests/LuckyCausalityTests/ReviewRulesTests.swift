import LuckyCausality
import LuckyModel
import Testing

/// L3, L4: which contradictions a state shows.
@Suite struct ReviewRulesTests {
    private func state(_ writes: (inout EntityState) -> Void) -> EntityState {
        var state = EntityState(id: .stop)
        state.write(Dot(.h, 1), .plan(.driver, .name("amy")), .address("x"))
        writes(&state)
        return state
    }

    private func kinds(_ state: EntityState) -> [ReviewKind] {
        ReviewRules.findings(in: state).map(\.kind)
    }

    private static let amy = Stamp.by("amy", .driver)
    private static let bob = Stamp.by("bob", .driver)

    @Test func nothingWhereAllIsWell() {
        let plain = state { $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, .handover) }
        #expect(kinds(plain) == [])
        // Cancelled after the delivery was known: the office's business.
        let known = state {
            $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, .handover)
            $0.write(Dot(.h, 2), seen: [.h: 1, .a: 1], .cancel)
            $0.write(Dot(.h, 3), seen: [.h: 2, .a: 1], .plan(.driver, .name("bob")))
        }
        #expect(kinds(known) == [])
    }

    @Test func deliveredUnawareOfTheCancelAndInSpiteOfIt() {
        for seen: VersionVector in [[.h: 1], [.h: 2]] {
            let both = state {
                $0.write(Dot(.h, 2), seen: [.h: 1], .cancel)
                $0.write(Dot(.a, 1), seen: seen, as: Self.amy, .handover)
            }
            #expect(kinds(both) == [.deliveredAfterCancel])
            #expect(both.stop.status == .delivered)
        }
    }

    @Test func foundOnBothReplicasInEitherOrder() {
        let phone = state {
            $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, .handover)
            $0.write(Dot(.h, 2), seen: [.h: 1], .cancel, .plan(.driver, .name("bob")))
        }
        let hub = state {
            $0.write(Dot(.h, 2), seen: [.h: 1], .cancel, .plan(.driver, .name("bob")))
            $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, .handover)
        }
        let findings = ReviewRules.findings(in: hub)
        #expect(findings == ReviewRules.findings(in: phone))
        #expect(findings.map(\.kind) == [.deliveredAfterCancel, .deliveredAfterReassign])
        let handover = FactRef(change: ChangeID(high: 0xA, low: 1), index: 0)
        #expect(findings.allSatisfy { $0.sides.contains(handover) && $0.sides.count == 2 })
        #expect(findings.allSatisfy { $0.sides == $0.sides.sorted() && $0.entity == .stop })
        // What else happens on the stop does not take it away.
        var later = hub
        later.write(Dot(.b, 1), .note("n"))
        later.write(Dot(.h, 3), seen: [.h: 2], .address("y"))
        #expect(ReviewRules.findings(in: later) == findings)
    }

    /// Had it been heard of between the two, the review would be there; who knew that it came back
    /// contradicts nothing.
    @Test func handedBackUnknownToWhoDelivered() {
        let bob = Recorded(Dot(.h, 2), .plan(.driver, .name("bob")), seen: [.h: 1])
        func back(seen: VersionVector) -> EntityState {
            state {
                $0.apply([bob], dot: bob.dot, context: bob.context)
                $0.write(Dot(.h, 3), seen: [.h: 2], .plan(.driver, .name("amy")))
                $0.write(Dot(.a, 1), seen: seen, as: Self.amy, .handover)
            }
        }
        func kinds(_ state: EntityState) -> [ReviewKind] {
            ReviewRules.findings(in: state, past: [bob]).map(\.kind)
        }
        #expect(kinds(back(seen: [.h: 1])) == [.deliveredAfterReassign])
        #expect(kinds(back(seen: [.h: 2])) == [.deliveredAfterReassign])
        #expect(kinds(back(seen: [.h: 3])) == [])
        // A device, which has no past, finds it when the hub says so.
        #expect(self.kinds(back(seen: [.h: 1])) == [])
    }

    private static let two = Change.Body.fact(
        .handedOver(HandedOver(Handover(delivered: [.kg20: 2]), attempt: 1)))

    @Test func deliveredTwiceUnawareOrInSpiteOfIt() {
        let twice = state {
            $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, .handover)
            // Other counts: not one handover that two phones tell.
            $0.write(Dot(.b, 1), seen: [.h: 1], as: Self.amy, Self.two)
        }
        #expect(kinds(twice) == [.deliveredTwice])
        let inTurn = state {
            $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, .handover)
            $0.write(Dot(.b, 1), seen: [.h: 1, .a: 1], as: Self.amy, .handover)
        }
        #expect(kinds(inTurn) == [.deliveredTwice])
        // A third opens further pairs; each pair is a review of its own.
        var third = twice
        third.write(Dot(.c, 1), seen: [.h: 1], as: Self.bob, .handover)
        let findings = ReviewRules.findings(in: third)
        #expect(findings.filter { $0.kind == .deliveredTwice }.count == 3)
        #expect(Set(findings).isSuperset(of: ReviewRules.findings(in: twice)))
    }

    @Test func deliveredAndFailedAtOnce() {
        func failure(_ attempt: Int = 1) -> Change.Body {
            .fact(.failed(Failure(.absent, attempt: attempt)))
        }
        func kinds(
            _ failed: Change.Body, by author: Stamp = Self.amy, seen: VersionVector = [.h: 1],
            deliverySaw: VersionVector = [.h: 1]
        ) -> [ReviewKind] {
            let orders = [false, true].map { isFailureFirst in
                state { state in
                    func deliver() {
                        state.write(Dot(.a, 1), seen: deliverySaw, as: Self.amy, .handover)
                    }
                    if !isFailureFirst { deliver() }
                    state.write(Dot(.b, 1), seen: seen, as: author, failed)
                    if isFailureFirst { deliver() }
                }
            }
            // In every order, the same finding; gas that was handed over stays so.
            #expect(
                ReviewRules.findings(in: orders[0]) == ReviewRules.findings(in: orders[1]))
            #expect(orders.allSatisfy { $0.stop.status == orders[0].stop.status })
            #expect(!orders[0].stop.delivered.isEmpty && orders[0].stop.failure == nil)
            return self.kinds(orders[0])
        }
        #expect(kinds(failure()) == [.deliveredAndFailed])
        #expect(kinds(failure(), by: Self.bob) == [.deliveredAndFailed])
        #expect(kinds(failure(2)) == [])
        #expect(kinds(failure(), seen: [.h: 1, .a: 1]) == [])
        #expect(kinds(failure(), deliverySaw: [.h: 1, .b: 1]) == [])

        // Said to be otherwise since: had that come last, the review would be there already.
        let original = FactRef(change: ChangeID(high: 0xB, low: 1), index: 0)
        let withdrawn = state {
            $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, .handover)
            $0.write(Dot(.b, 1), seen: [.h: 1], as: Self.amy, failure())
            $0.write(
                Dot(.b, 2), seen: [.h: 1, .b: 1], as: Self.amy,
                .fact(.corrected(Correction(of: original, seen: [], to: .withdrawn))))
        }
        #expect(self.kinds(withdrawn) == [.deliveredAndFailed])
    }

    @Test func correctionsCount() {
        let original = FactRef(change: ChangeID(high: 0xA, low: 1), index: 0)
        func correct(_ value: Correction.Replacement) -> Change.Body {
            .fact(.corrected(Correction(of: original, seen: [], to: value)))
        }
        let withdrawn = state {
            $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, .handover)
            $0.write(Dot(.h, 2), seen: [.h: 1], .cancel)
            $0.write(Dot(.a, 2), seen: [.h: 1, .a: 1], as: Self.amy, correct(.withdrawn))
        }
        // Cancelled before or after the withdrawal was heard of: the same review.
        #expect(kinds(withdrawn) == [.deliveredAfterCancel])
        #expect(withdrawn.stop.status == .cancelled)
        // By somebody who knew of both, nothing.
        let known = state {
            $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, .handover)
            $0.write(Dot(.a, 2), seen: [.h: 1, .a: 1], as: Self.amy, correct(.withdrawn))
            $0.write(Dot(.a, 3), seen: [.h: 1, .a: 2], as: Self.amy, .handover)
            $0.write(Dot(.h, 2), seen: [.h: 1, .a: 3], .cancel)
        }
        // And what was given again knowing that it was withdrawn was given once.
        #expect(kinds(known) == [])

        // "Absent" turned out to be a delivery, after the office had seen "absent" and cancelled.
        let delivery = HandedOver(Handover(delivered: [.kg20: 1]), attempt: 1)
        let turned = state {
            $0.write(
                Dot(.a, 1), seen: [.h: 1], as: Self.amy,
                .fact(.failed(Failure(.absent, attempt: 1))))
            $0.write(Dot(.h, 2), seen: [.h: 1, .a: 1], .cancel)
            $0.write(
                Dot(.a, 2), seen: [.h: 1, .a: 1], as: Self.amy, correct(.handedOver(delivery)))
        }
        #expect(kinds(turned) == [.deliveredAfterCancel])
        #expect(turned.stop.status == .delivered)
    }

    /// Counterexample 10: overwriting makes a finding underivable from what stands. That is why the
    /// hub writes it down; here, that the rule itself claims nothing which it is not told.
    @Test func overwritingTakesTheFindingAway() {
        var both = state {
            $0.write(Dot(.h, 2), seen: [.h: 1], .cancel)
            $0.write(Dot(.a, 1), seen: [.h: 1], as: Self.amy, .handover)
        }
        let cancel = both.fields[.cancelled]?.siblings ?? []
        both.write(Dot(.h, 3), seen: both.vector, .plan(.cancelled, .flag(false)))
        #expect(kinds(both) == [])
        #expect(
            ReviewRules.findings(in: both, past: cancel).map(\.kind) == [.deliveredAfterCancel])
    }
}
