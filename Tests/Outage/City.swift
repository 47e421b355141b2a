import Foundation
import LuckySimulation
import Synchronization

/// All depots of a city, each played by itself, and their return on few machines and many.
struct City {
    private let cause: OutageCause
    private let constants: Constants
    private let options: Options
    private let plays: [OutagePlay]
    private let seconds: Double

    init(_ cause: OutageCause, _ constants: Constants, _ options: Options) throws {
        self.cause = cause
        self.constants = constants
        self.options = options
        let began = ContinuousClock.now
        plays = try Self.play(cause, options)
        seconds = (ContinuousClock.now - began) / .seconds(1)
    }

    static var settings: OutageSettings {
        var settings = OutageSettings()
        settings.clock = { processorTime() }
        return settings
    }

    /// On all processors, each depot with a seed of its own.
    private static func play(_ cause: OutageCause, _ options: Options) throws -> [OutagePlay] {
        let results = Mutex<[Int: Result<OutagePlay, any Error>]>([:])
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(
            iterations: ProcessInfo.processInfo.activeProcessorCount
        ) { _ in
            while true {
                let number = next.add(1, ordering: .relaxed).oldValue
                guard number < options.depots else { return }
                let seed = options.seed &* 1_000_003 &+ UInt64(number)
                let result = Result { try OutageDepot.play(cause, seed: seed, settings) }
                results.withLock { $0[number] = result }
            }
        }
        return try results.withLock { results in
            try (0..<options.depots).map { number in
                guard let result = results[number] else { throw OutageError("not played") }
                return try result.get()
            }
        }
    }

    func show() throws {
        func show(_ name: String, _ value: Double, _ unit: String = "") {
            options.show("\(cause.rawValue)_\(name)", value, unit)
        }
        func sum(_ value: (OutagePlay) -> Int) -> Double {
            Double(plays.reduce(0) { $0 + value($1) })
        }
        let exchanges = plays.flatMap(\.exchanges)
        let pushes = exchanges.filter { $0.changesets > 0 }
        show("played_in", seconds, "s")
        show("taps", sum(\.taps))
        show("lost", sum(\.lost) + sum(\.pending))
        show("doubled", sum(\.doubled))
        show("tries_of_a_phone_meanwhile", sum(\.tries) / sum(\.phones.count))
        show("messages_with_taps", Double(pushes.count))
        show("bytes_of_them_compressed", Double(pushes.reduce(0) { $0 + $1.sent }))
        show("a_message", pushes.map { Double($0.cost.nanoseconds) / 1e6 }.mean, "ms")
        let again = pushes.map { Double($0.again.nanoseconds) / 1e6 }.mean
        show("the_same_again", again, "ms")
        show("a_message_writes", pushes.map { Double($0.cost.written) }.mean / 1e3, "kB")
        show("a_message_syncs", pushes.map { Double($0.cost.syncs) }.mean)
        let others = exchanges.filter { $0.changesets == 0 }
        show("another_request", others.map { Double($0.cost.nanoseconds) / 1e6 }.mean, "ms")
        let rings = plays.reduce(0) { $0 + $1.ringCost.nanoseconds }
        show(
            "a_look_at_a_waiting_line", Double(rings) / 1e6 / max(1, sum(\.rings)), "ms"
        )
        for machines in [1, 2, 4, 8, 16] {
            var here = constants.machines
            here.machines = machines
            // What the process needs beside the hub's own call.
            here.requestNanoseconds = max(0, constants.again - Int64(again * 1e6))
            let load = OutageCity.comesBack(plays, on: here)
            let name = "on_\(machines)"
            show("\(name)_all_received_after", load.drained ?? -1, "s")
            for (share, text) in [(0.5, "50"), (0.95, "95"), (0.99, "99")] {
                show("\(name)_wait_\(text)", load.wait(share), "s")
            }
            show("\(name)_requests", Double(load.requests))
            show("\(name)_repeats", Double(load.repeats))
            show("\(name)_looks_at_lines", Double(load.rings))
            show("\(name)_requests_in_a_second", Double(load.peak))
            show("\(name)_processor", load.processor, "s")
            show("\(name)_disk", load.disk, "s")
            show("\(name)_network", Double(load.bytes) / 1e6, "MB")
            let first = load.first(on: here, bytesPerSecond: Constants.networkBytesPerSecond)
            Outage.print(
                options.isJSON
                    ? #"{"name":"\#(cause.rawValue)_\#(name)_first","value":"\#(first.rawValue)"}"#
                    : "\(cause.rawValue)_\(name)_first: \(first.rawValue)")
        }
    }
}

/// Of this thread, nanoseconds: others on the machine do not count.
func processorTime() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
