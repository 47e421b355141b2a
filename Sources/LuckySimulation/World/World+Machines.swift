internal import Foundation
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckySync

// What befalls machines: killed, restarted, backed up, restored, cloned, lost.
extension World {
    /// Starts a device's process.
    /// - Parameter death: how it ends while it opens its files, or soon after.
    func start(_ device: WorldDevice, until death: WorldDeath? = nil) throws(StoreError) {
        device.disk.revive()
        doom(device, to: death)
        device.store = try knowing(device) { () throws(StoreError) in
            try ReplicaStore.open(
                at: device.path, as: device.driver, leaseWaitMilliseconds: 0, marks: nil,
                files: SimulatedFiles())
        }
        device.machine = SyncMachine(options: device.options, seed: random.next())
        device.changeIDs = ChangeIDs(using: &random)
        device.status = nil
    }

    /// Its process ends so, unless it ends before; nil: what was to come does not.
    func doom(_ device: WorldDevice, to death: WorldDeath?) {
        device.death = death
        device.disk.kill(atCall: death?.call)
    }

    /// Likewise of a hub's process.
    func doom(_ hub: WorldHub, to death: WorldDeath?) {
        hub.death = death
        hub.disk?.kill(atCall: death?.call)
    }

    /// What a device's process does, with what its build knows.
    func knowing<T>(
        _ device: WorldDevice, _ body: () throws(StoreError) -> T
    ) throws(StoreError) -> T {
        // Nobody pays for it who knows all.
        guard device.knowledge != Knowledge() else { return try body() }
        return try Knowledge.$current.withValue(device.knowledge) { Result(catching: body) }.get()
    }

    /// Ends a device's process in an orderly way.
    func stop(_ device: WorldDevice) {
        device.store?.close()
        device.store = nil
        device.flight = nil
        device.process += 1
        forgetTimer(of: device)
    }

    /// Ends a device's process without a word: its files stay as they are at this moment.
    func kill(_ device: WorldDevice) {
        device.disk.kill()
        stop(device)
    }

    /// The power goes: of what was not synced, the cut says what is left.
    func cutPower(_ device: WorldDevice, _ cut: SimulatedDisk.PowerCut) {
        device.disk.cutPower(cut)
        stop(device)
    }

    /// Copies a device's data as a phone's backup does, while it runs.
    /// - Parameter isWhole: an image of the whole disk, with what finds copies out.
    func backUp(_ device: WorldDevice, as name: String, isWhole: Bool) {
        guard !isWhole else {
            backups[name] = .whole(device.disk.copy())
            return
        }
        let backup = SimulatedDisk()
        backup.take(from: device.disk, Self.isBackedUp)
        backups[name] = .data(backup)
    }

    /// Puts a backup in place of a device's data, and starts its process.
    func restore(_ device: WorldDevice, from name: String) throws {
        stop(device)
        switch backups[name] {
        case .data(let backup): device.disk.take(from: backup, Self.isBackedUp)
        case .whole(let image): device.disk.take(from: image) { _ in true }
        case nil: break
        }
        try start(device)
    }

    /// A second device with the same data, while the first goes on.
    /// - Parameter isWhole: an image of the whole disk, with what finds copies out.
    func clone(_ device: WorldDevice, as name: String, isWhole: Bool) throws -> WorldDevice {
        let clone = WorldDevice(
            name: name, driver: device.driver, hub: device.hub,
            disk: isWhole ? device.disk.copy() : SimulatedDisk(), options: device.options,
            using: &random)
        if !isWhole { clone.disk.take(from: device.disk, Self.isBackedUp) }
        clone.knowledge = device.knowledge
        devices.append(clone)
        try start(clone)
        return clone
    }

    /// What a backup of a machine's data holds: the database and the pictures, but not what
    /// stands beside them to find a copy out (L19, L26), and no lease.
    private static func isBackedUp(_ name: String) -> Bool {
        let left = [".nonce", ".lease", ".tmp", ".new"]
        return !left.contains { name.hasSuffix($0) }
    }

    // MARK: Hubs

    /// Starts a hub's process on its file.
    func start(_ hub: WorldHub) throws {
        guard let path = hub.path else { return }
        hub.disk?.revive()
        doom(hub, to: nil)
        hub.hub = try Hub.open(
            at: path, depot: hub.depot, random: seeded(), files: SimulatedFiles())
    }

    func stop(_ hub: WorldHub) throws {
        guard hub.disk != nil else { return }
        try hub.hub?.close()
        hub.hub = nil
    }

    /// Copies a hub's file while it serves, to another disk.
    /// - Parameter isWhole: an image of the whole disk, as a virtual machine's snapshot: put back,
    ///   it has the nonce that goes with the file.
    func backUp(_ hub: WorldHub, as name: String, isWhole: Bool) throws {
        guard let disk = hub.disk, let path = hub.path else { return }
        guard !isWhole else {
            backups[name] = .whole(disk.copy())
            return
        }
        let backup = SimulatedDisk()
        _ = try Hub.backUp(
            path, to: backup.path + "/" + WorldHub.file, keep: nil, now: 0,
            files: SimulatedFiles())
        backups[name] = .data(backup)
    }

    /// Puts a backup in place of a hub's file, and starts its process.
    func restore(_ hub: WorldHub, from name: String) throws {
        guard let disk = hub.disk, let backup = backups[name] else { return }
        try stop(hub)
        disk.take(from: backup.disk) { _ in true }
        try start(hub)
    }

    /// A hub's process ends in order, and another goes on with its files, on another machine.
    func move(_ hub: WorldHub) throws {
        guard let disk = hub.disk else { return }
        try stop(hub)
        hub.disk = disk.copy()
        try start(hub)
    }

    /// A new, empty hub in place of one whose disk is gone.
    func replace(_ hub: WorldHub) throws {
        guard let disk = hub.disk else { return }
        try stop(hub)
        for file in disk.files { disk.remove(file) }
        try start(hub)
    }

    /// What a serving hub does when a device shows that its disk was put back (L26).
    /// - Returns: nil where the hub cannot be opened.
    func reopened(_ hub: WorldHub) -> Hub? {
        do {
            try stop(hub)
            try start(hub)
        } catch { hub.hub = nil }
        return hub.hub
    }

    /// Ends a hub's process without a word, and starts it again.
    func kill(_ hub: WorldHub) throws {
        guard hub.disk != nil else { return }
        crash(hub, nil)
        try start(hub)
    }

    /// Ends a hub's process without a word, or, with it, its machine's power.
    func crash(_ hub: WorldHub, _ cut: SimulatedDisk.PowerCut?) {
        guard let disk = hub.disk else { return }
        if let cut { disk.cutPower(cut) } else { disk.kill() }
        // Nothing that it does at its end reaches the disk.
        try? hub.hub?.close()
        hub.hub = nil
    }
}

/// What was put aside of a machine's disk.
enum WorldBackup {
    /// Its data, without what finds copies out.
    case data(SimulatedDisk)
    /// All of it.
    case whole(SimulatedDisk)

    var disk: SimulatedDisk {
        switch self {
        case .data(let disk), .whole(let disk): disk
        }
    }
}
