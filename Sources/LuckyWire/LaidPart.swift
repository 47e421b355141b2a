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
        var writer = PlainWriter(capacity: facts.reduce(256) { $0 + $1.count + 4 })
        writer.bytes(1, entity.bytes)
        writer.number(2, UInt64(clamping: PBMembership(membership).rawValue))
        writer.vector(3, vector)
        for field in fields {
            writer.message(4) { inner in
                inner.number(1, UInt64(field.field.rawValue))
                inner.vector(2, field.cover)
                for sibling in field.siblings { inner.message(3, sibling) }
            }
        }
        for fact in facts { writer.message(5, fact) }
        if let cause { writer.bytes(6, cause.bytes) }
        bytes = writer.bytes
    }
}
