import LuckyCausality
import LuckyModel
import TestSupport
import Testing

/// One change as different replicas hold it: unreceived at its author, received, received again
/// after the hub was restored, under the dot of a re-issue, redacted, vouched for by a witness.
/// Whatever is merged with what, in whatever order, all end with one of them, the same one.
@Suite struct StampTests {
    struct Held: Hashable {
        var replica: Int
        var number: Int
        var variant: Int
    }

    @Test func everyReplicaKeepsTheSameOne() throws {
        try Budget.current("causality").runHistories(
            draw: { random in
                (0..<16).map { _ in
                    Held(
                        replica: .random(in: 0..<4, using: &random),
                        number: .random(in: 1...3, using: &random),
                        variant: .random(in: 0..<9, using: &random))
                }
            }, check: Self.check)
    }

    private static func check(_ held: [Held]) throws {
        var states = Array(repeating: EntityState(id: .stop), count: 4)
        for one in held { states[one.replica].put(one.recorded) }
        for (x, y, z) in [(0, 1, 2), (1, 2, 3), (2, 3, 0)] {
            let (x, y, z) = (states[x], states[y], states[z])
            try hold(x.merging(y) == y.merging(x), "not commutative")
            let merged = x.merging(y)
            try hold(merged.merging(z) == x.merging(y.merging(z)), "not associative")
            try hold(merged.merging(y) == merged, "a second time changes something")
            let (left, right) = (x.merging(y).merging(z), z.merging(y).merging(x))
            try hold(left.factsInOrder == right.factsInOrder, "another story")
            try hold(left.stop == right.stop, "another stop")
            try hold(
                ReviewRules.findings(in: left) == ReviewRules.findings(in: right), "other reviews")
        }
    }
}

extension StampTests.Held {
    var recorded: Recorded {
        let isReissue = variant == 5 || variant == 6
        let dot = Dot(isReissue ? ReplicaID(install: 0xA, epoch: 2) : .a, UInt64(number))
        let received: Int64? = [nil, 20, 30, 20, 20, nil, 40, 20, 10][variant]
        var stamp = Stamp.by("amy", .driver, hlc: Int64(10 * number), received: received)
        if variant == 3 { stamp.relation = .wasInScope }
        if variant == 4 { stamp.role = .supervisor }
        let note = Change.Body.fact(.noteAdded(Note(variant == 7 ? nil : "n")))
        var recorded = Recorded(
            dot, number == 2 ? note : .handover, stamp,
            change: ChangeID(high: 1, low: UInt64(number)))
        if variant == 8 { recorded.witnessedBy = number == 1 ? .b : .c }
        return recorded
    }
}
