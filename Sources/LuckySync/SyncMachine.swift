internal import LuckyCausality
public import LuckyModel

/// Decides what to send, when to try again and what to do with what came: events in, effects out.
///
/// No clock, no randomness of its own, no disk, no socket, no `async`: time comes with each event,
/// randomness from a seed. One exchange is in flight at most.
public struct SyncMachine: Sendable {
    /// What it is doing now.
    enum Activity: Hashable, Sendable {
        case resting
        case preparing
        case exchanging(nonce: UInt64, isHeldOpen: Bool)
        case absorbing
        /// A timer is set.
        case waiting
        case paused
    }

    let options: SyncOptions
    var random: SplitMix64
    var activity = Activity.resting
    var pending = 0
    var breaker: Breaker
    var recovery: Recovery?
    /// Something happened while an exchange was under way: go round once more.
    var isDue = false
    /// The network may have changed while an exchange was under way: where that one fails, it says
    /// nothing of the network that is there now.
    var isHinted = false
    var wantsDigest = false
    var digestsAgree: Bool?
    var verification = Verification()
    var isCaughtUp = false
    var isStuck = false
    var sendFrom: UInt64?
    var lastSendFrom: UInt64?
    /// How many answers in a row brought no page.
    var pagelessRounds = 0
    var lastTry: Int64?
    var heldOpenSince: Int64?
    /// When the timer rings that was set last.
    var wakesAt: Int64 = 0
    var pushBytes: Int
    var pageBytes: Int
    var sentChangesets = 0
    var asksDigest = false
    var packing = Packing()
    /// What the request under way is about.
    var asked: Asked?

    /// - Parameter seed: for the jitter of retries.
    public init(options: SyncOptions = SyncOptions(), seed: UInt64) {
        self.options = options
        random = SplitMix64(state: seed)
        breaker = Breaker(options)
        pushBytes = options.pushBytesStart
        pageBytes = options.pageBytesStart
    }

    /// Whether a timer is set and nothing else is under way.
    public var isWaiting: Bool { activity == .waiting }

    /// Whether it waits for nothing: all pending changes were received and the page is caught up,
    /// or it can't go on by itself.
    public var isResting: Bool { activity == .resting || activity == .paused }

    /// Takes one event.
    /// - Parameter now: milliseconds of a clock that never goes back, of this process.
    /// - Returns: what to do, in order.
    public mutating func handle(_ event: SyncEvent, now: Int64) -> [SyncEffect] {
        let effects = react(to: event, now: now)
        for case .wake(let milliseconds) in effects { wakesAt = now + milliseconds }
        return effects
    }

    private mutating func react(to event: SyncEvent, now: Int64) -> [SyncEffect] {
        switch event {
        case .started(let backlog): return start(backlog, now: now)
        case .tapped(let count):
            pending = count
            isCaughtUp = false
            return nudge(now: now)
        case .linkHinted: return hint(now: now)
        case .woke: return activity == .waiting ? beginRound(now: now) : []
        case .tokenChanged: return activity == .waiting ? beginRound(now: now) : []
        case .verifyRequested:
            wantsDigest = true
            digestsAgree = nil
            verification.begin()
            return nudge(now: now)
        case .prepared(let request): return send(request, now: now)
        case .answered(let body, let nonce): return absorb(body, nonce: nonce)
        case .failed(let failure, let nonce): return fail(failure, nonce: nonce)
        case .absorbed(let result): return settle(result, now: now)
        case .storeFailed(let reason): return retry(afterStoreFailure: reason)
        case .paused:
            let wasExchanging = isExchanging
            activity = .paused
            return (wasExchanging ? [.abandonExchange] : []) + [publish(.paused)]
        }
    }

    private mutating func start(_ backlog: Backlog, now: Int64) -> [SyncEffect] {
        pending = backlog.pending
        breaker = Breaker(
            options, failures: backlog.attempts, isOnTrial: backlog.isOnTrial ?? false)
        recovery = backlog.recovery
        packing.note(reads: backlog.readsPacked)
        if backlog.waitMilliseconds > 0 {
            // A clock that jumped must not make a wait of years (L6): the longest is our own.
            activity = .waiting
            let most = max(options.breakerMilliseconds, options.retryAfterMostMilliseconds)
            var wait = min(backlog.waitMilliseconds, most)
            if Mutant.isOn(.waitOfYears) { wait = backlog.waitMilliseconds }
            return [.wake(afterMilliseconds: wait)]
        }
        return beginRound(now: now)
    }

    /// Something new to do: at once where nothing is under way, else with the next round.
    private mutating func nudge(now: Int64) -> [SyncEffect] {
        switch activity {
        case .resting: return beginRound(now: now)
        case .exchanging(_, isHeldOpen: true):
            activity = .resting
            return [.abandonExchange] + beginRound(now: now)
        case .preparing, .exchanging, .absorbing:
            isDue = true
            return []
        case .waiting where breaker.failures == 0: return beginRound(now: now)
        case .waiting, .paused: return []
        }
    }

    private mutating func hint(now: Int64) -> [SyncEffect] {
        guard activity == .waiting || activity == .resting else {
            isHinted = true
            return []
        }
        if let lastTry, now - lastTry < options.hintGapMilliseconds {
            // Too soon after a try: at the end of the gap, where the wait would be longer.
            let end = lastTry + options.hintGapMilliseconds
            let isLonger = activity == .waiting && wakesAt > end
            return isLonger ? [.wake(afterMilliseconds: end - now)] : []
        }
        return beginRound(now: now)
    }

    mutating func beginRound(now: Int64) -> [SyncEffect] {
        activity = .preparing
        isDue = false
        isHinted = false
        lastTry = now
        var request = PrepareOptions(
            fromCounter: sendFrom, pushBytes: pushBytes, pageBytes: pageBytes,
            wantsDigest: wantsDigest, comparison: verification.next(now: now))
        request.packs = packing.begin(after: breaker.failures, options) ? true : nil
        return [
            publish(recovery.map(SyncStatus.Phase.recovering) ?? .syncing), .prepare(request),
        ]
    }

    var isExchanging: Bool {
        if case .exchanging = activity { true } else { false }
    }

    mutating func stop(_ phase: SyncStatus.Phase) -> [SyncEffect] {
        activity = .resting
        return [publish(phase)]
    }

    func publish(_ phase: SyncStatus.Phase) -> SyncEffect {
        .publish(
            SyncStatus(
                phase: phase, pending: pending,
                attempts: breaker.isOnTrial ? 0 : breaker.failures, isStuck: isStuck,
                digestsAgree: digestsAgree, difference: verification.difference,
                isCaughtUp: isCaughtUp))
    }
}

/// A small seeded generator, for jitter only.
struct SplitMix64: Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// Between 0 and `most`, both included.
    mutating func upTo(_ most: Int64) -> Int64 {
        most <= 0 ? 0 : Int64(next() % UInt64(most + 1))
    }
}
