public import LuckyCausality
public import LuckyModel

/// Proves *same inputs*: two replicas whose digests of an entity agree hold the same vector, the
/// same siblings with their covers, and the same facts, by content (L21).
public enum Digest {
    /// Of one entity's base state.
    public static func of(_ state: EntityState) -> Hash256 {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(128 + (state.facts.count + state.fields.count) * 128)
        bytes.append(part: Array("lucky-entity/1".utf8))
        bytes.append(part: state.id.bytes)
        bytes.append(part: state.vector.rowBytes)
        for field in state.fields.keys.sorted() {
            guard let value = state.fields[field],
                !value.siblings.isEmpty || !value.cover.isEmpty
            else { continue }
            bytes.append(part: field.rawValue.littleEndianBytes)
            bytes.append(part: value.cover.rowBytes)
            bytes.append(part: value.siblings)
        }
        bytes.append(part: Array(state.facts.values))
        return Hash256.sha256(bytes)
    }

    /// Of all entities of a scope: order does not matter.
    public static func ofScope(_ entities: [(id: EntityID, digest: Hash256)]) -> Hash256 {
        let sorted = entities.sorted { $0.id < $1.id }
        return Hash256.sha256(
            lengthPrefixed: [Array("lucky-scope/1".utf8)]
                + sorted.map { $0.id.bytes + $0.digest.bytes })
    }
}

// Parts behind their lengths, as ``Hash256/sha256(lengthPrefixed:)`` has them.
extension [UInt8] {
    fileprivate mutating func append(part bytes: [UInt8]) {
        append(littleEndian: UInt64(bytes.count))
        self += bytes
    }

    /// Each change's name and hash, sorted.
    fileprivate mutating func append(part changes: [Recorded]) {
        append(littleEndian: UInt64(changes.count * 52))
        if changes.count == 1 { return append(named: changes[0]) }
        for change in changes.sorted(by: { ($0.ref, $0.hash) < ($1.ref, $1.hash) }) {
            append(named: change)
        }
    }

    private mutating func append(named change: Recorded) {
        append(littleEndian: change.ref.change.high.byteSwapped)
        append(littleEndian: change.ref.change.low.byteSwapped)
        append(littleEndian: UInt32(change.ref.index))
        append(contentsOf: change.hash.bytes)
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
