import LuckyCausality
import LuckyModel
import TestSupport
import Testing

/// Why merging never picks a winner, and the pick is made at read (L7, L8).
@Suite struct PairwisePickTests {
    /// A register that keeps one of two: the one that saw the other, else the owner's, else the
    /// later.
    private static func pick(_ x: Recorded, _ y: Recorded) -> Recorded {
        if x.context.covers(y.dot) { return x }
        if y.context.covers(x.dot) { return y }
        return x.isShownOver(y, owner: .office) ? x : y
    }

    /// A boss's write a, a clerk's b that saw a, a boss's older c. Picking pairwise, (a, b) → b,
    /// then (b, c) → c; but (a, c) → a, then (a, b) → b.
    @Test func ownersRankThenTimePickedPairwiseDiverges() {
        let a = Recorded(Dot(.a, 1), .address("a"), .by("boss", .office, hlc: 5, received: 5))
        let b = Recorded(
            Dot(.b, 1), .address("b"), seen: [.a: 1], .by("clerk", .supervisor, hlc: 6, received: 6)
        )
        let c = Recorded(Dot(.c, 1), .address("c"), .by("boss", .office, hlc: 4, received: 4))
        #expect(Self.pick(Self.pick(a, b), c) == c)
        #expect(Self.pick(Self.pick(a, c), b) == b)

        let states = [a, b, c].map { write in
            var state = EntityState(id: .stop)
            // What b overwrote was merged where b was written.
            if write == b { state.apply([a], dot: a.dot, context: a.context) }
            state.apply([write], dot: write.dot, context: write.context)
            return state
        }
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let all = order.reduce(into: EntityState(id: .stop)) { $0.merge(states[$1]) }
            #expect(all.shown(.address) == .text("c"))
            #expect(all.dots(.address) == [b.dot, c.dot])
        }
    }

    private enum Move: Hashable {
        case write(at: Int, role: Role, hlc: Int64)
        case merge(into: Int, from: Int)
    }

    /// Random search finds that counterexample by itself, and the shrinker makes it as short as it
    /// can be: three writes and one merge. On the same histories the sets of siblings converge.
    @Test func randomSearchFindsIt() throws {
        var shortest: [Move]?
        try Budget.current("causality").run { random in
            func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
            let moves = (0..<12).map { _ in
                pick(2) == 0
                    ? Move.write(
                        at: pick(3), role: pick(2) == 0 ? .office : .supervisor,
                        hlc: Int64(pick(9)))
                    : .merge(into: pick(3), from: pick(3))
            }
            if shortest.map({ $0.count > 4 }) ?? true,
                let short = Shrinker.shortest(moves, fails: Self.divergesPickedPairwise)
            {
                shortest = short.steps
            }
            try #require(Self.converge(moves), "\(random.description)")
        }
        let found = try #require(shortest)
        #expect(found.count == 4, "\(found)")
        let writes = found.filter { if case .write = $0 { true } else { false } }
        #expect(writes.count == 3, "\(found)")
        #expect(Self.converge(found))
    }

    private static let orders = [[0, 1, 2], [0, 2, 1], [1, 2, 0]]

    private static func divergesPickedPairwise(_ moves: [Move]) -> String? {
        var registers: [Recorded?] = [nil, nil, nil]
        var seen: [VersionVector] = [[:], [:], [:]]
        func joined(_ x: Recorded?, _ y: Recorded?) -> Recorded? {
            guard let x, let y else { return x ?? y }
            return Self.pick(x, y)
        }
        for move in moves {
            switch move {
            case .write(let at, let role, let hlc):
                let write = Self.write(at, role, hlc, seen: seen[at])
                registers[at] = write
                seen[at].add(write.dot)
            case .merge(let into, let from):
                registers[into] = joined(registers[into], registers[from])
                seen[into].merge(seen[from])
            }
        }
        let results = orders.map { $0.reduce(nil) { joined($0, registers[$1]) } }
        return results.allSatisfy { $0 == results[0] } ? nil : "the order decides"
    }

    private static func converge(_ moves: [Move]) -> Bool {
        var states = Array(repeating: EntityState(id: .stop), count: 3)
        for move in moves {
            switch move {
            case .write(let at, let role, let hlc):
                let write = Self.write(at, role, hlc, seen: states[at].vector)
                states[at].apply([write], dot: write.dot, context: write.context)
            case .merge(let into, let from): states[into].merge(states[from])
            }
        }
        let results = orders.map { order in
            order.reduce(into: EntityState(id: .stop)) { $0.merge(states[$1]) }
        }
        return results.allSatisfy { $0 == results[0] }
    }

    private static func write(
        _ at: Int, _ role: Role, _ hlc: Int64, seen: VersionVector
    ) -> Recorded {
        let replica = ReplicaID(install: UInt64(0xA + at), epoch: 1)
        return Recorded(
            Dot(replica, seen[replica] + 1), .address("\(hlc)"), seen: seen,
            .by("x", role, hlc: hlc, received: hlc))
    }
}
