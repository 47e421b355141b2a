public import LuckyModel

/// From where a truck goes on, and when.
public struct RouteDeparture: Hashable, Sendable {
    /// Nil: from the profile's depot, or else from the first stop.
    public var place: Coordinate?
    /// Unix milliseconds; nil: when the profile says that a day begins.
    public var at: Int64?

    /// In the morning, from the depot.
    public static let planned = RouteDeparture(place: nil, at: nil)

    /// Of both or either.
    public init(place: Coordinate?, at: Int64?) {
        self.place = place
        self.at = at
    }
}

/// A route driven on average: no luck, no lunch longer than planned, nobody absent.
struct RouteDrive {
    struct Visit {
        var place: Coordinate?
        var window: TimeWindow?
        var cylinders: Int
    }

    /// How far a day has come.
    struct Moment {
        /// Unix milliseconds.
        var at: Int64
        var hadLunch: Bool
    }

    let profile: RouteProfile
    let date: CivilDate
    private let midnight: Int64
    /// From when the driver eats, Unix milliseconds; nil: not at all.
    private let noon: Int64?

    init(_ profile: RouteProfile, _ date: CivilDate) {
        self.profile = profile
        self.date = date
        let midnight = date.startUnixMilliseconds
        self.midnight = midnight
        noon =
            profile.lunch.minutes == 0
            ? nil : profile.lunchMinute.map { midnight + Int64($0) * 60_000 }
    }

    /// When the truck sets off, Unix milliseconds. A clock can say anything: what is not of this day or
    /// the next is taken as their nearest moment.
    func start(_ departure: RouteDeparture) -> Int64 {
        min(max(departure.at ?? profile.start(on: date), midnight), midnight + 172_800_000)
    }

    /// The profile's depot, where it can be the route's.
    func depot(near places: [Coordinate]) -> Coordinate? {
        profile.depot.map(\.coordinate).flatMap { depot in
            places.contains { RouteMap.metres($0, depot) < RouteSimulation.nearDepot } ? depot : nil
        } ?? places.first
    }

    /// On the road, where no roads are known; 0 where one of the places is not.
    func metres(_ from: Coordinate?, _ to: Coordinate?) -> Double {
        guard let from, let to else { return 0 }
        return RouteMap.metres(from, to) * Double(profile.detourPercent) / 100
    }

    /// Where a day goes on: who sets off when lunch is over has had it.
    func moment(at start: Int64) -> Moment {
        let isOver = noon.map { start >= $0 + Int64(profile.lunch.minutes) * 60_000 } ?? false
        return Moment(at: start, hadLunch: isOver)
    }

    /// When each stop is reached.
    func arrivals(_ visits: [Visit], from place: Coordinate?, at start: Int64) -> [Int64] {
        var (moment, here) = (moment(at: start), place)
        return visits.map { visit in
            eat(&moment)
            let metres = metres(here, visit.place)
            here = visit.place ?? here
            return self.visit(visit, after: metres, &moment)
        }
    }

    /// Lunch, where it is time for it.
    func eat(_ moment: inout Moment) {
        guard let noon, !moment.hadLunch, moment.at >= noon else { return }
        moment.hadLunch = true
        moment.at += Int64(profile.lunch.minutes) * 60_000
    }

    /// Drives to a stop, waits where it is early, and works at its door.
    /// - Returns: when it is reached.
    func visit(_ visit: Visit, after metres: Double, _ moment: inout Moment) -> Int64 {
        let arrival = profile.arrival(after: metres, from: moment.at)
        moment.at = arrival
        if let window = visit.window {
            moment.at = max(arrival, midnight + Int64(window.startMinute) * 60_000)
        }
        let seconds = profile.service.baseS + visit.cylinders * profile.service.perCylinderS
        moment.at += Int64(seconds) * 1_000
        return arrival
    }

    /// Whether somebody who is there at that moment missed the window.
    func isLate(_ arrival: Int64, for visit: Visit) -> Bool {
        visit.window.map { arrival >= midnight + Int64($0.endMinute) * 60_000 } ?? false
    }
}

extension CivilDate {
    /// Whole minutes since the day began: also beyond its end, where the clock begins again and who
    /// is late stays late.
    func minutes(until moment: Int64) -> Int {
        Int((moment - startUnixMilliseconds) / 60_000)
    }
}
