public import LuckyCausality
public import LuckyModel

extension ReviewFinding {
    /// The review's id, which is also the change id of the changeset that opens it: the first 16
    /// bytes of SHA-256 over rule, entities and sides, without the rule's version, so that every
    /// replica derives the same (L4).
    public var id: ChangeID {
        let entities = ([entity] + others).sorted()
        let hash = Hash256.sha256(
            lengthPrefixed: [Array("lucky-review/1".utf8), Array(kind.rawValue.utf8)]
                + entities.map(\.bytes)
                + sides.sorted().map { $0.change.bytes + UInt32($0.index).littleEndianBytes })
        return ChangeID(high: hash.first.high, low: hash.first.low)
    }
}

extension EntityState {
    /// Every review of this entity: those that the hub opened, and those that the state shows now.
    /// Sorted by id.
    public func reviews(rules: RuleTable = .standard) -> [Review] {
        reviews(rules: rules) { $0.id }
    }
}
