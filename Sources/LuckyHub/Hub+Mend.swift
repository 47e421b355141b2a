internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// A device found an entity to differ (L21). Before it gets the hub's again, the hub looks whether
// its own rows are what was written: against the changesets, which it keeps as they came.

extension Hub {
    func mend(_ entities: [EntityID], for replica: ReplicaID, now: Int64) throws {
        let damaged = try storage.read { rows in
            try entities.filter { try rows.damage(of: $0) != nil }
        }
        guard !damaged.isEmpty else { return }
        committing.lock()
        defer { committing.unlock() }
        defer { recent.clear() }
        try storage.write { rows in
            for entity in damaged {
                guard let damage = try rows.damage(of: entity) else { continue }
                guard case .mendable(let row, let old, let records) = damage else {
                    try rows.raise(.entityDamaged, by: replica, at: now)
                    continue
                }
                for record in records {
                    try rows.remove(record.change.ref, field: record.field, of: entity)
                    try rows.insert(record, of: entity)
                }
                try rows.save(row, over: old)
                try rows.raise(.entityMended, by: replica, at: now)
            }
        }
    }
}

/// What is wrong with the rows of an entity.
enum EntityDamage {
    /// These rows are as they were written.
    case mendable(EntityRow, over: EntityRow, [RecordRow])
    case unclear
}

extension HubRows {
    /// The digest of each entity in a scope, from the bytes held, sorted. One whose rows cannot be
    /// read has a digest of zeros, which no device's is.
    func digests(of driver: Identifier) throws -> [EntityDigest] {
        try scope(driver: driver).map { entity in
            do {
                let state = try state(entity)
                return EntityDigest(entity: entity, digest: state.map(Digest.of) ?? .zero)
            } catch is WireError {
                return EntityDigest(entity: entity, digest: .zero)
            }
        }
    }

    /// Compares an entity's rows with the changesets that touched it; nil where all is well.
    ///
    /// The digest kept with the entity is a witness of its own: with the records and the vector of
    /// the changesets it must come out again, unless it is the digest alone that went wrong.
    func damage(of entity: EntityID) throws -> EntityDamage? {
        do {
            guard let row = try self.entity(entity), !row.isPurged else { return nil }
            guard let state = try state(entity) else { return nil }
            if Digest.of(state) == row.digest { return nil }
            let (wrong, isWhole) = try recordsToMend(of: entity)
            let vector = try loggedVector(of: entity)
            var mended = row
            mended.vector = vector
            mended.digest = Digest.of(try state.with(wrong, vector: vector))
            let isDigestAlone = isWhole && wrong.isEmpty && vector == row.vector
            return mended.digest == row.digest || isDigestAlone
                ? .mendable(mended, over: row, wrong) : .unclear
        } catch is WireError {
            return .unclear
        }
    }

    /// Records that are not what their changesets say, as they should be.
    /// - Returns: also whether every fact, and every plan value that nobody wrote over, has its record.
    private func recordsToMend(
        of entity: EntityID
    ) throws -> (wrong: [RecordRow], isWhole: Bool) {
        let records = try records(of: entity, after: 0)
        var wrong: [RecordRow] = []
        for record in records where record.change.witnessedBy == nil {
            guard let changeset = try proven(record.change.dot),
                changeset.header.changeID == record.change.ref.change,
                changeset.changes.indices.contains(record.change.ref.index)
            else { continue }
            let written = changeset.changes[record.change.ref.index]
            guard written.hash != record.change.encoded.hash else { continue }
            var right = record
            right.change.encoded = written
            wrong.append(right)
        }
        let names = Set(records.map(\.change.ref))
        var isWhole = true
        for sequence in try touches(of: entity, after: 0) {
            guard let dot = try log(sequence: sequence)?.dot, let changeset = try proven(dot)
            else { continue }
            for (index, change) in changeset.changes.enumerated() {
                let written = try ChangeCodec.decode(change)
                guard written.entity == entity else { continue }
                let ref = FactRef(change: changeset.header.changeID, index: index)
                if names.contains(ref) { continue }
                // A plan value may have been written over by somebody who had seen it.
                if case .plan(let field, _) = written.body,
                    records.contains(where: { $0.field == field && $0.change.context.covers(dot) })
                {
                    continue
                }
                isWhole = false
            }
        }
        return (wrong, isWhole)
    }

    /// A changeset whose bytes give the hash that is kept beside them.
    private func proven(_ dot: Dot) throws -> Changeset? {
        guard let row = try changeset(dot) else { return nil }
        let changeset = try Changeset(reading: row.bytes)
        return changeset.hash == row.hash ? changeset : nil
    }

    /// The dots of the log that touched an entity.
    private func loggedVector(of entity: EntityID) throws -> VersionVector {
        var vector = VersionVector()
        for sequence in try touches(of: entity, after: 0) {
            if let dot = try log(sequence: sequence)?.dot { vector.add(dot) }
        }
        return vector
    }
}

extension EntityState {
    /// With these records in place of those of the same name.
    fileprivate func with(
        _ records: [RecordRow], vector: VersionVector
    ) throws(WireError) -> EntityState {
        var state = self
        state.vector = vector
        for record in records {
            let recorded = try record.change.recorded()
            guard let field = record.field else {
                state.put(recorded)
                continue
            }
            var siblings = state.fields[field]?.siblings ?? []
            siblings.removeAll { $0.ref == recorded.ref }
            state.fields[field] = FieldState(
                siblings: siblings + [recorded],
                cover: state.fields[field]?.cover ?? VersionVector())
        }
        return state
    }
}
