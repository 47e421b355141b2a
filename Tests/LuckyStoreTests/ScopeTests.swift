import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyStore

/// Stops that leave and come back (L23), photos (L24), news.
struct ScopeTests {
    private let toOther: [PlanField: PlanValue] = [.driver: .name("drv-2")]
    private let toMe: [PlanField: PlanValue] = [.driver: .name(Phone.driver)]

    @Test("A stop that was handed over is hidden and locked; its unsent facts are sent")
    func handedOver() throws {
        let phone = try Phone.withRoute()
        let date = try #require(Phone.date)
        phone.hub.write(toOther, on: Phone.stop(1))
        // The phone does not know yet: the tap is taken.
        try phone.complete(Phone.stop(1))
        try phone.pull()
        let stored = try #require(try phone.stop(1))
        #expect(stored.isHandedOver && stored.unsent == 1)
        #expect(stored.stop.status == .delivered)
        #expect((stored.stop.customer, stored.stop.address, stored.stop.recipient) == ("", "", nil))
        #expect(try phone.store.routes(on: date).flatMap(\.stops).count == 2)
        #expect(try phone.store.handedOverStops().map(\.stop.id) == [Phone.stop(1)])
        #expect(throws: StoreError.refused(.handedOver)) { try phone.note("x", Phone.stop(1)) }
        #expect(throws: StoreError.refused(.handedOver)) { try phone.complete(Phone.stop(1)) }
        #expect(try phone.pending == 1)
        // The names stay on disk as long as something is unsent, and go with the receipt.
        #expect(try onDisk("王小姐1", phone))
        try phone.push()
        #expect(try phone.pending == 0)
        #expect(try !onDisk("王小姐1", phone))
        #expect(try onDisk("王小姐2", phone))
        #expect(try phone.store.scopeDigest().entities == 3)
        #expect(try phone.store.verifyRows() == [])
        // A look is no doorstep fact: it may name the change that took the stop away.
        let news = try #require(try phone.store.news().first)
        #expect((news.entity, news.kind) == (Phone.stop(1), .handedOver))
        let change = try #require(news.change)
        try phone.tap(Phone.stop(1)) { _ in [.looked(Look(changes: [change]))] }
        #expect(try phone.store.news() == [])
    }

    @Test("A stop that comes back is whole again, with names and with what was done on it")
    func comesBack() throws {
        let phone = try Phone.withRoute()
        try phone.complete(Phone.stop(1))
        try phone.push()
        phone.hub.write(toOther, on: Phone.stop(1))
        try phone.pull()
        #expect(try !onDisk("王小姐1", phone))
        #expect(try phone.store.routes(on: #require(Phone.date)).flatMap(\.stops).count == 2)
        phone.hub.write(toMe, on: Phone.stop(1))
        try phone.pull()
        let stored = try #require(try phone.stop(1))
        #expect(!stored.isHandedOver)
        #expect(stored.stop.customer == "王小姐1")
        #expect(stored.stop.recipient == "王小姐")
        #expect(try phone.store.state(of: Phone.stop(1)) == phone.hub.states[Phone.stop(1)])
        try phone.note("回來了", Phone.stop(1))
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("A stop taken over from another truck is shown, though its route is not here")
    func foreignRoute() throws {
        let phone = try Phone()
        phone.plan(4)
        try phone.pull()
        let routes = try phone.store.routes(on: #require(Phone.date))
        #expect(routes.map(\.id) == [Phone.route])
        #expect(routes.map(\.code) == [""])
        #expect(routes.first?.stops.map(\.stop.code) == ["S4"])
    }

    @Test("News: what the office changed since the first load, until a look names it")
    func news() throws {
        let phone = try Phone.withRoute()
        #expect(try phone.store.news() == [])
        let edit = phone.hub.write(
            [.address: .text("更生路 9 號"), .sequence: .integer(2)], on: Phone.stop(2))
        let cancel = phone.hub.write(
            [.cancelled: .flag(true)], on: Phone.stop(3), saying: "客戶改到下週")
        phone.plan(4)
        try phone.complete(Phone.stop(1))
        try phone.push()
        try phone.pull()
        let news = try phone.store.news()
        #expect(
            news.map(\.kind) == [
                .edited(.address, from: .text("中華路一段 2 號"), to: .text("更生路 9 號")),
                .cancelled, .inserted,
            ])
        #expect(news.map(\.reasons) == [[], ["客戶改到下週"], []])
        #expect(news.map(\.entity) == [Phone.stop(2), Phone.stop(3), Phone.stop(4)])
        #expect(news.prefix(2).map(\.change) == [edit, cancel])
        #expect(news.allSatisfy { $0.author == "office-1" && $0.at > 0 })
        try phone.tap(Phone.stop(2)) { _ in [.looked(Look(changes: [edit]))] }
        #expect(try phone.store.news().map(\.kind) == [.cancelled, .inserted])
        // A look that was not accepted is none.
        try phone.push(quarantine: [2])
        #expect(try phone.store.news().count == 3)
    }

    @Test("A new route is one piece of news, not one for each of its stops")
    func newRoute() throws {
        let phone = try Phone()
        try phone.pull()
        for number in 1...3 { phone.plan(UInt64(number)) }
        phone.planRoute()
        try phone.pull(rows: 2)
        #expect(try phone.store.news().map(\.entity) == [Phone.route])
        phone.plan(4)
        phone.hub.write([.sequence: .integer(7)], on: Phone.stop(1))
        try phone.pull()
        #expect(
            try phone.store.news().map(\.kind) == [
                .inserted, .edited(.sequence, from: .integer(1), to: .integer(7)),
            ])
    }

    @Test("A photo is on disk before the fact that names it, and reads back only whole (L24)")
    func photo() throws {
        let phone = try Phone.withRoute()
        let bytes = Data((0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let photo = try phone.store.savePhoto(bytes)
        #expect(try phone.store.savePhoto(bytes) == photo)
        try phone.tap(Phone.stop(1)) { _ in [.photoTaken(photo)] }
        #expect(try phone.stop(1)?.stop.photos == [photo])
        #expect(try phone.stop(1)?.stop.proof == .pending)
        try phone.crash()
        #expect(phone.store.photo(photo.sha256) == bytes)
        let folder = phone.path + "-blobs"
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [photo.sha256.hex])
        try Data([1, 2, 3]).write(to: URL(filePath: folder + "/" + photo.sha256.hex))
        #expect(phone.store.photo(photo.sha256) == nil)
        #expect(phone.store.photo(.zero) == nil)
        #expect(throws: StoreError.self) { try phone.store.savePhoto(Data()) }
        #expect(throws: StoreError.self) {
            try phone.store.savePhoto(Data(count: Bounds.photoBytes + 1))
        }
    }

    @Test("verifyRows names an altered row, an altered changeset, a missing one")
    func verify() throws {
        let phone = try Phone.withRoute()
        for number in 1...3 { try phone.complete(Phone.stop(UInt64(number))) }
        #expect(try phone.store.verifyRows() == [])
        func alter(_ sql: String) throws -> [String] {
            var found: [String] = []
            struct Undo: Error {}
            _ = try? phone.store.connection.transact { db in
                try db.execute(sql: sql)
                found = try ReplicaStore.differences(db)
                throw Undo()
            }
            return found
        }
        // While it waits, its own stop misses it; with a receipt the head does, too.
        #expect(try alter("DELETE FROM changeset WHERE counter = 3").count == 1)
        try phone.push()
        #expect(try phone.store.verifyRows() == [])
        #expect(try alter("UPDATE stop_row SET cash_cents = 1").count == 3)
        #expect(try alter("DELETE FROM stop_line WHERE list = 'ordered'").count == 3)
        #expect(try alter("UPDATE changeset SET hash = zeroblob(32) WHERE counter = 2").count == 2)
        #expect(try alter("DELETE FROM changeset WHERE counter = 3").count == 2)
        #expect(try alter("UPDATE meta SET head_counter = 9").count == 1)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("Rows of another derivation version are written anew at open (L11)")
    func derivation() throws {
        let phone = try Phone.withRoute(stops: 250)
        try phone.store.connection.write { db in
            try db.execute(sql: "UPDATE meta SET derivation = 0; UPDATE stop_row SET sequence = 99")
        }
        try phone.reopen()
        #expect(try phone.stop(250)?.stop.sequence == 250)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test(
        "A reader, too, sees rows of this derivation: it was killed between migration and rebuild")
    func derivationForReading() throws {
        let phone = try Phone.withRoute(stops: 1)
        try phone.store.connection.write { db in
            try db.execute(sql: "UPDATE meta SET derivation = 0; UPDATE stop_row SET sequence = 99")
        }
        phone.store.close()
        let reader = try ReplicaStore.openForReading(at: phone.path, as: Phone.driver)
        defer { reader.close() }
        #expect(try reader.stop(Phone.stop(1))?.stop.sequence == 1)
        #expect(try reader.verifyRows() == [])
    }

    @Test("What the retry loop needs survives a restart (L13)")
    func retry() throws {
        let phone = try Phone()
        let retry = RetryState(attempts: 3, nextTryAt: 1_790_000_000_000, lastError: "逾時")
        try phone.store.save(retry: retry)
        try phone.store.save(hub: "https://hub.example.tw")
        try phone.crash()
        #expect(try phone.store.position().retry == retry)
        #expect(phone.store.identity.hub == "https://hub.example.tw")
        try phone.store.save(retry: RetryState())
        #expect(try phone.store.position().retry == RetryState())
    }

    /// Whether a text is in a value of the base.
    private func onDisk(_ text: String, _ phone: Phone) throws -> Bool {
        try phone.store.connection.read { db in
            let rows = try db.rows("SELECT bytes FROM sibling UNION ALL SELECT bytes FROM fact")
            return rows.contains { $0.bytes("bytes").contains(Array(text.utf8)) }
        }
    }
}

extension [UInt8] {
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        indices.contains { self[$0...].starts(with: part) }
    }
}
