import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Synchronization
import TestSupport
import Testing

@testable import LuckyHub

/// Who asks the same again while nothing is written is told what the rows say, read or not: held
/// before each request that a ``Bench`` takes, and here.
@Suite struct RecentAnswerTests {
    /// Until much was told again, receipts among it, and some would have been wrong if it were told
    /// later. A history ends early: in a long one devices are stuck with what befell them.
    @Test(arguments: Backend.allCases)
    func whatIsToldAgainIsWhatTheRowsSay(_ backend: Backend) throws {
        let seed = SeededGenerator.current().seed
        var (again, moved, receipts) = (0, 0, 0)
        for round in 0..<80 as Range<UInt64> {
            var history = try AskedHistory(backend, SeededGenerator(seed: seed &+ round))
            for step in 0..<100 {
                do { try history.step() } catch {
                    Issue.record("\(error). Step \(step), \(history.random)")
                    return
                }
            }
            again += history.again
            moved += history.moved
            receipts += history.receipts
            if again > 100, moved > 5, receipts > 10 { return }
        }
        Issue.record("\(again), \(moved), \(receipts) of \(SeededGenerator(seed: seed))")
    }

    /// Whoever asks once an edit has returned hears of it, however many ask meanwhile.
    @Test(arguments: Backend.allCases)
    func nobodyHearsLessThanWasThere(_ backend: Backend) throws {
        let bench = try Bench(backend)
        try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        let (hub, now) = (bench.hub, bench.now)
        // Another driver's: the page stays empty, its checkpoint moves.
        let other = try bench.plan(9, for: "drv-2")
        @Sendable func seen() throws -> VersionVector {
            try hub.read { try $0.state(other)?.vector ?? VersionVector() }
        }
        try bench.settle(&phone)
        let body = phone.request(.init(wantsDigest: false))
        let written = Atomic(try #require(phone.checkpoint).sequence)
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 3) { [phone] index in
            do {
                for round in 0..<60 {
                    if index == 0 {
                        let result = try hub.write(
                            [Change(other, .plan(.sequence, .integer(Int64(round))))],
                            contexts: [other: try seen()],
                            id: ChangeID(high: 5, low: UInt64(round)), by: Bench.office, now: now)
                        written.store(result.sequence, ordering: .sequentiallyConsistent)
                    } else {
                        let least = written.load(ordering: .sequentiallyConsistent)
                        let answer = try hub.sync(body, as: phone.credential, now: now)
                        let page = try SyncResponse(decoding: answer.body).page
                        let end = try #require(page).checkpoint.sequence
                        if end < least { failures.withLock { $0.append("\(end) < \(least)") } }
                    }
                }
            } catch { failures.withLock { $0.append("\(error)") } }
        }
        #expect(failures.withLock { $0 } == [])
    }

    /// What is closed says nothing, also what it had at hand.
    @Test func aClosedHubTellsNothingAgain() throws {
        let bench = try Bench(.file)
        try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        let body = phone.request(.init(wantsDigest: false))
        for _ in 1...2 { _ = try bench.answer(body, as: phone.credential) }
        #expect(try bench.checkToldAgain(body, as: phone.credential))
        try bench.hub.close()
        #expect(try bench.refusal(body, as: phone.credential)?.status == 503)
    }

    /// Not for another bearer, nor for another question, nor of another state; no more than so many.
    @Test func whatIsAtHandAnswersThatQuestionOnly() throws {
        let recent = RecentAnswers(answers: 3)
        func asked(_ install: UInt64, by person: Identifier = "drv-1") -> RecentAnswers.Question {
            .init(Self.request(install), as: Bench.driver(person))
        }
        func find(_ install: UInt64, by person: Identifier = "drv-1", in state: UInt64?) -> Bool {
            recent.answer(
                to: asked(install, by: person), of: Self.request(install).replica, in: state) != nil
        }
        func keep(_ install: UInt64, _ read: Hub.ReadPage, in state: UInt64?, after: UInt64?) {
            recent.keep(
                read, to: asked(install), of: Self.request(install).replica, in: state,
                after: after)
        }
        let read = Hub.ReadPage(snapshot: Hub.Snapshot(), reach: 1, isNoted: false)
        var noted = read
        noted.isNoted = true
        keep(1, read, in: 4, after: 6)
        keep(1, read, in: 4, after: nil)
        keep(1, read, in: nil, after: nil)
        keep(1, noted, in: 4, after: 4)
        #expect(!find(1, in: 4))
        keep(1, read, in: 4, after: 4)
        #expect(find(1, in: 4))
        #expect(!find(1, by: "drv-2", in: 4))
        #expect(!find(2, in: 4))
        #expect(!find(1, in: 6))
        #expect(!find(1, in: nil))
        // Who was slow does not take back what is newer.
        keep(2, read, in: 6, after: 6)
        keep(1, read, in: 4, after: 4)
        #expect(find(2, in: 6))
        #expect(!find(1, in: 4) && !find(1, in: 6))
        for install in UInt64(3)...9 { keep(install, read, in: 6, after: 6) }
        #expect((1...9).filter { find($0, in: 6) }.count <= 3)
        #expect(find(9, in: 6))
    }

    private static func request(_ install: UInt64) -> SyncRequest {
        SyncRequest(
            replica: ReplicaID(install: install, epoch: 1), head: nil, history: nil,
            checkpoint: nil, nonce: install, wantsDigest: false, changesets: [])
    }
}

/// Phones that ask, and ask again, while taps, edits, moves, redactions, refusals, taking up anew and
/// transactions that are taken back come between.
private struct AskedHistory {
    private(set) var random: SeededGenerator
    private let bench: Bench
    private var phones: [Phone] = []
    private var asked: [(body: Data, credential: Credential)] = []
    private var last: [Data: Hub.ReadPage] = [:]
    /// How often something was told again, otherwise than before, and receipts with it.
    private(set) var (again, moved, receipts) = (0, 0, 0)

    init(_ backend: Backend, _ random: SeededGenerator) throws {
        self.random = random
        bench = try Bench(backend, seed: random.seed)
        for number in 1...4 { try bench.plan(number, for: number < 3 ? "drv-1" : "drv-2") }
        for (index, name) in ["drv-1", "drv-2", "drv-2"].enumerated() {
            phones.append(Phone(Identifier(name), install: UInt64(index + 1)))
        }
    }

    private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    private mutating func driver() -> Identifier { pick(2) == 0 ? "drv-1" : "drv-2" }

    mutating func step() throws {
        let index = pick(phones.count)
        switch pick(24) {
        case 0, 1: try tap(index)
        case 2...4: try exchange(index)
        case 5: try bench.edit(Bench.stop(1 + pick(4)), [.sequence: .integer(Int64(pick(9)))])
        case 6: try bench.edit(Bench.stop(1 + pick(4)), [.driver: .name(driver())])
        case 7: try redact()
        case 8: try refuse()
        case 9: try takeUp(index)
        case 10: try takeBack()
        case 11:
            let replica = phones[index].replica
            try bench.hub.storage.write { try $0.raise(.fork, by: replica, at: 1) }
        default: try ask(index)
        }
    }

    private mutating func tap(_ index: Int) throws {
        let stop = Bench.stop(1 + pick(4))
        let note = Change(stop, .fact(.noteAdded(Note("王小姐 \(pick(99))"))))
        try phones[index].write([note], author: pick(6) == 0 ? "drv-9" : nil)
    }

    private mutating func exchange(_ index: Int) throws {
        var phone = phones[index]
        // One that opens no door goes on later.
        guard (try? bench.sync(&phone, .init(wantsDigest: false))) != nil else { return }
        phones[index] = phone
    }

    private mutating func redact() throws {
        let stop = Bench.stop(1 + pick(4))
        let facts = try bench.hub.read { try $0.state(stop) }?.facts ?? [:]
        let notes = facts.filter { $0.value.fact?.kind == .noteAdded }.keys.sorted()
        guard !notes.isEmpty else { return }
        _ = try bench.hub.write(
            [Change(stop, .fact(.redacted(Redaction(of: notes[pick(notes.count)]))))],
            contexts: [stop: try bench.vector(stop)], id: bench.newID(), by: Bench.office,
            now: bench.now)
    }

    /// A person opens no door, or does again.
    private mutating func refuse() throws {
        let person = driver()
        let isRefused = pick(3) == 0
        try bench.hub.storage.write { rows in
            if isRefused {
                try rows.insert(Deactivation(person: person, by: "ofc-1", at: 1))
            } else {
                try rows.activate(person)
            }
        }
    }

    private mutating func takeUp(_ index: Int) throws {
        var phone = phones[index]
        guard (try? phone.takeUp(with: bench)) != nil else { return }
        phones[index] = phone
    }

    private mutating func takeBack() throws {
        struct Stopped: Error {}
        let stop = Bench.stop(1 + pick(4))
        do {
            try bench.hub.append(bench.now) { writer in
                _ = try writer.write(
                    [Change(stop, .plan(.sequence, .integer(5)))], contexts: [:],
                    id: bench.newID(), author: "ofc-1", role: .office)
                throw Stopped()
            }
        } catch is Stopped {}
    }

    /// A request of now, or of any time before, with a part of what was sent before; as it came or
    /// with other bytes under a dot.
    private mutating func ask(_ index: Int) throws {
        if asked.isEmpty || pick(3) == 0 {
            // Who has said all, and heard all, asks for nothing that is to be noted.
            if pick(4) > 0 { for _ in 1...3 { try exchange(index) } }
            let phone = phones[index]
            var request = SyncRequest(
                replica: phone.replica, head: phone.head, history: phone.history,
                checkpoint: phone.checkpoint, nonce: 1, wantsDigest: false,
                changesets: phone.archive.suffix(pick(4)).map(\.bytes))
            request.standing = phone.standing
            if pick(8) == 0, !request.changesets.isEmpty {
                request.changesets[0][request.changesets[0].count - 1] ^= 1
            }
            asked.append((request.encoded(), phone.credential))
        }
        let (body, credential) = asked[max(0, asked.count - 1 - pick(12))]
        for _ in 1...2 {
            let isAgain = try bench.checkToldAgain(body, as: credential)
            if isAgain { try noteToldAgain(body, as: credential) }
            // Refused or not: the check is what counts.
            _ = try? bench.answer(body, as: credential)
        }
    }

    private mutating func noteToldAgain(_ body: Data, as credential: Credential) throws {
        let told = try #require(bench.toldAgain(body, as: credential))
        again += 1
        if !told.push.receipts.isEmpty { receipts += 1 }
        if let before = last[body], before != told.read { moved += 1 }
        last[body] = told.read
    }
}

extension Bench {
    /// What would be said once more without the rows is what they say.
    /// - Returns: whether anything would be.
    @discardableResult
    func checkToldAgain(_ body: Data, as credential: Credential) throws -> Bool {
        guard let again = toldAgain(body, as: credential) else { return false }
        let (request, names) = try hub.decode(body)
        let fresh = try hub.lookAfresh(at: request, names, as: credential, now: now).told
        let told = try #require(fresh, "told again, but something is to be written")
        try #require(again.read == told.read)
        try #require(again.push == told.push)
        return true
    }

    fileprivate func toldAgain(
        _ body: Data, as credential: Credential
    ) -> (push: PushResult, read: Hub.ReadPage)? {
        guard let cover = RequestCover(body), let known = hub.recentMessages.entry(of: cover)
        else { return nil }
        return hub.toldAgain(cover.request, known, as: credential)
    }
}
