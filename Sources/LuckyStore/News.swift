internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension ReplicaStore {
    /// What the office changed on this driver's stops and routes since the first load, and no look
    /// of the driver names yet; oldest first.
    public func news() throws(StoreError) -> [NewsItem] {
        try connection.read { db in
            try db.rows(
                """
                SELECT entity, kind, change_id, field, before, after, author, at FROM news
                WHERE change_id IS NULL OR change_id NOT IN (SELECT change_id FROM looked)
                ORDER BY number
                """
            ).map { row in
                var item = try NewsItem(row)
                if [.cancelled, .corrected].contains(item.kind), let change = item.change {
                    item.reasons =
                        try Base(item.entity, db)?.state.words(saidWith: change) ?? []
                }
                if item.entity.kind == .route,
                    let route = try RouteRow(stored: item.entity, db)
                {
                    item.route = NewsItem.Route(
                        code: route.code, driver: route.driver, date: route.date)
                }
                return item
            }
        }
    }
}

extension NewsItem {
    fileprivate init(_ row: StoredRow) throws {
        let kind: Kind
        switch row["kind"] as String {
        case "cancelled": kind = .cancelled
        case "inserted": kind = .inserted
        case "handed_over": kind = .handedOver
        case "corrected": kind = .corrected
        default:
            let number = try UInt32(exactly: row["field"] as Int64).orDamaged("field")
            kind = .edited(
                PlanField(rawValue: number), from: try Self.value(row, "before"),
                to: try Self.value(row, "after"))
        }
        self.init(
            entity: try row.entity("entity"),
            change: row.optionalName("change_id").flatMap { ChangeID(bytes: $0.utf8) },
            kind: kind, author: row.optionalName("author"), at: row["at"])
    }

    private static func value(_ row: StoredRow, _ column: String) throws -> PlanValue {
        guard let bytes = row.optionalName(column)?.utf8 else { return .none }
        return try readable { () throws(WireError) in
            try PageChange(rowBytes: bytes).recorded().plan?.value ?? .none
        }
    }
}

/// Writes down what one part of a page means to the driver.
struct News {
    private let part: EntityPart
    private let driver: Identifier
    private let hubTime: Int64
    private let before: Base
    /// What the part's fields showed before it was merged.
    private var shown: [PlanField: PageChange] = [:]

    /// - Parameter before: the entity before the part was merged; nothing of it is written yet.
    init(
        _ part: EntityPart, before: Base, driver: Identifier, hubTime: Int64, _ db: Database
    ) throws {
        self.part = part
        self.driver = driver
        self.hubTime = hubTime
        var before = before
        before.state = try Remembered.completing(before.state, db)
        self.before = before
        guard isEdit else { return }
        for field in part.fields {
            guard let old = before.state.shownWrite(field.field) else { continue }
            shown[field.field] = try before.bytes(of: old, in: field.field, db)
        }
    }

    private var wasInScope: Bool { before.membership == .inScope }
    private var isEdit: Bool { part.membership != .leaves && wasInScope }
    /// A stop or route that comes to this driver: told when the whole page is in.
    var isEntering: Bool { part.membership == .enters && !wasInScope }

    /// What was news of an entity that leaves names people, and is no news any more (L23).
    func forgetLeaving(_ db: Database) throws {
        guard wasInScope else { return }
        try Self.forget(part.entity, db)
    }

    static func forget(_ entity: EntityID, _ db: Database) throws {
        try db.run("DELETE FROM news WHERE entity = ?", [entity.blob])
    }

    /// After the part is merged.
    func note(after: Base, _ db: Database) throws {
        if part.membership == .leaves, wasInScope {
            try insert("handed_over", change: part.cause, db)
        }
        guard isEdit else { return }
        for field in part.fields { try noteEdit(field, after: after, db) }
        try noteCorrections(after: after, db)
    }

    /// What the depot corrected of the records: a driver's own corrections are no news.
    private func noteCorrections(after: Base, _ db: Database) throws {
        // Facts that came ahead of this part are among them.
        let new = after.state.facts(of: .corrected).filter { record in
            record.stamp.role != .driver && before.state.facts[record.ref] == nil
        }
        for record in new.sorted(by: { ($0.dot, $0.ref) < ($1.dot, $1.ref) }) {
            try insert("corrected", change: record.ref.change, stamp: record.stamp, db)
        }
    }

    private func noteEdit(_ field: EntityPart.FieldPart, after: Base, _ db: Database) throws {
        let old = shown[field.field]
        guard let new = after.state.shownWrite(field.field), new.ref != old?.ref,
            new.stamp.author != driver,
            new.plan?.value != before.state.shownWrite(field.field)?.plan?.value,
            let sibling = field.siblings.first(where: { $0.dot == new.dot })
        else { return }
        let isCancel = field.field == .cancelled && new.plan?.value.flag == true
        try insert(
            isCancel ? "cancelled" : "edited", change: new.ref.change, field: field.field,
            before: old, after: sibling, stamp: new.stamp, db)
    }

    /// After the whole page, routes first: the stops of a route that is news are told by the route.
    func noteEntering(_ db: Database) throws {
        guard let after = try Base(part.entity, db), after.membership == .inScope else { return }
        try Self.forget(part.entity, db)
        if part.entity.kind == .route {
            try db.run(
                "DELETE FROM news WHERE kind = 'inserted' AND entity IN"
                    + " (SELECT entity FROM stop_row WHERE route = ?)", [part.entity.blob])
        } else if let route = after.state.shown(.route).entity,
            try db.count(
                "SELECT count(*) FROM news WHERE entity = ? AND kind = 'inserted'",
                [route.blob]) > 0
        {
            return
        }
        let assigned = after.state.shownWrite(.driver)
        try insert(
            "inserted", change: part.cause ?? assigned?.ref.change, stamp: assigned?.stamp, db)
    }

    private func insert(
        _ kind: String, change: ChangeID?, field: PlanField? = nil, before: PageChange? = nil,
        after: PageChange? = nil, stamp: Stamp? = nil, _ db: Database
    ) throws {
        try db.run(
            "INSERT INTO news (entity, kind, change_id, field, before, after, author, at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                part.entity.blob, kind, change?.blob, (field?.rawValue).map { Int64($0) },
                before?.rowBytes().blob, after?.rowBytes().blob, stamp?.author.blob,
                stamp?.receivedAt ?? hubTime,
            ])
    }
}
