public import LuckyModel

/// A contradiction as people look at it: which rule, what was before, who said what knowing what,
/// and what was decided. A pure function of one entity's state: device and hub show the same.
public struct Review: Hashable, Sendable {
    /// The same wherever it is derived (L4).
    public var id: ChangeID
    /// Which rule found it.
    public var kind: ReviewKind
    /// The version of the rule that opened it; this build's where the hub has not opened it yet.
    public var ruleVersion: Int
    /// The entity it sits on.
    public var entity: EntityID
    /// What both sides started from, as far as one of them says so.
    public var base: Base
    /// One or two, by name.
    public var sides: [Side]
    /// Every decision on it, in display order, also those that were superseded.
    public var decisions: [Decision]
    /// What follows from ``decisions``.
    public var state: State
    /// The hub has opened it.
    public var isOpened: Bool
    /// The hub's time when it was opened, Unix milliseconds.
    public var openedAt: Int64?
    /// The change by which the hub opened it: another than ``id`` where that was taken before. What
    /// a decision names. Nil where it is not opened yet.
    public var openedAs: ChangeID?

    /// Where a review stands.
    public enum State: Hashable, Sendable {
        /// Nobody decided it, or it was opened again.
        case open
        /// Decided; by more than one where they agree.
        case resolved(ReviewOutcome)
        /// Decided differently by people who did not know of each other: both stand, and somebody
        /// has to decide again.
        case contested([ReviewOutcome])

        /// Somebody has to look at it.
        public var needsDecision: Bool { if case .resolved = self { false } else { true } }

        /// `open`, `resolved` or `contested`.
        public var word: String {
            switch self {
            case .open: "open"
            case .resolved: "resolved"
            case .contested: "contested"
            }
        }
    }

    /// What was there before.
    public enum Base: Hashable, Sendable {
        /// It is not known.
        case unknown
        /// This value of a plan field.
        case value(PlanField, PlanValue)
        /// This fact.
        case fact(FactRef)
    }

    /// One of the two changes.
    public struct Side: Hashable, Sendable {
        /// Its name.
        public var ref: FactRef
        /// The change, while the state still holds it: a plan value may have been overwritten.
        public var record: Recorded?
        /// Who wrote it.
        public var author: Identifier?
        /// As whom.
        public var role: Role?
        /// By the writer's clock, Unix milliseconds.
        public var writtenAt: Int64?
        /// When the hub received it, Unix milliseconds.
        public var receivedAt: Int64?
        /// Whether its writer knew of the other side: "in spite of it" rather than "unaware of it".
        /// Nil where there is no other side, or it is not known.
        public var knewOther: Bool?
        /// Its `core` bytes as the hub kept them in the review; nil where it did not.
        public var core: [UInt8]?
        /// What its author said along with it.
        public var words: [String]
    }

    /// What somebody decided.
    public struct Decision: Hashable, Sendable {
        /// The change that says so.
        public var ref: FactRef
        /// What was decided.
        public var resolution: ReviewResolution
        /// Who.
        public var author: Identifier
        /// As whom.
        public var role: Role
        /// By the writer's clock, Unix milliseconds.
        public var writtenAt: Int64
        /// When the hub received it, Unix milliseconds.
        public var receivedAt: Int64?
        /// No later decision names it as seen.
        public var isStanding: Bool
        /// Only a phone tells of it, after the hub was restored: shown, and closes nothing until
        /// a person decides again (L26).
        public var isWitnessed: Bool
    }
}

extension EntityState {
    /// Every review of this entity: those that the hub opened, and those that the state shows now.
    /// - Parameter id: a finding's id: computed with a hash that this layer does not have.
    /// - Returns: sorted by id.
    public func reviews(
        rules: RuleTable = .standard, id: (ReviewFinding) -> ChangeID
    ) -> [Review] {
        openings(rules: rules, id: id).map { review($0.id, $0.opened, opened: $0.record, rules) }
    }

    /// Every review with the change by which the hub opened it, sorted by id.
    func openings(
        rules: RuleTable, id: (ReviewFinding) -> ChangeID
    ) -> [(id: ChangeID, opened: ReviewOpened, record: Recorded?)] {
        var reviews: [ChangeID: (opened: ReviewOpened, record: Recorded?)] = [:]
        for finding in ReviewRules.findings(in: self, rules: rules) {
            reviews[id(finding)] = (ReviewOpened(finding: finding), nil)
        }
        for record in facts(of: .reviewOpened) {
            guard case .reviewOpened(let opened) = record.fact else { continue }
            // Known by what it says: another change may have come under its id before. One between
            // two entities does not say the other, and goes by its change.
            let id =
                isBetween(opened, rules)
                ? record.ref.change : id(ReviewFinding(opened.kind, on: self.id, opened.sides))
            reviews[id] = (opened, record)
        }
        return reviews.sorted { $0.key < $1.key }.map { ($0.key, $0.value.opened, $0.value.record) }
    }

    /// One side is at another entity.
    private func isBetween(_ opened: ReviewOpened, _ rules: RuleTable) -> Bool {
        rules.facts.contains { $0.opensElsewhere(opened.kind) }
            && opened.sides.contains { change($0) == nil }
    }

    /// What was decided on one review of this entity, whether or not the hub has opened it.
    public func decisions(on review: ChangeID) -> [Review.Decision] { decisions(on: [review]) }

    /// - Parameter names: the review's id, and the change by which it was opened.
    func decisions(on names: Set<ChangeID>) -> [Review.Decision] {
        guard glance.has(.reviewResolved) else { return [] }
        var decisions: [Review.Decision] = []
        var superseded: Set<FactRef> = []
        for record in factRecords {
            guard case .reviewResolved(let value) = record.fact, names.contains(value.review)
            else { continue }
            let isWitnessed = facts[record.ref]?.witnessedBy != nil
            if !isWitnessed { superseded.formUnion(value.supersedes) }
            decisions.append(
                Review.Decision(
                    ref: record.ref, resolution: value, author: record.author,
                    role: record.role, writtenAt: record.writtenAt,
                    receivedAt: record.receivedAt, isStanding: true, isWitnessed: isWitnessed))
        }
        for index in decisions.indices {
            decisions[index].isStanding = !superseded.contains(decisions[index].ref)
        }
        return decisions
    }

    /// The change of this name, as a fact or a standing plan value.
    public func change(_ ref: FactRef) -> Recorded? {
        facts[ref]
            ?? fields.sorted { $0.key < $1.key }.lazy.flatMap(\.value.siblings)
            .first { $0.ref == ref }
    }

    private func review(
        _ id: ChangeID, _ opened: ReviewOpened, opened record: Recorded?, _ rules: RuleTable
    ) -> Review {
        let openedAs = record?.ref.change
        let decisions = decisions(on: [id, openedAs ?? id])
        return Review(
            id: id, kind: opened.kind, ruleVersion: opened.ruleVersion, entity: self.id,
            base: base(of: opened), sides: sides(of: opened, rules), decisions: decisions,
            state: Review.State(decisions), isOpened: record != nil,
            openedAt: record?.stamp.receivedAt, openedAs: openedAs)
    }

    private func sides(of opened: ReviewOpened, _ rules: RuleTable) -> [Review.Side] {
        // What was seen is seen of an entity: of one at another nobody can say it.
        let isKnown = opened.sides.count > 1 && !isBetween(opened, rules)
        return opened.sides.enumerated().map { index, ref in
            let record = change(ref)
            let told = opened.writers.dropFirst(index).first
            let core = opened.cores.dropFirst(index).first
            return Review.Side(
                ref: ref, record: record, author: record?.stamp.author ?? told?.author,
                role: record?.stamp.role ?? told?.role,
                writtenAt: record?.stamp.writtenAt ?? told?.writtenAt,
                receivedAt: record?.stamp.receivedAt ?? told?.receivedAt,
                knewOther: isKnown ? knewOther(record, of: opened) ?? told?.knewOther : nil,
                core: core, words: words(saidWith: ref.change))
        }
    }

    private func knewOther(_ record: Recorded?, of opened: ReviewOpened) -> Bool? {
        guard let record, let ref = opened.sides.first(where: { $0 != record.ref }),
            let other = change(ref)
        else { return nil }
        return other.isKnown(to: record)
    }

    private func base(of opened: ReviewOpened) -> Review.Base {
        let sides = opened.sides.compactMap(change)
        let fact = sides.first { $0.fact != nil }
        switch (opened.kind, fact?.fact) {
        case (.deliveredAfterReassign, _):
            return fact.map { .value(.driver, .name($0.stamp.author)) } ?? .unknown
        case (.deliveredAfterCancel, _): return .value(.cancelled, .flag(false))
        case (.deletedAfterFact, _): return .value(.deleted, .flag(false))
        case (.creditBlocked, _): return .value(.creditHold, .flag(false))
        case (.priceChanged, .handedOver(let value)):
            return value.quoted.map { .value(.price, .money($0)) } ?? .unknown
        case (.addressSuggested, _): return .value(.address, shown(.address))
        case (.correctionsContradict, .corrected(let value)),
            (.correctedAfterInvoice, .corrected(let value)):
            return .fact(value.original)
        default: return .unknown
        }
    }
}

extension Review.State {
    init(_ decisions: [Review.Decision]) {
        var outcomes: [ReviewOutcome] = []
        for decision in decisions where decision.isStanding && !decision.isWitnessed {
            let outcome = decision.resolution.outcome
            if !outcomes.contains(outcome) { outcomes.append(outcome) }
        }
        switch (outcomes.first, outcomes.count) {
        case (nil, _), (.reopened, 1): self = .open
        case (let outcome?, 1): self = .resolved(outcome)
        default: self = .contested(outcomes)
        }
    }
}

extension ReviewOpened {
    /// As this build's rules find it.
    init(finding: ReviewFinding) {
        self.init(
            kind: finding.kind, ruleVersion: ReviewRules.version, sides: finding.sides)
    }

    /// As the hub writes it down: with what each side says, who wrote it and what they knew, so that
    /// it stays readable when a value is overwritten.
    /// - Parameters:
    ///   - records: the sides, in their order, as the hub has them.
    ///   - cores: each side's `core` bytes in the same order, or none.
    public init(_ finding: ReviewFinding, of records: [Recorded], cores: [[UInt8]]) {
        self.init(finding: finding)
        self.cores = cores
        guard records.map(\.ref) == finding.sides else { return }
        writers = records.map { record in
            ReviewWriter(
                author: record.stamp.author, role: record.stamp.role,
                writtenAt: record.stamp.writtenAt, receivedAt: record.stamp.receivedAt,
                knewOther: records.contains { $0.ref != record.ref && $0.isKnown(to: record) })
        }
    }
}

/// A review as a list needs it: without what its sides say.
public struct ReviewSummary: Hashable, Sendable {
    /// As ``Review/id``.
    public var id: ChangeID
    /// Which rule found it.
    public var kind: ReviewKind
    /// The changes that contradict each other, by name.
    public var sides: [FactRef]
    /// The hub has opened it.
    public var isOpened: Bool
    /// Somebody has to look at it.
    public var needsDecision: Bool
}

extension EntityState {
    /// What ``reviews(rules:id:)`` says, in short: for rows that are derived with every change.
    /// - Parameter id: a finding's id: computed with a hash that this layer does not have.
    /// - Returns: sorted by id.
    public func reviewSummaries(
        rules: RuleTable = .standard, id: (ReviewFinding) -> ChangeID
    ) -> [ReviewSummary] {
        openings(rules: rules, id: id).map { id, opened, record in
            let state = Review.State(decisions(on: [id, record?.ref.change ?? id]))
            return ReviewSummary(
                id: id, kind: opened.kind, sides: opened.sides, isOpened: record != nil,
                needsDecision: state.needsDecision)
        }
    }
}
