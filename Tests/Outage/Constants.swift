import Foundation
import LuckyModel
import LuckySimulation
import LuckySync
import LuckyTransport

/// What one depot's hub needs of its machine, measured of real processes on loopback.
struct Constants {
    /// A machine of this kind.
    var machines = OutageMachines()
    /// What a message that comes once more costs its process, nanoseconds: HTTP, the token and gzip
    /// among it.
    private(set) var again: Int64 = 0
    private var figures: [(name: String, value: Double, unit: String)] = []

    func show(_ options: Options) {
        for (name, value, unit) in figures { options.show(name, value, unit) }
    }

    static func measured(_ options: Options) async throws -> Constants {
        var constants = Constants()
        constants.machines.cores = ProcessInfo.processInfo.activeProcessorCount
        constants.machines.memory = Int(ProcessInfo.processInfo.physicalMemory)
        let workplace = try Workplace(options)
        defer { workplace.remove() }
        try constants.measureDisk(workplace)
        try await constants.measureFewStops(workplace)
        try await constants.measureDepot(workplace)
        try await constants.measureMany(workplace, options.processes)
        return constants
    }

    private mutating func note(_ name: String, _ value: Double, _ unit: String) {
        figures.append((name, value, unit))
    }

    private mutating func measureDisk(_ workplace: Workplace) throws {
        let one = try DiskRate.secondsOfSync(in: workplace.folder("sync"), writers: 1)
        let many = try DiskRate.secondsOfSync(in: workplace.folder("syncs"), writers: 8)
        note("a_sync_of_the_disk", one * 1e3, "ms")
        note("the_same_of_eight_at_once", many * 1e3, "ms")
        machines.syncNanoseconds = Int64(many * 1e9)
        let rate = try DiskRate.bytesPerSecond(in: workplace.folder("bytes"))
        note("disk", rate / 1e6, "MB/s")
        machines.diskBytesPerSecond = Int(rate)
    }

    private mutating func measureFewStops(_ workplace: Workplace) async throws {
        var settings = City.settings
        settings.stops = 1
        settings.taps = 2
        let served = try workplace.serve(seed: 7, settings, "few", drives: false)
        defer { served.hub.end() }
        try await Task.sleep(for: .seconds(1))
        note("memory_of_a_hub_of_30_stops", served.hub.memory / 1e6, "MB")
        note("of_it_its_own_of_30_stops", served.hub.own / 1e6, "MB")
    }

    /// Thirty phones come back to one hub: what a request costs its process, all in all.
    private mutating func measureDepot(_ workplace: Workplace) async throws {
        let served = try workplace.serve(seed: 8, City.settings, "depot", drives: true)
        defer { served.hub.end() }
        let hub = served.hub
        note("memory_of_a_hub_of_600_stops", hub.memory / 1e6, "MB")
        let phones = Double(served.depot.drivers.count)
        func spent(_ name: String, _ body: () async throws -> Void) async throws -> Double {
            let (processor, written) = (hub.processor, hub.written)
            let began = ContinuousClock.now
            try await body()
            let took = (ContinuousClock.now - began) / .seconds(1)
            let each = (hub.processor - processor) / phones
            note("\(name)_processor_of_the_process", each * 1e3, "ms")
            note("\(name)_one_after_the_other", took / phones * 1e3, "ms")
            note("\(name)_written_by_the_process", (hub.written - written) / phones / 1e3, "kB")
            return each
        }
        let requests = served.requests()
        _ = try await spent("a_message") { try await served.carry(requests, absorbs: true) }
        let again = try await spent("the_same_again") {
            try await served.carry(requests, absorbs: false)
        }
        note("memory_after_them", hub.memory / 1e6, "MB")
        note("packed", requests.map { Double($0.body.count) }.mean, "bytes")
        self.again = Int64(again * 1e9)
        let lines = served.hold()
        defer { for line in lines { line.cancel() } }
        try await Task.sleep(for: .seconds(3))
        note("memory_with_30_lines", hub.memory / 1e6, "MB")
        note("threads_with_30_lines", Double(hub.threads), "threads")
        note("open_files_with_30_lines", Double(hub.files), "files")
        let before = hub.processor
        try await Task.sleep(for: .seconds(10))
        note("processor_with_idle_lines", (hub.processor - before) / 10 * 1e3, "ms/s")
    }

    /// What each of many hubs has of the memory, code and libraries being shared, when each has
    /// taken its phones' messages and holds their lines.
    private mutating func measureMany(_ workplace: Workplace, _ count: Int) async throws {
        var all: [Workplace.Served] = []
        defer { for served in all { served.hub.end() } }
        func memory() -> Double { all.reduce(0) { $0 + $1.hub.memory } / 1e6 }
        for number in 0..<count {
            all.append(
                try workplace.serve(
                    seed: UInt64(100 + number), City.settings, "many-\(number)", drives: true))
        }
        try await Task.sleep(for: .seconds(1))
        note("memory_of_\(count)_hubs", memory(), "MB")
        for served in all { try await served.carry(served.requests(), absorbs: true) }
        note("memory_of_\(count)_hubs_after_messages", memory(), "MB")
        var lines: [Task<Void, Never>] = []
        defer { for line in lines { line.cancel() } }
        for served in all { lines += served.hold() }
        try await Task.sleep(for: .seconds(5))
        note("memory_of_\(count)_hubs_with_lines", memory(), "MB")
        note("memory_of_each_of_them", memory() / Double(count), "MB")
        note("of_it_its_own", all.reduce(0) { $0 + $1.hub.own } / 1e6 / Double(count), "MB")
        machines.depotMemory = Int(memory() * 1e6) / count
    }
}
