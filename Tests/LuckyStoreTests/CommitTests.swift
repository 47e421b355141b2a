import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyStore

/// The tap: one transaction, once.
struct CommitTests {
    @Test("A tap is in the rows, in the outbox and in the chain when the call returns (L11)")
    func tap() throws {
        let phone = try Phone.withRoute()
        let result = try phone.complete(Phone.stop(1))
        #expect(result.pending == 1)
        #expect(result.dot == Dot(phone.store.identity.replica, 1))
        #expect(!result.isRepeat)
        try phone.crash()
        let stored = try #require(try phone.stop(1))
        #expect(stored.stop.status == .delivered)
        #expect(stored.stop.cash == Money.dollars(1_900))
        #expect(stored.stop.recipient == "王小姐")
        #expect(stored.unsent == 1)
        let position = try phone.store.position()
        #expect(position.head == ChainHead(counter: 1, hash: result.hash))
        #expect(position.pendingCount == 1)
        #expect(position.oldestPendingWrittenAt == 1_790_000_000_250)
        let entry = try #require(try phone.store.changesets(.pending, limit: 10).first)
        #expect(entry.change == result.change)
        #expect(entry.kinds == ["handed_over", "cash_received"])
        #expect(entry.entities == [Phone.stop(1)])
        #expect(entry.state == .pending)
    }

    @Test("The chain: counters from 1, each linked to the hash before, contexts as shown (L18)")
    func chain() throws {
        let phone = try Phone.withRoute()
        for number in 1...3 { try phone.note("第 \(number) 站", Phone.stop(UInt64(number))) }
        try phone.note("again", Phone.stop(1))
        let envelopes = try phone.store.envelopes(from: nil, count: 10, bytes: .max)
        #expect(envelopes.map(\.counter) == [1, 2, 3, 4])
        let changesets = try envelopes.map { try Changeset(reading: $0.bytes) }
        #expect(changesets.map(\.previous) == [.zero] + changesets.dropLast().map(\.hash))
        let replica = phone.store.identity.replica
        let planned = try #require(phone.hub.states[Phone.stop(1)]).vector
        #expect(changesets[0].header.contexts == [Phone.stop(1): planned])
        #expect(
            changesets[3].header.contexts == [Phone.stop(1): planned.merging([replica: 1])])
        #expect(changesets.allSatisfy { $0.header.checkpoint == phone.hub.checkpoint(4) })
        #expect(try phone.store.hash(of: Dot(replica, 3)) == changesets[2].hash)
        #expect(try phone.store.hash(of: Dot(replica, 5)) == nil)
        // Salts differ, or two equal notes could be told from their hashes.
        let salts = changesets.compactMap { $0.changes.first?.personal?.prefix(16) }
        #expect(Set(salts).count == 4)
    }

    @Test("The same change id is the same tap: the first result again, nothing written (L1)")
    func twice() throws {
        let phone = try Phone.withRoute()
        let id = phone.newChange()
        let first = try phone.complete(Phone.stop(1), id: id)
        let again = try phone.complete(Phone.stop(1), id: id)
        #expect(again.isRepeat)
        #expect((again.change, again.dot, again.hash) == (first.change, first.dot, first.hash))
        // Also where a rule would refuse now, and after a restart and a receipt.
        try phone.push()
        try phone.reopen()
        let later = try phone.tap(Phone.stop(2), id: id) { _ in [] }
        #expect((later.dot, later.hash, later.pending) == (first.dot, first.hash, 0))
        #expect(try phone.count("changeset") == 1)
    }

    @Test("A refused tap leaves nothing")
    func refused() throws {
        let phone = try Phone.withRoute()
        try phone.complete(Phone.stop(1))
        let before = try phone.tables()
        #expect(throws: StoreError.refused(.alreadyClosed(.delivered))) {
            try phone.complete(Phone.stop(1))
        }
        #expect(throws: StoreError.unknownEntity(Phone.stop(99))) {
            try phone.complete(Phone.stop(99))
        }
        #expect(throws: StoreError.self) { try phone.tap(Phone.stop(2)) { _ in [] } }
        let text = String(repeating: "字", count: 30_000)
        let tooLong = #expect(throws: StoreError.self) { try phone.note(text, Phone.stop(2)) }
        #expect(tooLong?.code == "out_of_bounds")
        #expect(throws: StoreError.self) {
            try phone.tap(Phone.stop(2)) { _ in
                Array(repeating: .noteAdded(Note("x")), count: 65)
            }
        }
        #expect(try phone.tables() == before)
        try phone.reopen()
        #expect(try phone.tables() == before)
    }

    @Test("A transaction that breaks in the middle leaves nothing, and the next tap works")
    func brokenInTheMiddle() throws {
        let phone = try Phone.withRoute()
        let before = try phone.tables()
        // The last statement of a tap fails: everything before it must go too.
        try phone.store.connection.write {
            try $0.execute(
                sql: "CREATE TRIGGER fault BEFORE UPDATE ON stop_row"
                    + " BEGIN SELECT raise(ABORT, 'fault'); END")
        }
        let failure = #expect(throws: StoreError.self) { try phone.complete(Phone.stop(1)) }
        #expect(failure?.code == "store_failed")
        #expect(try phone.tables() == before)
        try phone.store.connection.write { try $0.execute(sql: "DROP TRIGGER fault") }
        #expect(try phone.complete(Phone.stop(1)).dot.counter == 1)
    }

    @Test("A full disk refuses the tap, leaves no part of it, and takes the next one (L16)")
    func diskFull() throws {
        let phone = try Phone.withRoute()
        func limit(_ pages: Int) throws {
            _ = try phone.store.connection.write {
                try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(pages)")
            }
        }
        let used = try phone.store.connection.read {
            try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0
        }
        try limit(used + 2)
        let text = String(repeating: "字", count: 4_000)
        var taken = 0
        let failure = #expect(throws: StoreError.self) {
            for _ in 0..<20 {
                try phone.note(text, Phone.stop(1))
                taken += 1
            }
        }
        #expect(failure == .diskFull)
        #expect(try phone.stop(1)?.stop.notes.count == taken)
        #expect(try phone.pending == taken)
        #expect(try phone.store.verifyRows() == [])
        try limit(1_000_000)
        #expect(try phone.note(text, Phone.stop(1)).dot.counter == UInt64(taken + 1))
    }

    @Test("A commit that throws is unknown: where the row is there after a reopen, it counts")
    func unknownButThere() throws {
        let phone = try Phone.withRoute()
        let id = phone.newChange()
        phone.store.connection.endTransaction = { db in
            try db.commit()
            throw DatabaseError(resultCode: .SQLITE_IOERR)
        }
        let result = try phone.complete(Phone.stop(1), id: id)
        #expect((result.change, result.dot.counter, result.pending) == (id, 1, 1))
        phone.store.connection.endTransaction = { try $0.commit() }
        #expect(try phone.complete(Phone.stop(1), id: id).isRepeat)
        #expect(try phone.stop(1)?.stop.status == .delivered)
    }

    @Test("A file that cannot be opened again is tried at the next call, and answers by id (L11)")
    func goneForAWhile() throws {
        let phone = try Phone.withRoute()
        let (path, away) = (phone.path, phone.path + ".away")
        let id = phone.newChange()
        phone.store.connection.endTransaction = { db in
            try db.commit()
            try FileManager.default.moveItem(atPath: path, toPath: away)
            throw DatabaseError(resultCode: .SQLITE_IOERR)
        }
        #expect(throws: StoreError.unknownOutcome("store_failed")) {
            try phone.complete(Phone.stop(1), id: id)
        }
        #expect(throws: StoreError.notFound(path: path)) {
            try phone.complete(Phone.stop(1), id: id)
        }
        try FileManager.default.moveItem(atPath: away, toPath: path)
        phone.store.connection.endTransaction = { try $0.commit() }
        #expect(try phone.complete(Phone.stop(1), id: id).isRepeat)
        #expect(try phone.complete(Phone.stop(2)).dot.counter == 2)
        phone.store.close()
        #expect(throws: StoreError.closed) { try phone.complete(Phone.stop(3)) }
        try phone.reopen()
        #expect(try phone.pending == 2)
    }

    @Test("A commit that throws and is not there afterwards is a clear no")
    func unknownAndNot() throws {
        let phone = try Phone.withRoute()
        let id = phone.newChange()
        phone.store.connection.endTransaction = { _ in throw DatabaseError(resultCode: .SQLITE_FULL)
        }
        #expect(throws: StoreError.diskFull) { try phone.complete(Phone.stop(1), id: id) }
        phone.store.connection.endTransaction = { try $0.commit() }
        #expect(try phone.stop(1)?.stop.status == .pending)
        let result = try phone.complete(Phone.stop(1), id: id)
        #expect(!result.isRepeat && result.dot.counter == 1)
    }

    @Test("The clock only grows, and a stamp from far ahead does not move it (L6)")
    func clock() throws {
        let phone = try Phone.withRoute()
        var stamps: [HLC] = []
        for wall: Int64 in [1_790_000_900_000, 1_000, 1_790_000_900_000, 0] {
            let time = DeviceTime(
                wallMilliseconds: wall, monotonicMilliseconds: 5, boot: BootID(high: 0, low: 0))
            _ = try phone.store.commit(
                phone.newChange(), on: Phone.stop(1), time: time, using: &phone.random
            ) { _ in [.noteAdded(Note("x"))] }
            try phone.reopen()
        }
        for envelope in try phone.store.envelopes(from: 1, count: 10, bytes: .max) {
            stamps.append(try Changeset(reading: envelope.bytes).header.hlc)
        }
        #expect(stamps == stamps.sorted() && Set(stamps).count == 4)
        phone.hub.now += 3_600_000
        phone.hub.write([.sequence: .integer(9)], on: Phone.stop(2))
        let ahead = phone.hub.now
        try phone.adopt()
        _ = try phone.store.apply(page: try phone.nextPage(), hubTime: ahead - 3_000_000)
        try phone.note("y", Phone.stop(2))
        let last = try #require(try phone.store.envelopes(from: 5, count: 1, bytes: 0).first)
        let stamp = try Changeset(reading: last.bytes).header.hlc
        #expect(stamp.milliseconds == 1_790_000_900_000 && stamp > stamps.max() ?? .zero)
    }
}
