internal import LuckyModel

extension ReviewRules {
    /// Contradictions between the stops that one customer has on one business day: a meter that was
    /// read at two of them and differs, and more empties from all of them than the customer held.
    ///
    /// Each is over a pair of changes at two stops. More changes open further pairs and take none
    /// back, so every order of arrival comes to the same.
    /// - Parameter stops: of one customer and one day, in any order.
    public static func findings(
        ofOneCustomer stops: [EntityState], rules: RuleTable = .standard
    ) -> [ReviewFinding] {
        let visits = stops.sorted { $0.id < $1.id }.map(CustomerVisit.init)
        var found: Set<ReviewFinding> = []
        let taken = CustomerVisit.takenBeyondHeld(visits)
        for (index, first) in visits.enumerated() {
            for second in visits.dropFirst(index + 1) {
                let readings = first.readings.flatMap { mine in
                    second.readings.filter { $0.contradicts(mine) }.map { (mine.ref, $0.ref) }
                }
                let empties = first.collected(of: taken).flatMap { mine in
                    second.collected(of: taken).map { (mine, $0) }
                }
                for (kind, review, pairs) in [
                    (FactKind.meterRead, ReviewKind.meterTwice, readings),
                    (.handedOver, .moreEmptiesThanHeld, empties),
                ] where rules[kind].opensElsewhere(review) {
                    for (mine, other) in pairs {
                        found.insert(between(review, mine, first.stop, other, second.stop))
                    }
                }
            }
        }
        return found.sorted {
            $0.kind == $1.kind
                ? $0.sides.lexicographicallyPrecedes($1.sides) : $0.kind < $1.kind
        }
    }

    /// A contradiction of two changes at two entities. It sits on that of the lesser change.
    static func between(
        _ kind: ReviewKind, _ mine: FactRef, _ stop: EntityID, _ other: FactRef,
        _ another: EntityID
    ) -> ReviewFinding {
        let isMineFirst = mine < other
        return ReviewFinding(
            kind, on: isMineFirst ? stop : another, others: [isMineFirst ? another : stop],
            [mine, other])
    }
}

extension FactRule {
    /// Whether the like of it at another entity opens this review.
    func opensElsewhere(_ review: ReviewKind) -> Bool {
        contradicts.contains { [.elsewhere, .customer].contains($0.against) && $0.opens == review }
    }
}

/// What was read and taken back at one stop.
private struct CustomerVisit {
    struct Reading {
        var ref: FactRef
        var day: CivilDate
        var value: MeterReading

        func contradicts(_ other: Reading) -> Bool {
            day == other.day && value.product == other.value.product
                && value.milli != other.value.milli
        }
    }

    var stop: EntityID
    var readings: [Reading]
    /// The empties of each handover, the most that it or a correction of it says: a correction takes
    /// nothing away, as with numbers (``EntityState/serialScans``).
    var collected: [FactRef: [Product: Int]] = [:]
    /// Handovers that tell again what another one tells.
    var duplicates: Set<FactRef>
    /// Nil where the plan does not say.
    var holds: Quantities?

    init(_ state: EntityState) {
        stop = state.id
        readings = state.facts.values.compactMap { record in
            guard case .meterRead(let value) = record.fact,
                let day = CivilDate(taipeiDayAt: record.stamp.happenedAt)
            else { return nil }
            return Reading(ref: record.ref, day: day, value: value)
        }
        duplicates = Duplicates(state, Corrections.effective(state.factRecords)).handovers
        holds = state.shown(.holds).quantities
        for record in state.facts.values {
            switch record.fact {
            case .handedOver(let value): note(value, of: record.ref)
            case .corrected(let correction):
                guard case .handedOver(let value) = correction.replacement else { continue }
                note(value, of: correction.original)
            default: continue
            }
        }
    }

    private mutating func note(_ value: HandedOver, of ref: FactRef) {
        for pair in value.handover.collected.pairs {
            let most = max(collected[ref]?[pair.product] ?? 0, pair.count)
            collected[ref, default: [:]][pair.product] = most
        }
    }

    /// The handovers that took back some of these products, sorted.
    func collected(of products: Set<Product>) -> [FactRef] {
        collected.filter { $0.value.contains { $0.value > 0 && products.contains($0.key) } }
            .keys.sorted()
    }

    /// The products of which more came back from all stops than any of them says that the customer
    /// held; none where no stop says.
    static func takenBeyondHeld(_ visits: [CustomerVisit]) -> Set<Product> {
        let held = visits.compactMap(\.holds)
        guard !held.isEmpty else { return [] }
        var sums: [Product: Int] = [:]
        for visit in visits {
            for (ref, counts) in visit.collected where !visit.duplicates.contains(ref) {
                for (product, count) in counts {
                    let sum = sums[product, default: 0].addingReportingOverflow(count)
                    sums[product] = sum.overflow ? .max : sum.partialValue
                }
            }
        }
        return Set(sums.filter { sum in held.allSatisfy { sum.value > $0[sum.key] } }.keys)
    }
}
