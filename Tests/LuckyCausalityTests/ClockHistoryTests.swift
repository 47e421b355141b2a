import LuckyCausality
import LuckyModel
import TestSupport
import Testing

/// Hybrid clocks of several devices whose wall clocks jump years, stand still and run backwards.
@Suite struct ClockHistoryTests {
    enum Move: Hashable {
        /// True time passes, in milliseconds; what a bad wall clock says then is another matter.
        case pass(Int64)
        /// From now on the device's wall clock is off by so much.
        case set(device: Int, offset: Int64)
        /// It stands still, or goes again.
        case freeze(device: Int, Bool)
        case write(device: Int)
        /// A page brings what the device last wrote to another one, with the hub's time.
        case page(from: Int, to: Int)
    }

    private static let year: Int64 = 365 * 24 * 3600 * 1000

    private static func draw(_ random: inout SeededGenerator) -> [Move] {
        func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
        let offsets: [Int64] = [
            0, -1, 1, -2_000, 59_000, 4 * 60_000, 6 * 60_000, -8 * 3600_000, year, -year,
            30 * year, -60 * year, 1 << 52, -(1 << 52), .max / 2, .min / 2,
        ]
        return (0..<40).map { _ in
            // Device 0 keeps true time.
            switch pick(10) {
            case 0...1: .pass([0, 1, 1, 50, 60_000, 3600_000][pick(6)])
            case 2: .set(device: 1 + pick(3), offset: offsets[pick(offsets.count)])
            case 3: .freeze(device: 1 + pick(3), pick(2) == 0)
            case 4...6: .write(device: pick(4))
            default: .page(from: pick(4), to: pick(4))
            }
        }
    }

    private struct Device {
        var clock = HybridClock()
        var offset: Int64 = 0
        var frozenAt: Int64?
        var last: HLC?

        func wall(_ now: Int64) -> Int64 { frozenAt ?? (now &+ offset) }
    }

    @Test func readingsGrowAndMadClocksStayAlone() throws {
        try Budget.current("causality").runHistories(draw: { Self.draw(&$0) }, check: Self.check)
    }

    private static func check(_ moves: [Move]) throws {
        var now: Int64 = 1_795_312_800_000
        var devices = Array(repeating: Device(), count: 4)
        for move in moves {
            switch move {
            case .pass(let milliseconds): now += milliseconds
            case .set(let index, let offset): devices[index].offset = offset
            case .freeze(let index, let isFrozen):
                devices[index].frozenAt = isFrozen ? devices[index].wall(now) : nil
            case .write(let index):
                let before = devices[index].clock.last
                let reading = devices[index].clock.tick(wall: devices[index].wall(now))
                try hold(reading > before, "a reading that does not grow")
                let isCarried = (0..<HLC.millisecondLimit).contains(reading.milliseconds)
                try hold(isCarried, "a reading that the wire cannot carry")
                devices[index].last = reading
            case .page(let from, let to):
                guard let stamp = devices[from].last else { continue }
                let before = devices[to].clock.last
                let isFollowed = devices[to].clock.see(stamp, hubTime: now)
                let isNear = stamp.milliseconds <= now + HybridClock.aheadLimitMilliseconds
                try hold(isFollowed == isNear, "only a near stamp is followed")
                let after = isNear ? max(before, stamp) : before
                try hold(devices[to].clock.last == after, "the clock moved otherwise")
            }
            // Whatever it is told, a right clock stays within five minutes of true time.
            let ahead = devices[0].clock.last.milliseconds - now
            try hold(ahead <= HybridClock.aheadLimitMilliseconds, "a right clock led astray")
        }
    }

    /// However mad the wall clocks, the stamps and the hub's time: nothing traps, and there is
    /// always a next reading that the wire can carry.
    @Test func thereIsAlwaysANextReading() throws {
        let times: [Int64] = [
            .min, -1, 0, 1, (1 << 52) - 1, 1 << 52, (1 << 53) - 1, 1 << 53, .max - 1, .max,
        ]
        for hubTime in times {
            for milliseconds in times {
                for logical in [0, 1, UInt32.max - 1, .max] {
                    var clock = HybridClock()
                    clock.see(
                        HLC(milliseconds: milliseconds, logical: logical), hubTime: hubTime)
                    for wall in times {
                        let before = clock.last
                        let reading = clock.tick(wall: wall)
                        try #require(reading > before)
                        try #require((0..<HLC.millisecondLimit).contains(reading.milliseconds))
                    }
                }
            }
        }
    }
}
