internal import LuckyCausality
internal import LuckyModel

// One customer's meter read at two stops. Both are found by an index that only grows: whose stop
// each ever was, for which days, and which customers were ever one.
extension LogWriter {
    /// Opens a review for each pair of readings at two stops of one customer and day that
    /// contradict each other: in the transaction that brings the second, whichever that is.
    mutating func openMeterReviews(on id: EntityID) throws {
        let state = try load(id).state
        guard id.kind == .stop,
            state.glance.has(.meterRead)
        else { return }
        let past = try past(of: id, beside: [])
        // Nobody's stop: there is no other one to compare it with.
        guard
            state.fields[.customer]?.siblings.isEmpty == false
                || past.contains(where: { $0.plan?.field == .customer })
        else { return }
        let visit = MeterVisit(state, past: past)
        for customer in visit.customers {
            for day in visit.days { try rows.insertMeterVisit(of: customer, day: day, at: id) }
        }
        let merges = try merges(around: visit.customers)
        var others: Set<EntityID> = []
        for customer in merges.all(with: visit.customers) {
            for day in visit.days {
                others.formUnion(try rows.meterVisits(of: customer, day: day).map(\.stop))
            }
        }
        for other in others.sorted() where other != id {
            try openMeterReviews(between: visit, and: other, merges)
        }
    }

    /// A customer was said to be another: their stops of each day are one customer's.
    mutating func openMergeReviews(on id: EntityID, beside news: [Recorded]?) throws {
        guard id.kind == .customer else { return }
        let writes =
            try (load(id).state.fields[.mergedInto]?.siblings ?? [])
            + past(of: id, beside: news).filter { $0.plan?.field == .mergedInto }
        let known = try rows.mergesInto(from: id)
        let new = Set(writes.compactMap { $0.plan?.value.entity }).subtracting(known + [id])
        guard !new.isEmpty else { return }
        for other in new.sorted() { try rows.insertMerge(of: id, into: other) }

        let merges = try merges(around: [id])
        var days: [Int32: Set<EntityID>] = [:]
        for customer in merges.all(with: [id]) {
            for visit in try rows.meterVisits(of: customer, day: nil) {
                days[visit.day, default: []].insert(visit.stop)
            }
        }
        for (_, stops) in days.sorted(by: { $0.key < $1.key }) where stops.count > 1 {
            let stops = stops.sorted()
            for (index, stop) in stops.enumerated() {
                let visit = MeterVisit(
                    try load(stop).state, past: try past(of: stop, beside: []))
                for other in stops.dropFirst(index + 1) {
                    try openMeterReviews(between: visit, and: other, merges)
                }
            }
        }
    }

    private mutating func openMeterReviews(
        between visit: MeterVisit, and other: EntityID, _ merges: CustomerMerges
    ) throws {
        let theirs = MeterVisit(try load(other).state, past: try past(of: other, beside: []))
        for finding in ReviewRules.findings(
            between: visit, and: theirs, merges: merges, rules: hub.rules)
        where try !isOpened(finding) {
            try open(finding)
        }
    }

    /// Every merge that has to do with one of these customers.
    private func merges(around customers: [EntityID]) throws -> CustomerMerges {
        var merges = CustomerMerges()
        var known = Set(customers)
        var next = customers
        while let customer = next.popLast() {
            let (into, from) = (
                try rows.mergesInto(from: customer), try rows.mergesFrom(into: customer)
            )
            for other in into { merges.add(customer, into: other) }
            for other in from { merges.add(other, into: customer) }
            for other in into + from where known.insert(other).inserted { next.append(other) }
        }
        return merges
    }
}
