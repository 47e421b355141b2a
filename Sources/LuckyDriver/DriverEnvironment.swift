public import LuckyCausality
internal import Foundation
internal import LuckyModel

/// Clocks, randomness and rest: everything that makes one run differ from another, in one value.
/// Apps use ``system``; tests and simulations bring their own.
public struct DriverEnvironment: Sendable {
    /// The device's clocks at this moment.
    public var time: @Sendable () -> DeviceTime
    /// 64 random bits.
    public var random: RandomSource
    /// Rests for milliseconds; returns early when the task is cancelled.
    public var rest: @Sendable (Int64) async -> Void

    /// Clocks, randomness and rest of one's own, for tests and simulations.
    public init(
        time: @escaping @Sendable () -> DeviceTime, random: RandomSource,
        rest: @escaping @Sendable (Int64) async -> Void
    ) {
        self.time = time
        self.random = random
        self.rest = rest
    }

    /// This machine's own clocks and random numbers.
    public static let system: DriverEnvironment = {
        let boot = SystemClock.bootID()
        return DriverEnvironment(
            time: {
                DeviceTime(
                    wallMilliseconds: SystemClock.milliseconds(CLOCK_REALTIME),
                    monotonicMilliseconds: SystemClock.milliseconds(SystemClock.sinceBoot),
                    boot: boot)
            },
            random: RandomSource { UInt64.random(in: .min ... .max) },
            rest: { try? await Task.sleep(for: .milliseconds($0)) })
    }()
}

/// Random numbers by a function, so that a seed can stand behind them.
public struct RandomSource: RandomNumberGenerator, Sendable {
    private let draw: @Sendable () -> UInt64

    /// Draws 64 random bits with each call; callable from any thread.
    public init(_ draw: @escaping @Sendable () -> UInt64) { self.draw = draw }

    /// The function's next 64 bits.
    public mutating func next() -> UInt64 { draw() }
}

private enum SystemClock {
    #if os(Linux)
        /// Counts while the machine sleeps, unlike CLOCK_MONOTONIC.
        static let sinceBoot = CLOCK_BOOTTIME
    #else
        static let sinceBoot = CLOCK_MONOTONIC
    #endif

    static func milliseconds(_ clock: clockid_t) -> Int64 {
        var now = timespec()
        clock_gettime(clock, &now)
        return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// The kernel's own id of this boot; random where there is none, so that offsets of two
    /// processes are then never compared.
    static func bootID() -> BootID {
        let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        let digits = text?.filter(\.isHexDigit)
        return digits.flatMap(BootID.init(hex:))
            ?? BootID(
                high: UInt64.random(in: .min ... .max), low: UInt64.random(in: .min ... .max))
    }
}
