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
    private var agenda: [Entry] = []
    private var scheduled: UInt64 = 0

    private struct Entry {
        var at: Int64
        var order: UInt64
        var device: WorldDevice
        var process: Int
        var event: SyncEvent
    }

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
        let result = try store.commit(
            id, on: entity, isNew: isNew, time: time(of: device), using: &random, rule)
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
        scheduled += 1
        agenda.append(
            Entry(
                at: now + milliseconds, order: scheduled, device: device, process: device.process,
                event: event))
    }

    func forgetTimer(of device: WorldDevice) {
        agenda.removeAll { $0.device === device && $0.event == .woke }
    }

    /// The next thing of one device, or of any.
    /// - Returns: false where nothing is due.
    @discardableResult
    func runNext(until end: Int64, of device: WorldDevice?) -> Bool {
        let due = agenda.indices.filter { device == nil || agenda[$0].device === device }
        guard
            let index = due.min(by: {
                (agenda[$0].at, agenda[$0].order) < (agenda[$1].at, agenda[$1].order)
            }), agenda[index].at <= end
        else { return false }
        let entry = agenda.remove(at: index)
        now = max(now, entry.at)
        feed(entry.event, to: entry.device, process: entry.process)
        return true
    }

    /// Tells a device's machine, unless it was meant for an earlier process.
    func feed(_ event: SyncEvent, to device: WorldDevice, process: Int? = nil) {
        guard device.isRunning, process ?? device.process == device.process else { return }
        if case .failed(let failure, _) = event { device.lastFailure = failure }
        if case .absorbed(let result) = event { device.lastFailure = result.failure }
        for effect in device.machine.handle(event, now: now) { carryOut(effect, device) }
    }

    private func carryOut(_ effect: SyncEffect, _ device: WorldDevice) {
        guard let store = device.store else { return }
        for event in perform(effect, on: store, at: time(of: device), using: &random) {
            schedule(event, for: device)
        }
        switch effect {
        case .exchange(let body, let nonce, _): exchange(body, nonce: nonce, device)
        case .wake(let milliseconds):
            forgetTimer(of: device)
            schedule(.woke, for: device, in: milliseconds)
        case .publish(let status): device.status = status
        case .abandonExchange: device.flight = nil
        case .prepare, .absorb, .saveRetry, .needToken: break
        }
    }
}
