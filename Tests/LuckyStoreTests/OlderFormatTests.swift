import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import LuckySchemas
import TestSupport
import Testing

@testable import LuckyStore

/// A file of an older version, with a day in it, is what it was when it is opened.
@Suite struct OlderFormatTests {
    @Test(
        "A day in it is what it was: rows move to where they lie now, none is lost",
        arguments: [4, 5])
    func older(_ version: Int) throws {
        let date = try #require(Phone.date)
        let phone = try Phone.withRoute(stops: 30)
        for number: UInt64 in 1...9 { try phone.complete(Phone.stop(number)) }
        try phone.note("門鈴壞了，請敲門", Phone.stop(12))
        try phone.push(quarantine: [3])
        try phone.note("沒人", Phone.stop(30))
        phone.plan(31, driver: "drv-2")
        phone.plan(5, driver: "drv-2")
        try phone.pull()
        let routes = try phone.store.routes(on: date)
        let handedOver = try phone.store.handedOverStops()
        let news = try phone.store.news()
        #expect(!news.isEmpty)
        let digest = try phone.store.scopeDigest().digest
        let (sent, waiting) = try Self.changesets(phone)
        phone.store.close()
        try Self.lay(phone.path, as: version)

        phone.store = try ReplicaStore.open(
            at: phone.path, as: Phone.driver, leaseWaitMilliseconds: 2_000)
        #expect(try phone.store.verifyRows() == [])
        #expect(try Self.changesets(phone) == (sent, waiting) && sent.count == 11)
        #expect(try phone.store.routes(on: date) == routes)
        #expect(try phone.store.handedOverStops() == handedOver)
        #expect(try phone.store.news() == news)
        #expect(try phone.store.scopeDigest().digest == digest)
        // What was planned to be driven one after the other lies so.
        let numbers = try phone.store.connection.read { db in
            try db.rows("SELECT number FROM stop_row WHERE date IS NOT NULL ORDER BY sequence")
                .map { $0["number"] as Int64 }
        }
        #expect(numbers == numbers.sorted())
        try phone.complete(Phone.stop(10))
        #expect(try phone.store.verifyRows() == [])
    }

    /// All, and those that wait.
    private static func changesets(_ phone: Phone) throws -> ([OutboxEntry], [OutboxEntry]) {
        (
            try phone.store.changesets(.all, limit: 99),
            try phone.store.changesets(.pending, limit: 99)
        )
    }

    @Test("A changeset of which no row told what it touches still waits, and is sent")
    func untold() throws {
        let phone = try Phone.withRoute(stops: 2)
        try phone.complete(Phone.stop(1))
        phone.store.close()
        try Self.lay(phone.path, as: 5)
        let queue = try DatabaseQueue(path: phone.path)
        try queue.writeWithoutTransaction { try $0.execute(sql: "DELETE FROM changeset_entity") }
        try queue.close()

        phone.store = try ReplicaStore.open(
            at: phone.path, as: Phone.driver, leaseWaitMilliseconds: 2_000)
        #expect(try phone.pending == 1)
        try phone.push()
        #expect(try phone.pending == 0)
    }

    @Test(
        "A backup, or a store, of an older version: what was received since comes over all the same",
        arguments: [4, 5])
    func restored(_ version: Int) throws {
        for isStoreOlder in [false, true] {
            let phone = try Phone.withRoute(stops: 3)
            try phone.complete(Phone.stop(1))
            try phone.push()
            let copy = phone.folder.path("kept.db")
            _ = try ReplicaStore.backUp(phone.path, to: copy)
            try Self.lay(copy, as: version)
            try phone.note("second", Phone.stop(2))
            try phone.push()
            phone.store.close()
            if isStoreOlder { try Self.lay(phone.path, as: version) }
            let restored = try ReplicaStore.restore(
                copy, to: phone.path, now: 1_790_000_500_000)
            #expect(restored.kept == 1 && restored.left == 0)
            try phone.reopen()
            #expect(try phone.stop(2)?.stop.notes == ["second"])
            #expect(try phone.store.verifyRows() == [])
        }
    }

    @Test("A row that named nothing before an upgrade is no reason to refuse it, and stays told of")
    func orphan() throws {
        let phone = try Phone.withRoute(stops: 3)
        try phone.complete(Phone.stop(1))
        phone.store.close()
        try Self.lay(phone.path, as: 4)
        let queue = try DatabaseQueue(path: phone.path)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            try db.execute(
                sql: "INSERT INTO news (entity, kind, at) VALUES (?, 'cancelled', 1)",
                arguments: [Data(repeating: 1, count: 17)])
        }
        try queue.close()

        phone.store = try ReplicaStore.open(
            at: phone.path, as: Phone.driver, leaseWaitMilliseconds: 2_000)
        #expect(try phone.store.verifyRows() == ["orphan in news"])
        try phone.complete(Phone.stop(2))
        #expect(try phone.pending == 2)
        try phone.store.connection.read { try Connection.assertDurable($0) }
    }

    @Test(
        "An upgrade may add no row that names nothing; refused, the file is used with foreign keys")
    func newOrphan() throws {
        let phone = try Phone.withRoute(stops: 1)
        let connection = phone.store.connection
        for entity in [1, 2] as [UInt8] {
            #expect(throws: StoreError.damaged("rows without what they name")) {
                try connection.rebuild { db in
                    try db.execute(
                        sql: "INSERT INTO news (entity, kind, at) VALUES (?, 'cancelled', 1)",
                        arguments: [Data(repeating: entity, count: 17)])
                }
            }
            try connection.read { try Connection.assertDurable($0) }
        }
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("A photo whose file is gone is missed, one whose stop was purged is not")
    func missingPhotos() throws {
        let phone = try Phone.withRoute(stops: 2)
        let photo = try phone.store.savePhoto(Data([4, 7, 7]))
        try phone.tap(Phone.stop(1)) { _ in [.photoTaken(photo)] }
        #expect(try phone.store.missingPhotos() == [:])
        try FileManager.default.removeItem(atPath: phone.path + "-blobs/" + photo.sha256.hex)
        #expect(try phone.store.missingPhotos().values.sorted() == [1])
    }

    /// The same rows in the tables of version 4 or 5.
    static func lay(_ path: String, as version: Int) throws {
        let older = path + ".older"
        try Files.system.create(older)
        let queue = try DatabaseQueue(path: older)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF")
            for script in LuckySchemas.storeSQL.prefix(version) { try db.execute(sql: script) }
            try db.execute(sql: "ATTACH ? AS newer", arguments: [path])
            let tables = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            for table in tables {
                let columns = try String.fetchAll(
                    db, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table]
                ).joined(separator: ", ")
                let source =
                    table == "stop_line" && version == 4
                    ? "(SELECT s.entity, l.* FROM newer.stop_line AS l"
                        + " JOIN newer.stop_row AS s ON s.number = l.stop)" : "newer.\(table)"
                try db.execute(sql: "DELETE FROM main.\(table)")
                try db.execute(
                    sql: "INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM \(source)")
            }
            // Each tap wrote head and clock there, too.
            try db.execute(
                sql: """
                    UPDATE main.meta SET (head_counter, head_hash, hlc_ms, hlc_logical) = (
                        SELECT c.counter, c.hash, c.hlc_ms, c.hlc_logical FROM newer.changeset AS c
                        WHERE c.replica = meta.replica ORDER BY c.counter DESC LIMIT 1)
                    WHERE head_counter < (SELECT max(c.counter) FROM newer.changeset AS c
                        WHERE c.replica = meta.replica)
                    """)
            try db.execute(sql: "DETACH newer")
            try db.execute(
                sql: "PRAGMA application_id = \(Connection.applicationID);"
                    + " PRAGMA user_version = \(version)")
        }
        try queue.close()
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: older, toPath: path)
    }
}
