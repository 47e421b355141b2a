import LuckyCausality
import LuckyModel
import TestSupport
import Testing

/// L7 against ground truth, on histories in which nobody claims to have seen what nobody wrote.
@Suite struct HistoryTests {
    /// Four to six replicas; what fails is printed short.
    @Test func randomHistories() throws {
        try Budget.current("causality").runHistories(
            draw: { random in
                Step.history(
                    replicas: 6, length: Int.random(in: 4...28, using: &random), using: &random)
            },
            check: { steps in
                var history = History(replicas: 4 + steps.count % 3)
                for step in steps {
                    history.play(step)
                    let wrong = history.fleet.firstWrong()
                    try hold(wrong == nil, wrong ?? "")
                }
                try Self.checkLaws(history.fleet)
            })
    }

    /// The laws themselves, and the same rows and reviews everywhere once all is merged.
    private static func checkLaws(_ fleet: Fleet) throws {
        let states = fleet.states
        for (index, x) in states.enumerated() {
            let y = states[(index + 1) % states.count]
            let z = states[(index + 2) % states.count]
            let merged = x.merging(y)
            try hold(merged == y.merging(x), "not commutative")
            try hold(merged.merging(z) == x.merging(y.merging(z)), "not associative")
            try hold(x.merging(x) == x, "not idempotent")
            try hold(merged.merging(y) == merged, "a second time changes something")
        }
        let all = fleet.joined(Array(states.indices))
        let reversed = fleet.joined(states.indices.reversed())
        try hold(all == reversed, "the order of replicas matters")
        try hold(all.stop == reversed.stop, "the same state shows another stop")
        try hold(all.isHidden == reversed.isHidden, "the same state is hidden and not")
        try hold(
            ReviewRules.findings(in: all) == ReviewRules.findings(in: reversed),
            "the same state has other reviews")
        for (field, value) in all.fields {
            try hold(!value.siblings.isEmpty, "field \(field.rawValue) is empty for ever")
            try hold(
                Set(value.siblings.map(\.dot)).count == value.siblings.count, "a sibling twice")
        }
        try checkOneByOne(fleet, all)
    }

    /// The same changesets one by one, in an order of their own that respects each replica's.
    private static func checkOneByOne(_ fleet: Fleet, _ all: EntityState) throws {
        let merged = fleet.known.reduce(into: Set<Dot>()) { $0.formUnion($1) }
        guard merged.count == fleet.log.count else { return }
        var alone = Fleet(count: 1)
        alone.take(fleet.log)
        for index in 0..<fleet.log.count { alone.applyNext(at: 0, pick: index &* 7 + 3) }
        try hold(alone.states[0] == all, "one by one gives another state")
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
