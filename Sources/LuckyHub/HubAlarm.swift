public import LuckyCausality

/// Something that an operator must hear of: how often it happened with one replica, and when.
/// Never a reason to refuse a device.
public struct HubAlarm: Hashable, Sendable {
    /// What happened; an open word, so that a newer hub's stays readable.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        /// As it is kept and shown.
        public var rawValue: String

        /// Takes any word.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A checkpoint that this hub itself had given, and that its log no longer has: this log was
        /// put back, and a new history began (L22).
        public static let rolledBack = Kind(rawValue: "rolled_back")
        /// A checkpoint of this history that its log does not have, and that proves nothing (L22).
        public static let unknownCheckpoint = Kind(rawValue: "unknown_checkpoint")
        /// A device that followed another history.
        public static let otherHistory = Kind(rawValue: "other_history")
        /// A device that followed a history which began from a copy of this log, while this one goes
        /// on: two hubs serve the depot.
        public static let parallelCopy = Kind(rawValue: "parallel_copy")
        /// An offer from a replica that follows this history already: not taken.
        public static let offerClosed = Kind(rawValue: "offer_closed")
        /// An offered fact that cannot be so: not taken.
        public static let offerRefused = Kind(rawValue: "offer_refused")
        /// Rows of an entity were not what its changesets say, and were made so again (L21).
        public static let entityMended = Kind(rawValue: "entity_mended")
        /// Rows of an entity are not what its changesets say, and cannot be made so from them.
        public static let entityDamaged = Kind(rawValue: "entity_damaged")
        /// One dot names two changesets.
        public static let fork = Kind(rawValue: "fork")
    }

    /// What happened.
    public var kind: Kind
    /// With whom.
    public var replica: ReplicaID
    /// How often.
    public var count: Int
    /// Unix milliseconds, by the hub.
    public var firstAt: Int64
    /// Unix milliseconds, by the hub.
    public var lastAt: Int64
}

extension HubReader {
    /// Sorted by kind and replica.
    public func alarms() throws(HubRefusal) -> [HubAlarm] {
        try refusing { try rows.alarms() }
    }
}
