/// One thing said about one entity: a fact added, or a plan field written.
public struct Change: Hashable, Sendable {
    /// What a change says.
    public enum Body: Hashable, Sendable {
        /// Something happened, and is added.
        case fact(Fact)
        /// The office wants another value; ``PlanValue/none`` empties the field.
        case plan(PlanField, PlanValue)
    }

    /// What it is about; one changeset may touch several.
    public var entity: EntityID
    /// What it says.
    public var body: Body

    /// Takes both as they are; nothing is checked.
    public init(_ entity: EntityID, _ body: Body) {
        self.entity = entity
        self.body = body
    }

    /// The fact; nil for a plan write.
    public var fact: Fact? { if case .fact(let fact) = body { fact } else { nil } }
}

/// How the author of a change stood to its entity when the hub accepted it (L23). Open.
public struct ScopeRelation: RawRepresentable, Hashable, Sendable {
    /// The number that is stored and sent; for ever the same.
    public let rawValue: UInt8
    /// Any number; one that this build does not know is kept.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// It was the author's at the time; also stamped on what the hub itself writes.
    public static let inScope = ScopeRelation(rawValue: 1)
    /// Handed over to somebody else meanwhile: what the author records is a claim for review.
    public static let wasInScope = ScopeRelation(rawValue: 2)
    /// The hub did not have the entity yet: the author made it.
    public static let newByAuthor = ScopeRelation(rawValue: 3)
    /// Never the author's: usual for the office, quarantined from a driver.
    public static let never = ScopeRelation(rawValue: 4)
}
