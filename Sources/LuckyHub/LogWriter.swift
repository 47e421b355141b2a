internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// Lengthens the depot's log within one transaction: dot, log row, entities, scopes.
struct LogWriter {
    let rows: any HubTransaction
    let hub: Hub
    /// Unix milliseconds.
    let now: Int64
    /// The log's end; sequence 0 before the first row.
    private(set) var end: (sequence: UInt64, tag: UInt64)
    /// Whether a dot got its receipt.
    private var gaveReceipts = false
    private var isCounted = false
    /// Whether personal bytes were dropped: the file is to be written anew, without them.
    var owesScrub = false
    /// What was written since ``asOne(_:)`` began; nil outside of it.
    private var unsearched: [EntityID: [Recorded]]?
    /// As they are in this transaction.
    private(set) var loaded: [EntityID: LoadedEntity] = [:]
    /// Whose rows were changed, so that they are to be read again.
    private(set) var forgotten: Set<EntityID> = []
    /// What this transaction did, for the page behind it.
    private var fresh = FreshRows()
    /// What ``rolesThen(of:)`` read last: a backlog was written behind one page, as a rule.
    var rolesRead: (of: RolesAsked, roles: [Role])?
    /// What replicas that have spoken had stated when ``namesUnknownDot(_:writtenBy:)`` last asked:
    /// it only grows.
    var stated: [ReplicaID: UInt64] = [:]
    /// Where in the log each driver was last told that something of theirs was touched.
    var toldAt: [Identifier: UInt64] = [:]
    var justWritten: JustWritten { JustWritten(rows: fresh, loaded: loaded) }

    init(_ rows: any HubTransaction, of hub: Hub, now: Int64) throws {
        self.rows = rows
        self.hub = hub
        self.now = now
        let last = try rows.logEnd()
        end = (last?.sequence ?? 0, last?.tag ?? LogRow.originTag)
    }

    mutating func load(_ id: EntityID) throws -> LoadedEntity {
        if let known = loaded[id] { return known }
        if !forgotten.contains(id), let recent = hub.recent.take(id) {
            loaded[id] = recent
            return recent
        }
        let row = try rows.entity(id)
        var entity = LoadedEntity(state: EntityState(id: id), row: row, sequences: [:])
        if let row {
            let fields = try rows.fields(of: id, after: 0)
            entity.state = try rows.state(row, fields)
            for field in fields { entity.sequences[field.field] = field.sequence }
        }
        loaded[id] = entity
        return entity
    }

    /// The only reference to an entity, so that what changes in it is not copied. Whoever takes it
    /// puts it back.
    private mutating func take(_ id: EntityID) throws -> LoadedEntity {
        let entity = try load(id)
        loaded[id] = nil
        return entity
    }

    /// Reads the entity anew when it is next asked for: its rows were changed.
    mutating func forget(_ id: EntityID) {
        loaded[id] = nil
        fresh.spoil(id)
        forgotten.insert(id)
    }

    /// Notes what was found out about one that is loaded.
    mutating func loaded(_ id: EntityID, _ note: (inout LoadedEntity) -> Void) {
        guard var entity = loaded.removeValue(forKey: id) else { return }
        note(&entity)
        loaded[id] = entity
    }

    /// What ``past(of:beside:)`` read.
    mutating func remember(_ written: [Recorded], of id: EntityID) {
        for record in written { loaded[id]?.written[record.ref] = record }
    }

    /// Applies a changeset at the next place of the log, then opens the reviews that it makes
    /// derivable (L4).
    /// - Returns: its sequence.
    mutating func append(_ admitted: Admitted) throws -> UInt64 {
        var admitted = admitted
        try redact(&admitted)
        let sequence = try nextPlace()
        try keep(
            ChangesetRow(
                dot: admitted.dot, hash: admitted.hash, result: .accepted, sequence: sequence,
                receivedAt: now, change: admitted.change, author: admitted.author,
                carriedBy: admitted.carriedBy, bytes: admitted.bytes))
        let touched = admitted.placesByEntity
        try log(
            .changeset(admitted.dot, admitted.change), of: touched.map(\.entity),
            by: admitted.author)
        for (entity, places) in touched {
            try apply(places, of: admitted, to: entity, at: sequence)
        }
        try dropRedacted(by: admitted.changes)
        // What opens reviews changes none, and is written while they are looked for.
        let isNews = admitted.changes.contains { $0.recorded.fact?.kind != .reviewOpened }
        for (entity, places) in touched where isNews {
            let news = places.map { admitted.changes[$0].recorded }
            if unsearched == nil {
                try openReviews(on: entity, beside: news)
            } else {
                unsearched?[entity, default: []] += news
            }
        }
        return sequence
    }

    /// Writes changesets that say what one said: reviews are looked for when all of it is there.
    /// What a part contradicts beside the rest is not always the least that the whole does.
    mutating func asOne(_ write: (inout Self) throws -> Void) throws {
        unsearched = [:]
        try write(&self)
        let written = unsearched ?? [:]
        unsearched = nil
        for (entity, news) in written.sorted(by: { $0.key < $1.key }) {
            try openReviews(on: entity, beside: news)
        }
    }

    /// Keeps a dot with what became of it, for ever (L18).
    mutating func keep(_ changeset: ChangesetRow) throws {
        try rows.insert(changeset)
        gaveReceipts = true
    }

    /// To be called behind the last receipt: the transaction counts as one that gave some.
    mutating func countReceipts() throws {
        guard gaveReceipts, !isCounted else { return }
        isCounted = true
        try rows.countReceipts()
    }

    private mutating func nextPlace() throws -> UInt64 {
        let (sequence, overflow) = end.sequence.addingReportingOverflow(1)
        guard !overflow, sequence < Dot.counterLimit else {
            throw HubRefusal(status: 503, code: "log_full", message: "The log is full.")
        }
        end = (sequence, hub.tags.tag(at: sequence, random: hub.random.next()))
        return sequence
    }

    /// Writes the row of the place that ``nextPlace()`` gave.
    private func log(
        _ entry: LogRow.Entry, of entities: [EntityID], by author: Identifier
    ) throws {
        try rows.insert(
            LogRow(
                sequence: end.sequence, tag: end.tag, entry: entry, author: author,
                receivedAt: now), touching: entities)
    }

    /// A place of the log without a changeset (L9, L26).
    mutating func enter(
        _ entry: LogRow.Entry, of entity: EntityID, by author: Identifier
    ) throws -> UInt64 {
        let sequence = try nextPlace()
        try log(entry, of: [entity], by: author)
        return sequence
    }

    /// - Parameter places: where among its changes those of this entity are.
    private mutating func apply(
        _ places: [Int], of admitted: Admitted, to id: EntityID, at sequence: UInt64
    ) throws {
        var entity = try take(id)
        let isDeaf = Mutant.isOn(.editNotApplied) && entity.row != nil
        var mine = places.map { admitted.changes[$0] }
        if isDeaf { mine.removeAll { $0.recorded.fact == nil } }
        let earlier = fresh.facts(of: id)
        let fields = entity.state.fields
        let known = mine.map { entity.state.facts[$0.recorded.ref] }
        entity.apply(
            mine.map(\.recorded), dot: admitted.dot,
            context: admitted.contexts[id] ?? VersionVector())

        try settle(
            &entity, bornBy: admitted.role == .driver ? admitted.author : nil,
            isFacts: mine.allSatisfy { $0.recorded.fact != nil }, at: sequence)
        try saveFields(&entity, before: fields, written: mine, at: sequence)
        var facts = earlier
        for change in mine where change.recorded.fact == nil { facts = nil }
        for (change, old) in zip(mine, known) where change.recorded.fact != nil {
            let ref = change.recorded.ref
            guard entity.state.facts[ref] == change.recorded, old != change.recorded else {
                continue
            }
            // What was only witnessed is proven now.
            if old != nil {
                try rows.remove(ref, field: nil, of: id)
                facts = nil
            }
            let laid = laid(change, field: nil, at: sequence)
            try rows.insertFact(laid, of: entity.row?.number ?? 0)
            facts?.append(laid)
        }
        fresh.note(facts, of: id)
        loaded[id] = entity
    }

    /// Saves an entity's own row as its state is now, and what it means for scopes.
    /// - Parameters:
    ///   - bornBy: who made it known, where the hub has not heard of it.
    ///   - isPurged: nil: as it was.
    ///   - isFacts: nothing but facts came to it.
    mutating func settle(
        _ entity: inout LoadedEntity, bornBy: Identifier?, isPurged: Bool? = nil,
        isFacts: Bool = false, at sequence: UInt64
    ) throws {
        let digest = entity.digest(isKept: isFacts)
        let state = entity.state
        let old = entity.row
        var row = EntityRow(
            id: state.id, number: try old?.number ?? rows.lastNumber() + 1,
            vector: state.vector, digest: digest, scope: nil,
            bornBy: old.map(\.bornBy) ?? bornBy, date: old?.date,
            isPurged: isPurged ?? old?.isPurged ?? false, touchedAt: old?.touchedAt ?? 0,
            touches: old?.touches ?? [])
        row.derive(from: state, rules: hub.ruleVersion)
        if !row.isPurged { row.scope = Self.scope(of: state, bornBy: row.bornBy) }
        try row.touch(at: sequence, in: rows)
        entity.row = row
        try rows.save(row, over: old)
        fresh.touch(state.id, at: sequence, after: old?.touchedAt ?? 0)
        try logScope(of: state.id, from: old?.scope, to: row.scope, at: sequence)
        if old?.scope != row.scope {
            entity.enteredAt = sequence
        } else if let driver = row.scope, entity.enteredAt == nil {
            entity.enteredAt =
                try rows.memberships(driver: driver, entity: state.id)
                .last { $0.event == .entered }?.sequence
        }
        loaded[state.id] = entity
    }

    /// Brings what is derived of an entity up to these rules; nothing of it is said to anybody.
    mutating func rederive(_ id: EntityID) throws {
        var entity = try load(id)
        guard let old = entity.row else { return }
        var row = old
        row.derive(from: entity.state, rules: hub.ruleVersion)
        entity.row = row
        loaded[id] = entity
        try rows.save(row, over: old)
    }

    private func saveFields(
        _ entity: inout LoadedEntity, before: [PlanField: FieldState],
        written: [AdmittedChange], at sequence: UInt64
    ) throws {
        // A fact changes no plan value, and no cover where there is none.
        if written.allSatisfy({ $0.recorded.fact != nil }),
            before.values.allSatisfy({ $0.cover.isEmpty })
        {
            return
        }
        for change in written {
            if let field = change.recorded.plan?.field { entity.sequences[field] = sequence }
        }
        for (field, now) in entity.state.fields.sorted(by: { $0.key < $1.key }) {
            let old = before[field]
            let touched = entity.sequences[field] ?? sequence
            guard now != old || touched == sequence else { continue }
            try rows.save(
                FieldRow(field: field, cover: now.cover, sequence: touched), of: entity.state.id)
            for sibling in old?.siblings ?? []
            where !now.siblings.contains(where: { $0.ref == sibling.ref })
                && !Mutant.isOn(.oldSiblingKept)
            {
                try rows.remove(sibling.ref, field: field, of: entity.state.id)
                let over = written.first {
                    $0.recorded.plan?.field == field && $0.recorded.context.covers(sibling.dot)
                }
                try keepPast(sibling, by: over?.recorded, of: &entity)
            }
        }
        for change in written {
            guard let field = change.recorded.plan?.field else { continue }
            let standing = entity.state.fields[field]?.siblings ?? []
            if standing.contains(where: { $0.ref == change.recorded.ref }) {
                try rows.insert(laid(change, field: field, at: sequence), of: change.entity)
            } else {
                // Whoever has seen what stands need not have seen this: the hub had not.
                try keepPast(change.recorded, by: nil, of: &entity)
            }
        }
    }

    private func laid(
        _ change: AdmittedChange, field: PlanField?, at sequence: UInt64
    ) -> LaidRecord {
        let recorded = change.recorded
        let told = PageChange(
            ref: recorded.ref, dot: recorded.dot, encoded: change.encoded,
            stamp: change.outer ?? recorded.stamp, context: recorded.context)
        return LaidRecord(
            field: field, sequence: sequence, ref: recorded.ref, bytes: told.rowBytes())
    }
}
