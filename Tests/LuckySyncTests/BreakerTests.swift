import LuckyModel
import Testing

@testable import LuckySync

@Suite struct BreakerTests {
    private let options = SyncOptions()

    @Test func opensAtTheFifthFailureInARow() {
        var breaker = Breaker(options)
        for _ in 1...4 { breaker.fail() }
        #expect(!breaker.isOpen && breaker.rest == 0)
        breaker.fail()
        #expect(breaker.isOpen && breaker.rest == 60_000)
    }

    @Test func aSuccessBetweenStartsTheCountAnew() {
        var breaker = Breaker(options)
        for _ in 1...4 { breaker.fail() }
        breaker.succeed()
        for _ in 1...4 { breaker.fail() }
        #expect(!breaker.isOpen)
    }

    @Test func twoSuccessesInARowClose() {
        var breaker = Breaker(options, failures: 5)
        #expect(breaker.isOpen && !breaker.isOnTrial)
        breaker.succeed()
        #expect(breaker.isOpen && breaker.isOnTrial)
        breaker.succeed()
        #expect(!breaker.isOpen && breaker.failures == 0)
    }

    @Test func aFailureOnTrialRestsAtOnce() {
        var breaker = Breaker(options, failures: 5)
        breaker.succeed()
        breaker.fail()
        #expect(breaker.isOpen && !breaker.isOnTrial && breaker.rest == 60_000)
        breaker.succeed()
        #expect(breaker.isOpen)
    }

    @Test("While it is open a failure rests as long as it says, the twelfth like the fifth")
    func theTwelfthFailureRestsNoLonger() {
        for seed in 1...20 as ClosedRange<UInt64> {
            var machine = SyncMachine(options: options, seed: seed)
            var waits: [Int64] = []
            for _ in 1...12 {
                for case .wake(let wait) in machine.retry(after: .timedOut) { waits.append(wait) }
            }
            #expect(waits.count == 12)
            #expect(waits.prefix(4).allSatisfy { $0 < 60_000 })
            #expect(waits.dropFirst(4).allSatisfy { $0 == 60_000 }, "seed \(seed): \(waits)")
        }
    }

    @Test("It rests longer where the other side asks for it")
    func aLongerRetryAfterHolds() {
        var machine = SyncMachine(options: options, seed: 1)
        var last: [SyncEffect] = []
        for _ in 1...6 {
            last = machine.retry(after: .busy(status: 503, retryAfterSeconds: 90))
        }
        #expect(last.contains(.wake(afterMilliseconds: 90_000)))
    }

    @Test func countsToTheEndOfNumbers() {
        var breaker = Breaker(options, failures: .max)
        breaker.fail()
        #expect(breaker.failures == .max)
    }
}
