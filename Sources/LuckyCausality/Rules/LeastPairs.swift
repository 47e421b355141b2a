internal import LuckyModel

/// Of all pairs by which two changesets contradict each other, the least.
///
/// What two changes said while neither writer knew better never changes, and the changes of a
/// changeset come together: so which pair is the least does not depend on what comes later.
struct LeastPairs {
    /// The changesets that one side is in.
    struct Origin: Hashable, Comparable {
        /// Of what the review names.
        var named: ChangeID
        /// Of who says so: the same, or a correction's.
        var source: ChangeID

        static func < (a: Origin, b: Origin) -> Bool {
            (a.named, a.source) < (b.named, b.source)
        }
    }

    struct Side {
        var named: FactRef
        var source: ChangeID

        /// - Parameter source: who says so; nil: what the review names.
        init(_ named: FactRef, source: ChangeID? = nil) {
            self.named = named
            self.source = source ?? named.change
        }

        var origin: Origin { Origin(named: named.change, source: source) }
    }

    private struct Key: Hashable {
        var first: Origin
        var second: Origin
        var about: AnyHashable?
    }

    private var least: [Key: [FactRef]] = [:]

    /// - Parameter about: what both are about, if they are one review only then.
    mutating func add(_ a: Side, _ b: Side, about: AnyHashable? = nil) {
        let key = Key(
            first: min(a.origin, b.origin), second: max(a.origin, b.origin), about: about)
        let sides = [min(a.named, b.named), max(a.named, b.named)]
        guard let known = least[key], !sides.lexicographicallyPrecedes(known) else {
            least[key] = sides
            return
        }
    }

    /// The sides of each, in no order.
    var all: [[FactRef]] { Array(least.values) }
}

extension ReviewSearch {
    func open(_ kind: ReviewKind, _ pairs: LeastPairs) {
        for sides in pairs.all { open(kind, sides) }
    }
}

extension ReviewSearch.Version {
    /// As a side of a review that names this.
    func side(_ named: FactRef) -> LeastPairs.Side {
        LeastPairs.Side(named, source: source.ref.change)
    }
}

extension ReviewSearch.Candidate {
    var side: LeastPairs.Side { LeastPairs.Side(record.ref, source: source.ref.change) }
}
