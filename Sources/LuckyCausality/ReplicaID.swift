internal import LuckyModel

/// One installed store in one epoch: an install id (8 bytes) and an epoch (4 bytes), both random.
///
/// A store that cannot prove it continues itself (a copy, a restored backup) begins a new epoch, so
/// that one dot never names two changesets. Orders as its 12 bytes (L26).
public struct ReplicaID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 64 random bits, drawn when the store is installed.
    public let install: UInt64
    /// 32 random bits, drawn when the store begins an epoch.
    public let epoch: UInt32

    /// Takes both numbers as they are.
    @inlinable
    public init(install: UInt64, epoch: UInt32) {
        self.install = install
        self.epoch = epoch
    }

    /// From exactly 12 bytes; nil for any other count.
    @inlinable
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 12 else { return nil }
        var (install, epoch) = (UInt64(0), UInt32(0))
        for byte in bytes.prefix(8) { install = install << 8 | UInt64(byte) }
        for byte in bytes.dropFirst(8) { epoch = epoch << 8 | UInt32(byte) }
        self.init(install: install, epoch: epoch)
    }

    /// 12 bytes, big-endian: install id, then epoch.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 12) { buffer, count in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            raw.storeBytes(of: install.bigEndian, as: UInt64.self)
            raw.storeBytes(of: epoch.bigEndian, toByteOffset: 8, as: UInt32.self)
            count = 12
        }
    }

    /// 24 hexadecimal digits.
    public var description: String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// Orders as its 12 bytes.
    public static func < (a: Self, b: Self) -> Bool {
        (a.install, a.epoch) < (b.install, b.epoch)
    }
}

/// Names one changeset in causal order: the `counter`-th that `replica` wrote, from 1.
public struct Dot: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Counters are below 2⁵³, so that every language reads them exactly (L2).
    public static let counterLimit: UInt64 = 1 << 53

    /// Who wrote the changeset.
    public let replica: ReplicaID
    /// From 1, below ``counterLimit``; without gaps within a replica.
    public let counter: UInt64

    /// Takes both as they are; the range is checked where a dot is read from bytes.
    public init(_ replica: ReplicaID, _ counter: UInt64) {
        self.replica = replica
        self.counter = counter
    }

    /// `1a2b:17`: four digits of the replica and the counter, for logs only.
    public var description: String { "\(replica.description.prefix(4)):\(counter)" }

    /// Orders by replica, then by counter.
    public static func < (a: Self, b: Self) -> Bool {
        (a.replica, a.counter) < (b.replica, b.counter)
    }
}
