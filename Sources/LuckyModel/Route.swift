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
    /// In the office's order.
    public var stops: [Stop]

    /// Derives the route.
    /// - Parameter stops: in any order; sorted here by sequence, then by id.
    public init(
        id: EntityID, plan: (PlanField) -> PlanValue, stops: [Stop]
    ) {
        self.id = id
        code = plan(.code).name ?? ""
        driver = plan(.driver).name ?? ""
        date = plan(.date).integer.flatMap { Int32(exactly: $0) }.flatMap(CivilDate.init(yyyymmdd:))
        vehicle = plan(.vehicle).name
        capacityGrams = plan(.capacityGrams).integer
        self.stops = stops.sorted { ($0.sequence, $0.id) < ($1.sequence, $1.id) }
    }

    /// How many stops are delivered, failed or cancelled.
    public var closedCount: Int { stops.filter(\.status.isClosed).count }
}
