import Foundation
import LuckyCausality
import LuckyFiles
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

@Suite struct HistoryTests {
    let folder: TemporaryFolder
    var path: String { folder.path("hub.sqlite") }

    init() throws { folder = try TemporaryFolder() }

    func open(_ seed: UInt64, at path: String? = nil) throws -> Hub {
        try Hub.open(
            at: path ?? self.path, depot: Bench.depot, random: SeededGenerator(seed: seed))
    }

    func write(_ hub: Hub, _ number: Int) throws {
        _ = try hub.write(
            [Change(Bench.stop(number), .plan(.driver, .name("drv-1")))], contexts: [:],
            id: ChangeID(high: 5, low: UInt64(number)), by: Bench.office, now: 5_000)
    }

    @Test func aRestartContinues() throws {
        var hub = try open(1)
        let history = hub.history
        try write(hub, 1)
        try hub.close()
        hub = try open(2)
        #expect(hub.history == history)
        #expect(hub.sequence(of: Bench.depot) == 1)
        try write(hub, 2)
        #expect(hub.sequence(of: Bench.depot) == 2)
        #expect(try hub.read { try $0.scope(of: "drv-1") }.count == 2)
        let modes = try [path, path + ".nonce"].map {
            try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int
        }
        #expect(modes == [0o600, 0o600])
    }

    @Test func oneProcessAtATimeAndOneDepot() throws {
        let hub = try open(1)
        #expect(throws: HubOpenError.inUse) { try open(2) }
        try hub.close()
        withExtendedLifetime(hub) {}
    }

    @Test func anotherDepotsFile() throws {
        try open(1).close()
        #expect(throws: HubOpenError.otherDepot(Bench.depot)) {
            try Hub.open(at: path, depot: "chenggong", random: SeededGenerator(seed: 1))
        }
        #expect(
            try Hub.open(at: path, depot: nil, random: SeededGenerator(seed: 1)).depot
                == Bench.depot)
        #expect(throws: HubOpenError.depotMissing) {
            try Hub.open(at: path + "2", depot: nil, random: SeededGenerator(seed: 1))
        }
    }

    /// A crash between the two files' changes leaves a pair that still fits; a lost or foreign
    /// nonce does not.
    @Test func theNonceProvesContinuity() throws {
        var history: HistoryID?
        func start(_ seed: UInt64, expectingNew: Bool) throws {
            let hub = try open(seed)
            #expect((hub.history != history) == expectingNew)
            history = hub.history
            try write(hub, Int(seed))
            try hub.close()
        }
        try start(1, expectingNew: true)
        try start(2, expectingNew: false)
        let nonce = try String(contentsOfFile: path + ".nonce", encoding: .utf8)
        try (nonce + "\nffff").write(toFile: path + ".nonce", atomically: true, encoding: .utf8)
        try start(3, expectingNew: false)
        try FileManager.default.removeItem(atPath: path + ".nonce")
        try start(4, expectingNew: true)
        try nonce.write(toFile: path + ".nonce", atomically: true, encoding: .utf8)
        try start(5, expectingNew: true)
    }

    /// Counterexample 1: a restored hub never uses its dots again, since its replica is another.
    @Test func counterexample1_aBackupBeginsAnotherHistory() throws {
        let hub = try open(1)
        try write(hub, 1)
        let copy = folder.path("backup.sqlite")
        #expect(try Hub.backUp(path, to: copy).depot == Bench.depot)
        try write(hub, 2)
        var phone = Phone("drv-1", install: 1)
        phone.clock = 0
        let answer = try hub.sync(phone.request(), as: phone.credential, now: 9_000)
        try phone.take(SyncResponse(decoding: answer.body))
        #expect(phone.scope.count == 2)
        try hub.close()

        let restored = try open(2, at: copy)
        #expect(restored.history != hub.history)
        #expect(restored.replica != hub.replica)
        #expect(restored.sequence(of: Bench.depot) == 1)
        try phone.tap(Bench.stop(2), .arrival)
        let refused = try SyncResponse(
            decoding: restored.sync(phone.request(), as: phone.credential, now: 9_000).body)
        #expect(refused.answer.direction == .rebaselineNeeded)
        #expect(refused.receipts.isEmpty)
        #expect(try restored.read { try $0.replicas() }.isEmpty)

        // A context that names what this history lost is no reason for quarantine: it goes to the
        // field's cover (L7).
        let lost: VersionVector = [hub.replica: 2]
        _ = try restored.write(
            [Change(Bench.stop(2), .plan(.driver, .name("drv-1")))],
            contexts: [Bench.stop(2): lost], id: ChangeID(high: 6, low: 1), by: Bench.office,
            now: 9_000)
        let state = try #require(try restored.read { try $0.state(Bench.stop(2)) })
        #expect(state.fields[.driver]?.cover == lost)
        var fresh = Phone("drv-1", install: 2)
        fresh.clock = 0
        let page = try restored.sync(fresh.request(), as: fresh.credential, now: 9_000)
        try fresh.take(SyncResponse(decoding: page.body))
        #expect(fresh.base[Bench.stop(2)] == state)
        #expect(fresh.digest() == fresh.hubDigest)
    }

    @Test func aBackupUnderWriteIsWhole() throws {
        let hub = try open(1)
        for number in 1...20 { try write(hub, number) }
        let copy = folder.path("backup.sqlite")
        #expect(try Hub.backUp(path, to: copy).depot == Bench.depot)
        #expect(throws: HubBackupError.exists) { try Hub.backUp(path, to: copy) }
        let restored = try open(2, at: copy)
        #expect(restored.sequence(of: Bench.depot) == 20)
        let (mine, theirs) = (
            try hub.read { try $0.scopeDigest(of: "drv-1") },
            try restored.read { try $0.scopeDigest(of: "drv-1") }
        )
        #expect(mine == theirs)
        #expect(mine.entities == 20)
    }

    /// L20: bytes that two starts found unfinished are not looked into a third time.
    @Test func bytesThatEndedTwoProcessesAreNotDecoded() throws {
        var phone = Phone("drv-1", install: 1)
        try phone.tap(Bench.stop(1), .arrival)
        try phone.tap(Bench.stop(1), .delivered(1))
        let envelope = try Envelope(reading: try #require(phone.outbox.first?.bytes))
        for seed in [UInt64(1), 2] {
            let hub = try open(seed)
            try hub.storage.noteIntake([IntakeRow(envelope)], finished: [])
            try hub.storage.close()
        }
        let hub = try open(3)
        let answer = try hub.sync(phone.request(), as: phone.credential, now: 9_000)
        try phone.take(SyncResponse(decoding: answer.body))
        #expect(phone.results[1]?.result == .quarantined("undecoded"))
        #expect(phone.results[2]?.result == .accepted)
        try hub.close()
        // Finished now: nothing is left of the notes.
        let storage = try SQLiteStorage(at: path, SystemFiles())
        #expect(try storage.unfinishedIntake().isEmpty)
        try storage.close()
    }

    @Test func aStorageThatFailsIsTransientAndStoresNothing() throws {
        let hub = try open(1)
        try write(hub, 1)
        var phone = Phone("drv-1", install: 1)
        try phone.tap(Bench.stop(1), .arrival)
        try hub.close()
        #expect(!hub.isReady())
        do {
            _ = try hub.sync(phone.request(), as: phone.credential, now: 9_000)
            Issue.record("a closed hub answered")
        } catch {
            #expect(error.status == 503)
        }
    }
}
