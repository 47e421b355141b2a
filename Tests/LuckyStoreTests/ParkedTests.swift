import GRDB
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyStore

/// Pages of a newer hub, or of a place that moved on: what they may not do.
struct ParkedTests {
    private func page(_ parts: [EntityPart], _ phone: Phone, to sequence: UInt64) throws -> Page {
        Page(
            history: phone.hub.history, replica: phone.store.identity.replica,
            from: try phone.store.position().checkpoint, parts: parts,
            checkpoint: phone.hub.checkpoint(sequence), hasMore: false)
    }

    @Test("What came and went between two pages leaves no row and no news")
    func ghost() throws {
        let phone = try Phone.withRoute()
        let ghost = EntityPart(
            entity: Phone.stop(9), membership: .leaves, cause: ChangeID(high: 0xE0, low: 1))
        let page = try page([ghost], phone, to: 50)
        #expect(try phone.store.apply(page: page, hubTime: 0) == .applied(parts: 0, parked: 0))
        #expect(try phone.store.position().checkpoint == phone.hub.checkpoint(50))
        #expect(try phone.stop(9) == nil)
        #expect(try phone.store.news() == [])
        #expect(try phone.count("entity") == 4)
        #expect(try phone.count("stop_row") == 3)
    }

    @Test("Attempts at a page count from where it starts, however the log grows (L14)")
    func growingLog() throws {
        let phone = try Phone.withRoute()
        try phone.store.connection.write { db in
            try db.execute(
                sql: "CREATE TRIGGER fault BEFORE INSERT ON sibling"
                    + " WHEN NEW.entity = x'\(Phone.stop(2).hex)'"
                    + " BEGIN SELECT raise(ABORT, 'fault'); END")
        }
        for attempt in 1...3 {
            for number: UInt64 in 1...3 {
                phone.hub.write(
                    [.sequence: .integer(Int64(attempt + 10))], on: Phone.stop(number))
            }
            let page = try phone.nextPage()
            if attempt < 3 {
                #expect(throws: StoreError.self) { try phone.store.apply(page: page, hubTime: 0) }
            } else {
                #expect(
                    try phone.store.apply(page: page, hubTime: 0) == .applied(parts: 2, parked: 1))
            }
        }
        #expect(try phone.stop(1)?.stop.sequence == 13)
        #expect(try phone.stop(2)?.needsUpdate == true)
    }

    /// A stop that enters by a membership which this build does not know.
    private func withUnknownEntry() throws -> (Phone, known: EntityPart) {
        let phone = try Phone.withRoute()
        phone.plan(4)
        var page = try phone.nextPage()
        let known = try #require(page.parts.first)
        page.parts[0].membership = .unknown(7)
        #expect(try phone.store.apply(page: page, hubTime: 0) == .applied(parts: 0, parked: 1))
        #expect(try phone.stop(4) == nil)
        return (phone, known)
    }

    private func upgrade(_ phone: Phone, to known: EntityPart) throws {
        try phone.store.connection.write { db in
            try db.run("UPDATE parked SET part = ? WHERE number = 1", [known.rowBytes().blob])
        }
        try phone.reopen()
    }

    @Test("A membership that an upgrade makes readable is applied with its part")
    func membershipAfterUpgrade() throws {
        let (phone, known) = try withUnknownEntry()
        try upgrade(phone, to: known)
        #expect(try phone.store.position().parkedCount == 0)
        let stored = try #require(try phone.stop(4))
        #expect(!stored.needsUpdate && !stored.isHandedOver && stored.stop.sequence == 4)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("What seemed to end the process three times is applied behind the next last page (L14)")
    func endedThreeTimes() throws {
        let (phone, known) = try withUnknownEntry()
        try phone.store.connection.write { db in
            try db.run(
                "UPDATE parked SET part = ?, attempts = ?",
                [known.rowBytes().blob, Bounds.partAttempts])
        }
        _ = try phone.store.apply(page: page([], phone, to: 60), hubTime: 0)
        #expect(try phone.store.position().parkedCount == 0)
        #expect(try phone.stop(4)?.needsUpdate == false)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("What was set aside beside it comes in behind the next last page (L14)")
    func setAside() throws {
        let (phone, known) = try withUnknownEntry()
        for reason in ["of a newer hub", Parked.setAside] {
            try phone.store.connection.write { db in
                try db.run(
                    "UPDATE parked SET part = ?, reason = ?",
                    [known.rowBytes().blob, reason])
            }
            let sequence: UInt64 = reason == Parked.setAside ? 61 : 60
            _ = try phone.store.apply(page: page([], phone, to: sequence), hubTime: 0)
            let isLeft = reason != Parked.setAside
            #expect(try phone.store.position().parkedCount == (isLeft ? 1 : 0))
        }
    }

    @Test("What does end the process is tried more and more seldom (L14)")
    func endsTheProcess() throws {
        let (phone, known) = try withUnknownEntry()
        try phone.store.connection.write { db in
            try db.run(
                "UPDATE parked SET part = ?, attempts = ?",
                [known.rowBytes().blob, Bounds.partAttempts])
        }
        var occasion: UInt64 = 0
        var tried: [UInt64] = []
        var written: Set<Int> = []
        struct Ended: Error {}
        phone.store.isEnded = true
        phone.store.beforePart = { _ in
            tried.append(occasion)
            throw Ended()
        }
        while occasion < 30 {
            occasion += 1
            _ = try phone.store.apply(page: page([], phone, to: 60 + occasion), hubTime: 0)
            written.insert(
                try phone.store.connection.read { try $0.count("SELECT attempts FROM parked") })
        }
        #expect(tried == [1, 5, 13, 29])
        // An occasion at which it is not tried costs no sync of the disk.
        #expect(written == [4, 8, 16, 32])
        #expect(try phone.store.position().parkedCount == 1)
        // A start is one too.
        try phone.reopen()
        #expect(
            try phone.store.connection.read { try $0.count("SELECT attempts FROM parked") } == 33)
    }

    @Test("A row that cannot be read keeps no other entity's parts waiting (L14)")
    func besideDamage() throws {
        let phone = try Phone.withRoute()
        for number: UInt64 in 1...2 {
            phone.hub.write([.sequence: .integer(9)], on: Phone.stop(number))
        }
        var page = try phone.nextPage()
        let known = page.parts
        for index in page.parts.indices { page.parts[index].membership = .unknown(7) }
        _ = try phone.store.apply(page: page, hubTime: 0)
        try phone.store.connection.write { db in
            for part in known {
                try db.run(
                    "UPDATE parked SET part = ? WHERE entity = ?",
                    [part.rowBytes().blob, part.entity.blob])
            }
            try db.run(
                "UPDATE sibling SET bytes = x'00' WHERE entity = ?", [known[0].entity.blob])
        }
        for _ in 0..<2 { try phone.reopen() }
        #expect(try phone.stop(2)?.stop.sequence == 9)
        #expect(try phone.store.position().parkedCount == 1)
    }

    @Test("What failed and said so counts as no end of the process (L14)")
    func failedAndSaidSo() throws {
        let (phone, known) = try withUnknownEntry()
        try phone.store.connection.write { db in
            try db.run("UPDATE parked SET part = ?", [known.rowBytes().blob])
            try db.execute(
                sql: "CREATE TRIGGER fault BEFORE INSERT ON sibling"
                    + " BEGIN SELECT raise(ABORT, 'fault'); END")
        }
        for _ in 0..<9 { try phone.reopen() }
        #expect(try phone.store.position().parkedCount == 1)
        try phone.store.connection.write { try $0.execute(sql: "DROP TRIGGER fault") }
        try phone.reopen()
        #expect(try phone.store.position().parkedCount == 0)
    }

    @Test("A hand-over behind a parked part counts at once, and still after the upgrade")
    func handedOverBehind() throws {
        let phone = try Phone.withRoute()
        phone.hub.write([.sequence: .integer(9)], on: Phone.stop(1))
        var first = try phone.nextPage()
        var known = try #require(first.parts.first)
        first.parts[0].membership = .unknown(7)
        #expect(try phone.store.apply(page: first, hubTime: 0) == .applied(parts: 0, parked: 1))
        let leaves = EntityPart(entity: Phone.stop(1), membership: .leaves)
        #expect(
            try phone.store.apply(page: page([leaves], phone, to: 60), hubTime: 0)
                == .applied(parts: 1, parked: 0))
        #expect(try phone.stop(1)?.isHandedOver == true)
        known.membership = .enters
        try upgrade(phone, to: known)
        let stored = try #require(try phone.stop(1))
        #expect(stored.isHandedOver && !stored.needsUpdate && stored.stop.customer == "")
        #expect(try phone.store.position().parkedCount == 0)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("A part of a newer hub that cannot be read is parked as it came; its page is applied")
    func unreadPart() throws {
        let phone = try Phone.withRoute()
        for number: UInt64 in 1...2 {
            phone.hub.write([.sequence: .integer(9)], on: Phone.stop(number))
        }
        var page = try phone.nextPage()
        // Field 6, the cause, of two bytes: none that this build can read.
        let bytes = try #require(page.parts.first).rowBytes() + [0x32, 2, 1, 2]
        page.parts[0] = try EntityPart(rowBytes: bytes)
        #expect(try phone.store.apply(page: page, hubTime: 0) == .applied(parts: 1, parked: 1))
        #expect(try phone.stop(1)?.needsUpdate == true)
        #expect(try phone.stop(1)?.stop.sequence == 1)
        #expect(try phone.stop(2)?.stop.sequence == 9)
        let kept = try phone.store.connection.read { db in
            try db.row("SELECT part FROM parked").orDamaged("parked").bytes("part")
        }
        #expect(kept == bytes)
        try phone.reopen()
        #expect(try phone.store.position().parkedCount == 1)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("Facts that came ahead of a parked part are merged with it after an upgrade (L14)")
    func factsAheadOfAParkedPart() throws {
        let phone = try Phone.withRoute()
        phone.plan(4)
        try phone.note("mine", Phone.stop(1))
        for text in ["one", "two"] { phone.addNote(text, on: Phone.stop(4)) }
        var page = try phone.nextPage()
        let whole = try #require(page.parts.first { $0.entity == Phone.stop(4) })
        let ahead = EntityPart(
            entity: whole.entity, membership: whole.membership, facts: whole.facts,
            isPartial: true)
        var known = whole
        known.facts = []
        var last = known
        last.membership = .unknown(7)
        page.parts = [ahead, last]
        #expect(try phone.store.apply(page: page, hubTime: 0) == .applied(parts: 0, parked: 1))
        try upgrade(phone, to: known)
        let stored = try #require(try phone.stop(4))
        #expect(!stored.needsUpdate)
        #expect(stored.stop.notes.sorted() == ["one", "two"])
        #expect(try phone.count("ahead") == 0)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("Facts ahead of what left, or was purged, before its last part came are not kept (L23)")
    func factsAheadOfWhatLeft() throws {
        for membership in [EntityPart.Membership.leaves, .purged] {
            for number: UInt64 in [1, 9] {
                let phone = try Phone.withRoute()
                let ahead = EntityPart(
                    entity: Phone.stop(number), membership: .enters, isPartial: true)
                let first = try page([ahead], phone, to: 50)
                _ = try phone.store.apply(page: first, hubTime: 0)
                #expect(try phone.count("ahead") == 1)
                let gone = EntityPart(entity: Phone.stop(number), membership: membership)
                let second = try page([gone], phone, to: 51)
                _ = try phone.store.apply(page: second, hubTime: 0)
                #expect(try phone.count("ahead") == 0)
            }
        }
    }

    @Test("A row that cannot be read does not keep a phone at the depot before (L19)")
    func unreadableRowStaysBehind() throws {
        let phone = try Phone.withRoute()
        try phone.store.connection.write { db in
            try db.execute(sql: "UPDATE sibling SET bytes = x'00'")
        }
        let other = HistoryID(high: 8, low: 8)
        #expect(
            try phone.store.followAnew(other, depot: "HUA", using: &phone.random) == .begun)
        #expect(try phone.store.position().depot == "HUA")
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("A parked part is offered as it came, also where the hub confirms the rest (L26)")
    func parkedPartIsOffered() throws {
        let phone = try Phone.withRoute()
        phone.hub.write([.sequence: .integer(9)], on: Phone.stop(1))
        var page = try phone.nextPage()
        let bytes = try #require(page.parts.first).rowBytes() + [0x32, 2, 1, 2]
        page.parts = [try EntityPart(rowBytes: bytes)]
        #expect(try phone.store.apply(page: page, hubTime: 0) == .applied(parts: 0, parked: 1))

        let other = HistoryID(high: 8, low: 8)
        _ = try phone.store.followAnew(other, depot: PaperHub.depot, using: &phone.random)
        for replica in try phone.store.epochs() { try phone.store.confirm(replica) }
        #expect(try phone.store.advance())
        #expect(try phone.store.position().recovery == .offering)
        var offered: [EntityPart] = []
        for _ in 0..<9 where try phone.store.position().recovery == .offering {
            let batch = try phone.store.offerBatch(count: 10, bytes: 100_000)
            offered += batch.states
            // The hub holds the same of everything.
            try phone.store.take(
                Wanted(entities: [], isDone: false), digests: batch.digests.count,
                states: batch.stateCount)
            try phone.store.advance()
        }
        #expect(offered.map(\.entity) == [Phone.stop(1), Phone.stop(1)])
        #expect(offered.last?.rowBytes() == bytes)
        #expect(try phone.count("parked") == 1)
    }
}
