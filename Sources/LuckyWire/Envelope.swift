public import LuckyCausality
public import LuckyModel

/// A changeset taken apart without decoding anything in it. Its name and its hash need no more, so
/// that a changeset nobody can read still keeps its place in the chain (L18, L20).
///
/// Integers little-endian:
/// ```
/// replica 12 · counter UInt64 · previous hash 32 · header length UInt32 · changes UInt16
/// per change: core length UInt32 · personal length UInt32 (0xFFFFFFFF: absent; 0xFFFFFFFE:
///   redacted)
/// header · per change: core, personal; where that was redacted, its 32-byte hash P
/// ```
/// Changeset hash = SHA-256(0x02 ‖ replica ‖ counter ‖ previous hash ‖ SHA-256(header) ‖ change
/// hashes in order), which is the same with and without a redaction. The bytes are kept and hashed
/// as received.
public struct Envelope: Hashable, Sendable {
    /// Its place in its replica's chain; the counter is 1 ..< 2⁵³.
    public let dot: Dot
    /// Zeros for the first of an epoch.
    public let previous: Hash256
    /// A protobuf `Header`, not looked at.
    public let header: [UInt8]
    /// In the order written; any number, not looked at.
    public let changes: [EncodedChange]
    /// ``EncodedChange/hash`` of each.
    let changeHashes: [Hash256]
    /// As above; computed from the bytes, never taken from the sender.
    public let hash: Hash256
    /// The whole envelope.
    public let bytes: [UInt8]

    /// Takes an envelope apart: any number of changes, any size.
    /// - Throws: ``WireError/invalid(_:)`` where its lengths do not fit its bytes: such bytes have
    ///   no hash.
    public init(reading bytes: [UInt8]) throws(WireError) {
        do throws(WireError) {
            try self.init(splitting: bytes)
        } catch .truncated {
            // The frame around it was whole: asking again would give the same bytes.
            throw .invalid("envelope shorter than its lengths")
        }
    }

    /// 1…64 changes and at most 64 KiB (DESIGN §3). A redacted part counts no more than the
    /// shortest that can have stood there: what was within bounds once stays so.
    public var isWithinBounds: Bool {
        let redacted = changes.filter(\.lacksPersonal).count
        return (1...Bounds.changesPerChangeset).contains(changes.count)
            && bytes.count - redacted * ChangeCodec.saltBytes <= Bounds.changesetBytes
    }

    /// The same without some changes' personal bytes; their hashes stay, and so does ``hash``.
    /// - Parameter isDropped: asked for the index of each change that has such bytes.
    public func redacting(_ isDropped: (Int) -> Bool) -> Envelope {
        let left = changes.enumerated().map { index, change in
            change.personal != nil && isDropped(index) ? change.redacted : change
        }
        return left == changes
            ? self : Envelope(header: header, changes: left, dot: dot, previous: previous)
    }

    private static let absent = UInt32.max
    private static let redacted = UInt32.max - 1

    private init(splitting bytes: [UInt8]) throws(WireError) {
        var reader = ByteReader(bytes)
        let name = try EnvelopeName(&reader)
        let headerLength = try reader.integer(UInt32.self)
        let count = try reader.integer(UInt16.self)
        var lengths: [(core: Int, personal: UInt32)] = []
        for _ in 0..<count {
            let core = try reader.integer(UInt32.self)
            lengths.append((Int(core), try reader.integer(UInt32.self)))
        }
        let header = try reader.take(Int(headerLength))
        var changes: [EncodedChange] = []
        for length in lengths {
            let core = try reader.take(length.core)
            switch length.personal {
            case Self.absent: changes.append(EncodedChange(core: core, personal: nil))
            case Self.redacted:
                guard let hash = Hash256(bytes: try reader.take(32)) else { throw .truncated }
                guard hash != .zero else { throw .invalid("redacted, and nothing was there") }
                changes.append(EncodedChange(core: core, redacted: hash))
            case let count:
                changes.append(EncodedChange(core: core, personal: try reader.take(Int(count))))
            }
        }
        guard reader.remaining == 0 else { throw .invalid("bytes after the changeset") }
        self.init(name.dot, name.previous, header, changes, bytes)
    }

    /// Lays a changeset out.
    init(header: [UInt8], changes: [EncodedChange], dot: Dot, previous: Hash256) {
        var bytes = dot.replica.bytes
        bytes += dot.counter.littleEndianBytes
        bytes += previous.bytes
        bytes += UInt32(clamping: header.count).littleEndianBytes
        bytes += UInt16(clamping: changes.count).littleEndianBytes
        for change in changes {
            bytes += UInt32(clamping: change.core.count).littleEndianBytes
            let missing = change.lacksPersonal ? Self.redacted : Self.absent
            let length = change.personal.map { UInt32(clamping: $0.count) } ?? missing
            bytes += length.littleEndianBytes
        }
        bytes += header
        for change in changes {
            bytes += change.core
            bytes += change.personal ?? (change.lacksPersonal ? change.personalHash.bytes : [])
        }
        self.init(dot, previous, header, changes, bytes)
    }

    private init(
        _ dot: Dot, _ previous: Hash256, _ header: [UInt8], _ changes: [EncodedChange],
        _ bytes: [UInt8]
    ) {
        self.dot = dot
        self.previous = previous
        self.header = header
        self.changes = changes
        self.bytes = bytes
        changeHashes = changes.map(\.hash)
        var hashed: [UInt8] = [2]
        hashed.reserveCapacity(85 + changes.count * 32)
        hashed += dot.replica.bytes
        hashed.append(littleEndian: dot.counter)
        hashed += previous.bytes
        hashed += Hash256.sha256(header).bytes
        for hash in changeHashes { hashed += hash.bytes }
        hash = Hash256.sha256(hashed)
    }
}

/// What an envelope says before anything in it is looked at: enough to store it in an intake row.
public struct EnvelopeName: Hashable, Sendable {
    /// Its place in its replica's chain; the counter is 1 ..< 2⁵³.
    public var dot: Dot
    /// The hash of the changeset before it; zeros for the first of an epoch.
    public var previous: Hash256

    /// The first 52 bytes of an envelope.
    public init(reading bytes: [UInt8]) throws(WireError) {
        var reader = ByteReader(bytes)
        do throws(WireError) {
            try self.init(&reader)
        } catch .truncated {
            throw .invalid("envelope without a name")
        }
    }

    fileprivate init(_ reader: inout ByteReader) throws(WireError) {
        guard let replica = ReplicaID(bytes: try reader.take(12)) else { throw .truncated }
        let counter = try reader.integer(UInt64.self)
        guard counter > 0, counter < Dot.counterLimit else { throw .invalid("counter \(counter)") }
        guard let previous = Hash256(bytes: try reader.take(32)) else { throw .truncated }
        dot = Dot(replica, counter)
        self.previous = previous
    }
}
