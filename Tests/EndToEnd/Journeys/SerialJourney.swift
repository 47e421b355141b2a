import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test("One cylinder's number at two customers: the depot reviews it; a meter is read twice")
    func serials() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        let other = try await depot.phone("drv-2")
        let day = ["--date", HubPlan.date]
        let done = try await phone.run(
            [
                "stop", "complete", "S1", "--serial", "B-2", "--serial", "A-1",
                "--collected-serial",
                "C-3", "--collected", "20kg=1", "--residual-kg", "3.5",
            ] + day)
        try #require(done.status == 0, "\(done.errors)")
        let recorded = [
            #""serials":["A-1","B-2"]"#, #""collected_serials":["C-3"]"#, #""residual_g":3500"#,
        ]
        for part in recorded { #expect(done.output.contains(part), "\(done.output)") }
        let twice = try await other.run(["stop", "complete", "T1", "--serial", "A-1"] + day)
        try #require(twice.status == 0, "\(twice.errors)")
        for bad in ["", "A\nB"] {
            let refused = try await phone.run(
                ["stop", "complete", "S2", "--serial", bad] + day)
            #expect([3, 64].contains(refused.status), "\(refused.output)")
        }
        try await phone.sync()
        try await other.sync()
        #expect(try await depot.reviews().map(\.kind) == ["serial_twice"])
        for phone in [phone, other] { try await phone.sync() }
        try await tellsTheTruth(depot, phone, other)

        // Numbers that a correction does not name stay; those it names are looked at, too.
        let corrected = try await phone.run(
            ["stop", "correct", "S1", "--delivered", "20kg=1"] + day)
        #expect(corrected.status == 0, "\(corrected.errors)")
        let added = try await phone.run(
            [
                "stop", "add", "--customer", "陳太太", "--collected", "20kg=1", "--collected-serial",
                "D-4",
            ] + day)
        #expect(added.status == 0, "\(added.errors)")
        let again = try await other.run(
            ["stop", "correct", "T1", "--collected", "20kg=1", "--collected-serial", "D-4"] + day)
        #expect(again.status == 0, "\(again.errors)")
        try await phone.sync()
        try await other.sync()
        let kinds = try await depot.reviews().map(\.kind).sorted()
        #expect(kinds == ["serial_twice", "serial_twice", "unplanned_delivery"])

        let meter = ["stop", "meter", "S2", "1234.567", "--product", "flow50"] + day
        let read = try await phone.run(meter)
        #expect(read.status == 0, "\(read.errors)")
        #expect(try await phone.run(["stop", "meter", "S2", "1234.5"] + day).status == 0)
        for wrong in [["12,5"], ["-1"], ["1", "--product", "20kg"], ["1.2345"]] {
            let refused = try await phone.run(["stop", "meter", "S2"] + wrong + day)
            #expect(refused.status == 64, "\(wrong): \(refused.output)")
        }
        let pending = try await phone.run(["outbox", "list"])
        #expect(pending.output.contains(#""kinds":["meter_read"]"#), "\(pending.output)")
        let read2 = try await phone.run(["stop", "show", "S2"] + day)
        #expect(
            read2.output.contains(
                #""meter_readings":[{"milli":1234567,"product":"flow50"},{"milli":1234500}]"#),
            "\(read2.output)")
        let words = try await phone.words(["stop", "show", "S2"] + day)
        #expect(words.contains("1234.567") && words.contains("1234.5"), "\(words)")
        try await phone.sync()
        let checked = try await phone.run(["verify"])
        #expect(try HubJSON.read(checked.output, as: PhoneJSON.Verified.self).differences == [])
    }

    /// Which cylinder it is, and nothing of sides that nobody looked at: each is at another stop.
    private func tellsTheTruth(_ depot: Depot, _ phone: Phone, _ other: Phone) async throws {
        let review = try #require(try await depot.reviews().first).review
        // It is at one of the two stops, by their changes' ids: its driver's phone has it.
        let isMine = try await phone.run(["review", "show", review]).status == 0
        let holder = isMine ? phone : other
        let office = try await depot.office.run([
            "review", "show", review, "--hub", depot.hub.ready.address, "--token-file", depot.boss,
        ])
        let driver = try await holder.words(["review", "show", review])
        for words in [office.output, driver] {
            #expect(words.contains("cylinder A-1") && words.contains("cylinders A-1"), "\(words)")
            #expect(!words.contains("overwritten since"), "\(words)")
            #expect(!words.contains("had not seen the other"), "\(words)")
        }
        // Both say their days in years of the Republic, too.
        let years = [
            try await holder.words(["review", "show", review, "--roc"]),
            try await depot.office.run([
                "review", "show", review, "--roc", "--hub", depot.hub.ready.address,
                "--token-file", depot.boss,
            ]).output,
        ]
        for words in years {
            #expect(words.contains(/\b1\d\d\/\d\d\/\d\d/), "\(words)")
            #expect(!words.contains(/20\d\d-\d\d-\d\d/), "\(words)")
        }
        for way in [["--json"], []] {
            let shown =
                way.isEmpty
                ? try await holder.run(["review", "show", review])
                : try await depot.office.run(
                    [
                        "review", "show", review, "--hub", depot.hub.ready.address,
                        "--token-file", depot.boss,
                    ] + way)
            #expect(shown.output.components(separatedBy: #""stands":true"#).count == 3)
            #expect(!shown.output.contains(#""saw_other""#), "\(shown.output)")
        }
        let day = ["--date", HubPlan.date]
        let stop = try await phone.words(["stop", "show", "S1"] + day)
        let outbox = try await phone.run(["outbox", "list", "--all"])
        let change = try #require(outbox.output.firstMatch(of: /"change":"([0-9a-f]{32})"/)).1
        let tap = try await phone.words(["outbox", "show", String(change)])
        for words in [stop, tap] {
            for part in ["A-1 B-2", "C-3", "3.5 kg"] {
                #expect(words.contains(part), "\(part): \(words)")
            }
        }
    }
}
