internal import LuckyCausality
internal import LuckyModel

/// What a change is about, as far as the right to make it goes: who records such a fact stands in
/// the rule table.
enum ChangeKind: String, Hashable, Sendable, CaseIterable {
    /// Something that happened at a doorstep, or a fact of a newer build.
    case doorstep
    /// The author looked at office changes.
    case look
    /// A field of the plan.
    case plan
    /// What a person of the office decides: a review resolved, an account settled, a redaction.
    case decision
    /// What the hub's books record: a review opened, a fact released from quarantine.
    case bookkeeping
    /// A doorstep fact on what outlives a day: balances there are sums over stops (DESIGN §2).
    case misplaced

    init(_ change: Change, rules: RuleTable = .standard) {
        switch change.body {
        case .plan: self = .plan
        case .fact(.looked): self = .look
        case .fact(let fact):
            switch rules[fact.kind].owner {
            case .hub: self = .bookkeeping
            case let owner where owner.isOffice: self = .decision
            default: self = change.entity.kind.isShortLived ? .doorstep : .misplaced
            }
        }
    }
}

/// What the hub does with a change.
enum Verdict: String, Hashable, Sendable {
    case accept
    /// Accepted, stamped as recorded by somebody whose stop it no longer was: a case for review.
    case claim
    /// Kept verbatim, not applied (L20).
    case quarantine
}

/// Who may change what: role × kind of change × relation to the entity (L23). A claim is an
/// accepted change whose stamp says ``ScopeRelation/wasInScope``.
enum Authority {
    static func verdict(
        _ role: Role, _ kind: ChangeKind, _ relation: ScopeRelation
    ) -> Verdict {
        switch (role, kind) {
        case (.hub, _): .accept
        case (_, .bookkeeping), (_, .misplaced): .quarantine
        case (.supervisor, _): .accept
        case (let role, _) where role.isOffice && Role.all.contains(role): .accept
        case (.driver, .plan), (.driver, .decision): .quarantine
        case (.driver, .doorstep), (.driver, .look):
            switch relation {
            case .inScope, .newByAuthor: .accept
            case .wasInScope: Mutant.isOn(.claimRefused) ? .quarantine : .claim
            default: .quarantine
            }
        default: .quarantine
        }
    }
}

/// Why a changeset was kept without being applied: a closed list, never a business contradiction
/// (L20). The raw values are what receipts say.
enum QuarantineReason: String, Hashable, Sendable, CaseIterable {
    /// Header or changes cannot be read, or the chain does not begin where it must.
    case undecodable
    /// It ended the hub's process twice while it was looked at.
    case undecoded
    /// Its author is not the one whom the credential speaks for.
    case author
    /// Its author may not make such a change there, or its change id is another person's.
    case authority
    /// More changes or bytes than a changeset may have.
    case bounds
    /// It names as seen what its replica has not written yet: nobody can have seen it.
    case unknownContext = "unknown_context"
    /// A field would have more concurrent values than ``Bounds/siblings``.
    case siblingsFull = "siblings_full"
}
