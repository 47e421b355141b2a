internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// Who may say the last word, by the rule table, wherever it comes from: an office verb is refused
// with the reason, a changeset goes to quarantine, and nothing is lost.
extension EntityState {
    /// Why a person of the office may not decide this here; nil: they may.
    /// - Parameters:
    ///   - role: as stamped.
    ///   - context: what they had seen of the entity.
    ///   - rules: the hub's.
    func fault(
        in fact: Fact, by role: Role, seen context: VersionVector, rules: RuleTable
    ) -> HubRefusal? {
        switch fact {
        case .reviewResolved(let resolution):
            fault(in: resolution, by: role, seen: context, rules: rules)
        default: rules.fault(in: fact.kind, by: role)
        }
    }

    /// The review must be there, must be that role's, and must not be closed by a decision that
    /// the author had seen and does not supersede. Of two who do not know of each other both stand.
    private func fault(
        in resolution: ReviewResolution, by role: Role, seen context: VersionVector,
        rules: RuleTable
    ) -> HubRefusal? {
        guard let review = review(resolution.review) else {
            return .unknownReview(resolution.review.hex)
        }
        let field = review.contestedField
        guard rules.mayDecide(role, review.kind, field: field) else {
            return .notTheirs(rules.decides(review.kind, field: field))
        }
        let seen = review.decisions(seen: context, in: self)
        let closing = seen.filter { $0.resolution.outcome != .reopened }
        if resolution.outcome == .reopened, closing.isEmpty { return .reviewOpen(review.id) }
        guard closing.allSatisfy({ resolution.supersedes.contains($0.ref) }) else {
            return .reviewClosed(review.id)
        }
        return nil
    }
}

extension RuleTable {
    /// What an office's desk records, another desk does not.
    fileprivate func fault(in kind: FactKind, by role: Role) -> HubRefusal? {
        let owner = self[kind].owner
        return !owner.isOffice || role == .supervisor || role.acts(as: owner)
            ? nil : .notForRole(owner)
    }
}

extension Review {
    /// The standing decisions that somebody had seen.
    func decisions(seen context: VersionVector, in state: EntityState) -> [Decision] {
        decisions.filter { decision in
            decision.isStanding && state.facts[decision.ref].map { context.covers($0.dot) } == true
        }
    }
}
