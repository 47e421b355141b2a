internal import Foundation
internal import LuckyModel

// One round: send what is pending, take what came, go on or wait.

extension SyncMachine {
    /// So many answers in a row without a page are asked behind at once.
    private static let pagelessMost = 8

    mutating func send(_ request: Prepared, now: Int64) -> [SyncEffect] {
        guard activity == .preparing else { return [] }
        sentChangesets = request.changesets
        asked = request.asked
        let isQuiet =
            request.changesets == 0 && recovery == nil && !wantsDigest && !isDue
            && !breaker.isOnTrial
            && request.asked?.comparison == nil
        let holdsOpen = isQuiet && isCaughtUp
        let wait = holdsOpen ? options.waitSeconds : 0
        activity = .exchanging(nonce: request.nonce, isHeldOpen: wait > 0)
        heldOpenSince = wait > 0 ? now : nil
        asksDigest = wantsDigest
        let exchange = SyncEffect.exchange(
            request.body, nonce: request.nonce, waitSeconds: wait)
        return (wait > 0 ? [publish(resting)] : []) + [exchange]
    }

    mutating func absorb(_ body: Data, nonce: UInt64) -> [SyncEffect] {
        // An answer to an exchange that was given up is nobody's.
        guard case .exchanging(nonce: nonce, _) = activity else { return [] }
        activity = .absorbing
        return [.absorb(body, nonce: nonce, asked: asked)]
    }

    /// The answer was absorbed: is there more to do?
    mutating func settle(_ result: Absorbed, now: Int64) -> [SyncEffect] {
        guard activity == .absorbing else { return [] }
        if !Mutant.isOn(.countNeverFalls) { pending = result.pending }
        recovery = result.recovery
        packing.note(reads: result.readsPacked)
        let hasMoved =
            result.received > 0 || (result.entities ?? 0) > 0 || (result.mended ?? 0) > 0
        if hasMoved { isStuck = false }
        if let failure = result.failure { return retry(after: failure) }
        compare(result, now: now)
        if let counter = result.sendFrom {
            if counter == lastSendFrom, !hasMoved { return stuck() }
            sendFrom = counter
            lastSendFrom = counter
            isCaughtUp = false
            return succeed() + beginRound(now: now)
        }
        sendFrom = nil
        lastSendFrom = nil
        let isPageless = result.entities == nil && !hasMoved
        let lacksDigest = asksDigest && wantsDigest && !result.hasMore && pending == 0
        if (pending > 0 && sentChangesets > 0 && !hasMoved) || isPageless || lacksDigest {
            return stuck()
        }
        let effects = succeed()
        isCaughtUp =
            result.entities != nil && !result.hasMore && pending == 0 && recovery == nil
        if let since = heldOpenSince, !hasMoved, now - since < options.holdLeastMilliseconds {
            // A hub that does not hold the exchange open must not make us spin.
            activity = .waiting
            return effects + [.wake(afterMilliseconds: options.holdLeastMilliseconds)]
        }
        // Asked in an older name, the hub's page is dropped: another is asked for in this one's. A hub
        // that never sends one must not make us spin.
        pagelessRounds = result.entities == nil ? pagelessRounds + 1 : 0
        let lacksPage = (1...Self.pagelessMost).contains(pagelessRounds)
        let isUnfinished = pending > 0 || recovery != nil || result.hasMore || lacksPage
        let isComparing = wantsDigest || verification.isDue(now: now)
        if isUnfinished || isDue || isComparing || breaker.isOnTrial || options.waitSeconds > 0 {
            return effects + beginRound(now: now)
        }
        if let pause = verification.pause(now: now) {
            activity = .waiting
            return effects + [.wake(afterMilliseconds: pause), publish(.differs)]
        }
        if options.pollMilliseconds > 0 {
            activity = .waiting
            return effects + [
                .wake(afterMilliseconds: options.pollMilliseconds), publish(resting),
            ]
        }
        return effects + stop(resting)
    }

    /// All is received and caught up; but is it the same?
    private var resting: SyncStatus.Phase { digestsAgree == false ? .differs : .idle }

    private mutating func succeed() -> [SyncEffect] {
        let hadFailed = breaker.failures > 0
        breaker.succeed()
        if sentChangesets > 0 { pushBytes = min(pushBytes * 2, options.pushBytesMost) }
        pageBytes = min(pageBytes * 2, options.pageBytesMost)
        guard hadFailed else { return [] }
        return [.saveRetry(attempts: breaker.failures, waitMilliseconds: 0, error: nil)]
    }

    /// A whole exchange moved nothing although something is pending: an error to be seen (L21).
    private mutating func stuck() -> [SyncEffect] {
        isStuck = true
        return retry(error: "no_progress", wait: nil, phase: .stuck)
    }
}
