import Foundation
import TestSupport
import Testing

/// `lucky doctor --bundle`: what leaves the phone for support.
struct BundleTests {
    private static let planted = [
        "丁秀蘭", "丁太太", "更生北路", "77 號", "按兩次", "門鈴", "0912-345-678", "後門", "planted-token",
        "中正路", "王太太中華路", "0933444555", "王大明", "0912000111", "0988-777-666", "中華路一段",
        "狗會咬人", "陳老闆", "家裡沒人", "0955666777",
    ]

    private struct Doctor: Decodable {
        struct Bundle: Decodable {
            var bytes: Int
            var caseError: String?
            var files: [String]
        }

        var bundle: Bundle?
        var level: String
    }

    private struct Kept: Decodable {
        struct Retry: Decodable { var attempts: Int }

        struct Schema: Decodable {
            struct Table: Decodable {
                var name: String
                var rows: Int
            }

            var tables: [Table]
            var version: Int
        }

        var pending: Int
        var retry: Retry
        var schema: Schema
    }

    /// A phone with people in it, in every place where one can be named.
    private static func phone() async throws -> LonePhone {
        let phone = try await LonePhone(driver: "0912000111")
        try await phone.done("shift", "in", "--float", "5000")
        try await phone.addStop("X1")
        try await phone.addStop("X2", customer: "丁秀蘭 0912-345-678")
        try await phone.done("stop", "note", "X1", "丁秀蘭說走後門", "--date", LonePhone.date)
        try await phone.done(
            "stop", "suggest", "X2", "--address", "臺東市中正路 5 號", "--date", LonePhone.date)
        // What is typed as a code can be a name or a number too.
        try await phone.done(
            "stop", "add", "--code", "王太太中華路", "--customer", "陳老闆", "--phone", "0988-777-666",
            "--address", "臺東市中華路一段 9 號", "--note", "狗會咬人", "--delivered", "20kg=1",
            "--serial", "0933444555", "--collected", "20kg=1", "--collected-serial", "王大明",
            "--recipient", "丁秀蘭", "--date", LonePhone.date)
        try await phone.done(
            "stop", "correct", "王太太中華路", "--delivered", "20kg=1", "--serial", "0933444555",
            "--date", LonePhone.date)
        try Data("planted-token".utf8).write(to: URL(filePath: phone.db + ".token"))
        return phone
    }

    /// As text, as base64 would not be found, and as the digits in which cases carry bytes.
    private static func expectNobody(in bytes: Data, _ what: String) {
        let text = String(decoding: bytes, as: UTF8.self)
        for word in planted {
            let digits = Data(word.utf8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word) is in \(what)")
            #expect(!text.contains(digits.joined()), "\(word) is in \(what), in digits")
        }
    }

    @Test("The archive unpacks, has nobody in it, and its case plays")
    func plays() async throws {
        let phone = try await Self.phone()
        let path = phone.folder.path("help.tar")
        let run = try await phone.lucky("doctor", "--bundle", path, "--json")
        #expect(run.status == 1, "\(run.errors)")
        let doctor = try HubJSON.read(run.output, as: Doctor.self)
        #expect(doctor.bundle?.files == ["doctor.json", "store.json", "case.json"])
        #expect(doctor.bundle?.caseError == nil)
        #expect(!run.output.contains(path))
        let archive = try Data(contentsOf: URL(filePath: path))
        #expect(archive.count == doctor.bundle?.bytes)
        Self.expectNobody(in: archive, "the archive")
        // They are on the phone, else nothing was looked for.
        let shown = try await phone.lucky("stop", "show", "王太太中華路", "--date", LonePhone.date)
        for word in ["王太太中華路", "0988-777-666", "中華路一段", "陳老闆"] {
            #expect(shown.output.contains(word), "\(word)")
        }

        let unpacked = phone.folder.path("unpacked")
        try FileManager.default.createDirectory(
            atPath: unpacked, withIntermediateDirectories: false)
        let tar = try await Command.run("tar", ["-xf", path, "-C", unpacked])
        #expect(tar.status == 0 && tar.errors.isEmpty, "\(tar.errors)")
        let within = unpacked + "/lucky-doctor/"
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: within).sorted()
                == ["case.json", "doctor.json", "store.json"])
        let store = try HubJSON.read(
            String(contentsOfFile: within + "store.json", encoding: .utf8), as: Kept.self)
        #expect(store.pending == 7 && store.retry.attempts == 0 && store.schema.version > 0)
        #expect(store.schema.tables.first { $0.name == "changeset" }?.rows == 7)
        let played = try await Command.run(
            Repository.program("lucky").path, ["cases", "run", within + "case.json"])
        #expect(played.status == 0, "\(played.output)\(played.errors)")
        // What was tapped is what plays: a changed byte is seen.
        let text = try String(contentsOfFile: within + "case.json", encoding: .utf8)
        #expect(text.contains("\"handed_over") || text.contains("\"recorded\""))

        let again = try await phone.lucky("doctor", "--bundle", path)
        #expect(again.status == 3 && again.errors.contains("exists already"))
        #expect(try Data(contentsOf: URL(filePath: path)) == archive)
    }

    /// What an office writes of people, in every place that reaches a phone.
    @Test("Nor is anybody of the office's in it: plans, notes, reasons, corrections, tokens")
    func officePeople() async throws {
        var plan = HubPlan.header
        for number in 1...3 {
            plan += HubPlan.row("S\(number)", number)
                .replacingOccurrences(of: "王小姐", with: "丁秀蘭")
                .replacingOccurrences(of: "089-000000", with: "0912-345-678")
                .replacingOccurrences(of: "台東市中山路\(number)號", with: "臺東市更生北路 77 號")
                .replacingOccurrences(of: "S3,", with: "王太太中華路,")
                .replacingOccurrences(of: "R1", with: "0955666777")
        }
        let depot = try await Depot(plan: Data(plan.utf8))
        let phone = try await depot.phone("drv-1")
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        try await depot.plan("set", "S2", "--note", "按兩次門鈴，走後門")
        try await depot.plan("cancel", "S1", "--reason", "丁太太來電 0912-345-678")
        try await depot.plan("set", "王太太中華路", "--address", "臺東市中正路 5 號")
        try await phone.sync()
        let right = try await depot.dispatch(
            "correct", "S1", "--cash", "1800", "--reason", "陳老闆說少收一百")
        #expect(right.status == 0, "\(right.errors)")
        let failed = try await phone.lucky(
            "stop", "fail", "S2", "--reason", "absent", "--note", "家裡沒人", "--date", HubPlan.date)
        #expect(failed.status == 0, "\(failed.errors)")
        let noted = try await depot.dispatch("note", "S2", "丁秀蘭要開收據")
        #expect(noted.status == 0, "\(noted.errors)")
        try await phone.sync()
        let path = depot.office.folder.path("help.tar")
        let run = try await phone.lucky("doctor", "--bundle", path)
        #expect([0, 1].contains(run.status), "\(run.errors)")
        let archive = try Data(contentsOf: URL(filePath: path))
        // They are on the phone, else nothing was looked for.
        let shown = try await phone.lucky("route", "show", "--date", HubPlan.date)
        for word in ["丁秀蘭", "0912-345-678", "更生北路", "後門", "中正路", "王太太中華路"] {
            #expect(shown.output.contains(word), "\(word)")
        }
        Self.expectNobody(in: archive, "the archive")
        Self.expectNobody(in: Data(run.output.utf8), "the answer")
        let token = try String(contentsOfFile: phone.db + ".token", encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(token.count > 40 && archive.range(of: Data(token.utf8)) == nil)
        #expect(archive.range(of: Data(token.split(separator: ".")[2].utf8)) == nil)
    }

    @Test("A damaged store still gives an archive, without a case")
    func damaged() async throws {
        let phone = try await Self.phone()
        try Data(repeating: 7, count: 9_000).write(to: URL(filePath: phone.db))
        let path = phone.folder.path("help.tar")
        let run = try await phone.lucky("doctor", "--bundle", path, "--json")
        #expect(run.status == 5)
        // What is not in it is not spoken of.
        let said = try await phone.lucky("doctor", "--bundle", phone.folder.path("again.tar"))
        #expect(said.output.contains("again.tar") && !said.output.contains("stops"))
        let doctor = try HubJSON.read(run.output, as: Doctor.self)
        #expect(doctor.level == "damaged" && doctor.bundle?.files == ["doctor.json"])
        #expect(doctor.bundle?.caseError == "damaged")
        Self.expectNobody(in: try Data(contentsOf: URL(filePath: path)), "the archive")
    }
}
