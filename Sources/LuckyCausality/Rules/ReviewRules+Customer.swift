internal import LuckyModel

extension ReviewRules {
    /// Contradictions between the stops that one customer has on one business day: a meter that was
    /// read at two of them and differs.
    ///
    /// Each is over a pair of facts at two stops. More facts open further pairs and take none back,
    /// so every order of arrival comes to the same. Empties are not summed over stops: what the
    /// customer held at each is only what the office knew when it planned it, and a sum against that
    /// would come out another way in another order.
    /// - Parameter stops: of one customer and one day, in any order.
    public static func findings(
        ofOneCustomer stops: [EntityState], rules: RuleTable = .standard
    ) -> [ReviewFinding] {
        guard rules[.meterRead].opensElsewhere(.meterTwice) else { return [] }
        let visits = stops.sorted { $0.id < $1.id }.map { ($0.id, $0.meterReadings) }
        var found: Set<ReviewFinding> = []
        for (index, (stop, readings)) in visits.enumerated() {
            for (another, others) in visits.dropFirst(index + 1) {
                for mine in readings {
                    for other in others where mine.value.contradicts(other.value) {
                        found.insert(between(.meterTwice, mine.ref, stop, other.ref, another))
                    }
                }
            }
        }
        return found.sorted { $0.sides.lexicographicallyPrecedes($1.sides) }
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

extension EntityState {
    /// As they were recorded.
    fileprivate var meterReadings: [(ref: FactRef, value: MeterReading)] {
        facts.values.compactMap { record in
            guard case .meterRead(let value) = record.fact else { return nil }
            return (record.ref, value)
        }
    }
}

extension MeterReading {
    /// Whether it is of the same meter, and says something else.
    fileprivate func contradicts(_ other: MeterReading) -> Bool {
        product == other.product && milli != other.milli
    }
}
