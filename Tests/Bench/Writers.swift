import LuckyCausality
import LuckyModel

/// Devices that wrote what a store holds besides the office's plan: phones of other drivers, and of
/// those who had a stop before.
struct Writers {
    /// Of each stop, but for one that is written by all: a day has as many hands at it at most.
    let factsPerStop: Int
    /// What has been merged of each entity.
    var vectors: [EntityID: VersionVector] = [:]
    /// The last counter of each.
    private var counters: [UInt64]
    private var next = 0

    init(devices: Int, factsPerStop: Int = 3) {
        self.factsPerStop = factsPerStop
        counters = Array(repeating: 0, count: devices)
    }

    /// The next of them writes.
    mutating func turn() -> Dot {
        defer { next = (next + 1) % counters.count }
        counters[next] += 1
        return Dot(ReplicaID(install: 0xDE00_0000 + UInt64(next), epoch: 1), counters[next])
    }
}
