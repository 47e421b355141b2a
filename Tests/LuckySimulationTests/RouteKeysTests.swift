import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// What a person's keys do to a simulated day.
struct RouteKeysTests {
    private static func day() throws -> RouteSimulation {
        var profile = try RouteProfile.standard()
        profile.noCoveragePerMille = 0
        profile.failuresPerMille = [:]
        profile.officeEditsPerMille = [:]
        return try RouteSimulation(
            try RouteSimulationTests.plan(4), RouteSettings(seed: 1, profile: profile))
    }

    /// Lets the day go by until something has happened.
    private static func advance(
        _ day: RouteSimulation, until isTrue: (RouteSnapshot) -> Bool
    ) throws {
        while try !isTrue(day.snapshot()) {
            try #require(!day.isOver)
            try day.advance(by: 5_000)
        }
    }

    @Test("In flight mode what is tapped waits, until it ends")
    func flightMode() throws {
        let day = try Self.day()
        try Self.advance(day) { $0.stops[0].at != nil && $0.part < 1 && $0.part > 0 }
        try Self.advance(day) { $0.pending == 0 }
        day.toggleNetwork()
        #expect(try !day.snapshot().isOnline)
        var depths: [Int] = []
        try Self.advance(day) { now in
            depths.append(now.pending)
            return now.stops[1].isClosed
        }
        #expect(depths == depths.sorted(), "\(depths)")
        #expect(try #require(depths.last) >= 3)
        day.toggleNetwork()
        #expect(try day.snapshot().isOnline)
        try Self.advance(day) { $0.pending == 0 }
        while !day.isOver { try day.advance(by: 600_000) }
        let result = try day.result()
        #expect(result.verdict == .ok && result.pendingMax >= 3)
    }

    @Test("Hurried, the driver closes the stop that he stands at in the same moment")
    func hurry() throws {
        let day = try Self.day()
        var arrived = false
        while !arrived {
            try #require(!day.isOver)
            try day.advance(by: 1_000)
            for event in day.takeEvents() {
                switch event.kind {
                case .arrived, .opens: arrived = true
                default: break
                }
            }
        }
        let before = try day.snapshot()
        #expect(!before.stops[0].isClosed)
        day.hurry()
        try day.advance(by: 0)
        let after = try day.snapshot()
        #expect(after.stops[0].isClosed && after.now == before.now)
        // On the way it is the arrival that comes at once.
        try Self.advance(day) { $0.current == 1 && $0.part > 0 && $0.part < 1 }
        let way = try day.snapshot().now
        day.hurry()
        try day.advance(by: 0)
        #expect(try day.snapshot().part == 1 && day.now == way)
    }

    @Test("Who is hurried out of waiting is not told that the window began")
    func hurriedBefore() throws {
        let day = try Self.day()
        var told: [String] = []
        func tell() {
            for event in day.takeEvents() {
                if case .opens = event.kind { told += Language.allCases.map(event.line(in:)) }
            }
        }
        var waits = false
        while !waits {
            try #require(!day.isOver)
            try day.advance(by: 1_000)
            for event in day.takeEvents() {
                if case .waits(let window) = event.kind {
                    waits = TaipeiTime.minuteOfDay(day.now) < window.startMinute
                }
            }
        }
        day.hurry()
        try day.advance(by: 0)
        tell()
        #expect(told.count == 2)
        #expect(told.allSatisfy { !$0.contains("window") && !$0.contains("時段") }, "\(told)")
    }
}
