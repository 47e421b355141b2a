internal import Crypto
public import LuckyCausality
public import LuckyModel

/// Proves *same inputs*: two replicas whose digests of an entity agree hold the same vector, the
/// same siblings with their covers, and the same facts, by content (L21).
public enum Digest {
    /// Of one entity's base state.
    public static func of(_ state: EntityState) -> Hash256 {
        DigestSheet(state).digest(of: state.id, state.vector)
    }

    /// Of all entities of a scope: order does not matter.
    public static func ofScope(_ entities: [(id: EntityID, digest: Hash256)]) -> Hash256 {
        let sorted = entities.sorted { $0.id < $1.id }
        return Hash256.sha256(
            lengthPrefixed: [Array("lucky-scope/1".utf8)]
                + sorted.map { $0.id.bytes + $0.digest.bytes })
    }

    /// ``ofScope(_:)`` of entities that come one by one and are not kept.
    public struct Scope {
        private var hasher = SHA256()
        /// How many came.
        public private(set) var count = 0

        /// Of nothing so far.
        public init() { hash(Array("lucky-scope/1".utf8)) }

        /// - Precondition: its id is above those that came before.
        public mutating func add(_ entity: EntityDigest) {
            count += 1
            hash(entity.entity.bytes + entity.digest.bytes)
        }

        /// Of all that came.
        public var digest: Hash256 { Hash256(hasher.finalize()) }

        private mutating func hash(_ part: [UInt8]) {
            for bytes in [UInt64(part.count).littleEndianBytes, part] {
                bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
            }
        }
    }
}

extension ReplicaID {
    /// The hub's own replica of a depot in a history: the first 12 bytes of
    /// SHA-256("lucky-hub/1" ‖ 0x00 ‖ depot ‖ 0x00 ‖ history id) (L26).
    public static func hub(depot: Identifier, history: HistoryID) -> ReplicaID {
        let hash = Hash256.sha256(
            Array("lucky-hub/1".utf8), [0] as [UInt8], depot.utf8, [0] as [UInt8], history.bytes)
        return ReplicaID(install: hash.first.high, epoch: UInt32(hash.first.low >> 32))
    }
}

extension EntityID {
    /// The id of what a plan file names: the same file names the same entity, so that an import done
    /// twice changes nothing.
    /// - Parameter name: depot, date and the office's own code, as found, byte for byte.
    public static func planned(_ kind: EntityKind, _ name: [Identifier]) -> EntityID {
        let hash = Hash256.sha256(
            lengthPrefixed: [Array("lucky-plan/1".utf8), [kind.rawValue]] + name.map(\.utf8))
        return EntityID(kind, hash.first)
    }
}
