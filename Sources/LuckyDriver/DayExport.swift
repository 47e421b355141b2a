internal import LuckyModel
public import LuckyStore

/// A day's stops as a table, for whoever has to look at them elsewhere.
public enum DayExport {
    /// The table's columns; they stay, and others may come behind them.
    public static let columns = [
        "date", "route", "sequence", "stop", "customer", "phone", "address", "lat", "lng",
        "window", "ordered", "price_ntd", "payment", "status", "failure", "delivered", "collected",
        "cash_ntd", "recipient", "arrived", "closed", "unsent", "handed_over", "own_cash_ntd",
    ]

    /// CSV (RFC 4180) with a header: quantities as plan files write them, times of day in Taipei.
    /// - Parameter handedOver: stops that went to others, of which the driver recorded something: they
    ///   are on none of his routes, and what he did there counts.
    /// - Parameter taken: what the driver himself took at each, of `cash_ntd`, which is everybody's.
    public static func csv(
        _ routes: [StoredRoute], handedOver: [StoredStop] = [], taken: [EntityID: Money] = [:]
    ) -> String {
        let rows =
            routes.flatMap { route in route.stops.map { cells($0, of: route, taken) } }
            + handedOver.map { cells($0, of: nil, taken) }
        return ([columns] + rows).map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func cells(
        _ stored: StoredStop, of route: StoredRoute?, _ taken: [EntityID: Money]
    ) -> [String] {
        let stop = stored.stop
        func degrees(_ value: Int32?) -> String { value.map { "\(Double($0) / 1e7)" } ?? "" }
        return [
            (route?.date ?? stop.date)?.text ?? "", route?.code.text ?? "",
            "\(stop.sequence)", stop.code.text, stop.customer, stop.phone, stop.address,
            degrees(stop.coordinate?.latitudeE7),
            degrees(stop.coordinate?.longitudeE7),
            stop.window.map {
                TaipeiTime.clock(minute: $0.startMinute) + "-"
                    + TaipeiTime.clock(minute: $0.endMinute)
            } ?? "", stop.ordered.text, stop.price?.plainText ?? "", stop.payment?.text ?? "",
            stop.status.rawValue, stop.failure?.word ?? "", stop.delivered.text,
            stop.collected.text, stop.cash.plainText, stop.recipient ?? "",
            stop.arrivedAt.map { Formats.timeOfDay($0) } ?? "",
            stop.closedAt.map { Formats.timeOfDay($0) } ?? "", "\(stored.unsent)",
            stored.isHandedOver ? "yes" : "", (taken[stop.id] ?? .zero).plainText,
        ]
    }

    /// In quotes where it needs them. A cell that a spreadsheet would take for a formula gets an
    /// apostrophe in front: what a customer is called must not be run. By scalars, as programs read a
    /// table: of a comma with a mark over it Swift makes one character that is no comma.
    static func quoted(_ cell: String) -> String {
        let signs = "=+-@\t\r\n".unicodeScalars
        let isFormula = cell.unicodeScalars.first.map(signs.contains) ?? false
        let isNumber = Double(cell) != nil
        let text = isFormula && !isNumber ? "'" + cell : cell
        let special = "\",\n\r".unicodeScalars
        guard text.unicodeScalars.contains(where: special.contains) else { return text }
        var inner = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\"" { inner.append(scalar) }
            inner.append(scalar)
        }
        return "\"" + String(inner) + "\""
    }
}
