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
}
