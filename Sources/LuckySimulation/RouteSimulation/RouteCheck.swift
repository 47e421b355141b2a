public import LuckyModel

/// What is wrong with a planned route before anybody drives it. Nothing is changed by it: an address
/// that does not read as one is kept, and said.
public struct RouteCheck: Sendable {
    /// One stop as the plan has it.
    public struct Stop: Sendable {
        var number: Int
        var customer: String
        var phone: String
        var address: String
        var place: Coordinate?
        var window: TimeWindow?
        var items: Quantities
        /// Nil where nobody says what the customer holds.
        var holds: Quantities?
        /// Nothing is to be done here any more.
        var isClosed = false
        /// Nothing was or will be loaded for it.
        var isCancelled = false

        var visit: RouteDrive.Visit {
            RouteDrive.Visit(place: place, window: window, cylinders: items.total)
        }

        /// From a row of a plan file.
        public init(_ row: PlanRow) {
            number = row.sequence
            (customer, phone, address) = (row.customer, row.phone, row.address)
            (place, window, items) = (row.coordinate, row.window, row.quantities)
            holds = row.holds.isEmpty ? nil : row.holding
        }

        /// From a stop on a phone.
        /// - Parameter holds: what the plan says the customer holds; nil where it does not.
        public init(_ stop: LuckyModel.Stop, holds: Quantities? = nil) {
            number = stop.sequence
            (customer, phone, address) = (stop.customer, stop.phone, stop.address)
            (place, window, items) = (stop.coordinate, stop.window, stop.ordered)
            self.holds = holds
            isClosed = stop.status.isClosed
            isCancelled = stop.status == .cancelled
        }
    }

    /// One thing that somebody should look at.
    public enum Finding: Hashable, Sendable {
        /// More gas than the truck may carry, in grams; the cylinders come on top.
        case capacity(load: Int64, capacity: Int64)
        /// Reached after its window even where nothing goes wrong, at that minute of the day.
        case window(stop: Int, TimeWindow, minute: Int)
        /// Two customers at one place.
        case duplicate(stop: Int, other: Int)
        /// Far from the rest of the route; where that cannot be told, from the depot. Metres.
        case far(stop: Int, metres: Int)
        case farFromDepot(stop: Int, metres: Int)
        /// No coordinates.
        case noPlace(stop: Int)
        /// The address does not read as one.
        case address(stop: Int, String)
        /// No address; no telephone number; no customer's name.
        case noAddress(stop: Int)
        case noPhone(stop: Int)
        case noName(stop: Int)
        /// Ordered of a kind that the customer does not hold.
        case holds(stop: Int, Product)

        /// Whether the route has to be changed; else somebody should know.
        public var isError: Bool {
            switch self {
            case .capacity, .window: true
            default: false
            }
        }
    }

    /// In the order in which they are driven.
    public let stops: [Stop]
    /// The business day.
    public let date: CivilDate
    let capacityGrams: Int64?
    let departure: RouteDeparture
    let profile: RouteProfile

    /// - Parameters:
    ///   - stops: in the order in which they are driven.
    ///   - capacityGrams: of the truck; nil where nobody says.
    ///   - departure: from where, and when, it goes to the first stop that is not closed.
    ///   - profile: how fast it drives, and how long a door takes.
    public init(
        _ stops: [Stop], capacityGrams: Int64?, from departure: RouteDeparture = .planned,
        profile: RouteProfile, date: CivilDate
    ) {
        self.stops = stops
        self.capacityGrams = capacityGrams
        self.departure = departure
        self.profile = profile
        self.date = date
    }

    /// The minute of the day at which the truck goes to the first stop that is not closed.
    public var startMinute: Int {
        TaipeiTime.minuteOfDay(RouteDrive(profile, date).start(departure))
    }

    /// Errors first, then in the order of the stops.
    public var findings: [Finding] {
        var found = capacity + windows
        let far = farPlaces
        for (index, stop) in stops.enumerated() where !stop.isClosed {
            found += place(index) + [far[index]].compactMap { $0 } + contact(stop) + holding(stop)
        }
        return found
    }

    private var capacity: [Finding] {
        guard let capacityGrams else { return [] }
        let load = stops.reduce(Int64(0)) { sum, stop in
            guard !stop.isCancelled else { return sum }
            return sum
                + stop.items.pairs.reduce(Int64(0)) {
                    $0 + Int64($1.count) * ($1.product.info?.grams ?? 0)
                }
        }
        return load > capacityGrams ? [.capacity(load: load, capacity: capacityGrams)] : []
    }

    private var windows: [Finding] {
        let drive = RouteDrive(profile, date)
        let visits = stops.filter { !$0.isClosed }
        let times = drive.arrivals(
            visits.map(\.visit),
            from: departure.place ?? drive.depot(near: visits.compactMap(\.place)),
            at: drive.start(departure))
        return zip(visits, times).compactMap { stop, time in
            guard let window = stop.window, drive.isLate(time, for: stop.visit) else { return nil }
            return .window(stop: stop.number, window, minute: TaipeiTime.minuteOfDay(time))
        }
    }

    private func contact(_ stop: Stop) -> [Finding] {
        var found: [Finding] = []
        if stop.customer.isEmpty { found.append(.noName(stop: stop.number)) }
        if stop.phone.isEmpty { found.append(.noPhone(stop: stop.number)) }
        if stop.address.isEmpty {
            found.append(.noAddress(stop: stop.number))
        } else if !Self.isAddress(stop.address) {
            found.append(.address(stop: stop.number, stop.address))
        }
        return found
    }

    private func holding(_ stop: Stop) -> [Finding] {
        guard let holds = stop.holds else { return [] }
        return stop.items.pairs.filter { holds[$0.product] == 0 }
            .map { .holds(stop: stop.number, $0.product) }
    }

    /// A county or city, a township or village or road, and a number with 號: 臺東縣臺東市中華路12號.
    static func isAddress(_ text: String) -> Bool {
        let half = String(
            text.unicodeScalars.map { scalar -> Character in
                let isFull = (0xFF10...0xFF19).contains(scalar.value)
                let value = isFull ? scalar.value - 0xFEE0 : scalar.value
                return Unicode.Scalar(value).map(Character.init) ?? " "
            })
        guard let place = half.firstIndex(where: { "縣市鄉鎮區村里".contains($0) }) else {
            return false
        }
        let rest = half[place...]
        guard let number = rest.firstIndex(of: "號"), number > rest.startIndex else { return false }
        let before = rest[rest.index(before: number)]
        return before.isNumber || "一二三四五六七八九十".contains(before)
    }
}

extension Quantities {
    /// All products together.
    var total: Int { pairs.reduce(0) { $0 + $1.count } }
}
