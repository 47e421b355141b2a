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

    @Test func countsToTheEndOfNumbers() {
        var breaker = Breaker(options, failures: .max)
        breaker.fail()
        #expect(breaker.failures == .max)
    }
}
