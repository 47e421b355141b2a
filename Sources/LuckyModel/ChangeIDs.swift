/// Makes change ids: 96 random bits drawn once at app start, then a 32-bit count, so that ids of
/// one batch compress (L1). A source that ran out of counts, or a new start, draws anew.
public struct ChangeIDs: Sendable {
    private let high: UInt64
    private let middle: UInt32
    private var count: UInt32 = 0

    /// - Parameter random: 96 random bits from the system's generator, or a seeded one in tests.
    public init(random: (UInt64, UInt32)) {
        high = random.0
        middle = random.1
    }

    /// Draws the 96 bits from a generator: the system's, or a seeded one in tests.
    public init(using generator: inout some RandomNumberGenerator) {
        self.init(random: (generator.next(), UInt32(truncatingIfNeeded: generator.next() >> 16)))
    }

    /// The next id, or nil after 2³² of them: draw a new source then.
    public mutating func next() -> ChangeID? {
        guard count < .max else { return nil }
        defer { count += 1 }
        return ChangeID(high: high, low: UInt64(middle) << 32 | UInt64(count))
    }
}
