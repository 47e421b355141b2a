public import LuckyCausality
public import LuckyModel
public import LuckyStore

/// What is on the truck, by product: as planned in the morning, less what was handed over. Nobody
/// records the loading itself, so what was loaded is what the day's plan asked for.
public struct TruckStock: Hashable, Sendable {
    /// One product.
    public struct Line: Hashable, Sendable {
        /// The product.
        public var product: Product
        /// Ordered for the day, without cancelled stops where nothing was handed over.
        public var planned: Int
        /// Handed over full.
        public var delivered: Int
        /// Ordered at stops that are still open.
        public var needed: Int
        /// Taken back empty.
        public var empties: Int
        /// Full ones left; negative where more was handed over than planned.
        public var left: Int { planned - delivered }
        /// Whether what is left will not do.
        public var isShort: Bool { left < needed }
    }

    /// In the catalogue's order, unknown products last by code.
    public let lines: [Line]

    /// - Parameters:
    ///   - routes: of one day.
    ///   - visits: what the driver himself moved there: what another brought to the same door came from
    ///     another truck. Nil: all that was recorded there.
    public init(_ routes: [StoredRoute], visits: [DutyDay.Visit]? = nil) {
        let own = visits.map { visits in
            Dictionary(visits.map { ($0.stop, $0.moved) }, uniquingKeysWith: { $1 })
        }
        var lines: [Product: Line] = [:]
        func add(_ quantities: Quantities, to count: WritableKeyPath<Line, Int>) {
            for pair in quantities.pairs {
                let empty = Line(
                    product: pair.product, planned: 0, delivered: 0, needed: 0, empties: 0)
                lines[pair.product, default: empty][keyPath: count] += pair.count
            }
        }
        for stop in routes.flatMap(\.stops).map(\.stop) {
            if stop.status != .cancelled { add(stop.ordered, to: \.planned) }
            if !stop.status.isClosed { add(stop.ordered, to: \.needed) }
            let moved = own.map { $0[stop.id] ?? CylindersMoved() }
            add(moved?.delivered ?? stop.delivered, to: \.delivered)
            add(moved?.collected ?? stop.collected, to: \.empties)
        }
        // What left the truck for a stop that is on no route any more was on it in the morning.
        let listed = Set(routes.flatMap(\.stops).map(\.stop.id))
        for visit in visits ?? [] where !listed.contains(visit.stop) {
            add(visit.moved.delivered, to: \.planned)
            add(visit.moved.delivered, to: \.delivered)
            add(visit.moved.collected, to: \.empties)
        }
        let known = ProductCatalogue.all.map(\.product)
        let others = lines.keys.filter { $0.info == nil }.sorted()
        self.lines = (known + others).compactMap { lines[$0] }
    }
}
