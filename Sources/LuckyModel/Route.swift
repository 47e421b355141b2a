/// One truck's day as a screen shows it.
public struct Route: Hashable, Sendable {
    /// The route's own id; its stops name it.
    public var id: EntityID
    /// The name the office gave it.
    public var code: Identifier
    /// Who drives it; empty where nobody was assigned.
    public var driver: Identifier
    /// The business day; nil where the plan has none.
    public var date: CivilDate?
    /// The truck; nil where the plan names none.
    public var vehicle: Identifier?
    /// What the truck may carry, in grams; nil where the plan is silent.
    public var capacityGrams: Int64?
    /// The driver keeps to the office's order.
    public var isOrderMandatory: Bool
    /// In the office's order; stops without a place in it last.
    public var stops: [Stop]
    /// When the driver set off, by the first one's clock, Unix milliseconds; nil before.
    public var startedAt: Int64?
    /// When the route was first said to be done, likewise.
    public var completedAt: Int64?
    /// The order in which the driver last said he means to drive; a preference.
    public var preference: [EntityID]

    /// Derives the route.
    /// - Parameters:
    ///   - facts: the route's own, in display order.
    ///   - stops: in any order; sorted here by sequence, then by id.
    public init(
        id: EntityID, plan: (PlanField) -> PlanValue, facts: [FactRecord] = [], stops: [Stop]
    ) {
        self.id = id
        code = plan(.code).name ?? ""
        driver = plan(.driver).name ?? ""
        date = plan(.date).integer.flatMap { Int32(exactly: $0) }.flatMap(CivilDate.init(yyyymmdd:))
        vehicle = plan(.vehicle).name
        capacityGrams = plan(.capacityGrams).integer
        isOrderMandatory = plan(.orderIsMandatory).flag ?? false
        self.stops = stops.sorted { ($0.place, $0.id) < ($1.place, $1.id) }
        preference = []
        for record in facts {
            switch record.fact {
            case .routeStarted: startedAt = startedAt ?? record.writtenAt
            case .routeCompleted: completedAt = completedAt ?? record.writtenAt
            case .suggestedOrder(let order): preference = order.stops
            default: break
            }
        }
    }

    /// The order in which a screen lists the day: what was visited in the order of the visits, then
    /// what is open, as the driver prefers unless the office's order is mandatory. A new order by
    /// the office never moves what was visited; a stop that failed and is to be tried again is open.
    /// - Parameter visits: when each stop was first visited, by a clock that never goes back.
    public func order<Moment: Comparable>(visits: [EntityID: Moment]) -> [Stop] {
        func isVisited(_ stop: Stop) -> Bool { visits[stop.id] != nil && stop.status != .pending }
        let visited = stops.enumerated().compactMap { place, stop in
            visits[stop.id].map { (moment: $0, place: place, stop: stop) }
        }.filter { isVisited($0.stop) }.sorted { ($0.moment, $0.place) < ($1.moment, $1.place) }
        let open = stops.filter { !isVisited($0) }.enumerated().sorted {
            (preferred($0.element), $0.offset) < (preferred($1.element), $1.offset)
        }
        return visited.map(\.stop) + open.map(\.element)
    }

    private func preferred(_ stop: Stop) -> Int {
        isOrderMandatory ? 0 : preference.firstIndex(of: stop.id) ?? .max
    }

    /// How many stops are delivered, failed or cancelled.
    public var closedCount: Int { stops.filter(\.status.isClosed).count }
}

extension Stop {
    /// The place in the route; behind all others where the office gave none.
    fileprivate var place: Int { sequence > 0 ? sequence : .max }
}
