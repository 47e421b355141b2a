internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// Reads one page of a driver's scope: a range of its steps, closed over the changesets that the
/// states in it already show (L14). States are as of the snapshot, so a page may run ahead of its
/// checkpoint; what it says again later merges to the same.
struct PageReader {
    private let rows: any HubRows
    private let hub: Hub
    private let driver: Identifier
    private let request: SyncRequest
    /// Everything up to this sequence is on the device.
    private let from: UInt64

    private var included: [EntityID: EntityPart?] = [:]
    private var closed: Set<UInt64> = []
    private var byteCount = 0

    init(_ rows: any HubRows, of hub: Hub, driver: Identifier, request: SyncRequest) {
        self.rows = rows
        self.hub = hub
        self.driver = driver
        self.request = request
        from = request.checkpoint?.sequence ?? 0
    }

    mutating func page() throws -> Page {
        let end = try rows.logEnd()
        let last = try fill()
        let stop = try last.flatMap { try rows.log(sequence: $0) } ?? end
        var page = Page(
            history: hub.history, replica: request.replica, from: request.checkpoint,
            parts: included.values.compactMap { $0 }.sorted { $0.entity < $1.entity },
            checkpoint: Checkpoint(
                history: hub.history, depot: hub.depot, sequence: stop?.sequence ?? 0,
                tag: stop?.tag ?? LogRow.originTag),
            hasMore: last != nil)
        if request.wantsDigest, !page.hasMore {
            let scope = try rows.scope(driver: driver)
            page.scopeDigest = Digest.ofScope(scope)
            page.scopeEntities = scope.count
        }
        return page
    }

    /// Takes steps while there is room; the first always fits, so that every page moves on.
    /// - Returns: the last sequence taken where more is waiting; nil where all is in.
    private mutating func fill() throws -> UInt64? {
        let budget = max(0, min(request.responseBytes, Bounds.responseBytes))
        var taken = from
        while true {
            let steps = try rows.steps(
                driver: driver, after: taken, limit: Bounds.entitiesPerPage)
            guard let first = steps.first else { return nil }
            // A chunk may end within a sequence, whose other entities the closure finds.
            var sequence = first.sequence
            for step in steps where step.sequence != taken {
                sequence = step.sequence
                let more = try closure(from: sequence)
                let size = more.values.reduce(0) { $0 + Self.size(of: $1) }
                let hasParts = included.values.contains { $0 != nil }
                if hasParts, size > 0,
                    byteCount + size > budget
                        || included.count + more.count > Bounds.entitiesPerPage
                {
                    return taken
                }
                included.merge(more) { $1 }
                byteCount += size
                taken = sequence
            }
        }
    }

    private static func size(of part: EntityPart?) -> Int {
        part.map { $0.rowBytes().count + Frame.headerBytes } ?? 0
    }

    // MARK: Closure

    /// What a step brings that is not in the page yet, with everything that the changesets shown by
    /// it touched in this scope, and so on.
    private mutating func closure(from sequence: UInt64) throws -> [EntityID: EntityPart?] {
        var found: [EntityID: EntityPart?] = [:]
        var waiting = [sequence]
        while let sequence = waiting.popLast(), found.count < Bounds.closureEntities {
            guard closed.insert(sequence).inserted else { continue }
            for entity in try rows.touched(by: sequence)
            where included[entity] == nil && found[entity] == nil {
                let part = try part(of: entity)
                // What it showed before this page began, the device has, unless it enters now.
                if sequence <= from, part?.membership != .enters { continue }
                found[entity] = .some(part)
                guard let part, part.membership != .leaves else { continue }
                waiting += try rows.touches(
                    of: entity, after: part.membership == .enters ? 0 : from)
            }
        }
        return found
    }

    /// What the page says of an entity; nil where it is not in the scope and left it before the
    /// page began.
    ///
    /// One that came and went since then is said to leave, too: an earlier page that ran ahead of
    /// its checkpoint may have brought it. A device that never had it has nothing to do.
    private func part(of id: EntityID) throws -> EntityPart? {
        let memberships = try rows.memberships(driver: driver, entity: id)
        guard let last = memberships.last else { return nil }
        let cause = try rows.log(sequence: last.sequence)?.change
        switch (last.event == .entered, last.sequence > from) {
        case (true, true):
            return try content(of: id, membership: .enters, after: 0, cause: cause)
        case (true, false):
            return try content(of: id, membership: .stays, after: from, cause: nil)
        case (false, true): return EntityPart(entity: id, membership: .leaves, cause: cause)
        case (false, false): return nil
        }
    }

    private func content(
        of id: EntityID, membership: EntityPart.Membership, after sequence: UInt64,
        cause: ChangeID?
    ) throws -> EntityPart? {
        guard let row = try rows.entity(id) else { return nil }
        let records = try rows.records(of: id, after: sequence)
        let siblings = Dictionary(grouping: records, by: \.field)
        return EntityPart(
            entity: id, membership: membership, vector: row.vector,
            fields: try rows.fields(of: id, after: sequence).map { field in
                EntityPart.FieldPart(
                    field: field.field, cover: field.cover,
                    siblings: siblings[field.field]?.map(\.change) ?? [])
            },
            facts: siblings[nil]?.map(\.change) ?? [], cause: cause)
    }
}
