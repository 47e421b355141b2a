import Foundation
import LuckyFiles
import LuckyModel
import TestSupport
import Testing

@testable import LuckyStore

/// A backup in the place of a damaged store: what it is there for.
struct RestoreOverDamageTests {
    private static let now: Int64 = 1_790_000_500_000

    /// A phone with a backup of before it sent three notes.
    private static func sent() throws -> (phone: Phone, copy: String) {
        let phone = try Phone.withRoute()
        let copy = phone.folder.path("kept.db")
        _ = try ReplicaStore.backUp(phone.path, to: copy)
        for number in 1...3 { try phone.note("n\(number)", Phone.stop(1)) }
        try phone.push()
        return (phone, copy)
    }

    @Test("What is received and does not join the backup's chain is told of, and is no hindrance")
    func brokenChain() throws {
        let (phone, copy) = try Self.sent()
        try phone.store.connection.write {
            try $0.run("UPDATE changeset SET bytes = zeroblob(length(bytes)) WHERE counter = 2")
        }
        phone.store.close()
        let restored = try ReplicaStore.restore(copy, to: phone.path, now: Self.now)
        #expect(restored.kept == 1 && restored.left == 2 && !restored.isOldUnreadable)
        #expect(restored.replaced.flatMap { Files.system.mode($0) } != nil)
        try phone.reopen()
        #expect(try phone.store.verifyRows() == [])
        #expect(try phone.stop(1)?.stop.notes == ["n1"])
    }

    @Test(
        "What a column says otherwise than the bytes beside it is not carried over",
        arguments: [
            "UPDATE changeset SET change_id = x'00112233445566778899aabbccddeeff'",
            "UPDATE changeset SET counter = 9", "UPDATE changeset SET written_at = written_at + 1",
            "UPDATE changeset SET state = 3, reason = x'61'",
            "UPDATE changeset SET hash = zeroblob(32)",
            "UPDATE changeset SET facts = 2",
            "UPDATE changeset SET entity = (SELECT max(id) FROM entity)",
            "UPDATE changeset SET entity = NULL",
        ])
    func changedColumn(_ change: String) throws {
        let (phone, copy) = try Self.sent()
        try phone.store.connection.write { db in
            let number = try db.count("SELECT max(number) FROM changeset WHERE counter = 2")
            try db.run(change + " WHERE number = \(number)")
        }
        phone.store.close()
        let restored = try ReplicaStore.restore(copy, to: phone.path, now: Self.now)
        #expect(restored.kept == 1 && restored.left == 2 && !restored.isOldUnreadable)
        #expect(restored.replaced.flatMap { Files.system.mode($0) } != nil)
        try phone.reopen()
        #expect(try phone.store.verifyRows() == [])
        #expect(try phone.stop(1)?.stop.notes == ["n1"])
    }

    @Test("An archive with a page that cannot be read gives way, and is kept")
    func brokenPage() throws {
        let (phone, copy) = try Self.sent()
        let (page, size) = try phone.store.connection.read { db in
            (
                try db.count("SELECT rootpage FROM sqlite_master WHERE name = 'epoch'"),
                try db.count("PRAGMA page_size")
            )
        }
        phone.store.close()
        var bytes = try #require(Files.system.read(phone.path))
        let range = (page - 1) * size..<page * size
        try #require(page > 1 && range.upperBound <= bytes.count)
        bytes.replaceSubrange(range, with: [UInt8](repeating: 0xFF, count: size))
        try Files.system.replace(phone.path, with: bytes)
        let restored = try ReplicaStore.restore(copy, to: phone.path, now: Self.now)
        #expect(restored.kept == 0 && restored.left == 0 && restored.isOldUnreadable)
        #expect(restored.replaced.flatMap { Files.system.read($0) } == bytes)
        try phone.reopen()
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("A copy that is not all in its file does not get the store's name")
    func copyInWAL() throws {
        let (phone, copy) = try Self.sent()
        phone.store.close()
        let files = MortalFiles(callsLeft: .max, stays: phone.path + ".restoring-wal")
        #expect(throws: StoreError.failed(code: 0, "copy not closed")) {
            try ReplicaStore.restore(copy, to: phone.path, now: Self.now, files: files)
        }
        #expect(Files.system.mode(phone.path + ".restoring") == nil)
        try phone.reopen()
        #expect(try phone.stop(1)?.stop.notes == ["n1", "n2", "n3"])
        #expect(!phone.store.isUnproven)
    }

    private static let broken = [UInt8](repeating: 7, count: 9_000)
    private static let log: [UInt8] = [1, 2, 3]

    /// A store that cannot be read in the place of the phone's, with a WAL.
    private static func breakStore(of phone: Phone) throws {
        phone.store.close()
        for suffix in ["-wal", "-shm"] { Files.system.remove(phone.path + suffix) }
        try Files.system.replace(phone.path, with: broken)
        try Files.system.replace(phone.path + "-wal", with: log)
    }

    private static func isWhole(_ path: String) -> Bool {
        Files.system.read(path) == broken && Files.system.read(path + "-wal") == log
    }

    @Test("An exchange that fails at its last step leaves a damaged store as it was, WAL and all")
    func lastStepFails() throws {
        let (phone, copy) = try Self.sent()
        try Self.breakStore(of: phone)
        let files = MortalFiles(callsLeft: .max, refused: phone.path)
        #expect(throws: StoreError.self) {
            try ReplicaStore.restore(copy, to: phone.path, now: Self.now, files: files)
        }
        #expect(Self.isWhole(phone.path))
        #expect(Files.system.mode(phone.path + ".before-\(Self.now)") == nil)
        #expect(Files.system.mode(phone.path + ".before-\(Self.now)-wal") == nil)
        let restored = try ReplicaStore.restore(copy, to: phone.path, now: Self.now)
        #expect(restored.replaced.map { Self.isWhole($0) } == true)
        #expect(restored.isOldUnreadable)
        try phone.reopen()
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("Wherever the process ends, a damaged store and its WAL are whole somewhere")
    func killed() throws {
        for call in 1...60 {
            let (phone, copy) = try Self.sent()
            try Self.breakStore(of: phone)
            let files = MortalFiles(callsLeft: call)
            let isDone =
                (try? ReplicaStore.restore(
                    copy, to: phone.path, now: Self.now, files: files)) != nil
            let aside = phone.path + ".before-\(Self.now)"
            #expect(Self.isWhole(phone.path) || Self.isWhole(aside), "call \(call)")
            if isDone {
                try phone.reopen()
                #expect(try phone.store.verifyRows() == [])
                return
            }
            // What is in its place is the old one, or the new one without the old one's WAL.
            let isOld = Files.system.read(phone.path) == Self.broken
            #expect(isOld || Files.system.mode(phone.path + "-wal") == nil, "call \(call)")
        }
        Issue.record("it never came to an end")
    }
}
