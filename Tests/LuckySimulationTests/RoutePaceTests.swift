import Foundation
import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// How fast a simulated day goes by, by a clock that the test holds.
struct RoutePaceTests {
    @Test("As much goes by as really went by, however long a picture took", arguments: [1, 60])
    func elapsed(factor: Int64) {
        var pace = RoutePace(factor: factor, at: 1_000)
        let clock: [Int64] = [1_050, 1_051, 1_400, 1_400, 9_999]
        let steps = clock.map { pace.step(at: $0) }
        #expect(steps == [50, 1, 349, 0, 8_599].map { $0 * factor })
        // A clock that goes back, which none should, takes nothing back and gives nothing twice.
        #expect(pace.step(at: 9_000) == 0 && pace.step(at: 10_000) == factor)
    }

    @Test("As fast as it can, a picture is a minute whatever the clock says")
    func leaps() {
        var pace = RoutePace(factor: nil, at: 0)
        #expect([0, 5, 60_000].map { pace.step(at: $0) } == [60_000, 60_000, 60_000])
    }

    @Test("A way is looked for once, however many pictures are drawn of it")
    func ways() throws {
        let plan = try RouteSimulationTests.plan(6)
        let day = try RouteSimulation(plan, RouteSettings(seed: 1, profile: try .standard()))
        while !day.isOver {
            try day.advance(by: 20_000)
            _ = try day.snapshot()
        }
        // From the depot, from door to door, past those that are left out, and home.
        #expect(day.ways.count >= 7 && day.ways.count <= 14, "\(day.ways.count)")
    }
}
