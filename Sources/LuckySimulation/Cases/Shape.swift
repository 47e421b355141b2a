internal import LuckyModel

/// What a value of a case may look like: checked when a case is read, and written out as the JSON
/// Schema, so that the two cannot differ.
package indirect enum Shape: Sendable {
    /// A text of one form.
    case text(TextForm)
    /// One of these words.
    case word([String])
    /// A whole number in this range.
    case integer(ClosedRange<Int64>)
    /// A whole number of 64 bits without a sign, such as a counter.
    case counter
    case flag
    /// A list, in order.
    case list(Shape, atLeast: Int = 0)
    /// Known keys.
    case object([Key], atLeast: Int = 0)
    /// Keys that the writer of the case chooses, such as stop codes. `isWhole`: as an expectation
    /// it names all that is there, otherwise only some of it.
    case table(Shape, isWhole: Bool = false, atLeast: Int = 0)
    /// An object whose key of this name says which other keys it has.
    case tagged(by: String, [Variant])
    /// The first of these that fits by its JSON type.
    case either([Shape])
    /// Nothing there.
    case null
    /// Another shape, which the schema writes once under this name.
    case named(String, Shape)

    /// A key of an object.
    package struct Key: Sendable {
        package var name: String
        package var shape: Shape
        package var isRequired: Bool
        /// One sentence for the reader of the schema.
        package var about: String

        package init(_ name: String, _ shape: Shape, required: Bool = false, _ about: String = "") {
            self.name = name
            self.shape = shape
            isRequired = required
            self.about = about
        }
    }

    /// One value of the tag, and the keys that go with it.
    package struct Variant: Sendable {
        package var name: String
        package var about: String
        package var keys: [Key]

        package init(_ name: String, _ about: String, _ keys: [Key]) {
            self.name = name
            self.about = about
            self.keys = keys
        }
    }

    /// A form of text: a pattern for the schema, and the same as code.
    package enum TextForm: String, Sendable, CaseIterable {
        /// Any text; may be empty.
        case any
        /// A short name without control characters: 1…128 bytes.
        case code
        /// `+10m`, `-2h`, `+3d`, `+5s`, or `+250ms`.
        case duration
        /// A duration from now, or `HH:MM` of the case's day.
        case time
        /// `yyyy-mm-dd`.
        case day
        /// `08:00-10:00`.
        case window
        /// Bytes as pairs of hexadecimal digits.
        case hex
    }
}

extension Shape {
    /// Product → count, all of it.
    static let quantities = Shape.named(
        "quantities", .table(.integer(-10_000...10_000), isWhole: true))
    static let code = Shape.text(.code)
    static let anyText = Shape.text(.any)
    static let whole = Shape.integer(-9_007_199_254_740_991...9_007_199_254_740_991)
    static let count = Shape.integer(0...1_000_000)

    /// Checks a value.
    /// - Throws: the place and what is wrong there.
    func check(_ value: CaseValue, at place: String) throws(CaseError) {
        switch (self, value) {
        case (.null, .null), (.flag, .flag): return
        case (.named(_, let shape), _): try shape.check(value, at: place)
        case (.text(let form), .text(let text)):
            guard form.fits(text) else {
                throw CaseError(
                    place, .faultForm, ["text": Phrase(verbatim: text), "form": form.example])
            }
        case (.word(let words), .text(let text)):
            guard words.contains(where: { $0.utf8.elementsEqual(text.utf8) }) else {
                throw CaseError(
                    place, .faultNoneOf,
                    ["text": text, "words": words.joined(separator: ", ")])
            }
        case (.integer(let range), .number(let digits)):
            guard let number = Int64(digits), "\(number)" == digits, range.contains(number) else {
                throw CaseError(
                    place, .faultRange,
                    [
                        "digits": digits, "least": "\(range.lowerBound)",
                        "most": "\(range.upperBound)",
                    ])
            }
        case (.counter, .number(let digits)):
            guard let number = UInt64(digits), "\(number)" == digits else {
                throw CaseError(place, .faultNotWhole, ["digits": digits])
            }
        case (.list(let shape, let least), .list(let values)):
            guard values.count >= least else { throw CaseError(place, .faultTooFew) }
            for (index, value) in values.enumerated() {
                try shape.check(value, at: "\(place)[\(index)]")
            }
        case (.object(let keys, let least), .object(let members)):
            try Self.check(members, keys, atLeast: least, at: place)
        case (.table(let shape, _, let least), .object(let members)):
            guard members.count >= least else { throw CaseError(place, .faultEmpty) }
            for member in members {
                guard TextForm.code.fits(member.key) else {
                    throw CaseError(place, .faultNoName, ["name": member.key])
                }
                try shape.check(member.value, at: Self.place(place, member.key))
            }
        case (.tagged(let tag, let variants), .object(let members)):
            let variant = try Self.variant(of: value, by: tag, variants, at: place)
            try Self.check(
                members.filter { $0.key != tag }, variant.keys, atLeast: 0, at: place)
        case (.either(let shapes), _):
            guard let shape = shapes.first(where: { $0.isOfType(of: value) }) else {
                throw CaseError(place, .faultOtherKind)
            }
            try shape.check(value, at: place)
        default:
            throw .expected(typeName, at: place)
        }
    }

    /// The variant that a tagged value names.
    static func variant(
        of value: CaseValue, by tag: String, _ variants: [Variant], at place: String
    ) throws(CaseError) -> Variant {
        guard let name = value[tag]?.text else {
            throw CaseError(place, .faultKeyMissing, ["key": tag])
        }
        guard let variant = variants.first(where: { $0.name.utf8.elementsEqual(name.utf8) })
        else {
            throw CaseError(Self.place(place, tag), .faultUnknown, ["name": name])
        }
        return variant
    }

    private static func check(
        _ members: [CaseMember], _ keys: [Key], atLeast: Int, at place: String
    ) throws(CaseError) {
        for member in members {
            guard let key = keys.first(where: { $0.name.utf8.elementsEqual(member.key.utf8) })
            else {
                throw CaseError(Self.place(place, member.key), .faultKeyUnknown)
            }
            try key.shape.check(member.value, at: Self.place(place, member.key))
        }
        for key in keys where key.isRequired {
            guard members.contains(where: { $0.key.utf8.elementsEqual(key.name.utf8) }) else {
                throw CaseError(place, .faultKeyMissing, ["key": key.name])
            }
        }
        guard members.count >= atLeast else { throw CaseError(place, .faultEmpty) }
    }

    /// Whether a value has this shape's JSON type, whatever it says.
    func isOfType(of value: CaseValue) -> Bool {
        switch (self, value) {
        case (.null, .null), (.flag, .flag), (.text, .text), (.word, .text), (.integer, .number),
            (.counter, .number), (.list, .list), (.object, .object), (.table, .object),
            (.tagged, .object):
            true
        case (.either(let shapes), _): shapes.contains { $0.isOfType(of: value) }
        case (.named(_, let shape), _): shape.isOfType(of: value)
        default: false
        }
    }

    static func place(_ place: String, _ key: String) -> String {
        place.isEmpty ? key : "\(place).\(key)"
    }

    private var typeName: Phrase {
        switch self {
        case .text, .word: .kindText
        case .integer, .counter: .kindWhole
        case .flag: .kindFlag
        case .list: .kindList
        case .object, .table, .tagged: .kindObject
        case .either, .named: .kindOther
        case .null: .kindNull
        }
    }
}

extension Shape.TextForm {
    /// For a sentence: what it looks like.
    var example: Phrase {
        switch self {
        case .any: .kindText
        case .code: .formName
        case .duration: .formDuration
        case .time: .formTime
        case .day: .formDay
        case .window: .formWindow
        case .hex: .formHex
        }
    }

    /// As a JSON Schema pattern; nil for any text.
    var pattern: String? {
        switch self {
        case .any: nil
        case .code: "^[^\\u0000-\\u001f]{1,128}$"
        case .duration: "^[+-][0-9]{1,9}(ms|s|m|h|d)$"
        case .time: "^([+-][0-9]{1,9}(ms|s|m|h|d)|[0-9]{2}:[0-9]{2})$"
        case .day: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
        case .window: "^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$"
        case .hex: "^([0-9a-f]{2})*$"
        }
    }

    func fits(_ text: String) -> Bool {
        switch self {
        case .any: true
        case .code:
            (1...Bounds.nameBytes).contains(text.utf8.count)
                && text.utf8.allSatisfy { $0 >= 32 }
        case .duration: CaseTime.duration(text) != nil
        case .time: CaseTime.duration(text) != nil || CaseTime.minute(text) != nil
        case .day: CivilDate(text: text)?.text == text
        case .window: CaseTime.window(text) != nil
        case .hex: [UInt8](hex: text) != nil && text.utf8.allSatisfy { !(65...90).contains($0) }
        }
    }
}

/// The times of a case.
enum CaseTime {
    /// Milliseconds of `+10m`, `-2h`, `+3d`, `+5s`, `+250ms`.
    static func duration(_ text: String) -> Int64? {
        let units: [(String, Int64)] = [
            ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
        ]
        guard let sign = text.first, sign == "+" || sign == "-",
            let unit = units.first(where: { text.hasSuffix($0.0) })
        else { return nil }
        let digits = text.dropFirst().dropLast(unit.0.utf8.count)
        guard (1...9).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let count = Int64(digits)
        else { return nil }
        return (sign == "-" ? -1 : 1) * count * unit.1
    }

    /// The minute of the day of `HH:MM`.
    static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard text.utf8.count == 5, parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), (0...23).contains(hour),
            (0...59).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }

    static func window(_ text: String) -> TimeWindow? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = minute(String(parts[0])),
            let end = minute(String(parts[1])), start < end
        else { return nil }
        return TimeWindow(startMinute: start, endMinute: end)
    }
}
