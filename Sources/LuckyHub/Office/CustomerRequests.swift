internal import LuckyModel

/// `customer-show`: whom the depot delivers to, by the office's code of them.
public struct CustomerShowRequest: Codable, Hashable, Sendable {
    /// The customer's code or entity.
    public var customer: String

    /// Takes it as it is.
    public init(customer: String) { self.customer = customer }
}

/// `customer-merge`: two customers turned out to be one. Both keep their names and their stops;
/// what they hold is counted together.
public struct CustomerMergeRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this edit.
    public var id: String
    /// The code or entity of the one that goes.
    public var customer: String
    /// That of the one that stays; absent: the merge is taken back.
    public var into: String?
    /// The `context` of `customer-show` of the one that goes. Default: what the hub has now.
    public var context: String?

    /// Takes the values as they are.
    public init(id: String, customer: String, into: String? = nil, context: String? = nil) {
        self.id = id
        self.customer = customer
        self.into = into
        self.context = context
    }
}

/// `customer-delete`: they are no customer any more; their stops and what they hold stay.
public struct CustomerDeleteRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this edit.
    public var id: String
    /// The customer's code or entity.
    public var customer: String
    /// The `context` of `customer-show`. Default: what the hub has now.
    public var context: String?
    /// True: they are a customer again. Default: false.
    public var undo: Bool?

    /// Takes the values as they are.
    public init(id: String, customer: String, context: String? = nil, undo: Bool? = nil) {
        self.id = id
        self.customer = customer
        self.context = context
        self.undo = undo
    }
}

/// A customer, with everybody who counts as the same one, and what they hold.
public struct CustomerShowReply: Codable, Hashable, Sendable {
    /// The customer's entity, hexadecimal.
    public var entity: String
    /// The office's code of them; the entity where nobody wrote one.
    public var customer: String
    /// What the hub has of them now; an edit that names it is an edit of this.
    public var context: String
    /// Hidden: nobody delivers to them any more.
    public var deleted: Bool
    /// Into whom they were merged, as shown; absent for nobody.
    public var mergedInto: Member?
    /// Fields that have several concurrent values, such as `merged_into`.
    public var concurrent: [String]
    /// All who count as this one, this one too, by code.
    public var members: [Member]
    /// The one in whose name it counts.
    public var survivor: Member
    /// Those who were merged into each other in a circle, so that by the plan nobody stays; absent
    /// where somebody does. It then counts in the name of the least entity of these, everywhere.
    public var circle: [Member]?
    /// What was handed over to all of them less what came back, by product; empty with `overflow`.
    public var holdings: [Count]
    /// A count left its range: there is no sum.
    public var overflow: Bool
    /// All stops that are theirs, by day, then by code.
    public var stops: [Stop]
    /// The depot's log position that this is of.
    public var sequence: UInt64

    /// Somebody by name.
    public struct Member: Codable, Hashable, Sendable {
        /// The entity, hexadecimal.
        public var entity: String
        /// The code; the entity where nobody wrote one.
        public var customer: String
    }

    /// Cylinders of one product; negative where more came back than was known of.
    public struct Count: Codable, Hashable, Sendable {
        /// The product's code, such as `20kg`.
        public var product: String
        /// How many of it.
        public var count: Int
    }

    /// What one stop of theirs came to.
    public struct Stop: Codable, Hashable, Sendable {
        /// The stop's entity, hexadecimal.
        public var entity: String
        /// Its code.
        public var stop: String
        /// Its day, `yyyy-mm-dd`; absent where it has none.
        public var date: String?
        /// Whose it is of ``members``.
        public var customer: String
        /// `pending`, `delivered` …
        public var status: String
        /// Such as `20kg*2`.
        public var delivered: String
        /// Likewise.
        public var collected: String
    }
}
