internal import LuckyModel

// What was there for whoever wrote a change. A review is over changes that stood together at some
// moment, wherever that was: none of them written over, or corrected, by something that one of
// their writers had seen. Arrival says nothing about it; contexts do, for ever the same.

extension ReviewSearch {
    /// What a handover, a failure or a receipt says, first and by each correction.
    struct Version {
        var value: Correction.Replacement
        /// The tap itself.
        var original: Recorded
        /// Who says so: the tap, or a correction of it.
        var source: Recorded

        /// The change that a review names: the tap, as long as it is the same kind of thing.
        var named: Recorded { original.fact?.kind == value.kind ? original : source }
    }

    /// Corrections by what they correct. One to something of a newer build says nothing here.
    static func corrections(in facts: [Recorded]) -> [FactRef: [Recorded]] {
        var corrections: [FactRef: [Recorded]] = [:]
        for record in facts {
            guard case .corrected(let correction) = record.fact,
                correction.replacement != .unknown
            else { continue }
            corrections[correction.original, default: []].append(record)
        }
        return corrections
    }

    /// In the order of ``facts``, each tap before its corrections.
    static func versions(
        of facts: [Recorded], _ corrections: [FactRef: [Recorded]]
    ) -> [Version] {
        facts.flatMap { record -> [Version] in
            guard let first = record.fact?.correctable else { return [] }
            return [Version(value: first, original: record, source: record)]
                + (corrections[record.ref] ?? []).compactMap { source in
                    guard case .corrected(let correction) = source.fact else { return nil }
                    return Version(
                        value: correction.replacement, original: record, source: source)
                }
        }
    }

    /// No writer of these had seen a write that covers this one.
    func stands(_ write: Recorded, for records: Recorded...) -> Bool {
        guard let field = write.plan?.field else { return true }
        return !writes(field).contains { other in
            other.context.covers(write.dot) && records.contains(where: other.isPresent)
        }
    }

    /// No writer of these had seen a correction of this version.
    func stands(_ version: Version, for records: Recorded...) -> Bool {
        let isFirst = version.source.ref == version.original.ref
        return !(corrections[version.original.ref] ?? []).contains { other in
            guard other.ref != version.source.ref, case .corrected(let correction) = other.fact
            else { return false }
            return (isFirst || correction.seen.contains(version.source.ref))
                && records.contains(where: other.isPresent)
        }
    }
}

extension Recorded {
    /// Whether it was there for who wrote `other`: they knew of it, or wrote it along. What was in
    /// quarantine may be let out under several dots.
    func isPresent(for other: Recorded) -> Bool {
        (writtenAs ?? dot) == (other.writtenAs ?? other.dot) || isKnown(to: other)
    }

    /// Among whose facts it can be the first, in whatever order they are heard: a replica's come in
    /// order, but what quarantine held up may come before or behind any other.
    var line: Line { writtenAs.map(Line.held) ?? .replica(dot.replica) }

    enum Line: Hashable {
        case replica(ReplicaID)
        case held(Dot)
    }
}

extension Fact {
    /// What a correction could say instead; nil for what cannot be corrected.
    var correctable: Correction.Replacement? {
        switch self {
        case .handedOver(let value): .handedOver(value)
        case .failed(let value): .failed(value)
        case .cashReceived(let value): .cashReceived(value)
        default: nil
        }
    }
}

extension Correction.Replacement {
    /// The kind of fact that says the same; nil where nothing is left.
    fileprivate var kind: FactKind? {
        switch self {
        case .handedOver: .handedOver
        case .failed: .failed
        case .cashReceived: .cashReceived
        case .withdrawn, .unknown: nil
        }
    }
}
