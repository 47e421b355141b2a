import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

@Suite struct ReviewTests {
    /// The reviews on a stop, by kind, sorted.
    func reviews(_ bench: Bench, _ stop: EntityID) throws -> [String] {
        try #require(try bench.hub.read { try $0.state(stop) }).facts.values.compactMap {
            if case .reviewOpened(let review) = $0.fact { review.kind.rawValue } else { nil }
        }.sorted()
    }

    @Test(arguments: Backend.allCases)
    func aCancelledStopThatWasDeliveredStaysDelivered(_ backend: Backend) throws {
        let bench = try Bench(backend)
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(stop, .delivered(2))
        try bench.edit(stop, [.cancelled: .flag(true)])
        try bench.settle(&phone)
        #expect(try reviews(bench, stop) == ["delivered_after_cancel"])
        let state = try #require(try bench.hub.read { try $0.state(stop) })
        #expect(state.stop.status == .delivered)

        // The review is a changeset of the hub's own, right behind what made it derivable.
        let finding = try #require(ReviewRules.findings(in: state).first)
        let info = try #require(try bench.hub.read { try $0.changeInfo(finding.id) })
        #expect(info.dot.replica == bench.hub.replica)
        #expect(info.sequence == (phone.results[1]?.sequences.first?.sequence ?? 0) + 1)
        #expect(phone.base[stop]?.facts[FactRef(change: finding.id, index: 0)] != nil)
        #expect(phone.digest() == phone.hubDigest)

        // It carries what both sides said, readable when the cancel is overwritten.
        let review = try #require(
            state.facts.values.compactMap { recorded -> ReviewOpened? in
                if case .reviewOpened(let review) = recorded.fact { review } else { nil }
            }.first)
        let said = try review.cores.map {
            try ChangeCodec.decode(EncodedChange(core: $0, personal: nil)).body
        }
        #expect(said.contains(.plan(.cancelled, .flag(true))))
        #expect(said.contains { if case .fact(.handedOver) = $0 { true } else { false } })

        // Overwriting the cancel does not make it vanish, nor does a second cancel open it again.
        try bench.edit(stop, [.cancelled: .flag(false)])
        try bench.edit(stop, [.cancelled: .flag(true)])
        #expect(try reviews(bench, stop) == ["delivered_after_cancel"])
    }

    /// Two drivers deliver a reassigned stop, in whatever order the hub hears of it.
    @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0]])
    func opensOnceInAnyOrder(_ order: [Int]) throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var first = Phone("drv-1", install: 1)
        var second = Phone("drv-2", install: 2)
        try bench.settle(&first)
        try first.tap(stop, .delivered(2))
        let seen = try bench.vector(stop)
        for step in order {
            switch step {
            case 0: try bench.edit(stop, [.driver: .name("drv-2")], seen: seen)
            case 1: try bench.settle(&first)
            default:
                try bench.settle(&second)
                if second.scope.contains(stop) { try second.tap(stop, .delivered(1)) }
                try bench.settle(&second)
            }
        }
        if second.head == nil {
            try bench.settle(&second)
            try second.tap(stop, .delivered(1))
            try bench.settle(&second)
        }
        #expect(try reviews(bench, stop) == ["delivered_after_reassign", "delivered_twice"])
        let before = bench.hub.sequence(of: Bench.depot)
        try bench.settle(&first)
        try bench.settle(&second)
        #expect(bench.hub.sequence(of: Bench.depot) == before)
        #expect(second.digest() == second.hubDigest)
    }
}
