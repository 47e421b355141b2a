import Foundation
import TestSupport
import Testing

extension Journeys {
    private struct Listed: Decodable {
        var reviews: [Review]

        struct Review: Decodable {
            var kind: String
            var review: String
        }
    }

    @Test("Whoever judges money sees what the records come to now, and whether they agree")
    func evidence() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        try await depot.plan("set", "S1", "--price", "2000")
        try await phone.sync()
        let list = try await depot.dispatch("review", "list")
        let review = try #require(
            try HubJSON.read(list.output, as: Listed.self).reviews
                .first { $0.kind == "price_changed" }
        ).review
        let address = await depot.hub.ready.address
        func shown(_ language: String) async throws -> [String] {
            let mine = try await Command.run(
                Repository.program("lucky").path,
                ["review", "show", review, "--db", phone.db, "--lang", language])
            let theirs = try await depot.office.run([
                "review", "show", review, "--hub", address, "--token-file", depot.boss, "--lang",
                language,
            ])
            try #require(mine.status == 0 && theirs.status == 0, "\(mine.errors)\(theirs.errors)")
            return [mine.output, theirs.output]
        }
        for text in try await shown("en") {
            #expect(
                text.contains(
                    "now       handed over 2 × 20 kg, cash NT$1,900, the order's price NT$2,000"),
                "\(text)")
            #expect(!text.contains("agree"))
        }
        try await depot.plan("set", "S1", "--price", "1900")
        try await phone.sync()
        for text in try await shown("en") { #expect(text.contains("cash and price agree")) }
        for text in try await shown("zh-Hant") { #expect(text.contains("現金和價格相符")) }
    }
}
