/// What one seed plays.
public struct SwarmSettings: Hashable, Sendable {
    /// How much goes wrong.
    public enum Faults: String, CaseIterable, Hashable, Sendable {
        /// Nothing.
        case none
        /// A quarter of the kinds in each seed, and little of each.
        case light
        /// Half of the kinds in each seed, and more of each.
        case heavy
    }

    /// Everything is drawn from it.
    public var seed: UInt64
    /// 1…16; every third has two phones.
    public var drivers: Int
    /// Of work, one after another: 1…60.
    public var days: Int
    /// How much goes wrong.
    public var faults: Faults
    /// After all, one acknowledged tap is taken away behind everybody's back: whatever looks for lost
    /// taps must find it.
    package var losesATap = false

    /// A small day with all that can go wrong, by default.
    public init(seed: UInt64, drivers: Int = 2, days: Int = 1, faults: Faults = .heavy) {
        self.seed = seed
        self.drivers = max(1, min(16, drivers))
        self.days = max(1, min(60, days))
        self.faults = faults
    }
}
