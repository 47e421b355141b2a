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
        guard let hub = office.hub.hub else { throw CaseError("who", "the hub does not run") }
        let state = try hub.read { try $0.state(entity) } ?? EntityState(id: entity)
        let change = ChangeID(hex: id + "00000000")
        if word == "resolve" || word == "undo" {
            let decision = Decision(
                id: id, review: try reviewID(step["review"]?.text ?? "", in: state),
                outcome: step["outcome"]?.text, note: step["note"]?.text,
                context: context(of: entity, step, office).map {
                    Data($0.rowBytes).base64EncodedString()
                }, supersede: step["supersede"]?.flag)
            _ = try hub.office(
                word == "undo" ? "review-undo" : "review-resolve", OfficeJSON.encode(decision),
                as: office.credential, now: world.now)
            return change
        }
        guard let change else { return nil }
        let fact: Fact
        if word == "redact" {
            let target = labels[step["tap"]?.text ?? ""]
            guard let ref = state.facts.keys.sorted().first(where: { $0.change == target }) else {
                throw CaseError("tap", "the stop has no such fact")
            }
            fact = .redacted(Redaction(of: ref))
        } else {
            fact = .settled(settlement(step, state))
        }
        return try hub.write(
            [Change(entity, .fact(fact))],
            contexts: [entity: context(of: entity, step, office) ?? state.vector], id: change,
            by: office.credential, now: world.now
        ).change
    }

    /// Over every receipt that the stop has.
    private func settlement(_ step: CaseValue, _ state: EntityState) -> Settlement {
        let receipts = state.factRecords.filter {
            if case .cashReceived = $0.fact { true } else { false }
        }
        return Settlement(
            due: step["due_ntd"]?.integer.flatMap { Money.dollars($0) } ?? .zero,
            received: step["received_ntd"]?.integer.flatMap { Money.dollars($0) } ?? .zero,
            covers: receipts.map(\.ref))
    }

    /// The id of the stop's only review of a kind; a name that is no kind there is an id already.
    private func reviewID(_ name: String, in state: EntityState) throws -> String {
        let found = state.reviews().filter {
            $0.kind.rawValue.utf8.elementsEqual(name.utf8)
        }
        guard found.count <= 1 else {
            throw CaseError("review", "the stop has \(found.count) reviews “\(name)”")
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
