internal import Foundation
internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyWire

// Decisions on reviews, and what the office's books record.
extension ScenarioRun {
    /// - Returns: the change that was written.
    func keepBooks(
        _ word: String, _ step: CaseValue, _ office: ScenarioOffice, of entity: EntityID,
        id: String
    ) throws -> ChangeID? {
        guard let hub = office.hub.hub else { throw CaseError("who", .faultHubNotRunning) }
        let context = context(of: entity, step, office).map {
            Data($0.rowBytes).base64EncodedString()
        }
        func call(_ verb: OfficeVerb, _ request: some Encodable) throws -> ChangeID? {
            let reply = try self.call(
                PlanEditReply.self, verb, request, at: office.hub, as: office.credential)
            return reply.changes.first.flatMap { ChangeID(hex: $0) }
        }
        switch word {
        case "resolve", "undo":
            let state = try hub.read { try $0.state(entity) } ?? EntityState(id: entity)
            let decision = Decision(
                id: id, review: try reviewID(step["review"]?.text ?? "", in: state),
                outcome: step["outcome"]?.text, note: step["note"]?.text, context: context,
                supersede: step["supersede"]?.flag)
            _ = try hub.office(
                word == "undo" ? "review-undo" : "review-resolve", OfficeJSON.encode(decision),
                as: office.credential, now: world.now)
            return ChangeID(hex: id + "00000000")
        case "redact":
            guard let target = labels[step["tap"]?.text ?? ""] else {
                throw CaseError("tap", .faultNoTap)
            }
            return try call(
                .redact,
                RedactRequest(id: id, stop: entity.hex, context: context, change: target.hex))
        case "correct_record":
            return try call(.correct, correction(step, id: id, of: entity, context))
        case "merge_customer":
            return try call(
                .customerMerge,
                CustomerMergeRequest(
                    id: id, customer: step["customer"]?.text ?? "", into: step["into"]?.text,
                    context: context))
        case "delete_customer":
            return try call(
                .customerDelete,
                CustomerDeleteRequest(
                    id: id, customer: step["customer"]?.text ?? "", context: context,
                    undo: step["undo"]?.flag))
        case "add_note":
            return try call(
                .note,
                NoteRequest(
                    id: id, stop: entity.hex, context: context, text: step["text"]?.text ?? ""))
        case "reschedule":
            return try call(
                .planReschedule,
                PlanRescheduleRequest(
                    id: id, stop: entity.hex, context: context, toDate: day.text,
                    route: step["route"]?.text, driver: step["driver"]?.text,
                    sequence: step["sequence"]?.integer.map(Int.init)))
        case "deactivate", "activate":
            _ = try self.call(
                DecisionReply.self, word == "activate" ? .driverActivate : .driverDeactivate,
                DriverRequest(driver: step["driver"]?.text ?? ""), at: office.hub,
                as: office.credential)
            return nil
        case "cancel_route":
            return try call(
                .planCancelRoute,
                PlanCancelRouteRequest(
                    id: id, route: step["route"]?.text ?? "", date: day.text))
        default:
            return try call(
                .settle,
                SettleRequest(
                    id: id, stop: entity.hex, context: context,
                    due: step["due_ntd"]?.integer.map { "\($0)" },
                    received: step["received_ntd"]?.integer.map { "\($0)" },
                    again: step["again"]?.flag))
        }
    }

    private func correction(
        _ step: CaseValue, id: String, of entity: EntityID, _ context: String?
    ) throws -> CorrectRequest {
        let tap = try step["tap"]?.text.map { label in
            guard let change = labels[label] else {
                throw CaseError("tap", .faultNoTap)
            }
            return change.hex
        }
        var request = CorrectRequest(
            id: id, stop: entity.hex, context: context, change: tap,
            withdraw: step["withdraw"]?.text, reason: step["reason"]?.text ?? "")
        func counts(_ key: String) -> String? {
            step[key].map { Self.quantities($0).text }
        }
        (request.delivered, request.collected) = (counts("delivered"), counts("collected"))
        request.residualG = step["residual_grams"]?.integer.map { Int($0) }
        request.serials = step["serials"]?.list?.compactMap(\.text)
        request.collectedSerials = step["collected_serials"]?.list?.compactMap(\.text)
        request.cash = step["cash_ntd"]?.integer.map { "\($0)" }
        request.failure = step["failure"]?.text
        return request
    }

    /// The id of the stop's only review of a kind; a name that is no kind there is an id already.
    private func reviewID(_ name: String, in state: EntityState) throws -> String {
        let found = state.reviews().filter {
            $0.kind.rawValue.utf8.elementsEqual(name.utf8)
        }
        guard found.count <= 1 else {
            throw CaseError(
                "review", .faultReviews, ["count": "\(found.count)", "name": name])
        }
        return found.first?.id.hex ?? name
    }

    /// What `review-resolve` and `review-undo` take.
    private struct Decision: Encodable {
        var id: String
        var review: String
        var outcome: String?
        var note: String?
        var context: String?
        var supersede: Bool?
    }
}
