import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

@Suite("What office verbs refuse")
struct OfficeRefusalTests {
    @Test("A driver may use none of them, nor another depot's office")
    func roles() throws {
        let desk = try OfficeDesk()
        for verb in OfficeVerb.allCases {
            desk.credential = Credential(person: "drv-1", depot: "taitung", role: .driver)
            #expect(try desk.refusal(verb, PlanShowRequest()) == "403 not_allowed")
            desk.credential = Credential(person: "ofc-2", depot: "hualien", role: .office)
            #expect(try desk.refusal(verb, PlanShowRequest()) == "403 wrong_depot")
        }
        #expect(desk.sequence == 0)
    }

    @Test("Each name that finds nothing, and each that finds too much, has its word")
    func names() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let day = Plans.date
        func move(_ stop: String, _ driver: String?, _ route: String? = nil) -> PlanReassignRequest
        {
            PlanReassignRequest(id: desk.id(), stop: stop, date: day, driver: driver, route: route)
        }
        #expect(try desk.refusal(.planCancel, desk.request("S99")) == "404 unknown_stop")
        #expect(
            try desk.refusal(
                .planCancel, PlanStopRequest(id: desk.id(), stop: "S1", date: "2026-11-23"))
                == "404 unknown_stop")
        let hex = "01" + String(repeating: "ab", count: 16)
        #expect(try desk.refusal(.planCancel, desk.request(hex)) == "404 unknown_stop")
        #expect(try desk.refusal(.planReassign, move("S1", "drv-9")) == "404 unknown_driver")
        #expect(try desk.refusal(.planReassign, move("S1", nil, "R9")) == "404 unknown_route")
        #expect(try desk.refusal(.planReassign, move("S1", nil)) == "400 bad_request")
        #expect(try desk.refusal(.planReassign, move("S1", "drv-1", "R2")) == "400 bad_request")
        try desk.load(
            Plans.header + Plans.row("U1", route: "R3", driver: "drv-2", sequence: 1))
        #expect(try desk.refusal(.planReassign, move("S1", "drv-2")) == "409 ambiguous_route")
        // Today by the hub's clock is the plan's day.
        #expect(try desk.refusal(.planCancel, PlanStopRequest(id: desk.id(), stop: "S1")) == nil)
    }

    @Test("Two stops of one code are told apart by their entities")
    func ambiguous() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let twin = EntityID(.stop, Bits128(high: 1, low: 2))
        let date = try #require(CivilDate(text: Plans.date))
        _ = try desk.hub.write(
            [
                Change(twin, .plan(.code, .name("S1"))),
                Change(twin, .plan(.date, .integer(Int64(date.yyyymmdd)))),
            ], contexts: [:], id: ChangeID(high: 5, low: 5), by: desk.credential, now: desk.now)
        #expect(try desk.refusal(.planCancel, desk.request("S1")) == "409 ambiguous_stop")
        #expect(try desk.refusal(.planCancel, desk.request(twin.hex)) == nil)
    }

    @Test("A 17th concurrent value is refused before it gets a dot")
    func siblingsFull() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let context = try desk.show("S1").context
        for minute in 10..<10 + Bounds.siblings {
            _ = try desk.set("S1", context: context, .window("08:\(minute)-10:00"))
        }
        let sequence = desk.sequence
        let one = PlanSetRequest(
            id: desk.id(), stop: "S1", date: Plans.date, context: context,
            set: .window("07:00-10:00"))
        #expect(try desk.refusal(.planSet, one) == "409 siblings_full")
        #expect(desk.sequence == sequence)
        #expect(try desk.show("S1").concurrent.map(\.values.count) == [Bounds.siblings])
    }

    @Test("A context that nobody can have seen is refused")
    func unknownContext() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let ahead: VersionVector = [desk.hub.replica: 1_000]
        let request = PlanSetRequest(
            id: desk.id(), stop: "S1", date: Plans.date, context: ahead.base64,
            set: .window("07:00-10:00"))
        #expect(try desk.refusal(.planSet, request) == "409 unknown_context")
    }

    @Test("Another person's request id is not a repeat")
    func takenID() throws {
        let desk = try OfficeDesk()
        try desk.load()
        let request = desk.request("S1")
        #expect(try desk.refusal(.planCancel, request) == nil)
        desk.credential.person = "ofc-2"
        #expect(try desk.refusal(.planCancel, request) == "409 change_id_taken")
    }

    @Test(
        "A body that is not the request's is a 400",
        arguments: [
            "", "{", "[]", "null", "7", "\u{FEFF}{}", #"{"id":7,"stop":"S1"}"#,
            #"{"id":"00112233445566778899aabb"}"#, #"{"id":"short","stop":"S1"}"#,
            #"{"id":"00112233445566778899aabb","stop":{"a":1}}"#,
            #"{"id":"00112233445566778899aabb","stop":"S1","date":"2026-13-01"}"#,
            #"{"id":"00112233445566778899aabb","stop":"S1","context":"////"}"#,
        ])
    func malformed(_ body: String) throws {
        let desk = try OfficeDesk()
        try desk.load()
        let refusal = #expect(throws: HubRefusal.self) {
            try desk.hub.office(
                "plan-cancel", Data(body.utf8), as: desk.credential, now: desk.now)
        }
        #expect(refusal?.status == 400)
    }

    @Test(
        "Numbers beyond every range are a 400",
        arguments: ["1e400", "-1", "0", "99999999999999999999", "1.5", "10001"])
    func numbers(_ number: String) throws {
        let desk = try OfficeDesk()
        try desk.load()
        let body =
            #"{"id":"00112233445566778899aabb","stop":"S1","date":"2026-11-22","#
            + #""driver":"drv-2","sequence":\#(number)}"#
        let refusal = #expect(throws: HubRefusal.self) {
            try desk.hub.office(
                "plan-reassign", Data(body.utf8), as: desk.credential, now: desk.now)
        }
        #expect(refusal?.status == 400)
    }

    @Test("Damaged bodies of every verb are answered or refused, never worse")
    func damaged() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var random = SeededGenerator.current()
        let bodies = [
            #"{"id":"00112233445566778899aabb","file":"ZGF0ZSxkZXBvdAo=","partial":true}"#,
            #"{"date":"2026-11-22","stop":"S1","route":"R1","lang":"en"}"#,
            #"{"id":"00112233445566778899aabb","stop":"S1","date":"2026-11-22","context":"","#
                + #""driver":"drv-2","sequence":3,"set":{"window":"1","lat":"22.7","lng":"121"}}"#,
            #"{"id":"00112233445566778899aabb","route":"R1","stops":[{"stop":"S1"}],"#
                + #""row":{"route":"R1","stop":"N","sequence":"1"}}"#,
        ]
        for _ in 0..<600 {
            let verb = OfficeVerb.allCases[Int(random.next() % UInt64(OfficeVerb.allCases.count))]
            var body = Array(bodies[Int(random.next() % UInt64(bodies.count))].utf8)
            for _ in 0..<random.next() % 6 {
                let place = Int(random.next() % UInt64(body.count))
                switch random.next() % 3 {
                case 0: body[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: body.removeSubrange(place...)
                default: body.insert(contentsOf: #"{"["9e99"#.utf8, at: place)
                }
                if body.isEmpty { break }
            }
            do {
                _ = try desk.hub.office(
                    verb.rawValue, Data(body), as: desk.credential, now: desk.now)
            } catch {
                #expect((400..<500).contains(error.status), "\(random) \(error)")
            }
        }
        #expect(desk.hub.isReady())
    }

    @Test("An unknown verb is a 404")
    func unknownVerb() throws {
        let desk = try OfficeDesk()
        let refusal = #expect(throws: HubRefusal.self) {
            try desk.hub.office("plan-guess", Data(), as: desk.credential, now: desk.now)
        }
        #expect(refusal?.code == "unknown_verb")
    }
}
