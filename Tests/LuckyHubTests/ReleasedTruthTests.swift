import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// A fact that was let out of quarantine says when it was written and what its writer knew, and
/// counts as if it had been accepted at once (L3, L20).
@Suite struct ReleasedTruthTests {
    let bench: Bench
    let stop: EntityID

    init() throws {
        bench = try Bench()
        stop = try bench.plan(1, for: "drv-1")
    }

    func held() throws -> EntityState {
        try #require(try bench.hub.read { try $0.state(stop) })
    }

    /// A handover beside a plan write, which no driver may make.
    func tapQuarantined(_ phone: inout Phone) throws {
        try phone.write([
            Change(stop, .fact(.delivered(2))),
            Change(stop, .plan(.officeNote, .text("新的"))),
        ])
    }

    func release(_ phone: Phone, _ counter: UInt64, id: UInt64 = 0xAB) throws {
        let seen = try bench.vector(stop)
        _ = try bench.hub.asOffice(Bench.office, bench.now) { writer in
            try writer.release(
                Dot(phone.replica, counter), by: Bench.office, contexts: [stop: seen]
            ) { ChangeID(high: id, low: UInt64($0)) }
        }
    }

    func opened(_ kind: ReviewKind) throws -> [ReviewOpened] {
        try held().facts.values.compactMap {
            if case .reviewOpened(let review) = $0.fact, review.kind == kind { review } else { nil }
        }
    }

    /// Phone and tablet of one driver, which both loaded the day.
    func pair() throws -> (Phone, Phone) {
        var phone = Phone("drv-1", install: 1)
        var tablet = Phone("drv-1", install: 2)
        try bench.settle(&phone)
        try bench.settle(&tablet)
        return (phone, tablet)
    }

    @Test(arguments: [false, true]) func oneHandoverToldByTwoCountsOnce(_ areBoth: Bool) throws {
        var (phone, tablet) = try pair()
        if areBoth { try tapQuarantined(&phone) } else { try phone.tap(stop, .delivered(2)) }
        try tapQuarantined(&tablet)
        try bench.settle(&phone)
        try bench.settle(&tablet)
        if areBoth { try release(phone, 1, id: 0xAA) }
        try release(tablet, 1)
        let state = try held()
        #expect(state.counted.duplicates.count == 1)
        #expect(state.stop.delivered == [.kg20: 2])
        #expect(try opened(.deliveredTwice).isEmpty)
    }

    /// One phone, two taps: the second knows of the first, whatever became of it.
    @Test(arguments: [[0, 1], [1, 0], [0], [1]])
    func twoTapsOfOnePhoneAreTwo(_ released: [Int]) throws {
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        for number in [0, 1] {
            if released.contains(number) {
                try tapQuarantined(&phone)
            } else {
                try phone.tap(stop, .delivered(2))
            }
        }
        try bench.settle(&phone)
        for number in released { try release(phone, UInt64(number + 1), id: UInt64(number + 7)) }
        #expect(try held().stop.delivered == [.kg20: 4])
        #expect(try opened(.deliveredTwice).count == 1)
    }

    @Test func whoWasUnawareStaysUnaware() throws {
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try tapQuarantined(&phone)
        try bench.edit(stop, [.cancelled: .flag(true)])
        try bench.settle(&phone)
        try release(phone, 1)
        let review = try #require(try opened(.deliveredAfterCancel).first)
        #expect(review.writers.map(\.knewOther) == [false, false])
        let shown = try held().reviews.filter { $0.kind == .deliveredAfterCancel }
        #expect(shown.flatMap { $0.sides.map(\.knewOther) } == [false, false])
    }

    @Test func itsTimesAreItsWriters() throws {
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try tapQuarantined(&phone)
        let tapped = phone.clock
        try bench.settle(&phone)
        bench.now += 13 * 3_600_000
        try release(phone, 1)
        let state = try held()
        #expect(state.visitedAt?.milliseconds == tapped && state.stop.closedAt == tapped)
        #expect(try opened(.clockFarOff).isEmpty)
    }

    /// What nobody can have seen is not taken for seen.
    @Test func anInventedContextProvesNothing() throws {
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.write(
            [Change(stop, .fact(.delivered(2)))],
            contexts: [stop: [bench.hub.replica: 1_000]])
        try bench.settle(&phone)
        #expect(phone.results[1]?.result == .quarantined("unknown_context"))
        try release(phone, 1)
        try bench.edit(stop, [.cancelled: .flag(true)], seen: VersionVector())
        let review = try #require(try opened(.deliveredAfterCancel).first)
        #expect(review.writers.map(\.knewOther) == [false, false])
    }
}
