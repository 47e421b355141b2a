internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension LogWriter {
    /// Each contradiction that the entity and its past show and that has no review yet gets one, in
    /// a changeset of the hub's own (L4).
    /// - Parameter news: what was written just now; nil: the whole is looked at anew.
    mutating func openReviews(on id: EntityID, beside news: [Recorded]? = nil) throws {
        if Mutant.isOn(.reviewNotOpened) { return }
        let (state, past) = (try load(id).state, try past(of: id, beside: news))
        var findings = ReviewRules.findings(in: state, past: past, rules: hub.rules)
        if let news {
            // Two old plan values were compared when the second came, with all that was known then.
            let new = Set(news.map(\.ref))
            findings.removeAll { $0.kind == .planContested && new.isDisjoint(with: $0.sides) }
        }
        if !findings.isEmpty {
            let opened = state.openedReviews
            for finding in findings where !opened.contains(finding.id) { try open(finding) }
        }
        try openSerialReviews(on: id)
        try openMeterReviews(on: id)
        try openMergeReviews(on: id, beside: news)
    }

    mutating func open(_ finding: ReviewFinding) throws {
        let sides = try sides(of: finding)
        let records = sides.map(\.recorded)
        let bytes = sides.reduce(0) { $0 + $1.core.count }
        // None where they would not fit a changeset beside the rest.
        let isWhole = sides.count == finding.sides.count && bytes <= Bounds.changesetBytes / 2
        var review = ReviewOpened(finding, of: records, cores: isWhole ? sides.map(\.core) : [])
        if sides.count == finding.sides.count, finding.others.isEmpty {
            review.base = try base(of: finding, before: records)
        }
        let context = try load(finding.entity).state.vector
        // That another change bears its id already, by accident or on purpose, is no obstacle: a
        // review is looked for by what it says.
        let isTaken = try rows.dot(of: finding.id) != nil
        _ = try write(
            [Change(finding.entity, .fact(.reviewOpened(review)))],
            contexts: [finding.entity: context], id: isTaken ? hub.random.bits() : finding.id,
            author: hub.depot, role: .hub)
    }
}

extension EntityState {
    /// The ids of the reviews that were opened here, by name and by what they say. One that only a
    /// witness tells of is opened again where it shows: what it says of its sides is no proof.
    var openedReviews: Set<ChangeID> {
        var opened: Set<ChangeID> = []
        for record in facts(of: .reviewOpened) {
            guard case .reviewOpened(let review) = record.fact, record.witnessedBy == nil else {
                continue
            }
            opened.insert(record.ref.change)
            opened.insert(ReviewFinding(review.kind, on: id, review.sides).id)
        }
        return opened
    }
}
