internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel

/// An honest phone's change is never quarantined, whatever contradicts it. Only a hub that lost what
/// it once told may find that its driver had no business there, or had seen what nobody can know of.
struct QuarantineChecker: SwarmChecker {
    static let name = "quarantined"

    private static let excusedByLoss = ["authority", "unknown_context"]

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] {
        guard let hub = run.hub.hub else { return [] }
        let unread = run.keptUnread()
        return try hub.read { reader in
            try reader.quarantined().compactMap { kept in
                if run.strangers.contains(kept.dot.replica) { return nil }
                if run.hubWentBack, Self.excusedByLoss.contains(kept.reason) { return nil }
                if unread[kept.dot] != nil { return nil }
                let tap = kept.change.flatMap { run.ledger[$0] }
                let change = kept.change.map { Phrase(verbatim: $0.hex) } ?? .findAChange
                let reason = Phrase(verbatim: kept.reason)
                guard let tap else {
                    return .findQuarantined.with(["change": change, "reason": reason])
                }
                return .findQuarantinedStep.with([
                    "change": change, "step": Phrase(verbatim: "\(tap.step)"), "reason": reason,
                ])
            }
        }
    }
}
