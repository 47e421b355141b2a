internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension SQLiteRows: HubTransaction {
    func undoable(_ body: () throws -> Void) throws {
        do {
            try db.inSavepoint {
                try body()
                return .commit
            }
        } catch {
            // A full disk ends the transaction; what came behind would be committed by itself.
            guard db.isInsideTransaction else { throw TransactionGone(reason: error) }
            throw error
        }
    }

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

    func insert(_ log: LogRow, touching entities: [EntityID]) throws {
        try run(
            """
            INSERT INTO log
              (sequence, tag, kind, replica, counter, change_id, author, received_ms, entities)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [Int64(clamping: log.sequence), Int64(bitPattern: log.tag)] + log.entry.columns
                + [log.author.utf8, log.receivedAt, entities.flatMap(\.bytes)])
    }

    func save(_ entity: EntityRow, over old: EntityRow?) throws {
        let head = EntityHead(
            digest: entity.digest, touches: entity.touches, vector: entity.vector)
        guard let old else {
            try run(
                """
                INSERT INTO entity (scope, born_by, date, purged, reviews, rules, id, kind, number)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                entity.columns
                    + [entity.id.bytes, Int64(entity.id.kind.rawValue), entity.number])
            return try run(
                """
                INSERT INTO fact (sequence, bytes, number, change_id, change_index)
                VALUES (?, ?, ?, zeroblob(16), -1)
                """, [Int64(clamping: entity.touchedAt), head.bytes, entity.number])
        }
        // As a rule only the head changes.
        if !entity.isSame(as: old) {
            try run(
                """
                UPDATE entity SET scope = ?, born_by = ?, date = ?, purged = ?, reviews = ?,
                  rules = ? WHERE id = ?
                """, entity.columns + [entity.id.bytes])
        }
        try run(
            Self.updateHead, [Int64(clamping: entity.touchedAt), head.bytes, old.number])
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
        guard let field = record.field else {
            let number = try first(
                "SELECT number FROM entity WHERE id = ?", [entity.bytes]
            ) { try $0.integer(0) }
            // An entity that is not there has no facts: the file refuses the number 0.
            return try insertFact(record, of: number ?? 0)
        }
        try run(
            """
            INSERT INTO record (entity, change_id, change_index, sequence, bytes, field)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                entity.bytes, record.ref.change.bytes, record.ref.index,
                Int64(clamping: record.sequence), record.bytes, Int64(field.rawValue),
            ])
    }

    func insertFact(_ fact: LaidRecord, of number: Int64) throws {
        try run(
            """
            INSERT INTO fact (number, change_id, change_index, sequence, bytes)
            VALUES (?, ?, ?, ?, ?)
            """,
            [
                number, fact.ref.change.bytes, fact.ref.index, Int64(clamping: fact.sequence),
                fact.bytes,
            ])
    }

    func remove(_ ref: FactRef, field: PlanField?, of entity: EntityID) throws {
        let place: [(any Bindable)?] = [entity.bytes, ref.change.bytes, ref.index]
        guard let field else {
            return try run(Self.deleteFact, place)
        }
        try run(
            """
            DELETE FROM record
            WHERE entity = ? AND change_id = ? AND change_index = ? AND field = ?
            """, place + [Int64(field.rawValue)])
    }

    static let deleteFact =
        "DELETE FROM fact WHERE \(isOfEntity) AND change_id = ? AND change_index = ?"

    func insertTouches(_ sequences: [UInt64], of entity: EntityID) throws {
        for sequence in sequences {
            try run(
                "INSERT INTO touched (entity, sequence) VALUES (?, ?)",
                [entity.bytes, Int64(clamping: sequence)])
        }
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

extension EntityRow {
    /// Scope, who made it known, day, purged, reviews, rules.
    fileprivate var columns: [(any Bindable)?] {
        [
            scope.map { $0.utf8 }, bornBy.map { $0.utf8 }, date, isPurged, reviews.rawValue, rules,
        ]
    }

    /// But for its head.
    fileprivate func isSame(as other: EntityRow) -> Bool {
        scope == other.scope && bornBy == other.bornBy && date == other.date
            && isPurged == other.isPurged && reviews == other.reviews && rules == other.rules
    }
}
