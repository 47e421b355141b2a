import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport

@testable import LuckyStore

/// A replica in a folder of its own, beside a hub on paper.
final class Phone {
    static let driver: Identifier = "drv-1"
    static let date = CivilDate(year: 2026, month: 11, day: 22)
    static let route = EntityID(.route, Bits128(high: 0xA0, low: 1))

    let folder: TemporaryFolder
    let path: String
    var store: ReplicaStore
    var hub = PaperHub(driver: Phone.driver)
    var random: SeededGenerator
    private var nextChange: UInt64 = 0
    private var wall: Int64 = 1_790_000_000_000

    /// - Parameter place: of the file; nil: in a folder that goes away with the phone.
    init(seed: UInt64 = 1, at place: String? = nil) throws {
        folder = try TemporaryFolder()
        path = place ?? folder.path("replica.db")
        random = SeededGenerator(seed: seed)
        try ReplicaStore.create(
            at: path, identity: NewReplica(driver: Phone.driver, using: &random))
        store = try ReplicaStore.open(at: path, as: Phone.driver, leaseWaitMilliseconds: 2_000)
    }

    static func stop(_ number: UInt64) -> EntityID {
        EntityID(.stop, Bits128(high: 0xB0, low: number))
    }

    /// A route of so many stops, on the hub and on the phone.
    static func withRoute(stops: UInt64 = 3, seed: UInt64 = 1) throws -> Phone {
        let phone = try Phone(seed: seed)
        phone.planRoute()
        for number in 1...stops { phone.plan(number) }
        try phone.pull()
        return phone
    }

    func planRoute() {
        hub.write(
            [
                .code: .name("R1"), .driver: .name(Phone.driver), .date: .integer(20_261_122),
                .vehicle: .name("ABC-1234"),
            ], on: Phone.route)
    }

    func plan(_ number: UInt64, driver: Identifier = Phone.driver) {
        hub.write(
            [
                .code: .name(Identifier("S\(number)")), .driver: .name(driver),
                .route: .entity(Phone.route), .date: .integer(20_261_122),
                .sequence: .integer(Int64(number)), .items: .quantities([.kg20: 2]),
                .customerName: .text("王小姐\(number)"), .address: .text("中華路一段 \(number) 號"),
                .phone: .text("089-000-00\(number)"),
            ], on: Phone.stop(number))
    }

    var time: DeviceTime {
        wall += 250
        return DeviceTime(
            wallMilliseconds: wall, monotonicMilliseconds: wall - 1_780_000_000_000,
            boot: BootID(high: 1, low: 1))
    }

    func newChange() -> ChangeID {
        nextChange += 1
        return ChangeID(high: 0xC0, low: nextChange)
    }

    /// One tap.
    @discardableResult
    func tap(
        _ stop: EntityID, id: ChangeID? = nil, isNew: Bool = false,
        _ rule: (EntityState) throws(StopRefusal) -> [Fact]
    ) throws -> CommitResult {
        try store.commit(
            id ?? newChange(), on: stop, isNew: isNew, time: time, using: &random, rule)
    }

    @discardableResult
    func complete(_ stop: EntityID, id: ChangeID? = nil) throws -> CommitResult {
        try tap(stop, id: id) { state throws(StopRefusal) in
            try StopRules.complete(
                state.stop, handover: Handover(delivered: [.kg20: 2], collected: [.kg20: 1]),
                recipient: "王小姐", cash: Money.dollars(1_900))
        }
    }

    @discardableResult
    func note(_ text: String, _ stop: EntityID) throws -> CommitResult {
        try tap(stop) { _ in [.noteAdded(Note(text))] }
    }

    /// Somebody else's note, at the hub.
    func addNote(_ text: String, on stop: EntityID) {
        let fact = Fact.noteAdded(Note(text))
        hub.add(
            encoded: ChangeCodec.encode(Change(stop, .fact(fact))) {
                [UInt8](repeating: 5, count: 16)
            }, body: .fact(fact), on: stop, id: newChange())
    }

    /// Sends everything that waits; the hub quarantines the counters named.
    @discardableResult
    func push(quarantine: Set<UInt64> = []) throws -> [Receipt] {
        try adopt()
        let receipts = try store.envelopes(from: nil, count: 1_000, bytes: .max).map {
            try hub.take($0.bytes, quarantine: quarantine.contains($0.counter) ? "author" : nil)
        }
        try store.apply(receipts: receipts)
        return receipts
    }

    /// Takes pages until there are none.
    func pull(rows: Int = .max) throws {
        try adopt()
        while true {
            let page = try nextPage(rows: rows)
            _ = try store.apply(page: page, hubTime: hub.now)
            if !page.hasMore { return }
        }
    }

    func nextPage(rows: Int = .max, whole: Bool = false) throws -> Page {
        let position = try store.position()
        return try hub.page(
            for: position.replica, from: position.checkpoint, rows: rows, whole: whole)
    }

    func adopt() throws { try store.adopt(history: hub.history, depot: PaperHub.depot) }

    func reopen() throws {
        store.close()
        store = try ReplicaStore.open(at: path, as: Phone.driver, leaseWaitMilliseconds: 2_000)
    }

    /// Goes on from what is on disk now, as after a kill: nothing is closed first.
    func crash() throws {
        let manager = FileManager.default
        let files = ["", "-wal", ".nonce"].filter { manager.fileExists(atPath: path + $0) }
        for suffix in files {
            try manager.copyItem(atPath: path + suffix, toPath: path + ".kept" + suffix)
        }
        store.close()
        for suffix in ["", "-wal", "-shm", ".nonce"] where manager.fileExists(atPath: path + suffix)
        {
            try manager.removeItem(atPath: path + suffix)
        }
        for suffix in files {
            try manager.moveItem(atPath: path + ".kept" + suffix, toPath: path + suffix)
        }
        store = try ReplicaStore.open(at: path, as: Phone.driver, leaseWaitMilliseconds: 2_000)
    }

    func count(_ table: String) throws -> Int {
        try store.connection.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? -1
        }
    }

    /// Every table's rows, as text.
    func tables() throws -> [String] {
        try store.connection.read { db in
            try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            ).flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { "\(table) \($0)" }
            }
        }
    }

    /// What pages said of an entity.
    func base(_ entity: EntityID) throws -> EntityState? {
        try store.connection.read { try Base(entity, $0)?.state }
    }

    func stop(_ number: UInt64) throws -> StoredStop? { try store.stop(Phone.stop(number)) }

    var pending: Int { get throws { try store.position().pendingCount } }
}
