import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test("Deactivated at noon: the door is shut, the phone keeps everything, and it comes later")
    func deactivated() async throws {
        let depot = try await Depot(stops: 3)
        let phone = try await depot.phone("drv-1")
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        try await phone.sync()
        try await phone.record("S2", .delivered(["20kg": 1], cash: 950))

        let way = ["--hub", await depot.hub.ready.address, "--token-file", depot.boss]
        func driver(_ arguments: String...) async throws -> Command.Result {
            try await depot.office.run(["driver"] + arguments + way + ["--json"])
        }
        let none = try await driver("list")
        #expect(try HubJSON.read(none.output, as: Listed.self).deactivated.isEmpty)
        let done = try await driver("deactivate", "drv-1")
        #expect(done.status == 0, "\(done.errors)")
        #expect(try HubJSON.read(done.output, as: Decided.self).isRepeat == false)
        let again = try await driver("deactivate", "drv-1")
        #expect(try HubJSON.read(again.output, as: Decided.self).isRepeat)
        let listed = try HubJSON.read(try await driver("list").output, as: Listed.self)
        #expect(listed.deactivated.map(\.driver) == ["drv-1"])
        #expect(listed.deactivated.map(\.by) == ["boss"])

        // Nothing goes, nothing is lost, and taps go on.
        #expect(try await phone.lucky("sync", "once").status == 3)
        try await phone.record("S3", .failed(reason: "absent"))
        #expect(try await phone.status().outbox.pending == 2)
        let himself = try await driver("deactivate", "boss")
        #expect(himself.status == 3)
        #expect(try HubJSON.read(himself.errors, as: HubJSON.Failed.self).code == "not_yourself")

        let words = try await depot.office.run(
            ["driver", "activate", "drv-1", "--lang", "zh-Hant"] + way)
        #expect(words.status == 0 && words.output.contains("已啟用 drv-1"), "\(words.output)")
        // Under a new token, since the phone asks for one once it was refused.
        let good = try await depot.office.token("drv-1", role: "driver")
        #expect(try await phone.lucky("login", "--token-file", good).status == 0)
        try await phone.sync()
        #expect(try await phone.status().outbox.pending == 0)
        try await Judge(depot).rule()
    }

    private struct Listed: Decodable {
        struct Person: Decodable {
            var driver: String
            var by: String
        }

        var deactivated: [Person]
    }

    private struct Decided: Decodable { var isRepeat: Bool }
}
