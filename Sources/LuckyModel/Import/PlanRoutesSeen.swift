/// A route of one day.
struct PlanRouteKey: Hashable {
    var depot, route: Identifier
    var date: CivilDate

    init(_ row: PlanRow) {
        depot = row.depot
        route = row.route
        date = row.date
    }
}

/// What the rows of a file say of each route, to find those that it gives two drivers, vehicles or
/// capacities. Which of two is the mistyped one nobody can tell: all rows of such a route are in
/// doubt.
struct PlanRoutesSeen {
    /// The first line of each value.
    private struct Lines<Value: Hashable> {
        var first: [PlanRouteKey: [Value: Int]] = [:]

        mutating func note(_ value: Value?, of route: PlanRouteKey, line: Int) {
            guard let value else { return }
            first[route, default: [:]][value] = first[route]?[value] ?? line
        }

        /// The first line that says another value; nil where the route has only one.
        func other(than value: Value?, of route: PlanRouteKey) -> Int? {
            guard let values = first[route], values.count > 1 else { return nil }
            return values.filter { $0.key != value }.values.min()
        }
    }

    private var drivers = Lines<Identifier>()
    private var vehicles = Lines<Identifier>()
    private var capacities = Lines<Int64>()

    init(_ rows: [PlanRow]) {
        for row in rows {
            let route = PlanRouteKey(row)
            drivers.note(row.driver, of: route, line: row.line)
            vehicles.note(row.vehicle, of: route, line: row.line)
            capacities.note(row.capacityGrams, of: route, line: row.line)
        }
    }

    /// What is in doubt of a row's route, each with another line that differs.
    func contradictions(of row: PlanRow) -> [Rejection] {
        let route = PlanRouteKey(row)
        let capacity = row.capacityGrams.map { PlainText.decimalText($0, places: 3) }
        let found: [(PlanColumn, Rejection.Reason, String?, Int?)] = [
            (.driver, .twoDrivers, row.driver.text, drivers.other(than: row.driver, of: route)),
            (
                .vehicle, .twoVehicles, row.vehicle?.text,
                vehicles.other(than: row.vehicle, of: route)
            ),
            (
                .capacityKilograms, .twoCapacities, capacity,
                capacities.other(than: row.capacityGrams, of: route)
            ),
        ]
        return found.compactMap { column, reason, text, line in
            line.map {
                Rejection(
                    line: row.line, column: column.rawValue, reason, found: text ?? "–",
                    firstLine: $0, stop: row.stop)
            }
        }
    }
}
