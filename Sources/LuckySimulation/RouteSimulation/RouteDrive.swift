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

    let profile: RouteProfile
    let date: CivilDate

    init(_ profile: RouteProfile, _ date: CivilDate) {
        self.profile = profile
        self.date = date
    }

    /// When the truck sets off, Unix milliseconds. A clock can say anything: what is not of this day or
    /// the next is taken as their nearest moment.
    func start(_ departure: RouteDeparture) -> Int64 {
        let midnight = date.startUnixMilliseconds
        return min(
            max(departure.at ?? profile.start(on: date), midnight), midnight + 172_800_000)
    }

    /// The profile's depot, where it can be the route's.
    func depot(near places: [Coordinate]) -> Coordinate? {
        profile.depot.map(\.coordinate).flatMap { depot in
            places.contains { RouteMap.metres($0, depot) < RouteSimulation.nearDepot } ? depot : nil
        } ?? places.first
    }

    /// When each stop is reached.
    func arrivals(_ visits: [Visit], from place: Coordinate?, at start: Int64) -> [Int64] {
        var (now, here) = (start, place)
        var hadLunch = profile.lunch.minutes == 0
        return visits.map { visit in
            if !hadLunch, let noon = profile.lunchMinute, date.minutes(until: now) >= noon {
                hadLunch = true
                now += Int64(profile.lunch.minutes) * 60_000
            }
            if let from = here, let to = visit.place {
                let metres = RouteMap.metres(from, to) * Double(profile.detourPercent) / 100
                now = profile.arrival(after: metres, from: now)
            }
            here = visit.place ?? here
            let arrival = now
            if let window = visit.window {
                now = max(now, date.startUnixMilliseconds + Int64(window.startMinute) * 60_000)
            }
            let seconds = profile.service.baseS + visit.cylinders * profile.service.perCylinderS
            now += Int64(seconds) * 1_000
            return arrival
        }
    }
}

extension CivilDate {
    /// Whole minutes since the day began: also beyond its end, where the clock begins again and who
    /// is late stays late.
    func minutes(until moment: Int64) -> Int {
        Int((moment - startUnixMilliseconds) / 60_000)
    }
}
