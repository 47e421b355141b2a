internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckySync
internal import LuckyWire

/// A planned route, driven in simulated time: the real store and sync machine on a phone that loses
/// its network, the real hub behind it, an office that changes its mind, and a driver at each door.
///
/// The hub is one of its own, in memory, of the depot ``LuckyModel/Identifier/simulation``. The same
/// plan, settings and seed give the same day, to the byte.
/// ```swift
/// let day = try RouteSimulation(RoutePlan.demo(), RouteSettings(seed: 1, profile: .standard()))
/// while !day.isOver { try day.advance(by: 60_000) }
/// print(try day.result().verdict)
/// ```
public final class RouteSimulation {
    let plan: RoutePlan
    let settings: RouteSettings
    let world: World
    let hub: WorldHub
    let zones: [DeadZone]
    let origin: Coordinate?
    /// The one in the driver's hand.
    var phone: WorldDevice
    /// All there were, in the order in which they came.
    var phones: [WorldDevice]
    var stops: [RouteStopRun]
    var ledger = RouteLedger()
    var truck: RouteTruck
    var shift: EntityID?
    /// Ways between two places that were looked for before.
    var ways: [RouteEnds: RouteWay] = [:]
    /// What happens whatever the driver does.
    var later = Later()
    /// What the driver does next.
    var step: (at: Int64, act: () throws -> Void)?
    var traffic = RouteTraffic()
    /// When the phone works again, Unix milliseconds; nil: it works.
    var phoneBackAt: Int64?
    /// Somebody holds the phone in flight mode.
    var isForcedOffline = false
    var hadLunch = false
    var isSwapDue = false
    var isHome = true
    /// Whether the day is over, and everything had time to come together.
    public internal(set) var isOver = false
    /// What happened since they were last taken.
    var events: [RouteEvent] = []
    /// What was drawn for the day's end: until when the phones may sync.
    var settleUntil: Int64 = .max
    let random: SeededGenerator

    /// Prepares the day: the hub has the plan, and the phone is at the depot, before the start.
    public init(_ plan: RoutePlan, _ settings: RouteSettings) throws {
        self.plan = plan
        self.settings = settings
        let profile = settings.profile
        let leave = Int64(profile.startMinute ?? 450) * 60_000
        let start = plan.date.startUnixMilliseconds + leave - Self.morning
        world = World(start: start, seed: settings.seed)
        world.travel = WorldTravel()
        random = SeededGenerator(seed: settings.seed ^ 0x5EED_0F_A_DA7)
        hub = try world.addHub(depot: .simulation, inMemory: false)
        var options = SyncOptions()
        options.waitSeconds = Bounds.waitSeconds
        phone = try world.addDevice("phone-1", of: plan.driver, at: hub, options: options)
        phones = [phone]
        zones = RouteDraw.zones(plan, settings, random)
        stops = RouteDraw.stops(plan, profile, random)
        let places = stops.compactMap(\.place)
        origin = profile.depot.map(\.coordinate).flatMap { depot in
            // A route of another county begins and ends at its own stops.
            places.contains { RouteMap.metres($0, depot) < Self.nearDepot } ? depot : nil
        }
        truck = RouteTruck(place: origin ?? places.first)
        world.watcher = { [unowned self] in self.watch($0, $1) }
        try prepare(leave: world.now + Self.morning)
    }

    /// Before the driver sets off the phone has this long to load the route, milliseconds.
    static let morning: Int64 = 1_200_000
    /// How far the profile's depot may be from the nearest stop, metres.
    static let nearDepot = 80_000.0
    /// How often the link is looked at, milliseconds.
    static let tick: Int64 = 10_000
    /// After the last tap everything has so long to come together, milliseconds.
    static let settling: Int64 = 7_200_000

    /// Unix milliseconds of the simulated day.
    public var now: Int64 { world.now }

    private func prepare(leave: Int64) throws {
        try importPlan()
        try world.wake(phone)
        let midnight = plan.date.startUnixMilliseconds
        func at(_ minute: Int?, _ act: @escaping () throws -> Void) {
            guard let minute else { return }
            later.add(midnight + Int64(minute) * 60_000, act)
        }
        at(settings.batteryDeath) { [unowned self] in batteryDies() }
        at(settings.phoneSwap) { [unowned self] in isSwapDue = true }
        at(settings.hubOutage?.lowerBound) { [unowned self] in try hubStops() }
        at(settings.hubOutage?.upperBound) { [unowned self] in try hubStarts() }
        for (index, stop) in stops.enumerated() {
            guard let edit = stop.draw.edit else { continue }
            later.add(leave + edit.after) { [unowned self] in try officeEdits(edit.kind, index) }
        }
        later.add(world.now + Self.tick) { [unowned self] in try look() }
        step = (leave, { [unowned self] in try setOut() })
    }

    // MARK: Time

    /// Lets simulated time pass; at most until the day is over.
    public func advance(by milliseconds: Int64) throws {
        let end = world.now + max(0, milliseconds)
        while !isOver {
            let mine = step?.at ?? .max
            let others = later.first?.at ?? .max
            guard min(mine, others) <= end else { break }
            runWorld(until: min(mine, others))
            if mine <= others, let next = step {
                step = nil
                try next.act()
            } else if let next = later.first {
                later.removeFirst()
                try next.act()
            }
        }
        if !isOver { runWorld(until: end) }
    }

    /// The driver does at once what he would do next.
    public func hurry() {
        guard let next = step else { return }
        step = (world.now, next.act)
        truck.leg?.end = world.now
    }

    /// Puts the phone into flight mode, or takes it out of it.
    public func toggleNetwork() {
        isForcedOffline.toggle()
        updateLink()
    }

    private func runWorld(until end: Int64) {
        while let at = world.nextAt, at <= end {
            world.run(until: min(end, max(at, world.now) + WorldTravel.ringGap))
            world.ring(hub)
        }
        world.run(until: end)
        world.ring(hub)
    }

    /// What happened since this was last asked.
    public func takeEvents() -> [RouteEvent] {
        defer { events = [] }
        return events
    }

    func say(_ kind: RouteEvent.Kind, _ stop: Int? = nil) {
        events.append(
            RouteEvent(
                at: world.now, kind: kind, stop: stop.map { stops[$0].row.sequence },
                pending: ledger.waiting))
    }

    // MARK: What the sync says

    private func watch(_ device: WorldDevice, _ event: SyncEvent) {
        switch event {
        case .prepared(let request) where device.link.isUp: traffic.up += request.body.count
        case .answered(let body, _): traffic.down += body.count
        case .absorbed:
            guard let waiting = try? device.store?.changesets(.pending, limit: 100_000) else {
                return
            }
            let before = ledger.waiting
            ledger.see(pending: waiting.map(\.change), on: device.name, at: world.now)
            if ledger.waiting < before { say(.received(before - ledger.waiting)) }
            sample()
        default: break
        }
    }

    /// Notes how much waits, where that changed.
    func sample() {
        let depth = RouteDepth(at: world.now, pending: ledger.waiting)
        if traffic.depths.last?.pending != depth.pending { traffic.depths.append(depth) }
    }
}

/// What went over the link, and what waited.
struct RouteTraffic {
    /// Of messages, before compression.
    var up = 0
    var down = 0
    var depths: [RouteDepth] = []
    /// Since when there is no network, and the times without one so far.
    var darkSince: Int64?
    var dark: [(from: Int64, to: Int64)] = []
}

struct RouteDepth {
    var at: Int64
    var pending: Int
}

/// Where the truck is.
struct RouteTruck {
    /// One way from door to door.
    struct Leg {
        /// Both ends among it.
        var way: [Coordinate]
        var start: Int64
        var end: Int64
    }

    /// Nil where no stop of the plan has a place.
    var place: Coordinate?
    var leg: Leg?
    var metres = 0.0
    /// All legs so far.
    var driven: [Coordinate] = []

    func place(at now: Int64) -> Coordinate? {
        guard let leg else { return place }
        guard leg.end > leg.start else { return leg.way.last }
        return RouteMap.place(
            along: leg.way, at: Double(now - leg.start) / Double(leg.end - leg.start))
    }
}

/// One stop of the day, and what has become of it.
struct RouteStopRun {
    enum Outcome: Sendable {
        case open, delivered, partial, cancelled
        /// By ``FailureReason/word``.
        case failed(String)
        /// The phone refused the tap, by its code.
        case refused(String)
    }

    var row: PlanRow
    var entity: EntityID
    var draw: RouteDraw
    var outcome = Outcome.open
    var arrivedAt: Int64?
    /// The tap that closed it.
    var closing: ChangeID?
    var isLate = false
    var place: Coordinate? { row.coordinate }
}
