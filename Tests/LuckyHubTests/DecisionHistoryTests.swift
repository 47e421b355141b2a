import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// No contradiction disappears (DOMAIN §5c, 7): whatever is decided, undone and decided again by
/// people who saw more or less, the open and the resolved reviews are the detected ones.
@Suite struct DecisionHistoryTests {
    @Test func openAndResolvedAreWhatWasDetected() throws {
        try Budget.current("decisions").run { generator in
            var history = try DecisionHistory(generator)
            for _ in 0..<50 { try history.step() }
            try history.finish()
            generator = history.generator
        }
    }
}

/// Two phones and three desks over three stops, and what must be true of each review, counted by
/// hand.
private struct DecisionHistory {
    struct Decision {
        var id: ChangeID
        var outcome: ReviewOutcome
        var supersedes: Set<ChangeID>
    }

    /// What a desk's screen showed of a stop.
    struct Screen {
        var vector: VersionVector
        var decisions: Set<ChangeID>
    }

    static let desks = [
        Bench.office, Credential(person: "fin", depot: Bench.depot, role: .finance),
        Credential(person: "sup", depot: Bench.depot, role: .supervisor),
    ]

    var generator: SeededGenerator
    let bench: Bench
    var phones: [Phone] = []
    let stops: [EntityID]
    /// Every contradiction that a state of the hub's ever showed.
    var detected: [ChangeID: (kind: ReviewKind, stop: EntityID)] = [:]
    var decisions: [ChangeID: [Decision]] = [:]
    var screens: [Int: [EntityID: Screen]] = [:]
    var calls: UInt64 = 0

    init(_ generator: SeededGenerator) throws {
        self.generator = generator
        bench = try Bench(.memory, seed: generator.seed)
        let bench = bench
        stops = try (1...3).map { try bench.plan($0, for: $0 < 3 ? "drv-1" : "drv-2") }
        for index in 1...2 {
            var phone = Phone(Identifier("drv-\(index)"), install: UInt64(index))
            try bench.settle(&phone)
            phones.append(phone)
        }
    }

    mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }

    mutating func step() throws {
        switch pick(12) {
        case 0, 1: try tap(pick(phones.count))
        case 2, 3: try edit()
        case 4, 5: try sync(pick(phones.count))
        case 6: try look(pick(Self.desks.count))
        default: try decide(pick(Self.desks.count))
        }
        try detect()
    }

    mutating func tap(_ index: Int) throws {
        guard let stop = phones[index].base.keys.sorted().randomElement(using: &generator) else {
            return
        }
        let facts: [Fact] = [
            .delivered(1 + pick(3)), .arrival,
            .cashReceived(CashReceipt(Money(cents: 95_000) ?? .zero)),
            .suggestedAddress(AddressSuggestion("中華路 \(pick(9)) 號")),
        ]
        try phones[index].tap(stop, facts[pick(facts.count)])
    }

    /// Half of the edits are blind to what came since the stop was planned.
    mutating func edit() throws {
        let fields: [(PlanField, PlanValue)] = [
            (.cancelled, .flag(pick(2) == 0)), (.driver, .name(Identifier("drv-\(1 + pick(2))"))),
            (.price, .money(Money(cents: Int64(90_000 + 1_000 * pick(3))) ?? .zero)),
            (.deleted, .flag(pick(4) == 0)), (.route, .none),
        ]
        let (field, value) = fields[pick(fields.count)]
        let stop = stops[pick(stops.count)]
        do {
            try bench.edit(stop, [field: value], seen: pick(2) == 0 ? VersionVector() : nil)
        } catch let refusal as HubRefusal {
            try hold(refusal.code == "siblings_full", refusal.code)
        }
    }

    /// One tap a request, so that each state of the hub's is looked at.
    mutating func sync(_ index: Int) throws {
        var options = Phone.Options()
        options.count = 1
        try bench.sync(&phones[index], options)
    }

    mutating func look(_ desk: Int) throws {
        let stop = stops[pick(stops.count)]
        screens[desk, default: [:]][stop] = Screen(
            vector: try bench.vector(stop), decisions: known(on: stop))
    }

    private func known(on stop: EntityID) -> Set<ChangeID> {
        Set(
            detected.filter { $0.value.stop == stop }.keys.flatMap { decisions[$0] ?? [] }.map(\.id)
        )
    }

    /// Resolves, undoes or supersedes, with what the desk's screen shows or with what the hub has.
    mutating func decide(_ desk: Int) throws {
        guard
            let (id, review) = detected.sorted(by: { $0.key < $1.key })
                .randomElement(using: &generator)
        else { return }
        let screen = pick(2) == 0 ? screens[desk]?[review.stop] : nil
        let seen = standing(id).filter { screen?.decisions.contains($0.id) ?? true }
        let isUndo = pick(3) == 0
        let supersedes = pick(2) == 0
        calls += 1
        let change = ChangeID(high: 0xDEC1, low: calls << 32)
        let outcome: ReviewOutcome =
            isUndo ? .reopened : [.kept, .reversed, .noted][pick(3)]
        let request = ReviewDecisionRequest(
            id: String(change.hex.prefix(24)), review: id.hex,
            outcome: isUndo ? nil : outcome.rawValue,
            context: screen.map { Data($0.vector.rowBytes).base64EncodedString() },
            supersede: supersedes)
        let said = try answer(isUndo ? "review-undo" : "review-resolve", request, Self.desks[desk])
        let isClosed = seen.contains { $0.outcome != .reopened }
        let expected: String? =
            if isUndo {
                isClosed ? nil : "review_open"
            } else {
                isClosed && !supersedes ? "review_closed" : nil
            }
        // Whose word it is comes after whether there is something to decide.
        if said == "not_theirs" {
            let isTheirs = RuleTable.standard.mayDecide(Self.desks[desk].role, review.kind)
            try hold(!isTheirs, "\(Self.desks[desk].person) may decide \(review.kind.rawValue)")
            return
        }
        try hold(said == expected, "\(said ?? "done"), not \(expected ?? "done")")
        guard said == nil else { return }
        decisions[id, default: []].append(
            Decision(id: change, outcome: outcome, supersedes: Set(seen.map(\.id))))
    }

    /// The code of the refusal; nil where it was done.
    private func answer(
        _ verb: String, _ request: ReviewDecisionRequest, _ desk: Credential
    ) throws -> String? {
        bench.now += 1_000
        do {
            _ = try bench.hub.office(verb, OfficeJSON.encode(request), as: desk, now: bench.now)
            return nil
        } catch let refusal as HubRefusal { return refusal.code }
    }

    // MARK: What must be true

    private func standing(_ review: ChangeID) -> [Decision] {
        let all = decisions[review] ?? []
        return all.filter { decision in !all.contains { $0.supersedes.contains(decision.id) } }
    }

    private func word(_ review: ChangeID) -> String {
        let outcomes = Set(standing(review).map(\.outcome))
        if outcomes.count > 1 { return "contested" }
        return outcomes.first.map { $0 == .reopened ? "open" : "resolved" } ?? "open"
    }

    mutating func detect() throws {
        for (stop, state) in try states() {
            for finding in ReviewRules.findings(in: state, past: try bench.past(stop)) {
                detected[finding.id] = (finding.kind, stop)
            }
        }
    }

    private func states() throws -> [(EntityID, EntityState)] {
        try bench.hub.read { reader in
            try stops.map { ($0, try reader.state($0) ?? EntityState(id: $0)) }
        }
    }

    mutating func finish() throws {
        for index in phones.indices {
            while !phones[index].outbox.isEmpty {
                try sync(index)
                try detect()
            }
        }
        var found: [ChangeID: String] = [:]
        for (_, state) in try states() {
            for review in state.reviews {
                try hold(review.isOpened, "the hub did not open \(review.id)")
                try hold(found[review.id] == nil, "\(review.id) is there twice")
                found[review.id] = review.state.word
                try hold(
                    review.decisions.count == decisions[review.id]?.count ?? 0,
                    "a decision on \(review.id) is gone")
            }
        }
        let expected = Dictionary(
            uniqueKeysWithValues: detected.keys.map { ($0, word($0)) })
        try hold(found == expected, "\(found), not \(expected)")
        try checkLists(expected)
        try checkPhones(found)
    }

    /// The office's lists: all, and those that wait for somebody.
    private func checkLists(_ expected: [ChangeID: String]) throws {
        let office = Office(
            hub: bench.hub, credential: Bench.office, now: bench.now, isTrial: false)
        let all = try office.reviewList(ReviewListRequest(all: true)).reviews
        let waiting = try office.reviewList(ReviewListRequest()).reviews
        try hold(Set(all.map(\.review)) == Set(expected.keys.map(\.hex)), "the list lacks some")
        let open = expected.filter { $0.value != "resolved" }
        try hold(
            waiting.map(\.review).sorted() == open.keys.map(\.hex).sorted(),
            "what waits is \(waiting.map(\.status))")
    }

    /// A phone that holds a stop as the hub does shows its reviews alike.
    private mutating func checkPhones(_ found: [ChangeID: String]) throws {
        let states = try states()
        for index in phones.indices {
            var phone = phones[index]
            try bench.settle(&phone)
            for (stop, state) in states where phone.scope.contains(stop) {
                let held = phone.base[stop] ?? EntityState(id: stop)
                try hold(held == state, "\(phone.credential.person) holds another \(stop)")
                try hold(
                    held.reviews.allSatisfy { found[$0.id] == $0.state.word },
                    "\(phone.credential.person) shows other reviews")
            }
        }
    }
}
