import Testing

@testable import TestSupport

/// The budgets bound what they should, and the seeds replay.
struct BudgetTests {
    let lines = """
        # a comment
        build 12 - -
        short 0.001 1000000 7
        enough 10 25 3
        """

    @Test("A layer stops at its amount")
    func amount() throws {
        #expect(try rounds("enough", late: false) == 25)
    }

    @Test("A layer out of time does its minimum")
    func minimum() throws {
        #expect(try rounds("enough", late: true) == 3)
    }

    @Test("A layer stops at its time, but not before its minimum")
    func time() throws {
        let count = try rounds("short", late: false)
        #expect(count >= 7)
        #expect(count < 1_000_000)
    }

    @Test("A layer unlisted, or without an amount, is an error", arguments: ["none", "build"])
    func unlisted(layer: String) {
        #expect(throws: Budget.Unlisted.self) { try Budget(layer, in: lines, late: false) }
    }

    @Test("Each round has its seed, and the first one is the run's")
    func seeds() throws {
        var seeds: [UInt64] = []
        try Budget("enough", in: lines, late: true).run { seeds.append($0.seed) }
        let first = Seed.current
        #expect(seeds == [first, first &+ 1, first &+ 2])
    }

    @Test("A round that throws ends the layer")
    func failure() throws {
        struct Failed: Error, CustomStringConvertible { var description: String { "on purpose" } }
        var count = 0
        let budget = try Budget("enough", in: lines, late: false)
        #expect(throws: Failed.self) {
            try budget.run { _ in
                count += 1
                if count == 4 { throw Failed() }
            }
        }
        #expect(count == 4)
    }

    /// The first outputs that the reference implementation in C gives for this seed.
    @Test("SplitMix64 is SplitMix64")
    func generator() {
        var generator = SeededGenerator(seed: 1_234_567)
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
    }

    private func rounds(_ layer: String, late: Bool) throws -> Int {
        var count = 0
        try Budget(layer, in: lines, late: late).run { _ in
            count += 1
            // Slow enough for the short layer to run out of time.
            for _ in 0..<100 { _ = Seed.current }
        }
        return count
    }
}
