import Foundation
import LuckyModel
import Synchronization
import TestSupport
import Testing

@testable import LuckySimulation

/// A whole city without a network, or without its hubs, for two hours, and the return. A depot's hub
/// knows nothing of the others: what it must bear is what all must, and what a machine must bear is
/// their sum.
struct OutageTests {
    private static let minute: Int64 = 60_000

    @Test(
        "One depot: few tries meanwhile, everything received soon, nothing lost or doubled",
        arguments: OutageCause.allCases)
    func depot(_ cause: OutageCause) throws {
        let seed = Seed.current
        var settings = OutageSettings()
        settings.drivers = 10
        settings.stops = 8
        settings.taps = 15
        settings.milliseconds = 40 * Self.minute
        let play = try OutageDepot.play(cause, seed: seed, settings)
        #expect(play.taps == settings.drivers * settings.taps)
        #expect(play.pending == 0 && play.lost == 0 && play.doubled == 0, "LUCKY_SEED=\(seed)")
        // A minute apart, but for the first five.
        let tries = Double(play.tries) / Double(settings.drivers)
        #expect(tries <= 5 + 40, "LUCKY_SEED=\(seed)")
        // The taps in a message or two, the look for more, and the line that is held: of each phone.
        #expect(play.exchanges.count <= settings.drivers * 6, "LUCKY_SEED=\(seed)")
        switch cause {
        case .network: #expect(play.drained <= Self.minute / 6, "LUCKY_SEED=\(seed)")
        case .hub:
            // A breaker that is open rests a minute, each from its own last try.
            #expect(play.drained <= Self.minute + 5_000, "LUCKY_SEED=\(seed)")
            #expect(play.peak < settings.drivers * 2, "LUCKY_SEED=\(seed)")
        }
        say(
            "outage of the \(cause.rawValue): \(tries) tries a phone in 40 minutes,"
                + " drained in \(play.drained) ms, \(play.peak) requests in the busiest second")

        // Where the machines have nothing to do, the city is what was played.
        var idle = OutageMachines()
        idle.diskBytesPerSecond = .max
        let load = OutageCity.comesBack([play], on: idle)
        #expect(load.began == play.exchanges.map(\.at).sorted(), "LUCKY_SEED=\(seed)")
        #expect(load.repeats == 0 && load.late == 0 && load.wait(1) == 0)
        let drained = try #require(load.drained)
        #expect(Int64((drained * 1e3).rounded()) == play.drained, "LUCKY_SEED=\(seed)")
    }

    /// Small depots, each call of whose hub takes a millisecond by its clock.
    private static func city(_ cause: OutageCause, depots: Int) throws -> [OutagePlay] {
        let time = Mutex<Int64>(0)
        var settings = OutageSettings()
        settings.drivers = 4
        settings.stops = 4
        settings.taps = 6
        settings.milliseconds = 10 * minute
        settings.clock = {
            time.withLock {
                $0 += 1_000_000
                return $0
            }
        }
        return try (0..<depots).map { number in
            try OutageDepot.play(cause, seed: Seed.current &+ UInt64(number), settings)
        }
    }

    @Test(
        "Many depots: the sum of each, and the same that is busy first",
        arguments: OutageCause.allCases)
    func linear(_ cause: OutageCause) throws {
        let plays = try Self.city(cause, depots: 4)
        for play in plays {
            #expect(play.pending == 0 && play.lost == 0 && play.doubled == 0, "\(seed)")
        }
        for resource in [OutageResource.processor, .disk, .network, .memory] {
            var machines = OutageMachines()
            machines.syncNanoseconds = resource == .disk ? 4_000_000 : 10_000
            if resource == .network { machines.networkBytesPerSecond = 10_000 }
            if resource == .memory { machines.depotMemory = machines.memory }
            var loads: [OutageLoad] = []
            for count in [2, 4] {
                let load = OutageCity.comesBack(Array(plays.prefix(count)), on: machines)
                #expect(load.drained != nil && load.repeats == 0, "\(seed)")
                let needs = load.needs(of: count, on: machines)
                #expect(needs.first?.resource == resource, "\(seed)")
                loads.append(load)
            }
            let (half, all) = (loads[0], loads[1])
            for (less, more) in [
                (Double(half.requests), Double(all.requests)), (half.disk, all.disk),
                (Double(half.bytes), Double(all.bytes)), (half.processor, all.processor),
            ] { #expect((1.6...2.4).contains(more / less), "\(seed): \(less), \(more)") }
        }
    }

    /// A machine that is a hundred times too slow: phones give up, and send the same again.
    @Test("Who is not answered in time sends again, and everything is received all the same")
    func overload() throws {
        let plays = try Self.city(.network, depots: 2)
        var machines = OutageMachines()
        machines.cores = 1
        machines.requestNanoseconds = 6_000_000_000
        let load = OutageCity.comesBack(plays, on: machines)
        let phones = plays.reduce(0) { $0 + $1.phones.count }
        #expect(load.late > 0 && load.repeats > 0, "\(seed)")
        #expect(load.wait(0.99) > 30, "\(seed)")
        let drained = try #require(load.drained, "\(seed)")
        #expect(drained > Double(phones) * 6, "\(seed)")
        // The breaker spares a machine that is behind: no storm.
        #expect(load.requests < phones * 12, "\(seed)")
        machines.machines = 2
        let spread = OutageCity.comesBack(plays, on: machines)
        #expect(try #require(spread.drained, "\(seed)") < drained, "\(seed)")
    }

    private var seed: String { "LUCKY_SEED=\(Seed.current)" }
}
