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
            #expect(!low.isShownOver(low, owner: .office))
            for high in ascending.dropFirst(index + 1) {
                #expect(high.isShownOver(low, owner: .office), "\(high.dot) over \(low.dot)")
                #expect(!low.isShownOver(high, owner: .office), "\(low.dot) over \(high.dot)")
            }
        }
        var random = SeededGenerator.current()
        for _ in 0..<100 {
            let field = FieldState(siblings: ascending.shuffled(using: &random))
            #expect(field.shown(owner: .office) == ascending.last, "\(random)")
        }
        #expect(FieldState().shown(owner: .office) == nil)
    }

    @Test func isATotalOrder() throws {
        try Budget.current("causality").run { random in
            let writes = (0..<6).map { index in
                Recorded(
                    Dot([.a, .b, .c][index % 3], UInt64(index + 1)), .address("\(index)"),
                    Stamp(
                        author: "x",
                        role: (Role.all + [.hub]).randomElement(using: &random) ?? .hub,
                        relation: .inScope,
                        hlc: HLC(
                            milliseconds: .random(in: 0...3, using: &random),
                            logical: .random(in: 0...1, using: &random)),
                        writtenAt: 0,
                        receivedAt: Bool.random(using: &random)
                            ? .random(in: 0...3, using: &random) : nil))
            }
            let owner: Role =
                [.office, .dispatcher, .finance].randomElement(using: &random) ?? .office
            func over(_ a: Recorded, _ b: Recorded) -> Bool { a.isShownOver(b, owner: owner) }
            for a in writes {
                for b in writes where a != b {
                    try #require(over(a, b) != over(b, a), "\(random.description)")
                    for c in writes where over(a, b) && over(b, c) {
                        try #require(over(a, c), "\(random.description)")
                    }
                }
            }
        }
    }
}
