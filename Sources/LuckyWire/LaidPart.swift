public import LuckyCausality
public import LuckyModel

// A hub keeps a change as the bytes in which a page carries it. So a page is put together of what
// the rows have, and nothing in it is decoded or encoded again.

/// A part of a page whose changes are bytes already.
public struct LaidPart: Hashable, Sendable {
    /// Which entity it is about.
    public var entity: EntityID
    /// What becomes of its place in the scope.
    public var membership: EntityPart.Membership
    /// How many changes travel in it.
    public let changeCount: Int
    /// How many of them are facts.
    public let factCount: Int
    /// A protobuf `EntityPart`.
    public let bytes: [UInt8]

    /// One plan field, whole; each sibling as ``PageChange/rowBytes()``.
    public struct Field: Hashable, Sendable {
        /// Which field.
        public var field: PlanField
        /// What its writes covered beyond the entity's vector.
        public var cover: VersionVector
        /// Every value that stands.
        public var siblings: [[UInt8]]

        /// Takes the values as they are.
        public init(field: PlanField, cover: VersionVector, siblings: [[UInt8]]) {
            self.field = field
            self.cover = cover
            self.siblings = siblings
        }
    }

    /// The same bytes as those of an ``EntityPart`` with these values.
    /// - Parameters:
    ///   - fields: sorted by field.
    ///   - facts: sorted by name, each as ``PageChange/rowBytes()``.
    public init(
        entity: EntityID, membership: EntityPart.Membership, vector: VersionVector,
        fields: [Field], facts: [[UInt8]], cause: ChangeID? = nil
    ) {
        self.entity = entity
        self.membership = membership
        factCount = facts.count
        changeCount = fields.reduce(facts.count) { $0 + $1.siblings.count }
        var writer = ProtoWriter()
        writer.put(1, entity.bytes)
        writer.put(2, UInt64(clamping: membership.number))
        writer.put(3, vector)
        for field in fields {
            var inner = ProtoWriter()
            inner.put(1, UInt64(field.field.rawValue))
            inner.put(2, field.cover)
            for sibling in field.siblings { inner.put(3, sibling) }
            writer.put(4, inner.bytes)
        }
        for fact in facts { writer.put(5, fact) }
        if let cause { writer.put(6, cause.bytes) }
        bytes = writer.bytes
    }
}

extension EntityPart.Membership {
    fileprivate var number: Int {
        switch self {
        case .stays: 0
        case .enters: 1
        case .leaves: 2
        case .purged: 3
        case .restated: 4
        case .unknown(let number): number
        }
    }
}

/// As much of protobuf's encoding as a part needs.
private struct ProtoWriter {
    private(set) var bytes: [UInt8] = []

    /// A field of bytes, or a message; one of no bytes is written too.
    mutating func put(_ field: UInt8, _ value: [UInt8]) {
        bytes.append(field << 3 | 2)
        varint(UInt64(value.count))
        bytes += value
    }

    /// A number; 0 is what is not there.
    mutating func put(_ field: UInt8, _ value: UInt64) {
        guard value > 0 else { return }
        bytes.append(field << 3)
        varint(value)
    }

    mutating func put(_ field: UInt8, _ vector: VersionVector) {
        for entry in vector.written {
            var inner = ProtoWriter()
            inner.put(1, entry.replica.bytes)
            inner.put(2, entry.counter)
            put(field, inner.bytes)
        }
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
