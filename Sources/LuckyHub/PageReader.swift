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
    /// Where it is read in the transaction of a push.
    private let justWritten: JustWritten?
    /// Everything up to this sequence is on the device.
    private let from: UInt64

    private var included: [EntityID: EntityPart?] = [:]
    private var closed: Set<UInt64> = []
    private var byteCount = 0
    private var changeCount = 0
    /// Where entities too big for a page go on.
    private let resume: PageResume

    init(
        _ rows: any HubRows, of hub: Hub, driver: Identifier, request: SyncRequest,
        justWritten: JustWritten? = nil
    ) {
        self.justWritten = justWritten
        self.rows = rows
        self.hub = hub
        self.driver = driver
        self.request = request
        from = request.checkpoint?.sequence ?? 0
        resume = PageResume(of: request)
    }

    private var limits: PageLimits { hub.pageLimits }
    private var budget: Int { max(0, min(request.responseBytes, Bounds.responseBytes)) }

    /// - Parameter repairs: entities that come whole, whatever the checkpoint says.
    mutating func page(repairs: [EntityID] = []) throws -> Page {
        let end = try rows.logEnd()
        for entity in repairs {
            if let cut = try restate(entity) { return page(cut) }
        }
        let stop: LogRow?
        let hasMore: Bool
        switch try fill() {
        case .all: (stop, hasMore) = (end, false)
        // Nil before the first row: repairs alone fill the page.
        case .upTo(let sequence): (stop, hasMore) = (try rows.log(sequence: sequence), true)
        case .cut(let cut): return page(cut)
        }
        var page = Page(
            history: hub.history, replica: request.replica, from: request.checkpoint,
            parts: included.values.compactMap { $0 }.sorted { $0.entity < $1.entity },
            checkpoint: Checkpoint(
                history: hub.history, depot: hub.depot, sequence: stop?.sequence ?? 0,
                tag: stop?.tag ?? LogRow.originTag),
            hasMore: hasMore)
        if request.wantsDigest, !page.hasMore {
            let scope = try rows.digests(of: driver)
            page.scopeDigest = Digest.ofScope(scope.map { ($0.entity, $0.digest) })
            page.scopeEntities = scope.count
        }
        return page
    }

    private func page(_ cut: Cut) -> Page {
        Page(
            history: hub.history, replica: request.replica, from: request.checkpoint,
            parts: [cut.part], checkpoint: request.checkpoint ?? origin, hasMore: true,
            resume: cut.resume.bytes)
    }

    private var origin: Checkpoint {
        Checkpoint(history: hub.history, depot: hub.depot, sequence: 0, tag: LogRow.originTag)
    }

    private enum Filled {
        case all
        /// More is waiting behind this place.
        case upTo(UInt64)
        /// Nothing but facts ahead of one entity fits.
        case cut(Cut)
    }

    private struct Cut {
        var part: EntityPart
        var resume: PageResume
    }

    /// Takes steps while there is room; the first always fits, cut in parts if need be, so that
    /// every page moves on.
    private mutating func fill() throws -> Filled {
        var taken = from
        while true {
            let steps = try rows.steps(
                driver: driver, after: taken, limit: limits.entities)
            guard let first = steps.first else { return .all }
            // A chunk may end within a sequence, whose other entities the closure finds.
            var sequence = first.sequence
            for step in steps where step.sequence != taken {
                sequence = step.sequence
                let more = try closure(from: sequence)
                let size = more.values.reduce(0) { $0 + Self.size(of: $1) }
                let changes = more.values.reduce(0) { $0 + ($1?.changeCount ?? 0) }
                let hasParts = included.values.contains { $0 != nil }
                let isOver =
                    byteCount + size > budget || changeCount + changes > limits.changes
                if hasParts, size > 0,
                    isOver || included.count + more.count > limits.entities
                {
                    return .upTo(Mutant.isOn(.pageSkipsRows) ? sequence : taken)
                }
                if isOver, let cut = try cut(more) { return .cut(cut) }
                included.merge(more) { $1 }
                byteCount += size
                changeCount += changes
                taken = sequence
            }
        }
    }

    /// As many facts as fit of the biggest part, where that part is too big by itself.
    private func cut(_ parts: [EntityID: EntityPart?]) throws -> Cut? {
        let biggest = parts.values.compactMap { $0 }.max {
            (Self.size(of: $0), $0.entity) < (Self.size(of: $1), $1.entity)
        }
        guard let biggest, biggest.factCount > 1,
            Self.size(of: biggest) > budget || biggest.changeCount > limits.changes
        else { return nil }
        let after = biggest.membership == .stays ? from : 0
        let isRepair = biggest.membership == .restated
        let rest = try factsInOrder(of: biggest.entity, after: after, isRepair: isRepair)
        var facts: [PageChange] = []
        var last: RecordRow?
        var size = Frame.headerBytes + 64
        for record in rest.dropLast() {
            size += record.change.rowBytes().count + 8
            if !facts.isEmpty, size > budget || facts.count >= limits.changes { break }
            facts.append(record.change)
            last = record
        }
        guard let last,
            let resume = resume.moved(
                biggest.entity, to: last, isRepair: isRepair, from: request)
        else { return nil }
        let part = EntityPart(
            entity: biggest.entity, membership: biggest.membership,
            facts: facts.sorted { $0.ref < $1.ref }, isPartial: true)
        return Cut(part: part, resume: resume)
    }

    /// Those that no page of this request's position has sent, in the order they came.
    private func factsInOrder(
        of id: EntityID, after sequence: UInt64, isRepair: Bool
    ) throws -> [RecordRow] {
        try rows.records(of: id, after: sequence)
            .filter {
                $0.field == nil
                    && !resume.hasSent(
                        $0.change.ref, at: $0.sequence, of: id, isRepair: isRepair)
            }
            .sorted { ($0.sequence, $0.change.ref) < ($1.sequence, $1.change.ref) }
    }

    private static func size(of part: EntityPart?) -> Int {
        part.map { $0.rowBytes().count + Frame.headerBytes } ?? 0
    }

    // MARK: Repair

    /// An entity whole, to replace what the device has (L21).
    /// - Returns: of one that is too big for a page, the next part, which is all of this one.
    private mutating func restate(_ id: EntityID) throws -> Cut? {
        guard included[id] == nil, byteCount <= budget / 2 else { return nil }
        let part: EntityPart?
        if try rows.entity(id)?.scope == driver {
            part = try content(of: id, membership: .restated, after: 0, cause: nil)
        } else {
            part = EntityPart(entity: id, membership: .leaves)
        }
        if let cut = try cut([id: part]) {
            // Where others are in the page already, it has the next one to itself.
            return included.isEmpty ? cut : nil
        }
        included[id] = .some(part)
        byteCount += Self.size(of: part)
        return nil
    }

    // MARK: Closure

    /// What a step brings that is not in the page yet, with everything that the changesets shown by
    /// it touched in this scope, and so on.
    private mutating func closure(from sequence: UInt64) throws -> [EntityID: EntityPart?] {
        var found: [EntityID: EntityPart?] = [:]
        var waiting = [sequence]
        while let sequence = waiting.popLast(), found.count < limits.closure {
            guard closed.insert(sequence).inserted else { continue }
            for entity in try touched(at: sequence)
            where included[entity] == nil && found[entity] == nil {
                let part = try part(of: entity)
                // What it showed before this page began, the device has, unless it enters now.
                if sequence <= from, part?.membership != .enters { continue }
                found[entity] = .some(part)
                guard let part, part.membership != .leaves else { continue }
                waiting += try touches(
                    of: entity, after: part.membership == .enters ? 0 : from)
            }
        }
        return found
    }

    private func touched(at sequence: UInt64) throws -> [EntityID] {
        try justWritten?.rows.touched(at: sequence) ?? rows.touched(by: sequence)
    }

    private func touches(of id: EntityID, after sequence: UInt64) throws -> [UInt64] {
        try justWritten?.touches(of: id, after: sequence)
            ?? rows.touches(of: id, after: sequence)
    }

    /// What the page says of an entity; nil where it is not in the scope and left it before the
    /// page began.
    ///
    /// One that came and went since then is said to leave, too: an earlier page that ran ahead of
    /// its checkpoint may have brought it. A device that never had it has nothing to do.
    private func part(of id: EntityID) throws -> EntityPart? {
        let fresh = justWritten?.part(of: id, for: driver, after: from) {
            !resume.hasSent($0.ref, at: $0.sequence, of: id, isRepair: false)
        }
        if let fresh { return fresh }
        let memberships = try rows.memberships(driver: driver, entity: id)
        guard let last = memberships.last else {
            guard Mutant.isOn(.scopeLeak) else { return nil }
            return try content(of: id, membership: .enters, after: 0, cause: nil)
        }
        func cause() throws -> ChangeID? { try rows.log(sequence: last.sequence)?.change }
        if last.event == .purged {
            return last.sequence > from ? EntityPart(entity: id, membership: .purged) : nil
        }
        switch (last.event == .entered, last.sequence > from) {
        case (true, true):
            return try content(of: id, membership: .enters, after: 0, cause: cause())
        case (true, false):
            return try content(of: id, membership: .stays, after: from, cause: nil)
        case (false, true):
            return EntityPart(entity: id, membership: .leaves, cause: try cause())
        case (false, false): return nil
        }
    }

    private func content(
        of id: EntityID, membership: EntityPart.Membership, after sequence: UInt64,
        cause: ChangeID?
    ) throws -> EntityPart? {
        guard let vector = try rows.vector(of: id) else { return nil }
        let fields = try rows.fields(of: id, after: sequence)
        let records = try rows.laidRecords(
            of: id, fields: sequence == 0 ? nil : fields.map(\.field), factsAfter: sequence)
        let siblings = Dictionary(grouping: records, by: \.field)
        let isRepair = membership == .restated
        let facts = (siblings[nil] ?? []).filter {
            !resume.hasSent($0.ref, at: $0.sequence, of: id, isRepair: isRepair)
        }
        return EntityPart(
            LaidPart(
                entity: id, membership: membership, vector: vector,
                fields: fields.map { field in
                    LaidPart.Field(
                        field: field.field, cover: field.cover,
                        siblings: siblings[field.field]?.map(\.bytes) ?? [])
                },
                facts: facts.map(\.bytes), cause: cause))
    }
}

/// A sibling of a field, or a fact, not decoded.
struct LaidRecord: Hashable, Sendable {
    /// Nil for a fact.
    var field: PlanField?
    var sequence: UInt64
    var ref: FactRef
    /// As a page carries it.
    var bytes: [UInt8]
}

/// A row that no page can be laid out of: a device could only drop what it got, again and again.
struct DamagedRecord: Error, CustomStringConvertible {
    var entity: EntityID
    var ref: FactRef

    var description: String {
        "the row of change \(ref.change.hex).\(ref.index) of \(entity.hex) is damaged"
    }
}
