/// Every bound of what is stored and sent: a name, a unit, a default (L27). Those that both sides
/// must agree on are constants of the format; the others are defaults that an option may lower.
public enum Bounds {
    // One changeset.
    /// The most changes of one changeset; at least one.
    public static let changesPerChangeset = 64
    /// The most bytes of one changeset's envelope: 64 KiB.
    public static let changesetBytes = 64 * 1024

    // One request, decoded.
    /// Decoded bytes of one request, and so of each of its frames: 4 MiB.
    public static let requestBytes = 4 * 1024 * 1024
    /// The most changesets of one request.
    public static let changesetsPerRequest = 2_000
    /// How much packed changesets may grow, decoded bytes for each of theirs; less than 64 KiB is not
    /// judged. Taps of a day take about 20.
    public static let packedRatio = 200
    /// The most columns of packed changesets, each of which costs its reader more than its bytes; a
    /// day's have some fifty.
    public static let packedColumns = 4_096
    /// For one packed request so many times its bytes of changesets are read from the store.
    public static let packedReadAhead = 32
    /// The most digests, and the most entities, that one request offers in a re-baseline (L26).
    public static let offersPerRequest = 2_000
    /// The most entities that one request asks to be sent whole (L21).
    public static let repairsPerRequest = 64
    /// The most entities that one replica is sent whole in one minute (L21).
    public static let repairsPerMinute = 128
    /// An entity that differs again so soon after it was sent whole is named as an error and not
    /// asked for again: an hour, by the hub's time (L21).
    public static let repairAgainMilliseconds: Int64 = 60 * 60 * 1000
    /// The most bytes of a page's mark within an entity, which a device sends back as it got it.
    public static let resumeBytes = 256
    /// The most bytes of what a hub says of how far its log had come, sent back likewise.
    public static let standingBytes = 1_024
    /// The most histories before its own that it names there.
    public static let pastHistories = 20
    // One response, decoded.
    /// Decoded bytes of one response, and so of each of its frames: 4 MiB.
    public static let responseBytes = 4 * 1024 * 1024
    /// The most entities of one page.
    public static let entitiesPerPage = 500
    /// The most changes of one page, beyond which it ends, or an entity is cut in parts (L14).
    public static let changesPerPage = 10_000
    /// What one page may take in beyond that to be closed over its changesets (L14).
    public static let closureEntities = 2_000
    /// How much a compressed body may grow: above this it is a bomb.
    public static let compressionRatio = 200
    /// The longest a sync request may be held open until there is news.
    public static let waitSeconds = 240

    // Values, checked at decode (L2).
    /// A count of a product lies within ±this; an attempt and a place in a route do not exceed it.
    public static let quantity = 10_000
    /// In 1/100 NT$.
    public static let moneyCents: Int64 = 1_000_000_000
    /// The most cash that a box is said to hold, or of which as much is handed in at once, in 1/100
    /// NT$: a million. More is a slip of the finger: a tap of it is refused, and one that comes
    /// all the same is said and left out of the sums.
    public static let boxCents: Int64 = 100_000_000
    /// A weight does not exceed it: a million kilograms, in grams.
    public static let grams = 1_000_000_000
    /// Residual gas of one handover, grams: ten tonnes.
    public static let residualGrams = 10_000_000
    /// The most bytes of UTF-8 of one free text: 16 KiB.
    public static let textBytes = 16 * 1024
    /// The most bytes of UTF-8 of one name or code.
    public static let nameBytes = 128
    /// The most cylinder numbers of one handover, each way.
    public static let serials = 256
    /// The most stops of an order that a driver prefers.
    public static let stopsInOrder = 1_000
    /// The most replicas of one version vector.
    public static let vectorEntries = 4_096

    /// Concurrent values of one field; an office edit that would make one more is refused (L8).
    public static let siblings = 16
    // What a phone keeps.
    /// How long a received changeset stays in the archive at least, by the hub's time: 14 days.
    public static let archiveMilliseconds: Int64 = 14 * 24 * 60 * 60 * 1000
    /// How long a route is shown after its last receipt, by the hub's time: 7 days (L15).
    public static let routeMilliseconds: Int64 = 7 * 24 * 60 * 60 * 1000
    /// How often it is looked for routes that are over, by the hub's time: an hour.
    public static let routesLookMilliseconds: Int64 = 60 * 60 * 1000
    /// The most changesets that leave the archive in one transaction, per epoch.
    public static let prunedAtOnce = 500
    /// What a connection keeps of its file in memory at most, KiB, where nothing else is said:
    /// SQLite's own default.
    public static let sqliteCacheKilobytes = 2_000
    /// The same of a phone's store, KiB: 8 MB, of a store of a million records.
    public static let storeCacheKilobytes = 8_000
    /// What each of a hub's connections that read keeps of its file in memory at most, KiB: 32 MiB.
    public static let hubCacheKilobytes = 32 * 1024
    /// The same of the one that writes, KiB: 64 MiB, so that 10,000 stops' rows stay there.
    public static let hubWriterCacheKilobytes = 64 * 1024
    /// From so many pages of 4 KiB on in a hub's WAL they go to its file: 32 MiB.
    public static let hubWALPages = 8 * 1024
    /// How many places of its log a hub keeps in an entity's own row at most, before they come into
    /// rows of their own.
    public static let placesInHead = 24
    /// Plan fields and facts that a hub keeps at hand for the next message; most are below 1 KiB, with
    /// what a digest says of them.
    public static let recentRecords = 262_144
    /// Receipts that a hub keeps at hand for changesets that come once more; about 300 bytes each.
    public static let recentReceipts = 32_768
    /// Devices whose last answer a hub keeps at hand while nothing is written; about 1 KiB each.
    public static let recentAnswers = 4_096
    /// Entities that a hub searches for contradictions again in one transaction.
    public static let searchedEntities = 100
    /// Bytes kept free for the doorstep when the disk is full: 16 MiB (L16).
    public static let ballastBytes = 16 * 1024 * 1024
    /// So many of them stay for the doorstep when an upgrade of the file takes the rest: 8 MiB.
    public static let tapBallastBytes = 8 * 1024 * 1024
    /// From so full a disk on the driver is told to make room, percent.
    public static let diskLowPercent = 80
    /// From so full a disk on the driver is told that photos will be refused, percent.
    public static let diskCriticalPercent = 95
    /// A photo or signature that waits longer than this at the phone is said to be overdue: 24 hours.
    public static let proofOverdueMilliseconds: Int64 = 24 * 60 * 60 * 1000
    /// A change that waits longer than this at the phone is said to be overdue: 24 hours.
    public static let pendingOverdueMilliseconds: Int64 = 24 * 60 * 60 * 1000
    /// A part that ended the process so often while it was tried is tried more and more seldom from
    /// then on: after twice as many occasions each time (L14).
    public static let partAttempts = 3
    /// A photo's or a signature's bytes on the phone.
    public static let photoBytes = 8 * 1024 * 1024
}

/// The sync machine's bounds: names, units, defaults (L27).
public struct SyncOptions: Hashable, Sendable, Codable {
    /// How long an exchange with nothing to send is held open for news; 0: the machine stops when
    /// it has caught up.
    public var waitSeconds = 0
    /// How long after it has caught up it asks again, where it holds nothing open, milliseconds; 0:
    /// it stops.
    public var pollMilliseconds: Int64 = 0
    /// An exchange held open that came back empty sooner than this is followed by a pause as long.
    public var holdLeastMilliseconds: Int64 = 1_000
    /// Full jitter: a wait is drawn between 0 and `min(base × 2ⁿ, most)`.
    public var backoffBaseMilliseconds: Int64 = 1_000
    /// The longest wait that the backoff itself draws, milliseconds.
    public var backoffMostMilliseconds: Int64 = 300_000
    /// After so many failures in a row the breaker opens …
    public var breakerFailures = 5
    /// … lets one probe through after this long …
    public var breakerMilliseconds: Int64 = 60_000
    /// … and closes after so many successes in a row, each following the one before at once.
    public var breakerSuccesses = 2
    /// What a `Retry-After` may ask for at most, milliseconds: no stranger's answer stops a phone for
    /// longer than an open breaker does.
    public var retryAfterMostMilliseconds: Int64 = 60_000
    /// Where as many entities were asked for as ``Bounds/repairsPerMinute``, or the hub gives none
    /// of them, the next are asked for after this long.
    public var repairPauseMilliseconds: Int64 = 60_000
    /// The most exchanges that one comparison of both sides takes; then it stops with what it knows.
    public var verifyExchangesMost = 1_000
    /// A link hint ends a wait, but never sooner than this after the last try.
    public var hintGapMilliseconds: Int64 = 2_000
    /// A request grows from `pushBytesStart` on success and halves on failure; so does the answer.
    public var pushBytesLeast = 4 * 1024
    /// Bytes of changesets in the first request.
    public var pushBytesStart = 64 * 1024
    /// Bytes of changesets that a request never grows beyond: half a request's bound.
    public var pushBytesMost = Bounds.requestBytes / 2
    /// Bytes that the answer's size never shrinks below.
    public var pageBytesLeast = 16 * 1024
    /// Bytes asked for in the first answer.
    public var pageBytesStart = 256 * 1024
    /// Bytes that the answer's size never grows beyond.
    public var pageBytesMost = Bounds.responseBytes

    /// The defaults: a machine that stops when it has caught up.
    public init() {}
}

/// Every bound of the HTTP client, with its unit and default (L27).
public struct TransportLimits: Sendable, Hashable {
    // Time.

    /// Seconds for name look-up, TCP and TLS together.
    public var connectSeconds = 10
    /// Seconds of one window in which ``lowSpeedBytesPerSecond`` is judged, while bytes of the
    /// request or of the answer's body should flow.
    public var lowSpeedSeconds = 20
    /// Bytes per second; slower than this over a whole window is a timeout.
    public var lowSpeedBytesPerSecond = 32
    /// Seconds from the end of the request to the answer's first body byte, beyond the time that
    /// the caller asked the hub to wait: a long poll is silent.
    public var firstByteSeconds = 30
    /// Seconds for the whole exchange, beyond the time that the caller asked the hub to wait.
    public var deadlineSeconds = 120
    /// Seconds that a caller may ask the hub to wait; more is cut to this.
    public var waitMaximumSeconds = 240
    /// Seconds of silence after which TCP keep-alive probes start: long polls outlive NAT tables.
    public var keepAliveSeconds = 30

    // Size.

    /// Bytes of an answer, decoded; also of its encoded form.
    public var answerBytes = 16 << 20
    /// Decoded bytes per encoded byte of an answer.
    public var answerRatio = 250
    /// Bytes of an answer that is not a success: beyond this its text is not read.
    public var errorBytes = 64 << 10
    /// Bytes of an answer's headers, all together.
    public var headerBytes = 64 << 10
    /// Bytes of a request below which compressing it is not tried.
    public var compressFromBytes = 512
    /// Bytes per compressed byte of a request; one that compresses better is sent as it is, since
    /// to the hub it would look like a bomb and be refused for ever.
    public var compressRatio = 50
    /// gzip level of requests, 1 to 9.
    public var compressLevel = 6
    /// Open connections kept for the next exchange.
    public var idleConnections = 4

    /// The defaults, meant for phones on bad links.
    public init() {}
}

/// Every bound of the hub's HTTP side, by name, with its unit and default (L27).
public struct HTTPLimits: Hashable, Sendable {
    /// A sync request's body as sent, in bytes.
    public var syncBodyBytes = 4 << 20
    /// A sync request's body once decoded, in bytes.
    public var syncDecodedBytes = 16 << 20
    /// An office request's body as sent, in bytes: a plan import is the largest.
    public var officeBodyBytes = 16 << 20
    /// An office request's body once decoded, in bytes.
    public var officeDecodedBytes = 32 << 20
    /// Decoded bytes for each encoded byte of a gzip body: above it, the body is a bomb.
    public var gzipRatio = 100
    /// Answers below this many bytes are sent as they are.
    public var gzipMinimumBytes = 256

    /// All header fields of one request, in bytes.
    public var headerBytes = 16 << 10
    /// Header fields of one request.
    public var headerFields = 100
    /// A token as sent, in bytes.
    public var tokenBytes = 4 << 10
    /// Verified tokens remembered at once.
    public var cachedTokens = 4096
    /// How long a verified token is remembered at most, in milliseconds.
    public var tokenCacheMilliseconds: Int64 = 60_000

    /// The time a client has to send a whole body, in milliseconds.
    public var bodyMilliseconds = 60_000
    /// A connection with no request on it is closed after this, in milliseconds; also the time
    /// that a client has to send a whole head.
    public var idleMilliseconds = 75_000
    /// The time a client has to take an answer off the line, in milliseconds.
    public var answerMilliseconds = 120_000
    /// How long a refused body is still taken off the line before the connection is cut, in
    /// milliseconds: a client that is still sending can then read why.
    public var lingerMilliseconds = 2_000
    /// The time that requests under way get at a graceful shutdown, in milliseconds.
    public var drainMilliseconds = 30_000

    /// The greatest `wait_s` of a sync request, in seconds.
    public var waitSeconds = 240
    /// How often the log is looked at for growth by another process, in milliseconds.
    public var pollMilliseconds = 1_000
    /// Sync requests that wait for news at once.
    public var waiters = 4_096
    /// Connections at once; more stay in the listen queue.
    public var connections = 8_192
    /// Threads that run the hub's synchronous calls.
    public var workers = 4
    /// Calls to the hub that run or queue for a thread at once; more are refused as busy.
    public var queuedCalls = 1_024
    /// What `Retry-After` asks for when the hub is busy, in seconds.
    public var retryAfterSeconds = 2

    /// The defaults, for one depot on one machine.
    public init() {}
}
