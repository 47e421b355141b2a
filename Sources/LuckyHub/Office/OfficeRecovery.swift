public import Foundation

// Requests and replies of the verbs that decide over what the hub keeps apart.

/// `offers-list`, `alarms-list`, `quarantine-list`: all that there is.
public struct ListRequest: Codable, Hashable, Sendable {
    /// With what somebody decided over already. Default false.
    public var all: Bool?

    /// Absent: only what is open.
    public init(all: Bool? = nil) { self.all = all }
}

/// Plan values that a device offered after a restore, and that nothing else is a proof of.
public struct OffersReply: Codable, Hashable, Sendable {
    /// The depot of the token.
    public var depot: String
    /// By entity, field and name.
    public var offers: [Offer]

    /// One of them.
    public struct Offer: Codable, Hashable, Sendable {
        /// The entity it was written to, hexadecimal.
        public var entity: String
        /// What the office calls it; absent where the hub knows nothing else of it.
        public var name: String?
        /// The field, such as `window`; absent for what this hub cannot read.
        public var field: String?
        /// The value, as text; absent where the field was emptied.
        public var value: String?
        /// The write's change id, 32 hexadecimal digits.
        public var change: String
        /// Its place in that change.
        public var index: Int
        /// Who is said to have written it.
        public var by: String?
        /// When, by that writer's clock.
        public var writtenMs: Int64?
        /// Whose device offered it.
        public var offeredBy: String
        /// By the hub's clock.
        public var offeredMs: Int64
    }
}

/// `offers-take`, `offers-dismiss`: a person decides over one offered value.
public struct OfferDecisionRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits drawn for this decision.
    public var id: String
    /// As `offers-list` states them.
    public var entity: String
    /// The field's word; absent for what cannot be read, which can only be dismissed.
    public var field: String?
    /// The write's change id.
    public var change: String
    /// Its place in that change.
    public var index: Int

    /// Names one offer.
    public init(id: String, entity: String, field: String?, change: String, index: Int) {
        self.id = id
        self.entity = entity
        self.field = field
        self.change = change
        self.index = index
    }
}

/// `purge`, `unpurge`: an entity by its hexadecimal id.
public struct EntityRequest: Codable, Hashable, Sendable {
    /// 34 hexadecimal digits.
    public var entity: String

    /// Names an entity.
    public init(entity: String) { self.entity = entity }
}

/// What a decision came to.
public struct DecisionReply: Codable, Hashable, Sendable {
    /// The entity, where it was about one.
    public var entity: String?
    /// The changesets written, in order.
    public var changes: [String]
    /// The depot's log position; absent where nothing was written.
    public var sequence: UInt64?
    /// It was so already: nothing was written again.
    public var isRepeat: Bool
}

/// Changesets that the hub keeps verbatim and did not apply.
public struct QuarantineReply: Codable, Hashable, Sendable {
    /// The depot of the token.
    public var depot: String
    /// By replica and counter.
    public var changesets: [Changeset]

    /// One of them.
    public struct Changeset: Codable, Hashable, Sendable {
        /// The writer's replica, 24 hexadecimal digits.
        public var replica: String
        /// Its place in that replica's chain.
        public var counter: UInt64
        /// Its change id; absent where its header could not be read.
        public var change: String?
        /// Who wrote it; absent where its header could not be read.
        public var author: String?
        /// Who brought it, where that was another.
        public var carriedBy: String?
        /// Why, a stable word such as `authority`.
        public var reason: String
        /// By the hub's clock.
        public var receivedMs: Int64
        /// The size of the kept envelope, in bytes.
        public var byteCount: Int
        /// What it says, in order, as words: facts (`handed_over`) and plan fields (`window`).
        public var content: [String]
        /// The entities that it is about, hexadecimal, each once.
        public var entities: [String]
        /// `released`, `rejected`; absent while nobody decided.
        public var decision: String?
        /// Who decided.
        public var decidedBy: String?
        /// By the hub's clock.
        public var decidedMs: Int64?
    }
}

/// `quarantine-release`, `quarantine-reject`: a person decides over one changeset.
public struct QuarantineDecisionRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits drawn for this decision.
    public var id: String
    /// The writer's replica, 24 hexadecimal digits.
    public var replica: String
    /// Its place in that replica's chain.
    public var counter: UInt64
    /// By entity: the `context` of `plan-show`, what the person saw of it. Default: what the hub
    /// has now.
    public var contexts: [Seen]?

    /// What the person saw of one entity.
    public struct Seen: Codable, Hashable, Sendable {
        /// The entity, hexadecimal.
        public var entity: String
        /// As `plan-show` states it.
        public var context: String

        /// Takes both as they are.
        public init(entity: String, context: String) {
            self.entity = entity
            self.context = context
        }
    }

    /// Names one changeset.
    public init(id: String, replica: String, counter: UInt64, contexts: [Seen]? = nil) {
        self.id = id
        self.replica = replica
        self.counter = counter
        self.contexts = contexts
    }
}

/// `quarantine-export`: one changeset, decided over or not.
public struct QuarantineExportRequest: Codable, Hashable, Sendable {
    /// The writer's replica, 24 hexadecimal digits.
    public var replica: String
    /// Its place in that replica's chain.
    public var counter: UInt64

    /// Names one changeset.
    public init(replica: String, counter: UInt64) {
        self.replica = replica
        self.counter = counter
    }
}

/// A changeset as it came.
public struct QuarantineExportReply: Codable, Hashable, Sendable {
    /// The writer's replica, 24 hexadecimal digits.
    public var replica: String
    /// Its place in that replica's chain.
    public var counter: UInt64
    /// Why it was not applied, a stable word such as `authority`.
    public var reason: String
    /// SHA-256 of the bytes, 64 hexadecimal digits.
    public var sha256: String
    /// The envelope; base64 in JSON. Personal bytes that were redacted since are not in it.
    public var bytes: Data
}

/// What an operator must hear of.
public struct AlarmsReply: Codable, Hashable, Sendable {
    /// The depot of the token.
    public var depot: String
    /// By kind and replica.
    public var alarms: [Alarm]

    /// One kind with one replica.
    public struct Alarm: Codable, Hashable, Sendable {
        /// A stable word, such as `unknown_checkpoint`.
        public var kind: String
        /// 24 hexadecimal digits.
        public var replica: String
        /// How often.
        public var count: Int
        /// By the hub's clock.
        public var firstMs: Int64
        /// By the hub's clock.
        public var lastMs: Int64
    }
}
