import LuckyStore

/// What a phone's work costs, by what its store holds and by how many devices wrote that.
struct PhoneGrowth {
    private let records: Int
    private let devices: Int
    private var store: SyncedStore
    private var rounds: [String: [Double]] = [:]

    static func byRecords(_ options: Options, _ table: inout GrowthTable) async throws {
        let sizes = Growth.records(options).map { (records: $0, devices: 0) }
        try await measure(sizes, options, &table)
    }

    static func byDevices(_ options: Options, _ table: inout GrowthTable) async throws {
        let sizes = Growth.devices.map { (records: Growth.recordsByDevices, devices: $0) }
        try await measure(sizes, options, &table)
    }

    private static func measure(
        _ sizes: [(records: Int, devices: Int)], _ options: Options, _ table: inout GrowthTable
    ) async throws {
        let workplace = try Workplace(options)
        defer { workplace.remove() }
        var phones = try sizes.map { try PhoneGrowth(workplace, $0.records, $0.devices) }
        for _ in 0..<options.rounds {
            for index in phones.indices { try phones[index].work() }
        }
        for phone in phones { phone.store.close() }
        for _ in 0..<options.rounds {
            for index in phones.indices { try await phones[index].open() }
        }
        for phone in phones { phone.say(&table) }
    }

    private init(_ workplace: Workplace, _ records: Int, _ devices: Int) throws {
        self.records = records
        self.devices = devices
        store = try SyncedStore(
            workplace, "phone-\(records)-\(devices)", records: records, devices: devices)
    }

    private mutating func work() throws {
        let changes = Growth.changes
        note("tap", try store.tap(changes) / Double(changes) * 1e6)
        note("sync", try store.sync(edits: changes) * 1e3)
        note("pull", try store.sync(edits: changes) * 1e3)
        note("verify", try seconds { _ = try store.store.scopeDigest() } * 1e3)
        guard devices > 0 else { return }
        let taps = 10
        let busiest = try store.tapBusiest(taps)
        note("busiest_tap", busiest.seconds / Double(taps) * 1e6)
        note("busiest_bytes", Double(busiest.bytes))
        _ = try store.syncBusiest()
        note("busiest_pull", try store.syncBusiest() * 1e3)
    }

    private mutating func open() async throws { note("open", try await store.open() * 1e3) }

    private mutating func note(_ name: String, _ value: Double) {
        rounds[name, default: []].append(value)
    }

    private func say(_ table: inout GrowthTable) {
        let units = [
            ("tap", "µs"), ("sync", "ms"), ("pull", "ms"), ("verify", "ms"), ("open", "ms"),
            ("busiest_tap", "µs"), ("busiest_pull", "ms"), ("busiest_bytes", "B"),
        ]
        for (name, unit) in units {
            guard let rounds = rounds[name] else { continue }
            let isBusiest = name.hasPrefix("busiest")
            table.add(
                devices == 0 || isBusiest ? name : name + "_devices", unit, rounds,
                records: records, devices: max(devices, 1))
        }
    }
}
