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
        } edit: { state, finder in
            let day = try finder.date(request.toDate)
            let route = try target(request.route, request.driver, on: day, finder)
            return try PlanEdit.reschedule(
                state, to: route,
                others: try finder.stops(of: route).filter { $0.id != state.id },
                sequence: request.sequence, context: request.context)
        }
    }

    func planCancelRoute(_ request: PlanCancelRouteRequest) throws(HubRefusal) -> PlanEditReply {
        try perform(request.id) { finder in
            try finder.route(request.route, on: request.date)
        } edit: { route, finder in
            var seen: [EntityID: String] = [:]
            for place in request.stops ?? [] {
                seen[try finder.stop(place.stop, on: request.date).id] = place.context
            }
            var stops: [(state: EntityState, context: VersionVector)] = []
            for stop in try finder.stops(of: route) {
                stops.append((stop, try PlanWrite(stop, [], context: seen[stop.id]).context))
            }
            return try PlanEdit.cancelRoute(route, stops, context: request.context)
        }
    }

    func planCloseRoute(_ request: PlanCloseRouteRequest) throws(HubRefusal) -> PlanEditReply {
        try perform(request.id) { finder in
            try finder.route(request.route, on: request.date)
        } edit: { route, _ in
            guard route.route(stops: []).completedAt == nil else {
                throw HubRefusal.routeClosed(route.codeText)
            }
            return try PlanEdit.record([.routeCompleted], on: route, context: request.context)
        }
    }

    private func money(_ text: String?, _ name: String) throws(HubRefusal) -> Money? {
        guard let text else { return nil }
        guard let money = Money(text: text), money >= .zero else {
            throw .badRequest("The amount \(name) must be in NT$, not negative.")
        }
        return money
    }
}
