/// What earlier rows of a file have said, to find rows that contradict them.
struct PlanRowsSeen {
    private struct StopKey: Hashable {
        var depot, stop: Identifier
    }
    private struct RouteKey: Hashable {
        var depot, route: Identifier
        var date: CivilDate
    }
    private struct PlaceKey: Hashable {
        var route: RouteKey
        var sequence: Int
    }
    private struct First<Value> {
        var value: Value
        var line: Int
    }

    private var stops: [StopKey: Int] = [:]
    private var places: [PlaceKey: Int] = [:]
    private var drivers: [RouteKey: First<Identifier>] = [:]
    private var vehicles: [RouteKey: First<Identifier>] = [:]
    private var capacities: [RouteKey: First<Int64>] = [:]

    /// Remembers the stop of a row that was rejected for itself: a second row of that stop is as
    /// much in doubt.
    mutating func note(_ record: PlanRecord) {
        guard let depot = PlanName.identifier(record.cell(.depot)),
            let stop = PlanName.identifier(record.cell(.stop))
        else { return }
        let key = StopKey(depot: depot, stop: stop)
        stops[key] = stops[key] ?? record.line
    }

    /// Remembers a row and says which earlier ones it contradicts; a row that contradicts one is
    /// remembered only as far as its stop.
    mutating func contradictions(of row: PlanRow) -> [Rejection] {
        var found: [Rejection] = []
        func reject(_ column: PlanColumn, _ reason: Rejection.Reason, _ text: String, _ line: Int) {
            found.append(
                Rejection(
                    line: row.line, column: column.rawValue, reason, found: text, firstLine: line,
                    stop: row.stop))
        }
        let stop = StopKey(depot: row.depot, stop: row.stop)
        if let line = stops[stop] { reject(.stop, .duplicateStop, row.stop.text, line) }
        stops[stop] = stops[stop] ?? row.line

        let route = RouteKey(depot: row.depot, route: row.route, date: row.date)
        let place = PlaceKey(route: route, sequence: row.sequence)
        if let line = places[place] {
            reject(.sequence, .duplicateSequence, "\(row.sequence)", line)
        }
        if let first = drivers[route], first.value != row.driver {
            reject(.driver, .twoDrivers, row.driver.text, first.line)
        }
        if let first = vehicles[route], let vehicle = row.vehicle, first.value != vehicle {
            reject(.vehicle, .twoVehicles, vehicle.text, first.line)
        }
        if let first = capacities[route], let capacity = row.capacityGrams,
            first.value != capacity
        {
            let text = PlainText.decimalText(capacity, places: 3)
            reject(.capacityKilograms, .twoCapacities, text, first.line)
        }
        guard found.isEmpty else { return found }

        places[place] = row.line
        drivers[route] = drivers[route] ?? First(value: row.driver, line: row.line)
        if let vehicle = row.vehicle, vehicles[route] == nil {
            vehicles[route] = First(value: vehicle, line: row.line)
        }
        if let capacity = row.capacityGrams, capacities[route] == nil {
            capacities[route] = First(value: capacity, line: row.line)
        }
        return []
    }
}
