internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// What the office records, and what it does with a day that did not go as planned. Like any edit,
// each looks at what the hub has and either refuses or says what to write.
extension PlanEdit {
    /// Facts of the office's on one stop or route.
    static func record(
        _ facts: [Fact], on state: EntityState, context: String?
    ) throws(HubRefusal) -> PlanEdit {
        let seen = try PlanWrite(state, [], context: context).context
        let size = Bounds.changesPerChangeset
        let chunks = stride(from: 0, to: facts.count, by: size).map {
            [
                PlanWrite(
                    entity: state.id, fields: [], context: seen,
                    facts: Array(facts.dropFirst($0).prefix(size)))
            ]
        }
        return PlanEdit(state.id, code: state.codeText, chunks)
    }

    /// Closes a stop's account over what the person has seen of it. What comes later, or was not
    /// posted, is an adjustment (L2).
    /// - Parameters:
    ///   - due: nil: what the account comes to.
    ///   - received: as counted; it is never edited to match.
    ///   - again: although it is settled, and nothing came since.
    static func settle(
        _ state: EntityState, due: Money?, received: Money?, again: Bool, context: String?
    ) throws(HubRefusal) -> PlanEdit {
        let stop = state.stop
        guard stop.status.isClosed else { throw .stillOpen(state.codeText, stop.status) }
        let seen = try PlanWrite(state, [], context: context).context
        // The account that this person saw.
        let shown = state.seen(seen)
        let account = shown.account()
        guard let due = due ?? account.due else { throw .nothingDue(state.codeText) }
        let suspected = Set(shown.counted.suspected.map(\.record.ref))
        let covers = shown.facts.values.filter { record in
            // A failure, too: it may turn out to have been a handover.
            let kinds: [FactKind] = [.handedOver, .failed, .cashReceived, .corrected]
            return kinds.contains(record.fact?.kind ?? FactKind(rawValue: 0))
                && !suspected.contains(record.ref)
        }.map(\.ref)
        let current = state.account()
        let isNew = current.adjustments.contains { covers.contains($0) }
        guard again || current.settlement == nil || isNew else {
            throw .alreadySettled(state.codeText)
        }
        let settlement = Settlement(due: due, received: received ?? account.paid, covers: covers)
        return try record([.settled(settlement)], on: state, context: context)
    }

    /// After a failure: another attempt on another day or route. The first one's record stays.
    static func reschedule(
        _ state: EntityState, to route: EntityState, others: [EntityState], sequence: Int?,
        context: String?
    ) throws(HubRefusal) -> PlanEdit {
        var edit = try reopen(state, context: context)
        guard let day = route.day else {
            throw .badRequest("Route \(HubRefusal.shortened(route.codeText)) has no day.")
        }
        if let before = state.day, day < before { throw .earlierDay(before.text) }
        edit.add(
            try reassign(state, to: route, others: others, sequence: sequence, context: context))
        let date = PlanWrite.Field(.date, .integer(Int64(day.yyyymmdd)))
        edit.add(PlanEdit(state, try PlanWrite(state, [date], context: context)))
        return edit
    }

    /// The route is off: what was delivered or failed stays where it is, and what is open goes back
    /// to dispatch, without a driver and a route.
    /// - Parameter stops: of the route, each with what was seen of it.
    static func cancelRoute(
        _ route: EntityState, _ stops: [(state: EntityState, context: VersionVector)],
        context: String?
    ) throws(HubRefusal) -> PlanEdit {
        let open = stops.filter { !$0.state.stop.status.isClosed }.map { stop in
            PlanWrite(
                entity: stop.state.id, fields: [.init(.driver, .none), .init(.route, .none)],
                context: stop.context)
        }
        let off = try PlanWrite(route, [.init(.cancelled, .flag(true))], context: context)
        let size = Bounds.changesPerChangeset / 2
        let chunks = stride(from: 0, to: open.count, by: size).map {
            Array(open.dropFirst($0).prefix(size))
        }
        return PlanEdit(
            route.id, code: route.codeText, [[off.differing(from: route)]] + chunks)
    }
}
