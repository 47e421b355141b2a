public import Foundation
public import LuckyCausality

/// What happened, as the sync machine is told. JSON: `{"name": {fields}}`, the goldens' form.
public enum SyncEvent: Hashable, Sendable, Codable {
    /// The loop begins; what the store held then.
    case started(Backlog)
    /// A tap was committed.
    case tapped(pending: Int)
    /// The system says that the network may have changed. A hint, nothing more.
    case linkHinted
    /// The timer set by ``SyncEffect/wake(afterMilliseconds:)`` rang.
    case woke
    /// The app has another token.
    case tokenChanged
    /// A person wants to know whether both sides hold the same.
    case verifyRequested
    /// The request asked for by ``SyncEffect/prepare(_:)`` is ready.
    case prepared(Prepared)
    /// What the exchange came to.
    case answered(Data, nonce: UInt64)
    /// No answer came; what is pending stays pending.
    case failed(ExchangeFailure, nonce: UInt64)
    /// The answer is in the store, as far as it could be used.
    case absorbed(Absorbed)
    /// The store could not do what was asked (disk full, in use): nothing was lost.
    case storeFailed(String)
    /// Signed out or told to rest: nothing is sent until ``started(_:)``.
    case paused
}

/// What waits in the store, and what the retry loop was doing when it last ran (L13).
public struct Backlog: Hashable, Sendable, Codable {
    /// Changesets without a receipt.
    public var pending: Int
    /// Consecutive failures so far.
    public var attempts: Int
    /// Whether the last exchange got through after them, which alone does not end them; nil: no.
    public var isOnTrial: Bool?
    /// How long the last failure still wants us to wait, milliseconds; 0: try at once.
    public var waitMilliseconds: Int64
    /// What is being mended; nil in ordinary life.
    public var recovery: Recovery?
    /// Whether the hub said, some time, that it reads changesets packed; nil: not that we know.
    public var readsPacked: Bool?

    /// A store that never failed, by default.
    public init(
        pending: Int, attempts: Int = 0, isOnTrial: Bool? = nil, waitMilliseconds: Int64 = 0,
        recovery: Recovery? = nil, readsPacked: Bool? = nil
    ) {
        self.pending = pending
        self.attempts = attempts
        self.isOnTrial = isOnTrial
        self.waitMilliseconds = waitMilliseconds
        self.recovery = recovery
        self.readsPacked = readsPacked
    }
}

/// A request made from the store.
public struct Prepared: Hashable, Sendable, Codable {
    /// Frames, not compressed, ready to send.
    public var body: Data
    /// Random; the answer must bear the same.
    public var nonce: UInt64
    /// Changesets in it.
    public var changesets: Int
    /// What the answer will be about.
    public var asked: Asked?

    /// A request that holds so many changesets.
    public init(body: Data, nonce: UInt64, changesets: Int, asked: Asked? = nil) {
        self.body = body
        self.nonce = nonce
        self.changesets = changesets
        self.asked = asked
    }
}

/// In whose name a request was made, and at which step of a recovery: its answer means nothing
/// anywhere else.
public struct Asked: Hashable, Sendable, Codable {
    /// One of the store's names, 24 hexadecimal digits.
    public var replica: String
    /// What was being mended; nil in ordinary life.
    public var recovery: Recovery?
    /// Digests that it offers, in a re-baseline; nil: none.
    public var digests: Int?
    /// Entities whose states it offers; nil: none.
    public var states: Int?
    /// What it asks of the hub to compare or repair; nil: nothing.
    public var comparison: Comparison?
    /// It asks who is there before anything that waits goes out; nil: that is known.
    public var asksFirst: Bool?

    /// A request in this name.
    public init(replica: String, recovery: Recovery?) {
        self.replica = replica
        self.recovery = recovery
    }
}

/// What came of an answer once the store had taken what it could.
public struct Absorbed: Hashable, Sendable, Codable {
    /// Why the answer, or the rest of it, is of no use: transient.
    public var failure: ExchangeFailure?
    /// Changesets that left the outbox.
    public var received: Int
    /// Entities that the page brought; nil where no page was applied.
    public var entities: Int?
    /// The page was cut: more waits at the hub.
    public var hasMore: Bool
    /// Still in the outbox.
    public var pending: Int
    /// The hub lacks what comes before: push again from here.
    public var sendFrom: UInt64?
    /// What is being mended from now on; nil in ordinary life.
    public var recovery: Recovery?
    /// Steps of a recovery that this answer brought; nil: none.
    public var mended: Int?
    /// Whether both sides' digests agreed, where asked.
    public var digestsAgree: Bool?
    /// What a comparison gave, where the hub answered one.
    public var compared: Compared?
    /// Whether the hub of the history that the store follows reads packed changesets; nil where the
    /// answer did not say.
    public var readsPacked: Bool?

    /// By default an answer without any news.
    public init(
        failure: ExchangeFailure? = nil, received: Int = 0, entities: Int? = nil,
        hasMore: Bool = false, pending: Int, sendFrom: UInt64? = nil, recovery: Recovery? = nil,
        mended: Int? = nil, digestsAgree: Bool? = nil, compared: Compared? = nil
    ) {
        self.failure = failure
        self.received = received
        self.entities = entities
        self.hasMore = hasMore
        self.pending = pending
        self.sendFrom = sendFrom
        self.recovery = recovery
        self.mended = mended
        self.digestsAgree = digestsAgree
        self.compared = compared
    }
}
