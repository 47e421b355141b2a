/// What many seeds came to, added up.
public struct SwarmReport: Hashable, Sendable {
    /// Played, each once or twice.
    public private(set) var seeds = 0
    /// Drivers × days × seeds.
    public private(set) var driverDays = 0
    /// As in ``SwarmOutcome/changesets``, of first runs.
    public private(set) var changesets = 0
    /// By kind; a kind that never struck is absent.
    public private(set) var faults: [FaultKind: Int] = [:]
    /// Of all seeds.
    public private(set) var violations = 0
    /// Of all seeds.
    public private(set) var stalls = 0
    /// Seeds that were played twice.
    public private(set) var doubleRuns = 0
    /// Of those, how many came to something else the second time.
    public private(set) var mismatchedTraces = 0

    /// Of nothing yet.
    public init() {}

    /// Whether everything held.
    public var isClean: Bool { violations == 0 && stalls == 0 && mismatchedTraces == 0 }

    /// Adds what a seed came to.
    /// - Parameter again: of its second run, where there was one.
    public mutating func add(
        _ outcome: SwarmOutcome, of settings: SwarmSettings, again: SwarmOutcome? = nil
    ) {
        seeds += 1
        driverDays += settings.drivers * settings.days
        changesets += outcome.changesets
        faults.merge(outcome.faults, uniquingKeysWith: +)
        violations += outcome.violations.count
        stalls += outcome.stalls
        guard let again else { return }
        doubleRuns += 1
        if again.trace != outcome.trace { mismatchedTraces += 1 }
    }

    /// Whether the nth seed, from 0, is played twice: each hundredth, the first among them.
    public static func isDouble(_ place: Int) -> Bool { place.isMultiple(of: 100) }

    /// Driver-years, of 300 days, for each hour of processor time.
    public func driverYears(perHourOf cpuSeconds: Double) -> Double {
        cpuSeconds > 0 ? Double(driverDays) / 300 / (cpuSeconds / 3_600) : 0
    }

    /// One object on one line, keys sorted.
    public func json(cpuSeconds: Double) -> String {
        let kinds = FaultKind.allCases.filter { faults[$0] != nil }
            .sorted { $0.rawValue < $1.rawValue }
            .map { "\"\($0.rawValue)\":\(faults[$0] ?? 0)" }.joined(separator: ",")
        let members = [
            "\"seeds\":\(seeds)", "\"driver_days\":\(driverDays)", "\"changesets\":\(changesets)",
            "\"faults\":\(faults.values.reduce(0, +))", "\"faults_by_kind\":{\(kinds)}",
            "\"violations\":\(violations)", "\"stalls\":\(stalls)",
            "\"double_runs\":\(doubleRuns)", "\"mismatched_traces\":\(mismatchedTraces)",
            "\"cpu_s\":\(Self.rounded(cpuSeconds))",
            "\"driver_years_per_cpu_hour\":\(Self.rounded(driverYears(perHourOf: cpuSeconds)))",
            "\"build\":\"\(Self.build)\"",
        ]
        return "{" + members.sorted().joined(separator: ",") + "}"
    }

    /// Two places behind the point.
    private static func rounded(_ number: Double) -> Double { (number * 100).rounded() / 100 }

    /// `debug`, with everything checked, or `release`.
    public static var build: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }
}
