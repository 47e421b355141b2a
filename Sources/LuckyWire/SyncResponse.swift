public import Foundation
public import LuckyCausality
public import LuckyModel

/// What a hub answers: where it stands, receipts, and perhaps a page.
public struct SyncResponse: Hashable, Sendable {
    /// Where the hub stands, and what the device is to do.
    public var answer: Answer
    /// In the order sent; those before a cut are kept.
    public var receipts: [Receipt]
    /// Nil where the hub sent none, or where it was cut: only a whole page counts.
    public var page: Page?
    /// The answer to an offer (L26); nil in any other phase.
    public var wanted: Wanted?
    /// Each bucket's digest at ``page``'s checkpoint: 256, only where asked, with a last page.
    public var buckets: [Hash256]?
    /// Each entity's digest in the buckets asked for, sorted; only with a last page.
    public var bucketDigests: [EntityDigest]?
    /// Whether the response was read to its end. Receipts before a cut are usable (L17).
    public var isComplete: Bool { failure == nil }
    /// What stopped the reading before the end; nil where nothing did.
    public var failure: WireError?

    /// What stands in the first frame.
    public struct Answer: Hashable, Sendable {
        /// What the device is to do next.
        public enum Direction: Hashable, Sendable {
            /// Nothing stands in the way.
            case carryOn
            /// The hub lacks what comes before: push again from this counter.
            case sendFrom(UInt64)
            /// One dot names two changesets (L18); the last common counter, 0 where none is.
            case fork(lastCommon: UInt64)
            /// Another history, or a checkpoint that this history does not have (L26): the device
            /// begins with ``SyncPhase/push``, naming the answer's ``history``.
            case rebaselineNeeded
        }

        /// The hub's history.
        public var history: HistoryID
        /// The hub's depot.
        public var depot: Identifier
        /// The request's, echoed.
        public var nonce: UInt64
        /// Unix milliseconds at the hub.
        public var hubTime: Int64
        /// The hub's head for the asking replica, read in the page's snapshot; nil: none yet.
        public var head: ChainHead?
        /// What the device is to do next.
        public var direction: Direction
        /// The ``ReviewRules/version`` of the hub.
        public var ruleVersion: Int
        /// How far the hub's log had come, in the hub's own code: with receipts or a page, to be
        /// kept with them, and shown with each request as ``SyncRequest/standing``. Empty
        /// otherwise.
        public var standing: [UInt8] = []
        /// The hub reads ``PackedChangesets`` as this build writes them.
        public var readsPacked = false

        /// Takes the values as they are; nothing is checked.
        public init(
            history: HistoryID, depot: Identifier, nonce: UInt64, hubTime: Int64,
            head: ChainHead?, direction: Direction, ruleVersion: Int = ReviewRules.version
        ) {
            self.history = history
            self.depot = depot
            self.nonce = nonce
            self.hubTime = hubTime
            self.head = head
            self.direction = direction
            self.ruleVersion = ruleVersion
        }
    }

    /// A whole response: ``failure`` is nil.
    public init(answer: Answer, receipts: [Receipt], page: Page?) {
        self.answer = answer
        self.receipts = receipts
        self.page = page
    }

    /// The response in frames, not compressed.
    public func encoded() -> Data {
        var frames = [Frame(.answer, answer.plainBytes())]
        for receipt in receipts { frames.append(Frame(.receipt, receipt.rowBytes())) }
        frames += page?.frames() ?? []
        frames += extraFrames
        frames.append(Frame(.end, []))
        return Frame.data(of: frames)
    }

    /// Reads as much as is whole.
    /// - Throws: where not even the answer is readable. A cut or something unreadable later on gives
    ///   what came before it, and ``failure`` says why: a receipt must not be lost because the page
    ///   behind it cannot be read.
    public init(decoding data: Data) throws(WireError) {
        let (frames, failure) = Frame.read(data, limit: Bounds.responseBytes)
        guard let first = frames.first, first.kind == FrameKind.answer.rawValue else {
            throw failure ?? .truncated
        }
        answer = try Answer(try parsed(PBAnswer.self, first.payload))
        receipts = []
        page = nil
        do throws(WireError) {
            try take(frames.dropFirst())
            self.failure =
                failure ?? (frames.last?.kind == FrameKind.end.rawValue ? nil : .truncated)
        } catch {
            self.failure = error
        }
    }

    private mutating func take(_ frames: ArraySlice<Frame>) throws(WireError) {
        var pageFrames: [Frame] = []
        for frame in frames {
            switch FrameKind(rawValue: frame.kind) {
            case .receipt:
                let message = try parsed(PBReceipt.self, frame.payload)
                // A result of a newer hub settles nothing here; the others do.
                guard message.result != nil else { continue }
                receipts.append(try Receipt(message))
            case .pageStart, .entity: pageFrames.append(frame)
            case .pageEnd:
                guard page == nil else { throw .invalid("second page") }
                pageFrames.append(frame)
                page = try Page(frames: pageFrames)
            case .end, nil: break
            default:
                guard try takeExtra(frame) else { throw .invalid("frame out of place") }
            }
        }
    }
}

/// The hub's promise for one changeset or a run of them (L12).
public struct Receipt: Hashable, Sendable {
    /// What became of the changesets.
    public enum Result: Hashable, Sendable {
        /// In the log, and its changes applied.
        case accepted
        /// The hub has this change id under another dot; this dot is used up and changes nothing.
        case already(Dot)
        /// Stored verbatim, not applied, with the reason's word (L20).
        case quarantined(String)
    }

    /// The history that made the promise.
    public var history: HistoryID
    /// Whose changesets they are.
    public var replica: ReplicaID
    /// The run's counters; equal for one changeset.
    public var counters: ClosedRange<UInt64>
    /// The hash of the run's last changeset.
    public var hash: Hash256
    /// The same for every changeset of the run.
    public var result: Result
    /// The first changeset's sequence per depot that logged it, sorted by depot; none where
    /// quarantined. The run's others follow one by one.
    public var sequences: [DepotSequence]
    /// The hub's time, Unix milliseconds.
    public var receivedAt: Int64
    /// The highest counter of this replica that every restorable backup holds; 0: none known.
    public var backupMark: UInt64
    /// What a newer hub said beside it, kept for ``rowBytes()`` (L5).
    var unknown: [UInt8] = []

    /// A place in one depot's log.
    public struct DepotSequence: Hashable, Sendable {
        /// Whose log it is.
        public var depot: Identifier
        /// The log row's number, from 1.
        public var sequence: UInt64

        /// Takes both as they are.
        public init(depot: Identifier, sequence: UInt64) {
            self.depot = depot
            self.sequence = sequence
        }
    }

    /// Takes the values as they are; nothing is checked.
    public init(
        history: HistoryID, replica: ReplicaID, counters: ClosedRange<UInt64>, hash: Hash256,
        result: Result, sequences: [DepotSequence], receivedAt: Int64, backupMark: UInt64 = 0
    ) {
        self.history = history
        self.replica = replica
        self.counters = counters
        self.hash = hash
        self.result = result
        self.sequences = sequences
        self.receivedAt = receivedAt
        self.backupMark = backupMark
    }
}
