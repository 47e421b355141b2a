public import LuckyCausality
public import LuckyModel

/// Proves *same inputs*: two replicas whose digests of an entity agree hold the same vector, the
/// same siblings with their covers, and the same facts, by content (L21).
public enum Digest {
    /// Of one entity's base state.
    public static func of(_ state: EntityState) -> Hash256 {
        var parts: [[UInt8]] = [Array("lucky-entity/1".utf8), state.id.bytes, bytes(state.vector)]
        for (field, value) in state.fields.sorted(by: { $0.key < $1.key })
        where !value.siblings.isEmpty || !value.cover.isEmpty {
            parts.append(field.rawValue.littleEndianBytes)
            parts.append(bytes(value.cover))
            parts.append(bytes(value.siblings))
        }
        parts.append(bytes(Array(state.facts.values)))
        return Hash256.sha256(lengthPrefixed: parts)
    }

    /// Of all entities of a scope: order does not matter.
    public static func ofScope(_ entities: [(id: EntityID, digest: Hash256)]) -> Hash256 {
        let sorted = entities.sorted { $0.id < $1.id }
        return Hash256.sha256(
            lengthPrefixed: [Array("lucky-scope/1".utf8)]
                + sorted.map { $0.id.bytes + $0.digest.bytes })
    }

    private static func bytes(_ vector: VersionVector) -> [UInt8] {
        vector.rowBytes
    }

    private static func bytes(_ changes: [Recorded]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(changes.count * 52)
        let isSorted = changes.count < 2
        let inOrder =
            isSorted ? changes : changes.sorted { ($0.ref, $0.hash) < ($1.ref, $1.hash) }
        for change in inOrder {
            bytes.append(littleEndian: change.ref.change.high.byteSwapped)
            bytes.append(littleEndian: change.ref.change.low.byteSwapped)
            bytes.append(littleEndian: UInt32(change.ref.index))
            for half in [change.hash.first, change.hash.second] {
                bytes.append(littleEndian: half.high.byteSwapped)
                bytes.append(littleEndian: half.low.byteSwapped)
            }
        }
        return bytes
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
