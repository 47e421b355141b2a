import Foundation
import LuckyCausality
import LuckyDriver
import LuckyModel
import LuckySimulation
import LuckyStore
import LuckySync
import TestSupport

/// One phone of an ``Engine``: a real store on a file, and a sync machine that dies with the app.
struct EnginePhone {
    let path: String
    let driver: Identifier
    private(set) var store: ReplicaStore
    var machine: SyncMachine
    private var random: LuckySimulation.SeededGenerator
    private var ids: ChangeIDs
    private var hasBegun = false

    init(_ driver: Identifier, at path: String, index: Int) throws {
        self.path = path
        self.driver = driver
        random = LuckySimulation.SeededGenerator(seed: UInt64(100 + index))
        try ReplicaStore.create(at: path, identity: NewReplica(driver: driver, using: &random))
        store = try ReplicaStore.open(at: path, as: driver, leaseWaitMilliseconds: 1_000)
        machine = SyncMachine(seed: UInt64(index))
        ids = ChangeIDs(using: &random)
    }

    private func time(_ now: Int64) -> DeviceTime {
        DeviceTime(
            wallMilliseconds: now, monotonicMilliseconds: now - Engine.start,
            boot: BootID(high: 0, low: 1))
    }

    mutating func tap(
        on entity: EntityID, at now: Int64,
        _ rule: (EntityState) throws(StopRefusal) -> [Fact]
    ) throws -> CommitResult {
        let id = try ids.next() ?? { throw StoreError.outOfBounds("change ids") }()
        return try store.commit(id, on: entity, time: time(now), using: &random, rule)
    }

    /// The first events of a round: the app starts, or its timer rings.
    mutating func begin(at now: Int64) throws -> [SyncEvent] {
        defer { hasBegun = true }
        guard hasBegun else { return [.started(try store.backlog(wall: .max))] }
        let pending = try store.position().pendingCount
        return machine.isWaiting ? [.woke] : [.tapped(pending: pending)]
    }

    mutating func perform(_ effect: SyncEffect, at now: Int64) -> [SyncEvent] {
        LuckyDriver.perform(effect, on: store, at: time(now), using: &random)
    }

    /// The process ends here and now, and the app starts again: what is on disk is what there is.
    mutating func kill() throws {
        let manager = FileManager.default
        let files = ["", "-wal", ".nonce"].filter { manager.fileExists(atPath: path + $0) }
        for suffix in files {
            try manager.copyItem(atPath: path + suffix, toPath: path + ".kept" + suffix)
        }
        store.close()
        for suffix in ["", "-wal", "-shm", ".nonce"] where manager.fileExists(atPath: path + suffix)
        {
            try manager.removeItem(atPath: path + suffix)
        }
        for suffix in files {
            try manager.moveItem(atPath: path + ".kept" + suffix, toPath: path + suffix)
        }
        store = try ReplicaStore.open(at: path, as: driver, leaseWaitMilliseconds: 1_000)
        machine = SyncMachine(seed: random.next())
        hasBegun = false
    }
}
