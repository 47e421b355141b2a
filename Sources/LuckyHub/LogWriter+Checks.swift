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
            } else if try rows.beganEmpty() {
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
    mutating func authorise(_ admitted: inout Admitted, as bearer: Bearer) throws -> Bool {
        let carriedBy = admitted.author == bearer.person ? nil : bearer.person
        admitted.carriedBy = carriedBy
        for index in admitted.changes.indices {
            let entity = admitted.changes[index].entity
            let relation = try relation(of: admitted, to: entity)
            let kind = ChangeKind(Change(entity, admitted.changes[index].recorded.body))
            let role = carriedBy == nil ? bearer.role : .driver
            if Authority.verdict(role, kind, relation) == .quarantine { return false }
            if try faultInDecision(admitted.changes[index], by: role) != nil { return false }
            admitted.role = role
            admitted.changes[index].recorded.stamp.relation = relation
            admitted.changes[index].recorded.stamp.role = role
            admitted.changes[index].recorded.stamp.carriedBy = carriedBy
        }
        return true
    }

    /// Why its author may not decide what it decides; nil for anything but a decision.
    mutating func faultInDecision(
        _ change: AdmittedChange, by role: Role
    ) throws -> HubRefusal? {
        guard case .fact(let fact) = change.recorded.body else { return nil }
        return try load(change.entity).state.fault(
            in: fact, by: role, seen: change.recorded.context)
    }

    /// What is wrong with where a new epoch's chain says it comes from (L19); nil: nothing that the
    /// hub could know of.
    func faultInBeginning(of admitted: Admitted) throws -> QuarantineReason? {
        guard let before = admitted.predecessor else { return nil }
        guard before.dot.replica != admitted.dot.replica,
            before.dot.replica.install == admitted.dot.replica.install,
            try rows.replica(before.dot.replica).map({ $0.person == admitted.author }) ?? true
        else { return .authority }
        guard let known = try rows.changeset(before.dot) else { return nil }
        return known.hash == before.hash ? nil : .undecodable
    }
}
