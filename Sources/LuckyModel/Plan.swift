/// A field of the plan: what the office wants. Numbers are for ever; open (L5).
public struct PlanField: RawRepresentable, Hashable, Comparable, Sendable {
    /// The number that is stored and sent; for ever the same.
    public let rawValue: UInt32
    /// Any number; one that this build does not know is kept.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// Orders by number.
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    // A stop's.
    /// A `.name`: what the office calls the stop or the route.
    public static let code = PlanField(rawValue: 1)
    /// A `.name`: whose stop or route it is; decides whose scope it is in.
    public static let driver = PlanField(rawValue: 2)
    /// An `.entity`: the route the stop is on.
    public static let route = PlanField(rawValue: 3)
    /// An `.integer` 1…10 000: the place in the route.
    public static let sequence = PlanField(rawValue: 4)
    /// A `.window`: when the customer can be served.
    public static let window = PlanField(rawValue: 5)
    /// `.quantities`: what is ordered.
    public static let items = PlanField(rawValue: 6)
    /// `.money`: for the whole stop.
    public static let price = PlanField(rawValue: 7)
    /// A `.name`: a ``PaymentMethod`` code.
    public static let payment = PlanField(rawValue: 8)
    /// `.quantities`: cylinders at the customer.
    public static let holds = PlanField(rawValue: 10)
    /// An `.integer` from 1: which attempt is wanted; reopening a failed stop adds one.
    public static let attempt = PlanField(rawValue: 11)
    /// A `.flag`: not to be delivered any more; stays in the list.
    public static let cancelled = PlanField(rawValue: 12)
    /// A `.flag`: hides the entity, unless its writer had missed a doorstep fact (L9).
    public static let deleted = PlanField(rawValue: 13)
    /// An `.integer`, `yyyymmdd`: the business day.
    public static let date = PlanField(rawValue: 14)
    /// A `.name`: the number of the invoice that counts what happened here.
    public static let invoice = PlanField(rawValue: 15)
    /// A `.flag`: finance gives this customer no credit.
    public static let creditHold = PlanField(rawValue: 16)
    /// An `.integer`, 1/1000 of the meter's unit: what the meter showed last time.
    public static let lastReading = PlanField(rawValue: 17)
    /// An `.entity`: the customer whose stop it is.
    public static let customer = PlanField(rawValue: 18)
    /// An `.entity`, of a customer: into whom this one was merged.
    public static let mergedInto = PlanField(rawValue: 19)
    /// `.text`: who is served.
    public static let customerName = PlanField(rawValue: 32)
    /// `.text`: the customer's number.
    public static let phone = PlanField(rawValue: 33)
    /// `.text`: where to go.
    public static let address = PlanField(rawValue: 34)
    /// `.text`: the office's words to the driver.
    public static let officeNote = PlanField(rawValue: 35)
    /// Where the customer's door is: as personal as the address.
    public static let coordinate = PlanField(rawValue: 36)

    // A route's, besides `code`, `driver`, `date`, `cancelled`, `deleted`.
    /// A `.name`: the truck.
    public static let vehicle = PlanField(rawValue: 64)
    /// An `.integer`: what the truck may carry, in grams.
    public static let capacityGrams = PlanField(rawValue: 65)
    /// A `.flag`: the driver keeps to the office's order.
    public static let orderIsMandatory = PlanField(rawValue: 66)

    /// Its value names or describes a person: it is stored and sent apart, so that a redaction can
    /// drop it and leave the hash chain whole (L18). Numbers 32…63 are reserved for such fields.
    public var isPersonal: Bool { (32..<64).contains(rawValue) }

    /// The word that commands, JSON and files use; nil for a field of a newer build.
    public var word: String? { Self.words.first { $0.field == self }?.word }

    /// The field of a word that ``word`` gives; nil for any other.
    public init?(word: String) {
        guard let found = Self.words.first(where: { $0.word == word }) else { return nil }
        self = found.field
    }

    /// Every field of this build with its word.
    public static let words: [(field: PlanField, word: String)] = [
        (.code, "code"), (.driver, "driver"), (.route, "route"), (.sequence, "sequence"),
        (.window, "window"), (.items, "items"), (.price, "price"), (.payment, "payment"),
        (.coordinate, "coordinate"), (.holds, "holds"), (.attempt, "attempt"),
        (.cancelled, "cancelled"), (.deleted, "deleted"), (.date, "date"),
        (.customerName, "customer"), (.phone, "phone"), (.address, "address"),
        (.officeNote, "note"), (.vehicle, "vehicle"), (.capacityGrams, "capacity_g"),
        (.invoice, "invoice"), (.creditHold, "credit_hold"), (.lastReading, "last_reading"),
        (.customer, "customer_id"), (.mergedInto, "merged_into"),
        (.orderIsMandatory, "order_is_mandatory"),
    ]
}

/// The value of a plan field.
public enum PlanValue: Hashable, Sendable {
    /// The field is emptied.
    case none
    /// Free text, at most ``Bounds/textBytes``.
    case text(String)
    /// A short name or code, at most ``Bounds/nameBytes``.
    case name(Identifier)
    /// A whole number, |n| < 2⁵³.
    case integer(Int64)
    /// Yes or no.
    case flag(Bool)
    /// An amount in 1/100 NT$.
    case money(Money)
    /// Product → count.
    case quantities(Quantities)
    /// Minutes of the day in Asia/Taipei.
    case window(TimeWindow)
    /// A place, WGS 84.
    case coordinate(Coordinate)
    /// Another entity, such as a stop's route.
    case entity(EntityID)
    /// A shape of a newer build: its bytes are kept where they are stored (L5).
    case unknown

    /// Texts are the same where their bytes are: NFC and NFD of one name are two values (L10).
    public static func == (a: Self, b: Self) -> Bool {
        switch (a, b) {
        case (.none, .none), (.unknown, .unknown): true
        case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
        case (.name(let a), .name(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.flag(let a), .flag(let b)): a == b
        case (.money(let a), .money(let b)): a == b
        case (.quantities(let a), .quantities(let b)): a == b
        case (.window(let a), .window(let b)): a == b
        case (.coordinate(let a), .coordinate(let b)): a == b
        case (.entity(let a), .entity(let b)): a == b
        default: false
        }
    }

    /// Free text; nil for any other shape.
    public var text: String? { if case .text(let v) = self { v } else { nil } }
    /// A short name or code; nil for any other shape.
    public var name: Identifier? { if case .name(let v) = self { v } else { nil } }
    /// A whole number; nil for any other shape.
    public var integer: Int64? { if case .integer(let v) = self { v } else { nil } }
    /// Yes or no; nil for any other shape.
    public var flag: Bool? { if case .flag(let v) = self { v } else { nil } }
    /// In 1/100 NT$; nil for any other shape.
    public var money: Money? { if case .money(let v) = self { v } else { nil } }
    /// Product → count; nil for any other shape.
    public var quantities: Quantities? { if case .quantities(let v) = self { v } else { nil } }
    /// Minutes of the day; nil for any other shape.
    public var window: TimeWindow? { if case .window(let v) = self { v } else { nil } }
    /// WGS 84; nil for any other shape.
    public var coordinate: Coordinate? { if case .coordinate(let v) = self { v } else { nil } }
    /// Another entity's id; nil for any other shape.
    public var entity: EntityID? { if case .entity(let v) = self { v } else { nil } }
}

/// When the customer can be served: minutes of the day in Asia/Taipei, end not included.
public struct TimeWindow: Hashable, Sendable {
    /// The first minute, from 0.
    public var startMinute: Int
    /// The minute after the last, at most 1440.
    public var endMinute: Int

    /// Takes both as they are; readers refuse a window that does not end after it starts.
    public init(startMinute: Int, endMinute: Int) {
        self.startMinute = startMinute
        self.endMinute = endMinute
    }
}

/// WGS 84, in 1/10 000 000 of a degree.
public struct Coordinate: Hashable, Sendable {
    /// North is positive; |value| ≤ 900 000 000 where read.
    public var latitudeE7: Int32
    /// East is positive; |value| ≤ 1 800 000 000 where read.
    public var longitudeE7: Int32

    /// Takes both as they are; readers check the range.
    public init(latitudeE7: Int32, longitudeE7: Int32) {
        self.latitudeE7 = latitudeE7
        self.longitudeE7 = longitudeE7
    }

    /// From degrees as people write them, rounded to seven places; nil for what is none.
    public init?(latitude: String, longitude: String) {
        func degrees(_ text: String) -> Int32? {
            PlainText.decimal(PlainText.structured(text), places: 7, rounds: true)
                .flatMap(Int32.init(exactly:))
        }
        guard let latitude = degrees(latitude), let longitude = degrees(longitude) else {
            return nil
        }
        self.init(latitudeE7: latitude, longitudeE7: longitude)
        guard isOnEarth else { return nil }
    }

    /// Within ±90° and ±180°.
    public var isOnEarth: Bool {
        latitudeE7.magnitude <= 900_000_000 && longitudeE7.magnitude <= 1_800_000_000
    }
}
