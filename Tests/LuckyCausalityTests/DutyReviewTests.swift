import LuckyCausality
import LuckyModel
import Testing

/// The contradictions of shifts and routes, each with the nearest case that is none.
@Suite struct DutyReviewTests {
    private static let amy = Stamp.by("amy", .driver)

    @Test func aLongShift() {
        func shift(hours: Int64) -> [ReviewKind] {
            var state = EntityState(id: EntityID(.shift, Bits128(high: 0, low: 1)))
            state.write(Dot(.a, 1), as: Self.amy, .fact(.shiftStarted(ShiftStart(float: .zero))))
            let end = hours * 3_600_000 + 1
            state.write(
                Dot(.a, 2), seen: [.a: 1], as: .by("amy", .driver, hlc: end, received: end),
                .fact(.shiftEnded(ShiftEnd())))
            return ReviewRules.findings(in: state).map(\.kind)
        }
        #expect(shift(hours: 12) == [.shiftTooLong] && shift(hours: 11) == [])
    }

    @Test func theOfficeClosedTheRoute() {
        func route(_ writes: (inout EntityState) -> Void) -> [ReviewKind] {
            var state = EntityState(id: EntityID(.route, Bits128(high: 0, low: 1)))
            state.write(Dot(.a, 1), as: Self.amy, .fact(.routeStarted))
            writes(&state)
            return ReviewRules.findings(in: state).map(\.kind)
        }
        let done = Change.Body.fact(.routeCompleted)
        #expect(route { $0.write(Dot(.h, 1), seen: [.a: 1], done) } == [.routeForceClosed])
        #expect(route { $0.write(Dot(.a, 2), seen: [.a: 1], as: Self.amy, done) } == [])
        let agreed = route {
            $0.write(Dot(.a, 2), seen: [.a: 1], as: Self.amy, done)
            $0.write(Dot(.h, 1), seen: [.a: 2], done)
        }
        #expect(agreed == [])
    }
}
