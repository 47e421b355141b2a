import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test("A contradiction, decided over HTTP, undone, decided again; the phone shows each")
    func reviewed() async throws {
        let depot = try await Depot(stops: 3)
        let phone = try await depot.phone("drv-1")
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        try await depot.plan("cancel", "S1", "--reason", "客戶來電")
        try await phone.sync()
        let way = ["--hub", await depot.hub.ready.address, "--token-file", depot.boss]
        let listed = try await phone.lucky("review", "list")
        let mine = try #require(
            try HubJSON.read(listed.output, as: Reviews.self).reviews.first)
        #expect(mine.kind == "delivered_after_cancel" && mine.status == "open")
        #expect(listed.output.hasPrefix(#"{"reviews":[{"#))

        func office(_ arguments: String...) async throws -> Command.Result {
            try await depot.office.run(["review"] + arguments + way + ["--json"])
        }
        let shown = try await office("show", mine.review)
        #expect(shown.status == 0 && shown.output.hasPrefix(#"{"base":{"#), "\(shown.output)")
        let done = try await office(
            "resolve", mine.review, "--outcome", "kept", "--note", "費用照收")
        #expect(done.status == 0, "\(done.errors)")
        let closed = try await office("resolve", mine.review, "--outcome", "noted")
        #expect(closed.status == 3)
        #expect(try HubJSON.read(closed.errors, as: HubJSON.Failed.self).code == "review_closed")
        let unknown = try await office("show", String(repeating: "0", count: 32))
        #expect(unknown.status == 3)
        #expect(try HubJSON.read(unknown.errors, as: HubJSON.Failed.self).code == "unknown_review")

        try await phone.sync()
        var now = try await review(mine.review, phone)
        #expect(now.status == "resolved" && now.decisions.map(\.outcome) == ["kept"])
        #expect(now.decisions.first?.note == "費用照收")
        #expect(try await phone.status().reviews == 0)
        #expect(try await office("undo", mine.review).status == 0)
        try await phone.sync()
        now = try await review(mine.review, phone)
        #expect(now.status == "open" && now.decisions.map(\.stands) == [false, true])
        #expect(try await phone.status().reviews == 1)

        // In words, for the dispatcher and for the driver.
        let words = try await depot.office.run(
            ["review", "show", mine.review, "--lang", "zh-Hant"] + way)
        #expect(words.output.contains("審核　照紀錄保留，boss（總部）"), "\(words.output)")
        #expect(words.output.contains("當時不知道另一邊"), "\(words.output)")
        #expect(words.output.contains("說明「客戶來電」"), "\(words.output)")
        let none = try await phone.lucky("review", "show", "ffffffff")
        #expect(none.status == 3)
        #expect(try HubJSON.read(none.errors, as: HubJSON.Failed.self).code == "unknown_review")
        try await Judge(depot).rule()
    }

    private func review(_ id: String, _ phone: Phone) async throws -> Reviews.Review {
        let result = try await phone.lucky("review", "show", id)
        try #require(result.status == 0, "\(result.errors)")
        return try HubJSON.read(result.output)
    }

    private struct Reviews: Decodable {
        struct Review: Decodable {
            var review: String
            var kind: String
            var status: String
            var decisions: [Decision]
        }

        struct Decision: Decodable {
            var outcome: String
            var note: String?
            var stands: Bool
        }

        var reviews: [Review]
    }
}
