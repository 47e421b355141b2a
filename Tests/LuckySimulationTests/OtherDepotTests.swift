import Foundation
import LuckyCausality
import LuckyDriver
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

    @Test("At another address nothing that waits is said before the depot followed has answered")
    func asksFirst() throws {
        let here = "https://here.example.tw"
        let sent = Array("門口有狗，請走後門".utf8)
        func tells(_ request: Prepared) -> Bool {
            [UInt8](request.body).firstRange(of: sent) != nil
        }
        try phone.note("門口有狗，請走後門", on: 1)
        try phone.store.save(hub: here)
        for _ in 1...2 {
            let request = try phone.request()
            #expect(request.changesets == 0 && !tells(request))
            let answer = try other.sync(
                request.body, as: Credential(person: phone.driver, depot: "HUA", role: .driver),
                now: bench.now)
            #expect(
                try phone.take(answer.body, request).failure
                    == .otherDepot(answered: "HUA", waiting: 1, depot: "TTT"))
            try phone.reopen()
        }
        #expect(try phone.exchange().mended == 1)
        #expect(try bench.facts(1).isEmpty)
        let request = try phone.request()
        #expect(request.changesets == 1 && tells(request))
        try phone.settle()
        #expect(try bench.facts(1).count == 1)

        // Nothing is asked of the address that answered last; nor where nobody ever did.
        try phone.note("again", on: 2)
        try phone.store.save(hub: here)
        #expect(try phone.request().changesets == 1)
        let fresh = try BenchPhone(bench, "fresh.sqlite")
        _ = try fresh.store.commit(
            bench.newChange(), on: RecoveryBench.stop(3), isNew: true, time: bench.time,
            using: &bench.random
        ) { _ in [.noteAdded(Note("first"))] }
        try fresh.store.save(hub: here)
        #expect(try fresh.request().changesets == 1)
    }

    @Test("In a recovery, too, it is asked first, and the hub gets all that only phones have")
    func asksFirstInARecovery() throws {
        let second = try BenchPhone(bench, "second.sqlite")
        try second.settle()
        try bench.backUpHub()
        try second.note("only on phones", on: 1)
        try second.settle()
        try phone.settle()
        try phone.note("waits", on: 2)
        try bench.restoreHub()
        try phone.store.save(hub: "https://new.example.tw")
        try phone.settle()
        #expect(try bench.facts(1).count == 1 && bench.facts(2).count == 1)
        #expect(try bench.hub.read { try $0.alarms() }.allSatisfy { $0.kind != .offerClosed })
    }

    @Test("Where another depot's hub answers at the old address, it is told nothing a second time")
    func asksFirstAfterAStranger() throws {
        try phone.note("once", on: 1)
        #expect(try exchangeThere().failure != nil)
        #expect(try phone.request().changesets == 0)
        try phone.settle()
        #expect(try bench.facts(1).count == 1)
    }

    @Test("The phone keeps by which rules the hub opens reviews, whichever are newer")
    func rulesOfTheHub() throws {
        #expect(OtherRules(try phone.store.position()) == nil)
        for version in [ReviewRules.version + 1, ReviewRules.version - 1, ReviewRules.version] {
            let request = try phone.request()
            let answer = try bench.answer(request.body, to: phone)
            var response = try SyncResponse(decoding: answer)
            response.answer.ruleVersion = version
            try phone.take(response.encoded(), request)
            try phone.reopen()
            let position = try phone.store.position()
            #expect(position.hubRules == version)
            #expect(
                OtherRules(position)?.areNewer
                    == (version == ReviewRules.version ? nil : version > ReviewRules.version))
        }
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
        // Back at the first: what the other has received of the shift is not asked for there.
        try phone.settle()
        let there = try bench.hub.read { try $0.state(shift) }
        #expect(there?.facts.count == 1)
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
