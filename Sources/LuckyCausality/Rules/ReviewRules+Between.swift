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
    /// Who says so: the handover's own change, or a correction's.
    public var source: ChangeID

    /// Takes the values as they are.
    public init(
        number: Identifier, isCollected: Bool, day: CivilDate, ref: FactRef, source: ChangeID
    ) {
        self.number = number
        self.isCollected = isCollected
        self.day = day
        self.ref = ref
        self.source = source
    }

    /// What two handovers cannot both have had in hand.
    fileprivate struct Move: Hashable {
        var number: Identifier
        var isCollected: Bool
        var day: CivilDate
    }

    fileprivate var move: Move { Move(number: number, isCollected: isCollected, day: day) }

    fileprivate var side: LeastPairs.Side { LeastPairs.Side(ref, source: source) }
}

extension EntityState {
    /// Every number scanned at this stop, sorted by change.
    ///
    /// A correction adds the numbers that it says and takes none away: facts are only added, so a
    /// contradiction that was there once is there in every order of arrival, and whoever decides it
    /// sees the correction. For the same reason the day is the scan's own, not the plan's, which
    /// the office may move.
    public var serialScans: [SerialScan] {
        guard id.kind == .stop, glance.has(.handedOver) else { return [] }
        var scans: Set<SerialScan> = []
        for record in facts.values {
            switch record.fact {
            case .handedOver(let value):
                scans.formUnion(self.scans(value, of: record, source: record))
            case .corrected(let correction):
                guard case .handedOver(let value) = correction.replacement,
                    let original = facts[correction.original],
                    case .handedOver? = original.fact
                else { continue }
                scans.formUnion(self.scans(value, of: original, source: record))
            default: continue
            }
        }
        return scans.sorted {
            ($0.ref, $0.isCollected ? 1 : 0, $0.number, $0.source)
                < ($1.ref, $1.isCollected ? 1 : 0, $1.number, $1.source)
        }
    }

    private func scans(
        _ value: HandedOver, of handover: Recorded, source: Recorded
    ) -> [SerialScan] {
        guard let day = CivilDate(taipeiDayAt: handover.stamp.happenedAt) else { return [] }
        func all(_ numbers: [Identifier], isCollected: Bool) -> [SerialScan] {
            numbers.map {
                SerialScan(
                    number: $0, isCollected: isCollected, day: day, ref: handover.ref,
                    source: source.ref.change)
            }
        }
        return all(value.serials, isCollected: false)
            + all(value.collectedSerials, isCollected: true)
    }
}

extension ReviewRules {
    /// Contradictions between two stops: one cylinder handed over, or taken back, at both on one
    /// business day. Each sits on the stop of its lesser change.
    ///
    /// As at one stop, two changesets have one review over each such cylinder, of the least pair
    /// that names it, however many handovers of each do.
    public static func findings(
        between a: EntityState, and b: EntityState, rules: RuleTable = .standard
    ) -> [ReviewFinding] {
        guard a.id != b.id, rules[.handedOver].opensElsewhere(.serialTwice) else { return [] }
        let theirs = Dictionary(grouping: b.serialScans, by: \.move)
        if theirs.isEmpty { return [] }
        let mine = a.serialScans
        let places = Dictionary(
            mine.map { ($0.ref, a.id) } + theirs.values.joined().map { ($0.ref, b.id) },
            uniquingKeysWith: { first, _ in first })
        var least = LeastPairs()
        for scan in mine {
            for other in theirs[scan.move] ?? [] {
                least.add(scan.side, other.side, about: scan.move)
            }
        }
        var found: Set<ReviewFinding> = []
        for sides in least.all {
            guard let first = sides.first, let last = sides.last, let stop = places[first],
                let other = places[last]
            else { continue }
            found.insert(between(.serialTwice, first, stop, last, other))
        }
        return found.sorted { $0.sides.lexicographicallyPrecedes($1.sides) }
    }
}
