internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension LogWriter {
    /// Each contradiction that the entity now shows and that has no review yet gets one, in a
    /// changeset of the hub's own (L4).
    mutating func openReviews(on id: EntityID) throws {
        if Mutant.isOn(.reviewNotOpened) { return }
        for finding in ReviewRules.findings(in: try load(id).state, rules: hub.rules)
        where !(try load(id).state.openedReviews.contains(finding.id)) {
            let state = try load(id).state
            var review = ReviewOpened(
                finding, in: state, cores: try cores(of: finding.sides, on: id))
            review.base = try base(of: finding, in: state)
            let context = try load(id).state.vector
            // That another change bears its id already, by accident or on purpose, is no obstacle:
            // a review is looked for by what it says.
            let isTaken = try rows.dot(of: finding.id) != nil
            _ = try write(
                [Change(id, .fact(.reviewOpened(review)))], contexts: [id: context],
                id: isTaken ? hub.random.bits() : finding.id, author: hub.depot, role: .hub)
        }
        try openSerialReviews(on: id)
        try openCustomerReviews(on: id)
    }

    /// What each side says, as written, so that the review stays readable when a value was
    /// overwritten (L4). None where they would not fit a changeset beside the rest.
    private func cores(of sides: [FactRef], on id: EntityID) throws -> [[UInt8]] {
        let records = try rows.records(of: id, after: 0)
        let cores = sides.compactMap { side in
            records.first { $0.change.ref == side }?.change.encoded.core
        }
        let bytes = cores.reduce(0) { $0 + $1.count }
        return cores.count == sides.count && bytes <= Bounds.changesetBytes / 2 ? cores : []
    }
}

extension EntityState {
    /// The ids of the reviews that were opened here, by name and by what they say. One that only a
    /// witness tells of is opened again where it shows: what it says of its sides is no proof.
    var openedReviews: Set<ChangeID> {
        var opened: Set<ChangeID> = []
        for record in facts.values {
            guard case .reviewOpened(let review) = record.fact, record.witnessedBy == nil else {
                continue
            }
            opened.insert(record.ref.change)
            opened.insert(ReviewFinding(review.kind, on: id, review.sides).id)
        }
        return opened
    }
}
