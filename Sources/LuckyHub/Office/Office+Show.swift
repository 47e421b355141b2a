internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension Office {
    func planShow(_ request: PlanShowRequest) throws(HubRefusal) -> PlanShowReply {
        try read { reader, finder in
            var day = try finder.date(request.date)
            let stop = try request.stop.map {
                try finder.stop($0, on: request.date, evenDeleted: true)
            }
            let route = try request.route.map { try finder.route($0, on: request.date) }
            day = stop?.day ?? route?.day ?? day
            var view = try PlanView(day, finder)
            if let stop {
                // One without a route of that day stands alone.
                let its = stop.shown(.route).entity
                view.stops = [stop]
                view.routes = view.routes.filter { $0.id == its }
            }
            if let route { view.routes = view.routes.filter { $0.id == route.id } }
            return PlanShowReply(
                date: day.text, depot: credential.depot.text,
                sequence: try reader.checkpoint().sequence,
                routes: try view.routes(
                    isPart: stop != nil || route != nil, withStrays: route == nil))
        }
    }
}

/// One day's plan in one snapshot.
private struct PlanView {
    let reader: HubReader
    var stops: [EntityState]
    var routes: [EntityState]
    /// The first look at each change.
    let looks: [ChangeID: (at: Int64, by: Identifier)]

    init(_ day: CivilDate, _ finder: OfficeFinder) throws(HubRefusal) {
        reader = finder.reader
        stops = try finder.stops(on: day)
        routes = try finder.routes(on: day)
        var looks: [ChangeID: (at: Int64, by: Identifier)] = [:]
        for record in (stops + routes).flatMap(\.factRecords) {
            guard case .looked(let look) = record.fact else { continue }
            // A phone's clock may run ahead; it was seen no later than the hub heard of it.
            let at = min(record.writtenAt, record.receivedAt ?? record.writtenAt)
            for change in look.changes where (looks[change]?.at ?? .max) > at {
                looks[change] = (at, record.author)
            }
        }
        self.looks = looks
    }

    /// - Parameters:
    ///   - isPart: routes without a stop asked for are left out.
    ///   - withStrays: stops that are on no route, such as those of a cancelled one, come first.
    func routes(isPart: Bool, withStrays: Bool) throws(HubRefusal) -> [PlanShowReply.Route] {
        var byRoute: [EntityID?: [EntityState]] = [:]
        let known = Set(routes.map(\.id))
        for stop in stops {
            let route = stop.shownRoute.flatMap { known.contains($0) ? $0 : nil }
            byRoute[route, default: []].append(stop)
        }
        var shown: [PlanShowReply.Route] = []
        for route in routes.sorted(by: {
            ($0.shown(.code).name ?? "", $0.id) < ($1.shown(.code).name ?? "", $1.id)
        }) {
            let mine = byRoute[route.id] ?? []
            if isPart, mine.isEmpty { continue }
            shown.append(try self.route(route, mine))
        }
        if let strays = byRoute[nil], withStrays {
            shown.insert(
                PlanShowReply.Route(
                    entity: "", code: "", driver: "", context: "", concurrent: [], changes: [],
                    stops: try ordered(strays)), at: 0)
        }
        return shown
    }

    private func route(
        _ state: EntityState, _ stops: [EntityState]
    ) throws(HubRefusal) -> PlanShowReply.Route {
        let route = state.route(stops: [])
        let (cancellation, completion) = (state.cancellation, state.completion)
        let done = state.saidDone
        return PlanShowReply.Route(
            entity: state.id.hex, code: route.code.text, driver: route.driver.text,
            vehicle: route.vehicle?.text, capacityG: route.capacityGrams,
            cancelledBy: cancellation?.by.text, cancelledMs: cancellation?.at,
            closedBy: completion?.by.text, closedMs: completion?.at,
            doneBy: done?.by.text, doneMs: done?.at,
            context: state.vector.base64, concurrent: concurrent(state),
            changes: try changes(state, driver: route.driver), stops: try ordered(stops))
    }

    private func ordered(_ stops: [EntityState]) throws(HubRefusal) -> [PlanShowReply.Stop] {
        var shown: [PlanShowReply.Stop] = []
        for state in stops.sorted(by: { ($0.sequence, $0.id) < ($1.sequence, $1.id) }) {
            let stop = state.stop
            shown.append(
                PlanShowReply.Stop(
                    entity: state.id.hex, stop: stop.code.text, sequence: stop.sequence,
                    driver: stop.driver.text, customer: stop.customer, phone: stop.phone,
                    address: stop.address, lat: stop.coordinate?.latitudeText,
                    lng: stop.coordinate?.longitudeText,
                    window: state.shown(.window).cell, items: stop.ordered.text,
                    priceCents: stop.price?.cents, payment: stop.payment?.text,
                    note: stop.officeNote, cancelled: stop.isCancelled, attempt: stop.attempt,
                    status: stop.status.rawValue, delivered: stop.delivered.text,
                    collected: stop.collected.text, cashCents: stop.cash.cents,
                    account: PlanShowReply.Account(state.account()), recipient: stop.recipient,
                    failure: stop.failure?.word,
                    proof: stop.proof.rawValue, closedMs: stop.closedAt,
                    addressSuggestions: stop.addressSuggestions, notes: stop.notes,
                    overflow: stop.hasOverflow,
                    reviews: state.reviews.filter(\.state.needsDecision).count,
                    context: state.vector.base64, concurrent: concurrent(state),
                    changes: try changes(state, driver: stop.driver),
                    witnessed: witnessed(state)))
        }
        return shown
    }

    /// Nil where everything is proven.
    private func witnessed(_ state: EntityState) -> [PlanShowReply.Witnessed]? {
        let facts = state.witnessed.map { fact in
            PlanShowReply.Witnessed(
                kind: fact.kind.word, by: fact.author.text, writtenMs: fact.writtenAt,
                phone: fact.witness.description)
        }
        return facts.isEmpty ? nil : facts
    }

    private func concurrent(_ state: EntityState) -> [PlanShowReply.Concurrent] {
        state.fields.sorted { $0.key < $1.key }.compactMap { field, value in
            guard value.siblings.count > 1 else { return nil }
            let owner = RuleTable.standard[field].owner
            let shown = value.shown(owner: owner)
            return PlanShowReply.Concurrent(
                field: field.name,
                values: value.siblings.sorted { $0.isShownOver($1, owner: owner) }.map { sibling in
                    PlanShowReply.Value(
                        value: sibling.plan?.value.cell, by: sibling.stamp.author.text,
                        role: sibling.stamp.role.name, receivedMs: sibling.stamp.receivedAt,
                        change: sibling.ref.change.hex, isShown: sibling == shown)
                })
        }
    }

    /// In log order.
    private func changes(
        _ state: EntityState, driver: Identifier
    ) throws(HubRefusal) -> [PlanShowReply.Change] {
        var standing: [ChangeID: (fields: [PlanField], recorded: Recorded)] = [:]
        for (field, value) in state.fields {
            for sibling in value.siblings {
                standing[sibling.ref.change, default: ([], sibling)].fields.append(field)
            }
        }
        var shown: [PlanShowReply.Change] = []
        for (id, change) in standing.sorted(by: { $0.key < $1.key }) {
            let info = try reader.changeInfo(id)
            let sequence = info?.sequence
            let steps =
                try sequence.map { number throws(HubRefusal) in
                    try reader.delivery(of: number, to: driver)
                } ?? []
            shown.append(
                PlanShowReply.Change(
                    change: id.hex, fields: change.fields.sorted().map(\.name),
                    by: change.recorded.stamp.author.text,
                    receivedMs: change.recorded.stamp.receivedAt, sequence: sequence,
                    sentMs: steps.compactMap(\.sentAt).min(),
                    onPhoneMs: steps.compactMap(\.onPhoneAt).min(),
                    seenMs: looks[id]?.at, seenBy: looks[id]?.by.text))
        }
        return shown.sorted { ($0.sequence ?? .max, $0.change) < ($1.sequence ?? .max, $1.change) }
    }
}
