import FaultProxy
import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test("Backup, more taps, restore, sync: nothing is lost and nothing counts twice")
    func backedUp() async throws {
        let depot = try await Depot(stops: 5)
        let phone = try await depot.phone("drv-1")
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        try await phone.sync()
        // In the backup it waits; the depot has it by the time of the restore.
        try await phone.record("S2", .delivered(["20kg": 2], collected: ["20kg": 1], cash: 1900))
        let folder = try TemporaryFolder()
        let copy = folder.path("kept.sqlite")
        let made = try await phone.lucky("backup", copy)
        try #require(made.status == 0, "\(made.errors)")
        #expect(try HubJSON.read(made.output, as: Copied.self).pending == 1)
        #expect(try mode(copy) == 0o600)
        let twice = try await phone.lucky("backup", copy)
        #expect(twice.status == 3)
        #expect(try HubJSON.read(twice.errors, as: HubJSON.Failed.self).code == "file_exists")

        try await phone.sync()
        try await phone.record("S3", .delivered(["20kg": 2], cash: 1900))
        let refused = try await phone.lucky("restore", copy)
        #expect(refused.status == 3)
        #expect(try HubJSON.read(refused.errors, as: HubJSON.Failed.self).code == "not_in_backup")
        #expect(try await phone.status().outbox.pending == 1)
        try await phone.sync()

        let done = try await phone.lucky("restore", copy)
        try #require(done.status == 0, "\(done.errors)")
        let restored = try HubJSON.read(done.output, as: Copied.self)
        #expect(restored.pending == 1 && restored.isReplaced == true)
        #expect(try await phone.status().outbox.pending == 1)
        // The archive came over from the store that was there.
        #expect(try await phone.stop("S3").status == "delivered")
        // Tapped before the phone knows what it did in the meantime.
        try await phone.record("S4", .failed(reason: "absent"))
        try await phone.sync()
        #expect(try await phone.stop("S2").status == "delivered")
        #expect(try await phone.stop("S3").status == "delivered")
        try await Judge(depot).rule()
    }

    @Test("A phone lost with its data goes on from a backup, photos and all")
    func lostPhone() async throws {
        let depot = try await Depot(stops: 3)
        let phone = try await depot.phone("drv-1")
        let folder = try TemporaryFolder()
        let picture = folder.path("door.jpg")
        try Data("as the camera gave it".utf8).write(to: URL(filePath: picture))
        let tapped = try await phone.lucky(
            "stop", "complete", "S1", "--delivered", "20kg=2", "--photo", picture, "--date",
            HubPlan.date)
        try #require(tapped.status == 0, "\(tapped.errors)")
        let copy = folder.path("kept.sqlite")
        let made = try await phone.lucky("backup", copy)
        #expect(try HubJSON.read(made.output, as: Copied.self).photos == 1, "\(made.errors)")
        // Neither is in the backup; the depot has both.
        try await phone.sync()
        try await phone.record("S2", .failed(reason: "absent"))
        try await phone.sync()
        for suffix in ["", "-wal", "-shm", "-blobs"] {
            try? FileManager.default.removeItem(atPath: phone.db + suffix)
        }
        let done = try await phone.lucky("restore", copy)
        try #require(done.status == 0, "\(done.errors)")
        let restored = try HubJSON.read(done.output, as: Copied.self)
        #expect(restored.photos == 1 && restored.isReplaced == false)
        let kept = try FileManager.default.contentsOfDirectory(atPath: phone.db + "-blobs")
        #expect(kept.count == 1)
        // One sync brings all: what waited in the backup, and what came after it.
        try await phone.sync()
        #expect(try await phone.stop("S1").status == "delivered")
        #expect(try await phone.stop("S2").status == "failed")
        #expect(try await phone.status().outbox.pending == 0)
        #expect(await depot.hub.end() == 0)
    }

    @Test("A wait after failures ends with `outbox retry`; what is seen of each replica is told")
    func retriedByHand() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        depot.proxy.change { $0.deadZone = true }
        for _ in 1...6 { #expect(try await phone.lucky("outbox", "retry").status == 4) }
        let waiting = try await phone.lucky("status", "--date", HubPlan.date)
        #expect(waiting.output.contains(#""next_try_ms":"#))
        depot.proxy.change { $0.deadZone = false }
        let sent = try await phone.lucky("outbox", "retry")
        #expect(sent.status == 0, "\(sent.errors)")
        #expect(sent.output.contains(#""pending":0"#))
        let seen = try await phone.lucky("inspect", "vector", "S1", "--date", HubPlan.date)
        let replicas = try HubJSON.read(seen.output, as: Vector.self).replicas
        #expect(replicas.filter(\.isOwn).map(\.counter) == [1])
        #expect(replicas.count == 2, "\(seen.output)")
        try await Judge(depot).rule()
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private struct Copied: Decodable {
        var isReplaced: Bool?
        var pending: Int
        var photos: Int
    }

    private struct Vector: Decodable {
        struct Replica: Decodable {
            var counter: UInt64
            var isOwn: Bool
        }

        var replicas: [Replica]
    }
}
