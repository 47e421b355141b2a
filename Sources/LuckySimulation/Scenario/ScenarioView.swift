internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckySync
internal import LuckyWire

// What can be seen of a scenario at one moment: the tree that expectations are compared with.
extension ScenarioRun {
    func view() throws -> CaseValue {
        var on: [CaseMember] = []
        for hub in world.hubs {
            guard hub.hub != nil else { continue }
            let states = try self.states(at: hub)
            on.append(CaseMember(key: hub.name, value: try view(of: hub, states)))
        }
        for device in world.devices {
            guard let store = device.store else { continue }
            let states = try self.states(in: store)
            on.append(CaseMember(key: device.name, value: try view(of: device, store, states)))
        }
        return .members([
            "on": .object(on), "everywhere": Self.everywhere(on),
            "receipts": try receipts(), "converged": .flag(try hasConverged()),
        ])
    }

    func states(at hub: WorldHub) throws -> [EntityID: EntityState] {
        guard let hub = hub.hub else { return [:] }
        let ids = named.map(\.id)
        return try hub.read { reader in
            var states: [EntityID: EntityState] = [:]
            for id in ids { states[id] = try reader.state(id) }
            return states
        }
    }

    func states(in store: ReplicaStore) throws -> [EntityID: EntityState] {
        var states: [EntityID: EntityState] = [:]
        for entry in named { states[entry.id] = try store.state(of: entry.id) }
        return states
    }

    // MARK: One replica

    private func entities(
        _ states: [EntityID: EntityState], _ view: (String, EntityState) throws -> CaseValue?
    ) rethrows -> [CaseMember] {
        try ScenarioEntity.groups.map { group in
            CaseMember(
                key: group,
                value: .object(
                    try named.filter { $0.group == group }.compactMap { entry in
                        try states[entry.id].flatMap { state in
                            try view(group, state).map {
                                CaseMember(key: entry.code, value: $0)
                            }
                        }
                    }))
        }
    }

    private func view(
        of hub: WorldHub, _ states: [EntityID: EntityState]
    ) throws -> CaseValue {
        guard let door = hub.hub else { return .null }
        let (quarantined, replicas) = try door.read { reader in
            (
                try reader.quarantined().map(\.reason),
                try reader.replicas().filter { $0.role != .hub }.count
            )
        }
        let members = entities(states) { group, state in
            .object(
                facts(of: state, reviews: reviews(in: state, opened: true))
                    + (group == "stops" ? figures(of: state) : []))
        }
        let allReviews = named.flatMap { entry -> [CaseValue] in
            guard let state = states[entry.id] else { return [] }
            return reviews(in: state, opened: true).map { review in
                .object(
                    [CaseMember(key: "on", value: .text(entry.code))] + (review.members ?? []))
            }
        }
        return .object(
            members + [
                CaseMember(key: "quarantined", value: .texts(quarantined)),
                CaseMember(key: "replicas", value: .integer(replicas)),
                CaseMember(key: "reviews", value: .list(allReviews)),
                CaseMember(key: "ledger", value: Self.ledger(states.values)),
                CaseMember(key: "holdings", value: try holdings(at: hub)),
                CaseMember(
                    key: "history",
                    value: .integer(1 + (histories[hub.name]?.firstIndex(of: door.history) ?? 0))),
            ])
    }

    private func view(
        of device: WorldDevice, _ store: ReplicaStore, _ states: [EntityID: EntityState]
    ) throws -> CaseValue {
        let position = try store.position()
        let routes = try store.routes(on: day)
        let members = try entities(states) { group, state in
            let stored = group == "stops" ? try store.stop(state.id) : nil
            // Deleted, or never on this device: not there.
            if group == "stops", stored == nil { return nil }
            return .object(
                facts(of: state, reviews: reviews(in: state, opened: false))
                    + (group == "stops" ? figures(of: state) : [])
                    + (stored.map { stop in
                        [
                            CaseMember(key: "handed_over", value: .flag(stop.isHandedOver)),
                            CaseMember(key: "unsent", value: .integer(stop.unsent)),
                            CaseMember(
                                key: "not_accepted", value: .integer(stop.notAccepted)),
                        ]
                    } ?? [])
                    + routes.filter { $0.id == state.id }.map { route in
                        CaseMember(
                            key: "order", value: .texts(route.stops.map(\.stop.code.text)))
                    })
        }
        let words = device.status?.phase.words
        let followed = position.history.flatMap { history in
            histories[device.hub.name]?.firstIndex(of: history)
        }
        let quarantined = try store.changesets(.quarantined, limit: 1_000).reversed()
            .map { $0.reason ?? "" }
        return .object(
            members + [
                CaseMember(key: "entities", value: .object(try recordedEntities(of: store))),
                CaseMember(
                    key: "proofs_overdue",
                    value: .integer(
                        try store.waitingProofs().values.filter {
                            world.wall(of: device) - $0 > Bounds.proofOverdueMilliseconds
                        }.count)),
                CaseMember(key: "disk", value: .optional(store.diskUse()?.level.rawValue)),
                CaseMember(key: "pending", value: .integer(position.pendingCount)),
                CaseMember(key: "quarantined", value: .texts(quarantined)),
                CaseMember(key: "parked", value: .integer(position.parkedCount)),
                CaseMember(key: "phase", value: .optional(words?.phase)),
                CaseMember(
                    key: "failure",
                    value: .optional(words?.failure ?? device.lastFailure?.kind)),
                CaseMember(
                    key: "recovery", value: .optional(position.recovery?.code)),
                CaseMember(
                    key: "epoch_changed",
                    value: .flag(
                        firstReplicas[device.name].map { $0 != position.replica } ?? false)),
                CaseMember(
                    key: "followed_history",
                    value: followed.map { .integer($0 + 1) } ?? .null),
            ])
    }

    private func facts(of state: EntityState, reviews: [CaseValue]) -> [CaseMember] {
        let fields = state.fields.sorted { $0.key < $1.key }
        func word(_ field: PlanField) -> String { field.word ?? "field-\(field.rawValue)" }
        return [
            CaseMember(
                key: "fields",
                value: .object(
                    fields.map {
                        CaseMember(
                            key: word($0.key), value: shownText(state.shown($0.key)))
                    })),
            CaseMember(
                key: "siblings",
                value: .object(
                    fields.map { field in
                        let texts = field.value.siblings.map {
                            shownText($0.plan?.value ?? .none).text ?? ""
                        }
                        return CaseMember(
                            key: word(field.key),
                            value: .texts(texts.sorted { Identifier($0) < Identifier($1) }))
                    })),
            CaseMember(
                key: "facts", value: .texts(state.facts.values.map(\.saying).sorted())),
            CaseMember(
                key: "witnessed",
                value: .texts(
                    state.witnessed.map { "\($0.author.text) \($0.kind.word)" }.sorted())),
            CaseMember(key: "reviews", value: .list(reviews)),
            CaseMember(key: "hidden", value: .flag(state.isHidden)),
        ]
    }

    /// A value as text; another entity by the code that the case gave it.
    private func shownText(_ value: PlanValue) -> CaseValue {
        guard let entity = value.entity,
            let entry = named.first(where: { $0.id == entity })
        else { return value.caseValue }
        return .text(entry.code)
    }

    private func figures(of state: EntityState) -> [CaseMember] {
        let stop = state.stop
        let account = state.account()
        return [
            CaseMember(key: "due_cents", value: .cents(account.due)),
            CaseMember(key: "due_ntd", value: account.due?.caseNTD ?? .null),
            CaseMember(key: "balance_cents", value: .cents(account.balance)),
            CaseMember(key: "balance_ntd", value: account.balance?.caseNTD ?? .null),
            CaseMember(key: "quoted_ntd", value: account.quoted?.caseNTD ?? .null),
            CaseMember(key: "suspected_cash_ntd", value: account.suspected.caseNTD),
            CaseMember(key: "remaining", value: account.remaining.caseValue),
            CaseMember(key: "adjustments", value: .integer(account.adjustments.count)),
            CaseMember(key: "invoice_held", value: .flag(account.isInvoiceHeld)),
            CaseMember(key: "pricing_blocked", value: .flag(account.isPricingBlocked)),
            CaseMember(key: "status", value: .text(stop.status.rawValue)),
            CaseMember(key: "attempt", value: .integer(stop.attempt)),
            CaseMember(key: "ordered", value: stop.ordered.caseValue),
            CaseMember(key: "delivered", value: stop.delivered.caseValue),
            CaseMember(key: "collected", value: stop.collected.caseValue),
            CaseMember(key: "residual_grams", value: .integer(stop.residualGrams)),
            CaseMember(key: "cash_ntd", value: stop.cash.caseNTD),
            CaseMember(key: "cash_cents", value: .integer(stop.cash.cents)),
            CaseMember(key: "recipient", value: .optional(stop.recipient)),
            CaseMember(key: "failure", value: .optional(stop.failure?.word)),
            CaseMember(key: "notes", value: .texts(stop.notes)),
            CaseMember(key: "suggested_addresses", value: .texts(stop.addressSuggestions)),
            CaseMember(key: "photos", value: .integer(stop.photos.count)),
            CaseMember(key: "cancelled", value: .flag(stop.isCancelled)),
            CaseMember(key: "driver", value: .text(stop.driver.text)),
            CaseMember(key: "sequence", value: .integer(stop.sequence)),
        ]
    }

    // MARK: Reviews

    /// By kind, then sides.
    /// - Parameter opened: only those that the hub opened.
    private func reviews(in state: EntityState, opened: Bool) -> [CaseValue] {
        state.reviews().filter { $0.isOpened || !opened }.map { review in
            .members([
                "kind": .text(review.kind.rawValue), "state": .text(review.state.word),
                "sides": .texts(review.sides.map { sayings[$0.ref] ?? "?" }.sorted()),
                "decisions": .texts(
                    review.decisions.map {
                        "\($0.author.text) \($0.resolution.outcome.rawValue)"
                    }.sorted()),
            ])
        }.sorted { "\($0)" < "\($1)" }
    }

    /// Remembers what every change says that can be seen now: it may be overwritten later. And
    /// which histories there were.
    func note() throws {
        for hub in world.hubs {
            guard let door = hub.hub else { continue }
            if histories[hub.name]?.contains(door.history) != true {
                histories[hub.name, default: []].append(door.history)
                noted[hub.name] = nil
            }
            let sequence = door.sequence(of: hub.depot)
            guard noted[hub.name] != sequence else { continue }
            noted[hub.name] = sequence
            remember(try states(at: hub))
        }
    }

    func remember(_ states: [EntityID: EntityState]) {
        for state in states.values {
            for fact in state.facts.values { sayings[fact.ref] = fact.saying }
            for field in state.fields.values {
                for sibling in field.siblings { sayings[sibling.ref] = sibling.saying }
            }
        }
    }
}
