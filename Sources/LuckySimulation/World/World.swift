public import LuckyCausality
internal import LuckyDriver
public import LuckyHub
public import LuckyModel
public import LuckyStore
internal import LuckySync

/// Devices, office people and hubs in one process and one thread, on simulated clocks, links and
/// disks: the real store, the real sync machine, the real `perform`, the real hub.
///
/// The same seed gives the same run: all randomness comes from it, and events of one moment happen
/// in the order in which they were scheduled.
public final class World {
    /// Unix milliseconds; moved by ``run(until:)`` and by what takes time.
    public internal(set) var now: Int64
    /// In the order added.
    public internal(set) var devices: [WorldDevice] = []
    /// In the order added.
    public internal(set) var hubs: [WorldHub] = []
    var random: SeededGenerator
    /// Answers that come after their device gave up; somebody lets them land.
    var lateAnswers: [Flight] = []
    /// Of devices and hubs, by name.
    var backups: [String: WorldBackup] = [:]
    private var scheduled: UInt64 = 0
    /// How messages travel in time; nil: a hub has a request, and its answer is decided, at the
    /// moment it is sent.
    var travel: WorldTravel?
    /// Hears of everything that a device's machine was told, once the machine has acted on it.
    var watcher: ((WorldDevice, SyncEvent) -> Void)?

    /// - Parameter start: Unix milliseconds.
    public init(start: Int64, seed: UInt64) {
        now = start
        random = SeededGenerator(seed: seed)
    }

    /// Adds a hub, in memory or on a disk of its own.
    @discardableResult
    public func addHub(
        _ name: String = "hub", depot: Identifier, inMemory: Bool
    ) throws -> WorldHub {
        let hub = WorldHub(
            name: name, depot: depot, disk: inMemory ? nil : SimulatedDisk())
        hubs.append(hub)
        if inMemory {
            hub.hub = try Hub.inMemory(depot: depot, random: seeded())
        } else {
            try start(hub)
        }
        return hub
    }

    /// Adds a hub that was made elsewhere.
    @discardableResult
    public func add(_ hub: Hub, as name: String = "hub") -> WorldHub {
        let site = WorldHub(name: name, depot: hub.depot, disk: nil)
        site.hub = hub
        hubs.append(site)
        return site
    }

    /// Adds a driver's device with a new, empty store.
    @discardableResult
    public func addDevice(
        _ name: String, of driver: Identifier, at hub: WorldHub,
        options: SyncOptions = SyncOptions()
    ) throws -> WorldDevice {
        let device = WorldDevice(
            name: name, driver: driver, hub: hub, disk: SimulatedDisk(), options: options,
            using: &random)
        try ReplicaStore.create(
            at: device.path, identity: NewReplica(driver: driver, using: &random), marks: nil,
            files: SimulatedFiles())
        devices.append(device)
        try start(device)
        return device
    }

    /// The driver taps: saved on the device before this returns.
    /// - Parameters:
    ///   - id: default: the device's next.
    ///   - isNew: the tap makes the entity known.
    ///   - nudges: whether the sync machine is told, as a running app tells it.
    @discardableResult
    public func tap(
        _ device: WorldDevice, on entity: EntityID, id: ChangeID? = nil, isNew: Bool = false,
        nudges: Bool = true,
        _ rule: (EntityState) throws(StopRefusal) -> [Fact]
    ) throws(StoreError) -> CommitResult {
        guard let store = device.store else { throw .closed }
        guard let id = id ?? device.changeIDs.next() else { throw .outOfBounds("change ids") }
        let result = try knowing(device) { () throws(StoreError) in
            try store.commit(
                id, on: entity, isNew: isNew, time: time(of: device), using: &random, rule)
        }
        meet(device)
        if nudges { schedule(.tapped(pending: result.pending), for: device) }
        return result
    }

    /// Begins, or begins again, to sync.
    public func wake(_ device: WorldDevice) throws(StoreError) {
        guard let store = device.store else { throw .closed }
        schedule(.started(try store.backlog(wall: wall(of: device))), for: device)
    }

    /// Changes the link from now on, and hints at it, as a phone's system does.
    public func setLink(_ device: WorldDevice, _ link: WorldLink) {
        device.link = link
        schedule(.linkHinted, for: device)
    }

    /// Lets things happen until nothing is scheduled before `end`, Unix milliseconds.
    public func run(until end: Int64) {
        while runNext(until: end, of: nil) {}
        now = max(now, end)
    }

    /// What a device's clocks say.
    public func time(of device: WorldDevice) -> DeviceTime {
        DeviceTime(
            wallMilliseconds: wall(of: device), monotonicMilliseconds: now,
            boot: BootID(high: 0, low: device.boot))
    }

    func wall(of device: WorldDevice) -> Int64 { now &+ device.clockAhead }

    /// A generator of its own, drawn from the world's.
    func seeded() -> SeededGenerator { SeededGenerator(seed: random.next()) }

    // MARK: The agenda

    func schedule(_ event: SyncEvent, for device: WorldDevice, in milliseconds: Int64 = 0) {
        schedule(.event(event), for: device, in: milliseconds)
    }

    func schedule(_ due: Agenda.Due, for device: WorldDevice, in milliseconds: Int64) {
        scheduled += 1
        device.agenda.insert(
            Agenda.Entry(
                at: now + milliseconds, order: scheduled, process: device.process, due: due))
    }

    func forgetTimer(of device: WorldDevice) {
        device.agenda.removeAll { if case .event(.woke) = $0 { true } else { false } }
    }

    /// The next thing of one device, or of any.
    /// - Returns: false where nothing is due.
    @discardableResult
    func runNext(until end: Int64, of device: WorldDevice?) -> Bool {
        guard let device = device ?? soonest, let first = device.agenda.first, first.at <= end,
            let entry = device.agenda.popFirst()
        else { return false }
        now = max(now, entry.at)
        switch entry.due {
        case .event(let event): feed(event, to: device, process: entry.process)
        case .arrival(let flight): arrive(flight)
        case .release(let flight): release(flight)
        }
        return true
    }

    /// When something happens next; nil: nothing is to.
    var nextAt: Int64? { soonest?.agenda.first?.at }

    /// The device to which something happens next.
    private var soonest: WorldDevice? {
        var soonest: (device: WorldDevice, entry: Agenda.Entry)?
        for device in devices {
            guard let entry = device.agenda.first else { continue }
            if soonest.map({ entry.isBefore($0.entry) }) ?? true { soonest = (device, entry) }
        }
        return soonest?.device
    }

    /// Tells a device's machine, unless it was meant for an earlier process.
    func feed(_ event: SyncEvent, to device: WorldDevice, process: Int? = nil) {
        guard device.isRunning, process ?? device.process == device.process else { return }
        if case .failed(let failure, _) = event { device.lastFailure = failure }
        if case .absorbed(let result) = event { device.lastFailure = result.failure }
        for effect in device.machine.handle(event, now: now) { carryOut(effect, device) }
        watcher?(device, event)
        if travel != nil { noticeDeath(of: device) }
    }

    private func carryOut(_ effect: SyncEffect, _ device: WorldDevice) {
        guard let store = device.store else { return }
        let events = try? knowing(device) { () throws(StoreError) in
            perform(effect, on: store, at: time(of: device), using: &random)
        }
        for event in events ?? [] { schedule(event, for: device) }
        switch effect {
        case .exchange(let body, let nonce, let wait):
            if travel == nil {
                exchange(body, nonce: nonce, device)
            } else {
                depart(body, nonce: nonce, waitSeconds: wait, device)
            }
        case .wake(let milliseconds):
            forgetTimer(of: device)
            schedule(.woke, for: device, in: milliseconds)
        case .publish(let status): device.status = status
        case .abandonExchange:
            device.flight = nil
            travel?.abandon(device)
        case .prepare, .absorb, .saveRetry, .needToken: break
        }
    }
}
