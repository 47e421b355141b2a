import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What a start can prove of the file that it finds (L26), each process ending by `kill -9`: the
/// storage goes, nothing is said.
@Suite struct ContinuityTests {
    let folder: TemporaryFolder
    var path: String { folder.path("hub.sqlite") }
    var nonce: URL { URL(fileURLWithPath: path + ".nonce") }

    init() throws { folder = try TemporaryFolder() }

    /// One process: opens the file, works, is killed.
    func run(_ seed: UInt64, _ body: (Hub) throws -> Void = { _ in }) throws -> HistoryID {
        let hub = try Hub.open(
            at: path, depot: Bench.depot, random: SeededGenerator(seed: seed))
        try body(hub)
        try hub.storage.close()
        return hub.history
    }

    func write(_ hub: Hub, _ number: Int) throws {
        _ = try hub.write(
            [Change(Bench.stop(number), .plan(.driver, .name("drv-1")))], contexts: [:],
            id: ChangeID(high: 5, low: UInt64(number)), by: Bench.office, now: 5_000)
    }

    @Test func aKilledProcessIsContinued() throws {
        let history = try run(1) { try write($0, 1) }
        #expect(try run(2) { try write($0, 2) } == history)
        let third = try run(3) { #expect($0.sequence(of: Bench.depot) == 2) }
        #expect(third == history)
    }

    /// Counterexample 1: a copy made by another tool in the current run fits the nonce beside it,
    /// and still is a restore: it lacks what the hub said since.
    @Test func counterexample1_anOlderCopyFromTheSameRunBeginsAnotherHistory() throws {
        let parts = ["", "-wal"]
        var copies: [Data] = []
        let history = try run(1) { hub in
            try write(hub, 1)
            copies = try parts.map { try Data(contentsOf: URL(fileURLWithPath: path + $0)) }
            try write(hub, 2)
        }
        for part in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path + part)
        }
        for (part, copy) in zip(parts, copies) {
            try copy.write(to: URL(fileURLWithPath: path + part))
        }
        let restored = try run(2) { hub in
            #expect(hub.sequence(of: Bench.depot) == 1)
            try write(hub, 3)
        }
        #expect(restored != history)
        #expect(try run(3) == restored)
    }

    /// A power cut may leave an older mark: the database has that row.
    @Test func anOlderMarkStillFits() throws {
        var older = Data()
        let history = try run(1) { hub in
            try write(hub, 1)
            older = try Data(contentsOf: nonce)
            try write(hub, 2)
        }
        try older.write(to: nonce)
        #expect(try run(2) == history)
    }

    /// A copy that lacks nothing of the log, but a receipt: a changeset in quarantine leaves no
    /// place there.
    @Test func aCopyThatLacksAQuarantineReceiptBeginsAnotherHistory() throws {
        let parts = ["", "-wal"]
        var copies: [Data] = []
        let history = try run(1) { hub in
            try write(hub, 1)
            copies = try parts.map { try Data(contentsOf: URL(fileURLWithPath: path + $0)) }
            var phone = Phone("drv-2", install: 1)
            try phone.tap(Bench.stop(1), .arrival)
            let answer = try hub.sync(phone.request(), as: phone.credential, now: 9_000)
            try phone.take(SyncResponse(decoding: answer.body))
            #expect(phone.results[1]?.result == .quarantined("authority"))
            #expect(hub.sequence(of: Bench.depot) == 1)
        }
        for part in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path + part)
        }
        for (part, copy) in zip(parts, copies) {
            try copy.write(to: URL(fileURLWithPath: path + part))
        }
        #expect(try run(2) != history)
    }

    /// A mark as the build before this wrote it: without a count of receipts.
    @Test func anOlderBuildsMarkFits() throws {
        let history = try run(1) { try write($0, 1) }
        var lines = try String(contentsOf: nonce, encoding: .utf8).split(separator: "\n")
        lines[0] = try #require(lines.first).dropLast(17)
        try lines.joined(separator: "\n").write(to: nonce, atomically: true, encoding: .utf8)
        #expect(try run(2) == history)
    }

    /// Nobody hears of a commit before its mark is written: what a start would not miss, a reader
    /// must not have seen.
    @Test func aCommitThatIsNotMarkedIsNotShown() throws {
        _ = try run(1) { hub in
            try write(hub, 1)
            let writer = try hub.storage.write { rows in
                var writer = try LogWriter(rows, of: hub, now: 5_000)
                return try writer.enter(.purge, of: Bench.stop(1), by: "ofc-1")
            }
            #expect(writer == 2)
            do {
                _ = try hub.observe { try $0.logEnd()?.sequence }
                Issue.record("a commit was shown before its mark")
            } catch let refusal as HubRefusal { #expect(refusal.status == 503) }
            try write(hub, 2)
            #expect(try hub.observe { try $0.logEnd()?.sequence } == 3)
        }
    }

    /// The same length, another log.
    @Test func anotherTagAtTheMarkBeginsAnotherHistory() throws {
        let history = try run(1) { try write($0, 1) }
        var lines = try String(contentsOf: nonce, encoding: .utf8).split(separator: "\n")
        var parts = try #require(lines.first).split(separator: " ").map(String.init)
        parts[1] = parts[1].dropLast() + (parts[1].hasSuffix("0") ? "1" : "0")
        lines[0] = Substring(parts.joined(separator: " "))
        try lines.joined(separator: "\n").write(to: nonce, atomically: true, encoding: .utf8)
        #expect(try run(2) != history)
    }
}
