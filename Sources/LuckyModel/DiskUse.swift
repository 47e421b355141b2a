/// How full the disk is on which a phone keeps its taps, and whether that has to be said.
public struct DiskUse: Hashable, Sendable {
    /// Whether somebody should make room.
    public enum Level: String, Hashable, Sendable, CaseIterable {
        /// Nothing to say.
        case enough
        /// From ``Bounds/diskLowPercent`` on: make room soon.
        case low
        /// From ``Bounds/diskCriticalPercent`` on: photos will be refused next (L16).
        case critical
    }

    /// What is taken, 0…100, rounded down; a disk without any room at all reads 100.
    public var percent: Int

    /// - Parameters:
    ///   - bytes: all that fits on the disk.
    ///   - free: bytes of it that can still be written.
    public init(bytes: Int64, free: Int64) {
        let free = min(max(free, 0), max(bytes, 0))
        percent = bytes > 0 ? min(100, Int((bytes - free) / max(1, bytes / 100))) : 100
    }

    /// Whether somebody should make room.
    public var level: Level {
        if percent >= Bounds.diskCriticalPercent { return .critical }
        return percent >= Bounds.diskLowPercent ? .low : .enough
    }
}
