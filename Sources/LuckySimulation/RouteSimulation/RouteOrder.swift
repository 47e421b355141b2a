public import LuckyModel

/// A better order for what is still open: fewer stops reached after their window first, then fewer
/// kilometres; when each is reached is what ``RouteCheck`` says of that order, with lunch and the speed
/// of each hour. Turns parts of the route around (2-opt) and moves runs of up to three stops (Or-opt)
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

    /// The open stops' places in the list that was given, in the better order; as they were given
    /// where none is better. Nobody knows where those without coordinates are: they come last, as they
    /// stood.
    public let order: [Int]
    /// Of the order that was given.
    public let before: Cost
    /// Of ``order``.
    public let after: Cost
    /// The minute of the day at which the truck goes to the first of them.
    public let startMinute: Int

    /// - Parameters:
    ///   - stops: open ones, in the present order.
    ///   - departure: from where, and when, the truck goes to the first of them.
    public init(
        _ stops: [RouteCheck.Stop], from departure: RouteDeparture = .planned,
        profile: RouteProfile, date: CivilDate
    ) {
        let drive = RouteDrive(profile, date)
        let start = drive.start(departure)
        startMinute = TaipeiTime.minuteOfDay(start)
        let search = OrderSearch(stops.map(\.visit), drive, from: departure.place, at: start)
        let given = Array(stops.indices)
        before = search.cost(given)
        var order =
            given.filter { stops[$0].place != nil } + given.filter { stops[$0].place == nil }
        var best = search.cost(order)
        while let (next, cost) = search.better(than: best, order) { (order, best) = (next, cost) }
        (self.order, after) = best < before ? (order, best) : (given, before)
    }
}

/// One pass of the search.
private struct OrderSearch {
    let visits: [RouteDrive.Visit]
    let drive: RouteDrive
    let start: Int64
    /// On the road: from the truck (the last row) or a stop to a stop.
    let metres: [[Double]]
    /// How many stops have coordinates.
    let placed: Int
    /// How many are late in every order: also where the truck goes there first.
    let hopeless: Int

    init(
        _ visits: [RouteDrive.Visit], _ drive: RouteDrive, from place: Coordinate?, at start: Int64
    ) {
        self.visits = visits
        self.drive = drive
        self.start = start
        let places = visits.compactMap(\.place)
        let froms = visits.map(\.place) + [place ?? drive.depot(near: places)]
        metres = froms.map { from in visits.map { drive.metres(from, $0.place) } }
        placed = places.count
        hopeless = zip(visits, metres[visits.count]).count { visit, metres in
            var moment = drive.moment(at: start)
            drive.eat(&moment)
            return drive.isLate(drive.visit(visit, after: metres, &moment), for: visit)
        }
    }

    func cost(_ order: [Int]) -> RouteOrder.Cost {
        RouteOrder.Cost(late: late(order, atMost: .max), metres: way(order))
    }

    /// Nil: no better than the best so far.
    private func cost(_ order: [Int], below best: RouteOrder.Cost) -> RouteOrder.Cost? {
        let way = way(order)
        // The way is quickly summed up, and alone decides where no fewer can be late.
        guard way < best.metres || best.late > hopeless else { return nil }
        let cost = RouteOrder.Cost(late: late(order, atMost: best.late), metres: way)
        return cost < best ? cost : nil
    }

    private func way(_ order: [Int]) -> Int {
        var (here, way) = (visits.count, 0.0)
        for index in order {
            way += metres[here][index]
            if visits[index].place != nil { here = index }
        }
        return Int(way.rounded())
    }

    /// Stops reached after their window; no longer counted than to one more than asked for.
    private func late(_ order: [Int], atMost most: Int) -> Int {
        var (moment, here, late) = (drive.moment(at: start), visits.count, 0)
        for index in order where late <= most {
            let visit = visits[index]
            drive.eat(&moment)
            let arrival = drive.visit(visit, after: metres[here][index], &moment)
            if drive.isLate(arrival, for: visit) { late += 1 }
            if visit.place != nil { here = index }
        }
        return late
    }

    /// The first better one that a turn or a move of stops with coordinates makes; nil: none does.
    func better(
        than best: RouteOrder.Cost, _ order: [Int]
    ) -> (order: [Int], cost: RouteOrder.Cost)? {
        for first in 0..<placed {
            for last in first + 1..<max(first + 1, placed) {
                var turned = order
                turned[first...last].reverse()
                if let cost = cost(turned, below: best) { return (turned, cost) }
            }
        }
        for length in 1...3 where length <= placed {
            for first in 0...placed - length {
                let part = order[first..<first + length]
                let rest = order[..<first] + order[(first + length)...]
                for place in 0...placed - length where place != first {
                    var moved = Array(rest)
                    moved.insert(contentsOf: part, at: place)
                    if let cost = cost(moved, below: best) { return (moved, cost) }
                }
            }
        }
        return nil
    }
}
