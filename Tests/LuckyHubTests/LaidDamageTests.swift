import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// A row of the hub's file that cannot be laid into a page is the hub's to say, and no phone's to
/// drop again and again.
@Suite struct LaidDamageTests {
    /// A hub that holds some changes of every sort, and how one of them lies in its rows.
    private static func held() throws -> (Bench, EntityID, LaidRecord) {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(stop, .delivered(2), .noteAdded(Note("門口有狗")))
        try bench.settle(&phone)
        let records = try bench.hub.storage.read {
            try $0.laidRecords(of: stop, fields: nil, factsAfter: 0)
        }
        return (bench, stop, try #require(records.first { $0.field == nil }))
    }

    @Test(arguments: ["cut", "begun", "renamed", "empty"])
    func itIsRefusedAndAnAlarm(_ damage: String) throws {
        let (bench, stop, record) = try Self.held()
        var bytes = record.bytes
        switch damage {
        case "cut": bytes.removeLast(3)
        case "begun": bytes[0] ^= 0x80
        case "renamed": bytes[5] ^= 1
        default: bytes = []
        }
        try bench.hub.storage.write { rows in
            try #require(rows as? SQLiteRows).run(
                "UPDATE fact SET bytes = ? WHERE change_id = ? AND change_index = ?",
                [bytes, record.ref.change.bytes, record.ref.index])
        }
        let fresh = Phone("drv-1", install: 2)
        for _ in 1...2 {
            let refusal = try #require(
                try bench.refusal(fresh.request(), as: fresh.credential))
            #expect(refusal.status == 503 && refusal.message.contains(stop.hex))
        }
        let alarms = try bench.hub.read { try $0.alarms() }
        #expect(alarms.map(\.kind) == [.entityDamaged] && alarms.first?.count == 2)
        // What is pushed is taken all the same.
        var pushing = Phone("drv-1", install: 3)
        try pushing.tap(Bench.stop(7), .arrival)
        let answer = try SyncResponse(
            decoding: bench.hub.sync(
                pushing.request(), as: pushing.credential, now: bench.now
            ).body)
        #expect(answer.receipts.map(\.result) == [.accepted] && answer.page == nil)
        #expect(try bench.hub.read { try $0.state(Bench.stop(7)) }?.facts.count == 1)
        try bench.hub.close()
    }

    @Test(
        "Also where an entity's head cannot be read, what was pushed gets its receipts, each time")
    func head() throws {
        let (bench, stop, _) = try Self.held()
        try bench.hub.storage.write { rows in
            try #require(rows as? SQLiteRows).run(
                """
                UPDATE fact SET bytes = substr(bytes, 1, 33)
                WHERE \(SQLiteRows.isOfEntity) AND change_index = -1
                """, [stop.bytes])
        }
        var phone = Phone("drv-1", install: 3)
        try phone.tap(Bench.stop(7), .arrival)
        for _ in 1...2 {
            let answer = try SyncResponse(
                decoding: bench.hub.sync(
                    phone.request(), as: phone.credential, now: bench.now
                ).body)
            #expect(answer.receipts.map(\.result) == [.accepted] && answer.page == nil)
        }
        let fresh = Phone("drv-1", install: 4)
        #expect(try bench.refusal(fresh.request(), as: fresh.credential)?.status == 503)
        try bench.hub.close()
    }

    @Test("What the walk lets pass is a page that can be read; what is whole passes")
    func walk() throws {
        let (bench, stop, _) = try Self.held()
        var generator = SeededGenerator.current()
        let records = try bench.hub.storage.read {
            try $0.laidRecords(of: stop, fields: nil, factsAfter: 0)
        }
        #expect(records.count > 5)
        var (refused, passed) = (0, 0)
        for record in records {
            #expect(PageChange.isWhole(rowBytes: record.bytes, of: record.ref))
            for _ in 0..<60 {
                var bytes = record.bytes
                for _ in 0..<Int.random(in: 1...2, using: &generator) {
                    let place = Int.random(in: bytes.indices, using: &generator)
                    bytes[place] = UInt8.random(in: 0...255, using: &generator)
                }
                if Bool.random(using: &generator) {
                    bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
                }
                guard PageChange.isWhole(rowBytes: bytes, of: record.ref) else {
                    refused += 1
                    continue
                }
                passed += 1
                let part = LaidPart(
                    entity: stop, membership: .stays, vector: VersionVector(), fields: [],
                    facts: [bytes])
                _ = try EntityPart(rowBytes: part.bytes)
            }
        }
        #expect(refused > 100 && passed > 20)
    }
}
