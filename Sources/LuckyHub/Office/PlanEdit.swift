internal import LuckyCausality
internal import LuckyModel

/// What one edit verb writes: changesets in order, each named by its place.
struct PlanEdit {
    /// The stop or route that the edit is about.
    var target: EntityID
    var code: String
    /// Each of 1…64 changes; none where the plan says so already.
    var changesets: [[PlanWrite]]
    /// What the person should know of it, beside what its fields say by themselves.
    var notices: [PlanNotice] = []
    /// What the route had come to that it ends.
    var day: RouteDay?

    init(_ target: EntityID, code: String, _ changesets: [[PlanWrite]]) {
        self.target = target
        self.code = code
        self.changesets = changesets.map { $0.filter { !$0.isEmpty } }
            .filter { !$0.isEmpty }
    }

    init(_ state: EntityState, _ write: PlanWrite) {
        self.init(state.id, code: state.codeText, [[write.differing(from: state)]])
    }

    /// Writes the fields of another edit of the same stop along with this one's.
    mutating func add(_ other: PlanEdit) {
        changesets = [changesets.flatMap(\.self) + other.changesets.flatMap(\.self)]
    }

    /// Says why along with it, in the same changeset.
    /// - Parameter context: what the person had seen of the stop.
    mutating func add(reason: String, on state: EntityState, context: String?) throws(HubRefusal) {
        guard reason.utf8.count <= Bounds.textBytes else {
            throw .badRequest("The reason has more than \(Bounds.textBytes) bytes.")
        }
        var write = try PlanWrite(state, [], context: context)
        write.facts = [.noteAdded(Note(reason))]
        changesets = [changesets.flatMap(\.self) + [write]]
    }
}

extension PlanWrite {
    init(_ state: EntityState, _ fields: [Field], context: String?) throws(HubRefusal) {
        self.init(
            entity: state.id, fields: fields,
            context: try context.map { text throws(HubRefusal) in
                try VersionVector(base64: text)
            } ?? state.vector)
    }
}

// The edits of one stop. Each looks at what the hub has and either refuses or says what to write.
extension PlanEdit {
    static func cancel(
        _ state: EntityState, context: String?
    ) throws(HubRefusal) -> PlanEdit {
        if state.stop.status.isHandedOver { throw .alreadyDelivered(state.codeText) }
        return PlanEdit(
            state, try PlanWrite(state, [.init(.cancelled, .flag(true))], context: context))
    }

    static func uncancel(
        _ state: EntityState, context: String?
    ) throws(HubRefusal) -> PlanEdit {
        let wasEverCancelled = state.fields[.cancelled]?.siblings.isEmpty == false
        return PlanEdit(
            state,
            try PlanWrite(
                state, wasEverCancelled ? [.init(.cancelled, .flag(false))] : [],
                context: context))
    }

    static func reopen(
        _ state: EntityState, context: String?
    ) throws(HubRefusal) -> PlanEdit {
        let stop = state.stop
        guard stop.status == .failed, stop.attempt < Bounds.quantity else {
            throw .notFailed(state.codeText, stop.status)
        }
        let next = PlanWrite.Field(.attempt, .integer(Int64(stop.attempt + 1)))
        return PlanEdit(state, try PlanWrite(state, [next], context: context))
    }

    static func set(
        _ state: EntityState, _ cells: PlanCells, _ books: PlanBooks?, depot: Identifier,
        context: String?
    ) throws(HubRefusal) -> PlanEdit {
        let fields = try Self.fields(state, cells, books, depot: depot)
        guard !fields.isEmpty else { throw .badRequest("There is nothing to set.") }
        var edit = PlanEdit(state, try PlanWrite(state, fields, context: context))
        if state.id.kind == .stop, !edit.changesets.isEmpty {
            edit.notices = PlanNotice(recordedAt: state).map { [$0] } ?? []
        }
        return edit
    }

    /// What ``set(_:_:_:depot:context:)`` writes.
    static func fields(
        _ state: EntityState, _ cells: PlanCells, _ books: PlanBooks?, depot: Identifier
    ) throws(HubRefusal) -> [PlanWrite.Field] {
        try cells.fields(for: state.id.kind)
            + (books?.fields(for: state.id.kind, depot: depot) ?? [])
    }

    /// - Parameters:
    ///   - route: where the stop goes.
    ///   - others: the stops that are there, in order.
    static func reassign(
        _ state: EntityState, to route: EntityState, others: [EntityState], sequence: Int?,
        context: String?
    ) throws(HubRefusal) -> PlanEdit {
        if state.stop.status.isHandedOver { throw .alreadyDelivered(state.codeText) }
        guard let driver = route.shown(.driver).name else {
            throw .badRequest("Route \(HubRefusal.shortened(route.codeText)) has no driver.")
        }
        if let sequence, !(1...Bounds.quantity).contains(sequence) {
            throw .badRequest("The sequence must be 1 to \(Bounds.quantity).")
        }
        let isThere = state.shown(.route).entity == route.id
        let behind = min((others.map(\.sequence).max() ?? 0) + 1, Bounds.quantity)
        let place = sequence ?? (isThere ? state.sequence : behind)
        return PlanEdit(
            state,
            try PlanWrite(
                state,
                [
                    .init(.driver, .name(driver)), .init(.route, .entity(route.id)),
                    .init(.sequence, .integer(Int64(place))),
                ], context: context))
    }

    /// A new stop; those from its place on move one further, as far as places are taken.
    static func insert(
        _ row: PlanRow, routeID: EntityID, others: [EntityState]
    ) throws(HubRefusal) -> PlanEdit {
        let fields =
            row.stopFields.filter { $0.field != .route && $0.value != .none }
            + [.init(.route, .entity(routeID))]
        var writes = [PlanWrite(entity: row.stopID, fields: fields, context: VersionVector())]
        var place = row.sequence
        while case let here = others.filter({ $0.sequence == place }), !here.isEmpty {
            place += 1
            writes += here.map {
                PlanWrite(
                    entity: $0.id, fields: [.init(.sequence, .integer(Int64(place)))],
                    context: $0.vector)
            }
        }
        let count = writes.reduce(0) { $0 + $1.fields.count }
        guard count <= Bounds.changesPerChangeset, place <= Bounds.quantity else { throw .noRoom }
        return PlanEdit(row.stopID, code: row.stop.text, [writes])
    }

    /// - Parameter stops: all of the route, in the order wanted, each with what was seen of it.
    static func resequence(
        _ route: EntityState, _ stops: [(state: EntityState, context: VersionVector)]
    ) -> PlanEdit {
        let writes = stops.enumerated().map { index, stop in
            PlanWrite(
                entity: stop.state.id, fields: [.init(.sequence, .integer(Int64(index + 1)))],
                context: stop.context
            ).differing(from: stop.state)
        }
        let size = Bounds.changesPerChangeset
        let chunks = stride(from: 0, to: writes.count, by: size).map {
            Array(writes.dropFirst($0).prefix(size))
        }
        return PlanEdit(route.id, code: route.codeText, chunks)
    }
}
