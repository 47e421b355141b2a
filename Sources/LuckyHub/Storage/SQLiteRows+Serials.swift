internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel

// The index of cylinders' numbers.
extension SQLiteRows {
    func insert(_ scan: SerialScan, at stop: EntityID) throws {
        try run(
            """
            INSERT OR IGNORE INTO serial (serial, side, day, entity, change_id, change_index)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            key(scan) + [stop.bytes, scan.ref.change.bytes, scan.ref.index])
    }

    func stops(with scan: SerialScan) throws -> [EntityID] {
        try all(
            """
            SELECT DISTINCT entity FROM serial
            WHERE serial = ? AND side = ? AND day = ? ORDER BY entity
            """, key(scan)
        ) { try $0.entity(0) }
    }

    /// What a file of an older version holds is indexed once.
    func indexSerials() throws {
        for stop in try entities(.stop, date: nil) {
            for scan in try state(stop)?.serialScans ?? [] { try insert(scan, at: stop) }
        }
    }

    private func key(_ scan: SerialScan) -> [(any Bindable)?] {
        [scan.number.utf8, scan.isCollected ? 1 : 0, Int64(scan.day.yyyymmdd)]
    }
}
