import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import LuckyWire
import Synchronization
import TestSupport
import Testing

@testable import LuckyHub

/// Pushes that come while a commit is synced are committed together (DESIGN §6), each as if alone.
@Suite struct CommitQueueTests {
    @Test(arguments: Backend.allCases)
    func pushesThatWaitShareACommit(_ backend: Backend) throws {
        let bench = try Bench(backend)
        let phones = try Self.phones(3, bench)
        let before = bench.hub.queue.transactions.load(ordering: .relaxed)
        let callers = bench.hub.queue.callers.load(ordering: .relaxed)
        let end = bench.hub.sequence(of: Bench.depot)
        let answers = try Self.push(phones, bench)
        #expect(bench.hub.queue.transactions.load(ordering: .relaxed) == before + 1)
        #expect(bench.hub.queue.callers.load(ordering: .relaxed) == callers + 3)
        for answer in answers {
            #expect(try answer.get().receipts.map(\.result) == [.accepted])
            #expect(try answer.get().page != nil)
        }
        #expect(bench.hub.sequence(of: Bench.depot) == end + 3)
        try bench.checkFastPaths()
    }

    /// One is refused, one fails after it wrote something: nothing of them is left, nobody else
    /// notices, and what is at hand is what the rows say.
    @Test(arguments: Backend.allCases)
    func whoeverFailsTakesNobodyAlong(_ backend: Backend) throws {
        struct Stopped: Error {}
        let bench = try Bench(backend)
        let phones = try Self.phones(2, bench)
        let (first, second) = (Bench.stop(0), Bench.stop(1))
        let vectors = try [first, second].map { try bench.vector($0) }
        let (hub, now) = (bench.hub, bench.now)
        let answers = try Self.together(
            hub,
            [
                { try Self.push(phones[0], hub, now) },
                {
                    _ = try hub.write(
                        [Change(second, .plan(.sequence, .integer(5)))],
                        contexts: [second: [ReplicaID(install: 9, epoch: 9): 7]],
                        id: ChangeID(high: 7, low: 1), by: Bench.office, now: now)
                    throw Stopped()
                },
                {
                    try hub.append(now) { writer -> SyncResponse in
                        _ = try writer.write(
                            [Change(first, .plan(.sequence, .integer(9)))],
                            contexts: [first: vectors[0]], id: ChangeID(high: 7, low: 2),
                            author: "ofc-1", role: .office)
                        throw Stopped()
                    }
                },
                { try Self.push(phones[1], hub, now) },
            ])
        for index in [0, 3] {
            #expect(try answers[index].get().receipts.map(\.result) == [.accepted])
        }
        #expect(throws: HubRefusal.self) { try answers[1].get() }
        #expect(throws: Stopped.self) { try answers[2].get() }
        try bench.hub.read { hub in
            for stop in [first, second] {
                let state = try #require(try hub.state(stop))
                #expect(state.facts.count == 1 && state.shown(.sequence) != .integer(9))
            }
        }
        try bench.checkFastPaths()
        try bench.edit(first, [.sequence: .integer(3)])
        try bench.checkFastPaths()
    }

    /// What a start found unfinished may end the process: nobody is in its transaction.
    @Test func whatMayEndTheProcessIsAlone() throws {
        let bench = try Bench(.memory)
        let phones = try Self.phones(2, bench)
        let before = bench.hub.queue.transactions.load(ordering: .relaxed)
        let (hub, now) = (bench.hub, bench.now)
        let ends = Mutex<[UInt64]>([])
        let answers = try Self.together(
            hub,
            [
                {
                    try hub.append(now, isAlone: true) { writer in
                        ends.withLock { $0.append(writer.end.sequence) }
                    }
                    return try Self.push(phones[0], hub, now)
                },
                { try Self.push(phones[1], hub, now) },
            ])
        for answer in answers {
            #expect(try answer.get().receipts.map(\.result) == [.accepted])
        }
        #expect(bench.hub.queue.transactions.load(ordering: .relaxed) == before + 3)
        // It came first, and behind what was already there.
        #expect(ends.withLock { $0 } == [bench.hub.sequence(of: Bench.depot) - 1])
    }

    /// The database ends the whole transaction, as on a full disk: who met it is told, the others
    /// are committed without it.
    @Test(arguments: Backend.allCases)
    func aTransactionThatIsGoneIsOnlyItsOwn(_ backend: Backend) throws {
        struct Full: Error {}
        let bench = try Bench(backend)
        let phones = try Self.phones(2, bench)
        let (hub, now) = (bench.hub, bench.now)
        let answers = try Self.together(
            hub,
            [
                { try Self.push(phones[0], hub, now) },
                {
                    try hub.append(now) { writer -> SyncResponse in
                        let rows = try #require(writer.rows as? SQLiteRows)
                        try rows.db.execute(sql: "ROLLBACK")
                        throw Full()
                    }
                },
                { try Self.push(phones[1], hub, now) },
            ])
        #expect(throws: Full.self) { try answers[1].get() }
        for index in [0, 2] {
            #expect(try answers[index].get().receipts.map(\.result) == [.accepted])
        }
        try bench.checkFastPaths()
    }

    /// What a process that ends right then leaves on the disk has all that got receipts.
    @Test func whatGotReceiptsIsInTheFile() throws {
        let bench = try Bench(.file)
        let phones = try Self.phones(3, bench)
        let folder = try TemporaryFolder()
        let answers = try Self.push(phones, bench)
        for name in ["hub.sqlite", "hub.sqlite-wal"] {
            try FileManager.default.copyItem(
                atPath: bench.folder.path(name), toPath: folder.path(name))
        }
        let left = try Bench(at: folder.path("hub.sqlite"), seed: 2)
        defer { try? left.hub.close() }
        try left.hub.storage.read { rows in
            for answer in answers {
                for receipt in try answer.get().receipts {
                    let row = try rows.changeset(
                        Dot(receipt.replica, receipt.counters.upperBound))
                    #expect(row?.hash == receipt.hash)
                    #expect(row?.sequence == receipt.sequences.first?.sequence)
                }
            }
        }
    }

    // MARK: Many at once

    /// Each with a stop and one tap that was not sent.
    private static func phones(_ count: Int, _ bench: Bench) throws -> [Phone] {
        try (0..<count).map { number in
            let name = Identifier("drv-\(number)")
            try bench.plan(number, for: name)
            var phone = Phone(name, install: UInt64(number + 1))
            try bench.settle(&phone)
            try phone.tap(Bench.stop(number), .arrival)
            return phone
        }
    }

    private static func push(
        _ phone: Phone, _ hub: Hub, _ now: Int64
    ) throws -> SyncResponse {
        let answer = try hub.sync(
            phone.request(.init(wantsDigest: false)), as: phone.credential, now: now)
        return try SyncResponse(decoding: answer.body)
    }

    private static func push(
        _ phones: [Phone], _ bench: Bench
    ) throws -> [Result<SyncResponse, any Error>] {
        let (hub, now) = (bench.hub, bench.now)
        return try together(
            hub,
            phones.map { phone in
                { @Sendable () throws -> SyncResponse in try push(phone, hub, now) }
            })
    }

    private static func together(
        _ hub: Hub, _ calls: [@Sendable () throws -> SyncResponse]
    ) throws -> [Result<SyncResponse, any Error>] { try queued(hub, calls) }

    /// Makes calls queue for one turn: who has it gives it away when all wait.
    static func queued<T: Sendable>(
        _ hub: Hub, _ calls: [@Sendable () throws -> T]
    ) throws -> [Result<T, any Error>] {
        let results = Mutex<[Int: Result<T, any Error>]>([:])
        let done = DispatchSemaphore(value: 0)
        hub.committing.lock()
        for (index, call) in calls.enumerated() {
            Thread.detachNewThread {
                let result = Result { try call() }
                results.withLock { $0[index] = result }
                done.signal()
            }
            // In this order.
            for _ in 0..<10_000 where hub.queue.count <= index {
                Thread.sleep(forTimeInterval: 0.001)
            }
        }
        hub.committing.unlock()
        for _ in calls { done.wait() }
        return try calls.indices.map { index in
            try #require(results.withLock { $0[index] })
        }
    }
}
