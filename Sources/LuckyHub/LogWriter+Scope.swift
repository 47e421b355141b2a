internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// Whose an entity is.
extension LogWriter {
    /// Whose an entity is: the shown driver's, or, where no plan names one, that of the driver who
    /// made it known; nobody's while it is hidden (L9, L23). L23 lets an entity be in many scopes;
    /// here it is in one at most: only stops, routes and shifts are anybody's, each one driver's.
    static func scope(of state: EntityState, bornBy: Identifier?) -> Identifier? {
        guard !state.isHidden else { return nil }
        guard let driver = state.fields[.driver], !driver.siblings.isEmpty else { return bornBy }
        return state.shown(.driver).name.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// That something of a driver's was touched is said once for a place of the log: which entities
    /// those are stands with that place.
    mutating func logScope(
        of id: EntityID, from old: Identifier?, to new: Identifier?, at sequence: UInt64
    ) throws {
        func step(_ event: ScopeStep.Event, _ driver: Identifier?) throws {
            guard let driver else { return }
            try rows.insert(
                ScopeStep(sequence: sequence, entity: id, event: event), driver: driver)
        }
        if old == new {
            guard let new, toldAt[new] != sequence else { return }
            toldAt[new] = sequence
            try step(.touched, new)
        } else {
            if !Mutant.isOn(.leavingNotTold) { try step(.left, old) }
            try step(.entered, new)
        }
    }

    /// How a changeset's author stood to an entity: as it is theirs now, or as it was at the
    /// checkpoint that the header states, as far as the hub gave their store a page (L23).
    mutating func relation(
        of admitted: Admitted, to id: EntityID
    ) throws -> ScopeRelation {
        guard let row = try load(id).row else { return .newByAuthor }
        if row.scope == admitted.author { return .inScope }
        // Who made it known knew it, whatever page came back.
        if row.bornBy == admitted.author { return .wasInScope }
        if let checkpoint = admitted.checkpoint, try !isOfThisLog(checkpoint),
            try rows.tookUp(admitted.dot.replica, of: admitted.author)
        {
            // Told by another history, which this one follows: what was theirs then, nobody can
            // tell.
            return .wasInScope
        }
        let reach = try reach(of: admitted)
        let entered = try rows.memberships(driver: admitted.author, entity: id).first {
            $0.event == .entered
        }
        return entered.map { $0.sequence <= reach } ?? false ? .wasInScope : .never
    }

    /// The roles that a changeset's author may have had with the page that its header states, the
    /// latest first, never above the last page that the store got; none before the first page, any
    /// where nobody can tell.
    ///
    /// No role and no page is noted between two changesets of a transaction.
    mutating func rolesThen(of admitted: Admitted) throws -> [Role] {
        guard let checkpoint = admitted.checkpoint else { return [] }
        let asked = RolesAsked(
            author: admitted.author, checkpoint: checkpoint, replica: admitted.dot.replica)
        if let rolesRead, rolesRead.of == asked { return rolesRead.roles }
        var last: UInt64?
        if try isOfThisLog(checkpoint) {
            last = min(checkpoint.sequence, try rows.lastPage(of: asked.replica))
        }
        let roles = try rows.roles(of: asked.author, at: last)
        rolesRead = (asked, roles)
        return roles
    }

    /// What the roles depend on that an author may have had.
    struct RolesAsked: Hashable {
        var author: Identifier
        var checkpoint: Checkpoint
        var replica: ReplicaID
    }

    /// How far into the log a changeset's author can have seen.
    private func reach(of admitted: Admitted) throws -> UInt64 {
        guard let checkpoint = admitted.checkpoint else { return 0 }
        // Of another history: never above the last page that this one gave.
        let isKnown = try isOfThisLog(checkpoint)
        let reach = try rows.reach(
            of: admitted.dot.replica, upTo: isKnown ? checkpoint.sequence : .max)
        // A page sent before such notes were kept: then everything up to now.
        return reach == 0 ? end.sequence : reach ?? 0
    }

    private func isOfThisLog(_ checkpoint: Checkpoint) throws -> Bool {
        guard checkpoint.history == hub.history else { return false }
        let tag =
            checkpoint.sequence == 0
            ? LogRow.originTag : try rows.log(sequence: checkpoint.sequence)?.tag
        return tag == checkpoint.tag
    }
}
