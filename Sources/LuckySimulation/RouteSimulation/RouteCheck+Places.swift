internal import LuckyModel

// Where the stops are, one beside the other.
extension RouteCheck {
    /// How far a stop may be from the nearest other one of its route, metres.
    private static let farMetres = 20_000.0
    /// Places that are no further apart are the same, metres.
    private static let sameMetres = 3.0

    /// What is said of a stop's place: that there is none, or that an earlier customer has it.
    func place(_ index: Int) -> [Finding] {
        let stop = stops[index]
        guard let place = stop.place else { return [.noPlace(stop: stop.number)] }
        return stops[..<index].compactMap { earlier in
            guard let their = earlier.place, earlier.customer != stop.customer,
                RouteMap.metres(place, their) <= Self.sameMetres
            else { return nil }
            return .duplicate(stop: earlier.number, other: stop.number)
        }
    }

    /// The stops that are far from where the route is, by their index. It is where more than half of
    /// its stops are, each near another one; of two stops, and of any that lie all about, nobody can
    /// say which is the odd one: those are measured from the depot.
    var farPlaces: [Int: Finding] {
        let placed = stops.indices.filter { stops[$0].place != nil }
        let route = placed.count > 2 ? majority(placed) : nil
        var found: [Int: Finding] = [:]
        for index in placed {
            let number = stops[index].number
            if route == nil, let depot = profile.depot?.coordinate {
                let metres = stops[index].place.map { RouteMap.metres($0, depot) } ?? 0
                guard metres > RouteSimulation.nearDepot else { continue }
                found[index] = .farFromDepot(stop: number, metres: Int(metres))
            } else {
                let others = (route ?? placed).filter { $0 != index }
                let nearest = others.compactMap { metres(index, $0) }.min() ?? 0
                guard nearest > Self.farMetres else { continue }
                found[index] = .far(stop: number, metres: Int(nearest))
            }
        }
        return found
    }

    /// The stops that hang together, where they are more than half of all.
    private func majority(_ placed: [Int]) -> [Int]? {
        var rest = placed
        while let first = rest.popLast() {
            var group = [first]
            var next = 0
            while next < group.count {
                let from = group[next]
                let isNear = { (other: Int) in
                    metres(from, other).map { $0 <= Self.farMetres } ?? false
                }
                group += rest.filter(isNear)
                rest.removeAll(where: isNear)
                next += 1
            }
            if group.count * 2 > placed.count { return group }
        }
        return nil
    }

    private func metres(_ index: Int, _ other: Int) -> Double? {
        stops[index].place.flatMap { from in
            stops[other].place.map { RouteMap.metres(from, $0) }
        }
    }
}
