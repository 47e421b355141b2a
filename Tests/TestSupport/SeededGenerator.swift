import Foundation

/// SplitMix64: the same seed gives the same numbers on every machine.
public struct SeededGenerator: RandomNumberGenerator, Sendable, CustomStringConvertible {
    public let seed: UInt64
    private var state: UInt64

    public init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// `count` bytes.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    /// What replays it, as the comment of an expectation.
    public var description: String { "LUCKY_SEED=\(seed)" }
}

/// The seed of this run of the tests.
public enum Seed {
    /// From the environment's `LUCKY_SEED`, else drawn; printed once, when first asked for.
    public static let current: UInt64 = {
        let given = ProcessInfo.processInfo.environment["LUCKY_SEED"].flatMap { UInt64($0) }
        let seed = given ?? UInt64.random(in: 0..<1 << 53)
        say("Random tests: LUCKY_SEED=\(seed)")
        return seed
    }()
}

extension SeededGenerator {
    /// A generator of this run's seed, for a test that draws without a budget.
    public static func current() -> SeededGenerator { SeededGenerator(seed: Seed.current) }
}
