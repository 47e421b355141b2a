import LuckyCausality
import LuckyModel
import Testing

/// The rules are data: the table is whole, and changing a cell changes what is shown and reviewed.
@Suite struct RuleTableTests {
    @Test func everyFieldAndEveryKindHasOneRow() {
        let table = RuleTable.standard
        #expect(table.fields.map(\.field).sorted() == PlanField.words.map(\.field).sorted())
        #expect(table.facts.map(\.kind).sorted() == FactKind.named.map(\.kind).sorted())
        #expect(Set(table.fields.map(\.field)).count == table.fields.count)
        #expect(Set(table.facts.map(\.kind)).count == table.facts.count)
    }

    /// No review without a row that opens it, and none that nobody may decide.
    @Test func everyReviewIsOpenedBySomeRow() {
        let table = RuleTable.standard
        #expect(table.reviews == ReviewKind.all.sorted())
        for kind in ReviewKind.all {
            #expect(table.decides(kind).isOffice, "\(kind.rawValue)")
            #expect(table.mayDecide(.office, kind) && table.mayDecide(.supervisor, kind))
            #expect(!table.mayDecide(.driver, kind))
        }
    }

    @Test func theDeskDecidesWhatIsItsOwn() {
        let table = RuleTable.standard
        #expect(table.mayDecide(.finance, .priceChanged))
        #expect(!table.mayDecide(.dispatcher, .priceChanged))
        #expect(table.mayDecide(.customerService, .addressSuggested))
        // A contested field is its owner's to decide.
        #expect(table.mayDecide(.dispatcher, .planContested, field: .window))
        #expect(!table.mayDecide(.finance, .planContested, field: .window))
        #expect(table.mayDecide(.finance, .planContested, field: .price))
        // What a newer build knows is the office's.
        let unknown = ReviewKind(rawValue: "rule_of_2030")
        #expect(table.mayDecide(.office, unknown) && !table.mayDecide(.driver, unknown))
        #expect(table[PlanField(rawValue: 999)].owner == .office)
        #expect(table[FactKind(rawValue: 40)].sibling == .allStand)
    }

    /// One cell: who owns `window`.
    @Test func changingACellChangesWhatIsShownAndReviewed() throws {
        func window(_ start: Int) -> Change.Body {
            .plan(.window, .window(TimeWindow(startMinute: start, endMinute: start + 60)))
        }
        var state = EntityState(id: .stop)
        state.write(Dot(.a, 1), as: .by("cs1", .customerService, hlc: 1, received: 1), window(600))
        state.write(Dot(.b, 1), as: .by("cs2", .customerService, hlc: 2, received: 2), window(700))
        state.write(Dot(.c, 1), as: .by("dis", .dispatcher, hlc: 3, received: 3), window(800))

        var rules = RuleTable.standard
        func shown() -> Int? { state.shown(.window, rules: rules).window?.startMinute }
        func pairs() -> [[Identifier]] {
            ReviewRules.findings(in: state, rules: rules).map { finding in
                finding.sides.compactMap { state.change($0)?.stamp.author }
            }
        }
        #expect(rules[.window].owner == .dispatcher)
        #expect(shown() == 800)
        #expect(pairs() == [["cs1", "cs2"], ["cs1", "dis"], ["cs2", "dis"]])
        #expect(rules.mayDecide(.dispatcher, .planContested, field: .window))

        let row = try #require(rules.fields.firstIndex { $0.field == .window })
        rules.fields[row].owner = .customerService
        #expect(shown() == 700)
        #expect(pairs() == [["cs1", "dis"], ["cs2", "dis"]])

        rules.fields[row].sibling = .shownOnly
        #expect(pairs() == [])
        rules.fields[row].sibling = .review(.planContested)
        #expect(pairs().count == 3)
    }

    /// The other half: a row's contradictions are what the search looks for.
    @Test func withoutTheCellThereIsNoReview() throws {
        var state = EntityState(id: .stop)
        state.write(Dot(.h, 1), .cancel)
        state.write(Dot(.a, 1), as: .by("amy", .driver), .handover)
        var rules = RuleTable.standard
        let found = ReviewRules.findings(in: state, rules: rules)
        #expect(found.map(\.kind) == [.deliveredAfterCancel])
        let row = try #require(rules.facts.firstIndex { $0.kind == .handedOver })
        rules.facts[row].contradicts.removeAll { $0.opens == .deliveredAfterCancel }
        #expect(ReviewRules.findings(in: state, rules: rules) == [])
    }

    /// What is billed waits for a review, but for those of which a cell says no.
    @Test func whatHoldsAnInvoice() {
        let free = ReviewKind.all.filter { !RuleTable.standard.holdsInvoice($0) }
        #expect(free.sorted() == [.addressSuggested, .carriedByOther, .clockFarOff])
        #expect(RuleTable.standard.holdsInvoice(ReviewKind(rawValue: "rule_of_2030")))
        #expect(RuleTable(fields: [], facts: []).holdsInvoice(.clockFarOff))
    }

    /// The office speaks for every desk: two of its people contest nothing but what is marked so.
    @Test func theOfficeIsEveryDesk() {
        var state = EntityState(id: .stop)
        state.write(Dot(.a, 1), as: .by("x", .office), .address("1"), .plan(.price, .money(.zero)))
        state.write(
            Dot(.b, 1), as: .by("y", .office), .address("2"), .plan(.price, .none))
        let findings = ReviewRules.findings(in: state)
        #expect(findings.map(\.kind) == [.planContested])
        let fields = findings.flatMap(\.sides).compactMap { state.change($0)?.plan?.field }
        #expect(fields == [.price, .price])
    }
}
