public import Foundation
public import LuckyCausality

/// What the sync machine wants done. `perform` does the store's part; the loop does the rest.
public enum SyncEffect: Hashable, Sendable, Codable {
    // For the store, synchronously.
    /// Make a request from what is pending.
    case prepare(PrepareOptions)
    /// Take receipts and page out of an answer to the request with this nonce.
    case absorb(Data, nonce: UInt64, asked: Asked? = nil)
    /// Keep what the retry loop needs across a restart (L13).
    case saveRetry(attempts: Int, waitMilliseconds: Int64, error: String?)

    // For the loop.
    /// One exchange with the hub; `waitSeconds` > 0: hold it open until there is news.
    case exchange(Data, nonce: UInt64, waitSeconds: Int)
    /// Give up the exchange in flight; whatever it did, the next one finds out.
    case abandonExchange
    /// Ring after this long, in place of any earlier timer.
    case wake(afterMilliseconds: Int64)
    /// The hub wants another token; the queue is untouched (L20).
    case needToken
    /// The status to show from now on.
    case publish(SyncStatus)
}

/// How much to put into the next request, and what to ask for.
public struct PrepareOptions: Hashable, Sendable, Codable {
    /// From this counter on; nil: the first pending one.
    public var fromCounter: UInt64?
    /// Bytes of changesets at most, but at least one of them.
    public var pushBytes: Int
    /// Bytes that the answer may have at most.
    public var pageBytes: Int
    /// Ask for the digest of the scope too, to compare both sides.
    public var wantsDigest: Bool
    /// What to ask beside the page, once the digests are known to differ; nil: nothing.
    public var comparison: Comparison?
    /// True: the hub reads packed changesets; `pushBytes` are then of those. Nil: it has not said so.
    public var packs: Bool?

    /// With the sizes that the machine has grown or halved to.
    public init(
        fromCounter: UInt64?, pushBytes: Int, pageBytes: Int, wantsDigest: Bool,
        comparison: Comparison? = nil
    ) {
        self.fromCounter = fromCounter
        self.pushBytes = pushBytes
        self.pageBytes = pageBytes
        self.wantsDigest = wantsDigest
        self.comparison = comparison
    }
}

/// What the sync machine is about, in words that a screen can honestly show.
public struct SyncStatus: Hashable, Sendable, Codable {
    /// What the loop is doing, or why it is not.
    public enum Phase: Hashable, Sendable, Codable {
        /// All received, and the hub was heard since the last change.
        case idle
        /// A request is being made, sent, or its answer taken in.
        case syncing
        /// The last try failed; it is tried again by itself.
        case waiting(ExchangeFailure)
        /// The hub wants another token; taps go on being saved.
        case needsToken
        /// The hub's door refused; a person must look. Everything is kept, and it is tried again.
        case refused(ExchangeFailure)
        /// Something is being mended by itself; everything stays readable, and taps go on.
        case recovering(Recovery)
        /// Something is pending, and a whole exchange moved nothing (L21); it is tried again.
        case stuck
        /// Some entities differ from the hub's, also after they were sent whole (L21); the status
        /// names them. Syncing goes on.
        case differs
        /// The store could not be read or written.
        case storeFailed(String)
        /// Told to rest: nothing is sent until it is started again.
        case paused
    }

    /// What the loop is doing now.
    public var phase: Phase
    /// Changesets saved on this phone and not yet received at the depot.
    public var pending: Int
    /// Consecutive failures.
    public var attempts: Int
    /// Something is pending, and a whole exchange moved nothing (L21).
    public var isStuck: Bool
    /// Whether both sides' digests agreed when last asked.
    public var digestsAgree: Bool?
    /// What was found to differ, and what was mended, when last asked; nil: nothing differed.
    public var difference: Difference?
    /// Everything the hub had for us when last heard is here.
    public var isCaughtUp: Bool

    /// No failures and nothing known of digests, by default.
    public init(
        phase: Phase, pending: Int, attempts: Int = 0, isStuck: Bool = false,
        digestsAgree: Bool? = nil, difference: Difference? = nil, isCaughtUp: Bool = false
    ) {
        self.phase = phase
        self.pending = pending
        self.attempts = attempts
        self.isStuck = isStuck
        self.digestsAgree = digestsAgree
        self.difference = difference
        self.isCaughtUp = isCaughtUp
    }
}
