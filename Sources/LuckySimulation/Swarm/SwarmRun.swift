internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckySync
internal import LuckyWire

/// One seed, played once: first anything may fail, then all is mended, nobody touches anything, and
/// everything must come together by itself.
final class SwarmRun {
    static let depot: Identifier = "TTT"
    /// How long all may take to come together, milliseconds, besides what the link needs.
    static let mending: Int64 = 600_000

    let plan: SwarmPlan
    let world: World
    private(set) var hub: WorldHub
    /// By slot: the phones that go on with it now, oldest first.
    var slots: [[WorldDevice]] = []
    var ledger = SwarmLedger()
    var trace = SwarmTrace()
    private(set) var violations: [SwarmViolation] = []
    /// Devices that had not come to rest when the time for it was over.
    private(set) var stalls = 0
    let firstDay: CivilDate
    let start: Int64
    /// The last that each driver began.
    var shifts: [Identifier: EntityID] = [:]
    /// What the office saw of each stop when it last looked there.
    var seen: [EntityID: VersionVector] = [:]
    /// Names of backups, newest last, by slot.
    var backups: [Int: [String]] = [:]
    var hubBackups: [String] = []
    /// Things that a step makes happen later.
    var later = Later()
    /// Restored or replaced at least once.
    private(set) var hubWentBack = false
    /// Of each replica, the last that a hub held which then went back.
    private(set) var lostAtHub = VersionVector()
    /// Replicas of phones that send what nobody can read.
    var strangers: Set<ReplicaID> = []
    /// Deleted and purged at the office, and not by a hub that then went back.
    var purged: Set<EntityID> = []
    /// Stops that the office gave to another driver and has not taken back.
    var away: Set<EntityID> = []
    /// What all hold at the moment somebody looks.
    var view = SwarmView()
    /// By the device's name: exchanges begun within the hour, and the hour.
    private var rounds: [String: (hour: Int64, count: Int)] = [:]
    var checkers: [any SwarmChecker]
    /// By the device's name: stops that a page brought, and that were its driver's.
    var arrived: [String: Set<EntityID>] = [:]

    /// - Parameter isTold: whether a person is to read the history.
    init(_ plan: SwarmPlan, isTold: Bool = false) throws {
        self.plan = plan
        guard let day = CivilDate(year: 2026, month: 11, day: 22) else {
            throw CaseError("day", .faultNoDay)
        }
        firstDay = day
        start = day.startUnixMilliseconds
        world = World(start: start, seed: plan.settings.seed)
        hub = try world.addHub(depot: Self.depot, inMemory: false)
        checkers = SwarmCheckers.all.map { $0.init() }
        if isTold { trace.lines = [] }
        world.travel = WorldTravel()
        world.travel?.hubDied = { [unowned self] in self.hubDied($0) }
        world.travel?.deviceDied = { [unowned self] in self.deviceDied($0) }
        world.watcher = { [unowned self] in self.watch($0, $1) }
        for (slot, driver) in plan.phones.enumerated() {
            slots.append([
                try world.addDevice(
                    "phone-\(slot)", of: name(ofDriver: driver), at: hub,
                    options: Self.options(of: plan))
            ])
        }
        for device in world.devices { world.stop(device) }
        guard plan.kinds.contains(.upgraded) else { return }
        var draw = SwarmDraw(seed: plan.settings.seed ^ 0x01DE_2B01_1D00)
        for device in world.devices where draw.chance(60) { device.knowledge = older(&draw) }
    }

    func play() throws {
        for step in plan.steps where !isOver {
            try advance(to: start + step.at)
            trace.mix(UInt64(step.number))
            do { try play(step) } catch {
                // Whoever asks a hub whose process ends meanwhile is told nothing.
                guard !world.lives(hub) else { throw error }
            }
            glance()
            trace.mix(hub.hub?.sequence(of: Self.depot) ?? 0)
            if case .importDay(let day) = step.action, day > 0 { look(atEnd: false) }
        }
        guard !isOver else { return }
        try advance(to: start + plan.end)
        look(atEnd: false)
        guard !isOver else { return }
        if plan.settings.losesATap { try loseATap() }
        try mend()
        look(atEnd: true)
        for device in living { trace.mix(try device.store?.scopeDigest().digest ?? .zero) }
    }

    /// Everything of the past is over.
    func close() {
        for device in world.devices { device.store?.close() }
        try? hub.hub?.close()
        world.watcher = nil
    }

    /// Enough is known.
    private var isOver: Bool { plan.settings.endsAtFirst && !violations.isEmpty }

    var living: [WorldDevice] { world.devices.filter { !$0.isLost } }

    // MARK: Time

    /// Lets everything happen until a moment.
    private func advance(to end: Int64) throws {
        while let next = later.first, next.at <= end {
            runWorld(until: next.at)
            later.removeFirst()
            try next.act()
        }
        runWorld(until: end)
    }

    private func runWorld(until end: Int64) {
        while !isOver, let at = world.nextAt, at <= end {
            world.run(until: min(end, max(at, world.now) + WorldTravel.ringGap))
            world.ring(hub)
        }
        world.run(until: end)
        world.ring(hub)
    }

    private func watch(_ device: WorldDevice, _ event: SyncEvent) {
        trace.mix(world.now)
        trace.mix(device.name)
        trace.mix(event)
        if trace.lines != nil, let line = event.line {
            tell(.traceOf.with(["name": Phrase(verbatim: device.name), "line": line]))
        }
        if case .prepared(let request) = event {
            countRound(of: device)
            lookAtRequest(request, of: device)
        }
        if case .absorbed(let result) = event, (result.entities ?? 0) > 0 {
            lookAtArrivals(on: device)
        }
        // A process that ended behind a receipt had no more to say of it.
        guard case .absorbed(let result) = event,
            result.received > 0 || result.mended != nil
                || result.pending < ledger.pending[device.name]?.count ?? 0,
            // What a hub that went back gave receipts for is asked for by this one first.
            result.recovery == nil || result.received > 0,
            let waiting = try? device.store?.changesets(.pending, limit: 1_000_000)
        else { return }
        let left = ledger.see(pending: waiting.map(\.change), on: device.name)
        for tap in left where hub.hub != nil && !hubHas(tap.change) {
            report(
                HonestyChecker.name,
                .findHubHasNot.with(["name": device.name, "tap": tap.change.hex]))
        }
    }

    private func countRound(of device: WorldDevice) {
        let hour = world.now / SwarmPlan.hour
        let known = rounds[device.name]
        let count = known?.hour == hour ? (known?.count ?? 0) + 1 : 1
        rounds[device.name] = (hour, count)
        if count == BoundsChecker.exchangesAnHour {
            report(BoundsChecker.name, .findAsksAgain.with(["name": device.name]))
        }
    }

    /// The hub's file becomes an older one, or none.
    func noteHubGoesBack() {
        hubWentBack = true
        purged = []
        for replica in (try? hub.hub?.read { try $0.replicas() }) ?? [] {
            if let head = replica.head { lostAtHub.raise(replica.id, to: head.counter) }
        }
    }

    /// In its log, or in quarantine.
    func hubProves(_ change: ChangeID) -> Bool {
        let isThere = try? hub.hub?.read { reader in
            try reader.changeInfo(change) != nil
                || reader.quarantined().contains { $0.change == change }
        }
        return isThere == true || keptUnread().values.contains(change)
    }

    /// In its log, in quarantine, or as another device's word.
    func hubHas(_ change: ChangeID) -> Bool {
        guard let hub = hub.hub else { return false }
        let isThere = try? hub.read { reader in
            if try reader.changeInfo(change) != nil { return true }
            if try reader.quarantined().contains(where: { $0.change == change }) { return true }
            guard let tap = ledger[change] else { return false }
            return try reader.state(tap.entity)?.facts[FactRef(change: change, index: 0)] != nil
        }
        return isThere == true || keptUnread().values.contains(change)
    }

    /// What stands in quarantine unread, since two of the hub's processes ended while it was looked
    /// at (L20): by the names that its phones have for it.
    func keptUnread() -> [Dot: ChangeID] {
        let unread = try? hub.hub?.read { reader in
            Set(try reader.quarantined().filter { $0.change == nil }.map(\.dot))
        }
        guard let unread, !unread.isEmpty else { return [:] }
        let kept = living.flatMap { device in
            (try? device.store?.changesets(.quarantined, limit: 1_000_000)) ?? []
        }
        let known = kept.filter {
            unread.contains($0.dot) && ledger.endsMet(by: $0.change) >= 2
        }
        return Dictionary(known.map { ($0.dot, $0.change) }) { first, _ in first }
    }

    // MARK: The end

    /// All is mended, and nobody touches anything: it must come together by itself.
    private func mend() throws {
        tell(.traceMended)
        later = Later()
        hub.disk?.setRoom(nil)
        world.doom(hub, to: nil)
        if hub.hub == nil { try world.start(hub) }
        var pending = 0
        for device in living {
            world.countStrikes(of: device)
            device.disk.setRoom(nil)
            world.doom(device, to: nil)
            device.disk.fail(at: nil)
            device.faults = []
            device.outage = nil
            pending += ledger.pending[device.name]?.count ?? 0
            if device.knowledge != Knowledge() {
                device.knowledge = Knowledge()
                if device.isRunning { world.stop(device) }
            }
            if device.isRunning {
                device.link = WorldLink()
                if plan.hintsAtTheEnd { world.setLink(device, WorldLink()) }
            } else {
                device.link = WorldLink()
                try world.start(device)
                try world.wake(device)
            }
        }
        let end = world.now + Self.mending + Int64(pending) * 100
        while world.now < end {
            try advance(to: min(end, world.now + 30_000))
            if try isAtRest() { return }
        }
        for device in try living.filter({ try !isAtRest($0) }) {
            stalls += 1
            let position = try device.store?.position()
            let status = device.status.map {
                Phrase.findAttempts.with(["phase": "\($0.phase)", "attempts": "\($0.attempts)"])
            }
            report(
                ProgressChecker.name,
                .findNotAtRest.with([
                    "name": Phrase(verbatim: device.name),
                    "pending": Phrase(verbatim: "\(position?.pendingCount ?? -1)"),
                    "status": status ?? .findNoStatus,
                ]))
        }
    }

    private func isAtRest() throws -> Bool {
        try living.allSatisfy { try isAtRest($0) }
    }

    /// Nothing unsent, nothing being mended, and all that the hub has for it.
    private func isAtRest(_ device: WorldDevice) throws -> Bool {
        guard let store = device.store, let door = hub.hub else { return false }
        let position = try store.position()
        guard position.pendingCount == 0, position.recovery == nil, position.history == door.history
        else { return false }
        // What failed before is over, and it says so.
        if let status = device.status, status.attempts > 0 || status.isStuck { return false }
        let theirs = try door.read { try $0.scopeDigest(of: device.driver).digest }
        return try store.scopeDigest().digest == theirs
    }

    // MARK: What is found

    func report(_ checker: String, _ said: Phrase) {
        tell(.traceViolation.with(["checker": Phrase(verbatim: checker), "text": said]))
        guard violations.count < 50 else { return }
        violations.append(SwarmViolation(checker: checker, at: world.now, said: said))
    }

    func tell(_ line: @autoclosure () -> Phrase) {
        guard trace.lines != nil else { return }
        let clock = Phrase(verbatim: Self.clock(world.now - start))
        trace.lines?.append(.traceLine.with(["clock": clock, "line": line()]))
    }

    /// Such as `2+08:04:11.250`: day, time of day.
    static func clock(_ milliseconds: Int64) -> String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (day, time) = milliseconds.quotientAndRemainder(dividingBy: SwarmPlan.day)
        let seconds = time / 1_000
        let rest = "\(1_000 + time % 1_000)".dropFirst()
        return "\(day + 1)+\(two(seconds / 3_600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
            + ".\(rest)"
    }

    func name(ofDriver number: Int) -> Identifier { Identifier("drv-\(number + 1)") }
}

/// What is to be done at moments of its own, the earliest first.
struct Later {
    typealias Entry = (at: Int64, order: Int, act: () throws -> Void)
    private var entries: [Entry] = []
    private var count = 0

    var first: Entry? { entries.first }

    mutating func removeFirst() { entries.removeFirst() }

    mutating func add(_ at: Int64, _ act: @escaping () throws -> Void) {
        count += 1
        let index = entries.firstIndex { $0.at > at } ?? entries.count
        entries.insert((at, count, act), at: index)
    }
}
