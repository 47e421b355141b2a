import FaultProxy
import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test("The hub is killed between requests and in the middle of one")
    func hubKilled() async throws {
        let depot = try await Depot(stops: 6)
        let phone = try await depot.phone("drv-1")
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        try await phone.sync()
        await depot.killHub()
        try await phone.record("S2", .delivered(["20kg": 2], cash: 1900))
        #expect(try await phone.lucky("sync", "once").status == 4)
        try await depot.startHub()
        try await phone.sync()

        // In the middle: the request is on its way while the hub dies.
        try await phone.record("S3", .delivered(["20kg": 1], cash: 950))
        try await phone.record("S4", .failed(reason: "absent"))
        depot.proxy.change { $0.delayMilliseconds = 150 }
        let before = depot.proxy.counts.requests
        async let sync = phone.lucky("sync", "once")
        _ = await depot.proxy.reached { $0.requests > before }
        await depot.killHub()
        #expect(try await sync.status == 4)
        #expect(try await phone.status().outbox.pending == 2)
        depot.proxy.change { $0.delayMilliseconds = 0 }
        try await depot.startHub()
        try await phone.record("S5", .delivered(["20kg": 2], collected: ["20kg": 2]))
        try await phone.sync()
        try await Judge(depot).rule()
    }

    @Test("The driver's process is killed while it exchanges: the next one sends the rest")
    func driverKilled() async throws {
        let depot = try await Depot(stops: 4)
        let phone = try await depot.phone("drv-1")
        depot.proxy.change { $0.delayMilliseconds = 300 }
        for number in 1...3 {
            try await phone.record("S\(number)", .delivered(["20kg": 2], cash: 1900))
            let before = depot.proxy.counts.requests
            // Once with one exchange, then with a watch; the last has reached the hub already.
            let sync = try phone.running("sync", number == 1 ? "once" : "watch")
            _ = await depot.proxy.reached { $0.requests > before }
            if number == 3 { depot.proxy.change { $0.swallowResponses = 1 } }
            if number == 3 { _ = await depot.proxy.reached { $0.swallowed > 0 } }
            #expect(await sync.end(SIGKILL) == 128 + SIGKILL)
            #expect(try await phone.status().outbox.pending > 0)
        }
        depot.proxy.change { $0 = Faults() }
        try await phone.sync()
        try await Judge(depot).rule()
    }

    @Test("The answer is lost after the hub wrote it down: sent again, it counts once")
    func answerLost() async throws {
        let depot = try await Depot(stops: 4)
        let phone = try await depot.phone("drv-1")
        for number in 1...3 {
            try await phone.record("S\(number)", .delivered(["20kg": 2], cash: 1900))
        }
        depot.proxy.change { $0.swallowResponses = 1 }
        let lost = try await phone.lucky("sync", "once")
        #expect(lost.status == 4)
        #expect(depot.proxy.counts.swallowed == 1)
        #expect(try await phone.status().outbox.pending == 3)
        let early = try await depot.dispatch("report", "day")
        #expect(early.output.contains(#""cash_cents":570000"#))
        try await phone.sync()
        try await Judge(depot).rule()
    }
}
