internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire
internal import Synchronization

// What a newer build's rules find in what was there before it (L4).
extension LogWriter {
    /// Opens the reviews of entities that only older rules searched, while their values are still
    /// there: before anything is written to them.
    mutating func searchAgain(_ entities: @autoclosure () throws -> Set<EntityID>) throws {
        guard hub.mayBeUnsearched.load(ordering: .relaxed) else { return }
        for id in try entities().sorted() {
            guard let row = try load(id).row, row.rules < hub.ruleVersion else { continue }
            try rederive(id)
            try findPast(of: id)
            try openReviews(on: id)
        }
    }
}

extension EntityRow {
    /// What is derived of a state and kept for look-ups.
    ///
    /// Where the plan is gone, the day stays: what moved then stays in that day's books.
    mutating func derive(from state: EntityState, rules version: Int) {
        let isUnplanned = state.fields[.date]?.siblings.isEmpty ?? true
        date = state.day?.yyyymmdd ?? (isUnplanned ? date : nil)
        reviews = state.reviewsKept
        rules = version
    }
}

extension EntityState {
    /// The business day: the plan's, else what the driver said of an unplanned stop, or when a shift
    /// began.
    var day: CivilDate? {
        if let planned = shown(.date).integer.flatMap({ Int32(exactly: $0) }) {
            return CivilDate(yyyymmdd: planned)
        }
        switch id.kind {
        case .stop:
            return added(\.date)
        case .shift:
            let starts = facts(of: .shiftStarted)
            return (starts.isEmpty ? Array(facts.values) : starts).map(\.stamp.happenedAt).min()
                .flatMap(CivilDate.init(taipeiDayAt:))
        default: return nil
        }
    }

    /// The office's code, else what the driver calls an unplanned stop; nil for none.
    var code: Identifier? {
        if let planned = shown(.code).name, !planned.isEmpty { return planned }
        return id.kind == .stop ? added(\.code) : nil
    }

    /// The plan's route, else the one that the driver says of an unplanned stop.
    var shownRoute: EntityID? {
        shown(.route).entity ?? (id.kind == .stop ? added(\.route) : nil)
    }

    /// What the first to say so says of an unplanned stop.
    private func added<Value>(_ part: KeyPath<AddedStop, Value?>) -> Value? {
        guard glance.has(.stopAdded) else { return nil }
        return factsInOrder.lazy.compactMap { record -> Value? in
            guard case .stopAdded(let stop) = record.fact else { return nil }
            return stop[keyPath: part]
        }.first
    }

    fileprivate var reviewsKept: EntityRow.Reviews {
        guard glance.has(.reviewOpened) else { return .none }
        return reviews.contains { $0.state.needsDecision } ? .open : .decided
    }
}

extension Hub {
    /// One bounded step through what only older rules searched, with every request until nothing is
    /// left: how far it got is in the rows. It is never a reason to refuse the request.
    func searchSome(_ now: Int64) {
        guard searches.load(ordering: .relaxed) else { return }
        do {
            let next = try storage.read {
                try $0.entities(rulesBelow: ruleVersion, limit: Bounds.searchedEntities)
            }
            if !next.isEmpty { try append(now, isAlone: true) { try $0.searchAgain(Set(next)) } }
            if next.count < Bounds.searchedEntities {
                searches.store(false, ordering: .relaxed)
                mayBeUnsearched.store(false, ordering: .relaxed)
            }
        } catch {
            // The rows say what is left: a write to one of them, or the next start, tries again.
            searches.store(false, ordering: .relaxed)
        }
    }
}
