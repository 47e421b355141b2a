// What goes wrong on one day.
extension SwarmPlan {
    mutating func drawFaults(_ day: Int, _ draw: inout SwarmDraw) {
        let begin = Int64(day) * Self.day + Self.opens
        // Every phone tells something at any time of the day, so that a fault has what to strike.
        for kind in kinds {
            for slot in phones.indices {
                for _ in 0..<count(kind, &draw) {
                    let at = begin + draw.time(length)
                    if let fault = message(kind, &draw) {
                        add(at, .message(fault, phone: slot), &draw)
                    } else if kind.isOutage {
                        let most = draw.chance(20) ? 2 * Self.hour : 600_000
                        add(
                            at,
                            .outage(kind, phone: slot, milliseconds: 5_000 + draw.time(most)),
                            &draw)
                    } else if kind.isOfDevice {
                        add(at, .befall(kind, phone: slot), &draw)
                    }
                }
            }
            if kind.isOfHub { drawHub(kind, begin, length, &draw) }
        }
        drawBackups(begin, length, &draw)
    }

    /// How often a kind is drawn for one phone and day.
    private func count(_ kind: FaultKind, _ draw: inout SwarmDraw) -> Int {
        let most = settings.faults == .heavy ? 3 : 1
        switch kind {
        case .deviceRestored, .deviceCloned: return draw.chance(settings.rarePercent) ? 1 : 0
        case .deviceLost: return draw.chance(15) ? 1 : 0
        case .downgraded, .upgraded: return 1
        case .clockJump, .timeZone, .powerLost, .powerKept, .powerTorn, .diskFull:
            return draw.below(2)
        case .slow, .oneWay, .flapping: return draw.below(2)
        case .killed, .killedInside, .partition: return draw.below(most)
        case .diskError: return most + draw.below(most)
        default: return draw.below(most + 1)
        }
    }

    private func message(_ kind: FaultKind, _ draw: inout SwarmDraw) -> MessageFault? {
        switch kind {
        case .requestLost: .requestLost
        case .reordered: .requestLate(1_000 + draw.time(300_000))
        case .answerLost: .answerLost
        case .answerLate: .answerLate
        case .answerCut: .answerCut(draw.below(1 << 20))
        case .answerFlipped: .answerFlipped(draw.below(1 << 20))
        case .duplicated: .duplicated
        case .requestCut: .requestCut(draw.below(1 << 20))
        case .requestFlipped: .requestFlipped(draw.below(1 << 20))
        case .unauthorised: .status(401)
        case .tooMany: .status(429, retryAfter: Self.wait(&draw))
        case .serverError:
            .status([500, 502, 503][draw.below(3)], retryAfter: Self.wait(&draw))
        case .portal: .portal
        default: nil
        }
    }

    /// What half of those who are busy ask for, seconds.
    private static func wait(_ draw: inout SwarmDraw) -> Int? {
        draw.chance(50) ? [1, 5, 30, 60][draw.below(4)] : nil
    }

    private mutating func drawHub(
        _ kind: FaultKind, _ begin: Int64, _ length: Int64, _ draw: inout SwarmDraw
    ) {
        let isRare = kind == .hubRestored || kind == .hubReplaced
        let percent = kind == .hubReplaced ? settings.rarePercent / 2 : settings.rarePercent
        guard !isRare || draw.chance(percent) else { return }
        for _ in 0..<(isRare ? 1 : 1 + draw.below(2)) {
            add(begin + draw.time(length), .hub(kind), &draw)
        }
    }

    /// What is to be restored was saved before, on the same day or an earlier one.
    private mutating func drawBackups(
        _ begin: Int64, _ length: Int64, _ draw: inout SwarmDraw
    ) {
        if kinds.contains(.deviceRestored) {
            for slot in phones.indices {
                add(begin + draw.time(length), .backUp(phone: slot), &draw)
            }
        }
        if kinds.contains(.hubRestored) {
            add(begin - Self.hour + draw.time(length), .backUpHub, &draw)
        }
    }
}

extension FaultKind {
    /// Of a link, for some time.
    var isOutage: Bool {
        switch self {
        case .partition, .flapping, .oneWay, .slow: true
        default: false
        }
    }

    /// Befalls a device.
    var isOfDevice: Bool {
        switch self {
        case .killed, .killedInside, .powerLost, .powerKept, .powerTorn, .diskFull, .diskError,
            .deviceRestored, .deviceCloned, .deviceLost, .clockJump, .timeZone, .unreadable,
            .downgraded, .upgraded, .newer:
            true
        default: false
        }
    }

    /// Befalls the hub.
    var isOfHub: Bool {
        switch self {
        case .hubKilled, .hubKilledInside, .hubPower, .hubRestored, .hubReplaced, .hubMoved: true
        default: false
        }
    }
}
