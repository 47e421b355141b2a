internal import LuckyCausality
internal import LuckyWire

/// What a case can ask of version vectors, and what each question shows.
enum VectorStep {
    /// How two vectors stand to each other, both ways.
    case compare(VersionVector, VersionVector)
    /// All of them joined, in every order.
    case merge([VersionVector])
    /// The vector after the replica's next changeset.
    case increment(VersionVector, of: ReplicaDot)
    /// Whether entries in this order are a vector at all.
    case read([VersionVector.Entry])

    /// A replica about to write.
    struct ReplicaDot { var name: String }

    func play() throws(CaseError) -> CaseValue {
        switch self {
        case .compare(let a, let b):
            return [
                "relation": .text(a.compare(b).word), "reverse": .text(b.compare(a).word),
                "a_covers_b": .flag(a.covers(b)), "same_bytes": .flag(a.rowBytes == b.rowBytes),
                "a_beyond_b": .text(CaseNames.text(a.beyond(b))),
            ]
        case .merge(let vectors): return Self.merge(vectors)
        case .increment(let vector, let writer):
            return try Self.increment(vector, CaseNames.replica(writer.name, at: "actor"))
        case .read(let entries):
            let read = VersionVector(canonical: entries)
            return [
                "outcome": read == nil ? "malformed" : "read",
                "vector": read.map { .text(CaseNames.text($0)) } ?? .null,
            ]
        }
    }

    private static func merge(_ vectors: [VersionVector]) -> CaseValue {
        let joined = vectors.reduce(VersionVector()) { $0.merging($1) }
        let orders = Orders.all(of: vectors)
        // Grouped from the right as well: (a ∪ (b ∪ c)).
        let isAssociative = orders.allSatisfy { order in
            order.reversed().reduce(VersionVector()) { $1.merging($0) } == joined
        }
        return [
            "vector": .text(CaseNames.text(joined)),
            "commutative": .flag(
                orders.allSatisfy { $0.reduce(VersionVector()) { $0.merging($1) } == joined }),
            "associative": .flag(isAssociative),
            "idempotent": .flag(vectors.allSatisfy { joined.merging($0) == joined }),
            "covers_all": .flag(vectors.allSatisfy { joined.covers($0) }),
        ]
    }

    /// By the one place that gives out dots: a changeset that can be sealed has one.
    private static func increment(_ vector: VersionVector, _ replica: ReplicaID) -> CaseValue {
        let (counter, overflow) = vector[replica].addingReportingOverflow(1)
        guard !overflow, SampleBytes.canBeSealed(Dot(replica, counter)) else {
            return [
                "outcome": "counter_exhausted", "vector": .text(CaseNames.text(vector)),
                "relation": "equal",
            ]
        }
        var next = vector
        next.add(Dot(replica, counter))
        return [
            "outcome": "written", "vector": .text(CaseNames.text(next)),
            "relation": .text(next.compare(vector).word),
        ]
    }
}

/// Every order of a few things.
enum Orders {
    /// More than this many are too many: 5! = 120.
    static let limit = 5

    static func all<Element>(of elements: [Element]) -> [[Element]] {
        guard elements.count > 1 else { return [elements] }
        return elements.indices.flatMap { index in
            var rest = elements
            let first = rest.remove(at: index)
            return all(of: rest).map { [first] + $0 }
        }
    }
}
