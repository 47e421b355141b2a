internal import LuckyHub
internal import LuckyModel

/// An honest phone's change is never quarantined, whatever contradicts it. Only a hub that lost what
/// it once told may find that its driver had no business there.
struct QuarantineChecker: SwarmChecker {
    static let name = "quarantined"

    mutating func conclude(_ run: SwarmRun) throws -> [String] {
        guard let hub = run.hub.hub, !run.hubWentBack else { return [] }
        return try hub.read { reader in
            try reader.quarantined().map { kept in
                let tap = kept.change.flatMap { run.ledger[$0] }
                let step = tap.map { ", step \($0.step)" } ?? ""
                return "\(kept.change?.hex ?? "a change")\(step): \(kept.reason)"
            }
        }
    }
}
