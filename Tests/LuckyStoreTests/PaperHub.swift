import LuckyCausality
import LuckyModel
import LuckyWire

/// A hub on paper, for one driver of one depot: it accepts or quarantines changesets, writes plans,
/// and makes pages. Merging is ``EntityState``'s; the log and the scope are its own.
struct PaperHub {
    static let depot: Identifier = "taitung"

    struct Row {
        var entity: EntityID
        var fields: Set<PlanField>
        var facts: Set<FactRef>
        var isInScope: Bool
    }

    var history = HistoryID(high: 7, low: 7)
    var driver: Identifier
    private(set) var states: [EntityID: EntityState] = [:]
    private(set) var log: [Row] = []
    private var bytes: [Key: EncodedChange] = [:]
    private var receipts: [Dot: Receipt] = [:]
    private var officeCounter: UInt64 = 0
    var now: Int64 = 1_790_000_000_000

    private struct Key: Hashable {
        var ref: FactRef
        var dot: Dot
    }

    init(driver: Identifier) { self.driver = driver }

    var replica: ReplicaID { .hub(depot: Self.depot, history: history) }
    var head: UInt64 { UInt64(log.count) }

    func checkpoint(_ sequence: UInt64) -> Checkpoint {
        Checkpoint(
            history: history, depot: Self.depot, sequence: sequence, tag: ~(sequence &* 77))
    }

    func isInScope(_ entity: EntityID, at sequence: UInt64) -> Bool {
        log.prefix(Int(sequence)).last { $0.entity == entity }?.isInScope ?? false
    }

    var inScope: [EntityID] {
        states.keys.filter { isInScope($0, at: head) }.sorted()
    }

    /// The office writes plan fields of one entity, having seen all that the hub has, or `context`.
    @discardableResult
    mutating func write(
        _ fields: [PlanField: PlanValue], on entity: EntityID, id: ChangeID? = nil,
        context: VersionVector? = nil, author: Identifier = "office-1", saying words: String? = nil
    ) -> ChangeID {
        officeCounter += 1
        now += 1_000
        let id = id ?? ChangeID(high: 0x0FF1CE, low: officeCounter)
        let bodies = fields.sorted { $0.key < $1.key }.map { Change.Body.plan($0.key, $0.value) }
        add(
            bodies + (words.map { [.fact(.noteAdded(Note($0)))] } ?? []), on: entity, id: id,
            dot: Dot(replica, officeCounter),
            stamp: stamp(author, .office),
            context: context ?? states[entity]?.vector ?? VersionVector())
        return id
    }

    /// What another driver's phone recorded, having seen all that the hub has.
    mutating func record(_ fact: Fact, on entity: EntityID, by dot: Dot, id: ChangeID) {
        now += 1_000
        add(
            [.fact(fact)], on: entity, id: id, dot: dot, stamp: stamp("drv-2", .driver),
            context: states[entity]?.vector ?? VersionVector())
    }

    /// A fact by somebody else, or a change of a shape that only its bytes know.
    mutating func add(
        encoded: EncodedChange, body: Change.Body, on entity: EntityID, id: ChangeID,
        author: Identifier = "office-1"
    ) {
        officeCounter += 1
        now += 1_000
        let recorded = Recorded(
            ref: FactRef(change: id, index: 0), dot: Dot(replica, officeCounter), body: body,
            hash: encoded.hash, stamp: stamp(author, .office),
            context: states[entity]?.vector ?? VersionVector())
        apply([recorded], [encoded], on: entity)
    }

    private mutating func add(
        _ bodies: [Change.Body], on entity: EntityID, id: ChangeID, dot: Dot, stamp: Stamp,
        context: VersionVector
    ) {
        let encoded = bodies.map {
            ChangeCodec.encode(Change(entity, $0)) { [UInt8](repeating: 5, count: 16) }
        }
        let recorded = zip(bodies, encoded).enumerated().map { index, pair in
            Recorded(
                ref: FactRef(change: id, index: index), dot: dot, body: pair.0,
                hash: pair.1.hash, stamp: stamp, context: context)
        }
        apply(recorded, encoded, on: entity)
    }

    private mutating func apply(
        _ changes: [Recorded], _ encoded: [EncodedChange], on entity: EntityID
    ) {
        guard let first = changes.first else { return }
        for (change, encoded) in zip(changes, encoded) {
            bytes[Key(ref: change.ref, dot: change.dot)] = encoded
        }
        var state = states[entity] ?? EntityState(id: entity)
        state.apply(changes, dot: first.dot, context: first.context)
        states[entity] = state
        log.append(
            Row(
                entity: entity, fields: Set(changes.compactMap(\.plan?.field)),
                facts: Set(changes.filter { $0.fact != nil }.map(\.ref)),
                isInScope: state.shown(.driver).name == driver && !state.isHidden))
    }

    private func stamp(_ author: Identifier, _ role: Role) -> Stamp {
        Stamp(
            author: author, role: role, relation: .inScope,
            hlc: HLC(milliseconds: now, logical: 0), writtenAt: now, receivedAt: now)
    }

    /// Accepts a changeset, or quarantines it; the same dot again gets the same receipt.
    mutating func take(_ envelope: [UInt8], quarantine: String? = nil) throws -> Receipt {
        let changeset = try Changeset(reading: envelope)
        if let known = receipts[changeset.dot] { return known }
        now += 1_000
        var receipt = Receipt(
            history: history, replica: changeset.dot.replica,
            counters: changeset.dot.counter...changeset.dot.counter, hash: changeset.hash,
            result: .accepted, sequences: [], receivedAt: now)
        if let quarantine {
            receipt.result = .quarantined(quarantine)
        } else {
            let stamp = Stamp(
                author: changeset.header.author, role: .driver, relation: .inScope,
                hlc: changeset.header.hlc, writtenAt: changeset.header.time.wallMilliseconds,
                receivedAt: now)
            let changes = zip(
                try changeset.entities(),
                zip(try changeset.recorded(stamp: stamp), changeset.changes))
            for entity in Set(try changeset.entities()).sorted() {
                let mine = changes.filter { $0.0 == entity }.map(\.1)
                apply(mine.map(\.0), mine.map(\.1), on: entity)
            }
            receipt.sequences = [.init(depot: Self.depot, sequence: head)]
        }
        receipts[changeset.dot] = receipt
        return receipt
    }

    /// The next page after `from`.
    /// - Parameters:
    ///   - rows: of the log at most; - Parameter whole: entities whole, or what was touched of
    ///     them.
    func page(
        for replica: ReplicaID, from: Checkpoint?, rows: Int = .max, whole: Bool = false
    ) throws -> Page {
        let start = from?.sequence ?? 0
        let end = min(head, start + UInt64(min(rows, log.count)))
        let touched = Set(log[Int(start)..<Int(end)].map(\.entity)).sorted()
        var parts: [EntityPart] = []
        for entity in touched {
            switch (isInScope(entity, at: start), isInScope(entity, at: end)) {
            case (false, false): break
            case (true, false):
                parts.append(
                    EntityPart(
                        entity: entity, membership: .leaves,
                        cause: states[entity]?.shownWrite(.driver)?.ref.change))
            case (let was, true):
                parts.append(part(entity, since: was && !whole ? start : 0, isNew: !was))
            }
        }
        return Page(
            history: history, replica: replica, from: from, parts: parts,
            checkpoint: checkpoint(end), hasMore: end < head)
    }

    /// An entity as a repair brings it: whole, to replace what the phone has.
    func restated(_ entity: EntityID) throws -> EntityPart {
        var part = part(entity, since: 0, isNew: true)
        part.membership = .restated
        return part
    }

    private func part(_ entity: EntityID, since start: UInt64, isNew: Bool) -> EntityPart {
        let state = states[entity] ?? EntityState(id: entity)
        let rows = log[Int(start)...].filter { $0.entity == entity }
        let fields = Set(rows.flatMap(\.fields)).sorted()
        let facts = Set(rows.flatMap(\.facts)).sorted()
        return EntityPart(
            entity: entity, membership: isNew ? .enters : .stays, vector: state.vector,
            fields: fields.map { field in
                let value = state.fields[field] ?? FieldState()
                return EntityPart.FieldPart(
                    field: field, cover: value.cover, siblings: value.siblings.compactMap(change))
            },
            facts: facts.compactMap { state.facts[$0].flatMap(change) })
    }

    private func change(_ recorded: Recorded) -> PageChange? {
        bytes[Key(ref: recorded.ref, dot: recorded.dot)].map {
            PageChange(
                ref: recorded.ref, dot: recorded.dot, encoded: $0, stamp: recorded.stamp,
                context: recorded.context)
        }
    }
}
