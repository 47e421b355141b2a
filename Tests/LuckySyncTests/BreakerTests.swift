import Foundation
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

    @Test(
        "It rests as long as the other side asks for, a minute at most",
        arguments: [(30, 30_000), (60, 60_000), (61, 60_000), (900, 60_000), (.max, 60_000)]
            as [(Int, Int64)])
    func aRetryAfterHolds(asked: Int, rests: Int64) {
        var machine = SyncMachine(options: options, seed: 1)
        let effects = machine.retry(after: .busy(status: 503, retryAfterSeconds: asked))
        #expect(effects.contains(.wake(afterMilliseconds: rests)))
        // An open breaker rests its minute, whatever less is asked for.
        var last: [SyncEffect] = []
        for _ in 1...5 {
            last = machine.retry(after: .busy(status: 503, retryAfterSeconds: asked))
        }
        #expect(last.contains(.wake(afterMilliseconds: 60_000)))
    }

    @Test("A restart between the two probes loses neither: the next success closes")
    func theTrialOutlivesARestart() {
        for isOnTrial in [true, false] {
            var machine = SyncMachine(options: options, seed: 1)
            let backlog = Backlog(pending: 1, attempts: 5, isOnTrial: isOnTrial)
            _ = machine.handle(.started(backlog), now: 0)
            #expect(machine.breaker.isOpen && machine.breaker.isOnTrial == isOnTrial)
            machine.breaker.succeed()
            #expect(machine.breaker.isOpen != isOnTrial)
        }
        // Failures too few to open it need no trial.
        #expect(!Breaker(options, failures: 4, isOnTrial: true).isOnTrial)
    }

    @Test("A restart does not end its rest, nor does a tap; a hint lets the probe go at once")
    func whatEndsItsRest() {
        func begins(_ effects: [SyncEffect]) -> Bool {
            effects.contains { if case .prepare = $0 { true } else { false } }
        }
        var machine = SyncMachine(options: options, seed: 1)
        let backlog = Backlog(pending: 1, attempts: 5, waitMilliseconds: 50_000)
        let started = machine.handle(.started(backlog), now: 0)
        #expect(started.contains(.wake(afterMilliseconds: 50_000)) && !begins(started))
        #expect(!begins(machine.handle(.tapped(pending: 2), now: 10)))
        #expect(begins(machine.handle(.linkHinted, now: 20)))
    }

    @Test("What fails while the network changed says nothing of the new one: the next try is soon")
    func aHintDuringAnExchangeIsHeard() throws {
        for isHinted in [false, true] {
            var machine = SyncMachine(options: options, seed: 1)
            _ = machine.handle(.started(Backlog(pending: 1, attempts: 5)), now: 0)
            let prepared = Prepared(body: Data(), nonce: 7, changesets: 1)
            _ = machine.handle(.prepared(prepared), now: 10)
            if isHinted { _ = machine.handle(.linkHinted, now: 20) }
            let effects = machine.handle(.failed(.timedOut, nonce: 7), now: 30)
            let waits = effects.compactMap { if case .wake(let wait) = $0 { wait } else { nil } }
            let soon = options.hintGapMilliseconds..<2 * options.hintGapMilliseconds
            #expect(
                waits.count == 1 && waits.allSatisfy(isHinted ? soon.contains : { $0 == 60_000 }))
            // Heard once: the try after it rests as ever.
            _ = machine.handle(.woke, now: 60_030)
            _ = machine.handle(.prepared(prepared), now: 60_040)
            let after = machine.handle(.failed(.timedOut, nonce: 7), now: 60_050)
            #expect(after.contains(.wake(afterMilliseconds: 60_000)))
        }
    }

    @Test("What the hub itself says holds, whatever the network did meanwhile")
    func aHintIsNoAnswerToTheHubsWord() throws {
        let words: [ExchangeFailure] = [
            .busy(status: 503, retryAfterSeconds: nil), .busy(status: 503, retryAfterSeconds: 0),
            .refused(status: 400, code: "bad_request", message: ""),
        ]
        for word in words {
            var machine = SyncMachine(options: options, seed: 1)
            _ = machine.handle(.started(Backlog(pending: 1, attempts: 5)), now: 0)
            _ = machine.handle(.prepared(Prepared(body: Data(), nonce: 7, changesets: 1)), now: 10)
            _ = machine.handle(.linkHinted, now: 20)
            let effects = machine.handle(.failed(word, nonce: 7), now: 30)
            #expect(effects.contains(.wake(afterMilliseconds: 60_000)), "\(word)")
        }
    }

    @Test func countsToTheEndOfNumbers() {
        var breaker = Breaker(options, failures: .max)
        breaker.fail()
        #expect(breaker.failures == .max)
    }
}
