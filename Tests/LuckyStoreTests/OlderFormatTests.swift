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
    @Test("Of version 4: its rows move to where their entities' numbers are, none is lost")
    func versionFour() throws {
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
        phone.store.close()
        try Self.asVersionFour(phone.path)

        phone.store = try ReplicaStore.open(
            at: phone.path, as: Phone.driver, leaseWaitMilliseconds: 2_000)
        #expect(try phone.store.verifyRows() == [])
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

    @Test("A backup, or a store, of version 4: what was received since comes over all the same")
    func restored() throws {
        for isStoreOlder in [false, true] {
            let phone = try Phone.withRoute(stops: 3)
            try phone.complete(Phone.stop(1))
            try phone.push()
            let copy = phone.folder.path("kept.db")
            _ = try ReplicaStore.backUp(phone.path, to: copy)
            try Self.asVersionFour(copy)
            try phone.note("second", Phone.stop(2))
            try phone.push()
            phone.store.close()
            if isStoreOlder { try Self.asVersionFour(phone.path) }
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
        try Self.asVersionFour(phone.path)
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

    /// The same rows in the tables of version 4.
    static func asVersionFour(_ path: String) throws {
        let older = path + ".4"
        try Files.system.create(older)
        let queue = try DatabaseQueue(path: older)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF")
            for script in LuckySchemas.storeSQL.prefix(4) { try db.execute(sql: script) }
            try db.execute(sql: "ATTACH ? AS newer", arguments: [path])
            let tables = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            for table in tables {
                let columns = try String.fetchAll(
                    db, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table]
                ).joined(separator: ", ")
                let source =
                    table == "stop_line"
                    ? "(SELECT s.entity, l.* FROM newer.stop_line AS l"
                        + " JOIN newer.stop_row AS s ON s.number = l.stop)" : "newer.\(table)"
                try db.execute(sql: "DELETE FROM main.\(table)")
                try db.execute(
                    sql: "INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM \(source)")
            }
            try db.execute(sql: "DETACH newer")
            try db.execute(
                sql: "PRAGMA application_id = \(Connection.applicationID); PRAGMA user_version = 4")
        }
        try queue.close()
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: older, toPath: path)
    }
}
