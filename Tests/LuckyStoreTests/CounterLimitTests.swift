import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyStore

/// Counters end below 2⁵³: the last one is used, and behind it a tap is refused aloud.
struct CounterLimitTests {
    @Test("The last counter is used, and the next tap is refused and leaves nothing")
    func end() throws {
        let phone = try Phone.withRoute()
        let last = Dot.counterLimit - 1
        try phone.store.connection.write {
            try $0.run("UPDATE meta SET head_counter = ?", [(last - 1).stored])
        }
        #expect(try phone.note("the last", Phone.stop(1)).dot.counter == last)
        let before = try phone.store.state(of: Phone.stop(1))
        #expect(before?.vector[phone.store.identity.replica] == last)
        for _ in 0..<2 {
            let error = #expect(throws: StoreError.self) {
                try phone.note("one more", Phone.stop(1))
            }
            #expect(error?.code == "out_of_bounds")
        }
        #expect(try phone.store.state(of: Phone.stop(1)) == before)
        #expect(try phone.pending == 1)
        let kept = try phone.store.envelopes(from: last, count: 9, bytes: .max)
        #expect(kept.map(\.counter) == [last])
    }
}
