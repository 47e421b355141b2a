import Foundation
import LuckyCausality
import LuckyDriver
import LuckyModel
import LuckySimulation
import LuckyStore
import LuckySync
import TestSupport

/// A phone with a real store, one exchange at a time, each as big as the test says.
final class PagePhone {
    let driver: Identifier
    private let path: String
    private(set) var store: ReplicaStore
    private var random: LuckySimulation.SeededGenerator
    private var ids: ChangeIDs
    private var sendFrom: UInt64?

    init(_ driver: Identifier, at path: String, seed: UInt64) throws {
        self.driver = driver
        self.path = path
        random = LuckySimulation.SeededGenerator(seed: seed)
        try ReplicaStore.create(at: path, identity: NewReplica(driver: driver, using: &random))
        store = try ReplicaStore.open(at: path, as: driver, leaseWaitMilliseconds: 1_000)
        ids = ChangeIDs(using: &random)
    }

    func restart() throws {
        store.close()
        store = try ReplicaStore.open(at: path, as: driver, leaseWaitMilliseconds: 1_000)
    }

    private func time(_ now: Int64) -> DeviceTime {
        DeviceTime(
            wallMilliseconds: now, monotonicMilliseconds: now - PageFleet.start,
            boot: BootID(high: 0, low: 1))
    }

    /// - Returns: the change id; nil where the phone refuses it.
    func tap(
        _ entity: EntityID, at now: Int64, _ rule: (EntityState) throws(StopRefusal) -> [Fact]
    ) throws -> ChangeID? {
        let id = try ids.next() ?? { throw StoreError.outOfBounds("change ids") }()
        do {
            _ = try store.commit(id, on: entity, time: time(now), using: &random, rule)
            return id
        } catch {
            switch error {
            case .refused, .unknownEntity: return nil
            default: throw error
            }
        }
    }

    func request(pageBytes: Int, pushBytes: Int, digest: Bool, at now: Int64) throws -> Prepared {
        let options = PrepareOptions(
            fromCounter: sendFrom, pushBytes: pushBytes, pageBytes: pageBytes,
            wantsDigest: digest)
        let events = perform(.prepare(options), on: store, at: time(now), using: &random)
        guard case .prepared(let prepared) = events.first else {
            throw BrokenLaw(description: "no request: \(events)")
        }
        return prepared
    }

    @discardableResult
    func take(_ answer: Data, to request: Prepared, at now: Int64) throws -> Absorbed {
        let events = perform(
            .absorb(answer, nonce: request.nonce, asked: request.asked), on: store,
            at: time(now), using: &random)
        guard case .absorbed(let absorbed) = events.first else {
            throw BrokenLaw(description: "not absorbed: \(events)")
        }
        try hold(absorbed.recovery == nil, "\(driver) recovers: \(absorbed)")
        sendFrom = absorbed.sendFrom
        return absorbed
    }
}
