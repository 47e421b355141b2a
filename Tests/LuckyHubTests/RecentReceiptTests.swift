import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// A changeset that comes once more gets the receipt that its row says, whether that is read or not.
@Suite struct RecentReceiptTests {
    /// Repeats, other bytes under the same dot, with and without what was redacted, and what nobody
    /// has seen, in any order: the same receipts as from the rows alone.
    @Test(arguments: Backend.allCases)
    func whatIsAtHandSaysWhatTheRowsSay(_ backend: Backend) throws {
        var random = SeededGenerator.current()
        let bench = try Bench(backend, seed: random.next())
        for number in 1...3 { try bench.plan(number, for: "drv-1") }
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        var sent: [[UInt8]] = []
        var (answered, round) = (0, 0)
        // Of some seeds the phone sends late, and it takes more rounds until enough is answered.
        while round < 25 || (answered <= 30 && round < 200) {
            round += 1
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let stop = Bench.stop(Int.random(in: 1...3, using: &random))
                let isForeign = Int.random(in: 0..<5, using: &random) == 0
                try phone.write(
                    [
                        Change(stop, .fact(.noteAdded(Note("王小姐 \(round)")))),
                        Change(stop, .fact(.arrival)),
                    ], author: isForeign ? "drv-9" : nil)
                sent.append(try #require(phone.outbox.last?.bytes))
            }
            if Bool.random(using: &random) { try bench.settle(&phone) }
            if Int.random(in: 0..<4, using: &random) == 0, let fact = try someNote(bench, &random) {
                bench.now += 1000
                _ = try bench.hub.write(
                    [Change(fact.entity, .fact(.redacted(Redaction(of: fact.ref))))],
                    contexts: [fact.entity: try bench.vector(fact.entity)], id: bench.newID(),
                    by: Bench.office, now: bench.now)
            }
            let from = sent.indices.randomElement(using: &random) ?? 0
            let asked = try sent[min(from, sent.count)...].map { bytes in
                try Int.random(in: 0..<6, using: &random) > 0 ? bytes : changed(bytes, &random)
            }
            let names = try asked.map { try EnvelopeName(reading: $0) }
            let (fast, slow) = try bench.hub.storage.read { rows in
                (
                    try bench.hub.receiptsGiven(asked, names, in: rows),
                    try fromTheRows(asked, names, bench.hub, rows)
                )
            }
            try #require(fast == slow, "\(random), round \(round)")
            answered += fast.count
        }
        #expect(answered > 30, "\(random)")
        #expect(!bench.hub.recentReceipts.all.isEmpty)
    }

    /// As before anything was kept at hand: each is taken apart and hashed.
    private func fromTheRows(
        _ changesets: [[UInt8]], _ names: [EnvelopeName], _ hub: Hub, _ rows: any HubRows
    ) throws -> [Receipt] {
        var receipts: [Receipt] = []
        for (bytes, name) in zip(changesets, names) {
            guard let row = try rows.changeset(name.dot),
                try Envelope(reading: bytes).hash == row.hash
            else { break }
            let mark = hub.backups?.mark(of: name.dot.replica) ?? 0
            receipts.append(try hub.receipt(for: row, backupMark: mark, in: rows))
        }
        return receipts
    }

    /// The same without its personal bytes, which has the same hash; or another changeset under the
    /// same dot.
    private func changed(
        _ bytes: [UInt8], _ random: inout SeededGenerator
    ) throws -> [UInt8] {
        let envelope = try Envelope(reading: bytes)
        if Bool.random(using: &random) { return envelope.redacting { _ in true }.bytes }
        var other = bytes
        // Of the last change's core or salt: what it says differs, its lengths do not.
        other[other.count - 1] ^= 1
        return other
    }

    private func someNote(
        _ bench: Bench, _ random: inout SeededGenerator
    ) throws -> (entity: EntityID, ref: FactRef)? {
        let stop = Bench.stop(Int.random(in: 1...3, using: &random))
        let facts = try bench.hub.read { try $0.state(stop) }?.facts ?? [:]
        let notes = facts.filter { $0.value.fact?.kind == .noteAdded }.keys.sorted()
        return notes.randomElement(using: &random).map { (stop, $0) }
    }

    /// Neither a snapshot from before it, nor bytes that only say that they are the same.
    @Test func whatASnapshotDoesNotHaveItDoesNotHear() throws {
        let bench = try Bench()
        try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(Bench.stop(1), .arrival)
        try bench.settle(&phone)
        let (dot, entry) = try #require(bench.hub.recentReceipts.all.first)
        #expect(bench.hub.recentReceipts.entry(of: dot, upTo: entry.sequence) == entry)
        #expect(bench.hub.recentReceipts.entry(of: dot, upTo: entry.sequence - 1) == nil)
    }

    /// No more than so many, the latest among them.
    @Test func whatIsAtHandIsBounded() throws {
        let recent = RecentReceipts(receipts: 8)
        var counters: [UInt64] = []
        var phone = Phone("drv-1", install: 1)
        for counter in UInt64(1)...50 {
            try phone.tap(Bench.stop(1), .arrival)
            let envelope = try Envelope(reading: try #require(phone.outbox.last?.bytes))
            let receipt = Receipt(
                history: HistoryID(high: 1, low: 1), replica: envelope.dot.replica,
                counters: counter...counter, hash: envelope.hash, result: .accepted,
                sequences: [.init(depot: "taitung", sequence: counter)], receivedAt: 1)
            recent.keep([receipt], of: [envelope], [IntakeRow(envelope)])
            counters = recent.all.keys.map(\.counter).sorted()
            try #require(counters.count <= 8)
            try #require(counters.last == counter)
        }
        #expect(counters.count >= 4)
    }
}
