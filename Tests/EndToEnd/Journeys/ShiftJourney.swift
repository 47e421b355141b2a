import Foundation
import TestSupport
import Testing

/// What of `lucky shift --json` these tests look at.
private enum ShiftJSON {
    struct Shift: Decodable {
        var countedCents: Int?
        var id: String
        var isOpen: Bool
        var startedMs: Int64?
    }

    struct Tapped: Decodable {
        var isRepeat: Bool
        var shift: Shift?
    }

    struct Day: Decodable {
        struct Cash: Decodable, Equatable {
            var boxCents: Int
            var droppedCents: Int
            var floatCents: Int
            var receivedCents: Int
        }

        struct Shift: Decodable {
            var cash: Cash
            var differenceCents: Int?
            var id: String
            var isOpen: Bool
        }

        var cash: Cash
        var shifts: [Shift]
    }
}

extension Journeys {
    @Test(
        "A shift: clocked in offline, cash taken and handed in, counted, the same on both devices")
    func shift() async throws {
        let depot = try await Depot(stops: 1)
        let phone = try await depot.phone("drv-1")
        let tablet = try await depot.phone("drv-1", named: "tablet")

        try await refused(phone, ["shift", "drop", "100"], "not_on_duty")
        try await refused(phone, ["shift", "out"], "not_on_duty")
        let id = Ledger.newID()
        let begin = ["shift", "in", "--float", "5000", "--id", id]
        let first = try await shift(phone, begin)
        #expect(!first.isRepeat && first.shift?.isOpen == true)
        #expect(try await shift(phone, begin).isRepeat)
        try await refused(
            phone, ["shift", "in", "--float", "4000", "--id", id], "id_of_another_tap")
        try await refused(phone, ["shift", "in", "--float", "5000"], "already_on_duty")

        // The day is the phone's own, so that midnight changes nothing.
        let day = ["--date", try date(first)]
        let added = try await phone.run(
            [
                "stop", "add", "--customer", "陳太太", "--delivered", "16kg=2", "--collected",
                "16kg=1",
                "--cash", "1520",
            ] + day)
        try #require(added.status == 0, "\(added.errors)")
        _ = try await shift(phone, ["shift", "drop", "3000"])
        let end = ["shift", "out", "--counted", "3500", "--id", Ledger.newID()]
        let over = try await shift(phone, end)
        #expect(over.shift?.isOpen == false && over.shift?.countedCents == 350_000)
        #expect(try await shift(phone, end).isRepeat)
        try await refused(phone, ["shift", "out"], "not_on_duty")
        // Recorded after the count: it is in the box's sum, and not in the difference.
        _ = try await shift(phone, ["shift", "drop", "20"])

        let shown = try await phone.run(["shift", "show"] + day)
        let read = try HubJSON.read(shown.output, as: ShiftJSON.Day.self)
        let cash = ShiftJSON.Day.Cash(
            boxCents: 350_000, droppedCents: 302_000, floatCents: 500_000, receivedCents: 152_000)
        #expect(read.cash == cash && read.shifts.map(\.cash) == [cash])
        #expect(read.shifts.first?.differenceCents == -2_000)
        #expect(shown.output.hasPrefix(#"{"cash":{"box_cents":350000,"dropped_cents":302000,"#))
        #expect(
            shown.output.contains(
                #""trucks":[{"products":[{"empty":1,"full":-2,"product":"16kg"}]}]}"#))
        #expect(
            shown.output.contains(
                #""collected":{"16kg":1},"customer":"陳太太","delivered":{"16kg":2},"stop":"X1""#))

        try await phone.sync()
        try await tablet.sync()
        #expect(try await tablet.run(["shift", "show"] + day).output == shown.output)
        let checked = try await phone.run(["verify"])
        #expect(try HubJSON.read(checked.output, as: PhoneJSON.Verified.self).differences == [])
    }

    @Test("Two devices clock in, neither knowing of the other: the driver says which is meant")
    func twoShifts() async throws {
        let depot = try await Depot(stops: 1)
        let phone = try await depot.phone("drv-1")
        let tablet = try await depot.phone("drv-1", named: "tablet")
        let first = try await shift(phone, ["shift", "in", "--float", "5000"])
        let second = try await shift(tablet, ["shift", "in", "--float", "5000"])
        try await phone.sync()
        try await tablet.sync()
        try await refused(tablet, ["shift", "out"], "several_shifts")
        try await refused(tablet, ["shift", "drop", "5000"], "several_shifts")
        try await refused(tablet, ["shift", "out", "--shift", "zz"], "unknown_shift")

        let mine = try #require(second.shift?.id)
        _ = try await shift(tablet, ["shift", "drop", "5000", "--shift", mine])
        _ = try await shift(tablet, ["shift", "out", "--shift", mine])
        try await tablet.sync()
        try await phone.sync()
        // One is left: nothing has to be said any more.
        let over = try await shift(phone, ["shift", "out"])
        #expect(over.shift?.id == first.shift?.id)
        let shown = try await phone.run(["shift", "show", "--date", try date(first)])
        let day = try HubJSON.read(shown.output, as: ShiftJSON.Day.self)
        #expect(day.shifts.map(\.isOpen) == [false, false] && day.cash.boxCents == 500_000)
    }

    private func shift(
        _ phone: Phone, _ arguments: [String]
    ) async throws -> ShiftJSON.Tapped {
        let result = try await phone.run(arguments)
        try #require(result.status == 0, "\(arguments): \(result.errors)")
        return try HubJSON.read(result.output)
    }

    private func refused(_ phone: Phone, _ arguments: [String], _ code: String) async throws {
        for language in ["en", "zh-Hant"] {
            let result = try await phone.run(arguments + ["--lang", language])
            #expect(result.status == 3, "\(arguments): \(result.output)")
            let failed = try HubJSON.read(result.errors, as: HubJSON.Failed.self)
            #expect(failed.code == code, "\(arguments)")
            let isChinese = failed.message.unicodeScalars.contains {
                (0x4E00...0x9FFF).contains($0.value)
            }
            #expect(isChinese == (language == "zh-Hant"), "\(failed.message)")
        }
    }

    private func date(_ tapped: ShiftJSON.Tapped) throws -> String {
        let milliseconds = try #require(tapped.shift?.startedMs)
        let formatter = DateFormatter()
        formatter.timeZone = TimeZone(identifier: "Asia/Taipei")
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyy-MM-dd"
        return formatter.string(from: Date(timeIntervalSince1970: Double(milliseconds) / 1_000))
    }
}
