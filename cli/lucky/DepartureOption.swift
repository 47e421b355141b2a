import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver
import LuckySimulation

/// From where, and when, a truck goes on to the stops that are open.
struct DepartureOption: ParsableArguments {
    @Option(help: Phrase.helpAt.help(as: "hh:mm"))
    var at: String?

    func validate() throws {
        if let at, ClockTime.minute(at) == nil {
            throw ValidationError(.usageTime, ["found": at])
        }
    }

    /// In the morning from the depot, unless a time was named.
    func planned(on date: CivilDate) -> RouteDeparture {
        RouteDeparture(place: nil, at: named(on: date))
    }

    /// From the last door that was closed, or else the depot: at the time that was named; else when
    /// that door was closed or the day begins, and today no earlier than now.
    func underWay(_ route: StoredRoute, _ profile: RouteProfile) -> RouteDeparture {
        let last = route.stops.last { $0.stop.status.isClosed && $0.stop.coordinate != nil }
        // A door that was closed on another day says nothing of when the truck goes on.
        let closedAt = last?.stop.closedAt.flatMap { Self.day($0) == route.date ? $0 : nil }
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        let ready = closedAt ?? profile.start(on: route.date)
        return RouteDeparture(
            place: last?.stop.coordinate,
            at: named(on: route.date) ?? (Self.day(now) == route.date ? max(now, ready) : ready))
    }

    private static func day(_ moment: Int64) -> CivilDate? { CivilDate(taipeiDayAt: moment) }

    private func named(on date: CivilDate) -> Int64? {
        at.flatMap(ClockTime.minute).map {
            date.startUnixMilliseconds + Int64($0) * 60_000
        }
    }
}
