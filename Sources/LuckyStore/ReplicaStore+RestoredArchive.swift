internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// What was received since a backup was made. The hub has it; but a hub that is itself put back from
// a backup asks for it again, above the mark up to which all of its backups have it (L12). So it
// goes over to the backup that takes the store's place.
extension ReplicaStore {
    /// Adds to each chain of a copy what the archive of the store has beyond it.
    /// - Returns: how many changesets it has more now; and how many that no backup of the hub has
    ///   for sure it could not get, since the two chains are not one or a link is damaged.
    static func takeOverArchive(
        of store: Database, to copy: Database
    ) throws -> (kept: Int, left: Int) {
        var (taken, left) = (0, 0)
        for epoch in try Epoch.all(store) {
            let known = try copy.row(
                "SELECT * FROM epoch WHERE replica = ?", [epoch.replica.blob]
            ).map { try Epoch($0) }
            var end = try known?.last(copy)
            var rows = try store.rows(
                "SELECT * FROM changeset WHERE replica = ? AND state <> 0 AND counter > ?"
                    + " ORDER BY counter", [epoch.replica.blob, (end?.counter ?? 0).stored])
            if !rows.isEmpty {
                if known == nil { try begin(like: epoch, copy) }
                end = try skipPruned(epoch, after: end, from: store, to: copy)
            }
            // What was quarantined stayed where those around it were pruned: no chain leads to it.
            let stayed = rows.prefix(while: { $0.unsigned("counter") <= end?.counter ?? 0 })
            rows.removeFirst(stayed.count)
            var lone: [StoredRow] = []
            for row in stayed {
                guard try isNew(row, in: copy), try read(row, in: store) != nil else {
                    lone.append(row)
                    continue
                }
                try insert(row, from: store, to: copy)
                taken += 1
            }
            while let row = rows.first, try isNext(row, after: end, from: store, in: copy) {
                try insert(row, from: store, to: copy)
                end = ChainHead(counter: row.unsigned("counter"), hash: try row.hash("hash"))
                taken += 1
                rows.removeFirst()
            }
            left += try (lone + rows).count {
                try $0.unsigned("counter") > epoch.backupMark
                    && isNew($0, in: copy)
            }
            let meta = try Meta(copy)
            if let end, meta.identity.replica == epoch.replica {
                // Of taps that wait, only their changesets tell the clock, while none is the head here.
                try Meta.save(clock: meta.clock, copy)
                try Meta.save(head: end, copy)
            }
        }
        if taken > 0 {
            var clock = try Meta(copy).clock
            clock.see(try Meta.stamp(store), hubTime: .max)
            try Meta.save(clock: clock, copy)
            // Rows that follow from it are made when the store is opened.
            try copy.run("UPDATE meta SET derivation = 0")
        }
        return (taken, left)
    }

    private static func begin(like epoch: Epoch, _ copy: Database) throws {
        try copy.run(
            """
            INSERT INTO epoch (replica, before_replica, before_counter, before_hash, backup_mark,
                confirmed, depot) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                epoch.replica.blob, epoch.before?.dot.replica.blob,
                epoch.before?.dot.counter.stored, epoch.before?.hash.blob,
                epoch.backupMark.stored, epoch.confirmed?.blob, epoch.depot?.blob,
            ])
    }

    /// What left the archive since is known by name and hash, and no gap.
    /// - Returns: the end of the chain then.
    private static func skipPruned(
        _ epoch: Epoch, after end: ChainHead?, from store: Database, to copy: Database
    ) throws -> ChainHead? {
        guard let pruned = epoch.pruned, pruned.counter > end?.counter ?? 0 else { return end }
        for row in try store.rows(
            "SELECT * FROM pruned WHERE replica = ? AND counter > ?",
            [epoch.replica.blob, (end?.counter ?? 0).stored])
        {
            try copy.run(
                "INSERT OR IGNORE INTO pruned (change_id, replica, counter, hash)"
                    + " VALUES (?, ?, ?, ?)",
                [
                    row.bytes("change_id"), epoch.replica.blob, row["counter"] as Int64,
                    row.bytes("hash"),
                ])
        }
        try copy.run(
            "UPDATE epoch SET pruned_counter = ?, pruned_hash = ? WHERE replica = ?",
            [pruned.counter.stored, pruned.hash.blob, epoch.replica.blob])
        return pruned
    }

    private static func isNext(
        _ row: StoredRow, after end: ChainHead?, from store: Database, in copy: Database
    ) throws -> Bool {
        guard let changeset = try read(row, in: store) else { return false }
        return try row.unsigned("counter") == (end?.counter ?? 0) + 1
            && changeset.previous == end?.hash ?? .zero
            && isNew(row, in: copy)
    }

    /// As its bytes say, hashed anew; nil where they are not what was written, or where a column
    /// beside them says something else: that is damage, and is not carried over.
    private static func read(_ row: StoredRow, in store: Database) throws -> Changeset? {
        guard let changeset = try? Changeset(reading: row.bytes("bytes")),
            row.bytes("hash") == changeset.hash.blob,
            row.bytes("replica") == changeset.dot.replica.blob,
            row["counter"] as Int64 == changeset.dot.counter.stored,
            row.bytes("change_id") == changeset.header.changeID.blob,
            row["written_at"] as Int64 == changeset.header.time.wallMilliseconds,
            isOf(changeset, receipt: row), try touches(changeset, row, in: store)
        else { return nil }
        return changeset
    }

    /// Whether the receipt is this changeset's, and the state what it says.
    private static func isOf(_ changeset: Changeset, receipt row: StoredRow) -> Bool {
        guard let bytes = row["receipt"] as [UInt8]?, let receipt = try? Receipt(rowBytes: bytes),
            receipt.replica == changeset.dot.replica,
            receipt.counters.contains(changeset.dot.counter)
        else { return false }
        let state: ChangesetState =
            switch receipt.result {
            case .accepted: .accepted
            case .already: .already
            case .quarantined: .quarantined
            }
        return row["state"] as Int64 == Int64(state.rawValue)
    }

    /// Whether the index names the entities that the changes are about.
    private static func touches(
        _ changeset: Changeset, _ row: StoredRow, in store: Database
    ) throws -> Bool {
        guard let parts = try? changeset.parts(stamp: changeset.ownStamp(receivedAt: nil)) else {
            return false
        }
        var facts: [[UInt8]: Int64] = [:]
        for part in parts {
            facts[part.entity.blob, default: 0] += part.recorded.fact == nil ? 0 : 1
        }
        var index: [[UInt8]: Int64] = [:]
        for touched in try store.rows(
            "SELECT entity, facts FROM changeset_entity WHERE changeset = ?",
            [row["number"] as Int64])
        {
            index[touched.bytes("entity")] = touched["facts"] as Int64
        }
        return index == facts
    }

    /// Whether the copy has no such change, neither in its archive nor as one that left it.
    private static func isNew(_ row: StoredRow, in copy: Database) throws -> Bool {
        try copy.count(
            "SELECT (SELECT count(*) FROM changeset WHERE change_id = ?1)"
                + " + (SELECT count(*) FROM pruned WHERE change_id = ?1)",
            [row.bytes("change_id")]) == 0
    }

    private static func insert(
        _ row: StoredRow, from store: Database, to copy: Database
    ) throws {
        let about = try store.row(
            "SELECT entity, facts FROM changeset_entity WHERE changeset = ?",
            [row["number"] as Int64])
        let entity = about?.bytes("entity")
        if let entity { try know(entity, from: store, to: copy) }
        try copy.run(
            """
            INSERT INTO changeset (replica, counter, change_id, hash, bytes, written_at, state,
                reason, received_at, receipt, entity, facts)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                row.bytes("replica"), row["counter"] as Int64, row.bytes("change_id"),
                row.bytes("hash"), row.bytes("bytes"), row["written_at"] as Int64,
                row["state"] as Int64, row["reason"] as [UInt8]?, row["received_at"] as Int64?,
                row["receipt"] as [UInt8]?, entity, about?["facts"] as Int64? ?? 0,
            ])
    }

    /// Makes an entity known that a changeset came over for. Never as one that was never here:
    /// that is what a purge leaves, and then its photos go, received by the hub or not (L24).
    private static func know(
        _ entity: [UInt8], from store: Database, to copy: Database
    ) throws {
        let held = try store.row("SELECT membership FROM entity WHERE id = ?", [entity]).map {
            try Membership(rawValue: $0["membership"]).orDamaged("membership")
        }
        let was = held ?? .never
        let membership: Membership = was == .never ? .handedOver : was
        // Where the backup has what a purge left, and the store had it again, it is here again.
        try copy.run(
            """
            INSERT INTO entity (id, vector, membership, generation)
            VALUES (?, ?, ?, (SELECT generation FROM meta))
            ON CONFLICT (id) DO UPDATE SET membership = excluded.membership
                WHERE entity.membership = 0 AND ? <> 0
            """,
            [entity, VersionVector().blob, membership.rawValue, was.rawValue])
    }
}
