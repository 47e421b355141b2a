/// The reviews of a depot, or of one day there.
public struct ReviewListReply: Codable, Hashable, Sendable {
    /// The day asked for, `yyyy-mm-dd`; absent where all days were.
    public var date: String?
    /// The depot of the token.
    public var depot: String
    /// By day, then by stop, then in the order opened; what has no day or no stop's code comes last.
    public var reviews: [Review]

    /// A contradiction that a person is to judge; nobody's record was overwritten.
    public struct Review: Codable, Hashable, Sendable {
        /// The review's id, 32 hexadecimal digits.
        public var review: String
        /// `delivered_after_reassign` …; an unknown one reads "needs the office".
        public var kind: String
        /// `open`, `resolved` or `contested`.
        public var status: String
        /// The role whose word closes it.
        public var decides: String
        /// The business day of what it is about, `yyyy-mm-dd`; absent where that has none.
        public var date: String?
        /// The stop's or route's entity, hexadecimal.
        public var entity: String
        /// What it is about: `stop`, `route`, `shift`, `period`, `customer`, `vehicle`, `product`.
        public var entityKind: String
        /// The office's code of the stop, or its entity where it has none.
        public var stop: String
        /// The hub's time, Unix milliseconds.
        public var openedMs: Int64?
        /// One sentence in the language asked for.
        public var text: String
        /// What contradicts each other.
        public var sides: [Side]
    }

    /// One of the changes.
    public struct Side: Codable, Hashable, Sendable {
        /// Its change id, 32 hexadecimal digits.
        public var change: String
        /// The id of the driver or office person who wrote it.
        public var by: String
        /// The writer's: `driver`, `supervisor`, `office` or `hub`.
        public var role: String
        /// By its writer's clock.
        public var writtenMs: Int64
        /// When the hub received it, Unix milliseconds.
        public var receivedMs: Int64?
        /// The plan field written, such as `cancelled`; absent for a fact.
        public var field: String?
    }
}
