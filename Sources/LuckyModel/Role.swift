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
    /// Writes the plan, as any of the three below.
    public static let office = Role(rawValue: 30)
    /// Customers: who they are, where they live, what the driver is to know.
    public static let customerService = Role(rawValue: 31)
    /// Who drives what, when, in which order.
    public static let dispatcher = Role(rawValue: 32)
    /// Prices, invoices, credit.
    public static let finance = Role(rawValue: 33)
    /// The hub's own changesets: reviews it opens, releases from quarantine.
    public static let hub = Role(rawValue: 40)

    /// The one that outranks is the greater.
    public static func < (a: Role, b: Role) -> Bool { a.rawValue < b.rawValue }

    /// The roles that a token can name.
    public static let all: [Role] = [
        .driver, .supervisor, .office, .customerService, .dispatcher, .finance,
    ]

    /// Whether this is somebody of the office: the office itself or one of its three desks.
    public var isOffice: Bool { (Self.office.rawValue..<Self.hub.rawValue).contains(rawValue) }

    /// Whether this role's word is the owner's word: the office is all of its desks, and each desk
    /// is the office where no desk owns.
    public func acts(as owner: Role) -> Bool {
        self == owner || self == .hub || (self == .office && owner.isOffice)
            || (owner == .office && isOffice)
    }

    /// The word used in tokens and JSON; an unknown role reads `role-N`.
    public var name: String {
        switch self {
        case .driver: "driver"
        case .supervisor: "supervisor"
        case .office: "office"
        case .customerService: "customer_service"
        case .dispatcher: "dispatcher"
        case .finance: "finance"
        case .hub: "hub"
        default: "role-\(rawValue)"
        }
    }

    /// The role a token names, or nil for a word this build does not know.
    public init?(name: String) {
        guard let role = Self.all.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            return nil
        }
        self = role
    }
}
