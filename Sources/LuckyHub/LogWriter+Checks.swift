internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension LogWriter {
    /// Whether a context names a dot that nobody can have seen (L7).
    mutating func namesUnknownDot(
        _ contexts: [EntityID: VersionVector], writtenBy dot: Dot
    ) throws -> Bool {
        var highest = VersionVector()
        for context in contexts.values { highest.merge(context) }
        for entry in highest.entries {
            if entry.replica == dot.replica {
                if entry.counter >= dot.counter { return true }
            } else if let known = stated[entry.replica], entry.counter <= known {
                continue
            } else if let replica = try rows.replica(entry.replica), replica.hasSpoken {
                stated[entry.replica] = replica.stated
                guard entry.counter > replica.stated else { continue }
                // In a history that began empty, whatever somebody saw was stated first.
                if try rows.beganEmpty() || !isCopied(entry.replica) { return true }
            } else if try rows.beganEmpty() {
                return true
            }
        }
        return false
    }

    /// Whether another replica of its install follows this history: of a store and its copy the one
    /// that has a new name still sends, and states, what both wrote under the old one.
    private func isCopied(_ replica: ReplicaID) throws -> Bool {
        try rows.replicas().contains {
            $0.id != replica && $0.id.install == replica.install && $0.following == .follows
        }
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

    /// The customer into whom one would be merged who is merged into that one already, by however
    /// many steps: nobody would stay. Looked at where it is written: two people may do it at once.
    mutating func mergesInCircle(_ changes: [AdmittedChange]) throws -> EntityID? {
        for change in changes {
            guard let plan = change.recorded.plan, plan.field == .mergedInto else { continue }
            var seen: Set<EntityID> = []
            var next = plan.value.entity
            while let customer = next, seen.insert(customer).inserted {
                if customer == change.entity { return plan.value.entity }
                next = try load(customer).state.shown(.mergedInto).entity
            }
        }
        return nil
    }

    /// Judges each change by the authority table and stamps role and relation (L23): by the role
    /// that its author had at the page that the header states, which a later one does not take
    /// away; else by the one that the bearer's token says (L12).
    /// - Returns: false where one of them is outside its author's authority.
    mutating func authorise(_ admitted: inout Admitted, as bearer: Bearer) throws -> Bool {
        let carriedBy = admitted.author == bearer.person ? nil : bearer.person
        admitted.carriedBy = carriedBy
        var relations: [EntityID: ScopeRelation] = [:]
        for entity in Set(admitted.changes.map(\.entity)).sorted() {
            relations[entity] = try relation(of: admitted, to: entity)
        }
        let now = carriedBy == nil ? bearer.role : .driver
        for role in try rolesThen(of: admitted) + [now]
        where try allows(admitted, by: role, relations) {
            admitted.role = role
            for index in admitted.changes.indices {
                let relation = relations[admitted.changes[index].entity] ?? .never
                admitted.changes[index].recorded.stamp.relation = relation
                admitted.changes[index].recorded.stamp.role = role
                admitted.changes[index].recorded.stamp.carriedBy = carriedBy
            }
            return true
        }
        return false
    }

    private mutating func allows(
        _ admitted: Admitted, by role: Role, _ relations: [EntityID: ScopeRelation]
    ) throws -> Bool {
        for change in admitted.changes {
            let kind = ChangeKind(
                Change(change.entity, change.recorded.body), rules: hub.rules)
            let relation = relations[change.entity] ?? .never
            if Authority.verdict(role, kind, relation) == .quarantine { return false }
            if try faultInDecision(change, by: role) != nil { return false }
        }
        return true
    }

    /// Why its author may not decide what it decides; nil for anything but a decision.
    mutating func faultInDecision(
        _ change: AdmittedChange, by role: Role
    ) throws -> HubRefusal? {
        guard case .fact(let fact) = change.recorded.body else { return nil }
        return try load(change.entity).state.fault(
            in: fact, by: role, seen: change.recorded.context, rules: hub.rules)
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
