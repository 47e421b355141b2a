/// Why something in a plan file cannot be taken.
public struct Rejection: Hashable, Sendable {
    /// Line of the file, from 1.
    public var line: Int
    /// The column or key as the file names it; nil if the row or the file as a whole is meant.
    public var column: String?
    /// What is wrong.
    public var reason: Reason
    /// What stood there, shortened.
    public var found: String
    /// The line that it contradicts, for the reasons about two rows.
    public var firstLine: Int?
    /// The stop of the row, where it could be read: a row that is rejected has not vanished.
    public var stop: Identifier?

    init(
        line: Int, column: String? = nil, _ reason: Reason, found: String = "",
        firstLine: Int? = nil, stop: Identifier? = nil
    ) {
        self.line = line
        self.column = column
        self.reason = reason
        self.found = Self.shortened(found)
        self.firstLine = firstLine
        self.stop = stop
    }

    /// Stable words for machines.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        // The file.
        /// Some bytes are not UTF-8, perhaps Big5.
        case notUTF8 = "not_utf8"
        /// There is a zero byte: not a text.
        case notText = "not_text"
        /// More than ``PlanFile/maximumBytes``.
        case tooLarge = "too_large"
        /// Nothing but white space.
        case empty
        /// The CSV header lacks columns; they are all named.
        case missingColumn = "missing_column"
        /// A column of the header, or a key of a JSON object, stands there twice.
        case duplicateColumn = "duplicate_column"
        /// A quote opens and never closes.
        case openQuote = "open_quote"
        /// Not JSON, or not a list of stops.
        case badJSON = "bad_json"
        // A row.
        /// Fewer fields than the header, or more that are not empty.
        case fieldCount = "field_count"
        /// Text behind a closing quote.
        case badQuote = "bad_quote"
        /// Not an object of texts and numbers.
        case notAStop = "not_a_stop"
        // A cell.
        /// A required cell is empty.
        case missing
        /// Longer than ``PlanFile/maximumTextBytes``.
        case tooLong = "too_long"
        /// Over ``Bounds/nameBytes``, or with control characters.
        case badName = "bad_name"
        /// No day on the calendar, or before 2000.
        case badDate = "bad_date"
        /// Not a whole number 1…10 000.
        case badSequence = "bad_sequence"
        /// Not degrees, out of range, or one of the pair alone.
        case badCoordinate = "bad_coordinate"
        /// Neither `08:00-10:00` nor a slot code, or it does not end after it starts.
        case badWindow = "bad_window"
        /// Not a list such as `20kg*2+16kg*1`.
        case badItems = "bad_items"
        /// Not in ``ProductCatalogue``.
        case unknownProduct = "unknown_product"
        /// Not 1…10 000, or one product's sum is not.
        case badCount = "bad_count"
        /// Negative, out of range, or not an amount with at most two decimals.
        case badPrice = "bad_price"
        /// No ``PaymentMethod`` of this name.
        case unknownPayment = "unknown_payment"
        /// Not kilograms above zero with at most three decimals, or above ``Bounds/grams``.
        case badCapacity = "bad_capacity"
        // Two rows.
        /// The depot's stop stands on an earlier line.
        case duplicateStop = "duplicate_stop"
        /// The place in the route is taken by an earlier line.
        case duplicateSequence = "duplicate_sequence"
        /// Another line gives the route another driver.
        case twoDrivers = "two_drivers"
        /// Another line gives the route another vehicle.
        case twoVehicles = "two_vehicles"
        /// Another line gives the route another capacity.
        case twoCapacities = "two_capacities"
    }

    /// One sentence for people, without the line number.
    public func message(in language: Language) -> String {
        let phrase = isLongitude ? Phrase.importLatitudeFirst : .rejection(reason)
        return phrase.text(
            in: language,
            ["column": column ?? "", "found": found, "first": firstLine.map(String.init) ?? ""])
    }

    /// It stands for a latitude, and can only be a longitude.
    private var isLongitude: Bool {
        guard reason == .badCoordinate,
            let degrees = PlainText.decimal(
                PlainText.structured(found), places: 7, rounds: true)
        else { return false }
        return (900_000_001...1_800_000_000).contains(degrees.magnitude)
    }

    /// At most 60 characters of it, on one line.
    private static func shortened(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalars.count == 60 { return String(scalars) + "…" }
            let isControl = scalar.value < 32 || (127..<160).contains(scalar.value)
            scalars.append(isControl ? " " : scalar)
        }
        return String(scalars)
    }
}

/// The file as a whole cannot be read; nothing of it may be used.
public struct PlanFileError: Error, Hashable, Sendable {
    /// What is wrong, and on which line.
    public var problem: Rejection

    init(_ problem: Rejection) { self.problem = problem }

    /// One sentence for people, without the line number.
    public func message(in language: Language) -> String { problem.message(in: language) }
}

/// Something in a plan file that is ignored.
public struct PlanWarning: Hashable, Sendable {
    /// Line of the file, from 1.
    public var line: Int
    /// A column or key that plan files do not have.
    public var unknownColumn: String

    /// One sentence for people, without the line number.
    public func message(in language: Language) -> String {
        Phrase.unknownColumn.text(in: language, ["column": unknownColumn])
    }
}
