internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel

// What reviews look at besides what stands now.
extension SQLiteRows {
    func overwritten(of id: EntityID) throws -> [OverwrittenRow] {
        try all(
            """
            SELECT field, change_id, change_index, replica, counter, role FROM overwritten
            WHERE entity = ? ORDER BY field, change_id, change_index
            """, [id.bytes]
        ) {
            OverwrittenRow(
                field: PlanField(rawValue: UInt32(clamping: try $0.integer(0))),
                ref: FactRef(change: try $0.id(1), index: Int(clamping: try $0.integer(2))),
                dot: try $0.dot(3), role: Role(rawValue: UInt8(clamping: try $0.integer(5))))
        }
    }

    func insert(_ row: OverwrittenRow, of entity: EntityID) throws {
        try run(
            """
            INSERT OR IGNORE INTO overwritten
              (entity, field, change_id, change_index, replica, counter, role)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                entity.bytes, Int64(row.field.rawValue), row.ref.change.bytes,
                row.ref.index, row.dot.replica.bytes, Int64(clamping: row.dot.counter),
                Int64(row.role.rawValue),
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
