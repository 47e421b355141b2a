internal import Foundation
internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyWire

/// A person at a desk: what the screen showed when it was last filled.
struct ScenarioOffice {
    let hub: WorldHub
    let credential: Credential
    /// What was seen of each entity; one that is missing: what the hub has at the edit.
    var seen: [EntityID: VersionVector] = [:]
    /// By the name of the look.
    var looks: [String: [EntityID: VersionVector]] = ["nothing": [:]]
}

extension ScenarioRun {
    func playOffice(_ word: String, _ step: CaseValue) throws -> String? {
        let name = step["who"]?.text ?? ""
        guard var office = offices[name] else {
            throw CaseError.noSuch(.nounOfficePerson, name, at: "who")
        }
        defer { offices[name] = office }
        if word == "look" {
            office.seen = try vectors(at: office.hub)
            if let label = step["as"]?.text { office.looks[label] = office.seen }
            return nil
        }
        do {
            let (target, change) = try edit(word, step, office)
            if let label = step["as"]?.text, let change { labels[label] = change }
            // The screen shows the entity as it is after the edit.
            if office.seen[target] != nil {
                office.seen[target] = try vectors(at: office.hub)[target]
            }
            return nil
        } catch let refusal as HubRefusal {
            return refusal.code
        }
    }

    /// What the hub has merged of every entity.
    private func vectors(at hub: WorldHub) throws -> [EntityID: VersionVector] {
        guard let hub = hub.hub else { return [:] }
        return try hub.read { reader in
            var vectors: [EntityID: VersionVector] = [:]
            for kind in [EntityKind.stop, .route, .customer, .shift] {
                for id in try reader.entities(kind) { vectors[id] = try reader.state(id)?.vector }
            }
            return vectors
        }
    }

    private func edit(
        _ word: String, _ step: CaseValue, _ office: ScenarioOffice
    ) throws -> (EntityID, ChangeID?) {
        let id = nextOfficeID()
        let entity = target(step, office.hub)
        let vector = context(of: entity, step, office)
        let context = vector.map { Data($0.rowBytes).base64EncodedString() }
        func call(_ verb: OfficeVerb, _ request: some Encodable) throws -> PlanEditReply {
            try self.call(
                PlanEditReply.self, verb, request, at: office.hub, as: office.credential)
        }
        let reply: PlanEditReply
        switch word {
        case "set":
            reply = try call(
                .planSet,
                PlanSetRequest(
                    id: id, stop: entity.hex, context: context, set: setCells(step)))
        case "cancel", "uncancel", "reopen":
            let verbs: [String: OfficeVerb] = [
                "cancel": .planCancel, "uncancel": .planUncancel, "reopen": .planReopen,
            ]
            reply = try call(
                verbs[word] ?? .planCancel,
                PlanStopRequest(
                    id: id, stop: entity.hex, context: context, note: step["note"]?.text))
        case "reassign":
            reply = try call(
                .planReassign,
                PlanReassignRequest(
                    id: id, stop: entity.hex, date: day.text, context: context,
                    driver: step["driver"]?.text,
                    route: step["route"]?.text, sequence: step["sequence"]?.integer.map(Int.init)))
        case "insert":
            reply = try call(
                .planInsert,
                PlanInsertRequest(
                    id: id,
                    row: planCells(
                        step, hub: office.hub, place: step["sequence"]?.integer ?? 1)))
        case "resequence":
            let places = (step["stops"]?.list ?? []).compactMap(\.text).map { code in
                let entity = stopID(code, at: office.hub)
                return PlanResequenceRequest.Place(
                    stop: entity.hex,
                    context: self.context(of: entity, step, office).map {
                        Data($0.rowBytes).base64EncodedString()
                    })
            }
            reply = try call(
                .planResequence,
                PlanResequenceRequest(
                    id: id, route: step["route"]?.text ?? "", date: day.text, stops: places))
        case "write":
            return (entity, try write(planChanges(step, of: entity, office), step, office, id: id))
        case "close_route":
            let done = Change(entity, .fact(.routeCompleted))
            return (entity, try write([done], step, office, id: id))
        default: return (entity, try keepBooks(word, step, office, of: entity, id: id))
        }
        return (entity, reply.changes.first.flatMap { ChangeID(hex: $0) })
    }

    func context(
        of entity: EntityID, _ step: CaseValue, _ office: ScenarioOffice
    ) -> VersionVector? {
        guard let look = step["seen"]?.text else { return office.seen[entity] }
        return office.looks[look]?[entity] ?? VersionVector()
    }

    /// What a step is about: a stop, or else what it names instead.
    private func target(_ step: CaseValue, _ hub: WorldHub) -> EntityID {
        if let stop = step["stop"]?.text { return stopID(stop, at: hub) }
        return step["route"]?.text.map { routeID($0, at: hub) }
            ?? step["shift"]?.text.map { shiftID($0) }
            ?? customerID(step["customer"]?.text ?? "", at: hub)
    }

    private func planChanges(
        _ step: CaseValue, of entity: EntityID, _ office: ScenarioOffice
    ) throws -> [Change] {
        try (step["fields"]?.members ?? []).map { member in
            guard let field = PlanField(word: member.key) else {
                throw CaseError("fields.\(member.key)", .faultNoField)
            }
            return Change(entity, .plan(field, value(member.value, of: field, at: office.hub)))
        }
    }

    /// Changes of one entity as they are, by ``Hub/write(_:contexts:id:by:now:)``.
    private func write(
        _ changes: [Change], _ step: CaseValue, _ office: ScenarioOffice, id: String
    ) throws -> ChangeID? {
        guard let hub = office.hub.hub, let entity = changes.first?.entity,
            let change = ChangeID(hex: id + "00000000")
        else { throw CaseError("who", .faultHubNotRunning) }
        let current = try hub.read { try $0.state(entity)?.vector } ?? VersionVector()
        return try hub.write(
            changes, contexts: [entity: context(of: entity, step, office) ?? current],
            id: change, by: office.credential, now: world.now
        ).change
    }

    /// The shape that a field wants, from what a case wrote.
    private func value(_ value: CaseValue, of field: PlanField, at hub: WorldHub) -> PlanValue {
        switch value {
        case .flag(let flag): return .flag(flag)
        case .number:
            let number = value.integer ?? 0
            return field == .price ? .money(Money(cents: number) ?? .zero) : .integer(number)
        case .object: return .quantities(Self.quantities(value))
        case .text(let text):
            if field.isPersonal { return .text(text) }
            switch field {
            case .window: return CaseTime.window(text).map(PlanValue.window) ?? .none
            case .route: return .entity(routeID(text, at: hub))
            case .customer, .mergedInto: return .entity(customerID(text, at: hub))
            default: return .name(Identifier(text))
            }
        case .null, .list: return .none
        }
    }

    // MARK: Requests

    func call<Reply: Decodable>(
        _ type: Reply.Type, _ verb: OfficeVerb, _ request: some Encodable, at hub: WorldHub,
        as credential: Credential
    ) throws -> Reply {
        guard let door = hub.hub else { throw CaseError("who", .faultHubNotRunning) }
        let reply = try door.office(
            verb.rawValue, OfficeJSON.encode(request), as: credential, now: world.now)
        return try OfficeJSON.decode(type, from: reply)
    }

    /// A whole row of a plan file.
    func planCells(_ row: CaseValue, hub: WorldHub, place: Int64?) throws -> PlanCells {
        guard let stop = row["stop"]?.text else { throw CaseError("plan", .faultNoCode) }
        _ = stopID(stop, at: hub)
        var cells = setCells(row)
        cells.date = day.text
        cells.depot = hub.depot.text
        cells.route = routeCode(row)
        cells.driver = row["driver"]?.text
        cells.stop = stop
        cells.sequence = place.map { "\($0)" }
        return cells
    }

    private func setCells(_ row: CaseValue) -> PlanCells {
        var cells = PlanCells()
        cells.sequence = row["sequence"]?.integer.map { "\($0)" }
        cells.items = row["items"].map { Self.quantities($0).text }
        cells.price =
            row["price_ntd"]?.integer.map { "\($0)" }
            ?? row["price_cents"]?.integer.flatMap { Money(cents: $0)?.plainText }
        cells.payment = row["payment"]?.text
        cells.window = row["window"]?.text
        cells.customer = row["customer"]?.text
        cells.phone = row["phone"]?.text
        cells.address = row["address"]?.text
        cells.note = row["note"]?.text
        cells.holds = row["holds"].map { Self.quantities($0).text }
        return cells
    }
}
