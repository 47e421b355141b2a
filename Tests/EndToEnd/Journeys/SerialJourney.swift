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
                "C-3",
            ] + day)
        try #require(done.status == 0, "\(done.errors)")
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
        try await phone.sync()
        let checked = try await phone.run(["verify"])
        #expect(try HubJSON.read(checked.output, as: PhoneJSON.Verified.self).differences == [])
    }
}
