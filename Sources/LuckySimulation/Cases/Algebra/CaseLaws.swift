internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// A law that must hold for whatever a seed draws.
enum CaseLaw: String, CaseIterable {
    /// Written and read again, a vector is the same, and its bytes are sorted by replica.
    case vectorRoundTrip = "vector_round_trip"
    /// Merging vectors is commutative, associative and idempotent.
    case vectorMerge = "vector_merge"
    /// Of two vectors each stands to the other as the other to it.
    case vectorOrder = "vector_order"
    /// Merging states is commutative, associative and idempotent, over histories that happened.
    case stateMerge = "state_merge"
    /// Readings of one clock grow, whatever the wall clock says and the pages bring.
    case clockGrows = "clock_grows"
    /// Of several siblings each order shows the same one.
    case shownIsTotal = "shown_is_total"
}

/// So many rounds of a law under one seed.
struct CaseProperty {
    static let roundLimit = 20_000
    static let replicaLimit = 64
    var law: CaseLaw
    var rounds: Int
    /// How many replicas take part at most.
    var replicas: Int
    var seed: UInt64

    func play() -> CaseValue {
        var random = SeededGenerator(seed: seed)
        for round in 0..<rounds {
            guard holdsOnce(using: &random) else {
                return ["held": false, "rounds": .integer(round)]
            }
        }
        return ["held": true, "rounds": .integer(rounds)]
    }

    private func holdsOnce(using random: inout SeededGenerator) -> Bool {
        switch law {
        case .vectorRoundTrip:
            let vector = vector(&random)
            let read = try? VersionVector(rowBytes: vector.rowBytes)
            let sorted = vector.entries.map(\.replica)
            return read == vector && read?.rowBytes == vector.rowBytes && sorted == sorted.sorted()
        case .vectorMerge:
            let (a, b, c) = (vector(&random), vector(&random), vector(&random))
            return a.merging(b) == b.merging(a)
                && a.merging(b).merging(c) == a.merging(b.merging(c))
                && a.merging(b).merging(b) == a.merging(b)
        case .vectorOrder:
            let (a, b) = (vector(&random), vector(&random))
            let other: VersionVector.Order =
                switch a.compare(b) {
                case .before: .after
                case .after: .before
                case let same: same
                }
            return b.compare(a) == other && (a == b) == (other == .equal)
        case .stateMerge: return RandomHistory(replicas: replicas, using: &random).mergesWell
        case .clockGrows: return Self.clockGrows(&random)
        case .shownIsTotal: return shownIsTotal(&random)
        }
    }

    private func vector(_ random: inout SeededGenerator) -> VersionVector {
        var vector = VersionVector()
        for _ in 0..<Int.random(in: 0...replicas, using: &random) {
            let replica = ReplicaID(
                install: .random(in: 1...UInt64(replicas), using: &random) << 56, epoch: 1)
            vector.raise(replica, to: .random(in: 0...3, using: &random))
        }
        return vector
    }

    private static func clockGrows(_ random: inout SeededGenerator) -> Bool {
        var clock = HybridClock()
        var wall = Int64.random(in: 0...2_000_000_000_000, using: &random)
        for _ in 0..<20 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0: wall = .random(in: 0...4_000_000_000_000, using: &random)
            case 1: wall += .random(in: -2...2, using: &random)
            case 2:
                let stamp = HLC(
                    milliseconds: .random(in: 0...4_000_000_000_000, using: &random), logical: 3)
                let before = clock.last
                let isSound = clock.see(stamp, hubTime: wall)
                if !isSound, clock.last != before { return false }
            default: clock = HybridClock(last: clock.last)
            }
            let last = clock.last
            guard clock.tick(wall: wall) > last else { return false }
        }
        return true
    }

    private func shownIsTotal(_ random: inout SeededGenerator) -> Bool {
        let siblings = (0..<3).map { index in
            let dot = Dot(ReplicaID(install: UInt64(index), epoch: 0), 1)
            return CaseWrite.plan(
                .officeNote, .text("\(index)"), dot: dot, context: VersionVector(),
                stamp: CaseWrite.Stamped(
                    role: [.driver, .supervisor, .office].randomElement(using: &random) ?? .hub,
                    hlc: HLC(milliseconds: .random(in: 0...2, using: &random), logical: 0),
                    receivedAt: Bool.random(using: &random)
                        ? .random(in: 0...2, using: &random) : nil)
            ).change
        }
        let shown = Orders.all(of: siblings).map { FieldState(siblings: $0).shown(owner: .office) }
        return Set(shown).count == 1
    }
}
