import Foundation
import GRDB
import LuckyCausality
import LuckyFiles
import LuckyModel
import TestSupport
import Testing

@testable import LuckyHub
@testable import LuckySimulation

/// What a hub makes of a file that an older build wrote, or no hub did.
@Suite struct OldHubFileTests {
    private let folder: TemporaryFolder
    private let path: String

    /// A hub of version 4 with a delivered stop.
    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("hub.sqlite")
        let bench = try Bench(at: path, seed: 3)
        try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(Bench.stop(1), .noteAdded(Note("here")))
        try bench.settle(&phone)
        try bench.hub.close()
        try write { try $0.backToVersion4() }
    }

    private func write(to path: String? = nil, _ body: (Database) throws -> Void) throws {
        let queue = try DatabaseQueue(path: path ?? self.path)
        try queue.writeWithoutTransaction(body)
        try queue.close()
    }

    @Test("A row that named nothing before an upgrade is no reason to refuse it")
    func orphan() throws {
        try write { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            try db.execute(
                sql: "INSERT INTO mark (replica, kind, sequence, at_ms) VALUES (?, 0, 1, 1)",
                arguments: [Data(repeating: 9, count: 12)])
        }
        let bench = try Bench(at: path, seed: 4)
        defer { try? bench.hub.close() }
        #expect(try bench.hub.read { try $0.state(Bench.stop(1)) }?.facts.count == 1)
        try bench.plan(2, for: "drv-1")
        var phone = Phone("drv-1", install: 2)
        try bench.settle(&phone)
        #expect(phone.digest() == phone.hubDigest)
    }

    @Test("What is checked of a row takes no table of its own, as in a new file")
    func checks() throws {
        try write { db in
            let tables = try db.tablesMadeForChecks()
            #expect(tables.contains("changeset"), "\(tables)")
        }
        try Bench(at: path, seed: 4).hub.close()
        try write { db in
            let tables = try db.tablesMadeForChecks()
            #expect(tables == [])
            let found = try String.fetchAll(db, sql: "PRAGMA integrity_check")
            #expect(found == ["ok"])
            #expect(throws: DatabaseError.self) {
                try db.execute(sql: "UPDATE replica SET following = 3")
            }
        }
    }

    @Test("On a full disk it is refused by name with all as it was, or brought up whole")
    func fullDisk() throws {
        var refusals = 0
        for room in stride(from: 0, to: 2_000_000, by: 16_384) {
            let disk = SimulatedDisk()
            for name in ["hub.sqlite", "hub.sqlite.nonce"] {
                let bytes = [UInt8](
                    try Data(contentsOf: URL(fileURLWithPath: folder.path(name))))
                try SimulatedFiles().replace(disk.path + "/" + name, with: bytes)
            }
            func open() throws(HubOpenError) -> Hub {
                try Hub.open(
                    at: disk.path + "/hub.sqlite", depot: nil,
                    random: SystemRandomNumberGenerator(),
                    files: SimulatedFiles())
            }
            disk.setRoom(room)
            let hub: Hub
            do throws(HubOpenError) {
                hub = try open()
            } catch {
                #expect(error == .diskFull, "room \(room)")
                refusals += 1
                disk.setRoom(nil)
                hub = try open()
            }
            disk.setRoom(nil)
            #expect(try hub.read { try $0.state(Bench.stop(1)) }?.facts.count == 1)
            #expect(try hub.read { try $0.audit() }.isEmpty)
            try hub.close()
        }
        #expect(refusals > 0 && refusals < 100, "\(refusals)")
    }

    @Test(
        "A file that is no hub's is called that, and left alone",
        arguments: ["CREATE TABLE log (b)", "CREATE TABLE a (b)", "PRAGMA user_version = 5"])
    func foreign(_ sql: String) throws {
        let other = folder.path("other.db")
        try write(to: other) { db in
            try db.execute(sql: sql + "; PRAGMA application_id = 5")
        }
        #expect(throws: HubOpenError.notAHub) { try Bench(at: other, seed: 6) }
        try write(to: other) { db in
            let names = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master")
            #expect(names == (sql.contains("log") ? ["log"] : sql.contains("a (") ? ["a"] : []))
        }
    }

    @Test("Nor is one that SQLite cannot read; nothing is copied from either")
    func unreadable() throws {
        let junk = folder.path("junk.db")
        try Data(String(repeating: "hello ", count: 1_000).utf8)
            .write(to: URL(fileURLWithPath: junk))
        #expect(throws: HubOpenError.notAHub) { try Bench(at: junk, seed: 6) }
        try write(to: folder.path("other.db")) { try $0.execute(sql: "CREATE TABLE a (b)") }
        for name in ["junk.db", "other.db"] {
            #expect(throws: HubBackupError.notAHub) {
                try Hub.backUp(folder.path(name), to: folder.path("copy.db"))
            }
            #expect(throws: HubBackupError.notAHub) {
                try Hub.restore(folder.path(name), to: folder.path("restored.db"), now: 1)
            }
        }
    }
}
