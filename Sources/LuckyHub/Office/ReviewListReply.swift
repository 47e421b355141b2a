/// The reviews of a day.
public struct ReviewListReply: Codable, Hashable, Sendable {
    /// The day, `yyyy-mm-dd`.
    public var date: String
    /// The depot of the token.
    public var depot: String
    /// By stop, then in the order opened.
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
        /// The stop's or route's entity, hexadecimal.
        public var entity: String
        /// The office's code of the stop, or its entity where it has none.
        public var stop: String
        /// The hub's time, Unix milliseconds.
        public var openedAtMs: Int64?
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
        public var writtenAtMs: Int64
        /// When the hub received it, Unix milliseconds.
        public var receivedAtMs: Int64?
        /// The plan field written, such as `cancelled`; absent for a fact.
        public var field: String?
    }
}
