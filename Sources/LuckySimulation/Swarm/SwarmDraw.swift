/// Draws what a swarm needs, the same from the same seed everywhere.
struct SwarmDraw {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func next() -> UInt64 { random.next() }

    /// 0 ..< count, for a count from 1.
    mutating func below(_ count: Int) -> Int {
        Int(random.next() % UInt64(max(count, 1)))
    }

    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next() >> 56) }
    }

    /// 0 ..< most, milliseconds.
    mutating func time(_ most: Int64) -> Int64 {
        Int64(random.next() % UInt64(max(most, 1)))
    }
}
