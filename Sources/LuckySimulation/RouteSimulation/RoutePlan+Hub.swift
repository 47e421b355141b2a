public import LuckyHub
internal import LuckyModel

extension RoutePlan {
    /// A route as a hub shows it, to be driven as if nobody had yet: its stops in the office's order,
    /// but for those that are cancelled.
    /// - Parameter shown: what `plan-show` answered for this route's day.
    /// - Throws: ``RouteFault`` where no such route is in it, or a stop cannot be taken.
    public static func shown(
        _ shown: PlanShowReply, route: String
    ) throws(RouteFault) -> RoutePlan {
        let found = shown.routes.filter { !$0.entity.isEmpty }
        guard let wanted = found.first(where: { $0.code == route || $0.entity == route }) else {
            throw RouteFault(
                .routeNotAtHub,
                [
                    "route": route, "date": shown.date,
                    "routes": found.isEmpty ? "–" : found.map(\.code).joined(separator: " · "),
                ])
        }
        let stops = wanted.stops.filter { !$0.cancelled }
        guard !stops.isEmpty else {
            throw RouteFault(.routeEmptyAtHub, ["route": route, "date": shown.date])
        }
        let cells = stops.enumerated().map { index, stop in
            var cells = PlanCells()
            cells.date = shown.date
            cells.depot = Identifier.simulation.text
            cells.route = wanted.code
            cells.driver = wanted.driver.isEmpty ? "drv-sim" : wanted.driver
            cells.sequence = "\(index + 1)"
            cells.stop = stop.stop.isEmpty ? stop.entity : stop.stop
            cells.customer = stop.customer
            cells.phone = stop.phone
            cells.address = stop.address
            cells.lat = stop.lat
            cells.lng = stop.lng
            cells.window = stop.window
            cells.items = stop.items
            cells.price = stop.priceCents.map(dollars)
            cells.payment = stop.payment
            cells.note = stop.note
            cells.vehicle = wanted.vehicle
            cells.capacityKg = wanted.capacityG.map(kilograms)
            return cells
        }
        guard let bytes = try? OfficeJSON.encode(cells) else {
            throw RouteFault(.routeEmptyAtHub, ["route": route, "date": shown.date])
        }
        return try read(bytes)
    }

    /// `950.50`, as plan files have it.
    private static func dollars(_ cents: Int64) -> String { decimal(cents, digits: 2) }

    private static func kilograms(_ grams: Int64) -> String { decimal(grams, digits: 3) }

    private static func decimal(_ number: Int64, digits: Int) -> String {
        let unit = (0..<digits).reduce(Int64(1)) { unit, _ in unit * 10 }
        let rest = String(String(unit + abs(number % unit)).dropFirst())
        return (number < 0 ? "-" : "") + "\((number / unit).magnitude)" + "." + rest
    }
}
