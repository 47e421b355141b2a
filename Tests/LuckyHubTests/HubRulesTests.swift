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
}
