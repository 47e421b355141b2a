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

extension Hash256 {
    /// HMAC-SHA-256 over the parts, each behind its length, under a key of any length.
    public static func authenticationCode(over parts: [[UInt8]], key: [UInt8]) -> Hash256 {
        var code = HMAC<SHA256>(key: SymmetricKey(data: key))
        for part in parts {
            code.update(data: UInt64(part.count).littleEndianBytes)
            code.update(data: part)
        }
        return Hash256(bytes: Array(code.finalize())) ?? .zero
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
