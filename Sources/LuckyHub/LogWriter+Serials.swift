internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension LogWriter {
    /// Notes which cylinders were scanned at a stop, and opens a review for each pair of handovers
    /// at two stops that name one (L4): in the transaction that brings the second, whichever that
    /// is, and on the stop of the lesser change.
    mutating func openSerialReviews(on id: EntityID) throws {
        var found: Set<ReviewFinding> = []
        for scan in try load(id).state.serialScans {
            try rows.insert(scan, at: id)
            for other in try rows.scans(like: scan) where other.stop != id {
                let finding = ReviewRules.finding(scan.ref, on: id, other.ref, on: other.stop)
                if let finding { found.insert(finding) }
            }
        }
        let inOrder = found.sorted { $0.sides.lexicographicallyPrecedes($1.sides) }
        for finding in inOrder where try !isOpened(finding) { try open(finding) }
    }

    /// A review between two stops is looked for by what it says: its id may be another change's.
    mutating func isOpened(_ finding: ReviewFinding) throws -> Bool {
        try load(finding.entity).state.facts.values.contains { record in
            guard case .reviewOpened(let review) = record.fact else { return false }
            return review.kind == finding.kind && review.sides == finding.sides
        }
    }
}
