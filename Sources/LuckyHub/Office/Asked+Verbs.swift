internal import LuckyCausality
internal import LuckyModel

// What each verb's request asks for.
extension Asked {
    /// `plan-cancel`, `plan-uncancel`, `plan-reopen`.
    static func stop(
        _ state: EntityState, _ request: PlanStopRequest, _ field: Field
    ) -> Asked {
        let reason = (request.note ?? "").isEmpty ? nil : request.note
        return Asked(
            entity: state.id, fields: [field],
            facts: facts(reason.map { [.noteAdded(Note($0))] } ?? []))
    }

    static func cancelled(_ id: EntityID, _ flag: Bool) -> Field {
        Field(entity: id, field: .cancelled) { ($0.flag ?? false) == flag }
    }

    static func attempt(_ id: EntityID) -> Field {
        Field(entity: id, field: .attempt, isAlwaysWritten: true) { $0.integer != nil }
    }

    /// `plan-reassign`, and what `plan-reschedule` shares with it: what is not named follows from
    /// the route.
    static func moved(
        _ state: EntityState, route: String?, driver: String?, sequence: Int?,
        _ reader: HubReader
    ) -> Asked {
        let id = state.id
        var fields: [Field] = []
        if let route {
            fields.append(
                Field(entity: id, field: .route) { value in
                    guard let entity = value.entity else { return false }
                    if entity.hex == route { return true }
                    return (try? reader.state(entity))?.has(code: route) ?? false
                })
        }
        if let driver {
            fields.append(
                Field(entity: id, field: .driver) { $0.isSame(as: .name(Identifier(driver))) })
        }
        if let sequence {
            fields += Asked.fields(id, [.init(.sequence, .integer(Int64(sequence)))])
        }
        return Asked(entity: id, fields: fields) { entity, field, _ in
            entity == id && [.route, .driver, .sequence].contains(field)
        }
    }

    /// `plan-insert`.
    /// - Parameters:
    ///   - row: of the request; its driver and route count for nothing.
    ///   - route: as the request names it.
    static func inserted(
        _ state: EntityState, _ row: PlanRow, route: String?, _ reader: HubReader
    ) -> Asked {
        let id = state.id
        var asked = moved(state, route: route, driver: nil, sequence: row.sequence, reader)
        asked.fields += fields(
            id,
            row.stopFields.filter {
                ![.route, .driver, .sequence].contains($0.field) && $0.value != .none
            })
        asked.along = { entity, field, _ in
            entity == id ? field == .driver : field == .sequence
        }
        return asked
    }

    /// `plan-resequence`.
    /// - Parameter stops: those named, in the wanted order; nil for one that is not found any more:
    ///   what it was given is not compared.
    static func resequenced(_ route: EntityState, _ stops: [EntityID?]) -> Asked {
        let fields = stops.enumerated().flatMap { index, id in
            id.map { Asked.fields($0, [.init(.sequence, .integer(Int64(index + 1)))]) } ?? []
        }
        let gone = Set(stops.indices.filter { stops[$0] == nil }.map { Int64($0 + 1) })
        return Asked(entity: route.id, fields: fields) { _, field, value in
            let place = value.integer ?? 0
            return field == .sequence && (place > Int64(stops.count) || gone.contains(place))
        }
    }

    /// `plan-cancel-route`: what was open follows from the plan.
    static func cancelledRoute(_ route: EntityState) -> Asked {
        Asked(entity: route.id, fields: [cancelled(route.id, true)]) { entity, field, value in
            entity.kind == .stop && [.driver, .route].contains(field)
                && value == PlanValue.none
        }
    }

    /// `settle`: what is not named follows from the account.
    static func settled(_ state: EntityState, due: Money?, received: Money?) -> Asked {
        Asked(
            entity: state.id,
            facts: { written in
                guard written.count == 1, case .settled(let settlement) = written[0].fact else {
                    return false
                }
                return (due ?? settlement.due) == settlement.due
                    && (received ?? settlement.received) == settlement.received
            })
    }

    /// `correct`: what is not named is as it counted then.
    static func corrected(
        _ state: EntityState, _ request: CorrectRequest, in change: ChangeID?
    ) -> Asked {
        Asked(
            entity: state.id,
            facts: { written in
                let value: Correction.Replacement
                switch written.first?.fact {
                case .corrected(let correction):
                    let named = [correction.original] + correction.seen
                    guard change.map({ id in named.contains { $0.change == id } }) ?? true else {
                        return false
                    }
                    // Cash and what is no cash are never corrected to each other.
                    let original = state.facts[correction.original]?.fact
                    let isCash = if case .cashReceived = original { true } else { false }
                    if original != nil, let kind = try? request.kind(), isCash != (kind == .cash) {
                        return false
                    }
                    value = correction.replacement
                case .cashReceived(let receipt) where change == nil: value = .cashReceived(receipt)
                default: return false
                }
                // What is asked for, said once more over what was written, changes nothing.
                return (try? request.replacement(over: value)) == value
                    && facts([.noteAdded(Note(request.reason))])(Array(written.dropFirst()))
            })
    }

    /// `redact`.
    /// - Parameter still: something of the change, or of the stop, that the hub had then is personal
    ///   still: not all was redacted.
    static func redacted(
        _ state: EntityState, _ change: ChangeID?, index: Int?, still: Bool
    ) -> Asked {
        Asked(
            entity: state.id,
            facts: { written in
                let targets = written.compactMap { one -> FactRef? in
                    if case .redacted(let redaction) = one.fact { redaction.target } else { nil }
                }
                guard !written.isEmpty, targets.count == written.count else { return false }
                if still && index == nil { return false }
                guard let change else { return true }
                return targets.contains { $0.change == change && (index ?? $0.index) == $0.index }
            })
    }

    /// `customer-merge`, `customer-delete`: a code is written with the first edit that names it.
    static func customer(_ state: EntityState, _ field: PlanWrite.Field) -> Asked {
        Asked(entity: state.id, fields: fields(state.id, [field])) { entity, field, _ in
            entity.kind == .customer && field == .code
        }
    }

    /// `review-resolve`, `review-undo`: what it supersedes follows from what was seen.
    static func decided(
        _ state: EntityState, _ review: Review, _ outcome: ReviewOutcome, note: String?
    ) -> Asked {
        Asked(
            entity: state.id,
            facts: { written in
                guard written.count == 1, case .reviewResolved(let it) = written[0].fact else {
                    return false
                }
                return [review.id, review.openedAs].contains(it.review) && it.outcome == outcome
                    && (written[0].lacksPersonal || (it.note ?? "") == (note ?? ""))
            })
    }
}
