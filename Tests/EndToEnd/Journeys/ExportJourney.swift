import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test("A conflict from the field becomes a case that passes, without anybody's words in it")
    func exported() async throws {
        let planted = [
            "customer": "丁秀蘭", "phone": "0912-345-678", "address": "臺東市更生北路 77 號三樓",
        ]
        let depot = try await Depot(stops: 2)
        try await depot.plan(
            "set", "S1", "--customer", planted["customer"] ?? "", "--phone",
            planted["phone"] ?? "", "--address", planted["address"] ?? "")
        let phone = try await depot.phone("drv-1")
        for arguments in [
            ["stop", "note", "S1", "丁秀蘭說後門進"],
            ["stop", "suggest", "S1", "--address", "臺東市更生北路 79 號"],
            [
                "stop", "complete", "S1", "--delivered", "20kg=2", "--cash", "1900", "--recipient",
                "丁秀蘭",
            ],
        ] {
            let tapped = try await phone.run(arguments + ["--date", HubPlan.date])
            try #require(tapped.status == 0, "\(tapped.errors)")
        }
        try await depot.plan("cancel", "S1", "--reason", "丁秀蘭來電 0912-345-678")
        try await phone.sync()
        let listed = try await phone.lucky("review", "list")
        let reviews = try HubJSON.read(listed.output, as: Listed.self).reviews
        #expect(
            Set(reviews.map(\.kind)).isSuperset(of: ["delivered_after_cancel", "address_suggested"])
        )

        let folder = try TemporaryFolder()
        for (number, review) in reviews.enumerated() {
            let path = folder.path("from-the-field-\(number).json")
            let written = try await phone.lucky(
                "review", "export", review.review, "--output", path)
            try #require(written.status == 0, "\(written.errors)")
            let text = try String(contentsOfFile: path, encoding: .utf8)
            for secret in planted.values + ["丁秀蘭", "後門", "來電", "79 號", "0912"] {
                #expect(!text.contains(secret), "\(secret) is in \(text)")
            }
            // Not hidden in digits either.
            for secret in planted.values {
                let digits = Data(secret.utf8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
                #expect(!text.contains(digits.joined()), "\(secret) is in \(text)")
            }
            #expect(text.contains("\"\(review.kind)\""))
        }
        let played = try await Command.run(
            Repository.program("lucky").path, ["cases", "run", "--json", folder.url.path])
        #expect(played.status == 0, "\(played.output)\(played.errors)")
        let outcomes = try played.output.split(separator: "\n").map {
            try HubJSON.read(String($0) + "\n", as: Played.self).outcome
        }
        #expect(outcomes == reviews.map { _ in "pass" })
        #expect(await depot.hub.end() == 0)
    }

    private struct Listed: Decodable {
        struct Review: Decodable {
            var review: String
            var kind: String
        }

        var reviews: [Review]
    }

    private struct Played: Decodable { var outcome: String }
}
