import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// Counters end below 2⁵³: the last one is used, and nothing wraps round behind it.
@Suite struct CounterLimitTests {
    private static let last = Dot.counterLimit - 1

    @Test(arguments: Backend.allCases)
    func theHubsOwnCounterEnds(_ backend: Backend) throws {
        let bench = try Bench(backend)
        let stop = try bench.plan(1, for: "drv-1")
        try bench.hub.storage.write { rows in
            var row = try #require(try rows.replica(bench.hub.replica))
            row.head = ChainHead(counter: Self.last - 1, hash: row.head?.hash ?? .zero)
            row.stated = Self.last - 1
            try rows.save(row)
        }
        #expect(try bench.edit(stop, [.address: .text("a")]).dot.counter == Self.last)
        #expect(try bench.vector(stop)[bench.hub.replica] == Self.last)

        let before = try bench.fingerprint()
        let refusal = #expect(throws: HubRefusal.self) {
            try bench.edit(stop, [.address: .text("b")])
        }
        #expect(refusal?.code == "out_of_bounds")
        #expect(try bench.fingerprint() == before)
        // What is there is still read, and facts still come.
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(stop, .arrival)
        try bench.settle(&phone)
        #expect(phone.results[1]?.result == .accepted)
        #expect(phone.digest() == phone.hubDigest)
    }

    /// A phone that states the last counter of all is asked for what comes before.
    @Test(arguments: Backend.allCases)
    func aPhoneAtTheEnd(_ backend: Backend) throws {
        let bench = try Bench(backend)
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        phone.head = ChainHead(counter: Self.last - 1, hash: .zero)
        try phone.tap(stop, .arrival)
        let answer = try bench.sync(&phone)
        #expect(answer.answer.direction == .sendFrom(1))
        #expect(answer.receipts.isEmpty)
        #expect(try bench.hub.read { try $0.state(stop)?.facts.count } == 0)
        #expect(throws: WireError.self) { try phone.tap(stop, .arrival) }
    }
}
