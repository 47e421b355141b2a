/// A small JSON reader (RFC 8259) which keeps what Foundation's loses: numbers as written, not as
/// floats; repeated keys; the line of each value.
package struct JSONReader {
    package struct Value {
        package var line: Int
        package var kind: Kind
    }

    package enum Kind {
        case null
        case boolean(Bool)
        /// As written.
        case number(String)
        case text(String)
        case array([Value])
        case object([Member])
    }

    package struct Member {
        package var key: String
        package var value: Value
    }

    package struct Failure: Error {
        package var line: Int
        /// What stands there, or nothing at the end.
        package var found: String
    }

    /// Deeper nesting is refused.
    package static let maximumDepth = 16

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1

    /// - Parameter bytes: well-formed UTF-8.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }
    private var failure: Failure {
        Failure(line: line, found: String(decoding: bytes[index...].prefix(20), as: UTF8.self))
    }

    /// The one value of the text, with nothing behind it.
    package mutating func document() throws(Failure) -> Value {
        let value = try value(depth: 0)
        skipSpace()
        guard current == nil else { throw failure }
        return value
    }

    private mutating func value(depth: Int) throws(Failure) -> Value {
        skipSpace()
        let start = line
        guard depth < Self.maximumDepth, let byte = current else { throw failure }
        let kind: Kind =
            switch byte {
            case UInt8(ascii: "{"): try object(depth: depth)
            case UInt8(ascii: "["): try array(depth: depth)
            case UInt8(ascii: "\""): .text(try string())
            case UInt8(ascii: "t"): try word("true", .boolean(true))
            case UInt8(ascii: "f"): try word("false", .boolean(false))
            case UInt8(ascii: "n"): try word("null", .null)
            default: try number()
            }
        return Value(line: start, kind: kind)
    }

    private mutating func object(depth: Int) throws(Failure) -> Kind {
        var members: [Member] = []
        index += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw failure }
            let key = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw failure }
            members.append(Member(key: key, value: try value(depth: depth + 1)))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw failure }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(Failure) -> Kind {
        var values: [Value] = []
        index += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        repeat {
            values.append(try value(depth: depth + 1))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw failure }
        return .array(values)
    }

    private mutating func string() throws(Failure) -> String {
        var text: [UInt8] = []
        index += 1
        while let byte = current {
            if byte < 32 { throw failure }
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escape()
            default: text.append(byte)
            }
        }
        throw failure
    }

    private mutating func escape() throws(Failure) -> [UInt8] {
        guard let byte = current else { throw failure }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): return try scalar()
        default:
            index -= 1
            throw failure
        }
    }

    /// `uHHHH`, two of them for a surrogate pair. U+0000 and lone surrogates are refused.
    private mutating func scalar() throws(Failure) -> [UInt8] {
        var value = try hexadecimal()
        if (0xD800..<0xDC00).contains(value), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
            let low = try hexadecimal()
            guard (0xDC00..<0xE000).contains(low) else { throw failure }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard value != 0, let scalar = Unicode.Scalar(value) else { throw failure }
        return Array(String(scalar).utf8)
    }

    private mutating func hexadecimal() throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current,
                let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { throw failure }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private mutating func number() throws(Failure) -> Kind {
        let start = index
        _ = take(UInt8(ascii: "-"))
        let zero = current == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !zero || whole == 1 else { throw failure }
        if take(UInt8(ascii: ".")), digits() == 0 { throw failure }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() > 0 else { throw failure }
        }
        return .number(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func digits() -> Int {
        let start = index
        while let byte = current, (48...57).contains(byte) { index += 1 }
        return index - start
    }

    private mutating func word(_ text: String, _ kind: Kind) throws(Failure) -> Kind {
        guard bytes[index...].starts(with: text.utf8) else { throw failure }
        index += text.utf8.count
        return kind
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = current, [9, 10, 13, 32].contains(byte) {
            index += 1
            if byte == 10 || (byte == 13 && current != 10) { line += 1 }
        }
    }
}
