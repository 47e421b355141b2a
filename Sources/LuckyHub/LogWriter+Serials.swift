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

    /// Opens a review for each pair of changes at two stops of one customer and day that contradict
    /// each other: in the transaction that brings the second, whichever that is.
    mutating func openCustomerReviews(on id: EntityID) throws {
        let (state, row) = (try load(id).state, try load(id).row)
        guard let customer = row?.customer, let date = row?.date,
            state.facts.values.contains(where: { $0.fact?.isDoorstep == true })
        else { return }
        var stops = [state]
        for other in try rows.stops(of: customer, date: date) where other != id {
            stops.append(try load(other).state)
        }
        guard stops.count > 1 else { return }
        for finding in ReviewRules.findings(ofOneCustomer: stops, rules: hub.rules)
        where try !isOpened(finding) {
            try open(finding)
        }
    }

    /// A review between two stops is looked for by what it says: its id may be another change's.
    private mutating func isOpened(_ finding: ReviewFinding) throws -> Bool {
        try load(finding.entity).state.facts.values.contains { record in
            guard case .reviewOpened(let review) = record.fact else { return false }
            return review.kind == finding.kind && review.sides == finding.sides
        }
    }

    private mutating func open(_ finding: ReviewFinding) throws {
        // Both sides, to be read where the review sits.
        var both = try load(finding.entity).state
        let context = both.vector
        var cores: [FactRef: [UInt8]] = [:]
        for stop in [finding.entity] + finding.others {
            both.facts.merge(try load(stop).state.facts) { mine, _ in mine }
            for record in try rows.records(of: stop, after: 0) {
                cores[record.change.ref] = record.change.encoded.core
            }
        }
        let told = finding.sides.compactMap { cores[$0] }
        let bytes = told.reduce(0) { $0 + $1.count }
        let isWhole = told.count == finding.sides.count && bytes <= Bounds.changesetBytes / 2
        let review = ReviewOpened(finding, in: both, cores: isWhole ? told : [])
        let isTaken = try rows.dot(of: finding.id) != nil
        _ = try write(
            [Change(finding.entity, .fact(.reviewOpened(review)))],
            contexts: [finding.entity: context], id: isTaken ? hub.random.bits() : finding.id,
            author: hub.depot, role: .hub)
    }
}
