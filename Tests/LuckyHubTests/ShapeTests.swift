import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@testable import LuckyHub

/// What a hub does for a message follows the message, not the depot: neither its stops nor its
/// devices. Counted, so that it holds on every machine; `./cli/bench --growth` measures it.
@Suite struct ShapeTests {
    @Test func theCostFollowsTheMessage() throws {
        let small = try Self.costs(stops: 20, devices: 1)
        let many = try Self.costs(stops: 400, devices: 1)
        let busy = try Self.costs(stops: 20, devices: 40)
        for (index, small) in small.enumerated() {
            #expect(small.steps > 0, "\(small.name)")
            for large in [many[index], busy[index]] {
                #expect(
                    large.steps <= small.steps * 11 / 10,
                    "\(small.name): \(small.steps), \(large.steps)")
            }
        }
    }

    /// Stops that were planned one after the other lie so, wherever their ids are: as many pages of
    /// the file change for a message of a deep depot as of a small one. But for the changesets: their
    /// rows are large, and a deep tree of them is balanced over some pages more.
    @Test func itsPagesFollowTheMessage() throws {
        let small = try Self.pages(stops: 20)
        let large = try Self.pages(stops: 600)
        func others(_ pages: [String: Int]) -> Int {
            pages.reduce(0) { $0 + ($1.key == "changeset" ? 0 : $1.value) }
        }
        #expect(others(small) > 5)
        #expect(others(large) <= others(small) + 4, "\(small), \(large)")
        #expect((1...12).contains(large["changeset"] ?? 0), "\(large)")
    }

    /// How many pages of each tree a message of 20 facts at as many stops adds to the WAL.
    private static func pages(stops: Int) throws -> [String: Int] {
        let folder = try TemporaryFolder()
        let path = folder.path("hub.sqlite")
        let bench = try Bench(at: path, seed: 5)
        defer { try? bench.hub.close() }
        // Their ids are all over the place.
        let numbers = (1...stops).map { $0 * 7_919 % 10_007 }
        for number in numbers { try bench.plan(number, for: "drv-1") }
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        _ = try phone.write(
            numbers.suffix(20).map { Change(Bench.stop($0), .fact(.arrival)) })
        let wal = URL(fileURLWithPath: path + "-wal")
        let beside = try DatabaseQueue(path: path)
        // Emptied first: a WAL that was copied to its file begins anew, and keeps its size.
        try beside.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try #require(try Data(contentsOf: wal).isEmpty)
        try bench.sync(&phone)
        let trees = try beside.read { db in
            try Row.fetchAll(db, sql: "SELECT pageno, name FROM dbstat")
        }
        let names = Dictionary(uniqueKeysWithValues: trees.map { ($0[0] as Int, $0[1] as String) })
        // 32 bytes, then frames: 24 bytes that begin with the page's number, and the page.
        let bytes = try Data(contentsOf: wal)
        let frames = stride(from: 32, to: bytes.count, by: 24 + 4_096).map { start in
            bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        return frames.reduce(into: [:]) { $0[names[$1] ?? "?", default: 0] += 1 }
    }

    /// - Parameters:
    ///   - stops: all of them of one driver.
    ///   - devices: of that driver, each of which has all stops and has sent something.
    private static func costs(
        stops: Int, devices: Int
    ) throws -> [(name: String, steps: Int)] {
        let bench = try Bench()
        // Behind all others in every tree: what looks for one by going through the rest is seen.
        let last = stops - 5..<stops
        for number in 0..<stops { try bench.plan(number, for: "drv-1") }
        for number in 0..<devices {
            var other = Phone("drv-1", install: UInt64(number + 2))
            try other.tap(Bench.stop(0), .arrival)
            try bench.settle(&other)
        }
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(Bench.stop(last.lowerBound), .arrival)
        try bench.settle(&phone)

        let connection = try bench.hub.storage.read { ($0 as? SQLiteRows)?.db.sqliteConnection }
        let sqlite = try #require(connection ?? nil)
        var options = Phone.Options()
        options.wantsDigest = false
        var costs: [(name: String, steps: Int)] = []
        func count(_ name: String, _ body: Data) throws {
            bench.hub.recent.clear()
            let steps = try SQLiteSteps.count(on: sqlite) {
                let answer = try bench.answer(body, as: phone.credential)
                if name != "duplicate" { try phone.take(answer) }
            }
            costs.append((name, steps))
        }
        for number in last { try phone.tap(Bench.stop(number), .delivered(1)) }
        let pushed = phone.request(options)
        try count("push", pushed)
        try count("duplicate", pushed)
        for number in last { try bench.edit(Bench.stop(number), [.sequence: .integer(7)]) }
        try count("page", phone.request(options))
        try count("nothing new", phone.request(options))
        return costs
    }
}
