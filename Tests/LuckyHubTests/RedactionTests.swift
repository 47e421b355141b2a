import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What is redacted is in no file of the hub any more; hashes, chains and digests stay (L18).
@Suite("A redaction drops the bytes, and nothing else")
struct RedactionTests {
    static let words = "丁秀蘭"
    let stop = Bench.stop(1)

    private func scene() throws -> (Bench, Phone) {
        let bench = try Bench(.file)
        try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        return (bench, phone)
    }

    @discardableResult
    private func redact(
        _ change: ChangeID, _ index: Int = 0, at bench: Bench, on entity: EntityID? = nil
    ) throws -> WriteResult {
        let entity = entity ?? stop
        bench.now += 1000
        let redaction = Redaction(of: FactRef(change: change, index: index))
        return try bench.hub.write(
            [Change(entity, .fact(.redacted(redaction)))],
            contexts: [entity: try bench.vector(entity)], id: bench.newID(), by: Bench.office,
            now: bench.now)
    }

    /// Which of the texts stand anywhere in the hub's files, as they are on disk now.
    static func found(_ texts: [String], in folder: TemporaryFolder) throws -> [String] {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            .filter {
                ($0.hasPrefix("hub.sqlite") || $0.hasPrefix("copy.sqlite"))
                    && !$0.hasSuffix(".backups")
            }
        try #require(!files.isEmpty)
        let contents = try files.map { try Data(contentsOf: URL(filePath: folder.path($0))) }
        return texts.filter { text in contents.contains { $0.range(of: Data(text.utf8)) != nil } }
    }

    private func found(_ bench: Bench) throws -> [String] {
        try Self.found([Self.words], in: bench.folder)
    }

    @Test("Of a driver's note: gone from every file; receipts, audit and digests as before")
    func note() throws {
        var (bench, phone) = try scene()
        let note = try phone.tap(stop, .noteAdded(Note("\(Self.words) 不在")))
        let kept = try phone.tap(stop, .noteAdded(Note("鐵門")))
        try bench.settle(&phone)
        let sent = phone.archive
        #expect(try found(bench) == [Self.words])
        let before = try #require(try bench.hub.read { try $0.state(stop) })

        try redact(note, at: bench)
        #expect(try found(bench).isEmpty)
        let state = try #require(try bench.hub.read { try $0.state(stop) })
        let ref = FactRef(change: note, index: 0)
        #expect(state.facts[ref]?.fact == .noteAdded(Note(nil)))
        #expect(state.facts[ref]?.hash == before.facts[ref]?.hash)
        #expect(state.facts[FactRef(change: kept, index: 0)]?.fact == .noteAdded(Note("鐵門")))
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)

        // The same changeset again, as it was first sent: the same receipt, and nothing comes back.
        let receipts = phone.results
        phone.outbox = sent
        phone.archive = []
        try bench.settle(&phone)
        #expect(phone.results == receipts)
        #expect(phone.digest() == phone.hubDigest)
        var other = Phone("drv-1", install: 2)
        try bench.settle(&other)
        #expect(other.digest() == other.hubDigest)
        #expect(other.base[stop]?.facts[ref]?.fact == .noteAdded(Note(nil)))
        #expect(try found(bench).isEmpty)
        try bench.hub.close()
        #expect(try found(bench).isEmpty)
    }

    /// A value that moved from page to page of the file leaves copies where nobody looks.
    @Test("Of some among many: exactly those are gone")
    func amongMany() throws {
        var (bench, phone) = try scene()
        var notes: [(id: ChangeID, text: String)] = []
        for number in 1...240 {
            let text = "字條第\(number)號:\(Self.words)"
            notes.append((try phone.tap(stop, .noteAdded(Note(text))), text))
            if number % 40 == 0 { try bench.settle(&phone) }
        }
        let gone = notes.enumerated().filter { $0.offset % 60 == 7 }.map(\.element)
        for note in gone { try redact(note.id, at: bench) }
        let left = try Self.found(notes.map(\.text), in: bench.folder)
        #expect(left == notes.map(\.text).filter { text in !gone.contains { $0.text == text } })
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
    }

    @Test(
        "Of a handover that the office corrected, twice: the name goes from each, and from copies")
    func corrected() throws {
        var (bench, phone) = try scene()
        let handed = HandedOver(
            Handover(delivered: [.kg20: 12]), attempt: 1, recipient: Self.words)
        let tap = try phone.tap(stop, .handedOver(handed))
        try bench.settle(&phone)
        func ask(_ verb: OfficeVerb, _ request: some Encodable) throws -> Data {
            bench.now += 1000
            return try bench.hub.office(
                verb.rawValue, try OfficeJSON.encode(request), as: Bench.office, now: bench.now)
        }
        func id(_ number: Int) -> String { String(repeating: "0", count: 23) + "\(number)" }
        for (number, delivered) in ["20kg=2", "20kg=1"].enumerated() {
            var request = CorrectRequest(
                id: id(number), stop: "S1", date: "2026-11-22", reason: "單據")
            request.delivered = delivered
            _ = try ask(.correct, request)
        }
        #expect(try found(bench) == [Self.words])
        let redact = RedactRequest(
            id: id(9), stop: "S1", date: "2026-11-22", change: tap.hex, index: 0)
        let reply = try OfficeJSON.decode(PlanEditReply.self, from: ask(.redact, redact))
        #expect(reply.facts == ["redacted", "redacted", "redacted"])
        #expect(try found(bench).isEmpty)
        _ = try Hub.backUp(
            bench.folder.path("hub.sqlite"), to: bench.folder.path("copy.sqlite"))
        #expect(try found(bench).isEmpty)
        let state = try #require(try bench.hub.read { try $0.state(stop) })
        #expect(state.stop.delivered == [.kg20: 1] && state.stop.recipient == nil)
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
        try bench.settle(&phone)
        #expect(phone.digest() == phone.hubDigest)
        for verb in [OfficeVerb.planShow, .reportDay] {
            let text = String(
                decoding: try ask(verb, DayRequest(date: "2026-11-22")), as: UTF8.self)
            #expect(text.contains("S1") == (verb == .planShow) && !text.contains(Self.words))
        }

        // A phone that was offline corrects it too, in the same words: they do not come back.
        let late = Correction(of: FactRef(change: tap, index: 0), seen: [], to: .handedOver(handed))
        let correction = FactRef(change: try phone.tap(stop, .corrected(late)), index: 0)
        let sent = phone.outbox
        try bench.settle(&phone)
        #expect(try found(bench).isEmpty)
        #expect(phone.digest() == phone.hubDigest)
        let after = try #require(try bench.hub.read { try $0.state(stop) })
        #expect(after.isRedacted(correction) && after.facts[correction] != nil)
        #expect(after.stop.recipient == nil)
        let receipts = phone.results
        phone.outbox = sent
        phone.archive = []
        try bench.settle(&phone)
        #expect(phone.results == receipts && bench.hub.isTrusted)
        #expect(try found(bench).isEmpty)
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
    }

    @Test("Asked for again: it takes along the words of a correction that an older build kept")
    func keptByAnOlderBuild() throws {
        var (bench, phone) = try scene()
        let handed = HandedOver(
            Handover(delivered: [.kg20: 2]), attempt: 1, recipient: Self.words)
        let tap = try phone.tap(stop, .handedOver(handed))
        try bench.settle(&phone)
        try redact(tap, at: bench)
        let late = Correction(of: FactRef(change: tap, index: 0), seen: [], to: .handedOver(handed))
        let correction = try phone.tap(stop, .corrected(late))
        let sent = try Changeset(reading: try #require(phone.outbox.last).bytes)
        try bench.settle(&phone)
        try bench.hub.storage.write { rows in
            try rows.replaceBytes(of: sent.dot, by: sent.bytes)
            let held = try rows.records(of: stop, after: 0)
            var record = try #require(held.first { $0.change.ref.change == correction })
            try rows.remove(record.change.ref, field: record.field, of: stop)
            record.change.encoded = sent.changes[0]
            try rows.insert(record, of: stop)
        }
        bench.hub.recent.clear()
        #expect(try found(bench) == [Self.words])
        let again = RedactRequest(
            id: String(repeating: "0", count: 24), stop: "S1", date: "2026-11-22", change: tap.hex,
            index: 0)
        bench.now += 1000
        _ = try bench.hub.office(
            OfficeVerb.redact.rawValue, try OfficeJSON.encode(again), as: Bench.office,
            now: bench.now)
        #expect(try found(bench).isEmpty)
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
    }

    @Test("Of a plan value: shown empty, and its write stays in the log")
    func planValue() throws {
        let (bench, _) = try scene()
        let name = try bench.edit(stop, [.customerName: .text("\(Self.words)小姐")])
        try redact(name.change, at: bench)
        #expect(try found(bench).isEmpty)
        let state = try #require(try bench.hub.read { try $0.state(stop) })
        #expect(state.shown(.customerName) == .none)
        #expect(state.shown(.address) != .none)
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
        // A later value is a change of its own.
        try bench.edit(stop, [.customerName: .text("新住戶")])
        #expect(try bench.hub.read { try $0.state(stop) }?.shown(.customerName) == .text("新住戶"))
    }

    @Test("Of what waits in quarantine, of its release, and of the same tap under another dot")
    func quarantine() throws {
        var (bench, phone) = try scene()
        let note = try phone.tap(stop, .noteAdded(Note(Self.words)))
        try bench.settle(&phone)
        // A re-issue of the tap, and one that its author may not make there.
        var again = Phone("drv-1", install: 1, epoch: 2)
        try again.write([Change(stop, .fact(.noteAdded(Note(Self.words))))], id: note)
        try bench.settle(&again)
        var stranger = Phone("drv-2", install: 3)
        let claim = try stranger.tap(stop, .noteAdded(Note("\(Self.words) 二")))
        try bench.settle(&stranger)
        #expect(try bench.hub.read { try $0.quarantined() }.count == 1)

        try redact(note, at: bench)
        #expect(try found(bench) == [Self.words])
        try redact(claim, at: bench)
        #expect(try found(bench).isEmpty)
        let held = try #require(try bench.hub.read { try $0.quarantined() }.first)
        _ = try bench.hub.asOffice(Bench.office, bench.now) { writer in
            try writer.release(
                held.dot, by: Bench.office, contexts: [:], ids: { _ in bench.newID() })
        }
        let released = try bench.hub.read { try $0.state(stop) }?
            .facts[FactRef(change: claim, index: 0)]
        #expect(released?.fact == .noteAdded(Note(nil)))
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
    }

    @Test("Of corrections that are quarantined afterwards, whatever is wrong with them")
    func quarantinedCorrection() throws {
        var (bench, phone) = try scene()
        let handed = HandedOver(
            Handover(delivered: [.kg20: 2]), attempt: 1, recipient: Self.words)
        let tap = try phone.tap(stop, .handedOver(handed))
        try bench.settle(&phone)
        try redact(tap, at: bench)
        #expect(try found(bench).isEmpty)
        var stranger = Phone("drv-2", install: 3)
        let late = Correction(of: FactRef(change: tap, index: 0), seen: [], to: .handedOver(handed))
        try stranger.tap(stop, .corrected(late))
        try stranger.tap(stop, .noteAdded(Note("別人的話")))
        try bench.settle(&stranger)
        // Behind nothing that the hub has: kept as it came, without its words.
        var broken = Phone("drv-1", install: 4)
        try broken.write([Change(stop, .fact(.corrected(late)))], previous: .sha256([1]))
        try bench.settle(&broken)
        let reasons = try bench.hub.read { try $0.quarantined() }.map(\.reason)
        #expect(reasons.sorted() == ["authority", "authority", "undecodable"])
        #expect(try found(bench).isEmpty)
        #expect(try Self.found(["別人的話"], in: bench.folder) == ["別人的話"])
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
    }

    @Test("Of a fact that was let in from quarantine before")
    func released() throws {
        let (bench, _) = try scene()
        var stranger = Phone("drv-2", install: 3)
        let claim = try stranger.tap(stop, .noteAdded(Note(Self.words)))
        try bench.settle(&stranger)
        let held = try #require(try bench.hub.read { try $0.quarantined() }.first)
        _ = try bench.hub.asOffice(Bench.office, bench.now) { writer in
            try writer.release(
                held.dot, by: Bench.office, contexts: [:], ids: { _ in bench.newID() })
        }
        try redact(claim, at: bench)
        #expect(try found(bench).isEmpty)
        #expect(try bench.hub.read { try $0.audit() }.isEmpty)
    }

    /// L26: devices fill a restored hub; what it knows to be redacted does not come back.
    @Test("After a restore: an archive, an offer and a page bring nothing back")
    func restored() throws {
        var (bench, phone) = try scene()
        // The hub that is restored knows the redaction, and has lost what came after.
        let note = try phone.tap(stop, .noteAdded(Note(Self.words)))
        try bench.settle(&phone)
        let name = try bench.edit(stop, [.customerName: .text(Self.words)])
        try bench.settle(&phone)
        try redact(note, at: bench)
        try redact(name.change, at: bench)
        let copy = bench.folder.path("copy.sqlite")
        _ = try Hub.backUp(bench.folder.path("hub.sqlite"), to: copy)
        let restored = try Bench(at: copy, seed: 99)
        try phone.takeUp(with: restored)
        #expect(try found(bench).isEmpty)
        #expect(phone.digest() == phone.hubDigest)
        #expect(try restored.hub.read { try $0.audit() }.isEmpty)
    }

    @Test("After a restore: a correction that only another phone offers comes without its words")
    func offeredCorrection() throws {
        var (bench, phone) = try scene()
        let handed = HandedOver(
            Handover(delivered: [.kg20: 2]), attempt: 1, recipient: Self.words)
        let tap = FactRef(change: try phone.tap(stop, .handedOver(handed)), index: 0)
        try bench.settle(&phone)
        let copy = bench.folder.path("copy.sqlite")
        _ = try Hub.backUp(bench.folder.path("hub.sqlite"), to: copy)
        let correction = Correction(of: tap, seen: [], to: .handedOver(handed))
        let later = FactRef(change: try phone.tap(stop, .corrected(correction)), index: 0)
        try bench.settle(&phone)
        var other = Phone("drv-1", install: 2)
        try bench.settle(&other)

        let restored = try Bench(at: copy, seed: 99)
        try redact(tap.change, at: restored)
        try other.takeUp(with: restored)
        let record = try restored.hub.storage.read { try $0.records(of: stop, after: 0) }
            .first { $0.change.ref == later }
        #expect(record?.change.witnessedBy != nil)
        #expect(record?.change.encoded.personal == nil)
        #expect(other.digest() == other.hubDigest)
    }

    @Test("A device that dropped the bytes refills an empty hub without them")
    func refill() throws {
        var (bench, phone) = try scene()
        let note = try phone.tap(stop, .noteAdded(Note(Self.words)))
        try bench.settle(&phone)
        try redact(note, at: bench)
        try bench.settle(&phone)
        // As a store does when the page with the redaction comes.
        let ref = FactRef(change: note, index: 0)
        phone.drop(ref)
        let empty = try Bench(at: bench.folder.path("copy.sqlite"), seed: 5)
        try phone.takeUp(with: empty)
        let state = try #require(try empty.hub.read { try $0.state(stop) })
        #expect(state.facts[ref]?.fact == .noteAdded(Note(nil)))
        #expect(state.facts[ref]?.witnessedBy == nil)
        #expect(phone.results[1]?.result == .accepted)
        #expect(phone.digest() == phone.hubDigest)
        #expect(try empty.hub.read { try $0.audit() }.isEmpty)
    }
}

extension Phone {
    /// Drops a change's personal bytes, as a device's store does.
    fileprivate mutating func drop(_ ref: FactRef) {
        for index in archive.indices {
            guard let changeset = try? Changeset(reading: archive[index].bytes),
                changeset.header.changeID == ref.change
            else { continue }
            let redacted = changeset.envelope.redacting { $0 == ref.index }
            archive[index].bytes = redacted.bytes
            archive[index].hash = redacted.hash
        }
    }
}
