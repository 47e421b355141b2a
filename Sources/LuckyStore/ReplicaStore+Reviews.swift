internal import GRDB
public import LuckyCausality
public import LuckyModel
internal import LuckyWire

/// A review as this replica knows it.
public struct StoredReview: Hashable, Sendable {
    /// What contradicts what, and what was decided.
    public var review: Review
    /// The office's code of the stop or route, or what its driver calls an unplanned stop; the
    /// entity's digits where it has none.
    public var name: Identifier
    /// The business day; nil where neither plan nor driver names one.
    public var date: CivilDate?
}

extension ReplicaStore {
    /// Every review of what is or was on this device, decided ones too, sorted by name and id.
    public func reviews() throws(StoreError) -> [StoredReview] {
        try connection.read { db in
            try db.rows("SELECT DISTINCT entity FROM review_row ORDER BY entity", [])
                .flatMap { row in try Self.reviews(of: row.entity("entity"), identity.driver, db) }
                .sorted { ($0.name, $0.review.id) < ($1.name, $1.review.id) }
        }
    }

    static func reviews(
        of entity: EntityID, _ driver: Identifier, _ db: Database
    ) throws -> [StoredReview] {
        guard let base = try Base(entity, db), base.membership != .never else { return [] }
        let state = try base.shown(author: driver, db)
        let (code, date) = called(state)
        return state.reviews.map {
            StoredReview(
                review: $0, name: code.isEmpty ? Identifier(entity.hex) : code, date: date)
        }
    }

    static func called(_ state: EntityState) -> (code: Identifier, date: CivilDate?) {
        switch state.id.kind {
        case .shift: return ("", state.shift(receipts: []).date)
        case .route:
            let route = state.route(stops: [])
            return (route.code, route.date)
        default: return (state.stop.code, state.stop.date)
        }
    }
}
