import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

@Suite struct AcceptTests {
    @Test(arguments: Backend.allCases)
    func aTapReachesTheLogAndComesBack(_ backend: Backend) throws {
        let bench = try Bench(backend)
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        #expect(phone.scope == [stop])

        let id = try phone.tap(stop, .delivered(2))
        let response = try bench.sync(&phone)
        let receipt = try #require(response.receipts.first)
        #expect(receipt.result == .accepted)
        #expect(receipt.hash == phone.head?.hash)
        #expect(receipt.history == bench.hub.history)
        #expect(receipt.sequences.map(\.depot) == [Bench.depot])
        #expect(response.answer.head == phone.head)
        #expect(response.answer.nonce == 42)
        #expect(phone.base[stop]?.facts[FactRef(change: id, index: 0)] != nil)
        #expect(phone.base[stop]?.stop.status == .delivered)
        #expect(try bench.hub.read { try $0.state(stop) } == phone.base[stop])
        #expect(phone.digest() == phone.hubDigest)
        let info = try #require(try bench.hub.read { try $0.changeInfo(id) })
        #expect(info.sequence == receipt.sequences.first?.sequence)
        #expect(info.author == "drv-1")
    }

    @Test(arguments: Backend.allCases)
    func theSameDotAgainIsTheSameReceipt(_ backend: Backend) throws {
        let bench = try Bench(backend)
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(stop, .arrival)
        try phone.tap(stop, .delivered(1))
        let body = phone.request()
        let first = try bench.answer(body, as: phone.credential)
        let before = try bench.fingerprint()
        let second = try bench.answer(body, as: phone.credential)
        #expect(first.receipts == second.receipts)
        #expect(first.receipts.count == 1)
        #expect(first.receipts.first?.counters == 1...2)
        #expect(try bench.fingerprint() == before)
    }

    @Test func aForkNamesTheLastCommonCounterAndBringsNoPage() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(stop, .arrival)
        try bench.settle(&phone)
        var copy = phone
        try phone.tap(stop, .delivered(1))
        try bench.settle(&phone)
        try copy.tap(stop, .delivered(2))
        let before = try bench.fingerprint()
        let response = try bench.sync(&copy)
        #expect(response.answer.direction == .fork(lastCommon: 1))
        #expect(response.page == nil)
        #expect(response.receipts.isEmpty)
        #expect(try bench.fingerprint() == before)
    }

    /// Counterexample 2: highest counter and hash cannot tell a duplicate from a fork.
    @Test func counterexample2_aRestoredPhonesTapBelowTheHeadIsAFork() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        let backup = phone
        try phone.tap(stop, .arrival)
        try phone.tap(stop, .delivered(2))
        try bench.settle(&phone)
        var restored = backup
        try restored.tap(stop, .delivered(1))
        let response = try bench.sync(&restored)
        #expect(response.answer.direction == .fork(lastCommon: 0))
        #expect(!restored.outbox.isEmpty)
    }

    /// Counterexample 3: a copied store with an empty outbox is noticed by its stated head.
    @Test func counterexample3_aCopyWithAnotherHeadGetsNoPage() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        var copy = phone
        try phone.tap(stop, .arrival)
        try bench.settle(&phone)
        // Nothing was tapped on the copy: the answer states a head that is not its own.
        #expect(try bench.answer(copy.request(), as: copy.credential).answer.head?.counter == 1)
        try copy.tap(stop, .delivered(1))
        copy.archive = copy.outbox
        copy.outbox = []
        let response = try bench.sync(&copy)
        #expect(response.page == nil)
        #expect(response.answer.direction == .sendFrom(1))
        #expect(try bench.sync(&copy).answer.direction == .fork(lastCommon: 0))
    }

    @Test func aGapAsksForWhatIsMissing() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        for _ in 0..<3 { try phone.tap(stop, .arrival) }
        let whole = phone
        phone.outbox.removeFirst()
        #expect(try bench.sync(&phone).answer.direction == .sendFrom(1))
        phone = whole
        try bench.settle(&phone)
        #expect(phone.results.count == 3)
    }

    @Test func anotherPreviousHashIsAskedForOneEarlier() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(stop, .arrival)
        try bench.settle(&phone)
        try phone.tap(stop, .arrival)
        try bench.settle(&phone)
        // A copy that diverged at 2 and pushes its 3 first.
        var copy = phone
        copy.head = ChainHead(counter: 2, hash: .sha256([1]))
        try copy.tap(stop, .delivered(1))
        #expect(try bench.sync(&copy).answer.direction == .sendFrom(2))
    }

    @Test func aTapUnderAnotherDotIsAlreadyThere() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        let id = try phone.tap(stop, .delivered(2))
        try bench.settle(&phone)
        let state = try bench.hub.read { try $0.state(stop) }

        var other = Phone("drv-1", install: 2)
        try bench.settle(&other)
        try other.write([Change(stop, .fact(.delivered(2)))], id: id)
        try other.tap(stop, .arrival)
        try bench.settle(&other)
        #expect(other.results[1]?.result == .already(Dot(phone.replica, 1)))
        #expect(other.results[1]?.sequences == phone.results[1]?.sequences)
        #expect(other.results[2]?.result == .accepted)
        let after = try #require(try bench.hub.read { try $0.state(stop) })
        #expect(after.facts.count == (state?.facts.count ?? 0) + 1)
        #expect(after.vector[other.replica] == 2)
    }

    @Test func whoIsAtTheDoor() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(stop, .arrival)
        let before = try bench.fingerprint()
        let elsewhere = Credential(person: "drv-1", depot: "chenggong", role: .driver)
        #expect(try bench.refusal(phone.request(), as: elsewhere)?.status == 403)
        let foreign = try bench.refusal(phone.request(), as: Bench.driver("drv-2"))
        #expect(foreign?.code == "foreign_replica")
        #expect(foreign?.status == 403)
        let bad = try bench.refusal(Data([1, 2, 3]), as: phone.credential)
        #expect(bad?.code == "bad_request")
        #expect(bad?.status == 400)
        let hubs = SyncRequest(
            replica: bench.hub.replica, head: nil, history: nil, checkpoint: nil, nonce: 1,
            wantsDigest: false, changesets: [])
        #expect(try bench.refusal(hubs.encoded(), as: phone.credential)?.status == 403)
        #expect(try bench.fingerprint() == before)
    }

    @Test func anotherHistoryIsDetectedAndNothingApplied() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(stop, .arrival)
        let before = try bench.fingerprint()
        var lost = phone
        lost.history = HistoryID(high: 1, low: 1)
        #expect(try bench.sync(&lost).answer.direction == .rebaselineNeeded)
        #expect(lost.outbox.count == 1)
        // The same numbers, another tag (counterexample 15).
        lost = phone
        lost.checkpoint?.tag ^= 1
        let response = try bench.sync(&lost)
        #expect(response.answer.direction == .rebaselineNeeded)
        #expect(response.page == nil)
        #expect(try bench.fingerprint() == before)
    }

    @Test func newsIsWhatADeviceDoesNotHave() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        var quiet = Phone.Options()
        quiet.wantsDigest = false
        func hasNews() throws -> Bool {
            try bench.hub.sync(phone.request(quiet), as: phone.credential, now: bench.now).hasNews
        }
        #expect(try hasNews())
        try bench.sync(&phone, quiet)
        #expect(try !hasNews())
        try bench.plan(2, for: "drv-2")
        #expect(try !hasNews())
        try bench.edit(stop, [.sequence: .integer(9)])
        #expect(try hasNews())
        try bench.sync(&phone, quiet)
        #expect(try !hasNews())
        try phone.tap(stop, .arrival)
        #expect(try hasNews())
        #expect(bench.hub.sequence(of: Bench.depot) == 4)
        #expect(bench.hub.sequence(of: "elsewhere") == 0)
        #expect(bench.hub.isReady())
    }
}
