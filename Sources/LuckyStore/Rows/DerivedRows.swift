internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// All that is derived of one entity: a pure function of its shown state, its membership and whether
/// its route is over. Stored so that a list needs no merging; compared by
/// ``ReplicaStore/verifyRows()``.
struct DerivedRows: Hashable {
    var stop: StopRow?
    var route: RouteRow?
    var reviews: [ReviewView]
    /// What this driver's looks here name, sorted.
    var looked: [ChangeID]

    /// - Parameters:
    ///   - base: what `state` is shown on top of.
    ///   - planned: as ``LuckyCausality/EntityState/stop(planned:)`` takes it.
    init(_ state: EntityState, on base: Base, driver: Identifier, planned: Stop? = nil) {
        stop = state.id.kind == .stop ? StopRow(state, on: base, planned: planned) : nil
        route = state.id.kind == .route ? RouteRow(state, on: base) : nil
        reviews = Self.reviews(of: state)
        looked = Set(
            state.facts(of: .looked).flatMap { fact -> [ChangeID] in
                guard case .looked(let look) = fact.fact, fact.stamp.author == driver else {
                    return []
                }
                return look.changes
            }
        ).sorted()
    }

    private static func reviews(of state: EntityState) -> [ReviewView] {
        state.reviewSummaries { $0.id }.map { review in
            ReviewView(
                id: review.id, kind: review.kind, sides: review.sides,
                isOpened: review.isOpened, needsDecision: review.needsDecision)
        }
    }
}

extension DerivedRows {
    /// Computes the rows of one entity, writes what differs from what is stored, and drops what was
    /// redacted of it; part of every transaction that changes it.
    static func write(_ id: EntityID, driver: Identifier, _ db: Database) throws {
        guard let base = try Base(id, db) else { return }
        let state = try base.shown(author: driver, db)
        try writeUnlessStored(state, on: base, driver: driver, db)
    }

    /// The same for a state that is at hand. What is stored is compared as it lies, and nothing made
    /// of it: damage there is written over.
    static func writeUnlessStored(
        _ state: EntityState, on base: Base, driver: Identifier, _ db: Database
    ) throws {
        let id = state.id
        try People.drop(state.redacted, on: id, db)
        let rows = DerivedRows(state, on: base, driver: driver)
        try rows.stop?.writeUnlessStored(id, db)
        try rows.route?.writeUnlessStored(id, db)
        if try !db.holds(rows.reviewValues, Self.reviewsSQL, [id.blob]) {
            try rows.writeReviews(id, db)
        }
        let looked = rows.looked.map { [$0.blob.stored] }
        if try !db.holds(looked, Self.lookedSQL, [id.blob]) { try rows.writeLooked(id, db) }
    }

    /// The same where the rows are known as they are, or there are none.
    /// - Parameters:
    ///   - before: the rows as they are: only what differs is written then; nil: there are none.
    ///   - base: what the state is shown on top of.
    ///   - planned: as ``LuckyCausality/EntityState/stop(planned:)`` takes it.
    /// - Returns: the rows as they are then.
    @discardableResult
    static func write(
        _ state: EntityState, over before: DerivedRows?, on base: Base, driver: Identifier,
        planned: Stop? = nil, _ db: Database
    ) throws -> DerivedRows {
        let id = state.id
        try People.drop(state.redacted, on: id, db)
        let rows = DerivedRows(state, on: base, driver: driver, planned: planned)
        if let stop = rows.stop { try stop.write(id, over: before?.stop, db) }
        if rows.route != before?.route { try rows.route?.write(id, db) }
        if rows.reviews != before?.reviews { try rows.writeReviews(id, db) }
        if rows.looked != before?.looked { try rows.writeLooked(id, db) }
        return rows
    }

    private func writeReviews(_ id: EntityID, _ db: Database) throws {
        try db.run("DELETE FROM review_row WHERE entity = ?", [id.blob])
        for values in reviewColumns {
            try db.run(
                "INSERT INTO review_row (entity, review_id, kind, sides, is_opened,"
                    + " needs_decision) VALUES (?, ?, ?, ?, ?, ?)", [id.blob] + values)
        }
    }

    /// In the order of ``reviewsSQL``.
    private var reviewColumns: [[SQLValue]] {
        reviews.map { review in
            let sides = review.sides.flatMap { $0.change.bytes + [UInt8(clamping: $0.index)] }
            return [
                review.id.blob, review.kind.rawValue.blob, sides.blob, review.isOpened,
                review.needsDecision,
            ]
        }
    }

    private var reviewValues: [[StoredValue]] {
        reviewColumns.map { $0.map { $0?.stored ?? .null } }
    }

    private static let reviewsSQL =
        "SELECT review_id, kind, sides, is_opened, needs_decision FROM review_row"
        + " WHERE entity = ? ORDER BY review_id"
    private static let lookedSQL =
        "SELECT change_id FROM looked WHERE entity = ? ORDER BY change_id"

    private func writeLooked(_ id: EntityID, _ db: Database) throws {
        try db.run("DELETE FROM looked WHERE entity = ?", [id.blob])
        for change in looked {
            try db.run(
                "INSERT INTO looked (entity, change_id) VALUES (?, ?)", [id.blob, change.blob])
        }
    }

    /// What is stored of an entity.
    init(stored id: EntityID, _ db: Database) throws {
        stop = try StopRow(stored: id, db)
        route = try RouteRow(stored: id, db)
        reviews = try Self.storedReviews(id, db)
        looked = try db.rows(Self.lookedSQL, [id.blob]).map { try $0.bits("change_id") }
    }

    static func storedReviews(_ id: EntityID, _ db: Database) throws -> [ReviewView] {
        try db.rows(reviewsSQL, [id.blob]).map { row in
            let sides = row.bytes("sides")
            let refs = try stride(from: 0, to: sides.count, by: 17).map { start in
                let side = sides[start..<min(start + 17, sides.count)]
                let change = try ChangeID(bytes: side.dropLast()).orDamaged("sides")
                return FactRef(change: change, index: Int(side.last ?? 0))
            }
            return ReviewView(
                id: try row.bits("review_id"), kind: ReviewKind(rawValue: row.text("kind")),
                sides: refs, isOpened: row["is_opened"], needsDecision: row["needs_decision"])
        }
    }
}

/// A route's header as stored.
struct RouteRow: Hashable {
    var isHidden: Bool
    var code: Identifier
    var driver: Identifier
    var date: CivilDate?
    var vehicle: Identifier?
    var capacityGrams: Int64?

    init(_ state: EntityState, on base: Base) {
        let route = state.route(stops: [])
        isHidden = state.isHidden || base.retention == .over
        code = route.code
        driver = route.driver
        date = route.date
        vehicle = route.vehicle
        capacityGrams = route.capacityGrams
    }

    init?(stored id: EntityID, _ db: Database) throws {
        guard let row = try db.row("SELECT * FROM route_row WHERE entity = ?", [id.blob]) else {
            return nil
        }
        self.init(row)
    }

    init(_ row: StoredRow) {
        isHidden = row["is_hidden"]
        code = row.name("code")
        driver = row.name("driver")
        date = (row["date"] as Int32?).flatMap(CivilDate.init(yyyymmdd:))
        vehicle = row.optionalName("vehicle")
        capacityGrams = row["capacity_g"]
    }

    func write(_ id: EntityID, _ db: Database) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO route_row
                (entity, is_hidden, code, driver, date, vehicle, capacity_g)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """, [id.blob] + columns)
    }

    func writeUnlessStored(_ id: EntityID, _ db: Database) throws {
        let sql =
            "SELECT is_hidden, code, driver, date, vehicle, capacity_g FROM route_row"
            + " WHERE entity = ?"
        let values = columns.map { $0?.stored ?? .null }
        if try !db.holds([values], sql, [id.blob]) { try write(id, db) }
    }

    private var columns: [SQLValue] {
        [isHidden, code.blob, driver.blob, date?.yyyymmdd, vehicle?.blob, capacityGrams]
    }
}
