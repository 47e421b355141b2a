import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyStore

/// How long a route stays readable (L15): by the hub's time alone.
struct RouteDaysTests {
    private static let days: Int64 = 7 * 24 * 60 * 60 * 1000
    /// From one look for what is over to the next.
    private static let look = Bounds.routesLookMilliseconds

    /// A route of a past day, all delivered and received.
    /// - Parameter open: the stop that nobody went to.
    private func delivered(but open: UInt64? = nil) throws -> Phone {
        let phone = try Phone()
        // The route's day, towards its end.
        phone.hub.now = try #require(Phone.date).startUnixMilliseconds + 20 * 60 * 60 * 1000
        phone.planRoute()
        for number: UInt64 in 1...3 { phone.plan(number) }
        try phone.pull()
        for number: UInt64 in 1...3 where number != open { try phone.complete(Phone.stop(number)) }
        try phone.push()
        try phone.pull()
        return phone
    }

    /// A page without anything new, so long after the last that the hub received.
    private func later(_ milliseconds: Int64, _ phone: Phone) throws {
        phone.hub.now = try #require(try phone.store.position().lastReceiptAt) + milliseconds
        try phone.pull()
    }

    private func shown(_ phone: Phone) throws -> [String] {
        try phone.store.routes(on: #require(Phone.date)).flatMap(\.stops).map {
            "\($0.stop.code) \($0.stop.customer)"
        }
    }

    /// How many values that name people its pages left on the phone.
    private func namesInBase(_ phone: Phone) throws -> Int {
        try phone.store.connection.read { db in
            try ["sibling", "fact"].flatMap { table in
                try Data.fetchAll(db, sql: "SELECT bytes FROM \(table)")
            }.filter { try PageChange(rowBytes: Array($0)).encoded.personal != nil }.count
        }
    }

    private let all = ["S1 王小姐1", "S2 王小姐2", "S3 王小姐3"]
    /// The same, where nobody went to the second: visited ones come first.
    private let allButVisited = ["S1 王小姐1", "S3 王小姐3", "S2 王小姐2"]

    @Test(
        "Until 7 days after the last receipt it is readable; in the hour then it is gone, the digest not"
    )
    func sevenDays() throws {
        let phone = try delivered()
        try later(Self.days, phone)
        #expect(try shown(phone) == all)
        #expect(try namesInBase(phone) > 0)
        let digest = try phone.store.scopeDigest()

        // A page soon afterwards does not look at every route once more.
        try later(Self.days + Self.look - 1, phone)
        #expect(try shown(phone) == all)
        try later(Self.days + Self.look, phone)
        #expect(try shown(phone) == [])
        #expect(try phone.store.routes(on: #require(Phone.date)).isEmpty)
        #expect(try phone.stop(1) == nil)
        #expect(try namesInBase(phone) == 0)
        #expect(try phone.store.scopeDigest() == digest)
        #expect(try phone.store.verifyRows() == [])
        #expect(try phone.store.wantedWhole(limit: 9).isEmpty)
        try phone.reopen()
        #expect(try shown(phone) == [])
    }

    @Test("An open stop keeps its whole route, however long")
    func openStop() throws {
        let phone = try delivered(but: 2)
        try later(100 * Self.days, phone)
        #expect(try shown(phone) == allButVisited)
        // The office takes it off: that is the last thing received, and from then on it counts.
        phone.hub.write([.cancelled: .flag(true)], on: Phone.stop(2))
        let cancelledAt = phone.hub.now
        phone.hub.now = cancelledAt + Self.days
        try phone.pull()
        #expect(try shown(phone) == allButVisited)
        phone.hub.now = cancelledAt + Self.days + Self.look
        try phone.pull()
        #expect(try shown(phone) == [])
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("Anything unsent keeps it, and its receipt counts from anew")
    func unsent() throws {
        let phone = try delivered()
        try phone.note("鑰匙還她了", Phone.stop(3))
        try later(9 * Self.days, phone)
        #expect(try shown(phone) == all)
        try phone.push()
        try later(Self.days, phone)
        #expect(try shown(phone) == all)
        try later(Self.days + Self.look, phone)
        #expect(try shown(phone) == [])
    }

    @Test("A tap on what is over shows the route again, and asks for it whole")
    func tapAfterwards() throws {
        let phone = try delivered()
        try later(Self.days + 1, phone)
        try phone.note("後來才想到", Phone.stop(3))
        #expect(try phone.store.routes(on: #require(Phone.date)).first?.code == "R1")
        #expect(try shown(phone).count == 3)
        #expect(try phone.store.wantedWhole(limit: 9).count == 4)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test(
        "A stop that the office opens again shows the whole route again, with names when they come")
    func openAgain() throws {
        let phone = try delivered(but: 2)
        try phone.tap(Phone.stop(2)) { state throws(StopRefusal) in
            [try StopRules.fail(state.stop, reason: .absent, note: nil)]
        }
        try phone.push()
        try phone.pull()
        try later(Self.days + 1, phone)
        #expect(try shown(phone) == [])
        // An edit of what is over stays unseen, and leaves no name.
        phone.hub.write([.customerName: .text("陳先生")], on: Phone.stop(1))
        try phone.pull()
        #expect(try shown(phone) == [])
        #expect(try namesInBase(phone) == 0)
        #expect(try phone.store.news().isEmpty)

        phone.hub.write([.attempt: .integer(2)], on: Phone.stop(2))
        try phone.pull()
        #expect(try shown(phone).count == 3)
        let wanted = try phone.store.wantedWhole(limit: 9)
        #expect(wanted == (1...3).map(Phone.stop) + [Phone.route])
        for entity in wanted {
            var page = try phone.hub.page(
                for: phone.store.identity.replica, from: phone.store.position().checkpoint)
            page.parts.append(try phone.hub.restated(entity))
            _ = try phone.store.apply(page: page, hubTime: phone.hub.now)
        }
        #expect(try shown(phone) == ["S1 陳先生", "S3 王小姐3", "S2 王小姐2"])
        #expect(try phone.store.wantedWhole(limit: 9).isEmpty)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("A route whose day has not passed stays, though nothing is left to do")
    func dayToCome() throws {
        let phone = try Phone()
        phone.planRoute()
        phone.plan(1)
        phone.hub.write([.cancelled: .flag(true)], on: Phone.stop(1))
        phone.hub.now = try #require(Phone.date).startUnixMilliseconds + 1
        try phone.pull()
        #expect(try shown(phone) == ["S1 王小姐1"])
    }

    @Test("The phone's own clock has no say")
    func ownClock() throws {
        let phone = try delivered()
        let near = phone.time
        let far = DeviceTime(
            wallMilliseconds: near.wallMilliseconds + 100 * Self.days,
            monotonicMilliseconds: near.monotonicMilliseconds, boot: near.boot)
        _ = try phone.store.commit(
            phone.newChange(), on: Phone.stop(1), time: far, using: &phone.random
        ) { _ in [.noteAdded(Note("明年"))] }
        try phone.push()
        try phone.pull()
        #expect(try shown(phone) == all)
    }
}
