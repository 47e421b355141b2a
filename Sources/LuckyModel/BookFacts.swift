/// A contradiction, opened by the hub in the transaction that made it derivable; its change id is
/// computed from the rule and the sides (L4).
public struct ReviewOpened: Hashable, Sendable {
    /// Which contradiction it is.
    public var kind: ReviewKind
    /// The version of the rule that opened it.
    public var ruleVersion: Int
    /// One or two sides, sorted.
    public var sides: [FactRef]
    /// What each side says: its `core` bytes as written, in the order of ``sides``, so that the
    /// review stays readable when a plan value was overwritten or is out of the reader's scope.
    /// Personal values are not in it. Empty where they would not fit.
    public var cores: [[UInt8]]
    /// Who wrote each side and whether they knew of the other, in the order of ``sides``; or none.
    public var writers: [ReviewWriter]
    /// The plan write that stood before both sides; nil where nobody had written the field.
    public var base: Base?

    /// A plan write that both sides had seen.
    public struct Base: Hashable, Sendable {
        /// The write's name.
        public var ref: FactRef
        /// Its `core` bytes as written; a personal value is not in them.
        public var core: [UInt8]

        /// Takes both as they are.
        public init(_ ref: FactRef, core: [UInt8]) {
            self.ref = ref
            self.core = core
        }
    }

    /// Takes the values as they are; `cores` and `writers` as many as `sides`, or none.
    public init(
        kind: ReviewKind, ruleVersion: Int, sides: [FactRef], cores: [[UInt8]] = [],
        writers: [ReviewWriter] = [], base: Base? = nil
    ) {
        self.kind = kind
        self.ruleVersion = ruleVersion
        self.sides = sides
        self.cores = cores
        self.writers = writers
        self.base = base
    }
}

/// Who wrote one side of a review.
public struct ReviewWriter: Hashable, Sendable {
    /// A driver's or an office person's id.
    public var author: Identifier
    /// As the hub stamped it.
    public var role: Role
    /// The writer's wall clock, Unix milliseconds.
    public var writtenAt: Int64
    /// The hub's time, Unix milliseconds; nil where it was not received yet.
    public var receivedAt: Int64?
    /// "In spite of it" rather than "unaware of it".
    public var knewOther: Bool

    /// Takes the values as they are.
    public init(
        author: Identifier, role: Role, writtenAt: Int64, receivedAt: Int64?, knewOther: Bool
    ) {
        self.author = author
        self.role = role
        self.writtenAt = writtenAt
        self.receivedAt = receivedAt
        self.knewOther = knewOther
    }
}

/// A person's decision on a review; it closes exactly that one (L4).
public struct ReviewResolution: Hashable, Sendable {
    /// The review's id.
    public var review: ChangeID
    /// What was decided; ``ReviewOutcome/reopened`` undoes what it supersedes.
    public var outcome: ReviewOutcome
    /// The resolutions of this review that its author knew, sorted. Two that had not seen each
    /// other both stand, and are shown.
    public var supersedes: [FactRef]
    /// Personal: the author's words; nil where there are none, or after a redaction.
    public var note: String?

    /// Sorts what it supersedes.
    public init(
        of review: ChangeID, _ outcome: ReviewOutcome, supersedes: [FactRef] = [],
        note: String? = nil
    ) {
        self.review = review
        self.outcome = outcome
        self.supersedes = supersedes.sorted()
        self.note = note
    }
}

/// What was decided on a review. Open: an unknown word is kept and shown as it is (L5).
public struct ReviewOutcome: RawRepresentable, Hashable, Sendable {
    /// The word that is stored and sent; for ever the same.
    public let rawValue: String
    /// Any word; one that this build does not know is kept.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It stands as recorded.
    public static let kept = ReviewOutcome(rawValue: "kept")
    /// What was done is taken back in the real world, such as a cylinder fetched again.
    public static let reversed = ReviewOutcome(rawValue: "reversed")
    /// Money goes back to the customer.
    public static let refunded = ReviewOutcome(rawValue: "refunded")
    /// Two records turned out to be one event.
    public static let merged = ReviewOutcome(rawValue: "merged")
    /// Taken note of; nothing follows.
    public static let noted = ReviewOutcome(rawValue: "noted")
    /// Open again: the undo.
    public static let reopened = ReviewOutcome(rawValue: "reopened")

    /// Every outcome of this build.
    public static let all: [ReviewOutcome] = [
        .kept, .reversed, .refunded, .merged, .noted, .reopened,
    ]

    /// Same bytes of UTF-8 (L10).
    public static func == (a: Self, b: Self) -> Bool {
        a.rawValue.utf8.elementsEqual(b.rawValue.utf8)
    }
}

/// The personal bytes of one change were dropped; their hash keeps the chain whole (L18).
public struct Redaction: Hashable, Sendable {
    /// Whose personal bytes.
    public var target: FactRef
    /// - Parameter target: whose personal bytes.
    public init(of target: FactRef) { self.target = target }
}

/// The office closed a stop's account: the cut of L2. What comes later is an adjustment.
public struct Settlement: Hashable, Sendable {
    /// What the customer owed, in 1/100 NT$.
    public var due: Money
    /// What was counted, in 1/100 NT$; never edited to match.
    public var received: Money
    /// The facts it covers, sorted, each once.
    public var covers: [FactRef]

    /// Sorts what it covers.
    public init(due: Money, received: Money, covers: [FactRef]) {
        self.due = due
        self.received = received
        self.covers = Set(covers).sorted()
    }
}

/// A doorstep fact out of quarantine, as its author wrote it (L20). A state shows the fact under
/// its own name and author; the changeset that brought it is the hub's.
public struct Release: Hashable, Sendable {
    /// The fact's own name.
    public var ref: FactRef
    /// Who recorded it.
    public var author: Identifier
    /// The author's wall clock, Unix milliseconds.
    public var writtenAt: Int64
    /// The fact's `core` bytes as written.
    public var core: [UInt8]
    /// Where it was written; nil where the release does not say.
    public var origin: Origin?

    /// The changeset in quarantine, by what its writer's device said of itself.
    public struct Origin: Hashable, Sendable {
        /// The replica's 12 bytes.
        public var replica: [UInt8]
        /// The counter there, from 1.
        public var counter: UInt64
        /// The hybrid clock's Unix milliseconds.
        public var milliseconds: Int64
        /// The hybrid clock's count within them.
        public var logical: UInt32

        /// Takes the values as they are; readers check them.
        public init(replica: [UInt8], counter: UInt64, milliseconds: Int64, logical: UInt32) {
            self.replica = replica
            self.counter = counter
            self.milliseconds = milliseconds
            self.logical = logical
        }
    }

    /// Takes the values as they are.
    public init(
        _ ref: FactRef, author: Identifier, writtenAt: Int64, core: [UInt8],
        origin: Origin? = nil
    ) {
        self.ref = ref
        self.author = author
        self.writtenAt = writtenAt
        self.core = core
        self.origin = origin
    }
}
