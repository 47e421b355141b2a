import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test("The office corrects a record: the driver's phone says so, and his sums follow")
    func corrected() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        try await phone.record("S1", .delivered(["20kg": 12], cash: 1900))
        try await phone.sync()

        func office(_ arguments: String...) async throws -> Command.Result {
            try await depot.office.run(
                arguments + [
                    "--hub", await depot.hub.ready.address, "--token-file", depot.boss, "--date",
                    HubPlan.date, "--json",
                ])
        }
        func refused(_ result: Command.Result, _ status: Int32, _ code: String) throws {
            #expect(result.status == status, "\(result.output)")
            #expect(try HubJSON.read(result.errors, as: HubJSON.Failed.self).code == code)
        }
        let counted = try await office(
            "correct", "S1", "--delivered", "20kg=2", "--reason", "單據寫兩桶")
        #expect(counted.status == 0, "\(counted.errors)")
        let paid = try await office("correct", "S1", "--cash", "1800", "--reason", "點過錢")
        #expect(paid.status == 0, "\(paid.errors)")
        try refused(
            try await office("correct", "S2", "--withdraw", "handover", "--reason", "x"), 3,
            "nothing_to_correct")
        try refused(
            try await office("correct", "S1", "--delivered", "20kg=0", "--reason", "x"), 64,
            "nothing_handed_over")
        let both = try await office(
            "correct", "S1", "--cash", "1", "--withdraw", "cash", "--reason", "x")
        #expect(both.status == 64)

        try await phone.sync()
        let news = try await phone.lucky("route", "news", "--peek")
        let items = try HubJSON.read(news.output, as: News.self).news
        #expect(items.map(\.kind) == ["corrected", "corrected"], "\(news.output)")
        #expect(items.flatMap { $0.reasons ?? [] }.sorted() == ["單據寫兩桶", "點過錢"].sorted())
        let words = try await Command.run(
            Repository.program("lucky").path,
            ["route", "news", "--db", phone.db, "--lang", "zh-Hant"],
            environment: ["LUCKY_TOKEN": "", "LUCKY_DB": ""])
        #expect(words.output.contains("辦公室更正了"), "\(words.output)")
        #expect(
            try HubJSON.read(
                try await phone.lucky("route", "news", "--peek").output, as: News.self
            ).news.isEmpty)
        let stop = try await phone.stop("S1")
        #expect(stop.status == "delivered" && stop.delivered == ["20kg": 2])
        let cash = try await phone.lucky("cash", "--date", HubPlan.date)
        #expect(cash.output.contains("180000"), "\(cash.output)")
    }

    private struct News: Decodable {
        var news: [Item]

        struct Item: Decodable {
            var kind: String
            var reasons: [String]?
        }
    }
}
