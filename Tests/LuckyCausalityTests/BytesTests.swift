import LuckyCausality
import LuckyModel
import Testing

/// L10: what Swift's `String ==` takes for one are two: composed and decomposed letters, and CJK
/// compatibility ideographs, which old Taiwanese address files are full of.
@Suite struct BytesTests {
    static let twins: [(String, String)] = [
        ("caf\u{E9}", "cafe\u{301}"),
        ("\u{AC00}", "\u{1100}\u{1161}"),
        // 不, 更, 車, 樂: compatibility ideographs beside the ordinary ones.
        ("\u{F967}", "\u{4E0D}"), ("\u{F901}", "\u{66F4}"), ("\u{F902}", "\u{8ECA}"),
        ("\u{F914}", "\u{6A02}"),
    ]

    @Test func theyAreTwinsToSwift() {
        for (one, other) in Self.twins { #expect(one == other) }
    }

    @Test(arguments: twins)
    func twoWritesStayTwo(_ one: String, _ other: String) {
        #expect(PlanValue.text(one) != .text(other))
        #expect(Identifier(one) != Identifier(other))
        var left = EntityState(id: .stop)
        left.write(Dot(.a, 1), .address(one), .plan(.code, .name(Identifier(one))))
        var right = EntityState(id: .stop)
        right.write(Dot(.b, 1), .address(other), .plan(.code, .name(Identifier(other))))
        let merged = left.merging(right)
        #expect(merged == right.merging(left))
        #expect(merged.dots(.address) == [Dot(.a, 1), Dot(.b, 1)])
        // The shown one keeps its bytes.
        let shown = merged.shown(.address).text.map { Array($0.utf8) }
        #expect(shown == Array(other.utf8))
        #expect(merged.shown(.code).name?.utf8 == Array(other.utf8))
    }

    @Test(arguments: twins)
    func twoDriversStayTwo(_ one: String, _ other: String) {
        var state = EntityState(id: .stop)
        state.write(Dot(.h, 1), .plan(.driver, .name(Identifier(one))))
        state.write(
            Dot(.a, 1), seen: [.h: 1], as: .by(Identifier(one), .driver, hlc: 5, received: 5),
            .handover)
        #expect(ReviewRules.findings(in: state) == [])
        state.write(
            Dot(.b, 1), seen: [.h: 1], as: .by(Identifier(other), .driver, hlc: 6, received: 6),
            .fact(.handedOver(HandedOver(Handover(delivered: [.kg20: 2]), attempt: 1))))
        #expect(
            ReviewRules.findings(in: state).map(\.kind) == [
                .deliveredAfterReassign, .deliveredTwice,
            ])
    }

    @Test(arguments: twins)
    func twoProductsStayTwo(_ one: String, _ other: String) {
        var state = EntityState(id: .stop)
        let counts: Quantities = [Product(Identifier(one)): 1, Product(Identifier(other)): 2]
        state.write(
            Dot(.a, 1), .fact(.handedOver(HandedOver(Handover(delivered: counts), attempt: 1))))
        #expect(state.stop.delivered.pairs.count == 2)
        #expect(!state.stop.hasOverflow)
    }
}
