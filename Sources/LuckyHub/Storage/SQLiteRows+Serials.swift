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

    func scans(like scan: SerialScan) throws -> [(stop: EntityID, ref: FactRef)] {
        try all(
            """
            SELECT entity, change_id, change_index FROM serial
            WHERE serial = ? AND side = ? AND day = ? ORDER BY entity, change_id, change_index
            """, key(scan)
        ) {
            (
                try $0.entity(0),
                FactRef(change: try $0.id(1), index: Int(try $0.integer(2)))
            )
        }
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
