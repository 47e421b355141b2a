internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyWire

/// No acknowledged tap and no acknowledged edit is lost: all of it is at the hub, applied, or in
/// quarantine where people see it; and whoever imported a plan file finds each of its rows.
struct LossChecker: SwarmChecker {
    static let name = "lost"

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] {
        guard let hub = run.hub.hub else { return [.faultHubNotRunning] }
        let unread = Set(run.keptUnread().values)
        return try hub.read { reader in
            var states = States(reader: reader)
            return try taps(run, unread, reader, &states) + edits(run, reader, &states)
                + rows(run, &states)
        }
    }

    private func taps(
        _ run: SwarmRun, _ unread: Set<ChangeID>, _ reader: HubReader, _ states: inout States
    ) throws -> [Phrase] {
        let quarantined = Set(try reader.quarantined().compactMap(\.change))
            .union(unread)
        var found: [Phrase] = []
        for tap in run.ledger.taps where tap.state == .acknowledged && !tap.isExcused {
            if quarantined.contains(tap.change) { continue }
            let facts = try states.of(tap.entity)?.facts ?? [:]
            if facts[FactRef(change: tap.change, index: 0)] == nil {
                found.append(
                    .findTapLost.with([
                        "tap": tap.change.hex, "step": "\(tap.step)", "driver": "\(tap.driver)",
                    ]))
            }
        }
        return found
    }

    private func edits(
        _ run: SwarmRun, _ reader: HubReader, _ states: inout States
    ) throws -> [Phrase] {
        var found: [Phrase] = []
        for edit in run.ledger.edits where edit.state == .acknowledged && !edit.isExcused {
            guard let changeset = try reader.changeset(of: edit.change) else {
                found.append(.findEditLost.with(["edit": edit.change.hex]))
                continue
            }
            for (index, change) in try changeset.changes.map(ChangeCodec.decode).enumerated() {
                let ref = FactRef(change: edit.change, index: index)
                let state = try states.of(change.entity)
                if !Self.stands(change, as: ref, changeset.dot, in: state) {
                    found.append(
                        .findEditNotApplied.with([
                            "index": "\(index)", "edit": edit.change.hex,
                            "entity": "\(change.entity)",
                        ]))
                }
            }
        }
        return found
    }

    /// A fact is there. A plan value is there, or beside what stands in its field is a writer who had
    /// seen it; of a stop that was deleted the plan may be forgotten.
    private static func stands(
        _ change: Change, as ref: FactRef, _ dot: Dot, in state: EntityState?
    ) -> Bool {
        guard let state else { return false }
        guard case .plan(let field, _) = change.body else { return state.facts[ref] != nil }
        if field != .deleted, isDeleted(state) { return true }
        let now = state.fields[field] ?? FieldState()
        return now.cover.covers(dot)
            || now.siblings.contains { $0.ref == ref || $0.context.covers(dot) }
    }

    private func rows(_ run: SwarmRun, _ states: inout States) throws -> [Phrase] {
        try run.ledger.planned.sorted().compactMap { stop in
            let state = try states.of(stop)
            if let state, Self.isDeleted(state) { return nil }
            // Nobody but the file says who lives there.
            let isThere = state?.fields[.customerName]?.siblings.isEmpty == false
            return isThere ? nil : .findStopLost.with(["stop": "\(stop)"])
        }
    }

    private static func isDeleted(_ state: EntityState) -> Bool {
        state.shown(.deleted).flag == true
    }
}

/// What the hub holds, read once.
private struct States {
    let reader: HubReader
    private var known: [EntityID: EntityState?] = [:]

    init(reader: HubReader) { self.reader = reader }

    mutating func of(_ entity: EntityID) throws -> EntityState? {
        if let state = known[entity] { return state }
        let state = try reader.state(entity)
        known[entity] = .some(state)
        return state
    }
}
