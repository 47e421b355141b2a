public import LuckyCausality
public import LuckyModel

/// A tap that is on disk.
public struct CommitResult: Hashable, Sendable {
    /// The caller's id of the tap.
    public var change: ChangeID
    /// This replica and the counter of the changeset.
    public var dot: Dot
    /// The changeset's hash, which the next one of the chain names.
    public var hash: Hash256
    /// Changesets that wait for the hub now, this one included.
    public var pending: Int
    /// The same change id had been committed before: nothing was written now (L1).
    public var isRepeat: Bool
}

/// What became of a page.
public enum PageResult: Hashable, Sendable {
    /// `parts` entities were merged, `parked` parts could not be read and wait for an update.
    case applied(parts: Int, parked: Int)
    /// Nothing was written.
    case ignored(Reason)

    /// Why a page was not taken.
    public enum Reason: String, Hashable, Sendable {
        /// The page is of another history, or another depot, than the one followed.
        case otherHistory = "other_history"
        /// The page is for another replica.
        case otherReplica = "other_replica"
        /// It does not start where this replica stands: late, doubled or out of order.
        case otherCheckpoint = "other_checkpoint"
        /// The replica begins a new epoch first, or is at an earlier step of a re-baseline.
        case recovering
    }
}

/// One changeset of the outbox or the archive, as people and machines look at it.
public struct OutboxEntry: Hashable, Sendable {
    /// Where a changeset stands: waiting, or with a receipt of one kind.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// On this phone only.
        case pending
        /// The hub has it in its log.
        case received
        /// The hub had the change under another dot.
        case already
        /// The hub keeps it and did not apply it; ``OutboxEntry/reason`` says why.
        case quarantined
    }

    /// This replica and the counter of the changeset.
    public var dot: Dot
    /// The caller's id of the tap.
    public var change: ChangeID
    /// The changeset's hash, which the next one of the chain names.
    public var hash: Hash256
    /// Each touched entity once, sorted.
    public var entities: [EntityID]
    /// What it records, in order: `handed_over`, `cash_received` …
    public var kinds: [String]
    /// The device's wall clock, Unix milliseconds.
    public var writtenAt: Int64
    /// Pending in the outbox; anything else is the archive.
    public var state: State
    /// The hub's word for why, where quarantined.
    public var reason: String?
    /// The hub's time of the receipt, Unix milliseconds; nil while pending.
    public var receivedAt: Int64?
}

/// Which changesets to list.
public enum OutboxFilter: String, Hashable, Sendable, CaseIterable {
    /// Pending ones come oldest first, as they will be sent; the others newest first.
    case pending, quarantined, all
}
