internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// What a restored or replaced hub keeps beside the log.
extension SQLiteRows {
    func beganEmpty() throws -> Bool {
        try first("SELECT began_empty FROM hub") { try $0.integer(0) == 1 } ?? true
    }

    func noteOlderHistory() throws {
        try run("UPDATE hub SET began_empty = 0 WHERE began_empty = 1", [])
    }

    func askAgainWhatIsStated(but own: ReplicaID) throws {
        try run(
            "UPDATE replica SET has_spoken = 0 WHERE has_spoken = 1 AND id <> ?", [own.bytes])
    }

    func receiptCount() throws -> UInt64 {
        try first("SELECT receipts FROM hub") { try $0.count(0) } ?? 0
    }

    func countReceipts() throws { try run("UPDATE hub SET receipts = receipts + 1", []) }

    func markDisproved() throws { try run("UPDATE hub SET disproved = 1", []) }

    func pastHistories(limit: Int) throws -> [Standing.Past] {
        try all(
            """
            SELECT history, sequence, tag, receipts FROM past_history
            WHERE history NOT IN (SELECT history FROM hub) ORDER BY number DESC LIMIT ?
            """, [Int64(limit)]
        ) {
            Standing.Past(
                history: try $0.id(0),
                end: Continuity.Mark(
                    sequence: try $0.count(1), tag: UInt64(bitPattern: try $0.integer(2)),
                    receipts: try $0.count(3)))
        }
    }

    func note(past histories: [Standing.Past]) throws {
        for past in histories.reversed() {
            try run(
                """
                INSERT INTO past_history (history, sequence, tag, receipts) VALUES (?, ?, ?, ?)
                ON CONFLICT (history) DO UPDATE SET sequence = excluded.sequence,
                  tag = excluded.tag, receipts = excluded.receipts
                WHERE (excluded.sequence, excluded.receipts) > (sequence, receipts)
                """,
                [
                    past.history.bytes, Int64(clamping: past.end.sequence),
                    Int64(bitPattern: past.end.tag), Int64(clamping: past.end.receipts),
                ])
        }
    }

    /// The database's own history is the latest that is over.
    func leaveHistory() throws {
        let own = try first("SELECT history FROM hub") { columns -> HistoryID in
            try columns.id(0)
        }
        guard let history = own else { return }
        try note(past: [Standing.Past(history: history, end: Continuity.Mark(self))])
        try run(
            "UPDATE past_history SET number = (SELECT max(number) + 1 FROM past_history)"
                + " WHERE history = ?", [history.bytes])
    }

    // MARK: Alarms

    func alarms() throws -> [HubAlarm] {
        try all("SELECT kind, replica, count, first_ms, last_ms FROM alarm ORDER BY kind, replica")
        {
            HubAlarm(
                kind: HubAlarm.Kind(rawValue: try $0.text(0)), replica: try $0.replica(1),
                count: Int(try $0.integer(2)), firstAt: try $0.integer(3),
                lastAt: try $0.integer(4))
        }
    }

    func raise(_ alarm: HubAlarm.Kind, by replica: ReplicaID, at now: Int64) throws {
        try run(
            """
            INSERT INTO alarm (kind, replica, count, first_ms, last_ms) VALUES (?, ?, 1, ?, ?)
            ON CONFLICT DO UPDATE SET count = count + 1, last_ms = excluded.last_ms
            """,
            [alarm.rawValue, replica.bytes, now, now])
    }

    // MARK: Offers

    func openOffers() throws -> [OfferedRow] { try offers(where: "decision = 0") }

    func offers(on entity: EntityID) throws -> [OfferedRow] {
        try offers(where: "entity = ?", [entity.bytes])
    }

    private func offers(
        where condition: String, _ arguments: [(any Bindable)?] = []
    ) throws -> [OfferedRow] {
        try all(
            """
            SELECT entity, field, replica, person, offered_ms, bytes FROM offered
            WHERE \(condition) ORDER BY entity, field, change_id, change_index
            """, arguments
        ) {
            let field = UInt32(clamping: try $0.integer(1))
            let bytes = try $0.bytes(5)
            return OfferedRow(
                entity: try $0.entity(0),
                content: field == 0
                    ? .unread(bytes)
                    : .sibling(PlanField(rawValue: field), try PageChange(rowBytes: bytes)),
                replica: try $0.replica(2), person: try $0.name(3),
                offeredAt: try $0.integer(4))
        }
    }

    func replace(_ offered: OfferedRow, by other: OfferedRow) throws {
        try run(
            """
            UPDATE OR REPLACE offered SET bytes = ?, change_id = ?, change_index = ?
            WHERE entity = ? AND field = ? AND change_id = ? AND change_index = ?
            """,
            [other.bytes, other.ref.change.bytes, Int64(other.ref.index)]
                + offered.key)
    }

    func insert(_ offered: OfferedRow) throws {
        try run(
            """
            INSERT INTO offered (entity, field, change_id, change_index, replica, person,
              offered_ms, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            offered.key + [
                offered.replica.bytes, offered.person.utf8, offered.offeredAt,
                offered.bytes,
            ])
    }

    func decide(
        _ offered: OfferedRow, isTaken: Bool, by person: Identifier, at now: Int64
    ) throws {
        try run(
            """
            UPDATE offered SET decision = ?, decided_by = ?, decided_ms = ?
            WHERE entity = ? AND field = ? AND change_id = ? AND change_index = ?
            """,
            [Int64(isTaken ? 1 : 2), person.utf8, now] + offered.key)
    }

    // MARK: Redactions

    func replaceBytes(of dot: Dot, by bytes: [UInt8]) throws {
        try run(
            "UPDATE changeset SET bytes = ? WHERE replica = ? AND counter = ?",
            [bytes, dot.replica.bytes, Int64(clamping: dot.counter)])
    }

    func oweScrub() throws { try run("UPDATE hub SET scrub = 1", []) }

    // MARK: Quarantine

    func decide(_ dot: Dot, _ decision: ChangesetRow.Decision) throws {
        try run(
            """
            UPDATE changeset SET decision = ?, decided_by = ?, decided_ms = ?, released_as = ?
            WHERE replica = ? AND counter = ? AND result = 2 AND decision = 0
            """,
            [
                Int64(decision.releasedAs == nil ? 2 : 1), decision.by.utf8, decision.at,
                decision.releasedAs.map { $0.bytes }, dot.replica.bytes,
                Int64(clamping: dot.counter),
            ])
    }
}

extension OfferedRow {
    /// A part has no name of its own: its bytes' hash stands for it.
    var ref: FactRef {
        switch content {
        case .sibling(_, let change): return change.ref
        case .unread(let bytes):
            let hash = Hash256.sha256(bytes).first
            return FactRef(change: ChangeID(high: hash.high, low: hash.low), index: 0)
        }
    }

    fileprivate var bytes: [UInt8] {
        switch content {
        case .sibling(_, let change): change.rowBytes()
        case .unread(let bytes): bytes
        }
    }

    fileprivate var key: [(any Bindable)?] {
        var field: UInt32 = 0
        if case .sibling(let written, _) = content { field = written.rawValue }
        return [
            entity.bytes, Int64(field), ref.change.bytes, Int64(ref.index),
        ]
    }
}

extension LogRow.Entry {
    /// Kind, replica, counter, change id.
    var columns: [(any Bindable)?] {
        switch self {
        case .changeset(let dot, let change):
            [
                Int64(0), dot.replica.bytes, Int64(clamping: dot.counter),
                change.bytes,
            ]
        case .offer(let replica): [Int64(1), replica.bytes, nil, nil]
        case .purge: [Int64(2), nil, nil, nil]
        case .unpurge: [Int64(3), nil, nil, nil]
        }
    }
}
