import Foundation
import LuckySimulation
import Synchronization

/// Some depots of a city, each played by itself, and the return of all, few machines and many: what
/// was played stands for as many depots as it takes.
struct City {
    private let cause: OutageCause
    private let constants: Constants
    private let options: Options
    private let plays: [OutagePlay]
    private let depots: [OutagePlay]
    private let seconds: Double

    init(_ cause: OutageCause, _ constants: Constants, _ options: Options) throws {
        self.cause = cause
        self.constants = constants
        self.options = options
        let began = ContinuousClock.now
        plays = try Self.play(cause, options)
        let played = plays
        depots = (0..<options.depots).map { played[$0 % played.count] }
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
                guard number < options.played else { return }
                let seed = options.seed &* 1_000_003 &+ UInt64(number)
                let result = Result { try OutageDepot.play(cause, seed: seed, settings) }
                results.withLock { $0[number] = result }
            }
        }
        return try results.withLock { results in
            try (0..<options.played).map { number in
                guard let result = results[number] else { throw OutageError("not played") }
                return try result.get()
            }
        }
    }

    func show() {
        showPlayed()
        for machines in [1, 2, 4, 8, 16] {
            var here = constants.machines
            here.machines = machines
            let load = OutageCity.comesBack(depots, on: here)
            show(load, on: here)
            // Where fewest send again.
            if machines == 16 { showNeeds(load, on: here) }
        }
    }

    private func showNeeds(_ load: OutageLoad, on machines: OutageMachines) {
        for (resource, needed) in load.needs(of: depots.count, on: machines) {
            show("machines_for_\(resource.rawValue)", needed, "machines")
        }
    }

    private func show(_ name: String, _ value: Double?, _ unit: String) {
        options.show("\(cause.rawValue)_\(name)", value, unit)
    }

    private var pushes: [OutageExchange] {
        plays.flatMap(\.exchanges).filter { $0.changesets > 0 }
    }

    private func showPlayed() {
        func sum(_ value: (OutagePlay) -> Int) -> Double {
            Double(plays.reduce(0) { $0 + value($1) })
        }
        let pushes = pushes
        show("depots_played", Double(plays.count), "depots")
        show("played_in", seconds, "s")
        show("taps", sum(\.taps), "taps")
        show("lost", sum(\.lost) + sum(\.pending), "taps")
        show("doubled", sum(\.doubled), "facts")
        show("tries_of_a_phone_meanwhile", sum(\.tries) / sum(\.phones.count), "requests")
        show("messages_with_taps", Double(pushes.count), "messages")
        show("a_message_compressed", pushes.map { Double($0.sent) }.mean, "bytes")
        show("a_message", pushes.map { Double($0.cost.nanoseconds) / 1e6 }.mean, "ms")
        show("the_same_again", pushes.map { Double($0.again.nanoseconds) / 1e6 }.mean, "ms")
        show("a_message_writes", pushes.map { Double($0.cost.written) }.mean / 1e3, "kB")
        show("a_message_syncs", pushes.map { Double($0.cost.syncs) }.mean, "syncs")
        let others = plays.flatMap(\.exchanges).filter { $0.changesets == 0 }
        show("another_request", others.map { Double($0.cost.nanoseconds) / 1e6 }.mean, "ms")
        let rings = plays.reduce(0) { $0 + $1.ringCost.nanoseconds }
        show("a_look_at_a_waiting_line", Double(rings) / 1e6 / max(1, sum(\.rings)), "ms")
    }

    private func show(_ load: OutageLoad, on machines: OutageMachines) {
        let name = "on_\(machines.machines)"
        show("\(name)_half_received_after", load.received(0.5), "s")
        show("\(name)_99_of_100_received_after", load.received(0.99), "s")
        show("\(name)_all_received_after", load.drained, "s")
        for (share, text) in [(0.5, "50"), (0.95, "95"), (0.99, "99")] {
            show("\(name)_wait_\(text)", load.wait(share), "s")
        }
        show("\(name)_requests", Double(load.requests), "requests")
        show("\(name)_repeats", Double(load.repeats), "requests")
        show("\(name)_late_answers", Double(load.late), "answers")
        show("\(name)_looks_at_lines", Double(load.rings), "looks")
        show("\(name)_requests_in_a_second", Double(load.peak), "requests")
        show("\(name)_processor", load.processor, "s")
        show("\(name)_disk", load.disk, "s")
        show("\(name)_network", Double(load.bytes) / 1e6, "MB")
    }
}

/// Of this thread, nanoseconds: others on the machine do not count.
func processorTime() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
