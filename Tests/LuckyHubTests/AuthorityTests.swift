import LuckyCausality
import LuckyModel
import Testing

@testable import LuckyHub

/// The authority table, cell by cell (L23).
@Suite struct AuthorityTests {
    static let roles: [Role] = Role.all + [.hub, Role(rawValue: 34), Role(rawValue: 99)]
    static let relations: [ScopeRelation] = [.inScope, .wasInScope, .newByAuthor, .never]

    /// role → kind → one letter per relation: Accept, Claim, Quarantine.
    static let table: [String: [String: String]] = [
        "driver": [
            "decision": "QQQQ", "doorstep": "ACAQ",
            "look": "ACAQ", "plan": "QQQQ", "bookkeeping": "QQQQ",
            "misplaced": "QQQQ",
        ],
        "supervisor": [
            "decision": "AAAA", "doorstep": "AAAA",
            "look": "AAAA", "plan": "AAAA", "bookkeeping": "QQQQ",
            "misplaced": "QQQQ",
        ],
        "office": [
            "decision": "AAAA", "doorstep": "AAAA",
            "look": "AAAA", "plan": "AAAA", "bookkeeping": "QQQQ",
            "misplaced": "QQQQ",
        ],
        "customer_service": [
            "decision": "AAAA", "doorstep": "AAAA",
            "look": "AAAA", "plan": "AAAA", "bookkeeping": "QQQQ",
            "misplaced": "QQQQ",
        ],
        "dispatcher": [
            "decision": "AAAA", "doorstep": "AAAA",
            "look": "AAAA", "plan": "AAAA", "bookkeeping": "QQQQ",
            "misplaced": "QQQQ",
        ],
        "finance": [
            "decision": "AAAA", "doorstep": "AAAA",
            "look": "AAAA", "plan": "AAAA", "bookkeeping": "QQQQ",
            "misplaced": "QQQQ",
        ],
        "hub": [
            "decision": "AAAA", "doorstep": "AAAA",
            "look": "AAAA", "plan": "AAAA", "bookkeeping": "AAAA",
            "misplaced": "AAAA",
        ],
        "role-99": [
            "decision": "QQQQ", "doorstep": "QQQQ",
            "look": "QQQQ", "plan": "QQQQ", "bookkeeping": "QQQQ",
            "misplaced": "QQQQ",
        ],
        "role-34": [
            "decision": "QQQQ", "doorstep": "QQQQ",
            "look": "QQQQ", "plan": "QQQQ", "bookkeeping": "QQQQ",
            "misplaced": "QQQQ",
        ],
    ]

    @Test(arguments: roles, ChangeKind.allCases)
    func cell(_ role: Role, _ kind: ChangeKind) throws {
        let expected = try #require(Self.table[role.name]?[kind.rawValue])
        let verdicts = Self.relations.map { relation in
            switch Authority.verdict(role, kind, relation) {
            case .accept: "A"
            case .claim: "C"
            case .quarantine: "Q"
            }
        }
        #expect(verdicts.joined() == expected)
    }

    @Test func whatAChangeIsAbout() {
        let stop = Bench.stop(1)
        let customer = EntityID(.customer, stop.key)
        let review = ReviewOpened(kind: .deliveredTwice, ruleVersion: 1, sides: [])
        #expect(ChangeKind(Change(stop, .plan(.address, .none))) == .plan)
        #expect(ChangeKind(Change(stop, .fact(.arrival))) == .doorstep)
        #expect(ChangeKind(Change(stop, .fact(.unknown(kind: 99)))) == .doorstep)
        #expect(ChangeKind(Change(stop, .fact(.looked(Look(changes: []))))) == .look)
        #expect(ChangeKind(Change(stop, .fact(.reviewOpened(review)))) == .bookkeeping)
        let resolved = ReviewResolution(of: ChangeID(high: 1, low: 2), .kept)
        #expect(ChangeKind(Change(stop, .fact(.reviewResolved(resolved)))) == .decision)
        #expect(ChangeKind(Change(customer, .fact(.reviewResolved(resolved)))) == .decision)
        #expect(ChangeKind(Change(stop, .fact(.routeStarted))) == .doorstep)
        let ref = FactRef(change: ChangeID(high: 1, low: 2), index: 0)
        let release = Release(ref, author: "amy", writtenAt: 0, core: [])
        #expect(ChangeKind(Change(stop, .fact(.released(release)))) == .bookkeeping)
        #expect(ChangeKind(Change(customer, .fact(.arrival))) == .misplaced)
        #expect(ChangeKind(Change(customer, .plan(.code, .none))) == .plan)
    }

    /// One cell of the rule table: who records notes.
    @Test func whoRecordsItStandsInTheRuleTable() throws {
        let note = Change(Bench.stop(1), .fact(.noteAdded(Note("n"))))
        var rules = RuleTable.standard
        #expect(ChangeKind(note, rules: rules) == .doorstep)
        let row = try #require(rules.facts.firstIndex { $0.kind == .noteAdded })
        rules.facts[row].owner = .office
        #expect(ChangeKind(note, rules: rules) == .decision)
        rules.facts[row].owner = .hub
        #expect(ChangeKind(note, rules: rules) == .bookkeeping)
    }
}
