/// Who somebody is to the depot: stamped by the hub on every accepted change, and the rank that
/// decides which of several concurrent plan values is *shown* (L8). Higher raw values outrank.
///
/// Open: a value that this build does not know keeps its number (L5).
public struct Role: RawRepresentable, Hashable, Comparable, Sendable, Codable {
    /// The rank; stored and sent, for ever the same.
    public let rawValue: UInt8
    /// Any number; one that this build does not know is kept.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Records at doorsteps; never writes the plan.
    public static let driver = Role(rawValue: 10)
    /// May change what the office may; the office's value is shown before this one's.
    public static let supervisor = Role(rawValue: 20)
    /// Writes the plan; only the hub outranks it.
    public static let office = Role(rawValue: 30)
    /// The hub's own changesets: reviews it opens, releases from quarantine.
    public static let hub = Role(rawValue: 40)

    /// The one that outranks is the greater.
    public static func < (a: Role, b: Role) -> Bool { a.rawValue < b.rawValue }

    /// The word used in tokens and JSON; an unknown role reads `role-N`.
    public var name: String {
        switch self {
        case .driver: "driver"
        case .supervisor: "supervisor"
        case .office: "office"
        case .hub: "hub"
        default: "role-\(rawValue)"
        }
    }

    /// The role a token names, or nil for a word this build does not know.
    public init?(name: String) {
        switch name {
        case "driver": self = .driver
        case "supervisor": self = .supervisor
        case "office": self = .office
        default: return nil
        }
    }
}
