import LuckyCausality
import LuckyFiles
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// A hub says in each answer by which version of the rules it opens reviews (L26).
@Suite struct HubRulesTests {
    @Test(arguments: [ReviewRules.version - 1, ReviewRules.version + 1])
    func theHubSaysItsRules(_ version: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("hub.sqlite")
        let hub = try Hub(
            SQLiteStorage(at: path, SystemFiles()), depot: Bench.depot,
            random: RandomSource(SeededGenerator(seed: 3)),
            continuity: Continuity(beside: path, SystemFiles()), ruleVersion: version)
        let bench = try Bench(hub)
        let phone = Phone("drv-1", install: 1)
        let response = try bench.answer(phone.request(), as: phone.credential)
        #expect(response.answer.ruleVersion == version)
        try hub.close()
    }

    /// Of two values side by side, the one that stood before a contradiction is the one that this
    /// hub's rules show; and what its rules say of who decides counts, too.
    @Test(arguments: [Role.dispatcher, .customerService])
    func theHubsRulesSayWhatStoodBeforeAndWhoDecides(_ owner: Role) throws {
        var rules = RuleTable.standard
        let row = try #require(rules.fields.firstIndex { $0.field == .window })
        rules.fields[row].owner = owner
        rules.fields[row].decides = owner
        let bench = try Bench(
            Hub(
                SQLiteStorage(at: nil, SystemFiles()), depot: Bench.depot,
                random: RandomSource(SeededGenerator(seed: 3)), rules: rules))
        let stop = try bench.plan(1, for: "drv-1")
        func window(_ hour: Int, _ role: Role, _ seen: VersionVector) throws {
            let window = TimeWindow(startMinute: hour * 60, endMinute: hour * 60 + 60)
            try bench.edit(
                stop, [.window: .window(window)], seen: seen,
                as: Credential(person: Identifier(role.name), depot: Bench.depot, role: role))
        }
        let hours: [Role: Int] = [.dispatcher: 8, .customerService: 10]
        let nothing = try bench.vector(stop)
        for (role, hour) in hours.sorted(by: { $0.key < $1.key }) {
            try window(hour, role, nothing)
        }
        let both = try bench.vector(stop)
        try window(14, .dispatcher, both)
        try window(16, .customerService, both)

        let state = try #require(try bench.hub.read { try $0.state(stop) })
        let base = try #require(
            state.facts.values.compactMap { recorded -> ReviewOpened.Base? in
                if case .reviewOpened(let review) = recorded.fact { review.base } else { nil }
            }.first)
        let before = try ChangeCodec.decode(EncodedChange(core: base.core, personal: nil)).body
        guard case .plan(.window, .window(let shown)) = before else {
            Issue.record("\(before)")
            return
        }
        #expect(shown.startMinute == hours[owner].map { $0 * 60 })

        let review = try #require(state.reviews.first { $0.base != .unknown })
        for role in hours.keys.sorted() {
            let fact = Fact.reviewResolved(
                ReviewResolution(of: review.id, .kept, supersedes: []))
            let fault = state.fault(in: fact, by: role, seen: state.vector, rules: rules)
            #expect(fault?.code == (role == owner ? nil : "not_theirs"))
        }
    }
}
