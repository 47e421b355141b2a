import LuckyCausality
import LuckyModel
import TestSupport
import Testing

/// L7 against ground truth, on histories in which nobody claims to have seen what nobody wrote.
@Suite struct HistoryTests {
    private static let bodies: [[Change.Body]] = [
        [.address("x")], [.plan(.phone, .text("1"))], [.handover], [.cancel], [.delete],
        [.address("y"), .note("n")], [.plan(.driver, .name("bob")), .plan(.sequence, .integer(3))],
        [.plan(.address, .none), .plan(.cancelled, .flag(false))],
    ]

    @Test func randomHistories() throws {
        try Budget.current("causality").run { random in
            var fleet = Fleet(count: .random(in: 2...4, using: &random))
            let count = fleet.states.count
            // Which kinds of trouble this history has at all.
            let hasDeltas = Bool.random(using: &random)
            let hasRestores = Bool.random(using: &random)
            let hasOldScreens = Bool.random(using: &random)
            var backup = fleet
            var screens: [VersionVector] = []
            for _ in 0..<Int.random(in: 4...24, using: &random) {
                let index = Int.random(in: 0..<count, using: &random)
                let other = (index + .random(in: 1..<count, using: &random)) % count
                switch Int.random(in: 0..<10, using: &random) {
                case 0..<4:
                    let screen = hasOldScreens ? screens.randomElement(using: &random) : nil
                    fleet.write(
                        at: index, Self.bodies.randomElement(using: &random) ?? [], context: screen)
                case 4..<6: fleet.merge(into: index, from: other)
                case 6 where hasDeltas: fleet.mergeDelta(into: index, from: other)
                case 7: fleet.applyNext(at: index, using: &random)
                case 8 where hasRestores: fleet.restore(index, from: backup)
                case 9:
                    backup = fleet
                    // A screen left open; its replica may be restored meanwhile.
                    screens.append(fleet.states[index].vector)
                default: break
                }
                let wrong = fleet.firstWrong()
                try #require(wrong == nil, "\(random.description)")
            }
            try check(fleet, using: &random)
        }
    }

    /// The laws themselves, and the same rows and reviews everywhere once all is merged.
    private func check(_ fleet: Fleet, using random: inout SeededGenerator) throws {
        let hint = Comment(
            rawValue: "\(random.description)\n\(fleet.trace.joined(separator: "\n"))")
        let states = fleet.states
        let x = states[0]
        let y = states[1]
        let z = states.last ?? y
        try #require(x.merging(y) == y.merging(x), hint)
        try #require(x.merging(y).merging(z) == x.merging(y.merging(z)), hint)
        try #require(x.merging(x) == x, hint)
        try #require(x.merging(y).merging(y) == x.merging(y), hint)

        let all = fleet.joined(Array(states.indices))
        let shuffled = fleet.joined(states.indices.shuffled(using: &random))
        try #require(all == shuffled, hint)
        try #require(all.stop == shuffled.stop, hint)
        try #require(all.isHidden == shuffled.isHidden, hint)
        try #require(ReviewRules.findings(in: all) == ReviewRules.findings(in: shuffled), hint)
        for (field, value) in all.fields {
            try #require(!value.siblings.isEmpty, "\(field) is empty for ever; \(hint)")
            try #require(Set(value.siblings.map(\.dot)).count == value.siblings.count, hint)
        }
        // The same changesets one by one, in an order of their own that respects each replica's.
        var alone = Fleet(count: 1)
        alone.take(fleet.log)
        let merged = fleet.known.reduce(into: Set<Dot>()) { $0.formUnion($1) }
        for _ in 0..<fleet.log.count { alone.applyNext(at: 0, using: &random) }
        if merged.count == fleet.log.count { try #require(alone.states[0] == all, hint) }
    }

    /// Every history of three replicas and five steps (six with `--deep`), each a write or a merge.
    @Test func everyShortHistory() throws {
        var count = 0
        let isDeep = try Budget.current("causality").amount > 100_000
        var fleet = Fleet(count: 3)
        fleet.write(at: 0, [.address("first"), .note("n")])
        try every(depth: isDeep ? 5 : 4, from: fleet, count: &count)
        #expect(count == 9 + 81 + 729 + 6561 + (isDeep ? 59049 : 0))
    }

    private func every(depth: Int, from fleet: Fleet, count: inout Int) throws {
        guard depth > 0 else { return }
        for step in 0..<9 {
            var next = fleet
            let index = step / 3
            if step % 3 == 0 {
                next.write(at: index, [.address("x"), .note("n")])
            } else {
                next.merge(into: index, from: (index + step % 3) % 3)
            }
            count += 1
            let wrong = next.firstWrong(among: index..<index + 1)
            try #require(wrong == nil)
            if depth == 1 {
                let all = next.joined([0, 1, 2])
                for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
                    try #require(next.joined(order) == all, "\(next.trace)")
                }
            }
            try every(depth: depth - 1, from: next, count: &count)
        }
    }
}
