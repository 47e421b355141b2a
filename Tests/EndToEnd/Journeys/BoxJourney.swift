import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test("Handed in and counted on the phone, told at the office: in both languages and widths")
    func box() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        for tap in [["in", "--float", "500"], ["drop", "100"], ["out", "--counted", "350"]] {
            let run = try await phone.run(["shift"] + tap)
            try #require(run.status == 0, "\(tap): \(run.errors)")
            #expect(run.output.contains("count_differs") == (tap[0] == "out"), "\(run.output)")
        }
        try await phone.sync()
        let report =
            ["report", "day", "--hub", await depot.hub.ready.address, "--token-file", depot.boss]
        let json = try await depot.office.run(report + ["--json"])
        let told = try HubJSON.read(json.output, as: BoxReport.self).shifts
        #expect(told.map(\.driver) == ["drv-1"] && told.map(\.differenceCents) == [-5_000])
        #expect(told.flatMap(\.drops).map(\.amountCents) == [10_000])
        for (language, words) in [("en", "Counted NT$350"), ("zh-Hant", "清點 NT$350")] {
            for columns in [80, 40] as [UInt16] {
                let screen = try await PseudoTerminal.run(
                    Repository.program("lucky-hub").path, report + ["--lang", language],
                    columns: columns, environment: LonePhone.environment)
                #expect(screen.output.contains(words), "\(screen.output)")
                #expect(screen.output.contains("NT$100"))
                for line in screen.output.split(separator: "\n") {
                    #expect(TerminalTests.width(line) <= Int(columns), "\(line)")
                }
            }
        }
        let years = try await depot.office.run(report + ["--lang", "en", "--roc"]).output
        #expect(years.contains(/\b1\d\d\/\d\d\/\d\d/) && !years.contains(/20\d\d-\d\d/), "\(years)")
        // A slip of the finger is said with the way back.
        let again = try await phone.run(["shift", "drop", "100", "--dry-run"])
        #expect(again.output.contains("same_again") && again.status == 0, "\(again)")
        let other = try await phone.run(["shift", "drop", "90", "--dry-run"])
        #expect(!other.output.contains("same_again"))
        let add = ["stop", "add", "--customer", "甲", "--date", HubPlan.date]
        #expect(
            try await !phone.run(add + ["--delivered", "20kg=1"]).output.contains("same_again"))
        for (count, isSame) in [("20kg=2", false), ("20kg=1", true)] {
            let run = try await phone.run(add + ["--delivered", count])
            #expect(run.output.contains("same_again") == isSame, "\(run)")
            #expect(try CommandSchema.faults(of: run.output, "stop-add") == [])
        }
        // Both were typed wrong; when the shift ended is as it was.
        let ended = told.map(\.endedMs)
        for tap in [["--float", "600"], ["--counted", "480"], ["--counted", "490"]] {
            let run = try await phone.run(["shift", "correct"] + tap)
            try #require(run.status == 0, "\(tap): \(run.errors)")
            #expect(try CommandSchema.faults(of: run.output, "shift-correct") == [])
        }
        for (words, status) in [
            (["--float", "600", "--counted", "1"], 64), (["--counted", "1", "--drop", "ab"], 64),
            (["5", "--shift", "ab"], 64), (["--counted", "-1"], 64), ([], 64),
        ] as [([String], Int32)] {
            #expect(try await phone.run(["shift", "correct"] + words).status == status, "\(words)")
        }
        try await phone.sync()
        let mended = try HubJSON.read(
            try await depot.office.run(report + ["--json"]).output, as: BoxReport.self
        ).shifts
        #expect(mended.map(\.differenceCents) == [-1_000] && mended.map(\.endedMs) == ended)
    }
}

private struct BoxReport: Decodable {
    struct Shift: Decodable {
        struct Drop: Decodable { var amountCents: Int64 }
        var driver: String
        var differenceCents: Int64
        var drops: [Drop]
        var endedMs: Int64?
    }
    var shifts: [Shift]
}
