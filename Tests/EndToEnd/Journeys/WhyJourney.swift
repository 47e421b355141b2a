import Foundation
import TestSupport
import Testing

extension Journeys {
    private struct Doctor: Decodable {
        var findings: [Finding]
        var level: String
        var reasons: [Reason]?
        var why: String?

        struct Finding: Decodable {
            var check: String
            var count: Int?
            var level: String
        }

        struct Reason: Decodable {
            var count: Int
            var why: String
        }

        func bad() -> [String] { findings.filter { $0.level != "well" }.map(\.check) }
    }

    @Test(
        "A token that the depot does not take is called that: by status, by doctor, in both languages"
    )
    func notTaken() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        try await phone.record("S1", .noted("門口有狗"))
        let other = try await HubOffice()
        let forged = try await other.token("drv-1", role: "driver")
        #expect(try await phone.lucky("login", "--token-file", forged).status == 0)
        #expect(try await phone.lucky("sync", "once").status == 3)
        for (language, words, wrong) in [
            ("en", "does not take this token", "not reached"), ("zh-Hant", "總部不收這個憑證", "連不到"),
        ] {
            for verb in [["status"], ["doctor"], ["doctor", "--sync"]] {
                let run = try await Command.run(
                    Repository.program("lucky").path,
                    verb + ["--db", phone.db, "--lang", language])
                #expect(run.output.contains(words), "\(verb): \(run.output)")
                #expect(!run.output.contains(wrong), "\(verb): \(run.output)")
                #expect(!run.output.contains("unauthorised"), "\(verb): \(run.output)")
            }
        }
        let seen = try await phone.lucky("doctor", "--sync")
        #expect(try CommandSchema.faults(of: seen.output, "doctor") == [])
        let doctor = try HubJSON.read(seen.output, as: Doctor.self)
        #expect(doctor.bad() == ["outbox", "token"] && doctor.why == "needs_token")
    }

    @Test("A store that others can read is to be closed to them, one that is damaged to be kept")
    func unopenable() async throws {
        let phone = try await LonePhone()
        try await phone.addStop("X1")
        chmod(phone.db, 0o644)
        let open = try await phone.lucky("doctor", "--json")
        let seen = try HubJSON.read(open.output, as: Doctor.self)
        #expect(open.status == 1 && seen.bad() == ["files"] && seen.level == "degraded")
        #expect(open.errors.contains("chmod"), "\(open.errors)")
        #expect(try CommandSchema.faults(of: open.output, "doctor") == [])
        chmod(phone.db, 0o600)
        let head = try FileHandle(forWritingTo: URL(filePath: phone.db))
        try head.write(contentsOf: Data(repeating: 7, count: 100))
        try head.close()
        let damaged = try await phone.lucky("doctor", "--json")
        let found = try HubJSON.read(damaged.output, as: Doctor.self)
        #expect(damaged.status == 5 && found.level == "damaged", "\(damaged)")
        #expect(!damaged.errors.contains("lucky init"), "\(damaged.errors)")
        let nowhere = try await Command.run(
            Repository.program("lucky").path, ["cases", "run", phone.folder.path("none"), "--json"])
        #expect(nowhere.status == 64 && nowhere.errors.contains("file_missing"), "\(nowhere)")
    }

    @Test("A photo that is gone or cut short is named apart from what holds the records back")
    func photoGone() async throws {
        let depot = try await Depot(stops: 3)
        let phone = try await depot.phone("drv-1")
        let blobs = phone.db + "-blobs"
        for stop in 1...2 {
            let picture = try depot.office.file("\(stop).jpg", [0xFF, 0xD8, 0xFF, UInt8(stop)])
            let run = try await phone.lucky(
                "stop", "complete", "S\(stop)", "--photo", picture, "--cash", "1900", "--date",
                HubPlan.date)
            try #require(run.status == 0, "\(run.errors)")
        }
        func doctor() async throws -> Doctor {
            try HubJSON.read(try await phone.lucky("doctor").output)
        }
        #expect(try await doctor().bad() == [])
        // Another phone of the same driver never had them, and misses nothing.
        try await phone.sync()
        let other = try await depot.phone("drv-1", named: "other")
        let theirs = try HubJSON.read(try await other.lucky("doctor").output, as: Doctor.self)
        #expect(theirs.bad() == [] && !theirs.findings.contains { $0.check == "proofs" })
        try await phone.record("S3", .noted("門口有狗"))
        let names = try FileManager.default.contentsOfDirectory(atPath: blobs).sorted()
        try #require(names.count == 2)
        try FileManager.default.removeItem(atPath: blobs + "/" + names[0])
        #expect(try await doctor().bad() == ["proofs"])
        try Data([0xFF]).write(to: URL(filePath: blobs + "/" + names[1]))
        let found = try await doctor()
        #expect(found.bad() == ["proofs"] && found.level == "degraded")
        #expect(found.findings.last { $0.check == "proofs" }?.count == 2)
        #expect(found.reasons?.map(\.why) == ["next_sync", "photo_missing"])
        #expect(found.reasons?.map(\.count) == [1, 2])
        // Whoever else can look at the photos is named, too.
        chmod(blobs, 0o755)
        #expect(try await doctor().bad() == ["proofs", "files"])
    }
}
