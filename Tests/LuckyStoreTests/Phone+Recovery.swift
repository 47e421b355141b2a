import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyStore

extension Phone {
    /// Another hub in the place of this one, which a copy of this store told first.
    func takeUp(holding sent: [[UInt8]], quarantine: Set<UInt64> = []) throws {
        try pull()
        #expect(try pending == 0)
        let isAway = try stop(1)?.isHandedOver == true
        hub = PaperHub(driver: Phone.driver)
        hub.history = HistoryID(high: 8, low: 8)
        planRoute()
        for number: UInt64 in (isAway ? 2 : 1)...3 { plan(number) }
        for (index, envelope) in sent.enumerated() {
            _ = try hub.take(
                envelope, quarantine: quarantine.contains(UInt64(index + 1)) ? "author" : nil)
        }
        _ = try store.followAnew(hub.history, depot: PaperHub.depot, using: &random)
    }

    /// The steps after the push, at a hub that has all that was offered.
    func refill() throws {
        for replica in try store.epochs() { try store.confirm(replica) }
        try store.advance()
        for _ in 0..<9 where try store.position().recovery == .offering {
            let batch = try store.offerBatch(count: 10, bytes: 100_000)
            try store.take(
                Wanted(entities: [], isDone: false), digests: batch.digests.count,
                states: batch.stateCount)
            try store.advance()
        }
        _ = try store.apply(page: try nextPage(), hubTime: hub.now)
    }
}
