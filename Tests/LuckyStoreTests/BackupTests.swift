import Foundation
import GRDB
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyStore

/// Copies of a store, and what is put back from them.
struct BackupTests {
    private static let now: Int64 = 1_790_000_500_000

    /// A phone with two taps that wait, and its copy.
    private static func copied() throws -> (phone: Phone, copy: String) {
        let phone = try Phone.withRoute()
        try phone.complete(Phone.stop(1))
        try phone.note("first", Phone.stop(2))
        let copy = phone.folder.path("kept.db")
        let made = try ReplicaStore.backUp(phone.path, to: copy)
        #expect(made.driver == Phone.driver && made.pending == 2 && made.photos == 0)
        return (phone, copy)
    }

    @Test("A copy is whole, private, alone in its folder, and never over another file")
    func copy() throws {
        let (phone, copy) = try Self.copied()
        let files = Files.system
        #expect(files.mode(copy).map { $0 & 0o777 } == 0o600)
        for suffix in ["-wal", "-shm", "-journal", ".new"] {
            #expect(files.mode(copy + suffix) == nil, "\(suffix)")
        }
        #expect(throws: StoreError.alreadyExists(path: copy)) {
            try ReplicaStore.backUp(phone.path, to: copy)
        }
        // As rows and bytes: only what tells the store from its copies is another.
        let rows =
            "SELECT group_concat(hex(bytes)) FROM (SELECT bytes FROM changeset ORDER BY number)"
        let queue = try DatabaseQueue(path: copy)
        let kept = try queue.read { try String.fetchOne($0, sql: rows) }
        try queue.close()
        #expect(try kept == phone.store.connection.read { try String.fetchOne($0, sql: rows) })
    }

    @Test("A store whose rows are not what its bytes say is not copied, and nothing is left")
    func damaged() throws {
        let phone = try Phone.withRoute()
        try phone.complete(Phone.stop(1))
        try phone.store.connection.write {
            try $0.execute(sql: "UPDATE stop_row SET sequence = sequence + 1")
        }
        let copy = phone.folder.path("kept.db")
        #expect(throws: StoreError.self) { try ReplicaStore.backUp(phone.path, to: copy) }
        #expect(Files.system.mode(copy) == nil && Files.system.mode(copy + ".new") == nil)
    }

    @Test("What is put back goes on under a new name, and its outbox is as it was")
    func restored() throws {
        let (phone, copy) = try Self.copied()
        let before = phone.store.identity.replica
        phone.store.close()
        let bytes = Files.system.read(copy)
        let restored = try ReplicaStore.restore(copy, to: phone.path, now: Self.now)
        #expect(restored.pending == 2 && restored.driver == Phone.driver)
        #expect(restored.replaced == phone.path + ".before-\(Self.now)")
        #expect(Files.system.read(copy) == bytes)
        #expect(Files.system.mode(phone.path + ".restoring") == nil)
        try phone.reopen()
        #expect(phone.store.isUnproven)
        try phone.note("after", Phone.stop(2))
        let epochs = try phone.store.epochs()
        #expect(epochs.count == 2 && epochs.first == before && epochs.last != before)
        #expect(try phone.store.position().pendingCount == 3)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("A tap that would be nowhere else keeps a backup from being put back")
    func wouldLose() throws {
        let (phone, copy) = try Self.copied()
        try phone.note("only here", Phone.stop(3))
        phone.store.close()
        #expect(throws: StoreError.notInBackup(1)) {
            try ReplicaStore.restore(copy, to: phone.path, now: Self.now)
        }
        try phone.reopen()
        #expect(try phone.store.position().pendingCount == 3)
        #expect(!phone.store.isUnproven)
    }

    @Test("Another driver's store, a file that is none, and one from the future stay out")
    func refused() throws {
        let (phone, copy) = try Self.copied()
        phone.store.close()
        let other = phone.folder.path("other/replica.db")
        var random = SeededGenerator(seed: 8)
        try ReplicaStore.create(at: other, identity: NewReplica(driver: "drv-9", using: &random))
        #expect(throws: StoreError.otherDriver("drv-9")) {
            try ReplicaStore.restore(copy, to: other, now: Self.now)
        }
        let text = phone.folder.path("text")
        try Data(repeating: 0x41, count: 5_000).write(to: URL(filePath: text))
        chmod(text, 0o600)
        #expect(throws: StoreError.self) {
            try ReplicaStore.restore(text, to: phone.path, now: Self.now)
        }
        let queue = try DatabaseQueue(path: copy)
        try queue.inDatabase { try $0.execute(sql: "PRAGMA user_version = 999") }
        try queue.close()
        #expect(throws: StoreError.newerFormat(999)) {
            try ReplicaStore.restore(copy, to: phone.path, now: Self.now)
        }
        try phone.reopen()
        #expect(!phone.store.isUnproven)
        #expect(try phone.store.position().pendingCount == 2)
    }

    @Test("A store that cannot be read gives way, and is kept")
    func overDamage() throws {
        let (phone, copy) = try Self.copied()
        phone.store.close()
        let broken = [UInt8](repeating: 7, count: 9_000)
        try Data(broken).write(to: URL(filePath: phone.path))
        let restored = try ReplicaStore.restore(copy, to: phone.path, now: Self.now)
        #expect(restored.replaced.flatMap { Files.system.read($0) } == broken)
        try phone.reopen()
        #expect(try phone.store.position().pendingCount == 2)
    }
}
