internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension LogWriter {
    /// Whether a context names a dot that nobody can have seen (L7).
    func namesUnknownDot(
        _ contexts: [EntityID: VersionVector], writtenBy dot: Dot
    ) throws -> Bool {
        var highest = VersionVector()
        for context in contexts.values { highest.merge(context) }
        for entry in highest.entries {
            if entry.replica == dot.replica {
                if entry.counter >= dot.counter { return true }
            } else if let replica = try rows.replica(entry.replica), replica.hasSpoken {
                if entry.counter > replica.stated { return true }
            } else if hub.beganEmpty {
                return true
            }
        }
        return false
    }

    /// Whether one of the plan writes would make a field's 17th sibling (L8).
    mutating func overflowsSiblings(_ changes: [AdmittedChange]) throws -> Bool {
        for change in changes {
            guard let field = change.recorded.plan?.field else { continue }
            let siblings = try load(change.entity).state.fields[field]?.siblings ?? []
            let kept = siblings.filter { !change.recorded.context.covers($0.dot) }
            if kept.count >= Bounds.siblings { return true }
        }
        return false
    }

    /// Judges each change by the authority table and stamps the relation (L23).
    /// - Returns: false where one of them is outside its author's authority.
    mutating func authorise(
        _ changes: inout [AdmittedChange], as person: Identifier, role: Role
    ) throws -> Bool {
        for index in changes.indices {
            let entity = changes[index].entity
            let relation = try relation(of: person, to: entity)
            let kind = ChangeKind(Change(entity, changes[index].recorded.body))
            if Authority.verdict(role, kind, relation) == .quarantine { return false }
            changes[index].recorded.stamp.relation = relation
        }
        return true
    }
}
