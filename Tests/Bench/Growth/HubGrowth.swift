import Foundation
import LuckyHub

/// What it costs a hub to accept an update and to serve an edit, by what it holds and by how many
/// devices send to it.
struct HubGrowth {
    private let records: Int
    private let devices: Int
    private let scene: HubScene
    /// Stops that a message of 100 facts touches, and that the office edits before a pull.
    private let stops: Int
    private var accept: [Double] = []
    private var serve: [Double] = []

    /// One device, each fact at another stop.
    static func byRecords(_ options: Options, _ table: inout GrowthTable) throws {
        let sizes = Growth.records(options).map { (records: $0, devices: 1) }
        try measure(sizes, stops: Growth.changes, "", options, &table)
    }

    /// Each driver has a part of the same stops: a message is as few stops as a driver has where there
    /// are the most of them, or it would be cheaper the more there are.
    static func byDevices(_ options: Options, _ table: inout GrowthTable) throws {
        let sizes = Growth.devices.map { (records: Growth.recordsByDevices, devices: $0) }
        let all = Growth.recordsByDevices / SyncedStore.recordsPerStop
        let fewest = all / (Growth.devices.max() ?? 1)
        try measure(sizes, stops: fewest, "_devices", options, &table)
    }

    private static func measure(
        _ sizes: [(records: Int, devices: Int)], stops: Int, _ suffix: String, _ options: Options,
        _ table: inout GrowthTable
    ) throws {
        let workplace = try Workplace(options)
        defer { workplace.remove() }
        var hubs = try sizes.map {
            try HubGrowth(workplace, $0.records, $0.devices, stops: stops)
        }
        for _ in 0..<options.rounds {
            for index in hubs.indices { try hubs[index].work() }
        }
        for hub in hubs {
            table.add(
                "accept" + suffix, "µs", hub.accept, records: hub.records, devices: hub.devices)
        }
        for hub in hubs {
            table.add(
                "serve" + suffix, "µs", hub.serve, records: hub.records, devices: hub.devices)
            try hub.scene.hub.close()
        }
    }

    private init(
        _ workplace: Workplace, _ records: Int, _ devices: Int, stops: Int
    ) throws {
        self.records = records
        self.devices = devices
        self.stops = stops
        scene = try HubScene(
            in: try workplace.folder("hub-\(records)-\(devices)", on: .disk),
            stops: max(devices, records / SyncedStore.recordsPerStop), drivers: devices)
    }

    /// Ten messages of a hundred updates; then what the office edits is asked for.
    private mutating func work() throws {
        var took = 0.0
        for _ in 0..<10 {
            let message = try scene.nextMessage(over: stops)
            var answer = SyncAnswer(body: Data(), hasNews: false)
            took += try seconds { answer = try scene.sync(message) }
            try message.sender.take(answer)
        }
        accept.append(took / 1_000 * 1e6)
        let asking = try scene.edit(stops)
        var answer = SyncAnswer(body: Data(), hasNews: false)
        let body = asking.request([])
        let serving = try seconds {
            answer = try scene.hub.sync(body, as: asking.credential, now: scene.tick())
        }
        try asking.take(answer)
        serve.append(serving / Double(stops) * 1e6)
    }
}
