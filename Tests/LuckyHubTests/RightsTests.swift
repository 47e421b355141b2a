import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// A changeset is judged by what its author might do when it was written (L12).
@Suite struct RightsTests {
    let bench: Bench
    let stop = Bench.stop(1)

    init() throws {
        bench = try Bench()
        try bench.plan(1, for: "drv-1")
        try bench.plan(2, for: "drv-1")
    }

    private func sync(_ phone: inout Phone, as role: Role) throws {
        let credential = Credential(
            person: phone.credential.person, depot: Bench.depot, role: role)
        try phone.take(try bench.answer(phone.request(), as: credential))
    }

    private func role(of change: ChangeID) throws -> Role? {
        try bench.hub.read { try $0.state(stop) }?.facts.values
            .first { $0.ref.change == change }?.stamp.role
    }

    /// What a supervisor recorded stays a supervisor's, though the token is a driver's by now; what
    /// is recorded after the next page is a driver's.
    @Test func aRoleThatWasTakenAwayStillJudgesWhatWasWrittenUnderIt() throws {
        var phone = Phone("chief", install: 3)
        try sync(&phone, as: .supervisor)
        let change = try phone.tap(stop, .arrival)
        try bench.edit(Bench.stop(2), [.sequence: .integer(7)])
        try sync(&phone, as: .driver)
        #expect(phone.results[1]?.result == .accepted)
        #expect(try role(of: change) == .supervisor)
        try phone.tap(stop, .delivered(2))
        try sync(&phone, as: .driver)
        #expect(phone.results[2]?.result == .quarantined("authority"))
    }

    @Test func eachChangesetOfAMessageIsJudgedByThePageThatItStates() throws {
        var phone = Phone("chief", install: 3)
        try sync(&phone, as: .supervisor)
        let change = try phone.tap(stop, .arrival)
        // Asks, and sends nothing yet: as a driver, and once more where the log has grown since.
        let driver = Credential(person: "chief", depot: Bench.depot, role: .driver)
        for place: Int64 in [7, 8] {
            try bench.edit(Bench.stop(2), [.sequence: .integer(place)])
            try phone.take(
                try bench.answer(phone.request(Phone.Options(count: 0)), as: driver))
        }
        try phone.tap(stop, .delivered(2))
        try sync(&phone, as: .driver)
        #expect(phone.results[1]?.result == .accepted)
        #expect(try role(of: change) == .supervisor)
        #expect(phone.results[2]?.result == .quarantined("authority"))
    }

    /// Where the log did not grow meanwhile, nobody can tell which came first.
    @Test func atTheVeryPlaceOfTheChangeBothCount() throws {
        var phone = Phone("chief", install: 3)
        try sync(&phone, as: .supervisor)
        try sync(&phone, as: .driver)
        try phone.tap(stop, .arrival)
        try sync(&phone, as: .driver)
        #expect(phone.results[1]?.result == .accepted)
    }

    @Test func aRoleThatCameLaterCountsToo() throws {
        var phone = Phone("chief", install: 3)
        try sync(&phone, as: .driver)
        let change = try phone.tap(stop, .arrival)
        try sync(&phone, as: .supervisor)
        #expect(phone.results[1]?.result == .accepted)
        #expect(try role(of: change) == .supervisor)
    }

    /// Two phones of one person: a role that only the other one's pages are of judges nothing that
    /// a supervisor carries here from this one; what this one was told of does, whatever it showed.
    @Test func aRoleBeyondThePhonesLastPageDoesNotCount() throws {
        let boss = Credential(
            person: "boss", depot: Bench.depot, role: .supervisor, carriesFor: ["chief"])
        for isTold in [false, true] {
            var phone = Phone("chief", install: isTold ? 7 : 5)
            var other = Phone("chief", install: isTold ? 8 : 6)
            try sync(&phone, as: .driver)
            try bench.edit(Bench.stop(2), [.sequence: .integer(isTold ? 8 : 9)])
            try sync(&other, as: .supervisor)
            try bench.edit(Bench.stop(2), [.sequence: .integer(isTold ? 3 : 4)])
            try sync(&other, as: .supervisor)
            if isTold { try sync(&phone, as: .supervisor) }
            phone.checkpoint = other.checkpoint
            try phone.tap(stop, .arrival)
            try bench.edit(Bench.stop(2), [.sequence: .integer(isTold ? 5 : 6)])
            try sync(&other, as: .driver)
            try phone.take(try bench.answer(phone.request(), as: boss))
            #expect(
                phone.results[1]?.result == (isTold ? .accepted : .quarantined("authority")))
        }
    }

    /// Two phones of one person, who is a supervisor on the one that was put away: what the other's
    /// next page tells a driver, is judged by it, though that phone's own row says nothing new.
    @Test func aRoleThatWasTakenAwayJudgesNothingAfterThePageOfTheOtherPhone() throws {
        var phone = Phone("chief", install: 3)
        var other = Phone("chief", install: 4)
        try sync(&phone, as: .driver)
        try sync(&phone, as: .driver)
        try bench.edit(Bench.stop(2), [.sequence: .integer(7)])
        try sync(&other, as: .supervisor)
        try bench.edit(Bench.stop(2), [.sequence: .integer(8)])
        // Asks, and confirms nothing: its row stays as it is.
        try sync(&phone, as: .driver)
        try bench.edit(Bench.stop(2), [.sequence: .integer(9)])
        try sync(&phone, as: .driver)
        try phone.tap(stop, .arrival)
        try sync(&phone, as: .driver)
        #expect(phone.results[1]?.result == .quarantined("authority"))
    }

    /// The answer to the first tap on an own new stop was lost, and the office gave the stop to
    /// somebody else: its author knew it all the same.
    @Test func anOwnNewStopThatWentToAnotherIsAClaim() throws {
        var phone = Phone("drv-1", install: 4)
        try bench.settle(&phone)
        let own = Bench.stop(9)
        try phone.tap(own, .arrival)
        _ = try bench.answer(phone.request(), as: phone.credential)
        try bench.edit(own, [.driver: .name("drv-2")])
        try phone.tap(own, .delivered(1))
        try bench.settle(&phone)
        #expect(phone.results[1]?.result == .accepted)
        #expect(phone.results[2]?.result == .accepted)
        let state = try #require(try bench.hub.read { try $0.state(own) })
        #expect(state.facts.values.map(\.stamp.relation).contains(.wasInScope))
    }

    /// Another phone's checkpoint opens nothing: what counts is the last page of this one.
    @Test func aCheckpointOfAnotherPhoneIsNotBelieved() throws {
        var first = Phone("drv-1", install: 5)
        var second = Phone("drv-1", install: 6)
        try bench.settle(&first)
        try bench.plan(3, for: "drv-1")
        try bench.settle(&second)
        try bench.edit(Bench.stop(3), [.driver: .name("drv-2")])
        first.checkpoint = second.checkpoint
        try first.tap(Bench.stop(3), .delivered(1))
        try second.tap(Bench.stop(3), .arrival)
        try bench.settle(&first)
        try bench.settle(&second)
        #expect(first.results[1]?.result == .quarantined("authority"))
        #expect(second.results[1]?.result == .accepted)
    }
}

/// A person whose tokens open no door (DOMAIN 22): nothing that waits on the phone is lost.
@Suite struct DeactivationTests {
    let bench: Bench
    let chief = Credential(
        person: "chief", depot: Bench.depot, role: .supervisor, carriesFor: ["drv-1"])

    init() throws {
        bench = try Bench()
        try bench.plan(1, for: "drv-1")
    }

    private func decide(
        _ verb: OfficeVerb, _ person: String, unseen: Bool? = nil,
        as credential: Credential = Bench.office
    ) throws -> DecisionReply {
        let body = try OfficeJSON.encode(DriverRequest(driver: person, unseen: unseen))
        return try OfficeJSON.decode(
            DecisionReply.self,
            from: bench.hub.office(verb.rawValue, body, as: credential, now: bench.now))
    }

    @Test func nothingIsTakenFromThemAndNothingIsLost() throws {
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(Bench.stop(1), .delivered(2))
        #expect(try !decide(.driverDeactivate, "drv-1").isRepeat)
        #expect(try decide(.driverDeactivate, "drv-1").isRepeat)
        let before = try bench.fingerprint()
        let refusal = try bench.refusal(phone.request(), as: phone.credential)
        #expect(refusal?.status == 401 && refusal?.code == "deactivated")
        #expect(try bench.fingerprint() == before)
        let list = try bench.hub.office(
            "driver-list", Data("{}".utf8), as: Bench.office, now: bench.now)
        #expect(
            try OfficeJSON.decode(DriversReply.self, from: list).deactivated.map(\.driver)
                == ["drv-1"])

        try phone.take(try bench.answer(phone.request(), as: chief))
        #expect(phone.outbox.isEmpty && phone.results[1]?.result == .accepted)
        try phone.tap(Bench.stop(1), .arrival)
        #expect(try bench.refusal(phone.request(), as: phone.credential) == refusal)
        #expect(try !decide(.driverActivate, "drv-1").isRepeat)
        try bench.settle(&phone)
        #expect(phone.results[2]?.result == .accepted)
        #expect(phone.digest() == phone.hubDigest)
    }

    @Test func theOfficeDoorIsClosedToThemTooAndNobodyShutsThemselvesOut() throws {
        let other = Credential(person: "ofc-2", depot: Bench.depot, role: .office)
        let unknown = #expect(throws: HubRefusal.self) { try decide(.driverDeactivate, "ofc-2") }
        #expect(unknown?.code == "unknown_person" && unknown?.status == 404)
        #expect(unknown?.message.hasSuffix(": .") == true)
        let list = try bench.hub.office(
            "driver-list", Data("{}".utf8), as: Bench.office, now: bench.now)
        #expect(try OfficeJSON.decode(DriversReply.self, from: list).deactivated.isEmpty)
        _ = try decide(.driverDeactivate, "ofc-2", unseen: true)
        let refusal = #expect(throws: HubRefusal.self) {
            try decide(.driverActivate, "ofc-2", as: other)
        }
        #expect(refusal?.code == "deactivated")
        let own = #expect(throws: HubRefusal.self) { try decide(.driverDeactivate, "ofc-1") }
        #expect(own?.code == "not_yourself" && own?.status == 409)
        let driver = #expect(throws: HubRefusal.self) {
            try decide(.driverDeactivate, "drv-2", as: Bench.driver("drv-1"))
        }
        #expect(driver?.status == 403)
        let empty = #expect(throws: HubRefusal.self) { try decide(.driverDeactivate, "") }
        #expect(empty?.status == 400)
    }
}
