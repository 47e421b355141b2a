import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import LuckySchemas
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// L12: receipts carry what every copy holds that a hub could be restored from.
@Suite struct BackupMarkTests {
    @Test func theMarkIsWhatEveryListedCopyHolds() throws {
        let bench = try Bench(.file)
        let stop = try bench.plan(1, for: "drv-1")
        let path = bench.folder.path("hub.sqlite")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        func mark(_ counter: UInt64) throws -> UInt64 {
            try phone.tap(stop, .noteAdded(Note("x")))
            try bench.settle(&phone)
            return try #require(phone.results[counter]).backupMark
        }
        #expect(try mark(1) == 0)
        _ = try Hub.backUp(path, to: bench.folder.path("a"), now: 1)
        #expect(try mark(2) == 1)
        #expect(try mark(3) == 1)
        _ = try Hub.backUp(path, to: bench.folder.path("b"), now: 2)
        #expect(try mark(4) == 1)
        // The older one goes: from then on the newer one counts.
        let third = try Hub.backUp(path, to: bench.folder.path("c"), keep: 2, now: 3)
        #expect(third.expired.map { URL(fileURLWithPath: $0).lastPathComponent } == ["a"])
        #expect(!FileManager.default.fileExists(atPath: bench.folder.path("a")))
        #expect(try mark(5) == 3)
        // One that cannot be read may hold nothing.
        let list = bench.folder.path("hub.sqlite.backups")
        try Data("?".utf8).write(to: URL(fileURLWithPath: list + "/9-0.json"))
        #expect(try mark(6) == 0)
    }

    @Test func aRestoreMovesAsideAndBeginsAnotherHistory() throws {
        let folder = try TemporaryFolder()
        let (path, copy) = (folder.path("hub.sqlite"), folder.path("copy"))
        func open(_ seed: UInt64) throws -> Hub {
            try Hub.open(at: path, depot: Bench.depot, random: SeededGenerator(seed: seed))
        }
        var hub = try open(1)
        let first = hub.history
        func write(_ number: Int) throws {
            _ = try hub.write(
                [Change(Bench.stop(number), .plan(.driver, .name("drv-1")))], contexts: [:],
                id: ChangeID(high: 5, low: UInt64(number)), by: Bench.office, now: 5_000)
        }
        try write(1)
        _ = try Hub.backUp(path, to: copy, now: 1)
        try write(2)
        #expect(throws: HubBackupError.inUse) { try Hub.restore(copy, to: path, now: 2) }
        try hub.close()
        #expect(throws: HubBackupError.missing) {
            try Hub.restore(folder.path("none"), to: path, now: 2)
        }
        try Data("no".utf8).write(to: URL(fileURLWithPath: folder.path("junk")))
        #expect(throws: HubBackupError.self) {
            try Hub.restore(folder.path("junk"), to: path, now: 2)
        }
        #expect(try Hub.restore(copy, to: path, now: 2).depot == Bench.depot)
        #expect(FileManager.default.fileExists(atPath: path + ".before-2"))
        hub = try open(2)
        #expect(hub.history != first)
        #expect(hub.sequence(of: Bench.depot) == 1)
        try write(3)
        try hub.close()
        // What was moved aside is whole.
        let aside = try Hub.open(
            at: path + ".before-2", depot: nil, random: SeededGenerator(seed: 3))
        #expect(aside.sequence(of: Bench.depot) == 2)
        try aside.close()
    }

    /// A file as the build before made it opens, keeps everything and goes on.
    @Test func aFileOfVersion1IsTakenOver() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("hub.sqlite")
        let replica = ReplicaID(install: 5, epoch: 1)
        var phone = Phone("drv-1", install: 5)
        try phone.tap(Bench.stop(1), .arrival)
        let entry = try #require(phone.outbox.first)
        let change = try Changeset(reading: entry.bytes).header.changeID
        do {
            let queue = try DatabaseQueue(path: path)
            try queue.write { db in
                try db.execute(sql: LuckySchemas.hubSQL[0])
                try db.execute(sql: "PRAGMA user_version = 1")
                try db.execute(
                    sql: "INSERT INTO hub VALUES (1, ?, ?, 1, '', 0, 0)",
                    arguments: [Data(repeating: 7, count: 16), Data("taitung".utf8)])
                try db.execute(
                    sql: "INSERT INTO replica VALUES (?, ?, ?, 10, 1, ?, 1, 1, 9)",
                    arguments: [
                        Data(replica.bytes), Data("drv-1".utf8), Data("taitung".utf8),
                        Data(entry.hash.bytes),
                    ])
                try db.execute(
                    sql: """
                        INSERT INTO changeset VALUES (?, 1, ?, 0, NULL, NULL, NULL, 1, 9, ?, ?, ?)
                        """,
                    arguments: [
                        Data(replica.bytes), Data(entry.hash.bytes), Data(change.bytes),
                        Data("drv-1".utf8), Data(entry.bytes),
                    ])
                try db.execute(
                    sql: "INSERT INTO change_dot VALUES (?, ?, 1)",
                    arguments: [Data(change.bytes), Data(replica.bytes)])
                try db.execute(
                    sql: "INSERT INTO log VALUES (1, 77, ?, 1, ?, ?, 9)",
                    arguments: [
                        Data(replica.bytes), Data(change.bytes), Data("drv-1".utf8),
                    ])
                try db.execute(
                    sql: "INSERT INTO scope_step VALUES (?, 1, ?, 1)",
                    arguments: [Data("drv-1".utf8), Data(Bench.stop(1).bytes)])
            }
            try queue.close()
        }
        let hub = try Hub.open(at: path, depot: nil, random: SeededGenerator(seed: 1))
        #expect(hub.sequence(of: Bench.depot) == 1)
        try hub.storage.read { rows in
            let row = try rows.log(sequence: 1)
            #expect(row?.tag == 77 && row?.dot == Dot(replica, 1) && row?.change == change)
            #expect(try rows.changeset(Dot(replica, 1))?.bytes == entry.bytes)
            #expect(try rows.memberships(driver: "drv-1", entity: Bench.stop(1)).count == 1)
        }
        // Tags of that build are no proof of anything; those from now on are.
        #expect(!hub.tags.isOwn(77, at: 1))
        _ = try hub.write(
            [Change(Bench.stop(1), .plan(.driver, .name("drv-1")))], contexts: [:],
            id: ChangeID(high: 5, low: 1), by: Bench.office, now: 5_000)
        try hub.close()
        let again = try Hub.open(at: path, depot: nil, random: SeededGenerator(seed: 2))
        #expect(again.history == hub.history)
        let tag = try #require(try again.storage.read { try $0.log(sequence: 2)?.tag })
        #expect(again.tags.isOwn(tag, at: 2) && !again.tags.isOwn(tag, at: 3))
        try again.close()
    }
}
