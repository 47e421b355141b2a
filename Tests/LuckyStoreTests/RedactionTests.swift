import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyStore

/// What is redacted is in no file of the phone any more, once a page says so (L18).
@Suite("A redaction reaches the phone")
struct RedactionTests {
    static let words = "丁秀蘭"

    private func redact(_ change: ChangeID, at phone: Phone, on entity: EntityID) throws {
        let body = Change.Body.fact(
            .redacted(Redaction(of: FactRef(change: change, index: 0))))
        phone.hub.add(
            encoded: ChangeCodec.encode(Change(entity, body)) { [] }, body: body, on: entity,
            id: phone.newChange())
    }

    /// Which of the texts stand anywhere in the store's files.
    private func found(_ texts: [String] = [words], at phone: Phone) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: phone.folder.url.path)
            .filter { $0.hasPrefix("replica.db") && !$0.hasSuffix(".ballast") }
        try #require(!names.isEmpty)
        let contents = try names.map {
            try Data(contentsOf: URL(filePath: phone.folder.path($0)))
        }
        return texts.filter { text in contents.contains { $0.range(of: Data(text.utf8)) != nil } }
    }

    private func digest(_ phone: Phone, _ entity: EntityID) throws -> Hash256? {
        try phone.base(entity).map(Digest.of)
    }

    @Test("An own note: out of base, rows, archive and WAL; chain, digest and taps go on")
    func ownNote() throws {
        let phone = try Phone.withRoute()
        let stop = Phone.stop(1)
        let note = try phone.note("\(Self.words) 不在", stop)
        try phone.note("鐵門", stop)
        try phone.push()
        try phone.pull()
        #expect(try phone.stop(1)?.stop.notes.count == 2)
        #expect(try found(at: phone) == [Self.words])

        try redact(note.change, at: phone, on: stop)
        try phone.pull()
        #expect(try found(at: phone).isEmpty)
        #expect(try phone.stop(1)?.stop.notes == ["鐵門"])
        #expect(try phone.store.verifyRows() == [])
        #expect(try digest(phone, stop) == phone.hub.states[stop].map(Digest.of))

        // The archive still proves the chain, and refills a hub without the words.
        let held = try phone.store.envelopes(from: 1, count: 10, bytes: .max)
        let first = try #require(try held.first.map { try Changeset(reading: $0.bytes) })
        #expect(first.hash == note.hash && first.changes.first?.personal == nil)
        try phone.note("再一張", stop)
        #expect(try phone.push().map(\.result) == [.accepted])
        try phone.reopen()
        #expect(try found(at: phone).isEmpty)
        #expect(try phone.store.verifyRows() == [])
        // The page once more, with the words, as a hub would send it that has not dropped them.
        let page = try phone.hub.page(
            for: phone.store.identity.replica, from: try phone.store.position().checkpoint,
            rows: 0)
        var again = page
        again.parts = [try phone.hub.restated(stop)]
        _ = try phone.store.apply(page: again, hubTime: phone.hub.now)
        #expect(try found(at: phone).isEmpty)
    }

    @Test("A plan value and the news of it")
    func planValue() throws {
        let phone = try Phone.withRoute()
        let stop = Phone.stop(1)
        let name = phone.hub.write([.customerName: .text("\(Self.words)小姐")], on: stop)
        try phone.pull()
        let next = phone.hub.write([.address: .text("\(Self.words)的巷子")], on: stop)
        try phone.pull()
        #expect(try !phone.store.news().isEmpty)
        try redact(name, at: phone, on: stop)
        try phone.pull()
        let lane = "\(Self.words)的巷子"
        #expect(try found(["\(Self.words)小姐", lane], at: phone) == [lane])
        try redact(next, at: phone, on: stop)
        try phone.pull()
        #expect(try found(at: phone).isEmpty)
        #expect(try phone.stop(1)?.stop.customer == "")
        #expect(try phone.store.verifyRows() == [])
        #expect(try phone.store.news().count == 2)
    }

    @Test("Among many notes exactly the redacted ones go")
    func amongMany() throws {
        let phone = try Phone.withRoute()
        let stop = Phone.stop(1)
        var notes: [(id: ChangeID, text: String)] = []
        for number in 1...150 {
            let text = "字條第\(number)號:\(Self.words)"
            notes.append((try phone.note(text, stop).change, text))
            if number % 50 == 0 {
                try phone.push()
                try phone.pull()
            }
        }
        let gone = notes.enumerated().filter { $0.offset % 50 == 7 }.map(\.element)
        for note in gone { try redact(note.id, at: phone, on: stop) }
        try phone.pull()
        let left = try found(notes.map(\.text), at: phone)
        #expect(left == notes.map(\.text).filter { text in !gone.contains { $0.text == text } })
        #expect(try phone.store.verifyRows() == [])
    }

    /// What waits for a receipt keeps its words: nobody else may have them.
    @Test("Unsent, it waits for the receipt")
    func unsent() throws {
        let phone = try Phone.withRoute()
        let stop = Phone.stop(1)
        let note = try phone.note(Self.words, stop)
        try redact(note.change, at: phone, on: stop)
        try phone.pull()
        #expect(try found(at: phone) == [Self.words])
        #expect(try phone.stop(1)?.stop.notes == [])
        try phone.push()
        #expect(try found(at: phone).isEmpty)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("In a part that this build could not read, too")
    func parked() throws {
        let phone = try Phone.withRoute()
        let stop = Phone.stop(1)
        let name = phone.hub.write([.customerName: .text(Self.words)], on: stop)
        var page = try phone.nextPage()
        let unreadable = EncodedChange(core: [0xFF], personal: nil)
        let other = try #require(page.parts[0].fields.first?.siblings.first)
        page.parts[0].facts.append(
            PageChange(
                ref: FactRef(change: ChangeID(high: 0xEE, low: 1), index: 0), dot: other.dot,
                encoded: unreadable, stamp: other.stamp, context: other.context))
        #expect(
            try phone.store.apply(page: page, hubTime: phone.hub.now)
                == .applied(parts: 0, parked: 1))
        #expect(try found(at: phone) == [Self.words])
        // Behind it everything of the stop waits; what the words' own driver recorded does not.
        try redact(name, at: phone, on: stop)
        let redaction = try phone.hub.restated(stop)
        var whole = try phone.nextPage()
        whole.parts = [redaction]
        _ = try phone.store.apply(page: whole, hubTime: phone.hub.now)
        #expect(try found(at: phone).isEmpty)
        #expect(try phone.store.verifyRows() == [])
    }
}
