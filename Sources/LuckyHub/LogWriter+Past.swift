internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// Plan values that were written over. A review is over what stood together at some moment, whatever
// came of it since: so these are looked at like those that stand.
extension LogWriter {
    /// An entity's plan values that were written over, of the fields that some rule compares.
    mutating func past(of id: EntityID) throws -> [Recorded] {
        if let known = try load(id).past { return known }
        let past = try rows.overwritten(of: id).filter { hub.rules.compares($0.field) }
            .compactMap { try rows.written($0, on: id)?.recorded }
        remember(past, of: id)
        return past
    }

    /// Notes a value that does not stand, or no longer.
    func keepPast(_ write: Recorded, of entity: inout LoadedEntity) throws {
        guard let field = write.plan?.field else { return }
        try rows.insert(
            OverwrittenRow(
                field: field, ref: write.ref, dot: write.dot, role: write.stamp.role),
            of: entity.state.id)
        if hub.rules.compares(field) { entity.past?.append(write) }
    }

    /// Finds in the log what builds did not note that were before this: as whom it was written was
    /// not kept, so it counts as the office's. Of what a purge took there is no past but for the
    /// deletion, whether or not the purge was undone.
    mutating func findPast(of id: EntityID) throws {
        let entity = try load(id)
        let purged = try rows.lastPurge(of: id)
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
                let ref = FactRef(change: changeset.header.changeID, index: index)
                let standing = entity.state.fields[field]?.siblings ?? []
                if standing.contains(where: { $0.ref == ref }) { continue }
                try rows.insert(
                    OverwrittenRow(field: field, ref: ref, dot: dot, role: .office), of: id)
            }
        }
        forget(id)
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
        guard let kept = try changeset(row.dot) else { return nil }
        let changeset = try Changeset(reading: kept.bytes)
        guard changeset.changes.indices.contains(row.ref.index) else { return nil }
        let header = changeset.header
        let encoded = changeset.changes[row.ref.index]
        let stamp = Stamp(
            author: header.author, role: row.role, relation: .inScope, hlc: header.hlc,
            writtenAt: header.time.wallMilliseconds, receivedAt: kept.receivedAt,
            carriedBy: kept.carriedBy)
        let change = PageChange(
            ref: row.ref, dot: row.dot, encoded: encoded, stamp: stamp,
            context: header.contexts[id] ?? VersionVector())
        return (try change.recorded(), encoded)
    }
}
