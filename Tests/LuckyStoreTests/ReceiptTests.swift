import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyStore

/// What leaves the outbox, and what a receipt does to what is shown.
struct ReceiptTests {
    @Test("Only a receipt with the own history, replica, counter and hash counts (L12)")
    func matching() throws {
        let phone = try Phone.withRoute()
        let result = try phone.complete(Phone.stop(1))
        let good = Receipt(
            history: phone.hub.history, replica: result.dot.replica, counters: 1...1,
            hash: result.hash, result: .accepted, sequences: [], receivedAt: 5_000)
        var foreign = good
        foreign.history = HistoryID(high: 1, low: 1)
        var stranger = good
        stranger.replica = ReplicaID(install: 1, epoch: 1)
        var otherHash = good
        otherHash.hash = .zero
        var ahead = good
        ahead.counters = 1...2
        #expect(try phone.store.apply(receipts: [foreign, stranger, otherHash, ahead]) == 0)
        #expect(try phone.pending == 1)
        #expect(try phone.store.position().lastReceiptAt == nil)
        #expect(try phone.store.apply(receipts: [otherHash, good, good]) == 1)
        #expect(try phone.pending == 0)
        #expect(try phone.store.position().lastReceiptAt == 5_000)
        #expect(try phone.store.apply(receipts: [good]) == 0)
        // What was accepted once is not quarantined by a later word.
        var late = good
        late.result = .quarantined("author")
        #expect(try phone.store.apply(receipts: [late]) == 0)
        #expect(try phone.stop(1)?.stop.status == .delivered)
    }

    @Test("Before the first history is adopted no receipt counts")
    func noHistory() throws {
        let phone = try Phone()
        #expect(try phone.store.adopt(history: phone.hub.history, depot: "taitung"))
        #expect(try !phone.store.adopt(history: HistoryID(high: 9, low: 9), depot: "taitung"))
        #expect(try !phone.store.adopt(history: phone.hub.history, depot: "hualien"))
        #expect(try phone.store.position().history == phone.hub.history)
        #expect(phone.store.identity.depot == "taitung")
    }

    @Test("One receipt may stand for a run, with the last one's hash")
    func run() throws {
        let phone = try Phone.withRoute()
        var hashes: [Hash256] = []
        for number in 1...3 { hashes.append(try phone.complete(Phone.stop(UInt64(number))).hash) }
        let replica = phone.store.identity.replica
        func receipt(_ counters: ClosedRange<UInt64>, _ hash: Hash256) -> Receipt {
            Receipt(
                history: phone.hub.history, replica: replica, counters: counters, hash: hash,
                result: .accepted, sequences: [], receivedAt: 1)
        }
        #expect(try phone.store.apply(receipts: [receipt(1...3, hashes[1])]) == 0)
        #expect(try phone.store.apply(receipts: [receipt(2...2, hashes[1])]) == 1)
        #expect(try phone.store.apply(receipts: [receipt(1...3, hashes[2])]) == 2)
        #expect(try phone.pending == 0)
    }

    @Test("Envelopes come in order, bounded, from the archive too")
    func envelopes() throws {
        let phone = try Phone.withRoute()
        for number in 1...3 { try phone.complete(Phone.stop(UInt64(number))) }
        #expect(try counters(phone, from: nil, count: 2) == [1, 2])
        #expect(try counters(phone, from: nil, bytes: 1) == [1])
        let first = try phone.store.envelopes(from: 1, count: 1, bytes: 0)
        try phone.adopt()
        try phone.store.apply(receipts: [try phone.hub.take(first[0].bytes)])
        #expect(try counters(phone, from: nil) == [2, 3])
        #expect(try counters(phone, from: 1) == [1, 2, 3])
        try phone.push()
        #expect(try counters(phone, from: nil) == [])
        #expect(
            try phone.store.changesets(.all, limit: 10).map(\.state) == [
                .received, .received, .received,
            ])
    }

    /// COUNTEREXAMPLES 5: a quarantined write that later ones stand on.
    @Test("A quarantined change leaves the shown state in the receipt's transaction (L11, L20)")
    func quarantine() throws {
        let phone = try Phone.withRoute()
        try phone.complete(Phone.stop(1))
        try phone.note("門口有狗", Phone.stop(1))
        try phone.push(quarantine: [1])
        let shown = try #require(try phone.stop(1))
        #expect(shown.stop.status == .pending)
        #expect(shown.stop.cash == .zero)
        #expect(shown.stop.notes == ["門口有狗"])
        #expect(shown.unsent == 0)
        let position = try phone.store.position()
        #expect((position.pendingCount, position.quarantinedCount) == (0, 1))
        let entry = try #require(try phone.store.changesets(.quarantined, limit: 5).first)
        #expect((entry.state, entry.reason, entry.dot.counter) == (.quarantined, "author", 1))
        // The hub holds the same, now and after the entity comes whole.
        try phone.pull()
        #expect(try phone.store.state(of: Phone.stop(1)) == phone.hub.states[Phone.stop(1)])
        // The tap can be made again, under another id, and the chain goes on.
        try phone.complete(Phone.stop(1))
        try phone.push()
        try phone.pull()
        #expect(try phone.store.state(of: Phone.stop(1)) == phone.hub.states[Phone.stop(1)])
        #expect(try phone.stop(1)?.stop.status == .delivered)
        #expect(try phone.store.verifyRows() == [])
        #expect(try counters(phone, from: 1) == [1, 2, 3])
    }

    @Test("A change that the hub had already under another dot is shown once")
    func already() throws {
        let phone = try Phone.withRoute()
        let id = phone.newChange()
        let other = Dot(ReplicaID(install: 5, epoch: 5), 1)
        let result = try phone.complete(Phone.stop(1), id: id)
        var receipt = try phone.hub.take(
            try #require(try phone.store.envelopes(from: nil, count: 1, bytes: 0).first).bytes)
        receipt.result = .already(other)
        #expect(try phone.store.apply(receipts: [receipt]) == 1)
        let shown = try #require(try phone.store.state(of: Phone.stop(1)))
        #expect(Set(shown.facts.values.map(\.dot)) == [other])
        #expect(!shown.vector.covers(other) && !shown.vector.covers(result.dot))
        #expect(try phone.stop(1)?.stop.delivered == [.kg20: 2])
        try phone.pull()
        #expect(try phone.stop(1)?.stop.delivered == [.kg20: 2])
        #expect(try phone.store.changesets(.all, limit: 1).first?.state == .already)
        #expect(try phone.complete(Phone.stop(1), id: id).dot == result.dot)
    }

    private func counters(
        _ phone: Phone, from: UInt64?, count: Int = 100, bytes: Int = .max
    ) throws -> [UInt64] {
        try phone.store.envelopes(from: from, count: count, bytes: bytes).map(\.counter)
    }
}
