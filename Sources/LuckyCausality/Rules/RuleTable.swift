public import LuckyModel

/// Who owns what, what a concurrent second value means, what contradicts it, which review that
/// opens, and who decides: for every plan field and every kind of fact, in one place.
/// ``EntityState/shown(_:rules:)`` and ``ReviewRules`` read it and know no owner of their own.
public struct RuleTable: Hashable, Sendable {
    /// A row for each plan field of this build, by number.
    public var fields: [PlanRule]
    /// A row for each kind of fact of this build, by number.
    public var facts: [FactRule]

    /// Takes the rows as they are.
    public init(fields: [PlanRule], facts: [FactRule]) {
        self.fields = fields
        self.facts = facts
    }

    /// The field's row; a field of a newer build belongs to the office, and one value is shown.
    public subscript(field: PlanField) -> PlanRule {
        fields.indices.first { fields[$0].field == field }.map { fields[$0] }
            ?? PlanRule(field, owner: .office, sibling: .shownOnly, decides: .office)
    }

    /// The kind's row; a kind of a newer build is its author's, and all stand.
    public subscript(kind: FactKind) -> FactRule {
        facts.indices.first { facts[$0].kind == kind }.map { facts[$0] }
            ?? FactRule(kind, owner: .driver, sibling: .allStand, decides: .office)
    }

    /// Who decides reviews of a kind; the office where this build does not know the kind.
    /// - Parameter field: the plan field that is contested, where one is.
    public func decides(_ kind: ReviewKind, field: PlanField? = nil) -> Role {
        if let field, self[field].sibling.opens == kind { return self[field].decides }
        for row in facts {
            if row.sibling.opens == kind { return row.decides }
            if let found = row.contradicts.first(where: { $0.opens == kind }) {
                return found.decides
            }
        }
        return fields.first { $0.sibling.opens == kind }?.decides ?? .office
    }

    /// Whether somebody of this role may resolve such a review: who decides by the table, who acts
    /// as that, and a supervisor; a driver never.
    public func mayDecide(_ role: Role, _ kind: ReviewKind, field: PlanField? = nil) -> Bool {
        role == .supervisor || role.acts(as: decides(kind, field: field))
    }

    /// Whether some rule holds the values of a field against anything.
    public func compares(_ field: PlanField) -> Bool {
        self[field].sibling.opens != nil
            || facts.contains { $0.contradicts.contains { $0.against == .field(field) } }
    }

    /// Whether what is billed waits until such a review is decided; yes, where no row says no.
    public func holdsInvoice(_ kind: ReviewKind) -> Bool {
        !facts.contains { $0.contradicts.contains { $0.opens == kind && !$0.holdsInvoice } }
    }

    /// Every review that some row can open, sorted.
    public var reviews: [ReviewKind] {
        let all =
            fields.compactMap(\.sibling.opens) + facts.compactMap(\.sibling.opens)
            + facts.flatMap { $0.contradicts.map(\.opens) }
        return Set(all).sorted()
    }
}

/// What a second value or fact means that its writer wrote without knowing of the first.
public enum Sibling: Hashable, Sendable {
    /// One value is shown, all are kept.
    case shownOnly
    /// Facts are added: every one stands.
    case allStand
    /// They contradict each other.
    case review(ReviewKind)
    /// They do where one of the two writers does not own the field.
    case reviewIfNotOwner(ReviewKind)

    /// A stable word, as in JSON.
    public var word: String {
        switch self {
        case .shownOnly: "shown_only"
        case .allStand: "all_stand"
        case .review: "review"
        case .reviewIfNotOwner: "review_if_not_owner"
        }
    }

    /// The review that it opens; nil for none.
    public var opens: ReviewKind? {
        switch self {
        case .shownOnly, .allStand: nil
        case .review(let kind), .reviewIfNotOwner(let kind): kind
        }
    }
}

/// A plan field's row.
public struct PlanRule: Hashable, Sendable {
    /// Which field.
    public var field: PlanField
    /// Whose value is shown before anybody else's (L8).
    public var owner: Role
    /// What two concurrent values mean.
    public var sibling: Sibling
    /// Who decides what the row opens.
    public var decides: Role

    /// A row.
    public init(_ field: PlanField, owner: Role, sibling: Sibling, decides: Role) {
        self.field = field
        self.owner = owner
        self.sibling = sibling
        self.decides = decides
    }
}

/// A kind of fact's row.
public struct FactRule: Hashable, Sendable {
    /// Which kind.
    public var kind: FactKind
    /// Who records it as a rule.
    public var owner: Role
    /// What a second one on the same entity means.
    public var sibling: Sibling
    /// What it does not go together with.
    public var contradicts: [Contradiction]
    /// Who decides what ``sibling`` opens.
    public var decides: Role

    /// A row.
    public init(
        _ kind: FactKind, owner: Role, sibling: Sibling, contradicts: [Contradiction] = [],
        decides: Role
    ) {
        self.kind = kind
        self.owner = owner
        self.sibling = sibling
        self.contradicts = contradicts
        self.decides = decides
    }
}

/// Something that a fact does not go together with.
public struct Contradiction: Hashable, Sendable {
    /// With what.
    public enum Against: Hashable, Sendable {
        /// A plan write whose author did not know the fact.
        case field(PlanField)
        /// Another fact of the entity.
        case fact(FactKind)
        /// The like on another entity.
        case elsewhere
        /// The like at another stop that its customer has on that day.
        case customer
        /// What it says of itself: it asks for somebody's eye.
        case itself
        /// Its writer's clock.
        case clock
        /// The credential that brought it.
        case carrier
    }

    /// With what.
    public var against: Against
    /// The review that it opens.
    public var opens: ReviewKind
    /// Who decides it.
    public var decides: Role
    /// Whether what is billed waits for that.
    public var holdsInvoice: Bool

    /// A cell of a row.
    public init(
        _ against: Against, opens: ReviewKind, decides: Role, holdsInvoice: Bool = true
    ) {
        self.against = against
        self.opens = opens
        self.decides = decides
        self.holdsInvoice = holdsInvoice
    }
}
