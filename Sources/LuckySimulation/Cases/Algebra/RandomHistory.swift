internal import LuckyCausality
internal import LuckyModel

/// A few replicas of one stop that write and merge as a seed says: the states they end with all
/// happened, so the laws of L7 are owed to them.
struct RandomHistory {
    private var states: [EntityState]

    /// - Parameter replicas: 2 to 8 take part; fewer or more count as these.
    init(replicas: Int, using random: inout SeededGenerator) {
        let count = max(2, min(8, replicas))
        states = Array(repeating: EntityState(id: CaseStates.stop), count: count)
        var counters = Array(repeating: UInt64(0), count: count)
        for _ in 0..<Int.random(in: 4...24, using: &random) {
            let index = Int.random(in: 0..<count, using: &random)
            if Bool.random(using: &random) {
                counters[index] += 1
                let dot = Dot(ReplicaID(install: UInt64(index + 1), epoch: 0), counters[index])
                let write = Self.write(dot, seen: states[index].vector, using: &random)
                states[index].apply([write.change], dot: dot, context: write.context)
            } else {
                let other = Int.random(in: 0..<count, using: &random)
                states[index].merge(states[other])
            }
        }
    }

    var mergesWell: Bool {
        guard let a = states.first, let b = states.dropFirst().first, let c = states.last else {
            return false
        }
        return Self.joined(a, b) == Self.joined(b, a)
            && Self.joined(Self.joined(a, b), c) == Self.joined(a, Self.joined(b, c))
            && Self.joined(a, a) == a
            && Self.joined(Self.joined(a, b), b) == Self.joined(a, b)
    }

    private static func joined(_ a: EntityState, _ b: EntityState) -> EntityState {
        var joined = a
        joined.merge(b)
        return joined
    }

    private static func write(
        _ dot: Dot, seen: VersionVector, using random: inout SeededGenerator
    ) -> CaseWrite {
        let stamp = CaseWrite.Stamped(
            role: .office, hlc: HLC(milliseconds: Int64(dot.counter), logical: 0), receivedAt: 1)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return .note("n", dot: dot, context: seen, stamp: stamp)
        case 1:
            return .plan(.deleted, .flag(true), dot: dot, context: seen, stamp: stamp)
        default:
            let text = PlanValue.text("\(dot.counter)")
            return .plan(.officeNote, text, dot: dot, context: seen, stamp: stamp)
        }
    }
}
