import LuckyCausality
import LuckyModel
import TestSupport
import Testing

/// Counters up to the last that 64 bits hold: no trap, and the same laws. What comes by the wire is
/// below 2⁵³; merging does not rely on it.
@Suite struct LimitTests {
    private static let counters: [UInt64] = [
        0, 1, 2, (1 << 53) - 1, 1 << 53, (1 << 53) + 1, 1 << 63, .max - 1, .max,
    ]

    @Test func vectorsAtTheLimit() {
        for a in Self.counters {
            for b in Self.counters {
                var vector: VersionVector = [.a: a]
                vector.raise(.a, to: b)
                #expect(vector[.a] == max(a, b))
                #expect(vector.covers(Dot(.a, max(a, b))))
                #expect(vector.covers(Dot(.a, .max)) == (max(a, b) == .max))
                let left: VersionVector = [.a: a, .b: b]
                let right: VersionVector = [.a: b, .b: a]
                #expect(left.merging(right) == [.a: max(a, b), .b: max(a, b)])
                #expect(left.compare(right) == (a == b ? .equal : .concurrent))
                #expect(left.merging(right).beyond(left).entries.count == (a == b ? 0 : 1))
            }
        }
        // None of them is read from bytes.
        for counter in Self.counters where counter >= Dot.counterLimit {
            let entry = VersionVector.Entry(replica: .a, counter: counter)
            #expect(VersionVector(canonical: [entry]) == nil)
        }
    }

    @Test func statesAtTheLimit() throws {
        try Budget.current("causality").run { random in
            func counter() -> UInt64 { Self.counters.randomElement(using: &random) ?? 1 }
            var states = Array(repeating: EntityState(id: .stop), count: 3)
            for index in states.indices {
                let replica = ReplicaID(install: UInt64(index), epoch: .max)
                for number in Self.counters.dropFirst() where Bool.random(using: &random) {
                    states[index].write(
                        Dot(replica, number), seen: [.a: counter(), .b: counter()],
                        .address("\(number)"), .note("n"))
                }
            }
            let (x, y, z) = (states[0], states[1], states[2])
            try #require(x.merging(y) == y.merging(x), "\(random.description)")
            try #require(x.merging(y).merging(z) == x.merging(y.merging(z)))
            try #require(x.merging(y).merging(y) == x.merging(y))
        }
    }

    /// After the last counter there is none: a write under the same dot again changes nothing.
    @Test func theLastDotIsMergedOnce() {
        var state = EntityState(id: .stop)
        state.write(Dot(.a, .max), seen: [.a: .max, .b: .max], .address("x"))
        let before = state
        state.write(Dot(.a, .max), .address("y"))
        state.write(Dot(.a, 1), .address("z"))
        #expect(state == before)
        #expect(state.fields[.address]?.cover == [.b: .max])
    }
}
