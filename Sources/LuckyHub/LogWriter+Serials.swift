internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension LogWriter {
    /// Notes which cylinders were scanned at a stop, and opens the reviews over those that were at
    /// another stop, too (L4): in the transaction that brings the second, whichever that is.
    mutating func openSerialReviews(on id: EntityID) throws {
        let state = try load(id).state
        var others: Set<EntityID> = []
        for scan in state.serialScans {
            try rows.insert(scan, at: id)
            others.formUnion(try rows.stops(with: scan))
        }
        var found: [ReviewFinding] = []
        for other in others.sorted() where other != id {
            found += ReviewRules.findings(
                between: state, and: try load(other).state, rules: hub.rules)
        }
        let inOrder = found.sorted { $0.sides.lexicographicallyPrecedes($1.sides) }
        for finding in inOrder where try !isOpened(finding) { try open(finding) }
    }

    /// A review between two stops is looked for by what it says: its id may be another change's. As
    /// at one stop, one that only a witness tells of is opened again where it shows.
    mutating func isOpened(_ finding: ReviewFinding) throws -> Bool {
        try load(finding.entity).state.facts(of: .reviewOpened).contains { record in
            guard case .reviewOpened(let review) = record.fact, record.witnessedBy == nil else {
                return false
            }
            return review.kind == finding.kind && review.sides == finding.sides
        }
    }
}
