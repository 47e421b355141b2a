internal import LuckyHub
internal import LuckyModel

/// The log of one history never ends before where it ended once: a hub on an older file begins another
/// (L26).
struct HistoryChecker: SwarmChecker {
    static let name = "history"

    /// The farthest that each ended.
    private var ends: [HistoryID: UInt64] = [:]

    mutating func glance(_ run: SwarmRun) throws -> [Phrase] {
        guard let hub = run.hub.hub else { return [] }
        let (history, end) = (hub.history, hub.sequence(of: SwarmRun.depot))
        let known = ends[history] ?? 0
        ends[history] = max(known, end)
        guard end < known else { return [] }
        return [
            .findLogEnd.with(["history": history.hex, "known": "\(known)", "end": "\(end)"])
        ]
    }

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] { try glance(run) }
}
