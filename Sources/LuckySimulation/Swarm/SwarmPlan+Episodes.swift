// What only matters where it comes together, which things that are drawn one by one hardly ever do.
// Each episode brings with it what it needs, in seeds that have its kind of fault at all, and draws
// from a seed of its own, so that the rest of the plan is the same with and without it.
extension SwarmPlan {
    mutating func drawEpisodes(_ day: Int) {
        guard !kinds.isEmpty else { return }
        var draw = SwarmDraw(seed: settings.seed ^ (0x0E91_50DE_0000 &+ UInt64(day)))
        if kinds.contains(.partition), draw.chance(60) { cancelUnheard(day, &draw) }
        if kinds.contains(.clockJump), draw.chance(60) { tapAsTheClockGoesBack(day, &draw) }
        if kinds.contains(.deviceCloned), draw.chance(60) { restoreACopy(day, &draw) }
        if settings.drivers > 1, draw.chance(30) { writeToTwo(day, &draw) }
    }

    /// A moment of the morning, milliseconds since the first day began.
    private func morning(of day: Int, _ draw: inout SwarmDraw) -> Int64 {
        Int64(day) * Self.day + Self.opens + 60_000 + draw.time(length / 4)
    }

    /// A phone, and the last of its driver's planned stops: nobody has been there yet.
    private func phoneAndStop(
        of day: Int, _ draw: inout SwarmDraw
    ) -> (phone: Int, stop: Int)? {
        let phone = draw.below(phones.count)
        let last = stops.lastIndex {
            $0.day == day && $0.driver == phones[phone] && !$0.isSpare
        }
        return last.map { (phone, $0) }
    }

    /// The driver delivers where there is no network, and the office cancels: neither has heard.
    private mutating func cancelUnheard(_ day: Int, _ draw: inout SwarmDraw) {
        let at = morning(of: day, &draw)
        guard let (phone, stop) = phoneAndStop(of: day, &draw) else { return }
        add(at, .outage(.partition, phone: phone, milliseconds: 300_000), &draw)
        add(at + 10_000, .tap(.complete, phone: phone, stop: stop), &draw)
        add(at + 60_000, .edit(.cancel, stop: stop), &draw)
    }

    /// Offline taps, a clock that is set, and the app's process ends before the next.
    private mutating func tapAsTheClockGoesBack(_ day: Int, _ draw: inout SwarmDraw) {
        let at = morning(of: day, &draw)
        guard let (phone, stop) = phoneAndStop(of: day, &draw) else { return }
        add(at, .outage(.partition, phone: phone, milliseconds: 900_000), &draw)
        for second: Int64 in [10, 20] {
            add(at + second * 1_000, .tap(.cash, phone: phone, stop: stop), &draw)
        }
        add(at + 30_000, .befall(.clockJump, phone: phone), &draw)
        add(at + 40_000, .befall(.killed, phone: phone), &draw)
        for second: Int64 in [700, 710] {
            add(at + second * 1_000, .tap(.cash, phone: phone, stop: stop), &draw)
        }
    }

    /// A phone and its copy go on apart with the same name, one of them is backed up meanwhile, and
    /// put back once both were heard.
    private mutating func restoreACopy(_ day: Int, _ draw: inout SwarmDraw) {
        let at = morning(of: day, &draw)
        guard let (phone, stop) = phoneAndStop(of: day, &draw) else { return }
        add(at, .befall(.deviceCloned, phone: phone), &draw)
        add(at + 5_000, .outage(.partition, phone: phone, milliseconds: 120_000), &draw)
        for number: Int64 in 1...6 {
            add(at + 5_000 + number * 5_000, .tap(.cash, phone: phone, stop: stop), &draw)
        }
        add(at + 60_000, .backUp(phone: phone), &draw)
        add(at + 600_000, .befall(.deviceRestored, phone: phone), &draw)
    }

    /// The office writes to a stop and to its neighbour of another driver in one change.
    private mutating func writeToTwo(_ day: Int, _ draw: inout SwarmDraw) {
        let at = morning(of: day, &draw)
        guard let (_, stop) = phoneAndStop(of: day, &draw) else { return }
        add(at, .edit(.neighbours, stop: stop), &draw)
    }
}
