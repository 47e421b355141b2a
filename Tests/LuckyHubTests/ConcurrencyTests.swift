import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Synchronization
import Testing

@testable import LuckyHub

@Suite struct ConcurrencyTests {
    /// Drivers and the office at once: commit order is sequence order without a gap, and a page
    /// never passes what commits later.
    @Test(arguments: Backend.allCases)
    func everyTapOfEveryThreadIsThereOnce(_ backend: Backend) throws {
        let bench = try Bench(backend)
        let names: [Identifier] = ["drv-1", "drv-2", "drv-3"]
        for (index, name) in names.enumerated() { try bench.plan(index, for: name) }
        let hub = bench.hub
        let now = bench.now
        let done = Mutex<[Phone]>([])
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: names.count + 1) { index in
            do {
                if index < names.count {
                    var phone = Phone(names[index], install: UInt64(index + 1))
                    for _ in 0..<20 {
                        try phone.tap(Bench.stop(index), .arrival)
                        let answer = try hub.sync(
                            phone.request(), as: phone.credential, now: now)
                        try phone.take(SyncResponse(decoding: answer.body))
                    }
                    done.withLock { $0.append(phone) }
                } else {
                    for edit in 0..<20 {
                        let stop = Bench.stop(edit % names.count)
                        let seen = try hub.read { try $0.state(stop)?.vector }
                        _ = try hub.write(
                            [Change(stop, .plan(.sequence, .integer(Int64(edit))))],
                            contexts: [stop: seen ?? VersionVector()],
                            id: ChangeID(high: 3, low: UInt64(edit)), by: Bench.office, now: now)
                    }
                }
            } catch { failures.withLock { $0.append("\(error)") } }
        }
        #expect(failures.withLock { $0 } == [])
        #expect(hub.sequence(of: Bench.depot) == UInt64(names.count + 20 * (names.count + 1)))
        for var phone in done.withLock({ $0 }) {
            try bench.settle(&phone)
            #expect(phone.results.count == 20)
            #expect(phone.results.values.allSatisfy { $0.result == .accepted })
            #expect(phone.digest() == phone.hubDigest)
            let stop = try #require(phone.scope.first)
            #expect(phone.base[stop] == (try hub.read { try $0.state(stop) }))
            #expect(phone.base[stop]?.facts.count == 20)
        }
        try hub.storage.read { rows in
            let end = try #require(try rows.logEnd()).sequence
            var counters: [ReplicaID: UInt64] = [:]
            for sequence in 1...end {
                let dot = try #require(try rows.log(sequence: sequence)?.dot)
                #expect(dot.counter == counters[dot.replica, default: 0] + 1)
                counters[dot.replica] = dot.counter
            }
        }
    }
}
