internal import LuckyModel
internal import LuckyStore

/// Every row that a phone shows follows from the bytes that it keeps.
struct RowsChecker: SwarmChecker {
    static let name = "rows"

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] {
        try run.living.flatMap { device in
            try device.store?.verifyRows().map { .at(device.name, .rowDifference($0)) } ?? []
        }
    }
}
