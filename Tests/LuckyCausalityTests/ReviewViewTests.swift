import LuckyCausality
import LuckyModel
import Testing

/// What becomes of a review: opened, decided, undone, decided by two at once.
@Suite struct ReviewViewTests {
    private static let review = ChangeID(high: 0xFF, low: 1)
    private static let kept = FactRef(change: ChangeID(high: 0xB, low: 1), index: 0)
    private static let refunded = FactRef(change: ChangeID(high: 0xC, low: 1), index: 0)

    /// Delivered in spite of the cancel, and the hub opened its review.
    private func opened() throws -> EntityState {
        var state = EntityState(id: .stop)
        state.write(Dot(.h, 1), .plan(.driver, .name("amy")))
        state.write(Dot(.h, 2), seen: [.h: 1], as: .by("office", hlc: 2, received: 2), .cancel)
        state.write(Dot(.a, 1), seen: [.h: 1], as: .by("amy", .driver, hlc: 1), .handover)
        let finding = try #require(ReviewRules.findings(in: state).first)
        state.write(
            Dot(.h, 3), seen: state.vector, as: .by("hub", .hub, received: 9),
            change: Self.review,
            .fact(
                .reviewOpened(
                    ReviewOpened(
                        finding, of: finding.sides.compactMap(state.change), cores: [[1], [2]]))))
        return state
    }

    private func view(_ state: EntityState) throws -> Review {
        let reviews = state.reviews { finding in
            finding.kind == .deliveredAfterCancel ? Self.review : ChangeID(high: 0, low: 0)
        }
        return try #require(reviews.first { $0.id == Self.review })
    }

    private static func decide(
        _ outcome: ReviewOutcome, after: [FactRef] = []
    ) -> Change.Body {
        .fact(.reviewResolved(ReviewResolution(of: review, outcome, supersedes: after)))
    }

    @Test func showsBothSidesAndTheirBase() throws {
        let review = try view(opened())
        #expect(review.state == .open && review.isOpened && review.openedAt == 9)
        #expect(review.ruleVersion == ReviewRules.version)
        #expect(review.base == .value(.cancelled, .flag(false)))
        #expect(review.sides.map(\.author) == ["amy", "office"])
        #expect(review.sides.map(\.knewOther) == [false, false])
        #expect(review.sides.map(\.core) == [[1], [2]])
    }

    /// Overwriting does not close it, and does not take away who had said what.
    @Test func staysWhenASideIsOverwritten() throws {
        var state = try opened()
        let before = try view(state)
        state.write(Dot(.h, 4), seen: state.vector, .plan(.cancelled, .flag(false)))
        #expect(ReviewRules.findings(in: state) == [])
        let after = try view(state)
        #expect(after.state == .open)
        #expect(after.sides.last?.record == nil)
        #expect(after.sides.map(\.author) == before.sides.map(\.author))
        #expect(after.sides.map(\.writtenAt) == before.sides.map(\.writtenAt))
        #expect(after.sides.map(\.knewOther) == before.sides.map(\.knewOther))
    }

    @Test func derivedBeforeTheHubHasOpenedIt() throws {
        var state = try opened()
        state.keepFacts { $0.ref != FactRef(change: Self.review, index: 0) }
        let review = try view(state)
        #expect(!review.isOpened && review.openedAt == nil && review.state == .open)
        #expect(review.sides.map(\.author) == ["amy", "office"])
    }

    /// Where there is one side, nobody saw the other or did not; what the hub wrote down of it is not
    /// shown.
    @Test func oneSideKnowsOfNoOther() throws {
        var state = EntityState(id: .stop)
        state.write(
            Dot(.a, 1), as: .by("amy", .driver, hlc: 1), .fact(.stopAdded(AddedStop(code: "X"))))
        let record = try #require(state.facts.values.first)
        let finding = try #require(
            ReviewRules.findings(in: state).first { $0.kind == .unplannedDelivery })
        state.write(
            Dot(.h, 1), as: .by("hub", .hub, received: 9), change: Self.review,
            .fact(.reviewOpened(ReviewOpened(finding, of: [record], cores: [[1]]))))
        let reviews = state.reviews { _ in Self.review }
        #expect(reviews.first?.sides.map(\.author) == ["amy"])
        #expect(reviews.first?.sides.map(\.knewOther) == [nil])
    }

    /// Of two stops neither's writer can be said to have seen the other, or not.
    @Test func sidesAtTwoStops() throws {
        var here = EntityState(id: .stop)
        here.write(Dot(.a, 1), as: .by("amy", .driver, hlc: 1), .handover)
        let other = FactRef(change: ChangeID(high: 0xD, low: 1), index: 0)
        let mine = try #require(here.facts.keys.first)
        let writer = ReviewWriter(
            author: "amy", role: .driver, writtenAt: 1, receivedAt: 2, knewOther: false)
        here.write(
            Dot(.h, 1), as: .by("hub", .hub, received: 9), change: Self.review,
            .fact(
                .reviewOpened(
                    ReviewOpened(
                        kind: .serialTwice, ruleVersion: 5, sides: [mine, other].sorted(),
                        cores: [[1], [2]], writers: [writer, writer]))))
        let review = try view(here)
        #expect(review.sides.map(\.author) == ["amy", "amy"])
        #expect(review.sides.map(\.knewOther) == [nil, nil])
    }

    @Test func decidedUndoneAndDecidedAgain() throws {
        var state = try opened()
        state.write(Dot(.b, 1), as: .by("ann"), Self.decide(.kept))
        #expect(try view(state).state == .resolved(.kept))
        state.write(Dot(.c, 1), seen: [.b: 1], Self.decide(.reopened, after: [Self.kept]))
        #expect(try view(state).state == .open)
        let undo = Self.refunded
        state.write(Dot(.h, 4), Self.decide(.refunded, after: [Self.kept, undo]))
        let review = try view(state)
        #expect(review.state == .resolved(.refunded))
        #expect(review.decisions.count == 3)
        #expect(review.decisions.filter(\.isStanding).count == 1)
    }

    @Test func twoPeopleAtOnce() throws {
        var state = try opened()
        state.write(Dot(.b, 1), as: .by("ann", hlc: 1, received: 1), Self.decide(.kept))
        state.write(Dot(.c, 1), as: .by("ben", hlc: 2, received: 2), Self.decide(.refunded))
        let contested = try view(state)
        #expect(contested.state == .contested([.kept, .refunded]))
        #expect(contested.state.needsDecision)
        #expect(contested.decisions.map(\.author) == ["ann", "ben"])
        // Somebody who saw both decides.
        state.write(Dot(.h, 4), Self.decide(.noted, after: [Self.kept, Self.refunded]))
        #expect(try view(state).state == .resolved(.noted))
        // Two who agree contest nothing.
        var agreed = try opened()
        agreed.write(Dot(.b, 1), Self.decide(.kept))
        agreed.write(Dot(.c, 1), Self.decide(.kept))
        #expect(try view(agreed).state == .resolved(.kept))
        #expect(try view(agreed).decisions.count == 2)
    }

    @Test func closesExactlyOne() throws {
        var state = try opened()
        let first = try #require(ReviewRules.findings(in: state).first)
        func id(_ finding: ReviewFinding) -> ChangeID {
            finding == first
                ? Self.review : ChangeID(high: 7, low: UInt64(finding.hashValue.magnitude))
        }
        state.write(Dot(.b, 2), as: .by("bob", .driver), .handover)
        let open = state.reviews(id: id)
        state.write(Dot(.c, 1), Self.decide(.kept))
        let after = state.reviews(id: id)
        #expect(open.count > 1 && open.allSatisfy { $0.state == .open })
        #expect(after.filter { $0.state != .open }.map(\.id) == [Self.review])
    }

    /// Scenario 11: a decision that both payments stand posts the second.
    @Test func keptPostsTheSecondReceipt() throws {
        let amount = Money.dollars(1900) ?? .zero
        var state = EntityState(id: .stop)
        let receipt = Change.Body.fact(.cashReceived(CashReceipt(amount)))
        state.write(Dot(.a, 1), as: .by("amy", .driver), receipt)
        state.write(Dot(.h, 1), as: .by("office", received: 1), receipt)
        let finding = try #require(ReviewRules.findings(in: state).first)
        state.write(
            Dot(.h, 2), seen: [.h: 1], as: .by("hub", .hub), change: Self.review,
            .fact(
                .reviewOpened(
                    ReviewOpened(finding, of: finding.sides.compactMap(state.change), cores: []))))
        #expect(state.stop.cash == amount && state.account().isInvoiceHeld)
        var merged = state
        merged.write(Dot(.b, 1), Self.decide(.merged))
        #expect(merged.stop.cash == amount && merged.account().suspected == amount)
        #expect(!merged.account().isInvoiceHeld)
        state.write(Dot(.b, 1), Self.decide(.kept))
        #expect(state.stop.cash == amount.adding(amount))
        #expect(state.account().suspected == .zero)
    }

    /// Two receipts of one amount in each of two taps have one review; deciding it decides all.
    @Test func keptPostsAllReceiptsOfBothTaps() throws {
        let amount = Money.dollars(600) ?? .zero
        var state = EntityState(id: .stop)
        for (dot, stamp) in [
            (Dot(.a, 1), Stamp.by("amy", .driver)), (Dot(.h, 1), Stamp.by("office", received: 1)),
        ] {
            state.apply(
                (0..<2).map {
                    Recorded(
                        dot, .fact(.cashReceived(CashReceipt(amount))), seen: [:], stamp, index: $0)
                }, dot: dot, context: [:])
        }
        let findings = ReviewRules.findings(in: state).filter { $0.kind == .cashTwice }
        let finding = try #require(findings.first)
        #expect(findings.count == 1)
        state.write(
            Dot(.h, 2), seen: [.h: 1], as: .by("hub", .hub), change: Self.review,
            .fact(
                .reviewOpened(
                    ReviewOpened(finding, of: finding.sides.compactMap(state.change), cores: []))))
        #expect(state.account().suspected == amount.adding(amount))
        state.write(Dot(.b, 1), Self.decide(.kept))
        #expect(state.account().suspected == .zero)
        #expect(state.stop.cash.cents == 4 * amount.cents)
    }

    /// L18: what is redacted is in no view, and the counts stay.
    @Test func redactedWordsAreNowhere() {
        let handover = HandedOver(
            Handover(delivered: [.kg20: 1]), attempt: 1, recipient: "王小姐")
        var state = EntityState(id: .stop)
        state.write(Dot(.h, 1), .address("中正路 1 號"))
        state.write(Dot(.a, 1), as: .by("amy", .driver), .fact(.handedOver(handover)), .note("狗"))
        func redact(_ change: UInt64, _ low: UInt64, _ index: Int) -> Change.Body {
            .fact(
                .redacted(
                    Redaction(of: FactRef(change: ChangeID(high: change, low: low), index: index))))
        }
        state.write(
            Dot(.h, 2), seen: [.h: 1, .a: 1], redact(0xA, 1, 0), redact(0xA, 1, 1),
            redact(0xF0, 1, 0))
        let stop = state.stop
        #expect(stop.recipient == nil && stop.notes == [] && stop.address == "")
        #expect(stop.delivered == [.kg20: 1] && stop.status == .delivered)
    }
}
