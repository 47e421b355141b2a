internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// The verbs that record facts of the office's, or undo what a day was to be.
extension Office {
    func note(_ request: NoteRequest) throws(HubRefusal) -> PlanEditReply {
        guard (1...Bounds.textBytes).contains(request.text.utf8.count) else {
            throw .badRequest("The note must have 1 to \(Bounds.textBytes) bytes.")
        }
        return try perform(request.id) { finder in
            try finder.stop(request.stop, on: request.date)
        } asked: { state, _ in
            Asked(entity: state.id, facts: Asked.facts([.noteAdded(Note(request.text))]))
        } edit: { state, _ in
            try PlanEdit.record(
                [.noteAdded(Note(request.text))], on: state, context: request.context)
        }
    }

    func settle(_ request: SettleRequest) throws(HubRefusal) -> PlanEditReply {
        let due = try money(request.due, "due")
        let received = try money(request.received, "received")
        return try perform(request.id) { finder in
            try finder.stop(request.stop, on: request.date)
        } asked: { state, _ in
            Asked.settled(state, due: due, received: received)
        } edit: { state, _ in
            try PlanEdit.settle(
                state, due: due, received: received, again: request.again == true,
                context: request.context)
        }
    }

    func redact(_ request: RedactRequest) throws(HubRefusal) -> PlanEditReply {
        let change = try request.change.map { text throws(HubRefusal) in
            guard let id = ChangeID(hex: text) else {
                throw .badRequest("The change must be 32 hexadecimal digits.")
            }
            return id
        }
        guard (change == nil) == (request.all == true) else {
            throw .badRequest("Name either a change, or all.")
        }
        return try perform(request.id) { finder in
            try finder.stop(request.stop, on: request.date)
        } asked: { state, finder in
            let held = try finder.reader.changes(on: state.id, named: change)
            let then = try finder.reader.changeInfo(try OfficeIDs(request.id)[0])?.sequence ?? 0
            let still = try held.contains { one in
                guard one.isPersonal, change ?? one.ref.change == one.ref.change else {
                    return false
                }
                return try (finder.reader.changeInfo(one.ref.change)?.sequence ?? .max) < then
            }
            return Asked.redacted(state, change, index: request.index, still: still)
        } edit: { state, finder in
            // Whoever still has to go there needs the address.
            let status = state.stop.status
            if change == nil, !status.isClosed {
                throw HubRefusal.stillOpen(state.codeText, status)
            }
            let held = try finder.reader.changes(on: state.id, named: change)
            let named = held.filter { change ?? $0.ref.change == $0.ref.change }
            if let change, named.isEmpty { throw HubRefusal.unknownChange(change) }
            let meant = named.map(\.ref).filter { request.index ?? $0.index == $0.index }
            let targets = HeldChange.repeating(Set(meant), in: held)
            guard !targets.isEmpty else { throw HubRefusal.nothingPersonal(state.codeText) }
            return try PlanEdit.record(
                targets.map { .redacted(Redaction(of: $0)) }, on: state, context: request.context)
        }
    }

    func planReschedule(_ request: PlanRescheduleRequest) throws(HubRefusal) -> PlanEditReply {
        try perform(request.id) { finder in
            try finder.stop(request.stop, on: request.date)
        } done: { finder in
            // By its code it is on the other day now.
            try finder.stop(request.stop, on: request.toDate)
        } asked: { state, finder in
            var asked = Asked.moved(
                state, route: request.route, driver: request.driver, sequence: request.sequence,
                finder.reader)
            let day = try finder.date(request.toDate)
            asked.fields += [
                Asked.attempt(state.id),
                Asked.Field(entity: state.id, field: .date) {
                    $0.isSame(as: .integer(Int64(day.yyyymmdd)))
                },
            ]
            return asked
        } edit: { state, finder in
            let day = try finder.date(request.toDate)
            let route = try target(request.route, request.driver, on: day, finder)
            let isTaken =
                try state.day != day
                && finder.stops(on: day).contains {
                    $0.id != state.id && $0.has(code: state.codeText)
                }
            guard !isTaken else { throw HubRefusal.codeTaken(state.codeText, day.text) }
            return try PlanEdit.reschedule(
                state, to: route,
                others: try finder.stops(of: route).filter { $0.id != state.id },
                sequence: request.sequence, context: request.context)
        }
    }

    func planCancelRoute(_ request: PlanCancelRouteRequest) throws(HubRefusal) -> PlanEditReply {
        try perform(request.id) { finder in
            try finder.route(request.route, on: request.date)
        } asked: { route, _ in
            Asked.cancelledRoute(route)
        } edit: { route, finder in
            var seen: [EntityID: String] = [:]
            for place in request.stops ?? [] {
                seen[try finder.stop(place.stop, on: request.date).id] = place.context
            }
            var stops: [(state: EntityState, context: VersionVector)] = []
            for stop in try finder.stops(of: route) {
                stops.append((stop, try PlanWrite(stop, [], context: seen[stop.id]).context))
            }
            var edit = try PlanEdit.cancelRoute(route, stops, context: request.context)
            edit.day = try day(of: route, stops.map(\.state), finder)
            return edit
        }
    }

    func planCloseRoute(_ request: PlanCloseRouteRequest) throws(HubRefusal) -> PlanEditReply {
        try perform(request.id) { finder in
            try finder.route(request.route, on: request.date)
        } asked: { route, _ in
            Asked(entity: route.id, facts: Asked.facts([.routeCompleted]))
        } edit: { route, finder in
            guard route.closedByOffice == nil else {
                throw HubRefusal.routeClosed(route.codeText)
            }
            var edit = try PlanEdit.record([.routeCompleted], on: route, context: request.context)
            edit.day = try day(of: route, try finder.stops(of: route), finder)
            return edit
        }
    }

    private func day(
        of route: EntityState, _ stops: [EntityState], _ finder: OfficeFinder
    ) throws(HubRefusal) -> RouteDay {
        var shifts: [DayReportReply.Shift] = []
        if let day = route.day, let driver = route.shown(.driver).name {
            shifts = try finder.reader.shifts(begun: day, try finder.reader.stops(on: day))
                .filter { $0.driver == driver.text }
        }
        return RouteDay(figures: DayReport(stops).figures, shifts: shifts)
    }

    private func money(_ text: String?, _ name: String) throws(HubRefusal) -> Money? {
        guard let text else { return nil }
        guard let money = Money(text: text), money >= .zero else {
            throw .badRequest("The amount \(name) must be in NT$, not negative.")
        }
        return money
    }
}
