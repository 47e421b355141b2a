import FaultProxy
import Foundation
import TestSupport
import Testing

/// Two drivers' programs and a hub's, behind a faulty link. Beside the journeys: it mostly waits.
@Suite struct ChaosJourney {
    /// What goes wrong between and around two processes, one kind after the other.
    private enum Trouble: CaseIterable {
        case delay, drop, cut, halfClose, flipRequest, flipResponse, trickle, swallow, duplicate
        case portal, deadZone, hubKilled, hubPaused, watchKilled, watchPaused

        /// The link's faults; nil for what happens to a process.
        func link(_ faults: inout Faults) {
            switch self {
            case .delay: faults.delayMilliseconds = 200
            case .drop: faults.dropPerMille = 1000
            case .cut: faults.cutPerMille = 1000
            case .halfClose: faults.halfClosePerMille = 1000
            case .flipRequest: faults.flipRequestPerMille = 1000
            case .flipResponse: faults.flipResponsePerMille = 1000
            case .trickle: faults.trickleMilliseconds = 2
            case .swallow: faults.swallowPerMille = 1000
            case .duplicate: faults.duplicatePerMille = 1000
            case .portal: faults.portal = true
            case .deadZone: faults.deadZone = true
            case .hubKilled, .hubPaused, .watchKilled, .watchPaused: break
            }
        }

        /// How often it struck.
        func strikes(_ counts: FaultCounts) -> Int? {
            switch self {
            case .delay: counts.delayed
            case .drop: counts.dropped
            case .cut: counts.cut
            case .halfClose: counts.halfClosed
            case .flipRequest: counts.flippedRequests
            case .flipResponse: counts.flippedResponses
            case .trickle: counts.trickled
            case .swallow: counts.swallowed
            case .duplicate: counts.duplicated
            case .portal: counts.portals
            case .deadZone: counts.refused
            case .hubKilled, .hubPaused, .watchKilled, .watchPaused: nil
            }
        }
    }

    /// Of what is left when the silence begins: a breaker that has just opened rests for 60 s.
    @Test("Everything goes wrong, on the link and with both sides; then silence, and all drains")
    func chaos() async throws {
        var random = SeededGenerator.current()
        let depot = try await Depot(stops: 6, others: 6)
        let watcher = try await depot.phone("drv-1")
        let byHand = try await depot.phone("drv-2")
        var watch = try watcher.running("sync", "watch")
        for (round, trouble) in Trouble.allCases.shuffled(using: &random).enumerated() {
            let before = trouble.strikes(depot.proxy.counts)
            depot.proxy.change { trouble.link(&$0) }
            switch trouble {
            case .hubKilled: await depot.killHub()
            case .hubPaused: await depot.hub.signal(SIGSTOP)
            case .watchKilled: _ = await watch.end(SIGKILL)
            case .watchPaused: watch.signal(SIGSTOP)
            default: break
            }
            try await tap(round, watcher, "S")
            try await tap(round, byHand, "T")
            // By hand the probe of an open breaker goes at once, so that every kind strikes.
            let sync = try byHand.running("sync", "once")
            if let before {
                _ = try await until(.seconds(20)) {
                    trouble.strikes(depot.proxy.counts) ?? 0 > before || !sync.isRunning
                }
                #expect(
                    trouble.strikes(depot.proxy.counts) ?? 0 > before, "\(trouble), \(random)")
            } else {
                // How long a process is away.
                try await Task.sleep(for: .milliseconds(Int.random(in: 0..<600, using: &random)))
            }
            switch trouble {
            case .hubKilled: try await depot.startHub()
            case .hubPaused: await depot.hub.signal(SIGCONT)
            case .watchKilled: watch = try watcher.running("sync", "watch")
            case .watchPaused: watch.signal(SIGCONT)
            default: break
            }
            _ = await sync.end(Bool.random(using: &random) ? SIGKILL : 0)
            depot.proxy.change { $0 = Faults() }
        }
        let other = try byHand.running("sync", "watch")
        let drained = try await until(.seconds(130)) {
            let waiting = try await [watcher.status(), byHand.status()].map(\.outbox.pending)
            return waiting == [0, 0]
        }
        say("All drained \(drained ?? .zero) after the chaos, \(random)")
        #expect(try #require(drained, "\(random)") <= .seconds(120), "\(random)")
        #expect(watch.isRunning && other.isRunning)
        _ = await watch.end(SIGTERM)
        _ = await other.end(SIGTERM)
        try await Judge(depot).rule()
    }

    /// What a day is made of, a tap each round; a note closes no stop.
    private func tap(_ round: Int, _ phone: Phone, _ stops: String) async throws {
        let stop = "\(stops)\(round % 6 + 1)"
        switch round {
        case 0..<6: try await phone.record(stop, .noted("第\(round)次"))
        case 6..<11: try await phone.record(stop, .delivered(["20kg": 2], cash: 1900))
        case 11: try await phone.record(stop, .failed(reason: "absent"))
        default: try await phone.record(stop, .noted("補充\(round)"))
        }
    }
}
