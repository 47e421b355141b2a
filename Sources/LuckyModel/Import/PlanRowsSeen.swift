/// What earlier rows of a file have said, to find rows that contradict them.
struct PlanRowsSeen {
    private struct StopKey: Hashable {
        var depot, stop: Identifier
    }
    private struct PlaceKey: Hashable {
        var route: PlanRouteKey
        var sequence: Int
    }
    private var stops: [StopKey: Int] = [:]
    private var places: [PlaceKey: Int] = [:]

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

        let place = PlaceKey(route: PlanRouteKey(row), sequence: row.sequence)
        if let line = places[place] {
            reject(.sequence, .duplicateSequence, "\(row.sequence)", line)
        }
        if found.isEmpty { places[place] = row.line }
        return found
    }
}
