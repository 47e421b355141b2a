import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test(
        "A day goes wrong: settled, noted, rescheduled, a route off, and somebody's words dropped")
    func books() async throws {
        let depot = try await Depot(stops: 4)
        let phone = try await depot.phone("drv-1")
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1800))
        try await phone.record("S1", .noted("丁秀蘭代收"))
        try await phone.record("S2", .failed(reason: "absent"))
        try await phone.sync()

        func office(_ arguments: String...) async throws -> Command.Result {
            try await depot.office.run(
                arguments + [
                    "--hub", await depot.hub.ready.address, "--token-file", depot.boss, "--date",
                    HubPlan.date, "--json",
                ])
        }
        func refused(_ result: Command.Result, _ code: String) throws {
            #expect(result.status == 3, "\(result.output)")
            #expect(try HubJSON.read(result.errors, as: HubJSON.Failed.self).code == code)
        }
        let id = "00112233445566778899aabb"
        let settled = try await office("settle", "S1", "--id", id)
        #expect(settled.status == 0, "\(settled.errors)")
        #expect(try HubJSON.read(settled.output, as: Recorded.self).facts == ["settled"])
        let again = try await office("settle", "S1", "--id", id)
        #expect(try HubJSON.read(again.output, as: Recorded.self).isRepeat)
        try refused(try await office("settle", "S1"), "already_settled")
        try refused(try await office("settle", "S3"), "still_open")
        #expect(try await depot.reviews().map(\.kind) == ["cash_differs"])

        #expect(try await office("note", "S1", "差額已問過").status == 0)
        #expect(
            try await office(
                "plan", "reschedule", "S2", "--to-date", HubPlan.date, "--to-route", "R2"
            )
            .status == 0)
        try refused(
            try await office(
                "plan", "reschedule", "S3", "--to-date", HubPlan.date, "--to", "drv-2"),
            "not_failed")
        #expect(try await office("plan", "cancel-route", "R1").status == 0)
        try refused(try await office("redact", "S3", "--all", "--yes"), "still_open")
        try refused(try await office("redact", "S1", "--all"), "needs_yes")
        let redacted = try await office("redact", "S1", "--all", "--yes")
        #expect(redacted.status == 0, "\(redacted.errors)")
        try refused(try await office("redact", "S1", "--all", "--yes"), "nothing_personal")

        try await phone.sync()
        let first = try await phone.stop("S1")
        #expect(first.status == "delivered" && !first.isHandedOver)
        // What went back to dispatch is locked here, and on no route any more.
        #expect(try await phone.stop("S3").isHandedOver)
        let shown = try await phone.lucky("route", "show", "--date", HubPlan.date)
        #expect(shown.status == 0 && !shown.output.contains("\"S3\""), "\(shown.output)")
        for file in [phone.db, phone.db + "-wal", depot.office.db, depot.office.db + "-wal"]
        where FileManager.default.fileExists(atPath: file) {
            let bytes = try Data(contentsOf: URL(filePath: file))
            #expect(bytes.range(of: Data("丁秀蘭".utf8)) == nil, "\(file)")
        }
        let words = try await depot.office.run([
            "note", "S1", "再一張", "--hub", await depot.hub.ready.address, "--token-file",
            depot.boss, "--date", HubPlan.date, "--lang", "zh-Hant",
        ])
        #expect(words.output.contains("已加備註"), "\(words.output)")
        try await phone.sync()
        try await Judge(depot).rule()
    }

    private struct Recorded: Decodable {
        var facts: [String]?
        var isRepeat: Bool
    }
}
