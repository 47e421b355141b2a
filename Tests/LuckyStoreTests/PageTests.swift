import GRDB
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyStore

/// Pages: into the base only, with the checkpoint, or not at all.
struct PageTests {
    @Test("A page brings routes and stops as a screen shows them")
    func route() throws {
        let phone = try Phone.withRoute(stops: 12)
        let date = try #require(Phone.date)
        let routes = try phone.store.routes(on: date)
        #expect(routes.map(\.code) == ["R1"])
        let route = try #require(routes.first)
        #expect(route.vehicle == "ABC-1234")
        #expect(route.stops.map(\.stop.sequence) == Array(1...12))
        let stop = try #require(route.stops.last).stop
        #expect(stop.customer == "王小姐12")
        #expect(stop.ordered == [.kg20: 2])
        #expect(stop == phone.hub.states[Phone.stop(12)]?.stop)
        #expect(try phone.store.routes(on: #require(CivilDate(yyyymmdd: 20_261_123))) == [])
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("The checkpoint moves with the page; a page for another place is ignored (L14)")
    func checkpoint() throws {
        let phone = try Phone()
        phone.planRoute()
        for number in 1...5 { phone.plan(UInt64(number)) }
        let early = try phone.nextPage(rows: 2)
        #expect(try phone.store.apply(page: early, hubTime: 0) == .ignored(.otherHistory))
        try phone.adopt()
        #expect(try phone.store.apply(page: early, hubTime: 0) == .applied(parts: 2, parked: 0))
        #expect(try phone.store.position().checkpoint == phone.hub.checkpoint(2))
        #expect(try phone.store.apply(page: early, hubTime: 0) == .ignored(.otherCheckpoint))
        var stranger = try phone.nextPage()
        stranger.replica = ReplicaID(install: 1, epoch: 1)
        #expect(try phone.store.apply(page: stranger, hubTime: 0) == .ignored(.otherReplica))
        var otherTag = try phone.nextPage()
        otherTag.from?.tag = 1
        #expect(try phone.store.apply(page: otherTag, hubTime: 0) == .ignored(.otherCheckpoint))
        var foreign = try phone.nextPage()
        foreign.history = HistoryID(high: 1, low: 1)
        #expect(try phone.store.apply(page: foreign, hubTime: 0) == .ignored(.otherHistory))
        try phone.crash()
        #expect(try phone.store.position().checkpoint == phone.hub.checkpoint(2))
        try phone.pull()
        #expect(try phone.stop(5) != nil)
    }

    @Test("A page that fails in the middle leaves neither rows nor checkpoint")
    func atomic() throws {
        let phone = try Phone.withRoute()
        for number in 1...3 {
            phone.hub.write([.sequence: .integer(9)], on: Phone.stop(UInt64(number)))
        }
        try phone.store.connection.write {
            try $0.execute(
                sql: "CREATE TRIGGER fault BEFORE UPDATE OF checkpoint_sequence ON meta"
                    + " BEGIN SELECT raise(ABORT, 'fault'); END")
        }
        let page = try phone.nextPage()
        #expect(throws: StoreError.self) { try phone.store.apply(page: page, hubTime: 0) }
        #expect(try phone.stop(1)?.stop.sequence == 1)
        #expect(try phone.store.position().checkpoint == phone.hub.checkpoint(4))
        #expect(try phone.store.verifyRows() == [])
        try phone.store.connection.write { try $0.execute(sql: "DROP TRIGGER fault") }
        #expect(try phone.store.apply(page: page, hubTime: 0) == .applied(parts: 3, parked: 0))
        #expect(try phone.stop(1)?.stop.sequence == 9)
    }

    @Test("A page echoes own changes without doubling them, before or after the receipt")
    func echo() throws {
        let phone = try Phone.withRoute()
        for number: UInt64 in [1, 2] { try phone.complete(Phone.stop(number)) }
        for envelope in try phone.store.envelopes(from: nil, count: 9, bytes: .max) {
            _ = try phone.hub.take(envelope.bytes)
        }
        try phone.pull()
        #expect(try phone.pending == 2)
        #expect(try phone.stop(1)?.stop.delivered == [.kg20: 2])
        #expect(try phone.stop(1)?.stop.cash == Money.dollars(1_900))
        #expect(try phone.stop(1)?.unsent == 1)
        try phone.push()
        #expect(try phone.stop(1)?.unsent == 0)
        #expect(try phone.stop(1)?.stop.cash == Money.dollars(1_900))
        #expect(try phone.store.state(of: Phone.stop(1)) == phone.hub.states[Phone.stop(1)])
        let scope = try phone.store.scopeDigest()
        let states = phone.hub.inScope.compactMap { phone.hub.states[$0] }
        #expect(scope.entities == 4)
        #expect(scope.digest == Digest.ofScope(states.map { ($0.id, Digest.of($0)) }))
    }

    @Test("An office edit and an unsent tap stand side by side; the digest sees only the base")
    func beside() throws {
        let phone = try Phone.withRoute()
        let before = try phone.store.scopeDigest().digest
        try phone.complete(Phone.stop(1))
        #expect(try phone.store.scopeDigest().digest == before)
        phone.hub.write([.cancelled: .flag(true)], on: Phone.stop(1))
        try phone.pull()
        let stored = try #require(try phone.stop(1))
        #expect(stored.stop.status == .delivered && stored.stop.isCancelled)
        #expect(stored.reviews.map(\.kind) == [.deliveredAfterCancel])
        #expect(stored.reviews.map(\.isOpened) == [false])
        try phone.push()
        let state = try #require(phone.hub.states[Phone.stop(1)])
        let finding = try #require(ReviewRules.findings(in: state).first)
        let opened = Fact.reviewOpened(
            ReviewOpened(kind: finding.kind, ruleVersion: 1, sides: finding.sides))
        phone.hub.add(
            encoded: ChangeCodec.encode(Change(Phone.stop(1), .fact(opened))) { [] },
            body: .fact(opened), on: Phone.stop(1), id: finding.id)
        try phone.pull()
        #expect(try phone.stop(1)?.reviews.map(\.isOpened) == [true])
        #expect(try phone.stop(1)?.reviews.map(\.id) == [finding.id])
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("Facts and values of a newer build are kept byte for byte (L5)")
    func newer() throws {
        let phone = try Phone.withRoute()
        // Field 1 the entity; field 99 a kind of fact that is not known yet.
        let core = [0x0A, 17] + Phone.stop(1).bytes + [0x9A, 0x06, 3, 1, 2, 3]
        let encoded = EncodedChange(core: core, personal: nil)
        let body = try ChangeCodec.decode(encoded).body
        let id = ChangeID(high: 0xE0, low: 1)
        phone.hub.add(encoded: encoded, body: body, on: Phone.stop(1), id: id)
        try phone.pull()
        #expect(try phone.stop(1)?.needsUpdate == false)
        #expect(
            try phone.store.state(of: Phone.stop(1))?.facts[FactRef(change: id, index: 0)]?.fact
                == .unknown(kind: 99))
        let kept = try phone.store.connection.read { db in
            try PageChange(
                rowBytes: db.row("SELECT bytes FROM fact WHERE change_id = ?", [id.blob])
                    .orDamaged("fact").bytes("bytes"))
        }
        #expect(kept.encoded.core == core)
        #expect(
            try phone.store.scopeDigest().digest
                == Digest.ofScope(
                    phone.hub.inScope.compactMap { phone.hub.states[$0] }.map {
                        ($0.id, Digest.of($0))
                    }))
    }

    @Test("A part that cannot be read is parked, later ones behind it; the page moves on")
    func parked() throws {
        let phone = try Phone.withRoute()
        let vector = try #require(phone.hub.states[Phone.stop(1)]).vector
        let replica = phone.hub.replica
        func note(_ counter: UInt64, core: [UInt8]) -> EntityPart {
            let change = PageChange(
                ref: FactRef(change: ChangeID(high: 0xE0, low: counter), index: 0),
                dot: Dot(replica, counter), encoded: EncodedChange(core: core, personal: nil),
                stamp: Stamp(
                    author: "office-1", role: .office, relation: .inScope, hlc: .zero,
                    writtenAt: 0, receivedAt: 1), context: vector)
            return EntityPart(
                entity: Phone.stop(1), membership: .stays, vector: [replica: counter],
                facts: [change])
        }
        func page(_ part: EntityPart, to sequence: UInt64) throws -> Page {
            Page(
                history: phone.hub.history, replica: phone.store.identity.replica,
                from: try phone.store.position().checkpoint, parts: [part],
                checkpoint: phone.hub.checkpoint(sequence), hasMore: false)
        }
        let good = ChangeCodec.encode(
            Change(Phone.stop(1), .fact(.noteAdded(Note(nil))))
        ) { [] }.core
        let bad = try page(note(50, core: [0xFF]), to: 50)
        #expect(try phone.store.apply(page: bad, hubTime: 0) == .applied(parts: 0, parked: 1))
        let behind = try page(note(51, core: good), to: 51)
        #expect(try phone.store.apply(page: behind, hubTime: 0) == .applied(parts: 0, parked: 1))
        #expect(try phone.store.position().checkpoint == phone.hub.checkpoint(51))
        #expect(try phone.store.position().parkedCount == 2)
        #expect(try phone.stop(1)?.needsUpdate == true)
        #expect(try phone.stop(2)?.needsUpdate == false)
        // Taps go on, and a restart with the same build changes nothing.
        try phone.complete(Phone.stop(1))
        try phone.reopen()
        #expect(try phone.store.position().parkedCount == 2)
        // A build that can read it: here, the bytes become readable.
        try phone.store.connection.write { db in
            let readable = note(50, core: good).rowBytes().blob
            try db.run("UPDATE parked SET part = ? WHERE number = 1", [readable])
        }
        try phone.reopen()
        #expect(try phone.store.position().parkedCount == 0)
        let stored = try #require(try phone.stop(1))
        #expect(!stored.needsUpdate && stored.stop.status == .delivered)
        let state = try #require(try phone.store.state(of: Phone.stop(1)))
        #expect(state.facts.count == 4 && state.vector[replica] == 51)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("A membership of a newer hub is parked, and leaves the scope as it was")
    func newerMembership() throws {
        let phone = try Phone.withRoute()
        phone.hub.write([.sequence: .integer(9)], on: Phone.stop(1))
        var page = try phone.nextPage()
        page.parts[0].membership = .unknown(7)
        #expect(try phone.store.apply(page: page, hubTime: 0) == .applied(parts: 0, parked: 1))
        let stored = try #require(try phone.stop(1))
        #expect(stored.needsUpdate && !stored.isHandedOver && stored.stop.sequence == 1)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("A page that fails again and again is applied without the part that breaks it (L14)")
    func careful() throws {
        let phone = try Phone.withRoute()
        for number in 1...3 {
            phone.hub.write([.sequence: .integer(9)], on: Phone.stop(UInt64(number)))
        }
        try phone.store.connection.write { db in
            try db.execute(
                sql: "CREATE TRIGGER fault BEFORE INSERT ON sibling"
                    + " WHEN NEW.entity = x'\(Phone.stop(2).hex)'"
                    + " BEGIN SELECT raise(ABORT, 'fault'); END")
        }
        let page = try phone.nextPage()
        for _ in 0..<2 {
            #expect(throws: StoreError.self) { try phone.store.apply(page: page, hubTime: 0) }
            try phone.crash()
        }
        #expect(try phone.store.apply(page: page, hubTime: 0) == .applied(parts: 2, parked: 1))
        #expect(try phone.stop(1)?.stop.sequence == 9)
        #expect(try phone.stop(2)?.stop.sequence == 2)
        #expect(try phone.stop(2)?.needsUpdate == true)
        try phone.reopen()
        #expect(try phone.stop(2)?.needsUpdate == true)
        try phone.store.connection.write { try $0.execute(sql: "DROP TRIGGER fault") }
        try phone.reopen()
        #expect(try phone.stop(2)?.stop.sequence == 9)
        #expect(try phone.stop(2)?.needsUpdate == false)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("Nothing is set aside for what a full disk refused, also where it takes no note of it")
    func fullDisk() throws {
        let phone = try Phone.withRoute()
        for number: UInt64 in 1...3 {
            phone.hub.write([.sequence: .integer(9)], on: Phone.stop(number))
        }
        try phone.store.connection.write { db in
            try db.execute(
                sql: "CREATE TRIGGER note BEFORE UPDATE OF page_low ON meta"
                    + " WHEN NEW.page_low IS NULL BEGIN SELECT raise(ABORT, 'full'); END")
        }
        // In a disk's place: what refuses a row refuses it, and everything else goes on.
        phone.store.beforePart = { _ in throw StoreError.diskFull }
        let page = try phone.nextPage()
        for _ in 0..<6 {
            #expect(throws: StoreError.self) { try phone.store.apply(page: page, hubTime: 0) }
        }
        phone.store.beforePart = nil
        try phone.store.connection.write { try $0.execute(sql: "DROP TRIGGER note") }
        #expect(try phone.store.apply(page: page, hubTime: 0) == .applied(parts: 3, parked: 0))
    }

    @Test("A page without parts can end nothing: no attempt at it is written down (L14)")
    func emptyPage() throws {
        let phone = try Phone.withRoute()
        try phone.store.connection.write { db in
            try db.execute(
                sql: "CREATE TRIGGER note BEFORE UPDATE OF page_low ON meta"
                    + " WHEN NEW.page_low IS NOT NULL BEGIN SELECT raise(ABORT, 'noted'); END")
        }
        let nothing = try phone.nextPage()
        #expect(try phone.store.apply(page: nothing, hubTime: 0) == .applied(parts: 0, parked: 0))
        phone.hub.write([.sequence: .integer(9)], on: Phone.stop(1))
        let page = try phone.nextPage()
        #expect(throws: StoreError.self) { try phone.store.apply(page: page, hubTime: 0) }
    }

    @Test("Facts sent ahead of their vector count once")
    func ahead() throws {
        let phone = try Phone.withRoute()
        try phone.complete(Phone.stop(1))
        for envelope in try phone.store.envelopes(from: nil, count: 9, bytes: .max) {
            _ = try phone.hub.take(envelope.bytes)
        }
        var first = try phone.nextPage()
        let whole = try #require(first.parts.first)
        first.parts = [
            EntityPart(
                entity: whole.entity, membership: .stays,
                vector: try #require(try phone.store.connection.read { try Base(whole.entity, $0) })
                    .state.vector, facts: Array(whole.facts.prefix(1)))
        ]
        first.checkpoint = phone.hub.checkpoint(100)
        #expect(try phone.store.apply(page: first, hubTime: 0) == .applied(parts: 1, parked: 0))
        #expect(try phone.stop(1)?.stop.delivered == [.kg20: 2])
        var last = first
        last.from = first.checkpoint
        last.checkpoint = phone.hub.checkpoint(101)
        last.parts = [whole]
        #expect(try phone.store.apply(page: last, hubTime: 0) == .applied(parts: 1, parked: 0))
        #expect(try phone.stop(1)?.stop.cash == Money.dollars(1_900))
        #expect(try phone.store.state(of: Phone.stop(1)) == phone.hub.states[Phone.stop(1)])
    }
}
