import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What every message changes of an entity, beside what it adds.
@Suite struct EntityHeadTests {
    @Test func itsBytesGiveItBackOrNothing() throws {
        var random = SeededGenerator.current()
        for _ in 0..<200 {
            var vector = VersionVector()
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                vector.raise(
                    ReplicaID(install: random.next(), epoch: 0), to: random.next() >> 12 | 1)
            }
            let head = EntityHead(
                digest: .sha256([UInt8(truncatingIfNeeded: random.next())]),
                touches: (0..<Int.random(in: 0...30, using: &random)).map { _ in random.next() },
                vector: vector)
            let bytes = head.bytes
            #expect(try bytes.withUnsafeBytes { try EntityHead(bytes: $0) } == head)
            let cut = bytes.prefix(Int.random(in: 0..<bytes.count, using: &random))
            let read = cut.withUnsafeBytes { try? EntityHead(bytes: $0) }
            // What is left may be a shorter vector.
            #expect(read == nil || read?.vector != head.vector)
        }
    }

    /// The file of a version before: each entity, what touched it, and what each place of the log
    /// touched is the same, and its devices go on.
    @Test(arguments: [4, 5])
    func anOlderFileIsTakenOver(_ version: Int) throws {
        var random = SeededGenerator.current()
        let folder = try TemporaryFolder()
        let path = folder.path("hub.sqlite")
        let first = try Bench(at: path, seed: random.next())
        for number in 1...4 { try first.plan(number, for: "drv-1") }
        var phone = Phone("drv-1", install: 1)
        try first.settle(&phone)
        // One is touched more often than its head remembers.
        for round in 0..<40 {
            let stop = Bench.stop(Int.random(in: 0..<4, using: &random) == 0 ? 2 : 1)
            _ = try phone.write([
                Change(stop, .fact(.noteAdded(Note("\(round)")))),
                Change(Bench.stop(Int.random(in: 3...4, using: &random)), .fact(.arrival)),
            ])
            if round % 3 == 0 { try first.edit(stop, [.sequence: .integer(Int64(round))]) }
            if round % 5 == 0 { try first.settle(&phone) }
        }
        try first.settle(&phone)
        let before = try Told(first)
        #expect(before.touches.values.contains { $0.count > Bounds.placesInHead })
        try first.hub.close()

        let queue = try DatabaseQueue(path: path)
        try queue.write { try version == 4 ? $0.backToVersion4() : $0.backToVersion5() }
        try queue.close()

        let bench = try Bench(at: path, seed: random.next())
        defer { try? bench.hub.close() }
        #expect(try Told(bench) == before)
        try phone.tap(Bench.stop(1), .arrival)
        try bench.settle(&phone)
        #expect(phone.outbox.isEmpty && phone.digest() == phone.hubDigest)
    }

    private struct Told: Equatable {
        var states: [EntityID: EntityState] = [:]
        var digests: [EntityID: Hash256] = [:]
        var touches: [EntityID: [UInt64]] = [:]
        var touched: [[EntityID]] = []

        init(_ bench: Bench) throws {
            try bench.hub.storage.read { rows in
                for id in try rows.entities(.stop, date: nil) {
                    states[id] = try rows.state(id)
                    digests[id] = try rows.entity(id)?.digest
                    touches[id] = try rows.touches(of: id, after: 0)
                    #expect(try rows.entity(id)?.touchedAt == touches[id]?.last)
                    #expect(try rows.touches(of: id, after: 9) == touches[id]?.filter { $0 > 9 })
                }
                for sequence in 1...(try rows.logEnd()?.sequence ?? 1) {
                    touched.append(try rows.touched(by: sequence))
                }
            }
        }
    }
}
