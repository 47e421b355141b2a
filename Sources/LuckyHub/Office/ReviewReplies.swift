/// One review in full.
public struct ReviewShowReply: Codable, Hashable, Sendable {
    /// The review's id, 32 hexadecimal digits.
    public var review: String
    /// `delivered_after_reassign` …; an unknown one reads "needs the office".
    public var kind: String
    /// The version of the rule that opened it.
    public var ruleVersion: Int
    /// `open`, `resolved` or `contested`: two decided at once, and differently.
    public var status: String
    /// The role whose word closes it.
    public var decides: String
    /// The stop's or route's entity, hexadecimal.
    public var entity: String
    /// The office's code of it, or its entity where it has none.
    public var stop: String
    /// The hub's time, Unix milliseconds.
    public var openedMs: Int64?
    /// One sentence in the language asked for.
    public var text: String
    /// Everything, a line each, in the language asked for.
    public var lines: [String]
    /// What stood before both sides; absent where it is not known.
    public var base: Base?
    /// One or two.
    public var sides: [Side]
    /// Every decision, also superseded ones, in the order received.
    public var decisions: [Decision]
    /// For a decision: what this snapshot has seen, base64.
    public var context: String

    /// The plan value that both sides had seen, or the fact that both correct.
    public struct Base: Codable, Hashable, Sendable {
        /// The fact's change id, 32 hexadecimal digits; absent for a plan value.
        public var change: String?
        /// The plan field.
        public var field: String?
        /// As a plan file writes it; absent for none, `?` for a personal one that is gone.
        public var value: String?
    }

    /// One of the changes that contradict each other.
    public struct Side: Codable, Hashable, Sendable {
        /// Its change id, 32 hexadecimal digits.
        public var change: String
        /// 0…63 within the changeset.
        public var index: Int
        /// A fact's kind, such as `handed_over`; absent for a plan write.
        public var fact: String?
        /// A plan field; absent for a fact.
        public var field: String?
        /// Of a plan write, as a plan file writes it.
        public var value: String?
        /// What it says, in the language asked for.
        public var what: String?
        /// What its author said along with it: the reason of a cancellation; absent for nothing.
        public var notes: [String]?
        /// The id of the driver or office person who wrote it.
        public var by: String?
        /// The writer's role.
        public var role: String?
        /// Whose credential brought it, where it was somebody else's.
        public var carriedBy: String?
        /// By its writer's clock.
        public var writtenMs: Int64?
        /// When the hub received it, Unix milliseconds.
        public var receivedMs: Int64?
        /// Whether its writer had seen the other side.
        public var sawOther: Bool?
        /// False for a plan value that was overwritten since.
        public var stands: Bool
    }

    /// What a person decided.
    public struct Decision: Codable, Hashable, Sendable {
        /// Its change id, 32 hexadecimal digits.
        public var change: String
        /// `kept`, `reversed`, `refunded`, `merged`, `noted`; `reopened` is an undo.
        public var outcome: String
        /// The person.
        public var by: String
        /// The person's role.
        public var role: String
        /// The person's words.
        public var note: String?
        /// When the hub received it, Unix milliseconds.
        public var receivedMs: Int64?
        /// The decisions that its author knew.
        public var supersedes: [String]
        /// No later decision superseded it.
        public var stands: Bool
        /// True where only a phone tells of it, after a restore: it closes nothing until somebody
        /// decides again. Absent for any other.
        public var witnessed: Bool?
    }
}

/// What a decision came to.
public struct ReviewDecisionReply: Codable, Hashable, Sendable {
    /// The decision's change id, 32 hexadecimal digits.
    public var change: String
    /// Its position in the depot's log.
    public var sequence: UInt64
    /// The hub had it already; nothing was written now.
    public var isRepeat: Bool
    /// The review as it is now.
    public var review: ReviewShowReply
}
