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

    /// Stops that were planned one after the other lie so, wherever their ids are: no page for each of
    /// them. A deeper tree of changesets, whose rows are large, is balanced over ten pages more.
    @Test func itsPagesFollowTheMessage() throws {
        let small = try Self.pages(stops: 20)
        let large = try Self.pages(stops: 600)
        #expect(small > 5 && large > 5)
        #expect(large <= small + 12, "\(small), \(large)")
    }

    /// How many pages a message of 20 facts at as many stops adds to the WAL.
    private static func pages(stops: Int) throws -> Int {
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
        func frames() throws -> Int {
            try Data(contentsOf: URL(fileURLWithPath: path + "-wal")).count / 4_120
        }
        // Emptied first: a WAL that was copied to its file begins anew, and keeps its size.
        try DatabaseQueue(path: path).writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try #require(try frames() == 0)
        try bench.sync(&phone)
        return try frames()
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
