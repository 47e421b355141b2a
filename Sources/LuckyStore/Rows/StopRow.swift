internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// A stop as stored: typed columns and lists, nothing to merge or decode.
struct StopRow {
    var stop: Stop
    var isHidden: Bool
    /// By the hybrid clock of who was there first; nil before.
    var visitedAt: HLC?

    init(_ state: EntityState, on base: Base, planned: Stop? = nil) {
        stop = state.stop(planned: planned)
        visitedAt = state.visitedAt
        // An own new stop that the hub did not accept: nothing of it is left to be shown.
        let isNothing = state.fields.isEmpty && state.facts.isEmpty
        isHidden =
            state.isHidden || base.retention == .over
            || (base.membership == .inScope && isNothing)
        if base.membership == .handedOver || base.retention == .over { stop.withoutPeople() }
    }

    init?(stored id: EntityID, _ db: Database) throws {
        guard let row = try db.row("SELECT * FROM stop_row WHERE entity = ?", [id.blob]) else {
            return nil
        }
        try self.init(row, db)
    }

    /// - Parameter row: of `stop_row`.
    init(_ row: StoredRow, _ db: Database) throws {
        isHidden = row["is_hidden"]
        visitedAt = row.visitedAt
        stop = Stop(id: try row.entity("entity"), plan: { _ in .none }, facts: [])
        stop.code = row.name("code")
        stop.driver = row.name("driver")
        stop.route = try row.optionalEntity("route")
        stop.date = (row["date"] as Int32?).flatMap(CivilDate.init(yyyymmdd:))
        stop.sequence = row["sequence"]
        stop.customer = row.text("customer")
        stop.phone = row.text("phone")
        stop.address = row.text("address")
        stop.officeNote = row.text("office_note")
        if let latitude = row["latitude_e7"] as Int32?,
            let longitude = row["longitude_e7"] as Int32?
        {
            stop.coordinate = Coordinate(latitudeE7: latitude, longitudeE7: longitude)
        }
        if let start = row["window_start"] as Int?, let end = row["window_end"] as Int? {
            stop.window = TimeWindow(startMinute: start, endMinute: end)
        }
        stop.price = (row["price_cents"] as Int64?).flatMap(Money.init(cents:))
        stop.payment = row.optionalName("payment")
        stop.isCancelled = row["is_cancelled"]
        stop.status = try StopStatus(rawValue: row["status"]).orDamaged("status")
        stop.attempt = row["attempt"]
        stop.residualGrams = row["residual_g"]
        stop.cash = try Money(cents: row["cash_cents"]).orDamaged("cash")
        stop.recipient = row.optionalText("recipient")
        stop.failure = (row["failure"] as UInt32?).map(FailureReason.init(rawValue:))
        stop.arrivedAt = row["arrived_at"]
        stop.closedAt = row["closed_at"]
        stop.hasOverflow = row["has_overflow"]
        try readLines(of: row["number"], db)
    }

    private mutating func readLines(of number: Int64, _ db: Database) throws {
        var quantities: [String: [(product: Product, count: Int)]] = [:]
        for row in try db.rows(
            "SELECT * FROM stop_line WHERE stop = ? ORDER BY list, position", [number])
        {
            let list: String = row["list"]
            switch list {
            case "note": stop.notes.append(row.text("value"))
            case "address": stop.addressSuggestions.append(row.text("value"))
            case "photo":
                stop.photos.append(
                    Photo(
                        sha256: try row.hash("value"), byteCount: row["amount"],
                        isSignature: row["flag"]))
            default:
                quantities[list, default: []].append((Product(row.name("value")), row["amount"]))
            }
        }
        stop.ordered = try Quantities(quantities["ordered"] ?? []).orDamaged("ordered")
        stop.delivered = try Quantities(quantities["delivered"] ?? []).orDamaged("delivered")
        stop.collected = try Quantities(quantities["collected"] ?? []).orDamaged("collected")
    }

    struct Line: Hashable {
        var value: [UInt8]
        var amount = 0
        var flag = false
    }

    /// Each list by its name in `stop_line`, in order.
    var lines: [(String, [Line])] {
        func counts(_ quantities: Quantities) -> [Line] {
            quantities.pairs.map { Line(value: $0.product.code.blob, amount: $0.count) }
        }
        return [
            ("ordered", counts(stop.ordered)), ("delivered", counts(stop.delivered)),
            ("collected", counts(stop.collected)),
            ("note", stop.notes.map { Line(value: $0.blob) }),
            ("address", stop.addressSuggestions.map { Line(value: $0.blob) }),
            (
                "photo",
                stop.photos.map {
                    Line(value: $0.sha256.blob, amount: $0.byteCount, flag: $0.isSignature)
                }
            ),
        ]
    }
}

extension StoredRow {
    /// Of `stop_row`.
    var visitedAt: HLC? {
        (self["visited_at"] as Int64?).map {
            HLC(milliseconds: $0, logical: self["visited_logical"] as UInt32)
        }
    }
}

extension Stop {
    /// Drops what names or describes a person: what L23 asks of a stop that was handed over, and L15
    /// of one whose route is over.
    mutating func withoutPeople() {
        customer = ""
        phone = ""
        address = ""
        coordinate = nil
        officeNote = ""
        recipient = nil
        notes = []
        addressSuggestions = []
    }
}
