internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckyWire

/// The hub, and every phone for what it may see, hold the same: by digest, and entity by entity.
struct ConvergenceChecker: SwarmChecker {
    static let name = "diverged"

    mutating func conclude(_ run: SwarmRun) throws -> [String] {
        guard let hub = run.hub.hub else { return [] }
        var found: [String] = []
        for device in run.living {
            guard let store = device.store else { continue }
            let (scope, digest) = try hub.read {
                (try $0.scope(of: device.driver), try $0.scopeDigest(of: device.driver).digest)
            }
            if try store.scopeDigest().digest != digest {
                found.append("\(device.name) and the hub have another digest")
            }
            for entity in scope {
                let theirs = try hub.read { try $0.state(entity) }
                // What the hub's history has not told whole is shown beside what it told (L26).
                if try store.stop(entity)?.isUnconfirmed == true { continue }
                if try store.state(of: entity) != theirs {
                    found.append("\(device.name) and the hub hold another \(entity)")
                }
            }
        }
        return found
    }
}
