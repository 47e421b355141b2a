internal import LuckyCausality
internal import LuckyModel

// The verbs that edit the plan.
extension Office {
    func planSet(_ request: PlanSetRequest) throws(HubRefusal) -> PlanEditReply {
        try perform(request.id) { finder in
            switch (request.stop, request.route) {
            case (let stop?, nil):
                try finder.stop(stop, on: request.date, evenDeleted: true)
            case (nil, let route?): try finder.route(route, on: request.date)
            default: throw HubRefusal.badRequest("Name either a stop or a route.")
            }
        } asked: { state, _ in
            Asked(
                entity: state.id,
                fields: Asked.fields(
                    state.id,
                    try PlanEdit.fields(
                        state, request.set, request.books, depot: credential.depot)))
        } edit: { state, _ in
            try PlanEdit.set(
                state, request.set, request.books, depot: credential.depot,
                context: request.context)
        }
    }

    func planCancel(_ request: PlanStopRequest) throws(HubRefusal) -> PlanEditReply {
        try stopEdit(request, PlanEdit.cancel) { Asked.cancelled($0, true) }
    }

    func planUncancel(_ request: PlanStopRequest) throws(HubRefusal) -> PlanEditReply {
        try stopEdit(request, PlanEdit.uncancel) { Asked.cancelled($0, false) }
    }

    func planReopen(_ request: PlanStopRequest) throws(HubRefusal) -> PlanEditReply {
        try stopEdit(request, PlanEdit.reopen) { Asked.attempt($0) }
    }

    func planReassign(_ request: PlanReassignRequest) throws(HubRefusal) -> PlanEditReply {
        try perform(request.id) { finder in
            try finder.stop(request.stop, on: request.date)
        } asked: { state, finder in
            Asked.moved(
                state, route: request.route, driver: request.driver, sequence: request.sequence,
                finder.reader)
        } edit: { state, finder in
            let day = try state.day ?? finder.date(request.date)
            let route = try target(request.route, request.driver, on: day, finder)
            return try PlanEdit.reassign(
                state, to: route,
                others: try finder.stops(of: route).filter { $0.id != state.id },
                sequence: request.sequence, context: request.context)
        }
    }

    func planInsert(_ request: PlanInsertRequest) throws(HubRefusal) -> PlanEditReply {
        try perform(request.id) { finder in
            try route(for: request.row, finder)
        } done: { finder in
            // Wherever it is by now; what is not there was not what this id wrote.
            var cells = request.row
            cells.driver = cells.driver ?? "-"
            let id = try row(of: cells, finder).stopID
            guard let state = try finder.reader.state(id) else {
                throw HubRefusal.idOfAnotherChange
            }
            return state
        } asked: { state, finder in
            var cells = request.row
            cells.driver = cells.driver ?? "-"
            return Asked.inserted(
                state, try row(of: cells, finder), route: request.row.route, finder.reader)
        } edit: { route, finder in
            var cells = request.row
            cells.driver = cells.driver ?? route.shown(.driver).name?.text
            let row = try self.row(of: cells, finder)
            guard row.depot == credential.depot else {
                let why = Phrase.officeWrongDepot.text(in: .en, ["depot": row.depot.text])
                throw HubRefusal.badPlan([why], count: 1)
            }
            guard row.vehicle == nil, row.capacityGrams == nil,
                row.driver == route.shown(.driver).name
            else {
                throw HubRefusal.badRequest("Driver, vehicle and capacity are the route's.")
            }
            let sameDay = try finder.reader.stops(on: row.date)
            guard try finder.reader.state(row.stopID) == nil,
                !sameDay.contains(where: { $0.has(code: row.stop.text) })
            else { throw HubRefusal.stopExists(row.stop.text) }
            return try PlanEdit.insert(row, routeID: route.id, others: try finder.stops(of: route))
        }
    }

    /// - Parameter cells: with a driver.
    private func row(of cells: PlanCells, _ finder: OfficeFinder) throws(HubRefusal) -> PlanRow {
        var cells = cells
        cells.date = try finder.date(cells.date).text
        cells.depot = cells.depot ?? credential.depot.text
        return try cells.row()
    }

    func planResequence(_ request: PlanResequenceRequest) throws(HubRefusal) -> PlanEditReply {
        try perform(request.id) { finder in
            try finder.route(request.route, on: request.date)
        } asked: { route, finder in
            let stops = try finder.stops(of: route)
            let day = route.day?.text ?? request.date
            let named = request.stops.map { place in
                stops.first { $0.id.hex == place.stop || $0.has(code: place.stop) }?.id
                    ?? (try? finder.stop(place.stop, on: day).id)
            }
            return Asked.resequenced(route, named)
        } edit: { route, finder in
            var rest = try finder.stops(of: route)
            var ordered: [(state: EntityState, context: VersionVector)] = []
            for place in request.stops {
                let found = rest.filter { $0.id.hex == place.stop || $0.has(code: place.stop) }
                let isTwice = ordered.contains {
                    $0.state.id.hex == place.stop || $0.state.has(code: place.stop)
                }
                guard !isTwice || !found.isEmpty else { throw HubRefusal.namedTwice(place.stop) }
                guard let state = found.first else { throw HubRefusal.unknownStop(place.stop) }
                guard found.count == 1 else {
                    throw HubRefusal.ambiguousStop(place.stop, found.map(\.id))
                }
                rest.removeAll { $0.id == state.id }
                let write = try PlanWrite(state, [], context: place.context)
                ordered.append((state, write.context))
            }
            return PlanEdit.resequence(route, ordered + rest.map { ($0, $0.vector) })
        }
    }

    /// Where a stop goes: a route by its name, a driver's only one of that day, or both in one.
    func target(
        _ name: String?, _ driver: String?, on day: CivilDate, _ finder: OfficeFinder
    ) throws(HubRefusal) -> EntityState {
        switch (name, driver) {
        case (let name?, let driver):
            let route = try finder.route(name, on: day.text)
            if let driver, route.shown(.driver).name != Identifier(driver) {
                throw .badRequest("That route has another driver.")
            }
            return route
        case (nil, let driver?): return try finder.route(of: driver, on: day)
        case (nil, nil): throw .badRequest("Name a driver or a route.")
        }
    }

    private func route(
        for cells: PlanCells, _ finder: OfficeFinder
    ) throws(HubRefusal) -> EntityState {
        guard let name = cells.route else { throw .badRequest("The row must name its route.") }
        return try finder.route(name, on: try finder.date(cells.date).text)
    }

    private func stopEdit(
        _ request: PlanStopRequest,
        _ edit: (EntityState, String?) throws(HubRefusal) -> PlanEdit,
        asked field: (EntityID) -> Asked.Field
    ) throws(HubRefusal) -> PlanEditReply {
        try perform(request.id) { finder in
            try finder.stop(request.stop, on: request.date)
        } asked: { state, _ in
            Asked.stop(state, request, field(state.id))
        } edit: { state, _ in
            var edit = try edit(state, request.context)
            if let reason = request.note, !reason.isEmpty {
                try edit.add(reason: reason, on: state, context: request.context)
            }
            return edit
        }
    }
}
