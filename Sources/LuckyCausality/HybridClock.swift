public import LuckyModel

/// A hybrid logical clock's reading: Unix milliseconds and a count within them. It labels the screen
/// and breaks ties between concurrent siblings; it never decides what came before what (L6).
public struct HLC: Hashable, Comparable, Sendable {
    /// Unix milliseconds, below ``millisecondLimit``.
    public let milliseconds: Int64
    /// Counts readings within one millisecond, from 0.
    public let logical: UInt32

    /// Takes a reading as it is; the range is checked where it is read from bytes.
    public init(milliseconds: Int64, logical: UInt32) {
        self.milliseconds = milliseconds
        self.logical = logical
    }

    /// Before every reading that a clock issues.
    public static let zero = HLC(milliseconds: 0, logical: 0)

    /// Milliseconds are below 2⁵³, so that every language reads them exactly (L2).
    public static let millisecondLimit: Int64 = 1 << 53

    /// Orders by milliseconds, then by count.
    public static func < (a: HLC, b: HLC) -> Bool {
        (a.milliseconds, a.logical) < (b.milliseconds, b.logical)
    }
}

/// Issues readings that only grow, whatever the device's wall clock does.
public struct HybridClock: Hashable, Sendable {
    /// A remote stamp further ahead of the hub's time than this does not move our clock: 5 minutes.
    public static let aheadLimitMilliseconds: Int64 = 5 * 60 * 1000

    /// The last reading issued or seen; persisted with each write.
    public private(set) var last: HLC

    /// - Parameter last: the reading kept from before; ``HLC/zero`` for a new install.
    public init(last: HLC = .zero) { self.last = last }

    /// The next reading, above all earlier ones.
    /// - Parameter wall: the device's clock, Unix milliseconds; may jump either way. An absurd one
    ///   (the year 140 000) counts as half of ``HLC/millisecondLimit``, so that there is always room
    ///   for the next.
    public mutating func tick(wall: Int64) -> HLC {
        let wall = min(wall, HLC.millisecondLimit / 2)
        if wall > last.milliseconds {
            last = HLC(milliseconds: wall, logical: 0)
        } else {
            last = Self.after(last)
        }
        return last
    }

    /// Takes note of a stamp that came by a page.
    /// - Parameter hubTime: the hub's time, Unix milliseconds, in the same page.
    /// - Returns: false where the stamp is too far ahead of the hub, or so absurd that ``tick(wall:)``
    ///   would have no room above it: our clock stayed, and the stamp is to be flagged.
    @discardableResult
    public mutating func see(_ stamp: HLC, hubTime: Int64) -> Bool {
        let (limit, overflow) = hubTime.addingReportingOverflow(Self.aheadLimitMilliseconds)
        guard overflow || stamp.milliseconds <= limit || Mutant.isOn(.farAheadMovesClock),
            stamp.milliseconds < HLC.millisecondLimit / 2
        else { return false }
        if stamp > last { last = stamp }
        return true
    }

    private static func after(_ stamp: HLC) -> HLC {
        stamp.logical < .max
            ? HLC(milliseconds: stamp.milliseconds, logical: stamp.logical + 1)
            : HLC(milliseconds: stamp.milliseconds &+ 1, logical: 0)
    }
}

/// What a device's clocks said when a change was written: kept three ways, so that skew and
/// backdating can be measured (L6).
public struct DeviceTime: Hashable, Sendable {
    /// Unix milliseconds by the device's wall clock, right or wrong; |ms| < 2⁵³.
    public let wallMilliseconds: Int64
    /// Milliseconds since ``boot``'s start, by a clock that nobody can set; 0 ..< 2⁵³.
    public let monotonicMilliseconds: Int64
    /// The start of the device that ``monotonicMilliseconds`` counts from.
    public let boot: BootID

    /// A reading beyond the range counts as its end: a mad clock never keeps a tap from being saved.
    public init(wallMilliseconds: Int64, monotonicMilliseconds: Int64, boot: BootID) {
        let end = HLC.millisecondLimit - 1
        self.wallMilliseconds = max(-end, min(end, wallMilliseconds))
        self.monotonicMilliseconds = max(0, min(end, monotonicMilliseconds))
        self.boot = boot
    }
}
