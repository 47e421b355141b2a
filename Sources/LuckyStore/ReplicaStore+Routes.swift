internal import Foundation
internal import GRDB
internal import LuckyCausality
public import LuckyModel

// How long a route stays readable (L15): while it is open or has anything unsent, then until 7 days
// of the hub's time after the last that the hub received of it.

/// Whether an entity of this driver's is shown.
enum Retention: Int {
    case shown = 0
    /// Its route is over: hidden, and what names or describes people is erased. It is in scope and
    /// in the digest as before.
    case over = 1
    /// Its route is open again: shown, and to be sent whole for what was erased.
    case wanted = 2
}

extension ReplicaStore {
    /// What the hub is asked for whole, besides what differs: sorted, the first `limit`.
    public func wantedWhole(limit: Int) throws(StoreError) -> [EntityID] {
        try connection.read { db in
            try db.rows(
                "SELECT id FROM entity WHERE retention = \(Retention.wanted.rawValue)"
                    + " AND membership = \(Membership.inScope.rawValue) ORDER BY id LIMIT ?",
                [limit]
            ).map { try $0.entity("id") }
        }
    }

    /// Hides the routes that are over. It reads all that is shown, and so it is done once an hour
    /// and once a day begins, not with each page.
    static func endRoutes(hubTime: Int64, _ db: Database) throws {
        let meta = try Meta(db)
        let now = max(hubTime, meta.hubTime ?? hubTime)
        guard meta.step == .none, let today = CivilDate(taipeiDayAt: now),
            isTimeToLook(at: now, lookedAt: meta.routesLookedAt, today)
        else { return }
        try db.run("UPDATE meta SET routes_looked_at = ?", [now])
        for route in try KeptRoute.closed(on: today, db) {
            guard try route.isOver(at: now, db) else { continue }
            for entity in route.entities {
                try keep(entity, .over, db)
                try News.forget(entity, db)
                try erasePeople(on: entity, db)
                try DerivedRows.write(entity, driver: meta.identity.driver, db)
            }
        }
    }

    /// - Parameters:
    ///   - now, lookedAt: the hub's time, Unix milliseconds.
    private static func isTimeToLook(
        at now: Int64, lookedAt: Int64?, _ today: CivilDate
    ) -> Bool {
        guard let lookedAt else { return true }
        let (age, overflow) = now.subtractingReportingOverflow(lookedAt)
        return overflow || age < 0 || age >= Bounds.routesLookMilliseconds
            || CivilDate(taipeiDayAt: lookedAt) != today
    }

    /// What a page or a tap changed of an entity whose route is over: where the route is open
    /// again, all of it is shown again.
    static func reconsider(_ entity: EntityID, driver: Identifier, _ db: Database) throws {
        let isOver = try db.count(
            "SELECT count(*) FROM entity WHERE id = ? AND retention = \(Retention.over.rawValue)",
            [entity.blob])
        guard isOver == 1, let base = try Base(entity, db) else { return }
        let state = try base.shown(author: driver, db)
        let isOpen = entity.kind == .stop && !state.isHidden && !state.stop.status.isClosed
        guard try isOpen || unsent(on: entity, db) > 0 else {
            try News.forget(entity, db)
            return try erasePeople(on: entity, db)
        }
        let route = entity.kind == .stop ? state.shown(.route).entity : entity
        for row in try db.rows(
            """
            SELECT id FROM entity WHERE retention = ?1 AND (id IN (?2, ?3)
                OR id IN (SELECT entity FROM stop_row WHERE route = ?3)) ORDER BY id
            """, [Retention.over.rawValue, entity.blob, (route ?? entity).blob])
        {
            let id = try row.entity("id")
            try keep(id, .wanted, db)
            try DerivedRows.write(id, driver: driver, db)
        }
    }

    private static func keep(
        _ entity: EntityID, _ retention: Retention, _ db: Database
    ) throws {
        try db.run(
            "UPDATE entity SET retention = ? WHERE id = ?", [retention.rawValue, entity.blob])
    }
}

/// A route with its stops, as far as they are shown; or a stop that has no route.
struct KeptRoute {
    let entities: [EntityID]

    /// Those where nothing is left to do, in the order of their ids. All that is shown is read twice,
    /// row by row, and of the open ones only the ids are kept: what a phone holds is no page.
    static func closed(on today: CivilDate, _ db: Database) throws -> [KeptRoute] {
        var open: Set<EntityID> = []
        try eachShown(db) { route, row in
            // A route of today is open also where nothing is left to do: something may come.
            let isToday = (row["date"] as Int32?).map { $0 >= today.yyyymmdd } ?? false
            if try isToday || isOpen(row) { open.insert(route) }
        }
        var closed: [EntityID: [EntityID]] = [:]
        try eachShown(db) { route, row in
            if !open.contains(route) { closed[route, default: []].append(try row.entity("id")) }
        }
        return closed.sorted { $0.key < $1.key }.map { KeptRoute(entities: $0.value) }
    }

    private static func eachShown(
        _ db: Database, _ body: (_ route: EntityID, StoredRow) throws -> Void
    ) throws {
        try db.eachRow(
            """
            SELECT e.id, e.needs_update, s.route, s.status, s.is_hidden,
                coalesce(s.date, r.date) AS date
            FROM entity AS e LEFT JOIN stop_row AS s ON s.number = e.number
                LEFT JOIN route_row AS r ON r.entity = e.id
            WHERE e.membership = 1 AND e.retention <> 1
                AND (s.entity IS NOT NULL OR r.entity IS NOT NULL) ORDER BY e.id
            """, []
        ) { row in
            try body(row.optionalEntity("route") ?? row.entity("id"), row)
            return true
        }
    }

    /// Somebody has still to go there, or something of it waits for a newer build.
    private static func isOpen(_ row: StoredRow) throws -> Bool {
        if row["needs_update"] { return true }
        guard let word = row["status"] as String? else { return false }
        let status = try StopStatus(rawValue: word).orDamaged("status")
        return !status.isClosed && row["is_hidden"] == false
    }

    /// - Parameter now: the hub's time, Unix milliseconds.
    func isOver(at now: Int64, _ db: Database) throws -> Bool {
        func isLong(since moment: Int64) -> Bool {
            let (end, overflow) = moment.addingReportingOverflow(Bounds.routeMilliseconds)
            return !overflow && now > end
        }
        for entity in entities {
            guard try ReplicaStore.unsent(on: entity, db) == 0 else { return false }
            let row = try db.row(
                "SELECT max(received_at) AS last FROM changeset WHERE entity = ?", [entity.blob])
            if let last = row?["last"] as Int64?, !isLong(since: last) { return false }
        }
        // What others did there counts too; it is looked for where nothing of one's own is recent.
        return try entities.allSatisfy { entity in
            guard let state = try Base(entity, db)?.state else { return true }
            let plan = state.fields.values.flatMap(\.siblings)
            let received = (plan + state.facts.values).compactMap(\.stamp.receivedAt)
            return isLong(since: received.max() ?? .min)
        }
    }
}
