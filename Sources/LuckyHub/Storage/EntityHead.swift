internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension EntityRow {
    /// Notes that a place of the log touched it. Places come into rows of their own many at once.
    mutating func touch(at sequence: UInt64, in rows: any HubTransaction) throws {
        touchedAt = sequence
        touches.append(sequence)
        guard touches.count > Bounds.placesInHead else { return }
        try rows.insertTouches(touches, of: id)
        touches = []
    }
}

/// What every message changes of an entity: the first of its rows in `fact`, so that it lies on the
/// page to which the message's facts are added.
struct EntityHead: Hashable, Sendable {
    var digest: Hash256
    /// The last places of the log at which it was touched, of which `touched` does not know.
    var touches: [UInt64]
    var vector: VersionVector

    init(digest: Hash256, touches: [UInt64], vector: VersionVector) {
        self.digest = digest
        self.touches = touches
        self.vector = vector
    }

    /// Digest, 32 bytes; how many places follow, 2; those, 8 each; the vector. Little-endian.
    var bytes: [UInt8] {
        var bytes = digest.bytes
        let rest = vector.rowBytes
        bytes.reserveCapacity(34 + touches.count * 8 + rest.count)
        Self.append(UInt16(clamping: touches.count), to: &bytes)
        for sequence in touches { Self.append(sequence, to: &bytes) }
        bytes += rest
        return bytes
    }

    /// - Throws: where they are cut, or no vector.
    init(bytes: UnsafeRawBufferPointer) throws {
        guard bytes.count >= 34, let digest = Hash256(bytes: bytes[..<32]) else {
            throw WireError.truncated
        }
        let count = Int(
            UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 32, as: UInt16.self)))
        guard bytes.count - 34 >= count * 8 else { throw WireError.truncated }
        self.init(
            digest: digest,
            touches: (0..<count).map {
                let place = bytes.loadUnaligned(fromByteOffset: 34 + $0 * 8, as: UInt64.self)
                return UInt64(littleEndian: place)
            },
            vector: try VersionVector(rowBytes: Array(bytes[(34 + count * 8)...])))
    }

    private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }
}
