internal import Crypto
public import LuckyCausality
public import LuckyModel

/// Proves *same inputs*: two replicas whose digests of an entity agree hold the same vector, the
/// same siblings with their covers, and the same facts, by content (L21).
public enum Digest {
    /// Of one entity's base state.
    public static func of(_ state: EntityState) -> Hash256 {
        // By place: looking a field up, or taking a change out, costs more than all the rest.
        let fields = state.fields
        let places = fields.indices.map { (field: fields.keys[$0], place: $0) }
            .sorted { $0.field < $1.field }
        let (id, vector) = (state.id.bytes, state.vector.rowBytes)
        var room = 4 * 8 + entityName.count + id.count + vector.count
        room += state.facts.count * ChangeName.size
        var covers: [[UInt8]] = []
        covers.reserveCapacity(places.count)
        for (_, place) in places {
            let value = fields.values[place]
            let cover = value.cover.rowBytes
            room += 3 * 8 + 4 + cover.count + value.siblings.count * ChangeName.size
            covers.append(cover)
        }
        var names: [ChangeName] = []
        let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            var sheet = Sheet(room: UnsafeMutableRawBufferPointer(buffer))
            sheet.write(part: entityName)
            sheet.write(part: id)
            sheet.write(part: vector)
            for ((field, place), cover) in zip(places, covers) {
                let value = fields.values[place]
                guard !value.siblings.isEmpty || !value.cover.isEmpty else { continue }
                sheet.write(UInt64(4))
                sheet.write(field.rawValue)
                sheet.write(part: cover)
                names.removeAll(keepingCapacity: true)
                for sibling in value.siblings { names.append(ChangeName(sibling)) }
                sheet.write(part: &names)
            }
            names.removeAll(keepingCapacity: true)
            for fact in state.facts.values { names.append(ChangeName(fact)) }
            sheet.write(part: &names)
            count = sheet.count
        }
        return Hash256.sha256(bytes)
    }

    private static let entityName = Array("lucky-entity/1".utf8)

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

/// Parts behind their lengths, as ``Hash256/sha256(lengthPrefixed:)`` has them, in room that is there.
private struct Sheet {
    let room: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(room: UnsafeMutableRawBufferPointer) { self.room = room }

    /// Least significant byte first.
    mutating func write(_ value: some FixedWidthInteger) {
        let size = MemoryLayout.size(ofValue: value)
        precondition(count + size <= room.count)
        room.storeBytes(of: value.littleEndian, toByteOffset: count, as: type(of: value))
        count += size
    }

    mutating func write(part bytes: [UInt8]) {
        write(UInt64(bytes.count))
        precondition(count + bytes.count <= room.count)
        UnsafeMutableRawBufferPointer(rebasing: room[count...]).copyBytes(from: bytes)
        count += bytes.count
    }

    /// Each change's name and hash: sorts them.
    mutating func write(part changes: inout [ChangeName]) {
        write(UInt64(changes.count * ChangeName.size))
        if changes.count > 1 { changes.sort { ($0.ref, $0.hash) < ($1.ref, $1.hash) } }
        for change in changes {
            write(bigEndian: change.ref.change)
            write(UInt32(change.ref.index))
            write(bigEndian: change.hash.first)
            write(bigEndian: change.hash.second)
        }
    }

    private mutating func write<Purpose>(bigEndian bits: Bits128<Purpose>) {
        write(bits.high.byteSwapped)
        write(bits.low.byteSwapped)
    }
}

/// What a digest says of a change: a fraction of what a ``Recorded`` is.
private struct ChangeName {
    /// In bytes: the change id, its index, its hash.
    static let size = 16 + 4 + 32

    var ref: FactRef
    var hash: Hash256

    init(_ change: borrowing Recorded) {
        ref = change.ref
        hash = change.hash
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
