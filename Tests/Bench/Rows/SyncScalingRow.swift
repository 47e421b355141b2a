/// One sync of 200 own changes and 200 of the office's, at the store: once where it holds a million
/// records, once where it holds ten thousand. The cost should follow the change, not the store.
struct SyncScalingRow: BenchRow {
    let name = "sync_scaling"
    let unit = "ms"
    let better = Better.lower
    let referenceName = "store of 10,000 records"
    let isShort = false

    private static let changes = 200

    func measure(_ workplace: Workplace) async throws -> Measurement {
        var small = try SyncedStore(workplace, "small", records: 10_000)
        var large = try SyncedStore(workplace, "large", records: 1_000_000)
        defer {
            small.close()
            large.close()
        }
        var result = Measurement()
        for _ in 0..<workplace.rounds {
            let reference = try Self.sync(&small)
            result.rounds.append(.init(ours: try Self.sync(&large), reference: reference))
        }
        result.note = """
            the store's part of it; both files in the system's memory. What grows: pages of each \
            stop's own, which the small store has in SQLite's. What was tried and what is left: \
            DeviceSpeed, beside the store's sources
            """
        return result
    }

    /// Milliseconds.
    private static func sync(_ side: inout SyncedStore) throws -> Double {
        _ = try side.tap(changes)
        return try side.sync(edits: changes) * 1_000
    }
}
