import Testing

@testable import TestSupport

/// What is printed of a failing history is short, and fails.
struct ShrinkerTests {
    @Test("Only the steps that it takes are left, wherever they stood")
    func onlyWhatItTakes() throws {
        let steps = Array(0..<100)
        let short = try #require(
            Shrinker.shortest(steps) { steps in
                let kept = steps.filter { [3, 50, 97].contains($0) }
                return kept == [3, 50, 97] ? "all three" : nil
            })
        #expect(short.steps == [3, 50, 97])
        #expect(short.reason == "all three")
    }

    @Test("What is left fails, and no single step of it can go")
    func untilNothingCanGo() throws {
        // An even number of ones, and a two: leaving out one of the ones alone passes.
        let short = try #require(
            Shrinker.shortest([1, 1, 0, 2, 1, 1, 0]) { steps in
                let ones = steps.filter { $0 == 1 }.count
                return steps.contains(2) && ones.isMultiple(of: 2) ? "even" : nil
            })
        #expect(short.steps.contains(2) && short.steps.count <= 3)
        #expect(short.steps.filter { $0 == 1 }.count.isMultiple(of: 2))
    }

    @Test("What passes is not made short, and tries are bounded")
    func bounded() throws {
        #expect(Shrinker.shortest([1, 2]) { _ in nil } == nil)
        var count = 0
        let short = Shrinker.shortest(Array(0..<1_000), tries: 10) { _ in
            count += 1
            return count == 1 ? "once" : nil
        }
        #expect(short?.steps.count == 1_000)
        #expect(count == 11)
    }

    @Test("A layer's failing history names its seed and its steps")
    func inABudget() throws {
        let budget = try Budget("few", in: "few 1 5 5", late: false)
        let broken = #expect(throws: BrokenHistory.self) {
            try budget.runHistories(
                draw: { generator in (0..<40).map { _ in Int(generator.next() % 10) } },
                check: { steps in try hold(!steps.contains(7), "a seven") })
        }
        let text = try #require(broken?.description)
        #expect(text.hasPrefix("a seven\n") && text.hasSuffix("  7"))
        #expect(text.contains("LUCKY_SEED=") && text.contains("1 of 40 steps"))
    }
}
