internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// Plan values that were written over. A review is over what stood together at some moment, whatever
// came of it since: so these are looked at like those that stand.
extension LogWriter {
    /// An entity's plan values that were written over, of the fields that some rule compares.
    ///
    /// Where the writers of everything new, and of every fact, had seen what came in a value's
    /// place, it stood beside none of it: it is not read. So what is looked at follows what is
    /// going on, not how often an entity was ever written to.
    /// - Parameter news: what was written just now; nil: all of the past is wanted.
    mutating func past(of id: EntityID, beside news: [Recorded]?) throws -> [Recorded] {
        guard try hasPast(id) else { return [] }
        guard let news else { return try read(rows.overwritten(of: id), of: id) }
        return try past(
            of: id, before: news + load(id).state.facts.values.filter(hub.rules.compares))
    }

    /// Whether anything of it was ever written over: as a rule nothing was, and that is at hand.
    private mutating func hasPast(_ id: EntityID) throws -> Bool {
        if let known = try load(id).hasPast { return known }
        let found = try rows.hasOverwritten(id)
        loaded(id) { $0.hasPast = found }
        return found
    }

    /// Those of which not all of these writers had seen what came in their place.
    mutating func past(of id: EntityID, before writers: [Recorded]) throws -> [Recorded] {
        guard let first = writers.first else { return [] }
        let known = writers.dropFirst().reduce(first.context) { $0.meeting($1.context) }
        return try read(rows.overwritten(of: id, beyond: known), of: id)
    }

    /// Reads what some rule compares of it, each changeset once.
    private mutating func read(_ found: [OverwrittenRow], of id: EntityID) throws -> [Recorded] {
        let wanted = found.filter { hub.rules.compares($0.field) }
        let known = try load(id).written
        let unread = Dictionary(grouping: wanted.filter { known[$0.ref] == nil }, by: \.dot)
        for (dot, group) in unread.sorted(by: { $0.key < $1.key }) {
            remember(try rows.written(group, in: dot, on: id).map(\.recorded), of: id)
        }
        let written = try load(id).written
        return wanted.compactMap { written[$0.ref] }
    }

    /// Notes a value that does not stand, or no longer.
    /// - Parameter over: a write of its field that took its place. It is noted where its author had
    ///   seen all that this one's had: then whoever has seen it may forget this one.
    func keepPast(
        _ write: Recorded, by over: Recorded?, of entity: inout LoadedEntity
    ) throws {
        guard let field = write.plan?.field else { return }
        var row = OverwrittenRow(
            field: field, ref: write.ref, dot: write.dot, role: write.stamp.role)
        if let over, over.context.covers(write.dot), over.context.covers(write.context) {
            row.by = over.dot
        }
        try rows.insert(row, of: entity.state.id)
        entity.hasPast = true
        if hub.rules.compares(field) { entity.written[write.ref] = write }
    }

    /// Finds in the log what builds did not note that were before this: as whom it was written was
    /// not kept, so it counts as the office's. Of what a purge took there is no past but for the
    /// deletion, whether or not the purge was undone.
    mutating func findPast(of id: EntityID) throws {
        let entity = try load(id)
        let purged = try rows.lastPurge(of: id)
        var found: [PlanField: [(write: Overwritable, stands: Bool)]] = [:]
        for sequence in try rows.touches(of: id, after: 0) {
            guard let dot = try rows.log(sequence: sequence)?.dot,
                let row = try rows.changeset(dot)
            else { continue }
            let changeset = try Changeset(reading: row.bytes)
            for (index, encoded) in changeset.changes.enumerated() {
                let change = try ChangeCodec.decode(encoded)
                guard change.entity == id, case .plan(let field, _) = change.body,
                    sequence > purged || field == .deleted
                else { continue }
                let write = Overwritable(
                    ref: FactRef(change: changeset.header.changeID, index: index), dot: dot,
                    context: changeset.header.contexts[id] ?? VersionVector())
                let standing = entity.state.fields[field]?.siblings ?? []
                found[field, default: []].append(
                    (write, standing.contains { $0.ref == write.ref }))
            }
        }
        for (field, writes) in found.sorted(by: { $0.key < $1.key }) {
            for (index, write) in writes.enumerated() where !write.stands {
                var row = OverwrittenRow(
                    field: field, ref: write.write.ref, dot: write.write.dot, role: .office)
                let after = writes.dropFirst(index + 1)
                row.by = after.first { $0.write.isOver(write.write) }?.write.dot
                try rows.insert(row, of: id)
            }
        }
        forget(id)
    }
}

/// What the log says of a plan write, as far as it matters when it is written over.
private struct Overwritable {
    var ref: FactRef
    var dot: Dot
    var context: VersionVector

    /// Its author had seen the other, and all that the other's had.
    func isOver(_ other: Overwritable) -> Bool {
        context.covers(other.dot) && context.covers(other.context)
    }
}

extension HubRows {
    /// Where in the log the entity's plan was purged last; 0 where it never was.
    func lastPurge(of id: EntityID) throws -> UInt64 {
        for sequence in try touches(of: id, after: 0).reversed()
        where try log(sequence: sequence)?.entry == .purge { return sequence }
        return 0
    }

    /// A plan value that was written over, as its changeset says it; nil where that is not there.
    func written(
        _ row: OverwrittenRow, on id: EntityID
    ) throws -> (recorded: Recorded, encoded: EncodedChange)? {
        try written([row], in: row.dot, on: id).first
    }

    /// Plan values of one changeset, which is read once; without those that are not there.
    func written(
        _ wanted: [OverwrittenRow], in dot: Dot, on id: EntityID
    ) throws -> [(recorded: Recorded, encoded: EncodedChange)] {
        guard let kept = try changeset(dot) else { return [] }
        let changeset = try Changeset(reading: kept.bytes)
        let header = changeset.header
        return try wanted.compactMap { row in
            guard changeset.changes.indices.contains(row.ref.index) else { return nil }
            let encoded = changeset.changes[row.ref.index]
            let stamp = Stamp(
                author: header.author, role: row.role, relation: .inScope, hlc: header.hlc,
                writtenAt: header.time.wallMilliseconds, receivedAt: kept.receivedAt,
                carriedBy: kept.carriedBy)
            let change = PageChange(
                ref: row.ref, dot: dot, encoded: encoded, stamp: stamp,
                context: header.contexts[id] ?? VersionVector())
            return (try change.recorded(), encoded)
        }
    }
}

extension VersionVector {
    /// The greatest vector that both cover.
    fileprivate func meeting(_ other: VersionVector) -> VersionVector {
        var met = VersionVector()
        for entry in entries {
            met.raise(entry.replica, to: min(entry.counter, other[entry.replica]))
        }
        return met
    }
}

extension RuleTable {
    /// Whether some rule holds such a change against anything.
    func compares(_ change: Recorded) -> Bool {
        if let field = change.plan?.field { return compares(field) }
        guard let kind = change.fact?.kind else { return false }
        return self[kind].sibling.opens != nil || !self[kind].contradicts.isEmpty
    }
}
