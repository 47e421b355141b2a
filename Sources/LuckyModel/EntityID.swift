/// What an entity is. Open: an unknown kind keeps its number (L5).
public struct EntityKind: RawRepresentable, Hashable, Comparable, Sendable {
    /// The first byte of an entity's id; for ever the same.
    public let rawValue: UInt8
    /// Any number; one that this build does not know is kept.
    @inlinable
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// One doorstep to be served on one day.
    public static let stop = EntityKind(rawValue: 1)
    /// One truck's day.
    public static let route = EntityKind(rawValue: 2)
    /// One driver's time on duty.
    public static let shift = EntityKind(rawValue: 3)
    /// An accounting period.
    public static let period = EntityKind(rawValue: 4)
    /// Who is served; outlives its days: no doorstep facts on it.
    public static let customer = EntityKind(rawValue: 16)
    /// A truck; outlives its days.
    public static let vehicle = EntityKind(rawValue: 17)
    /// What is sold; outlives its days.
    public static let product = EntityKind(rawValue: 18)

    /// Doorstep facts live on short-lived entities only (DESIGN §2). An unknown kind below 16 is
    /// short-lived: the numbers are reserved so.
    public var isShortLived: Bool { rawValue < 16 }

    /// A stable word, as in JSON; `kind-N` for one of a newer build.
    public var word: String {
        switch self {
        case .stop: "stop"
        case .route: "route"
        case .shift: "shift"
        case .period: "period"
        case .customer: "customer"
        case .vehicle: "vehicle"
        case .product: "product"
        default: "kind-\(rawValue)"
        }
    }

    /// Orders by number.
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// Names a stop, a route, a shift, a customer …: 17 bytes, kind first. Orders as these bytes.
public struct EntityID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The first byte.
    public let kind: EntityKind
    /// The other 16 bytes.
    public let key: Bits128<EntityPurpose>

    /// From a kind and a key.
    @inlinable
    public init(_ kind: EntityKind, _ key: Bits128<EntityPurpose>) {
        self.kind = kind
        self.key = key
    }

    /// What a driver's tap makes known: named by the tap's change id, so that the same tap again
    /// names the same.
    public init(_ kind: EntityKind, madeBy change: ChangeID) {
        self.init(kind, Bits128(high: change.high, low: change.low))
    }

    /// From exactly 17 bytes; nil for any other count.
    @inlinable
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 17 else { return nil }
        self = bytes.withRawBytes { raw in
            EntityID(
                EntityKind(rawValue: raw[0]),
                Bits128(high: raw.bigEndian(at: 1), low: raw.bigEndian(at: 9)))
        }
    }

    /// From the 34 hexadecimal digits of ``hex``.
    public init?(hex: String) {
        guard let bytes = [UInt8](hex: hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// 17 bytes: kind, then key.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 17) { buffer, count in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            raw[0] = kind.rawValue
            raw.storeBytes(of: key.high.bigEndian, toByteOffset: 1, as: UInt64.self)
            raw.storeBytes(of: key.low.bigEndian, toByteOffset: 9, as: UInt64.self)
            count = 17
        }
    }
    /// 34 lower-case hexadecimal digits.
    public var hex: String { bytes.hex }
    /// The same as ``hex``.
    public var description: String { hex }

    /// Orders as its 17 bytes.
    public static func < (a: Self, b: Self) -> Bool { (a.kind, a.key) < (b.kind, b.key) }
}
