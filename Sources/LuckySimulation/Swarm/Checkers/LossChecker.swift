internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel

/// No acknowledged tap and no acknowledged edit is lost: all of it is at the hub, applied, or in
/// quarantine where people see it.
struct LossChecker: SwarmChecker {
    static let name = "lost"

    mutating func conclude(_ run: SwarmRun) throws -> [String] {
        guard let hub = run.hub.hub else { return ["the hub does not run"] }
        return try hub.read { reader in
            let quarantined = Set(try reader.quarantined().compactMap(\.change))
            var states: [EntityID: EntityState] = [:]
            var found: [String] = []
            for tap in run.ledger.taps where tap.state == .acknowledged && !tap.isExcused {
                if quarantined.contains(tap.change) { continue }
                if states[tap.entity] == nil { states[tap.entity] = try reader.state(tap.entity) }
                let facts = states[tap.entity]?.facts ?? [:]
                if facts[FactRef(change: tap.change, index: 0)] == nil {
                    found.append(
                        "the tap \(tap.change.hex) (step \(tap.step)) of \(tap.driver) is nowhere")
                }
            }
            for edit in run.ledger.edits where edit.state == .acknowledged && !edit.isExcused {
                if try reader.changeInfo(edit.change) == nil {
                    found.append("the edit \(edit.change.hex) is not in the log")
                }
            }
            return found
        }
    }
}
