/// One stop of a plan file: what the office wants of one doorstep on one day.
///
/// Codes and numbers are normalised; `customer`, `phone`, `address` and `note` are kept as found.
/// Two rows are equal when they say the same, byte for byte (L10), wherever in the file they stand.
public struct PlanRow: Equatable, Sendable {
    /// The line of the file where the row starts, from 1.
    public var line: Int
    /// The business day, from 2000 on.
    public var date: CivilDate
    /// The depot's short name.
    public var depot: Identifier
    /// The office's name for the route, unique in depot and day.
    public var route: Identifier
    /// The driver's short name; the same in all rows of a route.
    public var driver: Identifier
    /// The place in the route, 1…10 000.
    public var sequence: Int
    /// The office's name for the stop, once per file and depot.
    public var stop: Identifier
    /// The customer's name as found; at most 2000 bytes, like the other texts; may be empty.
    public var customer: String
    /// As found; may be empty.
    public var phone: String
    /// As found; may be empty.
    public var address: String
    /// WGS 84 in 1/10 000 000 of a degree; both or neither.
    public var latE7: Int32?
    /// Longitude; nil where the file is silent.
    public var lngE7: Int32?
    /// Minutes of the day in Asia/Taipei, 0…1440; both or neither, start before end.
    public var windowStartMinute: Int?
    /// Not included; nil where the file is silent.
    public var windowEndMinute: Int?
    /// What was ordered, in the order found. Empty for a stop without an order, such as a patrol.
    public var items: [PlanItem]
    /// 1/100 NT$ for the whole stop; nil where the file is silent.
    public var priceCents: Int64?
    /// A ``PaymentMethod`` code.
    public var payment: Identifier?
    /// The office's words to the driver, as found; may be empty.
    public var note: String
    /// The truck's short name; nil where the file is silent.
    public var vehicle: Identifier?
    /// What the truck may carry, in grams.
    public var capacityGrams: Int64?
    /// Cylinders that the customer holds, in the order found.
    public var holds: [PlanItem]

    /// ``priceCents`` as money; nil also beyond its range, which the reader refuses.
    public var price: Money? { priceCents.flatMap(Money.init(cents:)) }
    /// Nil where the file is silent.
    public var window: TimeWindow? {
        guard let windowStartMinute, let windowEndMinute else { return nil }
        return TimeWindow(startMinute: windowStartMinute, endMinute: windowEndMinute)
    }
    /// Nil where the file is silent.
    public var coordinate: Coordinate? {
        guard let latE7, let lngE7 else { return nil }
        return Coordinate(latitudeE7: latE7, longitudeE7: lngE7)
    }
    /// ``items`` summed per product; the reader has checked the range.
    public var quantities: Quantities { PlanItem.sum(items) ?? [:] }
    /// ``holds`` summed per product; the reader has checked the range.
    public var holding: Quantities { PlanItem.sum(holds) ?? [:] }

    /// Same cells byte for byte; ``line`` does not count.
    public static func == (a: PlanRow, b: PlanRow) -> Bool {
        a.cells.map { Array($0.utf8) } == b.cells.map { Array($0.utf8) }
    }
}

/// So many of a product.
public struct PlanItem: Hashable, Sendable {
    /// Its code in the catalogue, such as `20kg`.
    public var product: Identifier
    /// 1…10 000.
    public var quantity: Int

    /// Takes both as they are; nothing is checked.
    public init(product: Identifier, quantity: Int) {
        self.product = product
        self.quantity = quantity
    }

    /// Nil if a sum leaves the range.
    static func sum(_ items: [PlanItem]) -> Quantities? {
        items.reduce(into: Quantities?.some([:])) { sum, item in
            let one = Quantities([(product: Product(item.product), count: item.quantity)])
            sum = one.flatMap { sum?.adding($0) }
        }
    }
}

/// How a customer pays.
public enum PaymentMethod: String, Hashable, Sendable, CaseIterable {
    /// Cash; bank transfer; cheque; one bill a month; paid before the delivery.
    case cash, transfer, check, monthly, prepaid
    /// By card, 信用卡.
    case creditCard = "credit_card"
    /// By LINE Pay on the phone.
    case linePay = "line_pay"

    /// The word that files and plan fields have, such as `credit_card`.
    public var code: Identifier { Identifier(rawValue) }

    /// Reads a code or the office's word: `cash`, `現金`, `支票` …; nil if unknown.
    public init?(text: String) {
        let key = PlainText.structured(text)
        guard let found = Self.words.first(where: { $0.word.utf8.elementsEqual(key) }) else {
            return nil
        }
        self = found.method
    }

    private static let words: [(word: String, method: PaymentMethod)] =
        allCases.map { ($0.rawValue, $0) } + [
            ("現金", .cash), ("轉帳", .transfer), ("匯款", .transfer), ("支票", .check),
            ("cheque", .check), ("月結", .monthly), ("已預付", .prepaid), ("預付", .prepaid),
            ("信用卡", .creditCard), ("card", .creditCard), ("credit card", .creditCard),
            ("line pay", .linePay), ("linepay", .linePay),
        ]
}
