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
    /// How many a driver has each day.
    package var stops = 15...30
    /// Drawn a day and driver: some are refused by the rules, or find no phone that runs.
    package var taps = 140
    /// Of work each day.
    package var hours = 4
    /// How likely a phone is copied or restored in a day, and the hub, where a seed has that at all.
    package var rarePercent = 30
    /// Ends with the first thing that does not hold.
    package var endsAtFirst = false
    /// Few stops: ``brief(seed:)``.
    package private(set) var isBrief = false

    /// A small day with all that can go wrong, by default.
    public init(seed: UInt64, drivers: Int = 2, days: Int = 1, faults: Faults = .heavy) {
        self.seed = seed
        self.drivers = max(1, min(16, drivers))
        self.days = max(1, min(60, days))
        self.faults = faults
    }

    /// Few stops with as much going wrong there: what one seed can show, in a tenth of the time.
    package static func brief(seed: UInt64) -> SwarmSettings {
        var settings = SwarmSettings(seed: seed)
        settings.isBrief = true
        settings.stops = 3...5
        settings.taps = 24
        settings.hours = 1
        settings.rarePercent = 80
        settings.endsAtFirst = true
        return settings
    }

    /// The one command that plays the same again.
    /// - Parameter commit: of the build that played it; nil or empty: nobody knows.
    public func replay(commit: String?) -> String {
        let named = commit.flatMap { $0.isEmpty ? nil : " # \($0)" } ?? ""
        return "lucky simulate replay --seed \(seed) --drivers \(drivers) --days \(days)"
            + " --faults \(faults.rawValue)\(isBrief ? " --brief" : "")\(named)"
    }
}
