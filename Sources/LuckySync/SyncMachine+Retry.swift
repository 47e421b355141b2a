internal import LuckyModel

// When an exchange fails: keep everything, wait, try again (L13, L20).

extension SyncMachine {
    mutating func fail(_ failure: ExchangeFailure, nonce: UInt64) -> [SyncEffect] {
        guard case .exchanging(nonce: nonce, _) = activity else { return [] }
        if Mutant.isOn(.gateLeftStanding), failure == .timedOut { return [] }
        return retry(after: failure)
    }

    /// The store could not be read or written: as transient as the link. Not persisted, since that
    /// is what just failed.
    mutating func retry(afterStoreFailure reason: String) -> [SyncEffect] {
        guard activity != .paused else { return [] }
        let abandons: [SyncEffect] = isExchanging ? [.abandonExchange] : []
        let effects = retry(error: reason, wait: nil, phase: .storeFailed(reason))
        return abandons
            + effects.filter { if case .saveRetry = $0 { false } else { true } }
    }

    mutating func retry(after failure: ExchangeFailure) -> [SyncEffect] {
        switch failure {
        case .timedOut, .truncated, .tooLarge, .offline:
            pushBytes = max(pushBytes / 2, options.pushBytesLeast)
            pageBytes = max(pageBytes / 2, options.pageBytesLeast)
        default: break
        }
        packing.note(failure)
        var least: Int64?
        if case .busy(_, let seconds?) = failure {
            let most = options.retryAfterMostMilliseconds
            least = min(Int64(clamping: seconds), most / 1_000) * 1_000
        }
        if !failure.isTransient { least = options.breakerMilliseconds }
        // Of the network that was there then, and no hub's word.
        let isStale =
            switch failure {
            case .offline, .timedOut, .truncated, .notAHub: isHinted
            default: false
            }
        var effects = retry(
            error: failure.kind, wait: least, isStale: isStale, phase: phase(after: failure))
        if case .unauthorised = failure { effects.insert(.needToken, at: 2) }
        if Mutant.isOn(.tokenStopsAll), case .unauthorised = failure { return [.needToken] }
        return effects
    }

    /// - Parameters:
    ///   - wait: the least to wait, milliseconds, where the failure says so.
    ///   - isStale: what failed says nothing of the network that is there now.
    mutating func retry(
        error: String, wait least: Int64?, isStale: Bool = false, phase: SyncStatus.Phase
    ) -> [SyncEffect] {
        activity = .waiting
        isCaughtUp = false
        breaker.fail()
        // Drawn in any case, so that what is drawn later does not depend on it. An open breaker rests
        // as long as it says and no longer: its probe is due.
        let jitter = backoffMilliseconds()
        var wait = max(breaker.isOpen ? breaker.rest : jitter, least ?? 0)
        if isStale {
            // As soon as a hint allows, and not all phones at once.
            let gap = max(options.hintGapMilliseconds, 1)
            wait = min(wait, gap + jitter % gap)
        }
        if Mutant.isOn(.backoffIsNothing) { wait = 50 }
        if Mutant.isOn(.backoffNeverWakes), breaker.failures > 1 { return [publish(phase)] }
        return [
            .saveRetry(attempts: breaker.failures, waitMilliseconds: wait, error: error),
            .wake(afterMilliseconds: wait),
            publish(Mutant.isOn(.idleWhileWaiting) ? .idle : phase),
        ]
    }

    /// Full jitter. Never zero: a loop that spins is a drained battery.
    private mutating func backoffMilliseconds() -> Int64 {
        let doublings = Int64(min(breaker.failures - 1, 20))
        let most = min(
            options.backoffBaseMilliseconds << doublings, options.backoffMostMilliseconds)
        return max(random.upTo(most), 50)
    }

    private func phase(after failure: ExchangeFailure) -> SyncStatus.Phase {
        switch failure {
        case .unauthorised: .needsToken
        case _ where !failure.isTransient: .refused(failure)
        default: .waiting(failure)
        }
    }
}
