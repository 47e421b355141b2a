import LuckyModel
import Testing

@testable import LuckySimulation

/// Where two copies of a phone parted, what the one had seen is cut to there (L19): no effect before
/// its cause, although nothing of before is at that stop.
struct CutContextTests {
    @Test("A context that was cut to the last common dot is no sign of anything lost")
    func cut() throws {
        var plan = SwarmPlan(SwarmSettings(seed: 40, drivers: 1, faults: .none))
        let stops = plan.stops.indices.filter { plan.stops[$0].driver == 0 }
        let (phone, copy) = (Self.seed(drawing: 0), Self.seed(drawing: 1))
        let steps: [(UInt64, SwarmAction)] = [
            (1, .importDay(0)), (1, .open(phone: 0)),
            (1, .tap(.addStop, phone: 0, stop: stops[0])), (1, .strike(.imaged, phone: 0)),
            (1, .outage(.partition, phone: 0, milliseconds: 60_000)),
            (phone, .tap(.cash, phone: 0, stop: stops[1])),
            (copy, .tap(.arrive, phone: 0, stop: stops[2])),
            (copy, .tap(.complete, phone: 0, stop: stops[2])),
        ]
        plan.steps = steps.enumerated().map { number, step in
            SwarmStep(
                number: number, at: SwarmPlan.opens + Int64(number) * 5_000, seed: step.0,
                action: step.1)
        }
        let (lines, outcome) = try Swarm.play(plan, isTold: true)
        #expect(outcome.violations == [])
        #expect(lines.contains { $0.en.contains("phone-0-copy complete #7: saved") })
        #expect(lines.contains { $0.en.contains("phone-0 cash #5: saved") })
    }

    /// One with which the first of two is drawn, or the second.
    private static func seed(drawing place: Int) -> UInt64 {
        (1...100 as ClosedRange<UInt64>).first { seed in
            var draw = SwarmDraw(seed: seed)
            return draw.below(2) == place
        } ?? 0
    }
}
