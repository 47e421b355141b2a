internal import LuckyCausality
internal import LuckyModel
internal import LuckyStore

/// What a driver saved on a phone stays readable there, through restarts, recoveries and stops that
/// went to others, unless the hub did not take it. ``SwarmRun`` itself reads after each tap.
struct OwnWritesChecker: SwarmChecker {
    static let name = "own_writes"

    mutating func observe(_ run: SwarmRun) throws -> [Phrase] {
        var found: [Phrase] = []
        for device in run.living {
            guard let store = device.store, !device.disk.isDead else { continue }
            let refused = Set(
                try store.changesets(.quarantined, limit: 1_000_000).map(\.change))
            var states: [EntityID: EntityState] = [:]
            for state in try run.view.device(device) { states[state.id] = state }
            for tap in run.ledger.taps(on: device.name) where !refused.contains(tap.change) {
                if states[tap.entity] == nil {
                    states[tap.entity] = try store.state(of: tap.entity)
                }
                if states[tap.entity]?.facts[FactRef(change: tap.change, index: 0)] == nil {
                    found.append(
                        .findOwnHidden.with(["name": device.name, "tap": tap.change.hex]))
                }
            }
        }
        return found
    }

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] { try observe(run) }
}
