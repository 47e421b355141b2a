/// 128 bits that name something for ever. `Purpose` keeps a change id from being taken for a
/// history id; it is never stored.
///
/// Orders and hashes as its 16 bytes, most significant first (L10).
public struct Bits128<Purpose>: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The first eight bytes, big-endian.
    public let high: UInt64
    /// The last eight bytes, big-endian.
    public let low: UInt64

    /// From the two halves.
    @inlinable
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// From exactly 16 bytes; nil for any other count.
    @inlinable
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        let halves = bytes.withRawBytes { ($0.bigEndian(at: 0), $0.bigEndian(at: 8)) }
        (high, low) = halves
    }

    /// From exactly 32 hexadecimal digits; nil for anything else.
    public init?(hex: String) {
        guard let bytes = [UInt8](hex: hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// 16 bytes, most significant first.
    @inlinable
    public var bytes: [UInt8] {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
    }
    /// 32 lower-case hexadecimal digits.
    public var hex: String { bytes.hex }
    /// The same as ``hex``.
    public var description: String { hex }

    /// Orders as its 16 bytes.
    @inlinable
    public static func < (a: Self, b: Self) -> Bool {
        (a.high, a.low) < (b.high, b.low)
    }
}

/// Names a tap for ever (L1): made by the caller before the call, kept over re-issue.
public typealias ChangeID = Bits128<ChangePurpose>
/// Names one history of one hub database; every restore mints another (L26).
public typealias HistoryID = Bits128<HistoryPurpose>
/// Names the time since one start of a device: monotonic offsets compare only within it.
public typealias BootID = Bits128<BootPurpose>

/// Marks the bits of a ``ChangeID``.
public enum ChangePurpose {}
/// Marks the bits of a ``HistoryID``.
public enum HistoryPurpose {}
/// Marks the bits of a ``BootID``.
public enum BootPurpose {}
/// Marks the bits of an ``EntityID``'s key, and the halves of a ``Hash256``.
public enum EntityPurpose {}

/// A SHA-256 digest. Orders as its 32 bytes.
public struct Hash256: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The first 16 bytes.
    public let first: Bits128<EntityPurpose>
    /// The last 16 bytes.
    public let second: Bits128<EntityPurpose>

    /// 32 zero bytes: stands for "no hash", as before the first of a chain.
    public static let zero = Hash256(
        first: Bits128(high: 0, low: 0), second: Bits128(high: 0, low: 0))

    @usableFromInline
    init(first: Bits128<EntityPurpose>, second: Bits128<EntityPurpose>) {
        self.first = first
        self.second = second
    }

    /// From exactly 32 bytes; nil for any other count.
    @inlinable
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self = bytes.withRawBytes { raw in
            Hash256(
                first: Bits128(high: raw.bigEndian(at: 0), low: raw.bigEndian(at: 8)),
                second: Bits128(high: raw.bigEndian(at: 16), low: raw.bigEndian(at: 24)))
        }
    }

    /// From exactly 64 hexadecimal digits; nil for anything else.
    public init?(hex: String) {
        guard let bytes = [UInt8](hex: hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// 32 bytes, in the order of the digest.
    @inlinable
    public var bytes: [UInt8] {
        withUnsafeBytes(
            of: (
                first.high.bigEndian, first.low.bigEndian, second.high.bigEndian,
                second.low.bigEndian
            )
        ) { Array($0) }
    }
    /// 64 lower-case hexadecimal digits.
    public var hex: String { bytes.hex }
    /// The same as ``hex``.
    public var description: String { hex }

    /// Orders as its 32 bytes.
    @inlinable
    public static func < (a: Hash256, b: Hash256) -> Bool {
        (a.first, a.second) < (b.first, b.second)
    }
}

extension Collection<UInt8> {
    /// All bytes in one piece: as they lie where they do, else copied together.
    @inlinable
    package func withRawBytes<T>(_ body: (UnsafeRawBufferPointer) -> T) -> T {
        withContiguousStorageIfAvailable { body(UnsafeRawBufferPointer($0)) }
            ?? Array(self).withUnsafeBytes { body($0) }
    }
}

extension UnsafeRawBufferPointer {
    /// Eight bytes from there on, which are there.
    @inlinable
    package func bigEndian(at offset: Int) -> UInt64 {
        UInt64(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}

extension [UInt8] {
    /// Lower-case hexadecimal, two digits a byte.
    public var hex: String {
        var text: [UInt8] = []
        text.reserveCapacity(count * 2)
        let digits: [UInt8] = Array("0123456789abcdef".utf8)
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// From hexadecimal digits of either case, an even number of them; nil otherwise.
    public init?(hex: String) {
        var bytes: [UInt8] = []
        var half: UInt8?
        for digit in hex.utf8 {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = digit - UInt8(ascii: "A") + 10
            default: return nil
            }
            if let high = half {
                bytes.append(high << 4 | value)
                half = nil
            } else {
                half = value
            }
        }
        guard half == nil else { return nil }
        self = bytes
    }
}
