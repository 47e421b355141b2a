internal import Foundation
internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyWire

// What people at desks do, by the office's verbs.
extension SwarmRun {
    private static let desk = Credential(person: "mei", depot: depot, role: .office)

    /// The morning's file; a hub that is down gets it later.
    func importPlan(of day: Int, _ step: SwarmStep) throws {
        guard hub.hub != nil else {
            return later.add(world.now + 600_000) { [unowned self] in
                try importPlan(of: day, step)
            }
        }
        let rows = plan.stops.filter { $0.day == day && !$0.isSpare }.map(cells)
        guard
            let reply = try call(
                PlanImportReply.self, .planImport,
                PlanImportRequest(id: officeID(step, 0), file: OfficeJSON.encode(rows)))
        else {
            return later.add(world.now + 600_000) { [unowned self] in
                try importPlan(of: day, step)
            }
        }
        ledger.imported += reply.written
        ledger.plan(plan.stops.filter { $0.day == day && !$0.isSpare }.map(stopID))
        tell(.traceImported.with(["stops": "\(rows.count)", "written": "\(reply.written)"]))
        if !reply.rejected.isEmpty { report("plan", Phrase(verbatim: reply.rejected[0].message)) }
    }

    func play(
        _ edit: SwarmEdit, stop index: Int, _ step: SwarmStep, _ draw: inout SwarmDraw
    ) throws {
        guard hub.hub != nil else { return }
        let stop = plan.stops[index]
        let entity = stopID(stop)
        if edit == .purge { return try purge(entity, step) }
        if edit == .neighbours { return try writeToNeighbours(stop, step) }
        if draw.chance(50) || seen[entity] == nil { look(at: entity) }
        let context = draw.chance(50) ? seen[entity] : nil
        let request = try request(
            edit, stop, id: officeID(step, 0),
            context: context.map { Data($0.rowBytes).base64EncodedString() })
        guard let (verb, body) = request else { return }
        let before = try hub.hub?.read { try $0.state(entity) }
        let first = try send(edit, verb, body, on: entity, step)
        if let context, edit.saysWhatWasSeen, first != nil, hub.hub != nil {
            try checkOverwritten(before, context, step)
        }
        // An office client that got no answer asks again, with the same id.
        guard let first, draw.chance(15), hub.hub != nil else { return }
        let second = try send(edit, verb, body, on: entity, step)
        if second != first, hub.hub != nil {
            report(
                DoublingChecker.name,
                .findEditTwice.with([
                    "step": "\(step.number)", "first": "\(first)", "second": "\(second ?? [])",
                ]))
        }
        look(at: entity)
    }

    private func look(at entity: EntityID) {
        seen[entity] = try? hub.hub?.read { try $0.state(entity)?.vector }
    }

    /// - Returns: the changes that it came to; nil where it was refused, or nobody knows.
    private func send(
        _ edit: SwarmEdit, _ verb: OfficeVerb, _ body: Data, on entity: EntityID, _ step: SwarmStep
    ) throws -> [String]? {
        guard let door = hub.hub else { return nil }
        do throws(HubRefusal) {
            let data = try door.office(verb.rawValue, body, as: Self.desk, now: world.now)
            guard world.lives(hub) else { return nil }
            let reply = try? OfficeJSON.decode(Changes.self, from: data)
            let changes = reply?.changes ?? reply?.change.map { [$0] } ?? []
            tell(
                .traceEdited.with([
                    "edit": "\(edit)", "step": "\(step.number)", "count": "\(changes.count)",
                ]))
            for change in changes.compactMap({ ChangeID(hex: $0) })
            where !ledger.edits.contains(where: { $0.change == change }) {
                ledger.note(
                    SwarmLedger.Edit(change: change, entity: entity, state: .acknowledged))
            }
            if !changes.isEmpty { countReturn(edit, of: entity) }
            return changes
        } catch {
            if world.lives(hub) {
                tell(
                    .traceEditRefused.with([
                        "edit": "\(edit)", "step": "\(step.number)", "code": error.code,
                    ]))
            }
            trace.mix(error.code)
            return nil
        }
    }

    /// A stop that was given away counts when it comes back.
    private func countReturn(_ edit: SwarmEdit, of entity: EntityID) {
        switch edit {
        case .reassign: away.insert(entity)
        case .takeBack:
            guard away.remove(entity) != nil, plan.kinds.contains(.scopeReturned) else { return }
            world.strike(.scopeReturned)
        default: break
        }
    }

    /// What all edits' replies have.
    private struct Changes: Decodable {
        var changes: [String]?
        var change: String?
    }

    private func request(
        _ edit: SwarmEdit, _ stop: SwarmStop, id: String, context: String?
    ) throws -> (OfficeVerb, Data)? {
        let hex = stopID(stop).hex
        let simple = try OfficeJSON.encode(PlanStopRequest(id: id, stop: hex, context: context))
        switch edit {
        case .cancel: return (.planCancel, simple)
        case .uncancel: return (.planUncancel, simple)
        case .reopen: return (.planReopen, simple)
        case .price, .window, .items, .words:
            let cells = edited(edit, stop, id)
            return (
                .planSet,
                try OfficeJSON.encode(
                    PlanSetRequest(id: id, stop: hex, context: context, set: cells))
            )
        case .note:
            return (
                .note,
                try OfficeJSON.encode(
                    NoteRequest(id: id, stop: hex, context: context, text: "辦公室備註"))
            )
        case .settle:
            return (
                .settle,
                try OfficeJSON.encode(
                    SettleRequest(id: id, stop: hex, context: context, received: "100"))
            )
        case .insert:
            return (
                .planInsert, try OfficeJSON.encode(PlanInsertRequest(id: id, row: cells(stop)))
            )
        case .resequence: return try resequence(stop, id)
        case .decide: return try decide(id)
        case .purge, .neighbours: return nil
        case .reassign(let offset):
            let other = (stop.driver + offset) % plan.settings.drivers
            return try reassign(stop, to: other, id, context)
        case .takeBack: return try reassign(stop, to: stop.driver, id, context)
        }
    }

    private func reassign(
        _ stop: SwarmStop, to driver: Int, _ id: String, _ context: String?
    ) throws -> (OfficeVerb, Data)? {
        (
            .planReassign,
            try OfficeJSON.encode(
                PlanReassignRequest(
                    id: id, stop: stopID(stop).hex, date: date(stop.day).text, context: context,
                    driver: name(ofDriver: driver).text))
        )
    }

    /// The first three stops of the route, the other way round.
    private func resequence(_ stop: SwarmStop, _ id: String) throws -> (OfficeVerb, Data)? {
        let places = plan.stops.filter {
            $0.day == stop.day && $0.driver == stop.driver && $0.place <= 3
        }.reversed().map { PlanResequenceRequest.Place(stop: stopID($0).hex) }
        return (
            .planResequence,
            try OfficeJSON.encode(
                PlanResequenceRequest(
                    id: id, route: routeCode(ofDriver: stop.driver), date: date(stop.day).text,
                    stops: Array(places)))
        )
    }

    private func decide(_ id: String) throws -> (OfficeVerb, Data)? {
        let list = try call(ReviewListReply.self, .reviewList, ReviewListRequest())
        guard let review = list?.reviews.first?.review else { return nil }
        return (
            .reviewResolve,
            try OfficeJSON.encode(
                ReviewDecisionRequest(
                    id: id, review: review, outcome: "kept", note: "電話問過"))
        )
    }

    // MARK: Cells

    private func cells(_ stop: SwarmStop) -> PlanCells {
        var cells = PlanCells()
        cells.date = date(stop.day).text
        cells.depot = Self.depot.text
        cells.route = routeCode(ofDriver: stop.driver)
        cells.driver = name(ofDriver: stop.driver).text
        cells.sequence = "\(stop.place)"
        cells.stop = code(stop)
        cells.customer = "客戶\(stop.driver)-\(stop.place)"
        cells.phone = "0900-000-\(100 + stop.place)"
        cells.address = "中華路\(stop.place)號"
        cells.window = stop.place.isMultiple(of: 2) ? "08:00-10:00" : "10:00-12:00"
        cells.items = "20kg*\(1 + stop.place % 3)"
        cells.price = "\(950 * (1 + stop.place % 3))"
        cells.payment = "cash"
        return cells
    }

    private func edited(_ edit: SwarmEdit, _ stop: SwarmStop, _ id: String) -> PlanCells {
        let number = id.utf8.reduce(0) { ($0 * 31 + Int($1)) % 1_000 }
        var cells = PlanCells()
        switch edit {
        case .price: cells.price = "\(500 + number)"
        case .window: cells.window = number.isMultiple(of: 2) ? "09:00-11:00" : "11:00-12:00"
        case .items:
            cells.items = "16kg*\(1 + number % 4)"
            cells.price = "\(600 + number)"
        default:
            cells.address = "改到後門 \(number)"
            cells.note = "請打電話 \(number)"
        }
        return cells
    }

    // MARK: Calls

    /// Nil where it was refused.
    private func call<Reply: Decodable>(
        _ type: Reply.Type, _ verb: OfficeVerb, _ request: some Encodable
    ) throws -> Reply? {
        guard let door = hub.hub else { return nil }
        let body = try OfficeJSON.encode(request)
        do throws(HubRefusal) {
            let data = try door.office(verb.rawValue, body, as: Self.desk, now: world.now)
            guard world.lives(hub) else { return nil }
            return try? OfficeJSON.decode(type, from: data)
        } catch {
            _ = world.lives(hub)
            tell(.traceVerbRefused.with(["verb": verb.rawValue, "code": error.code]))
            return nil
        }
    }

    /// 24 hexadecimal digits, the same for the same step.
    private func officeID(_ step: SwarmStep, _ part: UInt64) -> String {
        ChangeID(high: 0xCA5E, low: UInt64(step.number) << 32 | part << 48 | 1 << 62)
            .bytes.prefix(12).reduce(into: "") {
                $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16)
            }
    }
}
