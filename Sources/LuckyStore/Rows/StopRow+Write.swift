internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel

extension StopRow {
    func write(_ id: EntityID, _ db: Database) throws {
        try db.run("DELETE FROM stop_line WHERE stop = \(Self.number)", [id.blob])
        try db.run(Self.insertion, columns(id))
        for (list, values) in lines { try insert(values[...], of: list, id, db) }
    }

    /// Writes it where what is stored is not the same, byte by byte.
    func writeUnlessStored(_ id: EntityID, _ db: Database) throws {
        let lines = lines.sorted { $0.0 < $1.0 }.flatMap { list, lines in
            zip(0..., lines).map { position, line -> [StoredValue] in
                [
                    list.stored, position.stored, line.value.stored, line.amount.stored,
                    line.flag.stored,
                ]
            }
        }
        if try db.holds([values], Self.rowSQL, [id.blob]),
            try db.holds(lines, Self.linesSQL, [id.blob])
        {
            return
        }
        try write(id, db)
    }

    /// Writes what differs from a row as it is stored, as far as the caller knows; where there is no
    /// row, the whole.
    func write(_ id: EntityID, over old: StopRow?, _ db: Database) throws {
        guard let old else { return try write(id, db) }
        let (now, then) = (columns(id), old.columns(id))
        let changed = now.indices.filter { now[$0]?.stored != then[$0]?.stored }
        if !changed.isEmpty {
            let names = changed.map { Self.names[$0] + " = ?" }.joined(separator: ", ")
            try db.run(
                "UPDATE stop_row SET \(names) WHERE entity = ?",
                changed.map { now[$0] } + [id.blob])
            if db.changesCount == 0 { return try write(id, db) }
        }
        for ((list, new), (_, old)) in zip(lines, old.lines) where new != old {
            let same = zip(new, old).prefix { $0 == $1 }.count
            if same < old.count {
                try db.run(
                    "DELETE FROM stop_line WHERE stop = \(Self.number)"
                        + " AND list = ? AND position >= ?",
                    [id.blob, list, same])
            }
            try insert(new[same...], of: list, id, db)
        }
    }

    private func insert(
        _ lines: ArraySlice<Line>, of list: String, _ id: EntityID, _ db: Database
    ) throws {
        for (position, line) in zip(lines.indices, lines) {
            try db.run(
                "INSERT INTO stop_line (stop, list, position, value, amount, flag)"
                    + " VALUES (\(Self.number), ?, ?, ?, ?, ?)",
                [id.blob, list, position, line.value, line.amount, line.flag])
        }
    }

    private static let names = [
        "entity", "is_hidden", "code", "driver", "route", "date", "sequence", "customer", "phone",
        "address", "office_note", "latitude_e7", "longitude_e7", "window_start", "window_end",
        "price_cents", "payment", "is_cancelled", "status", "attempt", "residual_g", "cash_cents",
        "recipient", "failure", "arrived_at", "closed_at", "has_overflow", "visited_at",
        "visited_logical",
    ]

    private static let insertion = {
        let marks = names.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        return "INSERT OR REPLACE INTO stop_row (number, \(names.joined(separator: ", ")))"
            + " VALUES ((SELECT number FROM entity WHERE id = ?1), \(marks))"
    }()

    private static let rowSQL =
        "SELECT \(names.joined(separator: ", ")) FROM stop_row WHERE entity = ?"
    private static let linesSQL =
        "SELECT list, position, value, amount, flag FROM stop_line WHERE stop = \(number)"
        + " ORDER BY list, position"

    /// SQL over one parameter: an entity's number.
    private static let number = "(SELECT number FROM entity WHERE id = ?)"

    /// In the order of ``names``.
    private func columns(_ id: EntityID) -> [SQLValue] {
        [
            id.blob, isHidden, stop.code.blob, stop.driver.blob, stop.route?.blob,
            stop.date?.yyyymmdd, stop.sequence, stop.customer.blob, stop.phone.blob,
            stop.address.blob, stop.officeNote.blob, stop.coordinate?.latitudeE7,
            stop.coordinate?.longitudeE7, stop.window?.startMinute, stop.window?.endMinute,
            stop.price?.cents, stop.payment?.blob, stop.isCancelled, stop.status.rawValue,
            stop.attempt, stop.residualGrams, stop.cash.cents, stop.recipient?.blob,
            stop.failure?.rawValue, stop.arrivedAt, stop.closedAt, stop.hasOverflow,
            visitedAt?.milliseconds, visitedAt.map { Int64($0.logical) } ?? 0,
        ]
    }
}

/// As they are stored, byte by byte: Swift's strings are equal where their letters look the same (L10).
extension StopRow: Hashable {
    static func == (one: StopRow, other: StopRow) -> Bool {
        one.values == other.values
            && zip(one.lines, other.lines).allSatisfy { $0.1 == $1.1 }
    }

    func hash(into hasher: inout Hasher) { hasher.combine(values) }

    private var values: [StoredValue] { columns(stop.id).map { $0?.stored ?? .null } }
}
