import GRDB
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What a file of a version before says, it says as one of this version.
@Suite struct OldLayoutTests {
    /// Each entity, what touched it, and what each place of the log touched is the same, so are pages
    /// and reports, and its devices go on.
    @Test(arguments: [4, 5, 6])
    func anOlderFileIsTakenOver(_ version: Int) throws {
        var random = SeededGenerator.current()
        let folder = try TemporaryFolder()
        let path = folder.path("hub.sqlite")
        let first = try Bench(at: path, seed: random.next())
        // Not in the order of their ids.
        for number in [3, 1, 4, 2] { try first.plan(number, for: "drv-1") }
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
        #expect(before.page.count == 4)
        try first.hub.close()

        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            switch version {
            case 4: try db.backToVersion4()
            case 5: try db.backToVersion5()
            default: try db.backToVersion6()
            }
        }
        try queue.close()

        let bench = try Bench(at: path, seed: random.next())
        defer { try? bench.hub.close() }
        #expect(try Told(bench) == before)
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
        try bench.plan(5, for: "drv-1")
        #expect(try Told(bench).numbers == [3, 1, 4, 2, 5].map(Bench.stop))
        try phone.tap(Bench.stop(1), .arrival)
        try phone.tap(Bench.stop(5), .arrival)
        try bench.settle(&phone)
        #expect(phone.outbox.isEmpty && phone.digest() == phone.hubDigest)
    }

    private struct Told: Equatable {
        var states: [EntityID: EntityState] = [:]
        var digests: [EntityID: Hash256] = [:]
        var touches: [EntityID: [UInt64]] = [:]
        var touched: [[EntityID]] = []
        /// In the order of their numbers.
        var numbers: [EntityID] = []
        /// What a new device of the driver gets.
        var page: [EntityPart] = []
        var report: [DayReportReply.Driver] = []

        init(_ bench: Bench) throws {
            var rowOf: [EntityID: EntityRow] = [:]
            try bench.hub.storage.read { rows in
                for id in try rows.entities(.stop, date: nil) {
                    states[id] = try rows.state(id)
                    rowOf[id] = try rows.entity(id)
                    digests[id] = rowOf[id]?.digest
                    touches[id] = try rows.touches(of: id, after: 0)
                    #expect(rowOf[id]?.touchedAt == touches[id]?.last)
                    #expect(try rows.touches(of: id, after: 9) == touches[id]?.filter { $0 > 9 })
                }
                for sequence in 1...(try rows.logEnd()?.sequence ?? 1) {
                    touched.append(try rows.touched(by: sequence))
                }
                #expect(try rows.lastNumber() == Int64(rowOf.count))
                var reader = PageReader(
                    rows, of: bench.hub, driver: "drv-1",
                    request: try SyncRequest(decoding: Phone("drv-1", install: 9).request()))
                page = try reader.page().parts
            }
            numbers = rowOf.sorted { $0.value.number < $1.value.number }.map(\.key)
            report = DayReport(states.sorted { $0.key < $1.key }.map(\.value)).drivers
        }
    }
}
