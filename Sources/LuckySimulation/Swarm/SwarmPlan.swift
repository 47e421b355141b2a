/// All that happens in one seed, as a list that parts can be left out of.
struct SwarmPlan: Sendable {
    let settings: SwarmSettings
    /// Of all days, by day, driver and place.
    private(set) var stops: [SwarmStop] = []
    /// The driver of each phone.
    private(set) var phones: [Int] = []
    /// In the order of their time.
    var steps: [SwarmStep] = []
    /// The kinds of fault that this seed has at all, sorted by name.
    private(set) var kinds: [FaultKind] = []
    /// Whether a link that is mended says so; else everybody has to notice by themselves.
    private(set) var hintsAtTheEnd = false

    static let hour: Int64 = 3_600_000
    static let day: Int64 = 24 * hour
    /// When people begin to work.
    static let opens = 8 * hour

    /// Of a day's work, and when it is over, milliseconds.
    var length: Int64 { Int64(settings.hours) * Self.hour }
    var closes: Int64 { Self.opens + length }

    /// When the last day's work is over, milliseconds.
    var end: Int64 { Int64(settings.days - 1) * Self.day + closes + min(Self.hour, length) }

    init(_ settings: SwarmSettings) {
        self.settings = settings
        var draw = SwarmDraw(seed: settings.seed)
        for driver in 0..<settings.drivers {
            phones += Array(repeating: driver, count: driver % 3 == 1 ? 2 : 1)
        }
        hintsAtTheEnd = draw.chance(50)
        drawKinds(&draw)
        for day in 0..<settings.days { drawDay(day, &draw) }
        for day in 0..<settings.days { drawEpisodes(day) }
        steps.sort { ($0.at, $0.number) < ($1.at, $1.number) }
    }

    mutating func add(_ at: Int64, _ action: SwarmAction, _ draw: inout SwarmDraw) {
        steps.append(
            SwarmStep(number: steps.count, at: at, seed: draw.next(), action: action))
    }

    private mutating func drawKinds(_ draw: inout SwarmDraw) {
        let percent: Int
        switch settings.faults {
        case .none: return
        case .light: percent = 25
        case .heavy: percent = 50
        }
        kinds = FaultKind.allCases.filter { _ in draw.chance(percent) }
    }

    private mutating func drawDay(_ day: Int, _ draw: inout SwarmDraw) {
        let dawn = Int64(day) * Self.day
        add(dawn + 5 * Self.hour, .importDay(day), &draw)
        for (slot, _) in phones.enumerated() {
            add(dawn + Self.opens - draw.time(1_800_000), .open(phone: slot), &draw)
            // Some leave the app open all night.
            if draw.chance(70) {
                add(dawn + closes + draw.time(1_800_000), .close(phone: slot), &draw)
            }
        }
        for driver in 0..<settings.drivers { drawRoute(day, driver, &draw) }
        drawFaults(day, &draw)
    }

    /// The day's stops with what is tapped and edited there.
    private mutating func drawRoute(_ day: Int, _ driver: Int, _ draw: inout SwarmDraw) {
        let count = settings.stops.lowerBound + draw.below(settings.stops.count)
        let first = stops.count
        let spares = 2
        for place in 1...(count + spares) {
            stops.append(
                SwarmStop(day: day, driver: driver, place: place, isSpare: place > count))
        }
        let slots = phones.indices.filter { phones[$0] == driver }
        let begin = Int64(day) * Self.day + Self.opens
        let step = length / Int64(count + 1)
        func slot(_ draw: inout SwarmDraw) -> Int { slots[draw.below(slots.count)] }
        add(begin, .tap(.startShift, phone: slot(&draw), stop: first), &draw)
        add(begin + 1_000, .tap(.startRoute, phone: slot(&draw), stop: first), &draw)
        var taps = 3
        for place in 0..<count {
            let at = begin + Int64(place) * step + draw.time(step / 2)
            // Some are in a hurry: the next tap comes while the last is on its way.
            let pause: Int64 = draw.chance(30) ? 40 : 20_000
            for (index, tap) in visit(&draw).enumerated() {
                add(
                    at + Int64(index) * pause + draw.time(pause),
                    .tap(tap, phone: slot(&draw), stop: first + place), &draw)
                taps += 1
            }
        }
        while taps < settings.taps {
            let place = draw.below(count)
            let at = begin + Int64(place) * step + draw.time(length / 4)
            add(
                min(at, begin + length),
                .tap(more(&draw), phone: slot(&draw), stop: first + place), &draw)
            taps += 1
        }
        add(
            begin + length + 60_000,
            .tap(.endShift, phone: slot(&draw), stop: first), &draw)
        drawEdits(first..<(first + count + spares), day, &draw)
    }

    private func visit(_ draw: inout SwarmDraw) -> [SwarmTap] {
        var taps: [SwarmTap] = draw.chance(85) ? [.arrive] : []
        if draw.chance(20) { taps.append(.look) }
        if draw.chance(15) { taps.append(.photo) }
        taps.append(draw.chance(85) ? .complete : .fail)
        if draw.chance(10) { taps.append(.completeDespite) }
        if draw.chance(30) { taps.append(.signature) }
        if draw.chance(12) {
            taps.append([.correctHandover, .correctCash, .withdraw][draw.below(3)])
        }
        return taps
    }

    private func more(_ draw: inout SwarmDraw) -> SwarmTap {
        switch draw.below(20) {
        case 0..<8: .note
        case 8..<11: .cash
        case 11..<13: .meter
        case 13..<15: .suggestAddress
        case 15: .photo
        case 16: .correctCash
        case 17: .correctHandover
        case 18: .addStop
        default: .look
        }
    }

    private mutating func drawEdits(
        _ range: Range<Int>, _ day: Int, _ draw: inout SwarmDraw
    ) {
        let begin = Int64(day) * Self.day + Self.opens - length / 8
        func any(_ draw: inout SwarmDraw) -> Int { range.lowerBound + draw.below(range.count) }
        for _ in 0..<(8 + draw.below(12)) {
            let kinds: [SwarmEdit] = [
                .cancel, .uncancel, .reopen, .price, .window, .items, .words, .resequence, .note,
                .settle, .decide, .insert, .insert, .purge, .reassign(1), .reassign(1), .takeBack,
            ]
            let edit = kinds[draw.below(kinds.count)]
            let isSpare = edit == .insert || edit == .purge
            let stop = isSpare ? range.upperBound - 1 - draw.below(2) : any(&draw)
            add(begin + draw.time(length + length / 4), .edit(edit, stop: stop), &draw)
        }
        guard kinds.contains(.scopeReturned), settings.drivers > 1 else { return }
        for _ in 0..<(1 + draw.below(3)) {
            let stop = any(&draw)
            let at = begin + draw.time(length)
            add(at, .edit(.reassign(1), stop: stop), &draw)
            add(at + draw.time(length / 4), .edit(.takeBack, stop: stop), &draw)
        }
    }
}
