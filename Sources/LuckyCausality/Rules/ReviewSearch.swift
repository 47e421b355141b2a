internal import LuckyModel

/// One walk over the rows of the table and one entity's state and past. What no row asks for is not
/// made.
final class ReviewSearch {
    let state: EntityState
    let rules: RuleTable
    /// By dot, then index: the order in which each replica wrote.
    private(set) lazy var facts: [Recorded] = Array(state.facts.values).inOrder {
        ($0.dot, $0.ref) < ($1.dot, $1.ref)
    }
    private(set) lazy var corrections: [FactRef: [Recorded]] = Self.corrections(in: facts)
    /// What handovers, failures and receipts say and said.
    private(set) lazy var versions: [Version] = Self.versions(of: facts, corrections)
    private(set) lazy var twins = Twins(state: state)
    /// Plan values that were written over, as far as they are known.
    private let past: [PlanField: [Recorded]]
    private(set) var found: Set<ReviewFinding> = []
    /// Whether what was written over is known, if any was.
    let hasPast: Bool
    private let glance: Glance
    private let isInFull: Bool

    /// A fact as the rules look at it: what it says, or said once, and the change that says so.
    struct Candidate {
        var fact: Fact
        /// Whom a review names.
        var record: Recorded
        /// Nil for what cannot be corrected.
        var version: Version?
        /// Who was there, whoever put it right since.
        var author: Identifier { (version?.original ?? record).stamp.author }
        /// Who says so.
        var source: Recorded { version?.source ?? record }
    }

    /// - Parameters:
    ///   - past: plan values of this entity that were written over; nil where they are not known.
    ///   - isInFull: leaves nothing out, as it does else where it can find nothing.
    init(
        _ state: EntityState, past: [Recorded]?, _ rules: RuleTable, isInFull: Bool = false
    ) {
        self.state = state
        hasPast = past != nil
        self.rules = rules
        self.isInFull = isInFull
        glance = isInFull ? .everything : state.glance
        var writes: [PlanField: [Recorded]] = [:]
        for write in past ?? [] {
            guard let field = write.plan?.field else { continue }
            writes[field, default: []].append(write)
        }
        for field in writes.keys {
            writes[field] =
                FieldState(
                    siblings: (state.fields[field]?.siblings ?? []) + (writes[field] ?? [])
                ).siblings
        }
        self.past = writes
    }

    func open(_ kind: ReviewKind, _ sides: FactRef...) { open(kind, sides) }

    func open(_ kind: ReviewKind, _ sides: [FactRef]) {
        found.insert(ReviewFinding(kind, on: state.id, sides))
    }

    func run() {
        // Rows are large, and most are left out.
        for place in rules.facts.indices where glance.shows(rules.facts[place].kind) {
            let row = rules.facts[place]
            if case .review(let kind) = row.sibling, glance.showsTwo(row.kind) {
                findPairs(of: row.kind, opening: kind)
            }
            for contradiction in row.contradicts where glance.showsWhat(contradiction.against) {
                find(contradiction, row.kind)
            }
        }
        let mayContest =
            isInFull || !past.isEmpty || state.fields.values.contains { $0.siblings.count > 1 }
        guard mayContest else { return }
        for row in rules.fields { findContested(row) }
    }

    private func find(_ contradiction: Contradiction, _ kind: FactKind) {
        switch contradiction.against {
        case .field(let field): find(kind, against: field, opening: contradiction.opens)
        case .fact(let other): find(kind, against: other, opening: contradiction.opens)
        case .itself: findByItself(kind, opening: contradiction.opens)
        case .clock: findFirst(of: kind, opening: contradiction.opens) { $0.stamp.isFarOff }
        case .carrier:
            findFirst(of: kind, opening: contradiction.opens) { $0.stamp.carriedBy != nil }
        // These need two entities: see ReviewRules.findings(between:and:) and (ofOneCustomer:).
        case .elsewhere, .customer: break
        }
    }

    /// What facts of a kind say, and what handovers said before they were corrected. A handover
    /// may be one by correction.
    func candidates(_ kind: FactKind) -> [Candidate] {
        guard kind == .handedOver else {
            return facts.compactMap { record in
                guard let fact = record.fact, fact.kind == kind else { return nil }
                return Candidate(fact: fact, record: record)
            }
        }
        return versions.compactMap { version in
            guard case .handedOver(let value) = version.value else { return nil }
            return Candidate(fact: .handedOver(value), record: version.named, version: version)
        }
    }

    /// Every known write of a field, standing or written over, by dot.
    func writes(_ field: PlanField) -> [Recorded] {
        past[field] ?? state.fields[field]?.siblings ?? []
    }

    // MARK: Plan against fact

    private func find(
        _ kind: FactKind, against field: PlanField, opening review: ReviewKind
    ) {
        let writes = writes(field)
        guard !writes.isEmpty else { return }
        if Mutant.isOn(.lateCancelIsFine), review == .deliveredAfterCancel { return }
        if [.deletedAfterFact, .removedAfterArrival].contains(review) {
            for write in writes { findFirst(of: kind, against: write, opening: review) }
            return
        }
        for candidate in candidates(kind) {
            for write in writes where canContradict(write, candidate) {
                guard let value = write.plan?.value, contradicts(review, candidate, value, write)
                else { continue }
                open(review, candidate.record.ref, write.ref)
            }
        }
    }

    /// Its writer did not know the fact, and neither had seen the other gone: what the office put
    /// right before the driver acted, and the driver knew, is no contradiction.
    private func canContradict(_ write: Recorded, _ candidate: Candidate) -> Bool {
        !write.context.covers(candidate.record.dot) && stands(write, for: candidate.source)
            && candidate.version.map { stands($0, for: $0.source, write) } ?? true
    }

    // MARK: One fact is enough

    /// The first fact of each replica for which it holds, if that is of this kind.
    private func findFirst(
        of kind: FactKind, opening review: ReviewKind, where holds: (Recorded) -> Bool
    ) {
        var seen: Set<Recorded.Line> = []
        for record in facts where record.fact?.isDoorstep == true && holds(record) {
            guard seen.insert(record.line).inserted else { continue }
            if record.fact?.kind == kind { open(review, record.ref) }
        }
    }

    private func findByItself(_ kind: FactKind, opening review: ReviewKind) {
        for candidate in candidates(kind) {
            switch candidate.fact {
            case .settled(let value) where value.due == value.received: continue
            case .routeCompleted where !isForced(candidate.record): continue
            default: open(review, candidate.record.ref)
            }
        }
    }

    /// Somebody of the office closed the route, and had not heard that its driver was done.
    private func isForced(_ completion: Recorded) -> Bool {
        completion.stamp.role != .driver
            && !facts.contains {
                $0.fact == .routeCompleted && $0.stamp.role == .driver
                    && completion.context.covers($0.dot)
            }
    }

    // MARK: Two values of one field

    private func findContested(_ row: PlanRule) {
        guard let review = row.sibling.opens else { return }
        let writes = writes(row.field)
        guard writes.count > 1 else { return }
        var pairs = LeastPairs()
        for (index, first) in writes.enumerated() {
            for second in writes.dropFirst(index + 1)
            where first.plan?.value != second.plan?.value && areConcurrent(first, second) {
                let areOwners =
                    first.stamp.role.acts(as: row.owner) && second.stamp.role.acts(as: row.owner)
                if case .reviewIfNotOwner = row.sibling, areOwners { continue }
                pairs.add(LeastPairs.Side(first.ref), LeastPairs.Side(second.ref))
            }
        }
        open(review, pairs)
    }

    /// Neither writer had seen the other's value, or a later one in its place.
    private func areConcurrent(_ first: Recorded, _ second: Recorded) -> Bool {
        !first.context.covers(second.dot) && !second.context.covers(first.dot)
            && stands(first, for: second) && stands(second, for: first)
    }
}

extension Stamp {
    /// More than twelve hours between the writer's wall clock and what is known of the time: it ran
    /// ahead of the hub's, or behind its own hybrid clock, which only grows. A clock that is late
    /// and never was right cannot be told from a phone that was offline.
    var isFarOff: Bool {
        let limit: Int64 = 12 * 3_600_000
        func exceeds(_ later: Int64, _ earlier: Int64) -> Bool {
            let (difference, overflow) = later.subtractingReportingOverflow(earlier)
            return overflow ? later > earlier : difference > limit
        }
        return exceeds(hlc.milliseconds, writtenAt)
            || receivedAt.map { exceeds(writtenAt, $0) } == true
    }
}
