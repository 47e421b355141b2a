public import LuckyModel

/// A contradiction that one entity's state shows: between two changes, by one rule.
public struct ReviewFinding: Hashable, Sendable {
    /// The rule that found it.
    public var kind: ReviewKind
    /// The entity whose state shows it.
    public var entity: EntityID
    /// Exactly two, sorted.
    public var sides: [FactRef]
}

/// Which contradictions open a review (L4): a pure function of the merged state, the same on every
/// replica that holds the same entity.
public enum ReviewRules {
    /// From 1; every review says which version opened it.
    public static let version = 1

    /// Every pair that contradicts itself now, sorted by kind and sides.
    public static func findings(in state: EntityState) -> [ReviewFinding] {
        let corrected = Corrections.effective(state.factRecords)
        // What says that gas changed hands: the tap itself, or the correction that made it one.
        let handovers = corrected.compactMap { effective -> Recorded? in
            guard case .handedOver = effective.value else { return nil }
            if case .handedOver = effective.record.fact {
                return state.facts[effective.record.ref]
            }
            return state.facts[effective.source]
        }
        var findings: [ReviewFinding] = []
        func open(_ kind: ReviewKind, _ a: Recorded, _ b: Recorded) {
            findings.append(
                ReviewFinding(kind: kind, entity: state.id, sides: [a.ref, b.ref].sorted()))
        }

        for handover in handovers {
            for cancel in state.fields[.cancelled]?.siblings ?? []
            where cancel.plan?.value.flag == true && !cancel.context.covers(handover.dot) {
                open(.deliveredAfterCancel, handover, cancel)
            }
            for assignment in state.fields[.driver]?.siblings ?? []
            where assignment.plan?.value.name != handover.stamp.author
                && !assignment.context.covers(handover.dot)
            {
                open(.deliveredAfterReassign, handover, assignment)
            }
        }
        for (index, first) in handovers.enumerated() {
            for second in handovers.dropFirst(index + 1) where first.ref.change != second.ref.change
            {
                open(.deliveredTwice, first, second)
            }
        }
        return findings.sorted {
            $0.kind == $1.kind
                ? $0.sides.lexicographicallyPrecedes($1.sides)
                : $0.kind.rawValue.utf8.lexicographicallyPrecedes($1.kind.rawValue.utf8)
        }
    }
}
