import FaultProxy
import TestSupport
import Testing

extension Journeys {
    @Test("A day without network: every tap is kept, and one sync sends them all")
    func offlineDay() async throws {
        let depot = try await Depot(stops: 8)
        let phone = try await depot.phone("drv-1")
        depot.proxy.change { $0.deadZone = true }
        for number in 1...6 {
            try await phone.record("S\(number)", .arrived)
            try await phone.record(
                "S\(number)", .delivered(["20kg": 2], collected: ["20kg": number % 3], cash: 1900))
        }
        try await phone.record("S7", .failed(reason: "absent"))
        try await phone.record("S8", .noted("門鈴壞了"))
        #expect(try await phone.status().outbox.pending == 14)
        let offline = try await phone.lucky("sync", "once")
        #expect(offline.status == 4)
        #expect(try HubJSON.read(offline.errors, as: HubJSON.Failed.self).code == "offline")
        #expect(try await phone.status().outbox.pending == 14)
        depot.proxy.change { $0.deadZone = false }
        try await phone.sync()
        try await Judge(depot).rule(syncing: false)
    }

    @Test("Reassigned while the old driver delivered: the delivery stands, and a review says so")
    func reassigned() async throws {
        let depot = try await Depot()
        let (old, new) = (try await depot.phone("drv-1"), try await depot.phone("drv-2"))
        try await depot.plan("reassign", "S2", "--to", "drv-2")
        try await old.record("S2", .delivered(["20kg": 2], collected: ["20kg": 2], cash: 1900))
        try await new.sync()
        #expect(try await new.stop("S2").status == "pending")
        try await old.sync()
        try await new.sync()
        let seen = try await new.stop("S2")
        #expect(seen.status == "delivered" && seen.delivered == ["20kg": 2])
        #expect(seen.reviews == ["delivered_after_reassign"])
        let reviews = try await depot.reviews()
        #expect(reviews.map(\.kind) == ["delivered_after_reassign"])
        #expect(reviews.map(\.stop) == ["S2"])
        try await Judge(depot).rule()
    }

    @Test("Cancelled while delivered: gas that changed hands stays delivered")
    func cancelled() async throws {
        let depot = try await Depot()
        let phone = try await depot.phone("drv-1")
        try await depot.plan("cancel", "S1", "--reason", "moved")
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        try await phone.sync()
        #expect(try await phone.stop("S1").status == "delivered")
        #expect(try await depot.reviews().map(\.kind) == ["delivered_after_cancel"])
        // One that was cancelled and seen is refused.
        try await depot.plan("cancel", "S2")
        try await phone.sync()
        let late = try await phone.tap("S2", .delivered(["20kg": 2], cash: 1900))
        #expect(late.status == 3)
        try await Judge(depot).rule()
    }

    @Test("Part of the order: what was handed over counts, not what was ordered")
    func partial() async throws {
        let depot = try await Depot()
        let phone = try await depot.phone("drv-1")
        try await phone.record(
            "S1", .delivered(["20kg": 1, "16kg": 1], collected: ["20kg": 3], cash: 950))
        #expect(try await phone.stop("S1").status == "partially_delivered")
        try await phone.record("S2", .delivered(["20kg": 2]))
        try await phone.sync()
        #expect(try await phone.stop("S1").delivered == ["20kg": 1, "16kg": 1])
        try await Judge(depot).rule()
    }

    @Test("Nobody at home, then another attempt that the office grants")
    func retried() async throws {
        let depot = try await Depot()
        let phone = try await depot.phone("drv-1")
        try await phone.record("S1", .failed(reason: "absent"))
        try await phone.sync()
        let early = try await phone.tap("S1", .delivered(["20kg": 2], cash: 1900))
        #expect(early.status == 3)
        try await depot.plan("reopen", "S1")
        try await phone.sync()
        let again = try await phone.stop("S1")
        #expect(again.status == "pending" && again.attempt == 2)
        try await phone.record("S1", .delivered(["20kg": 2], collected: ["20kg": 1], cash: 1900))
        try await phone.sync()
        #expect(try await phone.stop("S1").status == "delivered")
        try await Judge(depot).rule()
    }
}
