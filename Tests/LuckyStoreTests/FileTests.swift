import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@testable import LuckyStore

/// The file itself: who may open it, how durable it is, what lies beside it.
struct FileTests {
    @Test("A writer's connection is durable: WAL, synchronous FULL, foreign keys, STRICT tables")
    func durable() throws {
        let phone = try Phone()
        try phone.store.connection.read { db in
            #expect(try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal")
            #expect(try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2)
            #expect(try Int.fetchOne(db, sql: "PRAGMA foreign_keys") == 1)
            let loose = try String.fetchAll(
                db,
                sql: "SELECT name FROM pragma_table_list"
                    + " WHERE schema = 'main' AND type = 'table' AND strict = 0")
            #expect(loose.filter { !$0.hasPrefix("sqlite_") } == [])
        }
    }

    /// Setting `query_only` makes SQLite compile every kept statement again.
    @Test("A read sets nothing on the connection, and leaves nothing")
    func readLeavesNothing() throws {
        final class Seen { var statements: [String] = [] }
        let phone = try Phone()
        let connection = phone.store.connection
        let seen = Seen()
        try connection.read { db in db.trace { seen.statements.append("\($0)") } }
        let before = try connection.read { try $0.count("SELECT loaded FROM meta") }
        try connection.read { try $0.run("UPDATE meta SET loaded = 1 - loaded") }
        let after = try connection.read { try $0.count("SELECT loaded FROM meta") }
        #expect(before == after)
        #expect(seen.statements.contains { $0.contains("SELECT loaded") })
        #expect(!seen.statements.contains { $0.contains("PRAGMA") }, "\(seen.statements)")
    }

    @Test("A connection that would not be durable is refused")
    func notDurable() throws {
        let folder = try TemporaryFolder()
        let queue = try DatabaseQueue(path: folder.path("loose.db"))
        try queue.inDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
            #expect(throws: StoreError.notDurable("synchronous 1")) {
                try Connection.assertDurable(db)
            }
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF")
            #expect(throws: StoreError.notDurable("foreign_keys off")) {
                try Connection.assertDurable(db)
            }
        }
        try queue.close()
    }

    @Test("The files are their owner's only, and so is a new folder")
    func modes() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("new/replica.db")
        var random = SeededGenerator(seed: 3)
        try ReplicaStore.create(at: path, identity: NewReplica(driver: "d", using: &random))
        let store = try ReplicaStore.open(at: path, as: "d", leaseWaitMilliseconds: 2_000)
        #expect(mode(folder.path("new")) == 0o700)
        for suffix in ["", "-wal", ".nonce", ".lease"] {
            #expect(mode(path + suffix) == 0o600, "\(suffix)")
        }
        store.close()
        #expect(Files.system.mode(path + ".new") == nil)
    }

    @Test("A store is created once, and not over anything")
    func createdOnce() throws {
        let phone = try Phone()
        let before = phone.store.identity
        phone.store.close()
        var random = SeededGenerator(seed: 9)
        let again = NewReplica(driver: "other", using: &random)
        #expect(throws: StoreError.alreadyExists(path: phone.path)) {
            try ReplicaStore.create(at: phone.path, identity: again)
        }
        try phone.reopen()
        #expect(phone.store.identity == before)
        #expect(try phone.store.position().recovery == nil)
    }

    @Test("A file that others may read, or of another driver, or of something else, is refused")
    func refused() throws {
        let phone = try Phone()
        phone.store.close()
        #expect(throws: StoreError.otherDriver(Phone.driver)) {
            try ReplicaStore.open(at: phone.path, as: "drv-2", leaseWaitMilliseconds: 2_000)
        }
        #expect(throws: StoreError.otherDriver(Phone.driver)) {
            try ReplicaStore.openForReading(at: phone.path, as: "drv-2")
        }
        chmod(phone.path, 0o640)
        #expect(throws: StoreError.readableByOthers(path: phone.path)) {
            try ReplicaStore.open(at: phone.path, as: Phone.driver, leaseWaitMilliseconds: 2_000)
        }
        let other = phone.folder.path("other.txt")
        try Data("no database, but long enough to be looked at as one".utf8)
            .write(to: URL(filePath: other))
        chmod(other, 0o600)
        #expect(throws: StoreError.notAStore(path: other)) {
            try ReplicaStore.open(at: other, as: nil, leaseWaitMilliseconds: 2_000)
        }
        let place = phone.folder.path("folder")
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
        #expect(throws: StoreError.notAFile(path: place)) {
            try ReplicaStore.openForReading(at: place, as: nil)
        }
        #expect(throws: StoreError.notFound(path: other + "x")) {
            try ReplicaStore.openForReading(at: other + "x", as: nil)
        }
    }

    @Test("One writer at a time; the lease comes back with close, and with the object")
    func lease() throws {
        let phone = try Phone()
        #expect(throws: StoreError.leaseHeld) {
            try ReplicaStore.open(at: phone.path, as: nil, leaseWaitMilliseconds: 20)
        }
        phone.store.close()
        var second: ReplicaStore? = try ReplicaStore.open(
            at: phone.path, as: nil, leaseWaitMilliseconds: 2_000)
        #expect(second != nil)
        second = nil
        let third = try ReplicaStore.open(at: phone.path, as: nil, leaseWaitMilliseconds: 2_000)
        third.close()
        #expect(throws: StoreError.closed) { try third.position() }
    }

    @Test("A newer format is refused by its number")
    func newerFormat() throws {
        let phone = try Phone()
        try phone.store.connection.write { try $0.execute(sql: "PRAGMA user_version = 9") }
        phone.store.close()
        #expect(throws: StoreError.newerFormat(9)) {
            try ReplicaStore.open(at: phone.path, as: nil, leaseWaitMilliseconds: 2_000)
        }
    }

    @Test("A reader sees whole snapshots, writes nothing, and leaves the WAL alone")
    func readers() throws {
        let phone = try Phone.withRoute()
        let reader = try ReplicaStore.openForReading(at: phone.path, as: Phone.driver)
        try phone.complete(Phone.stop(1))
        let seen = try #require(try reader.stop(Phone.stop(1)))
        #expect(seen.stop.status == .delivered)
        #expect(seen.unsent == 1)
        var random = SeededGenerator(seed: 1)
        #expect(throws: StoreError.readOnly) {
            try reader.commit(
                phone.newChange(), on: Phone.stop(2), time: phone.time, using: &random
            ) { _ in [.noteAdded(Note("x"))] }
        }
        let wal = try Data(contentsOf: URL(filePath: phone.path + "-wal"))
        reader.close()
        #expect(try Data(contentsOf: URL(filePath: phone.path + "-wal")) == wal)
        try phone.complete(Phone.stop(2))
    }

    @Test("A reader of a store that nobody has open works, and hurts no later writer")
    func readerAlone() throws {
        let phone = try Phone.withRoute()
        try phone.complete(Phone.stop(1))
        phone.store.close()
        let before = try Data(contentsOf: URL(filePath: phone.path))
        let reader = try ReplicaStore.openForReading(at: phone.path, as: nil)
        #expect(try reader.stop(Phone.stop(1))?.stop.status == .delivered)
        let writer = try ReplicaStore.open(
            at: phone.path, as: Phone.driver, leaseWaitMilliseconds: 2_000)
        phone.store = writer
        try phone.complete(Phone.stop(2))
        #expect(try reader.stop(Phone.stop(2))?.stop.status == .delivered)
        reader.close()
        try phone.complete(Phone.stop(3))
        try phone.reopen()
        #expect(try phone.pending == 3)
        #expect(try phone.store.verifyRows() == [])
        #expect(before.count > 0)
    }

    @Test("A reader that is the last to close moves nothing out of the WAL of a killed writer")
    func readerAfterKill() throws {
        let phone = try Phone.withRoute()
        try phone.complete(Phone.stop(1))
        let left = phone.folder.path("left.db")
        for suffix in ["", "-wal", ".nonce"] {
            try FileManager.default.copyItem(atPath: phone.path + suffix, toPath: left + suffix)
        }
        let database = try Data(contentsOf: URL(filePath: left))
        let wal = try Data(contentsOf: URL(filePath: left + "-wal"))
        #expect(!wal.isEmpty)
        let reader = try ReplicaStore.openForReading(at: left, as: Phone.driver)
        #expect(try reader.stop(Phone.stop(1))?.stop.status == .delivered)
        reader.close()
        #expect(try Data(contentsOf: URL(filePath: left)) == database)
        #expect(try Data(contentsOf: URL(filePath: left + "-wal")) == wal)
        let writer = try ReplicaStore.open(at: left, as: Phone.driver, leaseWaitMilliseconds: 2_000)
        #expect(try writer.position().pendingCount == 1)
    }

    @Test("Writers that open for each step take turns, and readers come and go between them")
    func takingTurns() async throws {
        let phone = try Phone.withRoute(stops: 1)
        let path = phone.path
        phone.store.close()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer: UInt64 in 1...3 {
                group.addTask {
                    var random = SeededGenerator(seed: writer)
                    for step: UInt64 in 1...8 {
                        let store = try ReplicaStore.open(
                            at: path, as: Phone.driver, leaseWaitMilliseconds: 60_000)
                        defer { store.close() }
                        let time = DeviceTime(
                            wallMilliseconds: 1, monotonicMilliseconds: 1,
                            boot: BootID(high: 0, low: 0))
                        _ = try store.commit(
                            ChangeID(high: writer, low: step), on: Phone.stop(1), time: time,
                            using: &random
                        ) { _ in [.noteAdded(Note("n"))] }
                    }
                }
            }
            group.addTask {
                var last = 0
                for _ in 0..<60 {
                    let reader = try ReplicaStore.openForReading(at: path, as: Phone.driver)
                    defer { reader.close() }
                    let notes = try #require(try reader.stop(Phone.stop(1))).stop.notes.count
                    try #require(notes >= last)
                    last = notes
                }
            }
            try await group.waitForAll()
        }
        try phone.reopen()
        #expect(try phone.stop(1)?.stop.notes.count == 24)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("Readers in other threads never see half a tap")
    func concurrentReaders() async throws {
        let phone = try Phone.withRoute(stops: 20)
        let path = phone.path
        let reading = Task.detached {
            let reader = try ReplicaStore.openForReading(at: path, as: Phone.driver)
            defer { reader.close() }
            var last = 0
            while last < 20, !Task.isCancelled {
                let date = try #require(Phone.date)
                let stops = try reader.routes(on: date).flatMap(\.stops)
                let done = stops.filter { $0.stop.status == .delivered }
                try #require(done.allSatisfy { $0.unsent == 1 && $0.stop.cash.cents == 190_000 })
                try #require(done.count >= last)
                last = done.count
            }
        }
        defer { reading.cancel() }
        for number in 1...20 { try phone.complete(Phone.stop(UInt64(number))) }
        try await reading.value
    }

    private func mode(_ path: String) -> UInt32? { Files.system.mode(path).map { $0 & 0o777 } }
}
