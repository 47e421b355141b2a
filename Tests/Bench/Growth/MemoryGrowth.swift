/// The most memory of processes that take in or send off all there is: it should follow the page, not
/// the backlog.
enum MemoryGrowth {
    /// It differs little from run to run, and a million records take their time.
    private static func rounds(_ records: Int) -> Int { records < 1_000_000 ? 3 : 1 }

    static func measure(_ records: Int, _ options: Options, _ table: inout GrowthTable) throws {
        let workplace = try Workplace(options)
        defer { workplace.remove() }
        let stops = records / SyncedStore.recordsPerStop
        var filling: [Double] = []
        var sending: [Double] = []
        var serving: [Double] = []
        let hub = try workplace.folder("memory-hub", on: .disk)
        _ = try Child.peak("fill-hub", hub, stops)
        for _ in 0..<min(options.rounds, rounds(records)) {
            let phone = try workplace.folder("memory", on: .tmpfs)
            let empty = try Child.peak("empty", phone)
            filling.append(try Child.peak("bootstrap", phone, stops) - empty)
            _ = try Child.peak("taps", phone, stops)
            sending.append(try Child.peak("drain", phone, stops) - empty)
            serving.append(try Child.peak("serve", hub, stops) - empty)
        }
        table.add("bootstrap_memory", "MB", filling, records: records)
        table.add("sync_memory", "MB", sending, records: records)
        table.add("serve_memory", "MB", serving, records: records)
    }
}
