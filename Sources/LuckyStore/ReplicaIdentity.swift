public import LuckyCausality
public import LuckyModel

/// Whose replica a store is.
public struct ReplicaIdentity: Hashable, Sendable {
    /// This store's name in every dot that it writes.
    public var replica: ReplicaID
    /// Whose taps it keeps.
    public var driver: Identifier
    /// Nil before the hub's first answer where it was not given.
    public var depot: Identifier?
    /// The hub's base URL, as given.
    public var hub: String?
}

/// What a new replica starts with.
public struct NewReplica: Hashable, Sendable {
    /// Whose taps it will keep.
    public var driver: Identifier
    /// Nil: the hub's first answer gives it.
    public var depot: Identifier?
    /// The hub's base URL; nil where it is given later.
    public var hub: String?
    /// 96 random bits: no two stores share them.
    public var replica: ReplicaID
    /// Kept in the database and beside it: a copy of the file alone is found out by it (L19).
    public var nonce: Bits128<EntityPurpose>

    /// Draws install id, epoch and nonce: from the system's generator, or a seeded one in tests.
    public init(
        driver: Identifier, depot: Identifier? = nil, hub: String? = nil,
        using random: inout some RandomNumberGenerator
    ) {
        self.driver = driver
        self.depot = depot
        self.hub = hub
        replica = ReplicaID(
            install: random.next(), epoch: UInt32(truncatingIfNeeded: random.next() >> 32))
        nonce = Bits128(high: random.next(), low: random.next())
    }
}
