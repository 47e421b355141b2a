import LuckyCausality
import LuckyModel
import TestSupport
import Testing

/// L8: what is shown of a field is the greatest of its siblings by one total order, picked at read.
@Suite struct ShownValueTests {
    @Test func roleThenTimeThenReplicaThenCounter() throws {
        func write(_ dot: Dot, _ role: Role, hlc: Int64, received: Int64?) -> Recorded {
            Recorded(dot, .address("\(dot)"), .by("x", role, hlc: hlc, received: received))
        }
        // Each outranks all before it.
        let ascending = [
            write(Dot(.a, 1), .driver, hlc: 1, received: 9),
            write(Dot(.a, 2), .driver, hlc: 1, received: 9),
            write(Dot(.b, 1), .driver, hlc: 1, received: 9),
            write(Dot(.a, 3), .driver, hlc: 2, received: 9),
            // A clock that ran ahead counts as when the hub received it.
            write(Dot(.a, 4), .driver, hlc: 1_000_000, received: 9),
            write(Dot(.a, 5), .driver, hlc: 1, received: nil),
            write(Dot(.a, 6), .supervisor, hlc: 0, received: 0),
            write(Dot(.a, 7), .office, hlc: 0, received: 0),
            write(Dot(.a, 8), .office, hlc: 0, received: nil),
        ]
        for (index, low) in ascending.enumerated() {
            #expect(!low.isShownOver(low))
            for high in ascending.dropFirst(index + 1) {
                #expect(high.isShownOver(low), "\(high.dot) over \(low.dot)")
                #expect(!low.isShownOver(high), "\(low.dot) over \(high.dot)")
            }
        }
        var random = SeededGenerator.current()
        for _ in 0..<100 {
            let field = FieldState(siblings: ascending.shuffled(using: &random))
            #expect(field.shown == ascending.last, "\(random)")
        }
        #expect(FieldState().shown == nil)
    }

    @Test func isATotalOrder() throws {
        try Budget.current("causality").run { random in
            let writes = (0..<6).map { index in
                Recorded(
                    Dot([.a, .b, .c][index % 3], UInt64(index + 1)), .address("\(index)"),
                    Stamp(
                        author: "x",
                        role: [.driver, .office].randomElement(using: &random) ?? .hub,
                        relation: .inScope,
                        hlc: HLC(
                            milliseconds: .random(in: 0...3, using: &random),
                            logical: .random(in: 0...1, using: &random)),
                        writtenAt: 0,
                        receivedAt: Bool.random(using: &random)
                            ? .random(in: 0...3, using: &random) : nil))
            }
            for a in writes {
                for b in writes where a != b {
                    try #require(a.isShownOver(b) != b.isShownOver(a), "\(random.description)")
                    for c in writes where a.isShownOver(b) && b.isShownOver(c) {
                        try #require(a.isShownOver(c), "\(random.description)")
                    }
                }
            }
        }
    }

    /// Why merging never picks (L7): a boss's write a, a clerk's b that saw a, a boss's older c.
    /// Picking pairwise, (a, b) → b, then (b, c) → c; but (a, c) → a, then (a, b) → b.
    @Test func pickingPairwiseWouldDiverge() {
        let a = Recorded(Dot(.a, 1), .address("a"), .by("boss", .office, hlc: 5, received: 5))
        let b = Recorded(
            Dot(.b, 1), .address("b"), seen: [.a: 1], .by("clerk", .supervisor, hlc: 6, received: 6)
        )
        let c = Recorded(Dot(.c, 1), .address("c"), .by("boss", .office, hlc: 4, received: 4))
        func pick(_ x: Recorded, _ y: Recorded) -> Recorded {
            if x.context.covers(y.dot) { return x }
            if y.context.covers(x.dot) { return y }
            return x.isShownOver(y) ? x : y
        }
        #expect(pick(pick(a, b), c) != pick(pick(a, c), b))

        let states = [a, b, c].map { write in
            var state = EntityState(id: .stop)
            // What b overwrote was merged where b was written.
            if write == b { state.apply([a], dot: a.dot, context: a.context) }
            state.apply([write], dot: write.dot, context: write.context)
            return state
        }
        let (x, y, z) = (states[0], states[1], states[2])
        #expect(x.merging(y).merging(z) == x.merging(z).merging(y))
        #expect(x.merging(y).merging(z).shown(.address) == .text("c"))
        #expect(x.merging(y).merging(z).dots(.address) == [b.dot, c.dot])
    }
}
