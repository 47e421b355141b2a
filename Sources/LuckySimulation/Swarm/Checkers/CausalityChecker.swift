internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel

/// No effect before its cause: each replica's changes stand in the log in the order in which it made
/// them, and whoever holds a change holds what its writer had seen of the entity.
struct CausalityChecker: SwarmChecker {
    static let name = "order"

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

    mutating func conclude(_ run: SwarmRun) throws -> [String] {
        guard let hub = run.hub.hub else { return [] }
        var found = try observe(run)
        var places: [ReplicaID: [(counter: UInt64, sequence: UInt64)]] = [:]
        try hub.read { reader in
            for tap in run.ledger.taps {
                guard let info = try reader.changeInfo(tap.change) else { continue }
                places[info.dot.replica, default: []].append((info.dot.counter, info.sequence))
            }
        }
        for (replica, list) in places.sorted(by: { $0.key < $1.key }) {
            let sequences = list.sorted { $0.counter < $1.counter }.map(\.sequence)
            if sequences != sequences.sorted() || Set(sequences).count != sequences.count {
                found.append("the log has changes of \(replica) out of their order")
            }
        }
        return found
    }

    private func check(_ state: EntityState, _ run: SwarmRun, on name: String) -> [String] {
        state.facts.values.sorted { $0.ref < $1.ref }.compactMap { record in
            // What a hub lost that went back may be named as seen, and is not there.
            let missing = record.context.beyond(state.vector).beyond(run.lostAtHub)
            return missing.isEmpty
                ? nil : "\(name) holds \(record.ref.change.hex) without what its writer had seen"
        }
    }
}
