internal import LuckyModel

/// Tells a slow link from one that stands still, without mistaking a long poll for either.
struct StallWatch {
    enum Phase {
        /// Not connected: the connect timeout judges.
        case connecting
        /// The request is out and nothing of the answer's body is here.
        case awaiting
        /// Bytes should flow.
        case moving
    }

    private let rate: Int
    private let window: Duration
    private let patience: Duration
    private var phase = Phase.connecting
    private var since: ContinuousClock.Instant
    private var bytesThen = 0

    init(limits: TransportLimits, waitSeconds: Int, now: ContinuousClock.Instant) {
        rate = limits.lowSpeedBytesPerSecond
        window = .seconds(limits.lowSpeedSeconds)
        patience = .seconds(limits.firstByteSeconds + waitSeconds)
        since = now
    }

    /// When to look again at the latest.
    var nextLook: ContinuousClock.Instant {
        since + (phase == .awaiting ? patience : window)
    }

    /// - Parameter bytes: moved so far in either direction; only grows.
    mutating func isStalled(
        _ phase: Phase, bytes: Int, now: ContinuousClock.Instant
    ) -> Bool {
        if phase != self.phase {
            self.phase = phase
            restart(bytes: bytes, now: now)
            return false
        }
        guard now >= nextLook else { return false }
        switch phase {
        case .connecting:
            restart(bytes: bytes, now: now)
            return false
        case .awaiting: return true
        case .moving:
            let isSlow = bytes - bytesThen < rate * Int(window.components.seconds)
            restart(bytes: bytes, now: now)
            return isSlow
        }
    }

    private mutating func restart(bytes: Int, now: ContinuousClock.Instant) {
        since = now
        bytesThen = bytes
    }
}
