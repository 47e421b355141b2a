public import LuckyModel

/// Where a device stands in taking up with another history of the hub (L26). Each step is
/// persisted at the device before the next:
///
/// 1. ``push``: with the hub's new history, no checkpoint, and the replica's head. The hub answers
///    its own head for the replica, and `sendFrom` or `fork` where it wants more or something else:
///    outbox and archive above its head are pushed. No page comes.
/// 2. ``offer``: digests of every entity held, in batches; the hub's ``Wanted`` names those that it
///    does not confirm; their base states are sent. No page comes.
/// 3. ``ordinary``, without a checkpoint: pages from the beginning, which replace base and scope.
public enum SyncPhase: UInt32, Hashable, Sendable, CaseIterable {
    /// Not in a re-baseline, or in its last step.
    case ordinary = 0
    /// What the hub lacks of outbox and archive.
    case push = 1
    /// What the device holds, also of others.
    case offer = 2
}

/// One entity and the ``Digest`` of its base state.
public struct EntityDigest: Hashable, Sendable {
    /// Which entity it is of.
    public var entity: EntityID
    /// Made by ``Digest/of(_:)``.
    public var digest: Hash256

    /// Takes both as they are.
    public init(entity: EntityID, digest: Hash256) {
        self.entity = entity
        self.digest = digest
    }
}

/// Which of the offered entities the hub asks for.
public struct Wanted: Hashable, Sendable {
    /// Of the request's ``SyncRequest/offeredDigests``, those not confirmed; sorted.
    public var entities: [EntityID]
    /// The hub takes no offer from this replica in this history any more: go on with pages.
    public var isDone: Bool

    /// Takes both as they are.
    public init(entities: [EntityID], isDone: Bool) {
        self.entities = entities
        self.isDone = isDone
    }
}

extension Digest {
    /// How many buckets a scope is divided into (L21).
    public static let bucketCount = 256

    /// The bucket of an entity: the first byte of SHA-256(entity id).
    public static func bucket(of entity: EntityID) -> Int {
        Int(Hash256.sha256(entity.bytes).bytes.first ?? 0)
    }

    /// The digest of each bucket, made by ``ofScope(_:)``; 256 of them.
    public static func buckets(_ entities: [EntityDigest]) -> [Hash256] {
        let groups = Dictionary(grouping: entities) { bucket(of: $0.entity) }
        return (0..<bucketCount).map { index in
            ofScope((groups[index] ?? []).map { ($0.entity, $0.digest) })
        }
    }
}
