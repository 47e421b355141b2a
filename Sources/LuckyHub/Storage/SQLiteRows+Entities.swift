internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension SQLiteRows {
    // An entity's head is the first of its rows among its facts. Put together once, not at each call.
    private static let isHead = "change_id = zeroblob(16) AND change_index = -1"
    static let isOfEntity = "number = (SELECT number FROM entity WHERE id = ?)"
    static let headSQL = "SELECT bytes FROM fact WHERE \(isOfEntity) AND \(isHead)"
    static let entitySQL = """
        SELECT bytes, sequence, scope, born_by, date, purged, reviews, rules, entity.number
        FROM entity JOIN fact ON fact.number = entity.number WHERE id = ? AND \(isHead)
        """
    static let updateHead = "UPDATE fact SET sequence = ?, bytes = ? WHERE number = ? AND \(isHead)"

    func entity(_ id: EntityID) throws -> EntityRow? {
        try first(Self.entitySQL, [id.bytes]) {
            let head = try $0.withBytes(0, EntityHead.init(bytes:))
            return EntityRow(
                id: id, number: try $0.integer(8), vector: head.vector, digest: head.digest,
                scope: $0.isNull(2) ? nil : try $0.name(2),
                bornBy: $0.isNull(3) ? nil : try $0.name(3),
                date: $0.isNull(4) ? nil : Int32(clamping: try $0.integer(4)),
                isPurged: try $0.integer(5) == 1,
                reviews: EntityRow.Reviews(rawValue: try $0.integer(6)) ?? .open,
                rules: Int(clamping: try $0.integer(7)), touchedAt: try $0.count(1),
                touches: head.touches)
        }
    }

    private func head(of id: EntityID) throws -> EntityHead? {
        try first(Self.headSQL, [id.bytes]) {
            try $0.withBytes(0, EntityHead.init(bytes:))
        }
    }

    func lastNumber() throws -> Int64 {
        try first(Self.lastNumberSQL) { try $0.integer(0) } ?? 0
    }

    static let lastNumberSQL = "SELECT ifnull(max(number), 0) FROM entity"

    func fields(of id: EntityID, after sequence: UInt64) throws -> [FieldRow] {
        try all(
            """
            SELECT field, cover, sequence FROM field WHERE entity = ? AND sequence > ?
            ORDER BY field
            """, [id.bytes, Int64(clamping: sequence)]
        ) {
            FieldRow(
                field: PlanField(rawValue: UInt32(clamping: try $0.integer(0))),
                cover: try $0.vector(1), sequence: try $0.count(2))
        }
    }

    func records(of id: EntityID, after sequence: UInt64) throws -> [RecordRow] {
        try laidRecords(of: id, fields: nil, factsAfter: sequence) {
            RecordRow(
                field: try field($0), sequence: try $0.count(1),
                change: try PageChange(rowBytes: try $0.bytes(4)))
        }
    }

    func vector(of id: EntityID) throws -> VersionVector? {
        try head(of: id)?.vector
    }

    func laidRecords(
        of id: EntityID, fields: [PlanField]?, factsAfter sequence: UInt64
    ) throws -> [LaidRecord] {
        try laidRecords(of: id, fields: fields, factsAfter: sequence) { try laid($0, of: id) }
    }

    /// Facts first, then siblings, each by their changes: columns field, sequence, change, its index,
    /// bytes.
    private func laidRecords<T>(
        of id: EntityID, fields: [PlanField]?, factsAfter sequence: UInt64,
        _ body: (Columns) throws -> T
    ) throws -> [T] {
        var records = try all(Self.factsSQL, [id.bytes, Int64(clamping: sequence)], body)
        guard let fields else { return records + (try all(Self.siblings, [id.bytes], body)) }
        for field in fields {
            records += try all(
                Self.siblingsOfField, [id.bytes, Int64(field.rawValue)], body)
        }
        return records
    }

    static let factsSQL = """
        SELECT 0, sequence, change_id, change_index, bytes FROM fact
        WHERE \(isOfEntity) AND change_index >= 0 AND sequence > ? ORDER BY change_id, change_index
        """
    private static let siblings = siblings("entity = ?")
    private static let siblingsOfField = siblings("entity = ? AND field = ?")

    private static func siblings(_ condition: String) -> String {
        """
        SELECT field, sequence, change_id, change_index, bytes FROM record WHERE \(condition)
        ORDER BY field, change_id, change_index
        """
    }

    private func field(_ columns: Columns) throws -> PlanField? {
        let field = UInt32(clamping: try columns.integer(0))
        return field == 0 ? nil : PlanField(rawValue: field)
    }

    private func laid(_ columns: Columns, of id: EntityID) throws -> LaidRecord {
        let ref = FactRef(
            change: try columns.id(2), index: Int(clamping: try columns.integer(3)))
        let bytes = try columns.bytes(4)
        guard PageChange.isWhole(rowBytes: bytes, of: ref) else {
            throw DamagedRecord(entity: id, ref: ref)
        }
        return LaidRecord(
            field: try field(columns), sequence: try columns.count(1), ref: ref, bytes: bytes)
    }

    func entities(_ kind: EntityKind, date: Int32?) throws -> [EntityID] {
        let kind = Int64(kind.rawValue)
        if let date {
            return try all(
                "SELECT id FROM entity WHERE kind = ? AND date = ? ORDER BY id", [kind, date]
            ) { try $0.entity(0) }
        }
        return try all("SELECT id FROM entity WHERE kind = ? ORDER BY id", [kind]) {
            try $0.entity(0)
        }
    }

    func entities(_ kind: EntityKind, after date: Int32) throws -> [EntityID] {
        try all(
            "SELECT id FROM entity WHERE kind = ? AND date > ? ORDER BY id",
            [Int64(kind.rawValue), date]
        ) { try $0.entity(0) }
    }

    func entities(withReviews least: EntityRow.Reviews) throws -> [EntityID] {
        try all(
            "SELECT id FROM entity WHERE reviews > 0 AND reviews >= ? ORDER BY id",
            [least.rawValue]
        ) { try $0.entity(0) }
    }

    func entities(rulesBelow version: Int, limit: Int) throws -> [EntityID] {
        try all(
            "SELECT id FROM entity WHERE rules < ? ORDER BY rules, id LIMIT ?", [version, limit]
        ) { try $0.entity(0) }
    }

    // MARK: Scopes

    private func step(_ columns: Columns) throws -> ScopeStep {
        guard let event = ScopeStep.Event(rawValue: try columns.integer(2)) else {
            throw Columns.Damaged(column: 2)
        }
        return ScopeStep(
            sequence: try columns.count(0), entity: try columns.entity(1), event: event)
    }

    func steps(
        driver: Identifier, after sequence: UInt64, limit: Int
    ) throws -> [ScopeStep] {
        try all(
            """
            SELECT sequence, entity, event FROM scope_step WHERE driver = ? AND sequence > ?
            ORDER BY sequence, entity LIMIT ?
            """, [driver.utf8, Int64(clamping: sequence), limit], step)
    }

    func memberships(driver: Identifier, entity: EntityID) throws -> [ScopeStep] {
        try all(Self.membershipsSQL, [driver.utf8, entity.bytes], step)
    }

    /// The planner would rather read all that the driver ever had, in its order.
    static let membershipsSQL = """
        SELECT sequence, entity, event FROM scope_step INDEXED BY scope_membership
        WHERE driver = ? AND entity = ? AND event > 0 ORDER BY sequence
        """

    func drivers(everWith entity: EntityID) throws -> [Identifier] {
        try all(
            """
            SELECT DISTINCT driver FROM scope_step WHERE entity = ? AND event > 0 ORDER BY driver
            """, [entity.bytes]
        ) { try $0.name(0) }
    }

    func touches(of entity: EntityID, after sequence: UInt64) throws -> [UInt64] {
        let last = try head(of: entity)?.touches ?? []
        return try all(
            "SELECT sequence FROM touched WHERE entity = ? AND sequence > ? ORDER BY sequence",
            [entity.bytes, Int64(clamping: sequence)]
        ) { try $0.count(0) } + last.filter { $0 > sequence }
    }

    func touched(by sequence: UInt64) throws -> [EntityID] {
        try first("SELECT entities FROM log WHERE sequence = ?", [Int64(clamping: sequence)]) {
            try $0.entities(0)
        } ?? []
    }

    func scope(driver: Identifier) throws -> [EntityID] {
        try all("SELECT id FROM entity WHERE scope = ? ORDER BY id", [driver.utf8]) {
            try $0.entity(0)
        }
    }
}
