import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// The proposed order of the open stops, and that it counts as the check does.
struct RouteOrderTests {
    /// Places, windows and starts around noon as a seed draws them; some stops without a place.
    private static func route(_ random: inout LuckySimulation.SeededGenerator) -> [RouteCheck.Stop]
    {
        (1...5).map { number in
            let at = Coordinate(
                latitudeE7: 227_500_000 + Int32.random(in: 0..<300_000, using: &random),
                longitudeE7: 1_211_500_000 + Int32.random(in: 0..<300_000, using: &random))
            var stop = Self.stop(number, at)
            if Int.random(in: 0..<6, using: &random) == 0 { stop.place = nil }
            if Bool.random(using: &random) {
                let opens = Int.random(in: 690...780, using: &random)
                stop.window = TimeWindow(startMinute: opens, endMinute: opens + 30)
            }
            return stop
        }
    }

    private static func late(
        _ stops: [RouteCheck.Stop], _ departure: RouteDeparture, _ date: CivilDate
    ) throws -> Int {
        RouteCheck(
            stops, capacityGrams: nil, from: departure, profile: try .standard(), date: date
        ).findings.count { $0.code == "window" }
    }

    @Test("What the check calls late is late for the order, also across noon")
    func sameAsCheck() throws {
        let date = try #require(CivilDate(text: "2026-11-22"))
        var random = LuckySimulation.SeededGenerator(seed: 8)
        var seen: Set<Int> = []
        for _ in 0..<40 {
            let stops = Self.route(&random)
            let at =
                date.startUnixMilliseconds + Int64.random(in: 660...760, using: &random) * 60_000
            let departure = RouteDeparture(place: Self.start, at: at)
            let order = RouteOrder(
                stops, from: departure, profile: try .standard(), date: date)
            #expect(try Self.late(stops, departure, date) == order.before.late)
            let better = order.order.map { stops[$0] }
            #expect(try Self.late(better, departure, date) == order.after.late)
            #expect(order.after <= order.before)
            #expect(order.order.sorted() == Array(stops.indices))
            seen.insert(order.before.late - order.after.late)
        }
        #expect(seen.count > 2, "\(seen)")
    }

    @Test("A window that lunch would miss is met by going there first")
    func lunch() throws {
        let date = try #require(CivilDate(text: "2026-11-22"))
        var stops = (0..<3).map { number in
            Self.stop(
                number + 1,
                Coordinate(
                    latitudeE7: Self.start.latitudeE7 + Int32(number) * 20_000,
                    longitudeE7: Self.start.longitudeE7))
        }
        stops[1].window = TimeWindow(startMinute: 720, endMinute: 760)
        let at = date.startUnixMilliseconds + 718 * 60_000
        let departure = RouteDeparture(place: Self.start, at: at)
        #expect(try Self.late(stops, departure, date) == 1)
        let order = RouteOrder(stops, from: departure, profile: try .standard(), date: date)
        #expect(order.before.late == 1 && order.after.late == 0 && order.isBetter)
        #expect(order.order.first == 1)
    }

    /// Any order of stops along a road: the best is one end to the other, or nothing better is found
    /// than what brute force finds.
    @Test("The proposed order is the best there is, for routes small enough to try them all")
    func best() throws {
        var random = LuckySimulation.SeededGenerator(seed: 5)
        for _ in 0..<12 {
            let stops = (0..<6).map { number -> RouteCheck.Stop in
                let at = Coordinate(
                    latitudeE7: 227_500_000 + Int32.random(in: 0..<300_000, using: &random),
                    longitudeE7: 1_211_500_000 + Int32.random(in: 0..<300_000, using: &random))
                return Self.stop(number, at)
            }
            let order = try Self.order(stops)
            #expect(order.order.sorted() == Array(0..<6))
            #expect(order.after <= order.before)
            let least =
                Self.permutations(Array(0..<6)).map { permutation in
                    Self.metres(permutation.map { stops[$0] })
                }.min() ?? 0
            #expect(Double(order.after.metres) <= least * 1.35 * 1.12 + 2)
            #expect(Double(order.after.metres) >= least * 1.35 - 2)
        }
    }

    @Test("A window that can be met by another order is met")
    func windows() throws {
        let far = Coordinate(latitudeE7: 228_500_000, longitudeE7: 1_211_500_000)
        let near = Coordinate(latitudeE7: 227_600_000, longitudeE7: 1_211_500_000)
        var early = Self.stop(2, far)
        early.window = TimeWindow(startMinute: 470, endMinute: 480)
        let order = try Self.order([Self.stop(1, near), Self.stop(3, near), early])
        #expect(order.before.late == 1)
        #expect(order.after.late == 0)
    }

    private static func stop(_ number: Int, _ at: Coordinate) -> RouteCheck.Stop {
        let planned = LuckyModel.Stop(
            id: EntityID(.stop, madeBy: ChangeID(high: 0, low: UInt64(number))),
            plan: { field in
                switch field {
                case .coordinate: .coordinate(at)
                case .sequence: .integer(Int64(number))
                case .items: .quantities([.kg20: 1])
                default: .none
                }
            }, facts: [])
        return RouteCheck.Stop(planned)
    }

    private static let start = Coordinate(latitudeE7: 227_500_000, longitudeE7: 1_211_500_000)

    private static func order(_ stops: [RouteCheck.Stop]) throws -> RouteOrder {
        let date = try #require(CivilDate(text: "2026-11-22"))
        return RouteOrder(
            stops, from: RouteDeparture(place: start, at: nil), profile: try .standard(),
            date: date)
    }

    private static func metres(_ stops: [RouteCheck.Stop]) -> Double {
        var (here, sum) = (start, 0.0)
        for stop in stops {
            guard let place = stop.place else { continue }
            sum += RouteMap.metres(here, place)
            here = place
        }
        return sum
    }

    private static func permutations(_ list: [Int]) -> [[Int]] {
        guard let first = list.first else { return [[]] }
        return permutations(Array(list.dropFirst())).flatMap { rest in
            (0...rest.count).map { place in
                var next = rest
                next.insert(first, at: place)
                return next
            }
        }
    }
}
