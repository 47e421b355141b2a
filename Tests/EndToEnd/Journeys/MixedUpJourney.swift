import FaultProxy
import Foundation
import LuckyModel
import LuckyWire
import TestSupport
import Testing

extension Journeys {
    @Test("Another driver's token: refused where it is given; what was not accepted is said")
    func mixedUp() async throws {
        let depot = try await Depot()
        let token = try await depot.office.token("drv-2", role: "driver")
        let db = depot.office.folder.path("mixed-up.sqlite")
        let hub = depot.proxy.url.absoluteString
        func lucky(_ arguments: String..., token: String = "") async throws -> Command.Result {
            try await Command.run(
                Repository.program("lucky").path, arguments + ["--db", db, "--json"],
                environment: ["LUCKY_TOKEN": token, "LUCKY_DB": "", "LANG": "C", "LC_ALL": ""])
        }
        let refused = try await lucky(
            "init", "--driver", "drv-1", "--hub", hub, "--token-file", token)
        #expect(refused.status == 3)
        #expect(
            try HubJSON.read(refused.errors, as: HubJSON.Failed.self).code == "token_of_other")
        #expect(!FileManager.default.fileExists(atPath: db), "half a store was left behind")

        // By another way the mix-up still happens: the hub keeps the tap and does not accept it.
        #expect(try await lucky("init", "--driver", "drv-1", "--hub", hub).status == 0)
        let secret = try String(contentsOfFile: token, encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try await lucky("sync", "once", token: secret).status == 0)
        let tap = try await lucky("stop", "complete", "T1", "--date", HubPlan.date)
        #expect(tap.status == 0, "\(tap.errors)")
        let synced = try await lucky("sync", "once", token: secret)
        #expect(synced.status == 3)
        #expect(try HubJSON.read(synced.errors, as: HubJSON.Failed.self).code == "not_accepted")
        let status = try await lucky("status", "--date", HubPlan.date)
        #expect(try HubJSON.read(status.output, as: PhoneJSON.Status.self).outbox.quarantined == 1)

        // The stop says so, and what was recorded can be carried to the office.
        let shown = try await lucky("stop", "show", "T1", "--date", HubPlan.date)
        #expect(try HubJSON.read(shown.output, as: Refused.Stop.self).notAccepted == 1)
        let listed = try await lucky("outbox", "list", "--quarantined")
        let change = try #require(
            try HubJSON.read(listed.output, as: Refused.self).changes.first?.change)
        let path = depot.office.folder.path("not-accepted.bin")
        let exported = try await lucky("outbox", "export", change, "--output", path)
        #expect(exported.status == 0, "\(exported.errors)")
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(try Changeset(reading: bytes).header.changeID.hex == change)
        let printed = try await lucky("outbox", "export", change)
        #expect(try HubJSON.read(printed.output, as: Refused.Bytes.self).bytes == bytes.hex)
        let none = try await lucky("outbox", "export", String(repeating: "0", count: 32))
        #expect(none.status == 3)
        #expect(try HubJSON.read(none.errors, as: HubJSON.Failed.self).code == "unknown_change")
    }

    private struct Refused: Decodable {
        struct Entry: Decodable { var change: String }
        struct Stop: Decodable { var notAccepted: Int }
        struct Bytes: Decodable { var bytes: String }

        var changes: [Entry]
    }
}
