public import LuckyModel

extension EntityState {
    /// What happened here, and of which only a phone tells since the hub's history changed: it counts,
    /// and there is no proof of it until its author's own changeset arrives (L26). In display order.
    public var witnessed: [WitnessedFact] {
        factsInOrder.compactMap { record in
            guard let fact = record.fact, fact.isDoorstep, let witness = record.witnessedBy else {
                return nil
            }
            return WitnessedFact(
                kind: fact.kind, author: record.stamp.author, writtenAt: record.stamp.writtenAt,
                witness: witness)
        }
    }
}

/// A fact that only a phone tells of.
public struct WitnessedFact: Hashable, Sendable {
    /// What kind of fact.
    public var kind: FactKind
    /// Who recorded it, as the phone says.
    public var author: Identifier
    /// By its writer's clock, as the phone says, Unix milliseconds.
    public var writtenAt: Int64
    /// The phone's replica.
    public var witness: ReplicaID
}
