internal import GRDB
public import LuckyCausality
public import LuckyModel

extension ReplicaStore {
    /// The driver's shifts, this phone's and those that pages told of, in the order in which they
    /// began. What was taken at stops is not in them: see ``dutyDay(on:)``.
    public func shifts() throws(StoreError) -> [Shift] {
        try connection.read { db in
            DutyDay.inOrder(try Self.shiftStates(identity.driver, db)).map { state in
                state.shift(receipts: [])
            }
        }
    }

    /// What the driver's own records of a day come to: cash, truck, holdings. Also of stops that went
    /// to another driver since: gas that left the truck does not come back with the paper.
    public func dutyDay(on date: CivilDate) throws(StoreError) -> DutyDay {
        try connection.read { db in
            let rows = try db.rows(
                """
                SELECT s.entity, r.vehicle, e.membership FROM stop_row AS s
                JOIN entity AS e ON e.number = s.number
                LEFT JOIN route_row AS r ON r.entity = s.route
                WHERE s.date = ? AND e.membership <> ? ORDER BY s.entity
                """, [date.yyyymmdd, Membership.never.rawValue])
            var stops: [DutyDay.Doorstep] = []
            for row in rows {
                guard let base = try Base(try row.entity("entity"), db) else { continue }
                stops.append(
                    DutyDay.Doorstep(
                        try base.shown(author: identity.driver, db),
                        vehicle: row.optionalName("vehicle"),
                        isHandedOver: base.membership == .handedOver))
            }
            return DutyDay(
                of: identity.driver, on: date,
                shifts: try Self.shiftStates(identity.driver, db), stops: stops)
        }
    }

    /// Also those that were handed over, as when the driver went to another depot: his cash stays
    /// his.
    private static func shiftStates(
        _ driver: Identifier, _ db: Database
    ) throws -> [EntityState] {
        let kind = EntityKind.shift.rawValue
        let rows = try db.rows(
            "SELECT id FROM entity WHERE id >= ? AND id < ? AND membership <> ? ORDER BY id",
            [[kind].blob, [kind + 1].blob, Membership.never.rawValue])
        return try rows.compactMap { row in
            guard let base = try Base(try row.entity("id"), db) else { return nil }
            let state = try base.shown(author: driver, db)
            guard base.membership == .handedOver else { return state }
            return state.facts.values.contains { $0.stamp.author == driver } ? state : nil
        }
    }
}
