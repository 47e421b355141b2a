import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import LuckySchemas
import LuckyWire
import TestSupport
import Testing

@testable import LuckyStore

/// What stays in the archive, and what may go (L12).
struct ArchiveTests {
    private static let day: Int64 = 24 * 60 * 60 * 1000

    /// Three taps, received and echoed; the backup mark stands at `mark`.
    private func phone(mark: UInt64) throws -> Phone {
        let phone = try Phone.withRoute()
        for number in 1...3 { try phone.note("n\(number)", Phone.stop(1)) }
        var receipts = try phone.push()
        for index in receipts.indices { receipts[index].backupMark = mark }
        try phone.store.apply(receipts: receipts)
        try phone.pull()
        return phone
    }

    private func page(at hubTime: Int64, _ phone: Phone) throws {
        _ = try phone.store.apply(page: try phone.nextPage(), hubTime: hubTime)
    }

    @Test("Counterexample 9: a clock a year ahead prunes nothing; the hub's time and mark do")
    func hubTimeOnly() throws {
        let phone = try phone(mark: 2)
        let year = DeviceTime(
            wallMilliseconds: phone.hub.now + 366 * Self.day, monotonicMilliseconds: 1,
            boot: BootID(high: 1, low: 1))
        _ = try phone.store.commit(
            phone.newChange(), on: Phone.stop(2), time: year, using: &phone.random
        ) { _ in [.noteAdded(Note("far ahead"))] }
        #expect(try phone.store.prune() == 0)
        try page(at: phone.hub.now + 13 * Self.day, phone)
        #expect(try phone.store.prune() == 0)
        try page(at: phone.hub.now + 15 * Self.day, phone)
        #expect(try phone.store.prune() == 2)
        #expect(try phone.store.prune() == 0)
        let replica = phone.store.identity.replica
        #expect(try phone.store.firstHeld(of: replica) == 3)
        #expect(try phone.store.hash(of: Dot(replica, 2)) != nil)
        #expect(try phone.stop(1)?.stop.notes == ["n1", "n2", "n3"])
        #expect(try phone.store.verifyRows() == [])
        try phone.reopen()
        #expect(try phone.store.position().recovery == nil)
    }

    @Test("The same tap is the same tap after its changeset has left the archive (L1)")
    func sameTapAfterPruning() throws {
        let phone = try Phone.withRoute()
        let id = phone.newChange()
        let first = try phone.tap(Phone.stop(1), id: id) { _ in [.noteAdded(Note("x"))] }
        var receipts = try phone.push()
        for index in receipts.indices { receipts[index].backupMark = 1 }
        try phone.store.apply(receipts: receipts)
        try phone.pull()
        try page(at: phone.hub.now + 15 * Self.day, phone)
        #expect(try phone.store.prune() == 1)
        let again = try phone.tap(Phone.stop(1), id: id) { _ in [.noteAdded(Note("x"))] }
        #expect(again.isRepeat)
        #expect(again.dot == first.dot)
        #expect(again.hash == first.hash)
    }

    @Test("What no page has echoed yet stays, and so does what was quarantined")
    func whatStays() throws {
        let phone = try Phone.withRoute()
        try phone.note("bad", Phone.stop(1))
        try phone.note("good", Phone.stop(1))
        var receipts = try phone.push(quarantine: [1])
        for index in receipts.indices { receipts[index].backupMark = 2 }
        try phone.store.apply(receipts: receipts)
        try phone.store.connection.write {
            try $0.execute(
                sql: "UPDATE meta SET hub_time = received_at + ? FROM changeset",
                arguments: [15 * Self.day])
        }
        #expect(try phone.store.prune() == 0)
        try phone.pull()
        #expect(try phone.store.prune() == 1)
        #expect(try phone.store.position().quarantinedCount == 1)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("What the hub had already stays while nothing else shows it (L12)")
    func alreadyStays() throws {
        let phone = try Phone.withRoute()
        let note = try phone.note("門口有狗", Phone.stop(1))
        let envelope = try #require(try phone.store.envelopes(from: nil, count: 1, bytes: 0).first)
        var elsewhere = phone.hub
        var receipt = try elsewhere.take(envelope.bytes)
        receipt.result = .already(Dot(phone.hub.replica, phone.hub.head + 1))
        receipt.backupMark = 1
        try phone.adopt()
        #expect(try phone.store.apply(receipts: [receipt]) == 1)
        try page(at: phone.hub.now + 15 * Self.day, phone)
        #expect(try phone.store.prune() == 0)
        #expect(try phone.stop(1)?.stop.notes == ["門口有狗"])
        // A page brings it, under the dot that the hub has it under.
        let changeset = try Changeset(reading: envelope.bytes)
        let text = Fact.noteAdded(Note("門口有狗"))
        phone.hub.add(
            encoded: changeset.changes[0], body: .fact(text), on: Phone.stop(1), id: note.change)
        try page(at: phone.hub.now + 15 * Self.day, phone)
        #expect(try phone.store.prune() == 1)
        #expect(try phone.stop(1)?.stop.notes == ["門口有狗"])
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("A gap that nobody can fill never blocks: what is left gets a new epoch (L26)")
    func gap() throws {
        let phone = try phone(mark: 3)
        try page(at: phone.hub.now + 15 * Self.day, phone)
        #expect(try phone.store.prune() == 3)
        let tap = try phone.note("pending", Phone.stop(1))
        try phone.store.reissue(tap.dot.replica, after: 0, using: &phone.random)
        let now = phone.store.identity.replica
        #expect(now != tap.dot.replica)
        let envelope = try #require(
            try phone.store.envelopes(from: nil, count: 9, bytes: .max).first)
        let changeset = try Changeset(reading: envelope.bytes)
        #expect(changeset.dot == Dot(now, 1))
        #expect(changeset.header.changeID == tap.change)
        #expect(changeset.header.contexts[Phone.stop(1)]?[tap.dot.replica] == 0)
        #expect(try phone.stop(1)?.stop.notes == ["n1", "n2", "n3", "pending"])
    }

    @Test("A file of version 1 opens with its full outbox, for reading and for writing")
    func migrates() throws {
        for opensToRead in [true, false] {
            let folder = try TemporaryFolder()
            let path = folder.path("old.db")
            var random = SeededGenerator(seed: 5)
            let new = NewReplica(driver: "drv-1", using: &random)
            let envelopes = try Self.versionOne(at: path, new)
            if opensToRead {
                let reader = try ReplicaStore.openForReading(
                    at: path, as: "drv-1", marks: folder.path("state"))
                #expect(try reader.position().pendingCount == 40)
                reader.close()
            }
            let store = try ReplicaStore.open(
                at: path, as: "drv-1", leaseWaitMilliseconds: 2_000, marks: folder.path("state"))
            let position = try store.position()
            #expect(position.pendingCount == 40)
            #expect(position.recovery == nil)
            #expect(position.replica == new.replica)
            #expect(try store.turn().replica == new.replica)
            let kept = try store.envelopes(from: nil, count: 100, bytes: .max)
            #expect(kept.map(\.bytes) == envelopes)
            #expect(Files.system.mode(path + ".nonce") == nil)
            #expect(
                Files.system.mode(ReplicaStore.markPath(of: path, in: folder.path("state"))) != nil)
            #expect(try store.connection.read { try $0.count("PRAGMA user_version") } == 6)
            store.close()
        }
    }

    /// A file as the first version wrote it, with forty taps that wait.
    private static func versionOne(at path: String, _ new: NewReplica) throws -> [[UInt8]] {
        try Files.system.create(path)
        let queue = try DatabaseQueue(path: path)
        var envelopes: [[UInt8]] = []
        try queue.inDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: LuckySchemas.storeSQL[0])
            try db.execute(
                sql: "PRAGMA application_id = \(Connection.applicationID); PRAGMA user_version = 1")
            try Meta.insert(new, db)
            let stop = Phone.stop(1)
            try db.run(
                "INSERT INTO entity (id, vector, membership) VALUES (?, ?, 1)",
                [stop.blob, [] as [UInt8]])
            var last: Changeset?
            for counter in 1...40 {
                let fact = Change(stop, .fact(.noteAdded(Note("n\(counter)"))))
                let header = ChangesetHeader(
                    changeID: ChangeID(high: 9, low: UInt64(counter)), author: new.driver,
                    time: DeviceTime(
                        wallMilliseconds: 1_790_000_000_000, monotonicMilliseconds: 1,
                        boot: BootID(high: 0, low: 0)),
                    hlc: HLC(milliseconds: 1_790_000_000_000, logical: UInt32(counter)),
                    checkpoint: nil, contexts: [stop: VersionVector()])
                let changeset = try Changeset(
                    sealing: [ChangeCodec.encode(fact) { [UInt8](repeating: 1, count: 16) }],
                    header: header, dot: Dot(new.replica, UInt64(counter)),
                    previous: last?.hash ?? .zero)
                try db.run(
                    "INSERT INTO changeset (replica, counter, change_id, hash, bytes, written_at)"
                        + " VALUES (?, ?, ?, ?, ?, 1)",
                    [
                        new.replica.blob, counter, header.changeID.blob, changeset.hash.blob,
                        changeset.bytes.blob,
                    ])
                try db.run(
                    "INSERT INTO changeset_entity VALUES (?, ?, 1)", [stop.blob, counter])
                try Meta.save(
                    head: ChainHead(counter: UInt64(counter), hash: changeset.hash), db)
                envelopes.append(changeset.bytes)
                last = changeset
            }
        }
        try queue.close()
        let mark = "lucky-replica/1 \(new.nonce.hex) 0 \(Hash256.zero.hex)\n"
        try Files.system.replace(path + ".nonce", with: Array(mark.utf8))
        return envelopes
    }
}
