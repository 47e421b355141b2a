public import LuckyModel

/// A better order for what is still open: fewer stops reached after their window first, then fewer
/// kilometres. Turns parts of the route around (2-opt) and moves runs of up to three stops (Or-opt)
/// until nothing helps any more; the same route gives the same order.
public struct RouteOrder: Sendable {
    /// What one order comes to.
    public struct Cost: Comparable, Hashable, Sendable {
        /// Stops reached after their window.
        public var late: Int
        /// On the road, metres.
        public var metres: Int

        /// Fewer late stops first.
        public static func < (a: Cost, b: Cost) -> Bool { (a.late, a.metres) < (b.late, b.metres) }
    }

    /// Whether it is worth another order: fewer late stops, or a tenth of a kilometre.
    public var isBetter: Bool {
        after.late < before.late
            || after.late == before.late && before.metres - after.metres >= 100
    }

    /// The open stops' places in the list that was given, in the better order.
    public let order: [Int]
    /// Of the order that was given.
    public let before: Cost
    /// Of ``order``.
    public let after: Cost
    /// The minute of the day at which the truck goes to the first of them.
    public let startMinute: Int

    /// - Parameters:
    ///   - stops: open ones with coordinates, in the present order.
    ///   - departure: from where, and when, the truck goes to the first of them.
    public init(
        _ stops: [RouteCheck.Stop], from departure: RouteDeparture = .planned,
        profile: RouteProfile, date: CivilDate
    ) {
        let drive = RouteDrive(profile, date)
        let places = stops.compactMap(\.place)
        let start = drive.start(departure)
        startMinute = TaipeiTime.minuteOfDay(start)
        let search = OrderSearch(
            stops, drive: drive, from: departure.place ?? drive.depot(near: places), at: start)
        var order = Array(stops.indices)
        before = search.cost(order)
        var best = before
        while let (next, cost) = search.better(than: best, order) { (order, best) = (next, cost) }
        (self.order, after) = (order, best)
    }
}

/// One pass of the search.
private struct OrderSearch {
    let stops: [RouteCheck.Stop]
    let drive: RouteDrive
    /// Metres on the road: from the truck (the last row) or a stop to a stop.
    let metres: [[Double]]
    let start: Int64
    /// Milliseconds a metre, on average over the working day: for the search alone.
    let pace: Double

    init(
        _ stops: [RouteCheck.Stop], drive: RouteDrive, from place: Coordinate?, at start: Int64
    ) {
        self.stops = stops
        self.drive = drive
        self.start = start
        let factor = Double(drive.profile.detourPercent) / 100
        func row(_ from: Coordinate?) -> [Double] {
            stops.map { stop in
                guard let from, let to = stop.place else { return 0 }
                return RouteMap.metres(from, to) * factor
            }
        }
        metres = stops.map { row($0.place) } + [row(place ?? stops.first?.place)]
        let day = drive.profile.speedKmh.dropFirst(8).prefix(9)
        let mean = Double(day.reduce(0, +)) / Double(max(1, day.count))
        pace = 3_600 / max(1, mean)
    }

    func cost(_ order: [Int]) -> RouteOrder.Cost {
        var (now, here, way, late) = (start, stops.count, 0.0, 0)
        let midnight = drive.date.startUnixMilliseconds
        for index in order {
            let leg = metres[here][index]
            way += leg
            now += Int64(leg * pace)
            if let window = stops[index].window {
                if now >= midnight + Int64(window.endMinute) * 60_000 { late += 1 }
                now = max(now, midnight + Int64(window.startMinute) * 60_000)
            }
            let service = drive.profile.service
            now += Int64(service.baseS + stops[index].items.total * service.perCylinderS) * 1_000
            here = index
        }
        return RouteOrder.Cost(late: late, metres: Int(way.rounded()))
    }

    /// The first better one that a turn or a move makes; nil: none does.
    func better(
        than best: RouteOrder.Cost, _ order: [Int]
    ) -> (order: [Int], cost: RouteOrder.Cost)? {
        for first in order.indices {
            for last in order.indices where last > first {
                var turned = order
                turned[first...last].reverse()
                let cost = cost(turned)
                if cost < best { return (turned, cost) }
            }
        }
        for length in 1...3 {
            for first in order.indices where first + length <= order.count {
                let part = Array(order[first..<first + length])
                let rest = Array(order[..<first]) + Array(order[(first + length)...])
                for place in 0...rest.count where place != first {
                    var moved = rest
                    moved.insert(contentsOf: part, at: place)
                    let cost = cost(moved)
                    if cost < best { return (moved, cost) }
                }
            }
        }
        return nil
    }
}
