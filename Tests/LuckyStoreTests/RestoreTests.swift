import Foundation
import LuckyCausality
import LuckyFiles
import LuckyModel
import LuckyWire
import Synchronization
import TestSupport
import Testing

@testable import LuckyStore

/// What a backup that is put back must not take away, and wherever the process may end meanwhile.
struct RestoreTests {
    private static let now: Int64 = 1_790_000_500_000

    @Test("What was received since the backup stays for a hub that is put back, too")
    func archiveComesOver() throws {
        let phone = try Phone.withRoute()
        try phone.complete(Phone.stop(1))
        try phone.push()
        let copy = phone.folder.path("kept.db")
        _ = try ReplicaStore.backUp(phone.path, to: copy)
        try phone.note("second", Phone.stop(2))
        try phone.note("refused", Phone.stop(2))
        try phone.push(quarantine: [3])
        // And some under another name.
        try phone.store.beginEpoch(using: &phone.random)
        try phone.note("third", Phone.stop(3))
        try phone.push()
        let names = try phone.store.epochs()
        let kept = try names.flatMap { try phone.store.sealed(by: $0) }
        #expect(kept.count == 4)
        phone.store.close()

        let restored = try ReplicaStore.restore(copy, to: phone.path, now: Self.now)
        #expect(restored.kept == 3 && restored.pending == 0)
        try phone.reopen()
        #expect(try names.flatMap { try phone.store.sealed(by: $0) } == kept)
        #expect(try phone.stop(3)?.stop.notes == ["third"])
        #expect(try phone.stop(2)?.stop.notes == ["second"])
        #expect(try phone.store.position().quarantinedCount == 1)
        #expect(try phone.store.verifyRows() == [])
        try phone.note("after", Phone.stop(1))
        #expect(try phone.store.epochs().count == names.count + 1)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test(
        "The hybrid clock goes on from the backup's last tap, though nobody has it yet",
        arguments: [false, true])
    func clockGoesOn(isReceivedSince: Bool) throws {
        let phone = try Phone.withRoute()
        try phone.note("waits", Phone.stop(1))
        let clock = try phone.store.connection.read { try Meta($0).clock.last }
        let copy = phone.folder.path("kept.db")
        _ = try ReplicaStore.backUp(phone.path, to: copy)
        if isReceivedSince {
            try phone.note("newer", Phone.stop(2))
            try phone.push()
        }
        phone.store.close()
        let restored = try ReplicaStore.restore(copy, to: phone.path, now: Self.now)
        #expect(restored.kept == (isReceivedSince ? 1 : 0))
        try phone.reopen()
        #expect(try phone.store.connection.read { try Meta($0).clock.last } >= clock)
    }

    @Test("A photo of a stop that is newer than the backup stays until the depot has it")
    func newPhotoStays() throws {
        let phone = try Phone.withRoute()
        let copy = phone.folder.path("kept.db")
        _ = try ReplicaStore.backUp(phone.path, to: copy)
        phone.plan(4)
        try phone.pull()
        let photo = try phone.store.savePhoto(Data([4, 7, 7]))
        try phone.tap(Phone.stop(4)) { _ in [.photoTaken(photo)] }
        try phone.push()
        phone.store.close()
        #expect(try ReplicaStore.restore(copy, to: phone.path, now: Self.now).kept == 1)
        try phone.reopen()
        #expect(try phone.store.removePurgedPhotos() == 0)
        #expect(phone.store.photo(photo.sha256) != nil)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test(
        "What left the archive since is no gap, and what stayed there comes over",
        arguments: [0, 1])
    func prunedIsNoGap(refused: Int) throws {
        let phone = try Phone.withRoute()
        let copy = phone.folder.path("kept.db")
        try phone.note("n1", Phone.stop(1))
        _ = try ReplicaStore.backUp(phone.path, to: copy)
        for number in 2...4 { try phone.note("n\(number)", Phone.stop(1)) }
        var receipts = try phone.push(quarantine: refused == 0 ? [] : [3])
        for index in receipts.indices { receipts[index].backupMark = 3 }
        try phone.store.apply(receipts: receipts)
        try phone.pull()
        let later = phone.hub.now + 15 * 24 * 3_600_000
        _ = try phone.store.apply(page: try phone.nextPage(), hubTime: later)
        #expect(try phone.store.prune() == 3 - refused)
        phone.store.close()
        let restored = try ReplicaStore.restore(copy, to: phone.path, now: Self.now)
        #expect(restored.kept == 1 + refused)
        try phone.reopen()
        #expect(try phone.store.verifyRows() == [])
        #expect(try phone.store.position().quarantinedCount == refused)
        #expect(try phone.store.firstHeld(of: phone.store.identity.replica) == 4)
    }

    @Test("Wherever the process ends, a store with every tap is in its place")
    func killed() throws {
        var ends: Set<Int> = []
        for call in 1...60 {
            let phone = try Phone.withRoute()
            try phone.complete(Phone.stop(1))
            let copy = phone.folder.path("kept.db")
            _ = try ReplicaStore.backUp(phone.path, to: copy)
            try phone.push()
            phone.store.close()
            let files = MortalFiles(callsLeft: call)
            let isDone =
                (try? ReplicaStore.restore(
                    copy, to: phone.path, now: Self.now, files: files)) != nil
            try phone.reopen()
            let pending = try phone.store.position().pendingCount
            ends.insert(pending)
            #expect(try phone.store.changesets(.all, limit: 10).count == 1, "call \(call)")
            #expect(try phone.store.verifyRows() == [], "call \(call)")
            if isDone { return #expect(ends == [0, 1], "both were seen") }
        }
        Issue.record("it never came to an end")
    }

    @Test("No store is made beside what is left of another", arguments: ["-wal", "-shm"])
    func strayFile(_ suffix: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("replica.db")
        try Files.system.replace(path + suffix, with: [1, 2, 3])
        var random = SeededGenerator(seed: 8)
        #expect(throws: StoreError.alreadyExists(path: path + suffix)) {
            try ReplicaStore.create(at: path, identity: NewReplica(driver: "d", using: &random))
        }
        #expect(Files.system.read(path + suffix) == [1, 2, 3])
        #expect(Files.system.mode(path) == nil)
    }
}

extension ReplicaStore {
    fileprivate func sealed(by replica: ReplicaID) throws -> [[UInt8]] {
        try envelopes(of: replica, from: 1, count: 100, bytes: .max).map(\.bytes)
    }
}

/// The system's files until the process ends: from then on nothing changes any more.
final class MortalFiles: FileCalls {
    private let left: Mutex<Int>
    private let files = SystemFiles()
    /// What seems to be there whatever is done.
    private let stays: String?
    /// The name that nothing gets.
    private let refused: String?

    init(callsLeft: Int, stays: String? = nil, refused: String? = nil) {
        left = Mutex(callsLeft)
        self.stays = stays
        self.refused = refused
    }

    /// Whether a call that changes something is still made.
    private func lives() -> Bool {
        left.withLock { left in
            left -= 1
            if left < 0 { errno = EIO }
            return left >= 0
        }
    }

    func status(_ path: String) -> FileStatus? {
        path == stays ? FileStatus(mode: 0o100600, size: 32, changedAt: 0) : files.status(path)
    }
    func open(_ path: String, _ flags: Int32) -> Int32 {
        flags & O_CREAT == 0 || lives() ? files.open(path, flags) : -1
    }
    func close(_ file: Int32) { files.close(file) }
    func read(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        files.read(file, buffer)
    }
    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        lives() ? files.write(file, bytes) : -1
    }
    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int64) -> Int {
        lives() ? files.write(file, bytes, at: offset) : -1
    }
    func sync(_ file: Int32) -> Bool { lives() && files.sync(file) }
    func allocate(_ file: Int32, _ bytes: Int64) -> Int32 {
        lives() ? files.allocate(file, bytes) : EIO
    }
    func lock(_ file: Int32) -> Bool { files.lock(file) }
    func rename(_ path: String, to target: String) -> Bool {
        if target == refused {
            errno = EIO
            return false
        }
        return lives() && files.rename(path, to: target)
    }
    func unlink(_ path: String) -> Bool { lives() && files.unlink(path) }
    func makeFolder(_ path: String) -> Bool { lives() && files.makeFolder(path) }
    func names(in folder: String) -> [String]? { files.names(in: folder) }
    func room(at path: String) -> DiskRoom? { files.room(at: path) }
    func resolved(_ folder: String) -> String? { files.resolved(folder) }
}
