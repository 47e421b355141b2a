import Foundation
import LuckyCausality
import LuckyFiles
import LuckyModel
import LuckyWire
import Synchronization
import TestSupport
import Testing

@testable import LuckyHub

/// The notes of what is being looked at (L20).
@Suite struct IntakeTests {
    let folder: TemporaryFolder
    var path: String { folder.path("hub.sqlite") }

    init() throws { folder = try TemporaryFolder() }

    func open(_ seed: UInt64) throws -> Hub {
        try Hub.open(at: path, depot: Bench.depot, random: SeededGenerator(seed: seed))
    }

    func phone(taps: Int) throws -> (Phone, [IntakeRow]) {
        var phone = Phone("drv-1", install: 1)
        for _ in 0..<taps { try phone.tap(Bench.stop(1), .arrival) }
        return (phone, try phone.outbox.map { IntakeRow(try Envelope(reading: $0.bytes)) })
    }

    /// A process that is killed while it looks into `rows`.
    func die(_ seed: UInt64, over rows: [IntakeRow]) throws {
        let hub = try open(seed)
        try hub.storage.noteIntake(rows, finished: [])
        try hub.storage.close()
    }

    /// A power cut may tear the file, which is never synced: it is begun anew, and the log stands.
    @Test(arguments: [0, 4096])
    func aTornFileIsBegunAnew(_ offset: UInt64) throws {
        let history = try {
            let hub = try open(1)
            try hub.close()
            return hub.history
        }()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path + "-intake"))
        try file.seek(toOffset: offset)
        try file.write(contentsOf: Data(repeating: 0xFF, count: 100))
        try file.close()

        let hub = try open(2)
        #expect(hub.history == history)
        var (phone, rows) = try phone(taps: 1)
        try phone.take(
            SyncResponse(
                decoding: hub.sync(phone.request(), as: phone.credential, now: 9_000).body))
        #expect(phone.results[1]?.result == .accepted)
        try hub.close()
        try die(3, over: rows)
    }

    /// Two came alone when the process ended, and come again at once: the one that ends it again is
    /// looked into, and the other waits without a note.
    @Test func ofTwoSuspectsOneIsAccused() throws {
        let (_, rows) = try phone(taps: 2)
        try die(1, over: [rows[0]])
        try die(2, over: [rows[1]])
        let again = try open(3)
        #expect(rows.allSatisfy(again.intake.isSuspect))
        let done = DispatchSemaphore(value: 0)
        let (intake, storage, second) = (again.intake, again.storage, rows[1])
        let starts = try intake.noting([rows[0]], in: storage) {
            Thread.detachNewThread {
                try? intake.noting([second], in: storage) {}
                done.signal()
            }
            Thread.sleep(forTimeInterval: 0.1)
            // As the next start would count.
            return try storage.unfinishedIntake()
        }
        done.wait()
        #expect(starts.first { $0.row == rows[0] }?.starts == 2)
        #expect(starts.first { $0.row == second }?.starts == 1)
        try again.close()
    }

    /// What two kills found in company is judged one by one, and nothing of it is quarantined.
    @Test func whatWasNotedInCompanyIsNotBlamed() throws {
        var (phone, rows) = try phone(taps: 3)
        try die(1, over: rows)
        try die(2, over: rows)
        let notes = Notes(try SQLiteStorage(at: path, SystemFiles()))
        let hub = try Hub(notes, depot: Bench.depot, random: RandomSource(SeededGenerator(seed: 3)))
        try phone.take(
            SyncResponse(
                decoding: hub.sync(phone.request(), as: phone.credential, now: 9_000).body))
        #expect((1...3).map { phone.results[$0]?.result } == [.accepted, .accepted, .accepted])
        #expect(notes.sizes.withLock { $0 } == [1, 1, 1])
        try phone.tap(Bench.stop(1), .arrival)
        try phone.tap(Bench.stop(1), .arrival)
        try phone.take(
            SyncResponse(
                decoding: hub.sync(phone.request(), as: phone.credential, now: 9_000).body))
        #expect(phone.outbox.isEmpty)
        #expect(notes.sizes.withLock { $0 } == [1, 1, 1, 2])
        try hub.close()
    }

    /// The one that was alone when two processes ended is the one.
    @Test func whatEndedTwoProcessesAloneIsQuarantined() throws {
        var (phone, rows) = try phone(taps: 3)
        try die(1, over: rows)
        try die(2, over: [rows[1]])
        try die(3, over: [rows[1]])
        let hub = try open(4)
        try phone.take(
            SyncResponse(
                decoding: hub.sync(phone.request(), as: phone.credential, now: 9_000).body))
        #expect(
            (1...3).map { phone.results[$0]?.result }
                == [.accepted, .quarantined("undecoded"), .accepted])
        try hub.close()
    }
}

/// A storage that tells how many envelopes each note was for.
private final class Notes: HubStorage {
    let base: SQLiteStorage
    let sizes = Mutex<[Int]>([])

    init(_ base: SQLiteStorage) { self.base = base }

    func noteIntake(_ rows: [IntakeRow], finished: [IntakeRow]) throws {
        if !rows.isEmpty { sizes.withLock { $0.append(rows.count) } }
        try base.noteIntake(rows, finished: finished)
    }

    func unfinishedIntake() throws -> [(row: IntakeRow, starts: Int)] {
        try base.unfinishedIntake()
    }

    func identity() throws -> HubIdentity? { try base.identity() }

    func setIdentity(_ identity: HubIdentity, beginsHistory: Bool) throws {
        try base.setIdentity(identity, beginsHistory: beginsHistory)
    }

    func read<T>(_ body: (any HubRows) throws -> T) throws -> T { try base.read(body) }

    func write<T>(_ body: (any HubTransaction) throws -> T) throws -> T { try base.write(body) }

    var state: UInt64? { base.state }
    func scrub() throws -> Bool { try base.scrub() }
    func close() throws { try base.close() }
}
