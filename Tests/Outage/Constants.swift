import Foundation
import LuckyModel
import LuckySimulation
import LuckySync
import LuckyTransport

/// What one depot's hub needs of its machine, measured of real processes on loopback.
struct Constants {
    /// A machine of this kind.
    var machines = OutageMachines()
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
        let message = try await spent("a_message") {
            try await served.carry(requests, absorbs: true)
        }
        let again = try await spent("the_same_again") {
            try await served.carry(requests, absorbs: false)
        }
        try compare(message, again)
        note("memory_after_them", hub.memory / 1e6, "MB")
        note("a_message_packed", requests.map { Double($0.body.count) }.mean, "bytes")
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

    /// What a process needs beside the hub's own call, which is counted where a depot is played: HTTP,
    /// the token and gzip; and with something to write, a system's files.
    private mutating func compare(_ message: Double, _ again: Double) throws {
        let play = try OutageDepot.play(.hub, seed: 8, City.settings)
        let pushes = play.exchanges.filter { $0.changesets > 0 }
        let played = pushes.map { Double($0.cost.nanoseconds) }.mean
        let playedAgain = pushes.map { Double($0.again.nanoseconds) }.mean
        let request = max(0, again * 1e9 - playedAgain)
        machines.requestNanoseconds = Int64(request)
        machines.writeNanoseconds = Int64(max(0, message * 1e9 - played - request))
        note("a_request_beside_the_call", request / 1e6, "ms")
        note("more_with_something_to_write", Double(machines.writeNanoseconds) / 1e6, "ms")
    }

    /// What each of many hubs has of the memory, code and libraries being shared, when each has
    /// taken its phones' messages and holds their lines.
    private mutating func measureMany(_ workplace: Workplace, _ count: Int) async throws {
        var all: [Workplace.Served] = []
        defer { for served in all { served.hub.end() } }
        var settings = City.settings
        settings.milliseconds /= 4
        func memory() -> Double { all.reduce(0) { $0 + $1.hub.memory } / 1e6 }
        for number in 0..<count {
            all.append(
                try workplace.serve(
                    seed: UInt64(100 + number), settings, "many-\(number)", drives: true))
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
