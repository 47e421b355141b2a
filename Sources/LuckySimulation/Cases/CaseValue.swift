package import LuckyModel

/// One value of a case file, or of what a player saw: JSON with numbers as written and texts
/// compared as bytes (L10).
package indirect enum CaseValue: Sendable {
    case null
    case flag(Bool)
    /// An integer, as written: 64 bits of either sign fit.
    case number(String)
    case text(String)
    case list([CaseValue])
    case object([CaseMember])

    /// A whole number.
    package static func integer(_ value: some BinaryInteger) -> CaseValue { .number("\(value)") }

    /// A text, or null.
    package static func optional(_ text: String?) -> CaseValue { text.map(CaseValue.text) ?? .null }

    /// Texts, in this order.
    package static func texts(_ texts: some Sequence<String>) -> CaseValue {
        .list(texts.map(CaseValue.text))
    }

    /// Members in the order given; a key stands once.
    package static func members(_ members: KeyValuePairs<String, CaseValue>) -> CaseValue {
        .object(members.map { CaseMember(key: $0.key, value: $0.value) })
    }

    package var text: String? { if case .text(let value) = self { value } else { nil } }
    package var flag: Bool? { if case .flag(let value) = self { value } else { nil } }
    package var list: [CaseValue]? { if case .list(let value) = self { value } else { nil } }
    package var members: [CaseMember]? { if case .object(let value) = self { value } else { nil } }
    package var integer: Int64? {
        if case .number(let digits) = self { Int64(digits) } else { nil }
    }
    package var counter: UInt64? {
        if case .number(let digits) = self { UInt64(digits) } else { nil }
    }
    package var isNull: Bool { if case .null = self { true } else { false } }

    /// A member's value; nil where this is no object or has no such key.
    package subscript(key: String) -> CaseValue? {
        members?.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }
}

/// A key and its value.
package struct CaseMember: Sendable {
    package var key: String
    package var value: CaseValue

    package init(key: String, value: CaseValue) {
        self.key = key
        self.value = value
    }
}

extension CaseValue: Equatable {
    /// Objects are equal whatever the order of their keys.
    package static func == (a: CaseValue, b: CaseValue) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.flag(let a), .flag(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
        case (.list(let a), .list(let b)): a == b
        case (.object(let a), .object(let b)):
            a.count == b.count
                && a.allSatisfy { member in
                    b.contains {
                        $0.key.utf8.elementsEqual(member.key.utf8) && $0.value == member.value
                    }
                }
        default: false
        }
    }
}

extension CaseValue: CustomStringConvertible {
    /// JSON on one line.
    package var description: String {
        switch self {
        case .null: "null"
        case .flag(let value): "\(value)"
        case .number(let digits): digits
        case .text(let text): Self.quoted(text)
        case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { Self.quoted($0.key) + ": \($0.value)" }.joined(separator: ", ")
                + "}"
        }
    }

    /// JSON as a person reads it: two spaces a level, short lists and objects on one line.
    package func lines(indent: String = "", width: Int = 96) -> String {
        let short = description
        if short.utf8.count + indent.utf8.count <= width { return short }
        let inner = indent + "  "
        switch self {
        case .list(let values) where !values.isEmpty:
            return "[\n"
                + values.map { inner + $0.lines(indent: inner, width: width) }
                .joined(separator: ",\n") + "\n\(indent)]"
        case .object(let members) where !members.isEmpty:
            return "{\n"
                + members.map {
                    inner + Self.quoted($0.key) + ": "
                        + $0.value.lines(indent: inner, width: width)
                }.joined(separator: ",\n") + "\n\(indent)}"
        default: return short
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                if scalar.value < 32 {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}

/// Why a case is no case: where in the file, and what is wrong there.
package struct CaseError: SaidError, Equatable {
    /// Such as `steps[3].stop`; empty for the file as a whole.
    package var place: String
    package var reason: Phrase

    package init(_ place: String, _ reason: Phrase, _ arguments: [String: String] = [:]) {
        self.place = place
        self.reason = reason.with(arguments)
    }

    /// With arguments that are said in either language themselves.
    init(_ place: String, _ reason: Phrase, _ arguments: [String: Phrase]) {
        self.place = place
        self.reason = reason.with(arguments)
    }

    /// Something else is wanted there.
    static func expected(_ what: Phrase, at place: String) -> CaseError {
        CaseError(place, .faultExpected, ["what": what])
    }

    /// Nothing of this sort has that name.
    static func none(called name: String, _ what: Phrase, at place: String) -> CaseError {
        CaseError(place, .faultNoneCalled, ["name": Phrase(verbatim: name), "what": what])
    }

    /// No step of this kind of cases has that name.
    static func noStep(_ name: String, of kind: String, at place: String) -> CaseError {
        CaseError(place, .faultNoStepCalled, ["name": name, "kind": kind])
    }

    /// The case names something that is not in it.
    static func noSuch(_ what: Phrase, _ name: String, at place: String) -> CaseError {
        CaseError(place, .faultNoSuch, ["name": Phrase(verbatim: name), "what": what])
    }

    package var said: Phrase { place.isEmpty ? reason : .at(place, reason) }
}

extension CaseValue {
    /// Reads a file's bytes. Keys that stand twice are an error, as anything that is not JSON.
    package init(json bytes: [UInt8]) throws(CaseError) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw CaseError("", .faultNotUTF8)
        }
        var reader = JSONReader(bytes)
        let document: JSONReader.Value
        do { document = try reader.document() } catch {
            throw CaseError(
                "", .faultNotJSON, ["line": "\(error.line)", "found": "\(error.found)"])
        }
        self = try Self.value(document, at: "")
    }

    private static func value(
        _ read: JSONReader.Value, at place: String
    ) throws(CaseError) -> CaseValue {
        switch read.kind {
        case .null: return .null
        case .boolean(let value): return .flag(value)
        case .number(let digits): return .number(digits)
        case .text(let text): return .text(text)
        case .array(let values):
            var list: [CaseValue] = []
            for (index, value) in values.enumerated() {
                list.append(try Self.value(value, at: "\(place)[\(index)]"))
            }
            return .list(list)
        case .object(let found):
            var members: [CaseMember] = []
            var keys: Set<Identifier> = []
            for member in found {
                let place = place.isEmpty ? member.key : "\(place).\(member.key)"
                guard keys.insert(Identifier(member.key)).inserted else {
                    throw CaseError(place, .faultKeyTwice, ["line": "\(member.value.line)"])
                }
                members.append(
                    CaseMember(key: member.key, value: try Self.value(member.value, at: place)))
            }
            return .object(members)
        }
    }
}
