internal import Crypto
public import LuckyModel

extension Hash256 {
    /// SHA-256 over the parts, one after the other.
    public static func sha256(_ parts: [UInt8]...) -> Hash256 {
        var hasher = SHA256()
        for part in parts { hasher.update(data: part) }
        return Hash256(hasher.finalize())
    }

    /// SHA-256 over the parts, each behind its length as UInt64 little-endian, so that no two lists
    /// of parts give the same bytes.
    public static func sha256(lengthPrefixed parts: [[UInt8]]) -> Hash256 {
        var hasher = SHA256()
        for part in parts {
            hasher.update(data: UInt64(part.count).littleEndianBytes)
            hasher.update(data: part)
        }
        return Hash256(hasher.finalize())
    }

    fileprivate init(_ digest: SHA256.Digest) {
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

extension FixedWidthInteger {
    var littleEndianBytes: [UInt8] {
        withUnsafeBytes(of: littleEndian) { Array($0) }
    }
}
