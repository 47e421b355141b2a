internal import LuckyCausality
public import LuckyModel
internal import LuckyWire

// What is left of a deleted entity when its plan is to be forgotten (L9).
extension LogWriter {
    /// Drops an entity's plan values and its devices' copies. The stub stays for ever: vector,
    /// covers, facts, and the siblings of `deleted`, so that a phone from a drawer brings nothing
    /// back; of a customer also into whom it was merged: what those hold is counted through it. A
    /// stop whose records count in a balance keeps its plan, which says whose balance, and a shift
    /// with cash in its box its devices' copies (L2).
    /// - Returns: the place of the log; nil where it was purged before.
    mutating func purge(_ id: EntityID, by person: Identifier) throws -> UInt64? {
        try searchAgain([id])
        var entity = try load(id)
        guard let row = entity.row else { throw HubRefusal.unknownEntity(id) }
        if row.isPurged { return nil }
        guard entity.state.isHidden else { throw HubRefusal.notDeleted(id) }
        guard !entity.state.countsInBalances else { throw HubRefusal.countsInBalances(id) }
        for (field, state) in entity.state.fields.sorted(by: { $0.key < $1.key })
        where ![.deleted, .mergedInto].contains(field) || Mutant.isOn(.tombstoneDropped) {
            for sibling in state.siblings { try rows.remove(sibling.ref, field: field, of: id) }
            entity.state.fields[field] = FieldState(cover: state.cover)
        }
        try rows.forgetOverwritten(of: id, but: .deleted)
        entity.written = [:]
        let sequence = try enter(.purge, of: id, by: person)
        try settle(&entity, bornBy: nil, isPurged: true, at: sequence)
        for driver in try rows.drivers(everWith: id) where driver != row.scope {
            try rows.insert(
                ScopeStep(sequence: sequence, entity: id, event: .purged), driver: driver)
        }
        return sequence
    }

    /// Lets an entity be seen again: its facts, and whatever plan is written from now on.
    /// - Returns: the place of the log; nil where it was not purged.
    mutating func unpurge(_ id: EntityID, by person: Identifier) throws -> UInt64? {
        try searchAgain([id])
        var entity = try load(id)
        guard let row = entity.row else { throw HubRefusal.unknownEntity(id) }
        guard row.isPurged else { return nil }
        let sequence = try enter(.unpurge, of: id, by: person)
        try settle(&entity, bornBy: nil, isPurged: false, at: sequence)
        return sequence
    }
}

extension Hub {
    /// Drops a deleted entity's plan values and its devices' copies; its facts and what proves its
    /// deletion stay for ever (L9).
    /// - Returns: the place of the log; nil where it was purged before.
    /// - Throws: 404 `unknown_entity`, 409 `not_deleted`, 409 `counts_in_balances`, 403 `not_allowed`.
    public func purge(
        _ entity: EntityID, by person: Credential, now: Int64
    ) throws(HubRefusal) -> UInt64? {
        try asOffice(person, now) { try $0.purge(entity, by: person.person) }
    }

    /// Undoes a purge: what is left is seen again, and a plan can be written anew.
    /// - Returns: the place of the log; nil where it was not purged.
    /// - Throws: 404 `unknown_entity`, 403 `not_allowed`.
    public func unpurge(
        _ entity: EntityID, by person: Credential, now: Int64
    ) throws(HubRefusal) -> UInt64? {
        try asOffice(person, now) { try $0.unpurge(entity, by: person.person) }
    }

    /// One transaction of somebody who may decide over other people's records.
    /// - Parameter isTrial: to see what would come of it: nothing of it is left.
    func asOffice<T>(
        _ person: Credential, _ now: Int64, isTrial: Bool = false,
        _ body: (inout LogWriter) throws -> T
    ) throws(HubRefusal) -> T {
        try refusing {
            guard person.depot == depot else { throw Self.wrongDepot(person) }
            guard person.role.isOffice || person.role == .supervisor else {
                throw HubRefusal.notAllowed
            }
            return try append(now, isTrial: isTrial, body)
        }
    }
}
