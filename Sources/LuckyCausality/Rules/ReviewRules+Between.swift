internal import LuckyModel

extension ReviewRules {
    /// Contradictions between two stops: one cylinder handed over, or taken back, at both on one
    /// business day. The review sits on the stop of the lesser change.
    public static func findings(
        between a: EntityState, and b: EntityState, rules: RuleTable = .standard
    ) -> [ReviewFinding] {
        let review = rules[FactKind.handedOver].contradicts.first { $0.against == .elsewhere }
        guard let review, a.id != b.id, a.id.kind == .stop, b.id.kind == .stop,
            a.stop.date == b.stop.date
        else { return [] }
        let theirs = handovers(in: b)
        var found: Set<ReviewFinding> = []
        for mine in handovers(in: a) {
            for other in theirs where isOneCylinder(mine.value, other.value) {
                let isMineFirst = mine.ref < other.ref
                found.insert(
                    ReviewFinding(
                        review.opens, on: isMineFirst ? a.id : b.id,
                        others: [isMineFirst ? b.id : a.id], [mine.ref, other.ref]))
            }
        }
        return found.sorted { $0.sides.lexicographicallyPrecedes($1.sides) }
    }

    private static func handovers(in state: EntityState) -> [(ref: FactRef, value: HandedOver)] {
        Corrections.effective(state.factRecords).compactMap { effective in
            guard case .handedOver(let value) = effective.value else { return nil }
            return (effective.record.ref, value)
        }
    }

    private static func isOneCylinder(_ a: HandedOver, _ b: HandedOver) -> Bool {
        !Set(a.serials).isDisjoint(with: b.serials)
            || !Set(a.collectedSerials).isDisjoint(with: b.collectedSerials)
    }
}
