import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@testable import LuckyStore

/// L19 as a law of merging: what a store wrote beyond the last common dot gets new dots, and in
/// every vector the old replica is cut and the new dots take the place of what was cut. Nobody's
/// view of who saw what changes, and renaming before a merge is renaming after it.
struct RenamingTests {
    private static let old = ReplicaID(install: 1, epoch: 1)
    private static let later = ReplicaID(install: 1, epoch: 7)
    private static let target = ReplicaID(install: 1, epoch: 3)
    private static let others = [
        ReplicaID(install: 0, epoch: 1), ReplicaID(install: 1, epoch: 2),
        ReplicaID(install: 9, epoch: 1),
    ]

    /// A fork at a drawn place; some of a later epoch wait, too.
    private struct Fork {
        var renaming = Renaming(to: RenamingTests.target)
        var common: UInt64
        var lastOld: UInt64
        var lastLater: UInt64
        var firstLater: UInt64
        /// Old dot and new counter, in order of writing.
        var renamed: [(old: Dot, new: UInt64)] = []

        init(_ random: inout SeededGenerator) {
            common = .random(in: 0...4, using: &random)
            lastOld = common + .random(in: 0...4, using: &random)
            firstLater = .random(in: 1...3, using: &random)
            lastLater = firstLater + .random(in: 0...3, using: &random) - 1
            renaming.cut(old, after: common)
            var dots: [Dot] = []
            if lastOld > common { dots += (common + 1...lastOld).map { Dot(old, $0) } }
            if lastLater >= firstLater {
                dots += (firstLater...lastLater).map { Dot(later, $0) }
            }
            for (index, dot) in dots.enumerated() {
                renaming.rename(dot, to: UInt64(index) + 1)
                renamed.append((dot, UInt64(index) + 1))
            }
        }

        /// What this store can have seen: of its own chains no more than it wrote.
        func vector(_ random: inout SeededGenerator) -> VersionVector {
            var vector = VersionVector()
            vector.raise(old, to: .random(in: 0...lastOld, using: &random))
            // Whatever is written in a later epoch saw all of the earlier one that touched it.
            if vector[old] == lastOld {
                vector.raise(later, to: .random(in: 0...lastLater, using: &random))
            }
            for other in others { vector.raise(other, to: .random(in: 0...3, using: &random)) }
            return vector
        }
    }

    @Test("Who saw what stays, nobody else's dots are touched, and nothing names what was cut")
    func whoSawWhatStays() throws {
        try Budget.current("store").run { random in
            let fork = Fork(&random)
            let vector = fork.vector(&random)
            let renamed = fork.renaming(vector)
            let hint = "\(random): \(vector.entries) → \(renamed.entries)"
            try #require(renamed[Self.old] == min(vector[Self.old], fork.common), "\(hint)")
            for other in Self.others { try #require(renamed[other] == vector[other]) }
            for (dot, counter) in fork.renamed {
                let after = renamed.covers(Dot(Self.target, counter))
                try #require(after == vector.covers(dot), "\(hint): \(dot)")
                try #require(fork.renaming(dot) == Dot(Self.target, counter))
            }
            // It grows by one name at most, however often a phone was copied.
            try #require(renamed.entries.count <= vector.entries.count + 1)
            try #require(fork.renaming(renamed) == renamed, "a second time changes something")
            let cut = fork.renaming(vector, isCutOnly: true)
            try #require(cut[Self.target] == 0 && renamed.covers(cut))
        }
    }

    @Test("Renaming and merging come to the same in either order")
    func commutesWithMerging() throws {
        try Budget.current("store").run { random in
            let fork = Fork(&random)
            let (a, b) = (fork.vector(&random), fork.vector(&random))
            try #require(
                fork.renaming(a.merging(b)) == fork.renaming(a).merging(fork.renaming(b)),
                "\(random)")
            if a.covers(b) { try #require(fork.renaming(a).covers(fork.renaming(b))) }

            // The same changesets, applied and then renamed, or renamed and then applied.
            let entity = Phone.stop(1)
            var plain = EntityState(id: entity)
            var renamed = EntityState(id: entity)
            for (dot, counter) in fork.renamed {
                var context = fork.vector(&random)
                // A writer has seen what it wrote before, and nothing of what comes.
                context = own(context, before: dot, lastOld: fork.lastOld)
                let write = { (dot: Dot, context: VersionVector) in
                    Recorded(
                        ref: FactRef(change: ChangeID(high: 1, low: counter), index: 0), dot: dot,
                        body: .plan(.address, .text("\(counter)")), hash: .zero,
                        stamp: Stamp(
                            author: "amy", role: .driver, relation: .inScope, hlc: .zero,
                            writtenAt: 0, receivedAt: nil), context: context)
                }
                let new = Dot(Self.target, counter)
                plain.apply([write(dot, context)], dot: dot, context: context)
                let seen = fork.renaming(context)
                renamed.apply([write(new, seen)], dot: new, context: seen)
            }
            try #require(
                plain.fields[.address]?.siblings.map(\.ref.change)
                    == renamed.fields[.address]?.siblings.map(\.ref.change), "\(random)")
            try #require(fork.renaming(plain.vector)[Self.target] == renamed.vector[Self.target])
        }
    }

    /// Of one's own chains, exactly what was written before `dot`.
    private func own(
        _ context: VersionVector, before dot: Dot, lastOld: UInt64
    ) -> VersionVector {
        var result = VersionVector()
        for entry in context.entries where Self.others.contains(entry.replica) {
            result.raise(entry.replica, to: entry.counter)
        }
        result.raise(dot.replica, to: dot.counter - 1)
        if dot.replica == Self.later { result.raise(Self.old, to: lastOld) }
        return result
    }
}
