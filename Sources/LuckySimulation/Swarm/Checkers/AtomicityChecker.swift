internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore

/// A tap is there whole or not at all, on every phone and at the hub.
struct AtomicityChecker: SwarmChecker {
    static let name = "torn"

    mutating func observe(_ run: SwarmRun) throws -> [String] {
        var found: [String] = []
        for device in run.living {
            guard let store = device.store, !device.disk.isDead else { continue }
            for entity in try store.heldEntities() {
                if let state = try store.state(of: entity) {
                    found += check(state, run, on: device.name)
                }
            }
        }
        guard let hub = run.hub.hub else { return found }
        return try hub.read { reader in
            for kind in [EntityKind.stop, .route, .shift] {
                for entity in try reader.entities(kind) {
                    if let state = try reader.state(entity) {
                        found += check(state, run, on: "the hub")
                    }
                }
            }
            return found
        }
    }

    mutating func conclude(_ run: SwarmRun) throws -> [String] { try observe(run) }

    private func check(_ state: EntityState, _ run: SwarmRun, on name: String) -> [String] {
        var counts: [ChangeID: Int] = [:]
        for ref in state.facts.keys { counts[ref.change, default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.compactMap { change, count in
            guard let tap = run.ledger[change], !tap.versions.isEmpty,
                !tap.versions.contains(where: { $0.count == count })
            else { return nil }
            return "\(name) has \(count) facts of \(change.hex)"
        }
    }
}
