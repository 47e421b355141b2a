import Foundation
import LuckyModel
import TestSupport
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
        var late = plan
        (late.rows[1].windowStartMinute, late.rows[1].windowEndMinute) = (18 * 60, 19 * 60)
        let evening = try RouteSimulation(late, RouteSettings(seed: 1, profile: try .standard()))
        let done = try #require(try evening.snapshot().doneAt)
        #expect(plan.date.minutes(until: done) > 18 * 60, "the window of the last one, too")
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

    /// A day on which nothing goes wrong and every door takes what it should, by a profile as a file
    /// says it, with these keys changed.
    private static func day(
        _ changes: [String: Any] = [:], roads: RoadNetwork? = nil
    ) throws -> RouteSimulation {
        let file = Repository.folder.appending(path: "Schemas/profiles/route_taitung.json")
        let read = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
        let object = try #require(read as? [String: Any]).merging([
            "failures_per_mille": [String: Int](), "office_edits_per_mille": [String: Int](),
            "no_coverage_per_mille": 0,
            "service": ["base_s": 240, "per_cylinder_s": 75, "spread_percent": 0],
        ]) { $1 }.merging(changes) { $1 }
        let profile = try RouteProfile.read(try JSONSerialization.data(withJSONObject: object))
        return try RouteSimulation(
            try RouteSimulationTests.plan(6),
            RouteSettings(seed: 1, profile: profile, roads: roads))
    }

    private static func played(
        _ changes: [String: Any] = [:]
    ) throws -> (result: RouteResult, log: [String]) {
        let day = try Self.day(changes)
        while !day.isOver { try day.advance(by: 600_000) }
        return (try day.result(), day.takeEvents().map { $0.line(in: .en) })
    }

    @Test("Each hour has its speed")
    func speeds() throws {
        var speeds = Array(repeating: 30, count: 24)
        (speeds[10], speeds[11]) = (6, 60)
        let stops = try Self.played(["start": "10:20", "speed_kmh": speeds]).result.timeline
        var hours: Set<Int> = []
        for (from, to) in zip(stops, stops.dropFirst()) {
            let (left, came) = (try #require(from.tappedS), try #require(to.arrivedS))
            guard left / 3_600 == came / 3_600 else { continue }
            let (a, b) = (try #require(from.place), try #require(to.place))
            let metres = RouteMap.metres(Self.place(a), Self.place(b)) * 1.35
            let seconds = metres * 3.6 / Double(speeds[left / 3_600])
            #expect(abs(Double(came - left) - seconds) <= 1, "\(to.number)")
            hours.insert(left / 3_600)
        }
        #expect(hours.isSuperset(of: [10, 11]), "\(hours)")
    }

    private static func place(_ place: RouteResult.Place) -> Coordinate {
        RouteProfile.Place(lat: place.lat, lng: place.lng).coordinate
    }

    @Test("A door takes its time, and each cylinder takes more")
    func service() throws {
        for (base, each) in [(240, 75), (600, 10)] {
            let stops = try Self.played([
                "start": "10:20",
                "service": ["base_s": base, "per_cylinder_s": each, "spread_percent": 0],
            ]).result.timeline
            for stop in stops {
                // By turns two cylinders and one.
                let seconds = base + (1 + stop.number % 2) * each
                #expect(try #require(stop.tappedS) - #require(stop.arrivedS) == seconds)
            }
        }
    }

    @Test("The driver eats once, at the first chance after the time for it")
    func lunch() throws {
        func day(_ minutes: Int) throws -> (arrived: [Int], lunches: [String]) {
            let (result, log) = try Self.played([
                "start": "11:45", "lunch": ["from": "12:00", "minutes": minutes] as [String: Any],
                "speed_kmh": Array(repeating: 30, count: 24),
            ])
            return (
                try result.timeline.map { try #require($0.arrivedS) },
                log.filter { $0.contains(Phrase.routeLunch.text(in: .en)) }
            )
        }
        let (without, with) = (try day(0), try day(30))
        #expect(without.lunches.isEmpty && with.lunches.count == 1)
        let longer = zip(with.arrived, without.arrived).map { $0 - $1 }
        let before = try #require(longer.firstIndex { $0 > 0 })
        #expect(before > 0 && longer.allSatisfy { $0 == 0 || $0 == 1_800 })
        #expect(longer.dropFirst(before).allSatisfy { $0 == 1_800 }, "\(longer)")
        #expect(without.arrived[before - 1] < 12 * 3_600)
        #expect(try #require(with.lunches.first) >= "12:00")
    }

    @Test("Where a dead zone is drawn there is no network, and nowhere else")
    func deadZones() throws {
        let lit = try Self.played(["dead_zones": [Any](), "no_coverage_per_mille": 1_000]).result
        #expect(lit.offlineS == 0 && lit.deadZones.isEmpty)
        let third = try #require(lit.timeline[2].place)
        let zone = ["lat": third.lat, "lng": third.lng, "radius_m": 150.0]
        let dark = try Self.played(["dead_zones": [zone]]).result
        #expect(dark.deadZones.map(\.radiusM) == [150])
        for (index, stop) in dark.timeline.enumerated() {
            let (from, to) = (try #require(stop.arrivedS), try #require(stop.tappedS))
            let isDark = dark.offline.contains { $0.fromS < to && from < $0.toS }
            #expect(isDark == (index == 2), "\(stop.number): \(dark.offline)")
            // What is tapped there waits until the truck has left it.
            let waited = try #require(stop.receivedS) - to
            #expect(index == 2 ? waited > 5 : waited <= 2, "\(stop.number): \(waited) s")
        }
    }

    @Test("When the truck will be at each stop goes by the roads that it then drives")
    func roads() throws {
        // Up and down a valley between each two doors: much farther than the detour's third.
        let points = try RouteSimulationTests.plan(6).rows.compactMap(\.coordinate).flatMap { at in
            let (lat, lng) = (Double(at.latitudeE7) / 1e7, Double(at.longitudeE7) / 1e7)
            return [[lng, lat], [lng - 0.03, lat + 0.001]]
        }
        let roads = try RoadNetwork.read(
            try JSONSerialization.data(
                withJSONObject: ["type": "LineString", "coordinates": points] as [String: Any]))
        func expected(_ roads: RoadNetwork?) throws -> [Int] {
            let day = try Self.day(["start": "10:20"], roads: roads)
            // On the way to the second stop.
            while try !(day.snapshot().stops[0].isClosed && day.snapshot().part > 0) {
                try day.advance(by: 10_000)
            }
            let shown = try day.snapshot().stops.map { try #require($0.at) }
            while !day.isOver { try day.advance(by: 600_000) }
            let midnight = try RouteSimulationTests.plan(6).date.startUnixMilliseconds
            let seconds = shown.map { Int(($0 - midnight) / 1_000) }
            let arrived = try day.result().timeline.map { try #require($0.arrivedS) }
            #expect(seconds == arrived)
            return seconds
        }
        let (straight, along) = (try expected(nil), try expected(roads))
        #expect(try #require(along.last) - #require(straight.last) > 1_200)
    }
}
