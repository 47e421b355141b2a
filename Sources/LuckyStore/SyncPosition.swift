public import LuckyCausality
public import LuckyModel
public import LuckyWire

/// Where a replica stands towards the hub: what a sync machine starts from and a status shows.
/// Every count is of rows, at one moment; there is no flag that can be left standing (L13).
public struct SyncPosition: Hashable, Sendable {
    /// This store's own replica.
    public var replica: ReplicaID
    /// The last changeset of the own chain; nil before the first.
    public var head: ChainHead?
    /// The history followed; nil before the first answer.
    public var history: HistoryID?
    /// Nil before the first answer where it was not given.
    public var depot: Identifier?
    /// The last page applied; nil before the first.
    public var checkpoint: Checkpoint?
    /// To be sent with the checkpoint: an entity cut over pages goes on there.
    public var resume: [UInt8]
    /// To be shown to the hub with each request: how far its log had come with what was last kept of
    /// an answer, whatever history that was of. Empty before the first.
    public var standing: [UInt8]
    /// Changesets without a receipt.
    public var pendingCount: Int
    /// When the oldest of them was written, by the device's wall clock, Unix milliseconds.
    public var oldestPendingWrittenAt: Int64?
    /// Own changesets that the hub keeps and did not apply.
    public var quarantinedCount: Int
    /// Parts of pages that this build could not read.
    public var parkedCount: Int
    /// Stops of this driver of which the hub's history, which is not the one that told of them, has
    /// not told all: see ``StoredStop/isUnconfirmed``.
    public var unconfirmedCount: Int
    /// Entities that differ from the hub's although they were sent whole (L21).
    public var differingCount: Int
    /// The hub's time at the newest receipt and at the last page, Unix milliseconds.
    public var lastReceiptAt: Int64?
    /// The hub's time at the last page; nil before the first.
    public var lastPageAt: Int64?
    /// What the retry loop was doing when last saved.
    public var retry: RetryState
    /// What is being mended by itself; nil in ordinary life.
    public var recovery: Recovery?
    /// By which version of the rules the hub opens reviews, as it said last; nil where none has.
    public var hubRules: Int?
    /// Whether the hub said that it reads changesets packed.
    public var readsPacked = false
}

/// What the retry loop needs after a restart (L13).
public struct RetryState: Hashable, Sendable {
    /// Failures in a row.
    public var attempts: Int
    /// Not before this moment, Unix milliseconds; nil: now.
    public var nextTryAt: Int64?
    /// A stable word such as `timed_out` or `no_progress`; nil after a success.
    public var lastError: String?

    /// By default: no failures, try at once.
    public init(attempts: Int = 0, nextTryAt: Int64? = nil, lastError: String? = nil) {
        self.attempts = attempts
        self.nextTryAt = nextTryAt
        self.lastError = lastError
    }
}
