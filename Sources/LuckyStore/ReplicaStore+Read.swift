internal import GRDB
public import LuckyCausality
public import LuckyModel

extension ReplicaStore {
    /// The shown state of an entity, also of one that was handed over; nil where it is not known.
    public func state(of entity: EntityID) throws(StoreError) -> EntityState? {
        try connection.read { db in
            try Base(entity, db)?.shown(author: identity.driver, db)
        }
    }

    /// The driver's routes of a day, sorted by code and id, with what is on this device: no network
    /// is asked. Handed-over stops are not in them.
    public func routes(on date: CivilDate) throws(StoreError) -> [StoredRoute] {
        try connection.read { db in
            var stops: [EntityID?: [StoredStop]] = [:]
            var visits: [EntityID: HLC] = [:]
            let glance = try StoreGlance(db)
            for row in try db.rows(
                Self.stopQuery(glance) + " WHERE s.date = ? AND e.membership = \(Self.inScope)"
                    + " AND s.is_hidden = 0 ORDER BY s.sequence < 1, s.sequence, s.entity",
                [date.yyyymmdd])
            {
                let stop = try StoredStop(row, glance, db)
                stops[stop.stop.route, default: []].append(stop)
                visits[stop.stop.id] = row.visitedAt
            }
            var routes: [StoredRoute] = []
            for row in try db.rows(
                "SELECT r.* FROM route_row AS r JOIN entity AS e ON e.id = r.entity"
                    + " WHERE r.date = ? AND e.membership = \(Self.inScope) AND r.is_hidden = 0",
                [date.yyyymmdd])
            {
                let id = try row.entity("entity")
                let route = RouteRow(row)
                let state = try Base(id, db)?.shown(author: identity.driver, db)
                routes.append(
                    StoredRoute(
                        id: id, code: route.code, driver: route.driver, date: date,
                        vehicle: route.vehicle, capacityGrams: route.capacityGrams,
                        startedAt: state?.first(.routeStarted),
                        completedAt: state?.first(.routeCompleted),
                        closedAt: state?.closedByOffice,
                        stops: (stops.removeValue(forKey: id) ?? []).inOrder(visits, of: state)))
            }
            // Stops whose route is another truck's, or none.
            for (id, rest) in stops {
                routes.append(
                    StoredRoute(
                        id: id, code: "", driver: identity.driver, date: date, vehicle: nil,
                        capacityGrams: nil, closedAt: nil, stops: rest.inOrder(visits, of: nil)))
            }
            return routes.sorted { a, b in
                guard a.code == b.code else { return a.code < b.code }
                guard let first = a.id else { return b.id != nil }
                return b.id.map { first < $0 } ?? false
            }
        }
    }

    /// A stop, also one that was handed over; nil where it is not on this device or was deleted.
    public func stop(_ id: EntityID) throws(StoreError) -> StoredStop? {
        try connection.read { db in
            try db.row(
                Self.stopQuery(.everything)
                    + " WHERE s.entity = ? AND e.membership <> 0 AND s.is_hidden = 0",
                [id.blob]
            ).map { try StoredStop($0, .everything, db) }
        }
    }

    /// Stops that went to other drivers and were on this device, sorted by id.
    public func handedOverStops() throws(StoreError) -> [StoredStop] {
        try connection.read { db in
            let glance = try StoreGlance(db)
            return try db.rows(
                Self.stopQuery(glance)
                    + " WHERE e.membership = \(Self.handedOver) ORDER BY s.entity"
            ).map { try StoredStop($0, glance, db) }
        }
    }

    /// Stops of a day that are not this driver's any more and where he recorded an arrival, a handover,
    /// a failure or cash, sorted by code and id: locked, and without anybody's name (L23). The office
    /// may have given them to another driver, or deleted them.
    /// - Parameter visitedOnly: false: also those where he recorded nothing of that.
    public func handedOverStops(
        on date: CivilDate, visitedOnly: Bool = true
    ) throws(StoreError) -> [StoredStop] {
        try connection.read { db in
            var stops: [StoredStop] = []
            let glance = try StoreGlance(db)
            for row in try db.rows(
                Self.stopQuery(glance)
                    + " WHERE s.date = ? AND e.membership = \(Self.handedOver)",
                [date.yyyymmdd])
            {
                let stop = try StoredStop(row, glance, db)
                guard visitedOnly else {
                    stops.append(stop)
                    continue
                }
                let state = try Base(stop.stop.id, db)?.shown(author: identity.driver, db)
                let isVisited = state?.facts.values.contains { fact in
                    fact.stamp.author == identity.driver
                        && [.arrived, .handedOver, .failed, .cashReceived].contains(fact.fact?.kind)
                }
                if isVisited == true { stops.append(stop) }
            }
            return stops.sorted { ($0.stop.code, $0.stop.id) < ($1.stop.code, $1.stop.id) }
        }
    }

    // Written out: an index of entities is for one membership alone, and SQLite would compile a
    // statement anew each time it is told which.
    private static let inScope = Membership.inScope.rawValue
    private static let handedOver = Membership.handedOver.rawValue

    private static func stopQuery(_ glance: StoreGlance) -> String {
        """
        SELECT s.*, e.membership, e.needs_update,
            \(glance.hasUnconfirmed ? unconfirmed : "0") AS is_unconfirmed
        FROM stop_row AS s JOIN entity AS e ON e.number = s.number
        """
    }
}

extension [StoredStop] {
    /// As a driver's screen lists them.
    /// - Parameters:
    ///   - visits: when each was first visited.
    ///   - state: the route's; nil where it is not on this device.
    fileprivate func inOrder(_ visits: [EntityID: HLC], of state: EntityState?) -> [StoredStop] {
        let nobodys = EntityState(id: EntityID(.route, Bits128(high: 0, low: 0)))
        let route = (state ?? nobodys).route(stops: map(\.stop))
        let places = Dictionary(
            route.order(visits: visits).enumerated().map { ($0.element.id, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        return sorted { (places[$0.stop.id] ?? 0) < (places[$1.stop.id] ?? 0) }
    }
}

/// What a store has any of: the rest is not asked for, stop by stop.
private struct StoreGlance {
    var hasUnsent = true
    var hasRefused = true
    var hasReviews = true
    /// Something may be left of an older history of the hub.
    var hasUnconfirmed = true

    static let everything = StoreGlance()

    private init() {}

    init(_ db: Database) throws {
        let row = try db.row(
            """
            SELECT EXISTS (SELECT 1 FROM changeset WHERE state = 0),
                EXISTS (SELECT 1 FROM changeset WHERE state = 3),
                EXISTS (SELECT 1 FROM review_row), (SELECT generation FROM meta) > 0
            """
        ).orDamaged("glance")
        hasUnsent = row[0]
        hasRefused = row[1]
        hasReviews = row[2]
        hasUnconfirmed = row[3]
    }
}

extension StoredStop {
    fileprivate init(_ row: StoredRow, _ glance: StoreGlance, _ db: Database) throws {
        let stop = try StopRow(row, db).stop
        self.init(
            stop: stop,
            isHandedOver: row["membership"] == Membership.handedOver.rawValue,
            unsent: glance.hasUnsent ? try ReplicaStore.unsent(on: stop.id, db) : 0,
            notAccepted: glance.hasRefused ? try ReplicaStore.notAccepted(on: stop.id, db) : 0,
            needsUpdate: row["needs_update"], isUnconfirmed: row["is_unconfirmed"],
            reviews: glance.hasReviews ? try DerivedRows.storedReviews(stop.id, db) : [])
    }
}

extension EntityState {
    /// When a driver first said something of his route, by his phone's clock.
    fileprivate func first(_ fact: Fact) -> Int64? {
        facts.values.filter { $0.fact == fact && $0.stamp.role == .driver }
            .map(\.stamp.writtenAt).min()
    }
}
