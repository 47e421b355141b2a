internal import LuckyCausality
internal import LuckyModel
internal import Synchronization

/// Whole entities are sent again for repair, but never in a loop (L21).
final class RepairLimit: Sendable {
    private let windows = Mutex<[ReplicaID: Window]>([:])

    private struct Window {
        var startedAt: Int64
        var count: Int
    }

    /// How many of `wanted` entities a replica gets now, Unix milliseconds.
    func grant(_ wanted: Int, to replica: ReplicaID, now: Int64) -> Int {
        guard wanted > 0 else { return 0 }
        return windows.withLock { windows in
            windows = windows.filter { abs(now - $0.value.startedAt) < 60_000 }
            var window = windows[replica] ?? Window(startedAt: now, count: 0)
            let granted = max(0, min(wanted, Bounds.repairsPerMinute - window.count))
            window.count += granted
            windows[replica] = window
            return granted
        }
    }
}
