/// How costs grow with what a store or a hub holds, and with how many devices there are:
/// `./cli/bench --growth`. What should follow the change alone is held to that.
///
/// Stores of all sizes are open side by side and measured in turns, round by round: load that comes
/// and goes hits them all.
enum Growth {
    static let devices = [1, 10, 100, 1_000]
    /// How many records there are where devices are counted.
    static let recordsByDevices = 100_000
    /// Taps, own changes of a sync, and office edits of a pull.
    static let changes = 100

    static func records(_ options: Options) -> [Int] {
        [1_000, 10_000, 100_000, 1_000_000].filter { $0 <= options.mostRecords }
    }

    /// - Returns: the exit code: 1 where something grows that should not.
    static func run(_ options: Options) async throws -> Int32 {
        var table = GrowthTable(isJSON: options.isJSON)
        try await PhoneGrowth.byRecords(options, &table)
        try await PhoneGrowth.byDevices(options, &table)
        try HubGrowth.byRecords(options, &table)
        try HubGrowth.byDevices(options, &table)
        for records in records(options) { try MemoryGrowth.measure(records, options, &table) }
        if !options.isJSON { table.printForDocs() }
        let findings = table.findings()
        for finding in findings { Bench.say(finding) }
        return findings.isEmpty ? 0 : 1
    }
}
