internal import LuckyCausality
internal import LuckyModel

/// What a case can ask of hybrid logical clocks. Readings are written `milliseconds.logical`.
enum ClockStep {
    /// Issues readings at one wall time, so many.
    case tick(wall: Int64, times: Int)
    /// Takes note of a stamp that came by a page of this hub time.
    case see(HLC, hubTime: Int64)
    /// Forgets all but what is persisted, which is the last reading.
    case restart
    /// Puts siblings that differ in nothing else in the order of L8, least first.
    case sort([Recorded])
}

/// One clock; a case has one.
struct CaseClock {
    /// As many readings as one step may issue.
    static let tickLimit = 200_000
    private var clock = HybridClock()

    mutating func play(_ step: ClockStep) -> CaseValue {
        let before = clock.last
        switch step {
        case .tick(let wall, let times):
            var grew = true
            for _ in 0..<times {
                let last = clock.last
                grew = clock.tick(wall: wall) > last && grew
            }
            return [
                "reading": .text(Self.text(clock.last)), "grew": .flag(grew && times > 0),
                "below_limit": .flag(clock.last.milliseconds < HLC.millisecondLimit),
            ]
        case .see(let stamp, let hubTime):
            let isSound = clock.see(stamp, hubTime: hubTime)
            return [
                "reading": .text(Self.text(clock.last)), "moved": .flag(clock.last != before),
                "flagged": .flag(!isSound),
            ]
        case .restart:
            clock = HybridClock(last: clock.last)
            return ["reading": .text(Self.text(clock.last))]
        case .sort(let siblings):
            let orders = Orders.all(of: siblings).map { order in
                order.sorted { $1.isShownOver($0, owner: .office) }.map {
                    CaseNames.name($0.dot.replica)
                }
            }
            return [
                "order": .list(orders.first?.map { .text($0) } ?? []),
                "shown": orders.first?.last.map { .text($0) } ?? .null,
                "same_in_every_order": .flag(Set(orders).count == 1),
            ]
        }
    }

    static func text(_ reading: HLC) -> String { "\(reading.milliseconds).\(reading.logical)" }
}
