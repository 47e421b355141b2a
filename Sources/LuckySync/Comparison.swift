/// What a device asks beside a page to find out what differs, and to have it mended (L21). Entities
/// are named by the 34 hexadecimal digits of their ids.
public enum Comparison: Hashable, Sendable, Codable {
    /// The digests of the 256 buckets of the scope.
    case buckets
    /// The digest of each entity in these buckets, 0…255.
    case entities([Int])
    /// These entities whole, to replace what is held.
    case repair([String])
}

/// What came of a comparison, in the store.
public enum Compared: Hashable, Sendable, Codable {
    /// The buckets whose digests differ, sorted.
    case buckets([Int])
    /// The entities whose digests differ, at the log position `sequence`.
    case entities(Differing, sequence: UInt64)
    /// The entities that came whole, or left, as asked; sorted.
    case repaired([String])
}

/// Entities that differ, each list sorted.
public struct Differing: Hashable, Sendable, Codable {
    /// To be sent whole.
    public var repairable: [String]
    /// Sent whole a short while ago, and they differ again: an error, not asked for again now.
    public var again: [String]
    /// Of parts that this build cannot read: named, and not counted as a difference.
    public var parked: [String]

    /// Nothing, by default.
    public init(repairable: [String] = [], again: [String] = [], parked: [String] = []) {
        self.repairable = repairable
        self.again = again
        self.parked = parked
    }
}

/// What the last verification found, by the entities' ids, 34 hexadecimal digits each; sorted.
public struct Difference: Hashable, Sendable, Codable {
    /// The position in the depot's log at which both sides were compared.
    public var sequence: UInt64
    /// Differed, and came whole from the hub since.
    public var mended: [String]
    /// Differ, and are still to be sent whole: the rate is bounded.
    public var waiting: [String]
    /// Were sent whole, and differ again.
    public var again: [String]
    /// Wait for a newer build; not counted as a difference.
    public var parked: [String]

    /// Nothing mended or differing, by default.
    public init(
        sequence: UInt64, mended: [String] = [], waiting: [String] = [], again: [String] = [],
        parked: [String] = []
    ) {
        self.sequence = sequence
        self.mended = mended
        self.waiting = waiting
        self.again = again
        self.parked = parked
    }
}
