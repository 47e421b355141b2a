import Foundation
import TestSupport
import Testing

/// `lucky doctor --bundle`: what leaves the phone for support.
struct BundleTests {
    private static let planted = [
        "丁秀蘭", "丁太太", "更生北路", "77 號", "按兩次", "門鈴", "0912-345-678", "後門", "planted-token",
        "中正路",
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
        let phone = try await LonePhone()
        try await phone.done("shift", "in", "--float", "5000")
        try await phone.addStop("X1")
        try await phone.addStop("X2", customer: "丁秀蘭 0912-345-678")
        try await phone.done("stop", "note", "X1", "丁秀蘭說走後門", "--date", LonePhone.date)
        try await phone.done(
            "stop", "suggest", "X2", "--address", "臺東市中正路 5 號", "--date", LonePhone.date)
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
        #expect(store.pending == 5 && store.retry.attempts == 0 && store.schema.version > 0)
        #expect(store.schema.tables.first { $0.name == "changeset" }?.rows == 5)
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

    @Test("A damaged store still gives an archive, without a case")
    func damaged() async throws {
        let phone = try await Self.phone()
        try Data(repeating: 7, count: 9_000).write(to: URL(filePath: phone.db))
        let path = phone.folder.path("help.tar")
        let run = try await phone.lucky("doctor", "--bundle", path, "--json")
        #expect(run.status == 5)
        let doctor = try HubJSON.read(run.output, as: Doctor.self)
        #expect(doctor.level == "damaged" && doctor.bundle?.files == ["doctor.json"])
        #expect(doctor.bundle?.caseError == "damaged")
        Self.expectNobody(in: try Data(contentsOf: URL(filePath: path)), "the archive")
    }
}
