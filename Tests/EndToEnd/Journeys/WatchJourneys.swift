import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test("While one process watches: a tap goes out, the office's word comes in, no second pump")
    func watching() async throws {
        let depot = try await Depot()
        let phone = try await depot.phone("drv-1")
        let watch = try phone.running("sync", "watch")
        let first = try await until { watch.output.contains(#""phase":"idle""#) }
        try #require(first != nil, "\(watch.errors)")

        let second = try await phone.lucky("sync", "watch")
        #expect(second.status == 3)
        let code = try HubJSON.read(second.errors, as: HubJSON.Failed.self).code
        #expect(code == "already_syncing")

        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        let sent = try await until { try await phone.status().outbox.pending == 0 }
        #expect(try #require(sent) < .seconds(10))

        try await depot.plan("set", "S2", "--window", "14:00-16:00")
        let heard = try await until {
            let news = try await phone.lucky("route", "news", "--peek")
            return try HubJSON.read(news.output, as: PhoneJSON.News.self).news
                .contains { $0.stop == "S2" && $0.new == "14:00–16:00" }
        }
        #expect(try #require(heard) < .seconds(10))
        say("tap to hub: \(sent ?? .zero), edit to phone: \(heard ?? .zero)")

        #expect(watch.isRunning)
        _ = await watch.end(SIGTERM)
        try await Judge(depot).rule()
    }
}
