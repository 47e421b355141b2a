/// How much of a simulated day goes by while real time does: as much as really went by since it was
/// last asked, however long that took.
public struct RoutePace: Sendable {
    /// Milliseconds between two looks at the day, where nothing holds them up.
    public static let frame: Int64 = 50
    /// What a look advances as fast as the machine can, milliseconds.
    static let leap: Int64 = 60_000

    /// Simulated seconds a second; nil: as fast as the machine can.
    let factor: Int64?
    private var last: Int64

    /// - Parameters:
    ///   - factor: simulated seconds a second; nil: as fast as the machine can.
    ///   - now: of a clock that never goes back, milliseconds.
    public init(factor: Int64?, at now: Int64) {
        self.factor = factor
        last = now
    }

    /// Milliseconds of the day since it was last asked.
    /// - Parameter now: of the same clock.
    public mutating func step(at now: Int64) -> Int64 {
        defer { last = max(last, now) }
        return factor.map { $0 * max(0, now - last) } ?? Self.leap
    }
}
