internal import Crypto
public import LuckyModel

extension Hash256 {
    /// SHA-256 over the parts, one after the other.
    public static func sha256(_ parts: [UInt8]...) -> Hash256 {
        var hasher = SHA256()
        for part in parts { part.withUnsafeBytes { hasher.update(bufferPointer: $0) } }
        return Hash256(hasher.finalize())
    }

    /// SHA-256 over bytes where they lie.
    static func sha256(_ bytes: UnsafeRawBufferPointer) -> Hash256 {
        var hasher = SHA256()
        hasher.update(bufferPointer: bytes)
        return Hash256(hasher.finalize())
    }

    /// SHA-256 over the parts, each behind its length as UInt64 little-endian, so that no two lists
    /// of parts give the same bytes.
    public static func sha256(lengthPrefixed parts: [[UInt8]]) -> Hash256 {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(parts.reduce(0) { $0 + $1.count + 8 })
        for part in parts {
            bytes.append(littleEndian: UInt64(part.count))
            bytes += part
        }
        return sha256(bytes)
    }

    init(_ digest: SHA256.Digest) {
        self = digest.withUnsafeBytes { Hash256(bytes: $0) } ?? .zero
    }
}

/// HMAC-SHA-256 over parts, each behind its length as UInt64 little-endian. A copy goes on from where
/// it was made: what many codes have in common is worked in once.
public struct AuthenticationCode: Sendable {
    private var code: HMAC<SHA256>

    /// - Parameter key: of any length.
    public init(key: [UInt8]) { code = HMAC(key: SymmetricKey(data: key)) }

    /// Works in one more part.
    public mutating func add(_ part: [UInt8]) {
        code.update(data: UInt64(part.count).littleEndianBytes + part)
    }

    /// Of what was added so far.
    public var value: Hash256 {
        code.finalize().withUnsafeBytes { Hash256(bytes: $0) } ?? .zero
    }
}

extension [UInt8] {
    /// The integer's bytes, least significant first.
    mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}

extension FixedWidthInteger {
    var littleEndianBytes: [UInt8] {
        withUnsafeBytes(of: littleEndian) { Array($0) }
    }
}
