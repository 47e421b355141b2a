internal import Foundation
public import LuckyCausality
public import LuckyModel
internal import SwiftProtobuf

/// What a changeset says of itself: who, when, and what its writer had seen. It stays with its
/// author and the hub; pages carry only the stamps made of it.
public struct ChangesetHeader: Hashable, Sendable {
    /// The format that this build writes.
    public static let format: UInt32 = 1

    /// Made by the caller before the tap was saved; the same when it is issued again.
    public var changeID: ChangeID
    /// A driver's or an office person's id; the hub checks it against the credential.
    public var author: Identifier
    /// What the writer's clocks said.
    public var time: DeviceTime
    /// The writer's hybrid clock.
    public var hlc: HLC
    /// The last page the writer had applied; nil before the first.
    public var checkpoint: Checkpoint?
    /// What the writer had seen of each touched entity. Absent: nothing, the entity was new.
    public var contexts: [EntityID: VersionVector]
    /// The last changeset of the epoch before; only in the first of a new epoch (L19).
    public var predecessor: Predecessor?
    /// What the many changesets of one import share; nil for any other.
    public var importID: ChangeID?

    /// Where the chain of the epoch before ended.
    public struct Predecessor: Hashable, Sendable {
        /// Of the last changeset of that epoch.
        public var dot: Dot
        /// Of its envelope.
        public var hash: Hash256

        /// Takes both as they are.
        public init(dot: Dot, hash: Hash256) {
            self.dot = dot
            self.hash = hash
        }
    }

    /// Takes the values as they are; reading the sealed changeset again checks them.
    public init(
        changeID: ChangeID, author: Identifier, time: DeviceTime, hlc: HLC,
        checkpoint: Checkpoint?, contexts: [EntityID: VersionVector],
        predecessor: Predecessor? = nil, importID: ChangeID? = nil
    ) {
        self.changeID = changeID
        self.author = author
        self.time = time
        self.hlc = hlc
        self.checkpoint = checkpoint
        self.contexts = contexts
        self.predecessor = predecessor
        self.importID = importID
    }

    func encoded() -> [UInt8] {
        var message = PBHeader()
        message.format = Self.format
        message.changeID = Data(changeID.bytes)
        message.author = Data(author.utf8)
        message.wallMs = time.wallMilliseconds
        message.monotonicMs = time.monotonicMilliseconds
        message.bootID = Data(time.boot.bytes)
        message.hlc = PBHlc(hlc)
        if let checkpoint { message.checkpoint = PBCheckpoint(checkpoint) }
        message.contexts = contexts.sorted { $0.key < $1.key }.map { entity, vector in
            var context = PBEntityContext()
            context.entity = Data(entity.bytes)
            context.vector = vector.messages
            return context
        }
        if let predecessor {
            message.predecessor.replica = Data(predecessor.dot.replica.bytes)
            message.predecessor.counter = predecessor.dot.counter
            message.predecessor.hash = Data(predecessor.hash.bytes)
        }
        if let importID { message.importID = Data(importID.bytes) }
        return serialized(message)
    }

    init(decoding bytes: [UInt8]) throws(WireError) {
        let message = try parsed(PBHeader.self, bytes)
        guard message.format == Self.format else {
            throw .unsupported("changeset format \(message.format)")
        }
        guard message.monotonicMs >= 0 else { throw .invalid("time before boot") }
        var contexts: [EntityID: VersionVector] = [:]
        var last: EntityID?
        for context in message.contexts {
            let entity = try EntityID(message: context.entity)
            if let last, last >= entity { throw .invalid("contexts not sorted") }
            contexts[entity] = try VersionVector(messages: context.vector)
            last = entity
        }
        var predecessor: Predecessor?
        if message.hasPredecessor {
            predecessor = Predecessor(
                dot: try Dot(
                    replica: message.predecessor.replica, counter: message.predecessor.counter),
                hash: try Hash256(message: message.predecessor.hash))
        }
        self.init(
            changeID: try ChangeID(message: message.changeID),
            author: try Identifier(message: message.author),
            time: DeviceTime(
                wallMilliseconds: try exact(message.wallMs, "wall time"),
                monotonicMilliseconds: try exact(message.monotonicMs, "time since boot"),
                boot: try BootID(message: message.bootID)),
            hlc: try HLC(message.hlc),
            checkpoint: message.hasCheckpoint ? try Checkpoint(message.checkpoint) : nil,
            contexts: contexts,
            predecessor: predecessor,
            importID: message.importID.isEmpty
                ? nil : try ChangeID(message: message.importID))
    }
}
