public import LuckyModel

/// Changesets as a request carries them once its hub has said that it reads them so: value by value
/// in columns, each as its distance from what was to be expected after those before it. What comes
/// out is byte for byte what went in (L18).
///
/// ```
/// format UInt8 (1) · check 8 · changesets varint · columns
/// ```
/// The check is the first bytes of SHA-256 over all envelopes, each behind its length as UInt64
/// little-endian: a build that expects another value than the one that packed makes no changeset of
/// it. Which bytes are whose is said in <doc:PackedForm>.
public enum PackedChangesets {
    /// The format that this build writes, and the only one it reads.
    public static let format: UInt8 = 1

    /// Packs envelopes of any kind, mostly one replica's in counter order: what is no envelope, or is
    /// written as no known build writes it, goes as it is.
    /// - Returns: nil where ``unpack(_:maximumBytes:maximumCount:)`` would not give just these back
    ///   within its bounds.
    public static func pack(_ envelopes: [[UInt8]]) -> [UInt8]? {
        var packer = Packer()
        for envelope in envelopes { packer.add(envelope) }
        var bytes = [format] + check(envelopes)
        bytes.append(varint: UInt64(envelopes.count))
        bytes += packer.columns.encoded
        return (try? unpack(bytes)) == envelopes ? bytes : nil
    }

    /// The envelopes, as they were packed.
    /// - Parameter maximumBytes: of all of them.
    /// - Throws: ``WireError/unsupported(_:)`` for another format, ``WireError/corrupt(_:)`` where
    ///   the check does not fit, else what is wrong with the bytes; over a bound, or more than
    ///   ``Bounds/packedRatio`` for each byte, ``WireError/invalid(_:)``.
    public static func unpack(
        _ bytes: [UInt8], maximumBytes: Int = Bounds.requestBytes,
        maximumCount: Int = Bounds.changesetsPerRequest
    ) throws(WireError) -> [[UInt8]] {
        guard let first = bytes.first else { throw .truncated }
        guard first == format else { throw .unsupported("packed format \(first)") }
        var offset = 1 + checkBytes
        guard let count = Varint.read(bytes, &offset, bytes.count) else { throw .truncated }
        guard count <= UInt64(maximumCount) else { throw .invalid("\(count) packed changesets") }
        let most = max(bytes.count * Bounds.packedRatio, Gzip.ratioFloorBytes)
        var unpacker = Unpacker(
            try ColumnsReader(bytes, from: offset), maximumBytes: min(maximumBytes, most))
        var envelopes: [[UInt8]] = []
        for _ in 0..<count { envelopes.append(try unpacker.next()) }
        guard unpacker.isAtEnd else { throw .invalid("bytes after the changesets") }
        guard check(envelopes).elementsEqual(bytes[1..<1 + checkBytes]) else {
            throw .corrupt("packed changesets")
        }
        return envelopes
    }

    private static let checkBytes = 8

    private static func check(_ envelopes: [[UInt8]]) -> [UInt8] {
        Array(Hash256.sha256(lengthPrefixed: envelopes).bytes.prefix(checkBytes))
    }
}
