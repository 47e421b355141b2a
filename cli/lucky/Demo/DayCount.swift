import Foundation
import Synchronization

/// What a run counts while it goes; kept in the folder for a later judgement.
struct DayFigures: Codable, Hashable, Sendable {
    var seed: UInt64
    var date: String
    var hubRestarts = 0
    var driverKills = 0
    var unreceivedAtKill = 0
    var responsesLost = 0
    var offlineEdits = 0
    var pendingMax = 0
    var durationS = 0.0
    /// Drivers whose verification over the wire found a difference, or whose rows did not follow.
    var unverified: [String] = []
}

final class DayCount: Sendable {
    private let figures: Mutex<DayFigures>

    init(seed: UInt64, date: String) { figures = Mutex(DayFigures(seed: seed, date: date)) }

    var now: DayFigures { figures.withLock { $0 } }

    func note(_ change: @Sendable (inout DayFigures) -> Void) {
        figures.withLock { change(&$0) }
    }

    func saw(pending: Int) { figures.withLock { $0.pendingMax = max($0.pendingMax, pending) } }
}
