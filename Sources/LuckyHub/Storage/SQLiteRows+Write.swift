internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension SQLiteRows: HubTransaction {
    func setClock(_ clock: HLC) throws {
        try run(
            "UPDATE hub SET clock_ms = ?, clock_logical = ?",
            [clock.milliseconds, Int64(clock.logical)])
    }

    func save(_ replica: ReplicaRow) throws {
        try run(
            """
            INSERT INTO replica (id, person, depot, role, head_counter, head_hash, stated,
              has_spoken, last_seen, following, took_up)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET role = excluded.role,
              head_counter = excluded.head_counter, head_hash = excluded.head_hash,
              stated = excluded.stated, has_spoken = excluded.has_spoken,
              last_seen = excluded.last_seen, following = excluded.following,
              took_up = excluded.took_up
            """,
            [
                replica.id.bytes, replica.person.utf8, replica.depot.utf8,
                Int64(replica.role.rawValue), Int64(clamping: replica.head?.counter ?? 0),
                replica.head.map { $0.hash.bytes }, Int64(clamping: replica.stated),
                replica.hasSpoken, replica.lastSeen, replica.following.rawValue,
                replica.tookUp,
            ])
    }

    func insert(_ changeset: ChangesetRow) throws {
        var code: Int64 = 0
        var reason: String?
        var other: Dot?
        switch changeset.result {
        case .accepted: break
        case .already(let dot): (code, other) = (1, dot)
        case .quarantined(let word): (code, reason) = (2, word)
        }
        let dot: [(any Bindable)?] = [
            changeset.dot.replica.bytes, Int64(clamping: changeset.dot.counter),
        ]
        try run(
            """
            INSERT INTO changeset (replica, counter, hash, result, reason, other_replica,
              other_counter, sequence, received_ms, change_id, author, bytes, carried_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            dot + [
                changeset.hash.bytes, code, reason, other.map { $0.replica.bytes },
                other.map { Int64(clamping: $0.counter) },
                changeset.sequence.map { Int64(clamping: $0) }, changeset.receivedAt,
                changeset.change.map { $0.bytes }, changeset.author.map { $0.utf8 },
                changeset.bytes, changeset.carriedBy.map { $0.utf8 },
            ])
        if case .accepted = changeset.result, let change = changeset.change {
            try run(
                "INSERT INTO change_dot (replica, counter, change_id) VALUES (?, ?, ?)",
                dot + [change.bytes])
        }
    }

    func insert(_ log: LogRow) throws {
        try run(
            """
            INSERT INTO log (sequence, tag, kind, replica, counter, change_id, author, received_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [Int64(clamping: log.sequence), Int64(bitPattern: log.tag)] + log.entry.columns
                + [log.author.utf8, log.receivedAt])
    }

    func save(_ entity: EntityRow, over old: EntityRow?) throws {
        // As a rule only these two change, which are in no index.
        if var same = old {
            (same.vector, same.digest) = (entity.vector, entity.digest)
            if same == entity {
                return try run(
                    "UPDATE entity SET vector = ?, digest = ? WHERE id = ?",
                    [entity.vector.rowBytes, entity.digest.bytes, entity.id.bytes])
            }
        }
        try run(
            """
            INSERT INTO entity
              (id, kind, vector, digest, scope, born_by, date, purged, reviews, rules)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET vector = excluded.vector, digest = excluded.digest,
              scope = excluded.scope, born_by = excluded.born_by, date = excluded.date,
              purged = excluded.purged, reviews = excluded.reviews, rules = excluded.rules
            """,
            [
                entity.id.bytes, Int64(entity.id.kind.rawValue),
                entity.vector.rowBytes, entity.digest.bytes,
                entity.scope.map { $0.utf8 }, entity.bornBy.map { $0.utf8 },
                entity.date, entity.isPurged, entity.reviews.rawValue, entity.rules,
            ])
    }

    func save(_ field: FieldRow, of entity: EntityID) throws {
        try run(
            """
            INSERT INTO field (entity, field, cover, sequence) VALUES (?, ?, ?, ?)
            ON CONFLICT (entity, field) DO UPDATE SET cover = excluded.cover,
              sequence = excluded.sequence
            """,
            [
                entity.bytes, Int64(field.field.rawValue), field.cover.rowBytes,
                Int64(clamping: field.sequence),
            ])
    }

    func insert(_ record: LaidRecord, of entity: EntityID) throws {
        try run(
            """
            INSERT INTO record (entity, field, change_id, change_index, sequence, bytes)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                entity.bytes, Int64(record.field?.rawValue ?? 0),
                record.ref.change.bytes, record.ref.index, Int64(clamping: record.sequence),
                record.bytes,
            ])
    }

    func remove(_ sibling: FactRef, field: PlanField?, of entity: EntityID) throws {
        try run(
            """
            DELETE FROM record
            WHERE entity = ? AND field = ? AND change_id = ? AND change_index = ?
            """,
            [
                entity.bytes, Int64(field?.rawValue ?? 0), sibling.change.bytes,
                sibling.index,
            ])
    }

    func insertTouch(_ entity: EntityID, sequence: UInt64) throws {
        try run(
            "INSERT INTO touch (sequence, entity) VALUES (?, ?)",
            [Int64(clamping: sequence), entity.bytes])
    }

    func insert(_ step: ScopeStep, driver: Identifier) throws {
        try run(
            "INSERT INTO scope_step (driver, sequence, entity, event) VALUES (?, ?, ?, ?)",
            [
                driver.utf8, Int64(clamping: step.sequence), step.entity.bytes,
                step.event.rawValue,
            ])
    }

    func mark(
        _ replica: ReplicaID, _ mark: Mark, sequence: UInt64, reach: UInt64, at now: Int64
    ) throws {
        try run(
            """
            INSERT INTO mark (replica, kind, sequence, at_ms, reach) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET reach = max(reach, excluded.reach) WHERE reach > 0
            """,
            [
                replica.bytes, mark.rawValue, Int64(clamping: sequence), now,
                Int64(clamping: reach),
            ])
    }
}
