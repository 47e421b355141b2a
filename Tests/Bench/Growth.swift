import Foundation
import LuckyHub
import LuckyStore

/// How costs grow with what a store or a hub holds, and with how many devices there are:
/// `./cli/bench --growth`. What should follow the change alone is held to that.
struct Growth {
    private static let records = [1_000, 10_000, 100_000, 1_000_000]
    private static let devices = [1, 10, 100, 1_000]
    private static let changes = 100

    /// One figure of the table.
    struct Cell {
        var name: String
        var unit: String
        var records: Int
        var devices: Int
        var value: Double

        var json: String {
            """
            {"name":\(name.quoted),"unit":\(unit.quoted),"records":\(records),\
            "devices":\(devices),"value":\(value.short)}
            """
        }
    }

    /// What may grow, and by how much from ten thousand records (ten devices) to the most.
    private static let shapes: [(name: String, most: Double)] = [
        // A tree a level deeper, and pages that are in no cache.
        ("tap", 3), ("sync", 3), ("pull", 3), ("open", 3), ("accept", 3),
        ("accept_devices", 3), ("bootstrap_memory", 1.5), ("sync_memory", 1.5),
        // Reads all that is in scope, by its nature.
        ("verify", 150),
    ]

    private let options: Options
    private var cells: [Cell] = []

    /// - Returns: the exit code: 1 where something grows that should not.
    static func run(_ options: Options) async throws -> Int32 {
        var growth = Growth(options: options)
        for records in Self.records { try await growth.phone(records) }
        for records in Self.records { try growth.hub(records, devices: 10, name: "accept") }
        for devices in Self.devices {
            try growth.hub(100_000, devices: devices, name: "accept_devices")
        }
        for records in Self.records.dropLast() { try growth.memory(records) }
        return growth.judge()
    }

    private init(options: Options) { self.options = options }

    private mutating func say(
        _ name: String, _ unit: String, _ value: Double, records: Int, devices: Int = 1
    ) {
        let cell = Cell(
            name: name, unit: unit, records: records, devices: devices, value: value)
        cells.append(cell)
        let line =
            options.isJSON
            ? cell.json
            : "\(name.padded(to: 18)) \(value.short.padded(to: 10)) \(unit.padded(to: 4))"
                + " at \(records) records, \(devices) devices"
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    private mutating func phone(_ records: Int) async throws {
        let workplace = try Workplace(options)
        defer { workplace.remove() }
        var store = try SyncedStore(workplace, "phone", records: records)
        var (tap, sync, pull, verify): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        for _ in 0..<options.rounds {
            tap.append(try store.tap(Self.changes) / Double(Self.changes))
            sync.append(try store.sync(edits: Self.changes))
            pull.append(try store.sync(edits: Self.changes))
            verify.append(try seconds { _ = try store.store.scopeDigest() })
        }
        store.close()
        var open: [Double] = []
        for _ in 0..<options.rounds { open.append(try await store.open()) }
        say("tap", "µs", tap.median * 1e6, records: records)
        say("sync", "ms", sync.median * 1e3, records: records)
        say("pull", "ms", pull.median * 1e3, records: records)
        say("verify", "ms", verify.median * 1e3, records: records)
        say("open", "ms", open.median * 1e3, records: records)
    }

    /// What an update costs that a hub takes.
    private mutating func hub(_ records: Int, devices: Int, name: String) throws {
        let workplace = try Workplace(options)
        defer { workplace.remove() }
        let scene = try HubScene(
            in: try workplace.folder("hub", on: .disk),
            stops: max(devices, records / SyncedStore.recordsPerStop), drivers: devices)
        var rounds: [Double] = []
        for _ in 0..<options.rounds {
            var took = 0.0
            for _ in 0..<10 {
                let message = try scene.nextMessage()
                var answer = SyncAnswer(body: Data(), hasNews: false)
                took += try seconds { answer = try scene.sync(message) }
                try message.sender.take(answer)
            }
            rounds.append(took / 1_000)
        }
        say(name, "µs", rounds.median * 1e6, records: records, devices: devices)
    }

    /// The most memory of a process that fills an empty store, and of one that packs what waits.
    private mutating func memory(_ records: Int) throws {
        let workplace = try Workplace(options)
        defer { workplace.remove() }
        let folder = try workplace.folder("memory", on: .tmpfs)
        let empty = try Child.peak("empty", folder)
        let stops = records / SyncedStore.recordsPerStop
        let filling = try Child.peak("bootstrap", folder, stops)
        say("bootstrap_memory", "MB", filling - empty, records: records)
        say("sync_memory", "MB", try Child.peak("backlog", folder, stops) - empty, records: records)
    }

    private func judge() -> Int32 {
        var isWrong = false
        for (name, most) in Self.shapes {
            let row = cells.filter { $0.name == name }
            guard row.count > 2, let last = row.last, row[1].value > 0 else { continue }
            let factor = last.value / row[1].value
            guard factor > most else { continue }
            isWrong = true
            Bench.say("\(name) grows × \(factor.short) from the second to the last, not × \(most)")
        }
        return isWrong ? 1 : 0
    }
}
