internal import LuckyCausality
internal import LuckyModel

/// A tap is there whole or not at all, on every phone and at the hub.
struct AtomicityChecker: SwarmChecker {
    static let name = "torn"

    mutating func observe(_ run: SwarmRun) throws -> [String] {
        var found: [String] = []
        for device in run.living {
            for state in try run.view.device(device) {
                found += check(state, run, on: device.name)
            }
        }
        for state in try run.view.hub(run) { found += check(state, run, on: "the hub") }
        return found
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
