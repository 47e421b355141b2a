import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyStore

/// One change as it is stored: an own tap and what pages told, by its id and by how that begins.
struct InspectChangeTests {
    @Test("An own tap: sealed, where it is safe, what its writer had seen; then received")
    func own() throws {
        let phone = try Phone.withRoute()
        let stop = Phone.stop(1)
        let tap = try phone.complete(stop)
        let waiting = try #require(try phone.store.change(tap.change))
        let seal = try #require(waiting.seal)
        #expect(waiting.dot == tap.dot && seal.hash == tap.hash && seal.state == .pending)
        #expect(seal.receivedAt == nil && seal.header.author == Phone.driver)
        #expect(waiting.parts.map(\.recorded.fact?.kind) == [.handedOver, .cashReceived])
        #expect(waiting.parts.allSatisfy { $0.entity == stop && $0.name == "S1" })
        // The plan that the driver saw.
        let seen = try #require(try phone.base(stop)?.vector)
        #expect(waiting.parts.allSatisfy { $0.recorded.context == seen && !seen.isEmpty })

        try phone.push()
        try phone.pull()
        let received = try #require(try phone.store.change(tap.change))
        #expect(received.seal?.state == .received && received.seal?.receivedAt != nil)
        #expect(received.parts.allSatisfy { $0.recorded.stamp.receivedAt != nil })
        try phone.note("甲", stop)
        let next = try #require(try phone.store.changesets(.pending, limit: 1).first)
        #expect(try phone.store.change(next.change)?.seal?.previous == tap.hash)
    }

    @Test("The office's plan value, until another is written over it; an unknown id is nobody's")
    func others() throws {
        let phone = try Phone.withRoute()
        let stop = Phone.stop(2)
        let edit = phone.hub.write([.officeNote: .text("走後門")], on: stop)
        try phone.pull()
        let found = try #require(try phone.store.change(edit))
        #expect(found.seal == nil && found.proof == .none)
        #expect(found.parts.map(\.recorded.body) == [.plan(.officeNote, .text("走後門"))])
        _ = phone.hub.write([.officeNote: .text("走前門")], on: stop)
        try phone.pull()
        #expect(try phone.store.change(edit) == nil)
        #expect(try phone.store.change(ChangeID(high: 9, low: 9)) == nil)
    }

    @Test("Redacted words are not in it, neither before the receipt nor after")
    func redacted() throws {
        let phone = try Phone.withRoute()
        let stop = Phone.stop(1)
        let note = try phone.note("\(RedactionTests.words) 不在", stop)
        func text() throws -> (String?, Bool)? {
            try phone.store.change(note.change)?.parts.first.map { part in
                guard case .noteAdded(let note) = part.recorded.fact else { return (nil, false) }
                return (note.text, part.isRedacted)
            }
        }
        #expect(try #require(try text()) == ("\(RedactionTests.words) 不在", false))
        let body = Change.Body.fact(
            .redacted(Redaction(of: FactRef(change: note.change, index: 0))))
        phone.hub.add(
            encoded: ChangeCodec.encode(Change(stop, body)) { [] }, body: body, on: stop,
            id: phone.newChange())
        try phone.pull()
        #expect(try #require(try text()) == (nil, true))
        try phone.push()
        try phone.pull()
        #expect(try #require(try text()) == (nil, true))
    }

    @Test("How an id begins names it; what is no such beginning names nothing")
    func beginnings() throws {
        let phone = try Phone.withRoute()
        let first = try phone.note("甲", Phone.stop(1)).change
        let second = try phone.note("乙", Phone.stop(1)).change
        #expect(try phone.store.changes(beginning: first.hex) == [first])
        #expect(
            try phone.store.changes(beginning: String(first.hex.prefix(16))).filter {
                [first, second].contains($0)
            } == [first, second].sorted())
        for digits in ["", "x", first.hex + "0", "丁"] {
            #expect(try phone.store.changes(beginning: digits).isEmpty, "\(digits)")
        }
    }

    @Test("A cancelled route is news by its day and driver")
    func route() throws {
        let phone = try Phone.withRoute()
        phone.hub.write([.cancelled: .flag(true)], on: Phone.route)
        try phone.pull()
        let news = try phone.store.news()
        let route = try #require(news.first { $0.entity == Phone.route }?.route)
        #expect(route == NewsItem.Route(code: "R1", driver: Phone.driver, date: Phone.date))
    }
}
