internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel

// What reviews look at besides what stands now.
extension SQLiteRows {
    private static let overwrittenColumns = """
        SELECT field, change_id, change_index, replica, counter, role, by_replica, by_counter
        FROM overwritten
        """

    private func overwrittenRow(_ columns: Columns) throws -> OverwrittenRow {
        OverwrittenRow(
            field: PlanField(rawValue: UInt32(clamping: try columns.integer(0))),
            ref: FactRef(
                change: try columns.id(1), index: Int(clamping: try columns.integer(2))),
            dot: try columns.dot(3), role: Role(rawValue: UInt8(clamping: try columns.integer(5))),
            by: columns.isNull(6) ? nil : try columns.dot(6))
    }

    func hasOverwritten(_ id: EntityID) throws -> Bool {
        try first("SELECT 1 FROM overwritten WHERE entity = ? LIMIT 1", [id.bytes]) { _ in
            true
        } ?? false
    }

    func overwritten(of id: EntityID) throws -> [OverwrittenRow] {
        try all(
            Self.overwrittenColumns
                + " WHERE entity = ? ORDER BY field, change_id, change_index",
            [id.bytes], overwrittenRow)
    }

    func overwritten(
        of id: EntityID, beyond known: VersionVector
    ) throws -> [OverwrittenRow] {
        let entity = id.bytes
        // The index gives them; the planner would rather have all of the entity in their order.
        let columns = Self.overwrittenColumns + " INDEXED BY overwritten_by WHERE entity = ?"
        var found = try all(columns + " AND by_replica IS NULL", [entity], overwrittenRow)
        var last: [UInt8] = []
        while let replica = try first(
            """
            SELECT by_replica FROM overwritten
            WHERE entity = ? AND by_replica > ? ORDER BY by_replica LIMIT 1
            """, [entity, last], { try $0.replica(0) })
        {
            last = replica.bytes
            found += try all(
                columns + " AND by_replica = ? AND by_counter > ?",
                [entity, last, Int64(clamping: known[replica])], overwrittenRow)
        }
        return found.sorted { ($0.field, $0.ref) < ($1.field, $1.ref) }
    }

    func insert(_ row: OverwrittenRow, of entity: EntityID) throws {
        try run(
            """
            INSERT INTO overwritten
              (entity, field, change_id, change_index, replica, counter, role, by_replica,
               by_counter)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (entity, field, change_id, change_index) DO UPDATE SET
              by_replica = excluded.by_replica, by_counter = excluded.by_counter
            WHERE by_replica IS NULL
            """,
            [
                entity.bytes, Int64(row.field.rawValue), row.ref.change.bytes,
                row.ref.index, row.dot.replica.bytes, Int64(clamping: row.dot.counter),
                Int64(row.role.rawValue), row.by.map { $0.replica.bytes },
                row.by.map { Int64(clamping: $0.counter) },
            ])
    }

    func forgetOverwritten(of entity: EntityID, but field: PlanField) throws {
        try run(
            "DELETE FROM overwritten WHERE entity = ? AND field <> ?",
            [entity.bytes, Int64(field.rawValue)])
    }

    func meterVisits(
        of customer: EntityID, day: Int32?
    ) throws -> [(stop: EntityID, day: Int32)] {
        // By the whole key where it can be.
        try all(
            "SELECT stop, day FROM meter_visit WHERE customer = ?"
                + (day == nil ? "" : " AND day = ?") + " ORDER BY stop, day",
            [customer.bytes] + (day.map { [$0] } ?? [])
        ) { (try $0.entity(0), Int32(clamping: try $0.integer(1))) }
    }

    func insertMeterVisit(of customer: EntityID, day: Int32, at stop: EntityID) throws {
        try run(
            "INSERT OR IGNORE INTO meter_visit (customer, day, stop) VALUES (?, ?, ?)",
            [customer.bytes, day, stop.bytes])
    }

    func mergesInto(from customer: EntityID) throws -> [EntityID] {
        try all(
            "SELECT into_customer FROM merged WHERE customer = ? ORDER BY into_customer",
            [customer.bytes]
        ) { try $0.entity(0) }
    }

    func mergesFrom(into customer: EntityID) throws -> [EntityID] {
        try all(
            "SELECT customer FROM merged WHERE into_customer = ? ORDER BY customer",
            [customer.bytes]
        ) { try $0.entity(0) }
    }

    func insertMerge(of customer: EntityID, into other: EntityID) throws {
        try run(
            "INSERT OR IGNORE INTO merged (customer, into_customer) VALUES (?, ?)",
            [customer.bytes, other.bytes])
    }
}
