/// `plan-history`: every value that the fields of one stop or route ever had.
public struct PlanHistoryRequest: Codable, Hashable, Sendable {
    /// A stop's code or its entity; or…
    public var stop: String?
    /// … a route's.
    public var route: String?
    /// With a code. Default: today in Taipei by the hub's clock.
    public var date: String?
    /// Only this field, such as `window`. Default: all.
    public var field: String?

    /// Names either a stop or a route: both, or neither, is a 400.
    public init(
        stop: String? = nil, route: String? = nil, date: String? = nil, field: String? = nil
    ) {
        self.stop = stop
        self.route = route
        self.date = date
        self.field = field
    }
}

/// What a stop's or a route's fields said, and who wrote it over knowing what. Never less than was
/// accepted: what was written over stays in the log.
public struct PlanHistoryReply: Codable, Hashable, Sendable {
    /// The stop or route, hexadecimal.
    public var entity: String
    /// Its code.
    public var code: String
    /// The depot's log position of this snapshot.
    public var sequence: UInt64
    /// By field, in the order of the log.
    public var values: [Value]

    /// One value of one field.
    public struct Value: Codable, Hashable, Sendable {
        /// The field's word, such as `window`.
        public var field: String
        /// As a plan file writes it; absent where the field was emptied, or the value redacted.
        public var value: String?
        /// True where its words were dropped for good; absent otherwise.
        public var redacted: Bool?
        /// The office person's id.
        public var by: String
        /// As whom; absent for what an older hub wrote over.
        public var role: String?
        /// By the writer's clock.
        public var writtenMs: Int64
        /// By the hub's clock.
        public var receivedMs: Int64?
        /// The place in the depot's log.
        public var sequence: UInt64
        /// The change, 32 hexadecimal digits.
        public var change: String
        /// The changes whose values of this field its author saw there, in the order of the log;
        /// several where they were concurrent, none where the field was empty to them.
        public var saw: [String]
        /// Who wrote it over first, having seen it; several where they did not know of each other.
        public var overwrittenBy: [Overwriter]
        /// It stands in the plan now.
        public var stands: Bool
        /// It is the one shown.
        public var shown: Bool
    }

    /// Who wrote a value over.
    public struct Overwriter: Codable, Hashable, Sendable {
        /// The change, 32 hexadecimal digits.
        public var change: String
        /// The office person's id.
        public var by: String
        /// By the hub's clock.
        public var receivedMs: Int64?
    }
}
