import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@testable import LuckyStore

/// The search for routes where nothing is left to do reads row by row and keeps few ids; whoever
/// holds all of them at once finds the same.
@Suite struct KeptRouteTests {
    private struct Row {
        var id: EntityID
        var route: EntityID?
        var isKept: Bool
        var needsUpdate: Bool
        var status: StopStatus?
        var isHidden: Bool
        var date: Int32?
    }

    @Test func rowByRowItFindsWhatAllAtOnceShow() throws {
        var random = SeededGenerator.current()
        let phone = try Phone.withRoute(stops: 24, seed: random.next())
        let today = try #require(Phone.date)
        var (found, left) = (0, 0)
        for _ in 0..<60 {
            try phone.store.connection.write { try Self.shuffle($0, using: &random) }
            let (fast, slow) = try phone.store.connection.read { db in
                (try KeptRoute.closed(on: today, db).map(\.entities), try Self.slow(on: today, db))
            }
            try #require(fast == slow)
            found += fast.count
            left += fast.isEmpty ? 1 : 0
        }
        #expect(found > 30)
        #expect(left < 60)
    }

    /// Other routes, days, states and reasons to keep them, but for what a row always has.
    private static func shuffle(_ db: Database, using random: inout SeededGenerator) throws {
        func oneIn(_ many: Int) -> Bool { Int.random(in: 0..<many, using: &random) == 0 }
        let closed: [StopStatus] = [.delivered, .failed, .cancelled]
        for number: UInt64 in 1...24 {
            let id = Phone.stop(number)
            let other = EntityID(
                .route, Bits128(high: 0xA0, low: .random(in: 1...9, using: &random)))
            let route = oneIn(6) ? nil : Data(other.bytes)
            let status = oneIn(6) ? StopStatus.arrived : closed.randomElement(using: &random)
            try db.execute(
                sql: """
                    UPDATE stop_row SET route = ?, status = ?, is_hidden = ?, date = ?
                    WHERE entity = ?
                    """,
                arguments: [
                    route, status?.rawValue, oneIn(8), oneIn(9) ? 20_261_123 : 20_261_121,
                    Data(id.bytes),
                ])
            try db.execute(
                sql:
                    "UPDATE entity SET needs_update = ?, retention = ?, membership = ? WHERE id = ?",
                arguments: [oneIn(20), oneIn(6) ? 1 : 0, oneIn(10) ? 2 : 1, Data(id.bytes)])
        }
        try db.execute(
            sql: "UPDATE route_row SET date = ?", arguments: [oneIn(2) ? 20_261_122 : 20_261_121])
    }

    private static func slow(on today: CivilDate, _ db: Database) throws -> [[EntityID]] {
        var routes: [EntityID: [Row]] = [:]
        for row in try rows(db) where row.isKept {
            routes[row.route ?? row.id, default: []].append(row)
        }
        return routes.sorted { $0.key < $1.key }.compactMap { _, rows in
            let isOpen = rows.contains { row in
                (row.date ?? 0) >= today.yyyymmdd || row.needsUpdate
                    || row.status.map { !$0.isClosed && !row.isHidden } ?? false
            }
            return isOpen ? nil : rows.map(\.id).sorted()
        }
    }

    private static func rows(_ db: Database) throws -> [Row] {
        let entities = try db.rows(
            "SELECT id, number, needs_update, retention, membership FROM entity", [])
        return try entities.compactMap { entity -> Row? in
            let number: Int64 = entity["number"]
            let id = try entity.entity("id")
            let stop = try db.row("SELECT * FROM stop_row WHERE number = ?", [number])
            let route = try db.row("SELECT * FROM route_row WHERE entity = ?", [id.blob])
            guard stop != nil || route != nil else { return nil }
            let (membership, retention): (Int, Int) = (entity["membership"], entity["retention"])
            return Row(
                id: id, route: try stop?.optionalEntity("route"),
                isKept: membership == 1 && retention != 1, needsUpdate: entity["needs_update"],
                status: (stop?["status"] as String?).flatMap(StopStatus.init(rawValue:)),
                isHidden: stop?["is_hidden"] ?? false,
                date: (stop?["date"] as Int32?) ?? (route?["date"] as Int32?))
        }
    }
}
