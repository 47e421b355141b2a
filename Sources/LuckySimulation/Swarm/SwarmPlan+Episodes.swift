// What only matters where it comes together, which things that are drawn one by one hardly ever do.
// Each episode brings with it what it needs, in seeds that have its kind of fault at all, and draws
// from a seed of its own, so that the rest of the plan is the same with and without it.
extension SwarmPlan {
    private struct Episode {
        /// Of seeds that have it; nil: of all in which anything goes wrong.
        var kind: FaultKind?
        var percent: Int
        var draw: (inout SwarmPlan, Int, inout SwarmDraw) -> Void

        init(
            _ kind: FaultKind?, _ percent: Int,
            _ draw: @escaping (inout SwarmPlan, Int, inout SwarmDraw) -> Void
        ) {
            (self.kind, self.percent, self.draw) = (kind, percent, draw)
        }
    }

    private static var episodes: [Episode] {
        [
            Episode(.partition, 60) { $0.cancelUnheard($1, &$2) },
            Episode(.clockJump, 80) { $0.tapAsTheClockGoesBack($1, &$2) },
            Episode(.clockJump, 80) { $0.waitAsTheClockGoesBack($1, &$2) },
            Episode(.deviceCloned, 90) { $0.restoreACopy($1, &$2) },
            Episode(.diskError, 80) { $0.pageMeetsABadDisk($1, &$2) },
            Episode(.hubKilledInside, 80) { $0.hubDiesInAPush($1, &$2) },
            Episode(nil, 30) { $0.writeToTwo($1, &$2) },
        ]
    }

    mutating func drawEpisodes(_ day: Int) {
        guard !kinds.isEmpty else { return }
        for (number, episode) in Self.episodes.enumerated() {
            let seed = UInt64(day) &* 64 &+ UInt64(number)
            var draw = SwarmDraw(seed: settings.seed ^ (0x0E91_50DE_0000 &+ seed))
            guard episode.kind.map(kinds.contains) ?? true, draw.chance(episode.percent) else {
                continue
            }
            episode.draw(&self, day, &draw)
        }
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

    /// Offline taps, a clock that goes back, and the app's process ends before the next.
    private mutating func tapAsTheClockGoesBack(_ day: Int, _ draw: inout SwarmDraw) {
        let at = morning(of: day, &draw)
        guard let (phone, stop) = phoneAndStop(of: day, &draw) else { return }
        add(at, .outage(.partition, phone: phone, milliseconds: 900_000), &draw)
        for second: Int64 in [10, 20] {
            add(at + second * 1_000, .tap(.cash, phone: phone, stop: stop), &draw)
        }
        add(at + 30_000, .strike(.clock(-Self.day), phone: phone), &draw)
        add(at + 40_000, .befall(.killed, phone: phone), &draw)
        for second: Int64 in [700, 710] {
            add(at + second * 1_000, .tap(.cash, phone: phone, stop: stop), &draw)
        }
    }

    /// The hub is busy, so the app waits before it tries again; its clock goes back by a year, and its
    /// process ends meanwhile. After work on the last day: no network comes back that would wake it.
    private mutating func waitAsTheClockGoesBack(_ day: Int, _ draw: inout SwarmDraw) {
        let at = Int64(day) * Self.day + closes + min(length, Self.hour) / 2
        guard day == settings.days - 1, let (phone, stop) = phoneAndStop(of: day, &draw) else {
            return
        }
        add(at, .open(phone: phone), &draw)
        for _ in 0..<12 { add(at, .message(.status(503), phone: phone), &draw) }
        add(at + 5_000, .tap(.note, phone: phone, stop: stop), &draw)
        add(at + 90_000, .strike(.clock(-365 * Self.day), phone: phone), &draw)
        add(at + 91_000, .befall(.killed, phone: phone), &draw)
    }

    /// A phone and its copy go on apart with the same name, one of them is backed up meanwhile, and
    /// put back once both were heard.
    private mutating func restoreACopy(_ day: Int, _ draw: inout SwarmDraw) {
        let at = morning(of: day, &draw)
        guard let (phone, stop) = phoneAndStop(of: day, &draw) else { return }
        add(at, .strike(.imaged, phone: phone), &draw)
        add(at + 5_000, .outage(.partition, phone: phone, milliseconds: 120_000), &draw)
        for number: Int64 in 1...6 {
            add(at + 5_000 + number * 5_000, .tap(.cash, phone: phone, stop: stop), &draw)
        }
        add(at + 60_000, .backUp(phone: phone), &draw)
        add(at + 600_000, .befall(.deviceRestored, phone: phone), &draw)
    }

    /// The office writes to a driver's stops, and the disk refuses what the page brings of it.
    private mutating func pageMeetsABadDisk(_ day: Int, _ draw: inout SwarmDraw) {
        let at = morning(of: day, &draw)
        guard let (phone, _) = phoneAndStop(of: day, &draw) else { return }
        let route = stops.indices.filter {
            stops[$0].day == day && stops[$0].driver == phones[phone] && !stops[$0].isSpare
        }
        for (edit, stop) in zip([.price, .window, .words, .items] as [SwarmEdit], route) {
            add(at, .edit(edit, stop: stop), &draw)
        }
        add(at + 1_000, .strike(.write(6 + draw.below(10)), phone: phone), &draw)
    }

    /// A phone sends a tap, and the hub's process ends while it takes it.
    private mutating func hubDiesInAPush(_ day: Int, _ draw: inout SwarmDraw) {
        let at = morning(of: day, &draw)
        guard let (phone, stop) = phoneAndStop(of: day, &draw) else { return }
        add(at, .killHub(atCall: 8 + draw.below(24)), &draw)
        add(at, .tap(.cash, phone: phone, stop: stop), &draw)
    }

    /// The office writes to a stop and to its neighbour of another driver in one change.
    private mutating func writeToTwo(_ day: Int, _ draw: inout SwarmDraw) {
        let at = morning(of: day, &draw)
        guard settings.drivers > 1, let (_, stop) = phoneAndStop(of: day, &draw) else { return }
        add(at, .edit(.neighbours, stop: stop), &draw)
    }
}
