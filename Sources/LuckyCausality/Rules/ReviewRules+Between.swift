public import LuckyModel

/// A cylinder's number as a stop's facts say it, and have ever said it.
public struct SerialScan: Hashable, Sendable {
    /// The cylinder's number.
    public var number: Identifier
    /// Taken back, rather than handed over.
    public var isCollected: Bool
    /// The business day in Taipei on which it was scanned: ``Stamp/happenedAt``.
    public var day: CivilDate
    /// The handover that says it; of a correction, the one that it corrects.
    public var ref: FactRef

    /// Takes the values as they are.
    public init(number: Identifier, isCollected: Bool, day: CivilDate, ref: FactRef) {
        self.number = number
        self.isCollected = isCollected
        self.day = day
        self.ref = ref
    }
}

extension EntityState {
    /// Every number scanned at this stop, sorted by change.
    ///
    /// A correction adds the numbers that it says and takes none away: facts are only added, so a
    /// contradiction that was there once is there in every order of arrival, and whoever decides it
    /// sees the correction. For the same reason the day is the scan's own, not the plan's, which
    /// the office may move.
    public var serialScans: [SerialScan] {
        guard id.kind == .stop else { return [] }
        var scans: Set<SerialScan> = []
        for record in facts.values {
            switch record.fact {
            case .handedOver(let value): scans.formUnion(self.scans(value, of: record))
            case .corrected(let correction):
                guard case .handedOver(let value) = correction.replacement,
                    let original = facts[correction.original],
                    case .handedOver? = original.fact
                else { continue }
                scans.formUnion(self.scans(value, of: original))
            default: continue
            }
        }
        return scans.sorted {
            ($0.ref, $0.isCollected ? 1 : 0, $0.number)
                < ($1.ref, $1.isCollected ? 1 : 0, $1.number)
        }
    }

    private func scans(_ value: HandedOver, of handover: Recorded) -> [SerialScan] {
        guard let day = CivilDate(taipeiDayAt: handover.stamp.happenedAt) else { return [] }
        func all(_ numbers: [Identifier], isCollected: Bool) -> [SerialScan] {
            numbers.map {
                SerialScan(number: $0, isCollected: isCollected, day: day, ref: handover.ref)
            }
        }
        return all(value.serials, isCollected: false)
            + all(value.collectedSerials, isCollected: true)
    }
}

extension ReviewRules {
    /// Contradictions between two stops: one cylinder handed over, or taken back, at both on one
    /// business day.
    public static func findings(
        between a: EntityState, and b: EntityState, rules: RuleTable = .standard
    ) -> [ReviewFinding] {
        guard a.id != b.id else { return [] }
        var found: Set<ReviewFinding> = []
        for mine in a.serialScans {
            for other in b.serialScans where mine.isOfOneCylinder(with: other) {
                if let finding = finding(mine.ref, on: a.id, other.ref, on: b.id, rules: rules) {
                    found.insert(finding)
                }
            }
        }
        return found.sorted { $0.sides.lexicographicallyPrecedes($1.sides) }
    }

    /// The contradiction of two handovers that name one cylinder. It sits on the stop of the lesser
    /// change; nil where the table has no such rule.
    public static func finding(
        _ mine: FactRef, on stop: EntityID, _ other: FactRef, on another: EntityID,
        rules: RuleTable = .standard
    ) -> ReviewFinding? {
        guard rules[FactKind.handedOver].opensElsewhere(.serialTwice) else { return nil }
        return between(.serialTwice, mine, stop, other, another)
    }
}

extension SerialScan {
    fileprivate func isOfOneCylinder(with other: SerialScan) -> Bool {
        number == other.number && isCollected == other.isCollected && day == other.day
    }
}
