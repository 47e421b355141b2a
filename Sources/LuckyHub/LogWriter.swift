internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// A changeset that has its dot and passed every check.
struct Admitted {
    var dot: Dot
    var hash: Hash256
    var change: ChangeID
    var author: Identifier
    /// Of the writer, for the scope of what it makes known.
    var role: Role
    var contexts: [EntityID: VersionVector]
    var bytes: [UInt8]
    var changes: [AdmittedChange]
}

struct AdmittedChange {
    var entity: EntityID
    var encoded: EncodedChange
    var recorded: Recorded
}

/// Lengthens the depot's log within one transaction: dot, log row, entities, scopes.
struct LogWriter {
    let rows: any HubTransaction
    let hub: Hub
    /// Unix milliseconds.
    let now: Int64
    /// The log's end; sequence 0 before the first row.
    private(set) var end: (sequence: UInt64, tag: UInt64)
    private var loaded: [EntityID: LoadedEntity] = [:]

    struct LoadedEntity {
        var state: EntityState
        /// Nil where nobody wrote to it yet.
        var row: EntityRow?
        var sequences: [PlanField: UInt64]
    }

    init(_ rows: any HubTransaction, of hub: Hub, now: Int64) throws {
        self.rows = rows
        self.hub = hub
        self.now = now
        let last = try rows.logEnd()
        end = (last?.sequence ?? 0, last?.tag ?? LogRow.originTag)
    }

    mutating func load(_ id: EntityID) throws -> LoadedEntity {
        if let known = loaded[id] { return known }
        let row = try rows.entity(id)
        var sequences: [PlanField: UInt64] = [:]
        if row != nil {
            for field in try rows.fields(of: id, after: 0) {
                sequences[field.field] = field.sequence
            }
        }
        let entity = LoadedEntity(
            state: try rows.state(id) ?? EntityState(id: id), row: row, sequences: sequences)
        loaded[id] = entity
        return entity
    }

    /// Applies a changeset at the next place of the log, then opens the reviews that it makes
    /// derivable (L4).
    /// - Returns: its sequence.
    mutating func append(_ admitted: Admitted) throws -> UInt64 {
        let sequence = try log(admitted)
        let touched = Set(admitted.changes.map(\.entity)).sorted()
        for entity in touched {
            try apply(admitted, to: entity, at: sequence)
        }
        for entity in touched { try openReviews(on: entity) }
        return sequence
    }

    private mutating func log(_ admitted: Admitted) throws -> UInt64 {
        let (sequence, overflow) = end.sequence.addingReportingOverflow(1)
        guard !overflow, sequence < Dot.counterLimit else {
            throw HubRefusal(status: 503, code: "log_full", message: "The log is full.")
        }
        end = (sequence, hub.random.next())
        try rows.insert(
            ChangesetRow(
                dot: admitted.dot, hash: admitted.hash, result: .accepted, sequence: sequence,
                receivedAt: now, change: admitted.change, author: admitted.author,
                bytes: admitted.bytes))
        try rows.insert(
            LogRow(
                sequence: sequence, tag: end.tag, dot: admitted.dot, change: admitted.change,
                author: admitted.author, receivedAt: now))
        return sequence
    }

    private mutating func apply(
        _ admitted: Admitted, to id: EntityID, at sequence: UInt64
    ) throws {
        var entity = try load(id)
        let before = entity.state
        let mine = admitted.changes.filter { $0.entity == id }
        entity.state.apply(
            mine.map(\.recorded), dot: admitted.dot,
            context: admitted.contexts[id] ?? VersionVector())

        let oldScope = entity.row?.scope
        let bornBy =
            entity.row.map(\.bornBy) ?? (admitted.role == .driver ? admitted.author : nil)
        let row = EntityRow(
            id: id, vector: entity.state.vector, digest: Digest.of(entity.state),
            scope: Self.scope(of: entity.state, bornBy: bornBy), bornBy: bornBy,
            date: entity.state.shown(.date).integer.flatMap { Int32(exactly: $0) })
        entity.row = row
        try rows.save(row)
        try saveFields(&entity, before: before, written: mine, at: sequence)
        for change in mine where change.recorded.fact != nil {
            if before.facts[change.recorded.ref] == nil {
                try insert(change, field: nil, at: sequence)
            }
        }
        loaded[id] = entity
        try rows.insertTouch(id, sequence: sequence)
        try logScope(of: id, from: oldScope, to: row.scope, at: sequence)
    }

    private func saveFields(
        _ entity: inout LoadedEntity, before: EntityState, written: [AdmittedChange],
        at sequence: UInt64
    ) throws {
        for change in written {
            if let field = change.recorded.plan?.field { entity.sequences[field] = sequence }
        }
        for (field, now) in entity.state.fields.sorted(by: { $0.key < $1.key }) {
            let old = before.fields[field]
            let touched = entity.sequences[field] ?? sequence
            guard now != old || touched == sequence else { continue }
            try rows.save(
                FieldRow(field: field, cover: now.cover, sequence: touched), of: entity.state.id)
            for sibling in old?.siblings ?? []
            where !now.siblings.contains(where: { $0.ref == sibling.ref }) {
                try rows.remove(sibling.ref, field: field, of: entity.state.id)
            }
        }
        for change in written {
            guard let field = change.recorded.plan?.field,
                entity.state.fields[field]?.siblings.contains(where: {
                    $0.ref == change.recorded.ref
                }) == true
            else { continue }
            try insert(change, field: field, at: sequence)
        }
    }

    private func insert(
        _ change: AdmittedChange, field: PlanField?, at sequence: UInt64
    ) throws {
        let recorded = change.recorded
        try rows.insert(
            RecordRow(
                field: field, sequence: sequence,
                change: PageChange(
                    ref: recorded.ref, dot: recorded.dot, encoded: change.encoded,
                    stamp: recorded.stamp, context: recorded.context)),
            of: change.entity)
    }

    // MARK: Scope

    /// Whose an entity is: the shown driver's, or, where no plan names one, that of the driver who
    /// made it known; nobody's while it is hidden (L9, L23).
    private static func scope(of state: EntityState, bornBy: Identifier?) -> Identifier? {
        guard !state.isHidden else { return nil }
        guard let driver = state.fields[.driver], !driver.siblings.isEmpty else { return bornBy }
        return state.shown(.driver).name.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func logScope(
        of id: EntityID, from old: Identifier?, to new: Identifier?, at sequence: UInt64
    ) throws {
        func step(_ event: ScopeStep.Event, _ driver: Identifier?) throws {
            guard let driver else { return }
            try rows.insert(
                ScopeStep(sequence: sequence, entity: id, event: event), driver: driver)
        }
        if old == new {
            try step(.touched, new)
        } else {
            try step(.left, old)
            try step(.entered, new)
        }
    }

    /// How a person stands to an entity now.
    mutating func relation(of person: Identifier, to id: EntityID) throws -> ScopeRelation {
        guard let row = try load(id).row else { return .newByAuthor }
        if row.scope == person { return .inScope }
        return try rows.memberships(driver: person, entity: id).isEmpty ? .never : .wasInScope
    }

    // MARK: Reviews

    /// Each contradiction that the entity now shows and that has no review yet gets one, in a
    /// changeset of the hub's own.
    private mutating func openReviews(on id: EntityID) throws {
        for finding in ReviewRules.findings(in: try load(id).state)
        where try rows.dot(of: finding.id) == nil {
            let review = ReviewOpened(
                kind: finding.kind, ruleVersion: ReviewRules.version, sides: finding.sides,
                cores: try cores(of: finding.sides, on: id))
            let context = try load(id).state.vector
            _ = try write(
                [Change(id, .fact(.reviewOpened(review)))], contexts: [id: context],
                id: finding.id, author: hub.depot, role: .hub)
        }
    }

    /// What each side says, as written, so that the review stays readable when a value was
    /// overwritten (L4). None where they would not fit a changeset beside the rest.
    private func cores(of sides: [FactRef], on id: EntityID) throws -> [[UInt8]] {
        let records = try rows.records(of: id, after: 0)
        let cores = sides.compactMap { side in
            records.first { $0.change.ref == side }?.change.encoded.core
        }
        let bytes = cores.reduce(0) { $0 + $1.count }
        return cores.count == sides.count && bytes <= Bounds.changesetBytes / 2 ? cores : []
    }
}
