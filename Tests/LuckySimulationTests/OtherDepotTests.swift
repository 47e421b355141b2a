import Foundation
import LuckyCausality
import LuckyHub
import LuckyModel
import LuckySimulation
import LuckyStore
import LuckySync
import LuckyWire
import TestSupport
import Testing

/// A phone that goes from one depot to another (L19): what was told to the first stays there, and
/// nothing may wait for it.
struct OtherDepotTests {
    let bench: RecoveryBench
    let phone: BenchPhone
    let other: Hub

    init() throws {
        bench = try RecoveryBench()
        phone = try BenchPhone(bench, "phone.sqlite")
        other = try Hub.inMemory(
            depot: "HUA", random: LuckySimulation.SeededGenerator(seed: 9))
        try phone.settle()
    }

    @discardableResult
    private func exchangeThere(wantsDigest: Bool = false) throws -> Absorbed {
        let request = try phone.request(wantsDigest: wantsDigest)
        let answer = try other.sync(
            request.body, as: Credential(person: phone.driver, depot: "HUA", role: .driver),
            now: bench.now)
        return try phone.take(answer.body, request)
    }

    /// Until nothing is left to do with the other depot's hub.
    private func settleThere() throws {
        for _ in 0..<20 {
            let result = try exchangeThere(wantsDigest: true)
            if result.pending == 0, result.recovery == nil, result.digestsAgree == true { return }
        }
        Issue.record("not settled: \(String(describing: phone.last))")
    }

    private func facts(_ number: Int) throws -> [Recorded] {
        try other.read { try $0.state(RecoveryBench.stop(number)) }.map(\.factsInOrder) ?? []
    }

    @Test("What one depot has received is not sent to the other: no cash counts twice")
    func archiveStays() throws {
        try phone.complete(1)
        try phone.settle()
        let old = phone.store.identity.replica
        try settleThere()
        #expect(phone.store.identity.depot == "HUA")
        #expect(phone.store.identity.replica != old)
        #expect(try facts(1).isEmpty)
        // The other's stops are nobody's here.
        #expect(try phone.store.stop(RecoveryBench.stop(1))?.isHandedOver != false)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("And back again, to a depot that was restored meanwhile: all that it had is there")
    func thereAndBack() throws {
        try phone.complete(1)
        try phone.settle()
        let received = try bench.facts(1).map(\.dot)
        try settleThere()
        try bench.backUpHub()
        try bench.restoreHub()
        try phone.settle()
        #expect(phone.store.identity.depot == "TTT")
        #expect(try bench.facts(1).map(\.dot) == received)
        #expect(try phone.store.stop(RecoveryBench.stop(1))?.stop.status == .delivered)
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
    }

    @Test("While a tap waits, or its receipt was lost, the phone follows no other depot")
    func nothingWaits() throws {
        for isLost in [false, true] {
            try phone.complete(1 + (isLost ? 1 : 0))
            if isLost {
                let request = try phone.request()
                _ = try bench.answer(request.body, to: phone)
            }
            let before = try phone.store.position()
            let result = try exchangeThere()
            #expect(
                result.failure == .otherDepot(answered: "HUA", waiting: 1, depot: "TTT"))
            #expect(try phone.store.position() == before)
            #expect(try other.read { try $0.state(RecoveryBench.stop(1)) } == nil)
            try phone.settle()
        }
        #expect(try bench.facts(1).count == bench.facts(2).count)
        try settleThere()
        #expect(try facts(1).isEmpty && facts(2).isEmpty)
    }

    @Test("Photos, the day's cash and the open shift stay the driver's, and he can go off duty")
    func ownStays() throws {
        let photo = try phone.store.savePhoto(Data("photo".utf8))
        try phone.commit([.photoTaken(photo)], on: RecoveryBench.stop(1))
        try phone.complete(1)
        let id = bench.newChange()
        let shift = EntityID(.shift, madeBy: id)
        try phone.commit(
            [.shiftStarted(ShiftStart(float: try #require(.dollars(500))))], on: shift, id: id,
            isNew: true)
        try phone.settle()
        let date = try #require(CivilDate(yyyymmdd: 20_261_122))
        let before = try phone.store.dutyDay(on: date)
        #expect(before.received != Money.dollars(0) && before.shifts.count == 1)
        try settleThere()
        #expect(phone.store.photo(photo.sha256) != nil)
        let after = try phone.store.dutyDay(on: date)
        #expect(after.received == before.received && after.float == before.float)
        #expect(try phone.store.shifts().filter(\.isOpen).map(\.id) == [shift])
        #expect(try phone.store.stop(RecoveryBench.stop(1))?.stop.customer == "")
        try phone.commit([.shiftEnded(ShiftEnd(counted: nil))], on: shift)
        try settleThere()
        #expect(try phone.store.position().quarantinedCount == 0)
        #expect(try phone.store.shifts().allSatisfy { !$0.isOpen })
        #expect(try phone.store.verifyRows() == [])
    }
}

extension BenchPhone {
    fileprivate func commit(
        _ facts: [Fact], on entity: EntityID, id: ChangeID? = nil, isNew: Bool = false
    ) throws {
        _ = try store.commit(
            id ?? bench.newChange(), on: entity, isNew: isNew, time: bench.time,
            using: &bench.random
        ) { _ in facts }
    }
}
