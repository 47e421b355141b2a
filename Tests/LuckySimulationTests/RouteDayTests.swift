import LuckyModel
import Testing

@testable import LuckySimulation

/// Which day is driven, and when the driver will be where.
struct RouteDayTests {
    @Test("Where the driver will be knows of windows that are not open yet")
    func expected() throws {
        let plan = try RoutePlan.read(
            """
            date,depot,route,driver,sequence,stop,customer,phone,address,lat,lng,window,items,price,payment,note
            2026-11-22,TTT,R1,drv-01,1,s-1,甲,,,22.75,121.15,15:00-17:00,20kg*1,950,cash,
            2026-11-22,TTT,R1,drv-01,2,s-2,乙,,,22.76,121.15,,20kg*1,950,cash,
            """.utf8)
        let day = try RouteSimulation(plan, RouteSettings(seed: 1, profile: try .standard()))
        try day.advance(by: RouteSimulation.morning)
        let last = try #require(try day.snapshot().doneAt)
        #expect(plan.date.minutes(until: last) >= 15 * 60)
        // What is written down of the first is when the truck was there.
        while !day.isOver { try day.advance(by: 600_000) }
        let first = try #require(try day.result().timeline.first)
        let log = day.takeEvents().map { $0.line(in: .en) }
        let arrived = try #require(first.arrivedS.map(HTML.minute))
        #expect(log.contains { $0.hasPrefix(arrived) && $0.contains("Stop 1: arrived") }, "\(log)")
        #expect(!log.contains { $0.contains("Stop 1: arrived") && !$0.hasPrefix(arrived) })
    }

    @Test("A file of several days is played on the one that is named; half a GPX file is none")
    func days() throws {
        let rows = ["22", "23"].map {
            "2026-11-\($0),TTT,R\($0),drv-01,1,s-\($0),甲,,,22.75,121.15,,20kg*1,950,cash,"
        }
        let head =
            "date,depot,route,driver,sequence,stop,customer,phone,address,lat,lng,window,items,"
            + "price,payment,note"
        let file = ([head] + rows).joined(separator: "\n").utf8
        let second = try #require(CivilDate(year: 2026, month: 11, day: 23))
        #expect(try RoutePlan.read(file).date == CivilDate(year: 2026, month: 11, day: 22))
        #expect(try RoutePlan.read(file, on: second).date == second)
        #expect(throws: RouteFault.self) {
            try RoutePlan.read(file, on: CivilDate(year: 2026, month: 11, day: 24))
        }
        let whole =
            "<gpx><wpt lat=\"22.75\" lon=\"121.15\"></wpt><wpt lat=\"22.76\" lon=\"121.15\"/></gpx>"
        #expect(try RoutePlan.gpx(whole, date: second).rows.count == 2)
        #expect(throws: RouteFault.self) {
            try RoutePlan.gpx(String(whole.dropLast(8)), date: second)
        }
    }
}
