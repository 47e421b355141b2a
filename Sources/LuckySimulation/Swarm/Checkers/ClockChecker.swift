internal import LuckyCausality
internal import LuckyModel

/// A clock that is far ahead moves nobody else's, and no replica's own ever goes back (L6).
struct ClockChecker: SwarmChecker {
    static let name = "clock"

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] {
        var found: [Phrase] = []
        var stamps: [ReplicaID: [UInt64: HLC]] = [:]
        for state in try run.view.hub(run) {
            for record in state.facts.values where record.stamp.role == .driver {
                stamps[record.dot.replica, default: [:]][record.dot.counter] = record.stamp.hlc
                guard let tap = run.ledger[record.ref.change], record.witnessedBy == nil else {
                    continue
                }
                if record.stamp.hlc.milliseconds > tap.latest {
                    found.append(.findClockAhead.with(["tap": tap.change.hex]))
                }
            }
        }
        for (replica, byCounter) in stamps.sorted(by: { $0.key < $1.key }) {
            let inOrder = byCounter.sorted { $0.key < $1.key }.map(\.value)
            if zip(inOrder, inOrder.dropFirst()).contains(where: { $0 >= $1 }) {
                found.append(.findClockBack.with(["replica": "\(replica)"]))
            }
        }
        return found
    }
}
