internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// Whom the depot delivers to. A customer has plan fields only: what they hold is a sum over their
// stops, and follows a merge by itself (L2).
extension Office {
    func customerShow(_ request: CustomerShowRequest) throws(HubRefusal) -> CustomerShowReply {
        try read { _, finder in
            let state = try finder.customer(request.customer, in: credential.depot)
            return try CustomerBook(of: state, calledAs: request.customer, finder).reply()
        }
    }

    func customerMerge(_ request: CustomerMergeRequest) throws(HubRefusal) -> PlanEditReply {
        try check(.mergedInto)
        return try perform(request.id) { finder in
            try finder.customer(request.customer, in: credential.depot)
        } asked: { state, _ in
            let into = request.into.map { name in
                EntityID(hex: name)
                    ?? EntityID.planned(.customer, [credential.depot, Identifier(name)])
            }
            return Asked.customer(
                state, .init(.mergedInto, into.map { .entity($0) } ?? PlanValue.none))
        } edit: { state, finder in
            guard let into = request.into else {
                let isMerged = state.fields[.mergedInto]?.siblings.isEmpty == false
                return PlanEdit(
                    state,
                    try PlanWrite(
                        state, isMerged ? [.init(.mergedInto, .none)] : [],
                        context: request.context))
            }
            let other = try finder.customer(into, in: credential.depot)
            guard other.id != state.id else { throw HubRefusal.mergesIntoItself(into) }
            guard !other.isHidden else { throw HubRefusal.mergesIntoNobody(into) }
            return try PlanEdit.merge(
                (state, request.customer), into: (other, into), context: request.context)
        }
    }

    func customerDelete(_ request: CustomerDeleteRequest) throws(HubRefusal) -> PlanEditReply {
        try check(.deleted)
        return try perform(request.id) { finder in
            try finder.customer(request.customer, in: credential.depot)
        } asked: { state, _ in
            Asked.customer(state, .init(.deleted, .flag(request.undo != true)))
        } edit: { state, _ in
            let code = state.code?.text ?? request.customer
            let isBack = request.undo == true
            let wasDeleted = state.fields[.deleted]?.siblings.isEmpty == false
            let fields: [PlanWrite.Field] =
                isBack && !wasDeleted ? [] : [.init(.deleted, .flag(!isBack))]
            let write = try PlanWrite(
                state, fields + (fields.isEmpty ? [] : state.naming(request.customer)),
                context: request.context)
            return PlanEdit(state.id, code: code, [[write.differing(from: state)]])
        }
    }

    /// Whose field it is by the rule table, another desk does not write here.
    private func check(_ field: PlanField) throws(HubRefusal) {
        let owner = hub.rules[field].owner
        guard credential.role == .supervisor || credential.role.acts(as: owner) else {
            throw .notForRole(owner)
        }
    }
}

extension PlanEdit {
    /// - Parameters:
    ///   - gone: who goes, as called.
    ///   - stays: who stays, as called.
    ///   - context: what the person had seen of the one that goes.
    static func merge(
        _ gone: (state: EntityState, name: String), into stays: (state: EntityState, name: String),
        context: String?
    ) throws(HubRefusal) -> PlanEdit {
        let fields =
            [PlanWrite.Field(.mergedInto, .entity(stays.state.id))]
            + gone.state.naming(gone.name)
        let writes = [
            try PlanWrite(gone.state, fields, context: context).differing(from: gone.state),
            try PlanWrite(stays.state, stays.state.naming(stays.name), context: nil),
        ]
        return PlanEdit(gone.state.id, code: gone.state.code?.text ?? gone.name, [writes])
    }
}

extension EntityState {
    /// A customer's code is written with the first edit that names them by it.
    fileprivate func naming(_ name: String) -> [PlanWrite.Field] {
        guard fields[.code] == nil, EntityID(hex: name) == nil else { return [] }
        return [.init(.code, .name(Identifier(name)))]
    }
}

extension OfficeFinder {
    /// A customer by code or entity, also one that only stops name.
    func customer(_ name: String, in depot: Identifier) throws(HubRefusal) -> EntityState {
        guard (1...Bounds.nameBytes).contains(name.utf8.count) else {
            throw .badRequest("A name has at most \(Bounds.nameBytes) bytes.")
        }
        let named = EntityID(hex: name)
        let id = named ?? EntityID.planned(.customer, [depot, Identifier(name)])
        guard id.kind == .customer else { throw .unknownCustomer(name) }
        if let state = try reader.state(id) { return state }
        guard try reader.stops(ofAny: [id]).isEmpty == false else { throw .unknownCustomer(name) }
        return EntityState(id: id)
    }
}

extension HubReader {
    /// The stops that the plan shows as one of these customers', of any day, hidden ones too, sorted
    /// by id. Goes over every stop that the hub has.
    func stops(ofAny customers: Set<EntityID>) throws(HubRefusal) -> [EntityState] {
        try refusing {
            try rows.entities(.stop, date: nil).compactMap { id in
                guard let state = try rows.state(id), let owner = state.shown(.customer).entity,
                    customers.contains(owner)
                else { return nil }
                return state
            }
        }
    }
}

/// A customer in one snapshot, with all who count as the same.
private struct CustomerBook {
    let state: EntityState
    /// The code, or what the person called a customer who has none yet.
    let name: String
    let reader: HubReader
    /// Into whom each was merged, as shown.
    private var merged: [EntityID: EntityID] = [:]
    /// As the plan shows them.
    private var states: [EntityID: EntityState] = [:]

    init(
        of state: EntityState, calledAs name: String, _ finder: OfficeFinder
    ) throws(HubRefusal) {
        self.state = state
        self.name = state.code?.text ?? name
        reader = finder.reader
        // Everybody who was ever merged with one of them: the index only grows.
        let (states, merged) = try refusing {
            let rows = finder.reader.rows
            var (states, merged) = ([state.id: state], [EntityID: EntityID]())
            var next = [state.id]
            while let customer = next.popLast() {
                merged[customer] = states[customer]?.shown(.mergedInto).entity
                let others =
                    try rows.mergesInto(from: customer) + rows.mergesFrom(into: customer)
                for other in others where states[other] == nil {
                    states[other] = try rows.state(other) ?? EntityState(id: other)
                    next.append(other)
                }
            }
            return (states, merged)
        }
        (self.states, self.merged) = (states, merged)
    }

    /// In whose name all of it counts.
    private var survivor: EntityID { Ledger.survivor(of: state.id, merged) }

    /// Those of them who were merged into each other, sorted.
    private var circle: [EntityID] { Ledger.circle(from: state.id, merged).sorted() }

    private func member(_ id: EntityID) -> CustomerShowReply.Member {
        CustomerShowReply.Member(
            entity: id.hex, customer: id == state.id ? name : states[id]?.codeText ?? id.hex)
    }

    func reply() throws(HubRefusal) -> CustomerShowReply {
        let survivor = survivor
        let all = Set(states.keys.filter { Ledger.survivor(of: $0, merged) == survivor })
        let stops = try reader.stops(ofAny: all)
        let holdings = Ledger(stops.flatMap { $0.ledgerEntries(vehicle: nil) })
            .holdings(of: state.id, merged: merged)
        return CustomerShowReply(
            entity: state.id.hex, customer: name, context: state.vector.base64,
            deleted: state.isHidden, mergedInto: merged[state.id].map(member),
            concurrent: state.fields.filter { $0.value.siblings.count > 1 }.keys.sorted()
                .map(\.name),
            members: all.map(member).sorted { ($0.customer, $0.entity) < ($1.customer, $1.entity) },
            survivor: member(survivor), circle: circle.isEmpty ? nil : circle.map(member),
            holdings: (holdings ?? [:]).pairs.map {
                CustomerShowReply.Count(product: $0.product.code.text, count: $0.count)
            },
            overflow: holdings == nil, stops: listed(stops),
            sequence: try reader.checkpoint().sequence)
    }

    private func listed(_ stops: [EntityState]) -> [CustomerShowReply.Stop] {
        let sorted = stops.sorted { a, b in
            let (mine, theirs) = (a.day?.yyyymmdd ?? .max, b.day?.yyyymmdd ?? .max)
            if mine != theirs { return mine < theirs }
            return (a.code ?? "", a.id) < (b.code ?? "", b.id)
        }
        return sorted.map { state in
            let stop = state.stop
            return CustomerShowReply.Stop(
                entity: state.id.hex, stop: state.codeText, date: state.day?.text,
                customer: state.shown(.customer).entity.map { member($0).customer } ?? "",
                status: stop.status.rawValue, delivered: stop.delivered.text,
                collected: stop.collected.text)
        }
    }
}

// What the verbs of customers refuse. Nothing was stored.
extension HubRefusal {
    static func unknownCustomer(_ name: String) -> HubRefusal {
        HubRefusal(
            status: 404, code: "unknown_customer",
            message: "No stop and no edit names a customer \(shortened(name)).")
    }

    static func mergesIntoNobody(_ name: String) -> HubRefusal {
        HubRefusal(
            status: 409, code: "deleted",
            message: "\(shortened(name)) is no customer any more: undo that first.")
    }

    static func mergesIntoItself(_ name: String) -> HubRefusal {
        HubRefusal(
            status: 409, code: "merge_itself",
            message: "\(shortened(name)) is this customer: there is nobody to merge.")
    }

    static func mergesInCircle(_ name: String) -> HubRefusal {
        HubRefusal(
            status: 409, code: "merge_circle",
            message: "\(shortened(name)) counts as this customer already: nobody would stay.")
    }
}
