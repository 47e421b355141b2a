public import Foundation
public import LuckyCausality
public import LuckyModel

/// The protocol of this build (L26).
public enum SyncProtocol { public static let version: UInt32 = 1 }

/// What a device sends: where it stands, and its changesets in counter order.
public struct SyncRequest: Hashable, Sendable {
    /// Who asks.
    public var replica: ReplicaID
    /// Whose store it is; nil where an older build asks. It says for whom a supervisor carries a
    /// phone that the hub has not heard of; it is no proof of anything.
    public var driver: Identifier?
    /// The replica's last changeset, pending or not; nil before the first.
    public var head: ChainHead?
    /// The history it follows; nil before the first answer.
    public var history: HistoryID?
    /// The last page it applied; nil before the first.
    public var checkpoint: Checkpoint?
    /// The most bytes of response it will take, decoded.
    public var responseBytes: Int
    /// Echoed by the response.
    public var nonce: UInt64
    /// Ask for the digest of the scope with the last page.
    public var wantsDigest: Bool
    /// The ``ReviewRules/version`` of the asking build.
    public var ruleVersion: Int
    /// Envelopes as sealed, in counter order.
    public var changesets: [[UInt8]]
    /// The ``Page/resume`` of the last page applied, sent with its checkpoint; empty otherwise.
    public var resume: [UInt8] = []
    /// The ``SyncResponse/Answer/standing`` of the last answer of which anything was kept, whatever
    /// history it is of; empty before the first.
    public var standing: [UInt8] = []

    /// Which step of a re-baseline this is (L26).
    public var phase = SyncPhase.ordinary
    /// In ``SyncPhase/offer``: what the device holds, at most ``Bounds/offersPerRequest``.
    public var offeredDigests: [EntityDigest] = []
    /// In ``SyncPhase/offer``: base states that the hub wanted, without any change of the device's
    /// own that no page brought. One too big for a request comes in parts, all but the last
    /// ``EntityPart/isPartial``.
    public var offeredEntities: [EntityPart] = []

    /// Ask for the digest of each of the scope's 256 buckets with the last page (L21).
    public var wantsBuckets = false
    /// Ask for each entity's digest in these buckets with the last page; 0…255.
    public var buckets: [Int] = []
    /// Entities to be sent whole, to replace what the device holds; at most
    /// ``Bounds/repairsPerRequest``.
    public var repair: [EntityID] = []

    /// Takes the values as they are; the bounds are checked by whoever reads the request.
    public init(
        replica: ReplicaID, head: ChainHead?, history: HistoryID?, checkpoint: Checkpoint?,
        responseBytes: Int = Bounds.responseBytes, nonce: UInt64, wantsDigest: Bool,
        ruleVersion: Int = ReviewRules.version, changesets: [[UInt8]]
    ) {
        self.replica = replica
        self.head = head
        self.history = history
        self.checkpoint = checkpoint
        self.responseBytes = responseBytes
        self.nonce = nonce
        self.wantsDigest = wantsDigest
        self.ruleVersion = ruleVersion
        self.changesets = changesets
    }

    /// The request in frames, not compressed.
    /// - Parameter packed: what ``PackedChangesets/pack(_:)`` made of ``changesets``, for a hub that
    ///   reads it; nil: each goes in a frame of its own.
    public func encoded(packed: [UInt8]? = nil) -> Data {
        var message = PBRequest()
        message.protocol = SyncProtocol.version
        message.ruleVersion = UInt32(clamping: ruleVersion)
        message.replica = Data(replica.bytes)
        if let head {
            message.headCounter = head.counter
            message.headHash = Data(head.hash.bytes)
        }
        if let history { message.history = Data(history.bytes) }
        if let checkpoint { message.checkpoint = PBCheckpoint(checkpoint) }
        message.responseBytes = UInt64(clamping: responseBytes)
        message.nonce = nonce
        message.wantsDigest = wantsDigest
        message.phase = phase.rawValue
        message.wantsBuckets = wantsBuckets
        message.bucket = buckets.map { UInt32(clamping: $0) }
        message.repair = repair.map { Data($0.bytes) }
        message.resume = Data(resume)
        message.standing = Data(standing)
        if let driver { message.driver = Data(driver.utf8) }
        var end = PBRequestEnd()
        end.changesets = UInt32(clamping: changesets.count)
        end.offeredDigests = UInt32(clamping: offeredDigests.count)
        end.offeredEntities = UInt32(clamping: offeredEntities.count)
        var frames = [Frame(.request, serialized(message))]
        frames += packed.map { [Frame(.packed, $0)] } ?? changesets.map { Frame(.changeset, $0) }
        frames += offerFrames
        frames.append(Frame(.requestEnd, serialized(end)))
        return Frame.data(of: frames)
    }

    /// Reads a request, whole or not at all.
    public init(decoding data: Data) throws(WireError) {
        // A changeset over its own bound comes through: it is quarantined, not the request (L20).
        let (frames, failure) = Frame.read(data, limit: Bounds.requestBytes)
        if let failure { throw failure }
        guard let first = frames.first, first.kind == FrameKind.request.rawValue,
            let last = frames.last, last.kind == FrameKind.requestEnd.rawValue
        else { throw .truncated }
        if let request = SyncRequest(plain: first.payload) {
            self = request
        } else {
            try self.init(generated: first.payload)
        }
        for frame in frames.dropFirst().dropLast() { try take(frame) }
        try check(try RequestCounts(reading: last.payload))
    }

    /// A request's first frame, without changesets, by the generated code.
    init(generated bytes: [UInt8]) throws(WireError) {
        let message = try parsed(PBRequest.self, bytes)
        guard message.protocol == SyncProtocol.version else {
            throw .unsupported("protocol \(message.protocol)")
        }
        guard let phase = SyncPhase(rawValue: message.phase) else {
            throw .unsupported("phase \(message.phase)")
        }
        guard message.resume.count <= Bounds.resumeBytes else { throw .invalid("resume") }
        guard message.standing.count <= Bounds.standingBytes else { throw .invalid("standing") }
        self.init(
            replica: try ReplicaID(message: message.replica),
            head: try ChainHead(counter: message.headCounter, hash: message.headHash),
            history: message.history.isEmpty ? nil : try HistoryID(message: message.history),
            checkpoint: message.hasCheckpoint ? try Checkpoint(message.checkpoint) : nil,
            responseBytes: Int(clamping: message.responseBytes), nonce: message.nonce,
            wantsDigest: message.wantsDigest, ruleVersion: Int(message.ruleVersion),
            changesets: [])
        self.phase = phase
        wantsBuckets = message.wantsBuckets
        buckets = message.bucket.map { Int($0) }
        repair = try EntityID.list(message.repair)
        resume = [UInt8](message.resume)
        standing = [UInt8](message.standing)
        driver = message.driver.isEmpty ? nil : try Identifier(message: message.driver)
    }
}

/// The last changeset of a replica's chain.
public struct ChainHead: Hashable, Sendable {
    /// Its counter, from 1.
    public var counter: UInt64
    /// Its envelope's hash.
    public var hash: Hash256

    /// Takes both as they are.
    public init(counter: UInt64, hash: Hash256) {
        self.counter = counter
        self.hash = hash
    }

    /// Nil for counter 0, which is a chain not begun.
    init?(counter: UInt64, hash: Data) throws(WireError) {
        guard counter > 0 else { return nil }
        guard counter < Dot.counterLimit else { throw .invalid("counter \(counter)") }
        self.init(counter: counter, hash: try Hash256(message: hash))
    }
}
