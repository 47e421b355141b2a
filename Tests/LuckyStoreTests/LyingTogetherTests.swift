import GRDB
import GRDBSQLite
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyStore

/// A route is read in one go, by statements that are compiled once.
struct LyingTogetherTests {
    @Test("Stops of a first page lie by routes, whatever their ids")
    func byRoutes() throws {
        let phone = try Phone()
        phone.planRoute()
        let second = EntityID(.route, Bits128(high: 0xA0, low: 2))
        for number: UInt64 in 1...20 {
            phone.plan(number)
            if number % 2 == 0 {
                phone.hub.write([.route: .entity(second)], on: Phone.stop(number))
            }
        }
        try phone.pull()
        let routes = try phone.store.connection.read { db in
            try db.rows("SELECT route FROM stop_row ORDER BY number").map { try $0.entity("route") }
        }
        #expect(
            routes == Array(repeating: Phone.route, count: 10) + Array(repeating: second, count: 10)
        )
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("The parts of one entity are applied in their order")
    func oneEntity() throws {
        let phone = try Phone()
        phone.planRoute()
        for number: UInt64 in 1...3 { phone.plan(number) }
        try phone.adopt()
        var page = try phone.nextPage()
        var ahead = try #require(page.parts.last)
        ahead.isPartial = true
        page.parts.insert(ahead, at: page.parts.count - 1)
        let places = page.placesByRoute
        #expect(places.sorted() == Array(page.parts.indices))
        let entity = ahead.entity
        #expect(
            places.filter { page.parts[$0].entity == entity } == [
                page.parts.count - 2, page.parts.count - 1,
            ])
    }

    @Test("What a route asks is not compiled anew for each day")
    func compiledOnce() throws {
        let phone = try Phone.withRoute(stops: 3)
        let date = try #require(Phone.date)
        for _ in 0..<3 { _ = try phone.store.routes(on: date) }
        _ = try phone.store.wantedWhole(limit: 10)
        try phone.store.connection.read { db in
            var statement = sqlite3_next_stmt(db.sqliteConnection, nil)
            while let pointer = statement {
                let again = sqlite3_stmt_status(pointer, SQLITE_STMTSTATUS_REPREPARE, 0)
                let sql = sqlite3_sql(pointer).map { String(cString: $0) } ?? ""
                #expect(again == 0 || !sql.contains("membership"), "\(sql)")
                statement = sqlite3_next_stmt(db.sqliteConnection, pointer)
            }
        }
    }
}
