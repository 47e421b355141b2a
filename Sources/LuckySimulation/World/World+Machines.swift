internal import Foundation
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckySync

// What befalls machines: killed, restarted, backed up, restored, cloned, lost.
extension World {
    /// Starts a device's process.
    func start(_ device: WorldDevice) throws(StoreError) {
        device.store = try ReplicaStore.open(
            at: device.path, as: device.driver, leaseWaitMilliseconds: 5_000)
        device.machine = SyncMachine(options: device.options, seed: random.next())
        device.changeIDs = ChangeIDs(using: &random)
        device.status = nil
    }

    /// Ends a device's process in an orderly way.
    func stop(_ device: WorldDevice) {
        device.store?.close()
        forget(device)
    }

    /// Ends a device's process without a word: its files stay as they are at this moment.
    func kill(_ device: WorldDevice) throws {
        let image = device.folder + ".killed"
        try WorldDisk.copy(device.folder, to: image, WorldDisk.survivesKill)
        stop(device)
        try WorldDisk.copy(image, to: device.folder) { _ in true }
        try FileManager.default.removeItem(atPath: image)
    }

    private func forget(_ device: WorldDevice) {
        device.store = nil
        device.flight = nil
        device.process += 1
        forgetTimer(of: device)
    }

    /// Copies a device's data as a phone's backup does, while it runs.
    func backUp(_ device: WorldDevice, as name: String) throws {
        try WorldDisk.copy(device.folder, to: disk.path + "/backup-" + name, WorldDisk.isBackedUp)
    }

    /// Puts a backup in place of a device's data, and starts its process.
    func restore(_ device: WorldDevice, from name: String) throws {
        stop(device)
        try WorldDisk.copy(disk.path + "/backup-" + name, to: device.folder, WorldDisk.isBackedUp)
        try start(device)
    }

    /// A second device with the same data, while the first goes on.
    /// - Parameter isWhole: an image of the whole disk, with what finds copies out.
    func clone(_ device: WorldDevice, as name: String, isWhole: Bool) throws -> WorldDevice {
        let clone = WorldDevice(
            name: name, driver: device.driver, hub: device.hub, folder: try disk.folder(name),
            options: device.options, using: &random)
        try WorldDisk.copy(
            device.folder, to: clone.folder,
            isWhole ? WorldDisk.survivesKill : WorldDisk.isBackedUp)
        devices.append(clone)
        try start(clone)
        return clone
    }

    // MARK: Hubs

    /// Starts a hub's process on its file.
    func start(_ hub: WorldHub) throws {
        guard let path = hub.path else { return }
        hub.hub = try Hub.open(at: path, depot: hub.depot, random: seeded())
    }

    func stop(_ hub: WorldHub) throws {
        guard hub.path != nil else { return }
        try hub.hub?.close()
        hub.hub = nil
    }

    /// Copies a hub's file while it serves.
    func backUp(_ hub: WorldHub, as name: String) throws {
        guard let path = hub.path else { return }
        _ = try Hub.backUp(path, to: disk.path + "/hub-backup-" + name)
    }

    /// Puts a backup in place of a hub's file, and starts its process.
    func restore(_ hub: WorldHub, from name: String) throws {
        guard let path = hub.path else { return }
        try stop(hub)
        try remove(hub)
        try FileManager.default.copyItem(
            atPath: disk.path + "/hub-backup-" + name, toPath: path)
        try start(hub)
    }

    /// A new, empty hub in place of one whose disk is gone.
    func replace(_ hub: WorldHub) throws {
        try stop(hub)
        try remove(hub)
        try start(hub)
    }

    private func remove(_ hub: WorldHub) throws {
        let folder = disk.path + "/" + hub.name
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            try FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }

    /// Ends a hub's process without a word, and starts it again.
    func kill(_ hub: WorldHub) throws {
        guard hub.path != nil else { return }
        let folder = disk.path + "/" + hub.name
        let image = folder + ".killed"
        try WorldDisk.copy(folder, to: image, WorldDisk.survivesKill)
        try stop(hub)
        try WorldDisk.copy(image, to: folder) { _ in true }
        try FileManager.default.removeItem(atPath: image)
        try start(hub)
    }
}
