import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@Suite struct VersionVectorTests {
    typealias Order = VersionVector.Order

    @Test(
        arguments: [
            ([:], [:], Order.equal),
            ([.a: 1], [:], .after),
            ([:], [.a: 1], .before),
            ([.a: 1], [.a: 1], .equal),
            ([.a: 2], [.a: 1], .after),
            ([.a: 1], [.b: 1], .concurrent),
            ([.a: 1, .b: 2], [.a: 2, .b: 1], .concurrent),
            ([.a: 1, .b: 2], [.b: 2], .after),
            ([.a: 1, .b: 2, .c: 3], [.a: 1, .b: 2, .c: 4], .before),
            // Pruned history, where comparing only the newest entry would say "newer" (VV-011).
            ([.a: 20], [.a: 15, .b: 3], .concurrent),
            ([.a: (1 << 53) - 1], [.a: (1 << 53) - 2], .after),
        ] as [(VersionVector, VersionVector, Order)])
    func compares(_ a: VersionVector, _ b: VersionVector, _ order: Order) {
        #expect(a.compare(b) == order)
        let mirrored: Order =
            switch order {
            case .after: .before
            case .before: .after
            default: order
            }
        #expect(b.compare(a) == mirrored)
    }

    @Test func missingCountsAsZero() {
        let vector: VersionVector = [.a: 3]
        #expect(vector[.b] == 0)
        #expect(vector.covers(Dot(.a, 3)))
        #expect(!vector.covers(Dot(.a, 4)))
        #expect(!vector.covers(Dot(.b, 1)))
        var same = vector
        same.raise(.b, to: 0)
        same.raise(.a, to: 2)
        #expect(same == vector)
    }

    @Test func onlyTheCanonicalFormIsRead() {
        func entry(_ replica: ReplicaID, _ counter: UInt64) -> VersionVector.Entry {
            VersionVector.Entry(replica: replica, counter: counter)
        }
        #expect(VersionVector(canonical: [entry(.a, 1), entry(.b, 2)]) == [.a: 1, .b: 2])
        #expect(VersionVector(canonical: [entry(.b, 1), entry(.a, 2)]) == nil)
        #expect(VersionVector(canonical: [entry(.a, 1), entry(.a, 2)]) == nil)
        #expect(VersionVector(canonical: [entry(.a, 0)]) == nil)
        #expect(VersionVector(canonical: [entry(.a, 1 << 53)]) == nil)
        #expect(VersionVector(canonical: [entry(.a, (1 << 53) - 1)]) != nil)
    }

    @Test func replicasOrderAsTheirBytes() {
        let replicas = [
            ReplicaID(install: 0, epoch: .max), ReplicaID(install: 1, epoch: 0),
            ReplicaID(install: .max, epoch: 0), ReplicaID(install: 1, epoch: 1),
        ]
        for a in replicas {
            #expect(ReplicaID(bytes: a.bytes) == a)
            for b in replicas {
                #expect((a < b) == a.bytes.lexicographicallyPrecedes(b.bytes))
            }
        }
        #expect(ReplicaID(bytes: Array(replicas[0].bytes.dropLast())) == nil)
        #expect(replicas[0].description == "0000000000000000ffffffff")
    }

    /// Against a plain dictionary, which knows no canonical form.
    @Test func lawsOfMerging() throws {
        try Budget.current("causality").run { random in
            let vectors = (0..<3).map { _ in VersionVector.random(using: &random) }
            let (a, b, c) = (vectors[0], vectors[1], vectors[2])
            let merged = a.merging(b)
            var model: [ReplicaID: UInt64] = [:]
            for entry in a.entries + b.entries {
                model[entry.replica] = max(entry.counter, model[entry.replica] ?? 0)
            }
            try #require(
                merged.entries.map(\.replica) == model.keys.sorted(), "\(random.description)")
            for (replica, counter) in model { try #require(merged[replica] == counter) }
            try #require(VersionVector(canonical: merged.entries) == merged)
            try #require(merged == b.merging(a))
            try #require(merged.merging(c) == a.merging(b.merging(c)))
            try #require(a.merging(a) == a)
            try #require(merged.covers(a) && merged.covers(b))
            let rest = a.beyond(b)
            try #require(b.merging(rest) == merged)
            try #require(rest.entries.allSatisfy { !b.covers(Dot($0.replica, $0.counter)) })
            try #require((a.compare(b) == .equal) == (a == b))
        }
    }
}
