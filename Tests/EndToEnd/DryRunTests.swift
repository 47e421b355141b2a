import Foundation
import LuckyModel
import LuckyWire
import TestSupport
import Testing

/// `--dry-run`: judged as for real, said, and not written.
struct DryRunTests {
    /// Every verb that records something, on a phone on duty with stops X1 (delivered) and X2.
    private static let verbs: [[String]] = [
        ["stop", "note", "X1", "門口有狗"], ["stop", "suggest", "X1", "--address", "南京路 9 號"],
        ["stop", "correct", "X1", "--delivered", "20kg=3"], ["stop", "meter", "X1", "12.5"],
        ["stop", "add", "--customer", "新客戶", "--delivered", "16kg=1"],
        ["shift", "drop", "1000"], ["shift", "out", "--counted", "4000"],
        ["route", "news"], ["hub", "set", "https://hub.example.tw"],
    ]

    private static func digest(of phone: LonePhone) throws -> String {
        let folder = URL(filePath: phone.db).deletingLastPathComponent().path
        var bytes: [UInt8] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            // SQLite's index of the WAL changes with readers, too.
            guard !name.hasSuffix("-shm") else { continue }
            bytes += Array(name.utf8)
            bytes += [UInt8](FileManager.default.contents(atPath: folder + "/" + name) ?? Data())
        }
        return Hash256.sha256(bytes).hex
    }

    @Test("Nothing is written, in text and in JSON, and the answer says so")
    func nothingIsWritten() async throws {
        let phone = try await LonePhone()
        try await phone.done("shift", "in", "--float", "5000")
        try await phone.addStop("X1")
        // The file is as it will be: nothing is left in the WAL for the next to move.
        _ = try await phone.lucky("status")
        let before = try Self.digest(of: phone)
        for verb in Self.verbs {
            let dry = try await phone.run(verb + ["--dry-run", "--date", LonePhone.date])
            #expect(dry.status == 0, "\(verb): \(dry.errors)")
            #expect(dry.output.hasPrefix("(Dry run: nothing is written"), "\(verb): \(dry.output)")
            let json = try await phone.run(
                verb + ["--dry-run", "--json", "--date", LonePhone.date])
            #expect(json.output.contains(#""is_dry_run":true"#), "\(verb): \(json.output)")
            #expect(try Self.digest(of: phone) == before, "\(verb)")
        }
        let status = try await phone.done("status", "--json")
        #expect(status.contains(#""pending":2"#), "\(status)")
    }

    @Test("What a rule refuses is refused in a dry run, with the same words and code")
    func refused() async throws {
        let phone = try await LonePhone()
        try await phone.addStop("X1")
        for verb in [
            ["stop", "arrive", "X1"], ["shift", "drop", "10"], ["stop", "note", "X9", "a"],
        ] {
            let day = ["--date", LonePhone.date]
            let dry = try await phone.run(verb + ["--dry-run"] + day)
            let real = try await phone.run(verb + day)
            #expect(dry.status == 3 && real.status == 3, "\(verb): \(dry.errors)\(dry.output)")
            #expect(dry.errors == real.errors, "\(verb)")
        }
    }

    @Test("A copy that a killed dry run left behind goes away with the next")
    func leftBehind() async throws {
        let phone = try await LonePhone()
        let left = phone.db + ".dry-run-999999999"
        try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: false)
        try await phone.done("shift", "in", "--float", "1", "--dry-run")
        #expect(!FileManager.default.fileExists(atPath: left))
    }
}
