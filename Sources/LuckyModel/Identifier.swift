/// A short name given by people or systems: a driver's, a depot's, a product's.
///
/// Compares, sorts and hashes as UTF-8 bytes (L10): Swift's `String ==` takes two different byte
/// sequences for one.
public struct Identifier: Hashable, Comparable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible, Codable
{
    /// As it came, well-formed or not; at most ``Bounds/nameBytes`` where read from bytes.
    public let utf8: [UInt8]

    /// From a text's UTF-8.
    public init(_ text: String) { utf8 = Array(text.utf8) }
    /// From bytes, kept as they are.
    public init(utf8: some Sequence<UInt8>) { self.utf8 = Array(utf8) }
    /// For literals in code.
    public init(stringLiteral text: String) { self.init(text) }

    /// From a single string.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// As a single string; invalid UTF-8 is repaired.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// For people; invalid UTF-8 is repaired here, never in ``utf8``.
    public var text: String { String(decoding: utf8, as: UTF8.self) }
    /// The same as ``text``.
    public var description: String { text }
    /// Whether it has no byte.
    public var isEmpty: Bool { utf8.isEmpty }

    /// Orders as its bytes.
    public static func < (a: Identifier, b: Identifier) -> Bool {
        a.utf8.lexicographicallyPrecedes(b.utf8)
    }
}

extension Identifier {
    /// The depot of simulations: no hub on a real disk keeps it, so that nothing played can end up
    /// among what happened.
    public static let simulation: Identifier = "SIM"
}
