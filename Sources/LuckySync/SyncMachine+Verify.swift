internal import LuckyModel

// What differs is found in two round trips, named, and sent whole; then both sides are compared
// again (L21). Never a loop: what differs again is named and left, and all is bounded.

extension SyncMachine {
    /// What the answer says of the digests, and what to ask next.
    mutating func compare(_ result: Absorbed, now: Int64) {
        if let agree = result.digestsAgree {
            digestsAgree = agree
            wantsDigest = false
            verification.compared(digestsAgree: agree)
        }
        // Beside a page that was cut nothing is answered but repairs.
        let isLast = result.entities != nil && !result.hasMore
        guard let asked = asked?.comparison, result.compared != nil || isLast else { return }
        switch verification.take(
            result.compared, to: asked, now: now, pausing: options.repairPauseMilliseconds)
        {
        case .goOn: break
        case .verifyAgain: wantsDigest = true
        case .nothingDiffers: digestsAgree = true
        }
        verification.exchanges += 1
        guard verification.exchanges >= options.verifyExchangesMost else { return }
        verification.stop()
        wantsDigest = false
    }
}

/// One verification: from the first digest to the last repair.
struct Verification: Sendable {
    /// What it found, as it is shown; nil: nothing differed.
    private(set) var difference: Difference?
    var exchanges = 0
    private var step: Comparison?
    /// Not before this moment.
    private var notBefore: Int64 = .min
    /// When the minute began in which `asked` entities were asked for.
    private var windowStart: Int64 = .min
    private var asked = 0

    enum Outcome {
        case goOn
        /// What could be mended was: are both sides the same now?
        case verifyAgain
        case nothingDiffers
    }

    /// A person asks anew.
    mutating func begin() {
        difference = nil
        step = nil
        exchanges = 0
    }

    /// It ends with what it knows.
    mutating func stop() { step = nil }

    /// Whether the next question can be asked now.
    func isDue(now: Int64) -> Bool { step != nil && now >= notBefore }

    /// How long the next question has to wait, milliseconds; nil: there is none, or it is due.
    func pause(now: Int64) -> Int64? { step == nil || now >= notBefore ? nil : notBefore - now }

    /// What the next request asks.
    func next(now: Int64) -> Comparison? { isDue(now: now) ? step : nil }

    mutating func compared(digestsAgree agree: Bool) {
        step = agree ? nil : .buckets
        guard agree else { return }
        difference?.waiting = []
        difference?.again = []
        // Nothing of it was ever wrong, or all of it was mended.
        if difference?.mended.isEmpty == true { difference = nil }
    }

    /// - Parameter answer: nil where the hub answered the page and not the question.
    mutating func take(
        _ answer: Compared?, to question: Comparison, now: Int64, pausing pause: Int64
    ) -> Outcome {
        switch (question, answer) {
        case (.buckets, .buckets(let buckets)?):
            // They differ no more: a page brought what was missing.
            step = buckets.isEmpty ? nil : .entities(buckets)
            return buckets.isEmpty ? .verifyAgain : .goOn
        case (.entities, .entities(let found, let sequence)?):
            return name(found, at: sequence, now: now, pausing: pause)
        case (.repair(let wanted), .repaired(let came)?):
            return note(came, of: wanted, now: now, pausing: pause)
        case (.repair(let wanted), nil):
            return note([], of: wanted, now: now, pausing: pause)
        default:
            // A hub that cannot say: both sides differ, and that is all that is known.
            step = nil
            return .goOn
        }
    }

    private mutating func name(
        _ found: Differing, at sequence: UInt64, now: Int64, pausing pause: Int64
    ) -> Outcome {
        let all = found.repairable + found.again + found.parked
        var next = Difference(sequence: sequence, mended: difference?.mended ?? [])
        next.mended.removeAll { all.contains($0) }
        next.waiting = found.repairable
        next.again = found.again
        next.parked = found.parked
        difference = next
        step = nil
        if all.isEmpty { return .verifyAgain }
        if !found.repairable.isEmpty {
            askNext(now: now, pausing: pause)
            return .goOn
        }
        return found.again.isEmpty ? .nothingDiffers : .goOn
    }

    private mutating func note(
        _ came: [String], of wanted: [String], now: Int64, pausing pause: Int64
    ) -> Outcome {
        let came = came.filter(wanted.contains)
        difference?.waiting.removeAll { came.contains($0) }
        let mended = Set(difference?.mended ?? []).union(came)
        difference?.mended = mended.sorted()
        guard difference?.waiting.isEmpty == false else {
            step = nil
            return .verifyAgain
        }
        askNext(now: now, pausing: pause)
        // The hub gives no more for now.
        if came.isEmpty { notBefore = now + pause }
        return .goOn
    }

    /// The first of those that wait, as many as the minute has room for.
    private mutating func askNext(now: Int64, pausing pause: Int64) {
        notBefore = now
        if windowStart == .min || now - windowStart >= pause { (windowStart, asked) = (now, 0) }
        if asked >= Bounds.repairsPerMinute {
            notBefore = windowStart + pause
            (windowStart, asked) = (notBefore, 0)
        }
        let room = min(Bounds.repairsPerRequest, Bounds.repairsPerMinute - asked)
        let entities = Array((difference?.waiting ?? []).prefix(room))
        asked += entities.count
        step = .repair(entities)
    }
}
