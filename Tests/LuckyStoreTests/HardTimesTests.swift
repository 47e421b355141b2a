import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyStore

/// Full disks, pages that end the process, entities too big for a page.
struct HardTimesTests {
    private struct Killed: Error {}

    @Test(
        "SQLITE_FULL: a tap is refused whole, after the ballast was given up; then all is as before"
    )
    func diskFull() throws {
        let phone = try Phone.withRoute()
        #expect(phone.store.ballast.isThere)
        try phone.store.connection.read { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        let before = try phone.store.position()
        var refused = false
        for _ in 0..<400 where !refused {
            do {
                try phone.note(String(repeating: "滿", count: 400), Phone.stop(1))
            } catch StoreError.diskFull {
                refused = true
            }
        }
        #expect(refused)
        #expect(!phone.store.ballast.isThere)
        let full = try phone.store.position()
        #expect(full.pendingCount >= before.pendingCount)
        #expect(try phone.store.verifyRows() == [])
        try phone.store.connection.read {
            try $0.execute(sql: "PRAGMA max_page_count = 1073741823")
        }
        try phone.complete(Phone.stop(2))
        #expect(try phone.pending == full.pendingCount + 1)
        try phone.reopen()
        #expect(phone.store.ballast.isThere)
    }

    @Test("A full disk refuses photos first; statuses and cash have the room kept for them")
    func photosFirst() async throws {
        let folder = try TemporaryFolder()
        let disk = folder.path("disk")
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        let mounted = try await Command.run(
            "mount", ["-t", "tmpfs", "-o", "size=20m,mode=700", "tmpfs", disk])
        // Only a privileged user may; the test above needs no disk of its own.
        guard mounted.status == 0 else { return }
        do {
            try fillAndTap(disk)
        } catch {
            _ = try await Command.run("umount", [disk])
            throw error
        }
        _ = try await Command.run("umount", [disk])
    }

    private func fillAndTap(_ disk: String) throws {
        let phone = try Phone(at: disk + "/replica.db")
        phone.planRoute()
        for number: UInt64 in 1...3 { phone.plan(number) }
        try phone.pull()
        let photo = Data(repeating: 7, count: 4_000)
        _ = try phone.store.savePhoto(photo)
        // Somebody else's files take all that is left.
        let filler = disk + "/filler"
        try Files.system.create(filler)
        let handle = try FileHandle(forWritingTo: URL(filePath: filler))
        let chunk = Data(repeating: 1, count: 64 * 1024)
        for size in [chunk.count, 4_096, 512] {
            while (try? handle.write(contentsOf: chunk.prefix(size))) != nil {}
        }
        try handle.close()
        #expect(phone.store.ballast.isThere)
        for number: UInt64 in 1...3 { try phone.complete(Phone.stop(number)) }
        for _ in 0..<60 { try phone.note(String(repeating: "桶", count: 200), Phone.stop(1)) }
        #expect(!phone.store.ballast.isThere)
        #expect(throws: StoreError.diskFull) {
            try phone.store.savePhoto(Data(repeating: 8, count: 4_000))
        }
        #expect(try phone.pending == 63)
        #expect(try phone.store.verifyRows() == [])
        phone.store.close()
    }

    @Test("A page that ends the process is bisected: it moves on, and only the culprit waits (L14)")
    func deadlyPage() throws {
        for culprit: UInt64 in [1, 4, 8] {
            let phone = try Phone()
            phone.planRoute()
            for number: UInt64 in 1...8 { phone.plan(number) }
            try phone.adopt()
            var deaths = 0
            func arm() {
                phone.store.beforePart = { part in
                    guard part.entity == Phone.stop(culprit) else { return }
                    deaths += 1
                    phone.store.isEnded = true
                    throw Killed()
                }
            }
            arm()
            for _ in 0..<12 where try phone.store.position().checkpoint == nil {
                do {
                    _ = try phone.store.apply(page: try phone.nextPage(), hubTime: phone.hub.now)
                } catch {
                    try phone.crash()
                    arm()
                }
            }
            #expect(try phone.store.position().checkpoint != nil, "culprit \(culprit)")
            #expect(deaths <= 7)
            // Those set aside beside it come in at the next starts; it is tried three times at most.
            for _ in 0..<6 {
                phone.store.retryParked()
            }
            #expect(deaths <= 10)
            let held = try (1...8 as ClosedRange<UInt64>).filter {
                try phone.stop($0)?.needsUpdate == false
            }
            #expect(held == (1...8).filter { $0 != culprit })
            // Another build reads it.
            phone.store.beforePart = nil
            try phone.store.connection.write {
                try $0.execute(sql: "UPDATE meta SET derivation = 0")
            }
            try phone.reopen()
            #expect(try phone.stop(culprit)?.needsUpdate == false)
            #expect(try phone.store.verifyRows() == [])
        }
    }

    @Test(
        "Facts ahead of an entity too big for a page are seen with its last part, not before (L14)")
    func factsAhead() throws {
        let phone = try Phone.withRoute()
        for text in ["a", "b", "c"] { try phone.note(text, Phone.stop(1)) }
        _ = try phone.push()
        var page = try phone.nextPage(whole: true)
        let index = try #require(page.parts.firstIndex { $0.entity == Phone.stop(1) })
        let whole = page.parts[index]
        let ahead = EntityPart(
            entity: whole.entity, membership: whole.membership,
            facts: Array(whole.facts.prefix(2)), isPartial: true)
        page.parts = [ahead]
        let (end, resume) = (page.checkpoint, [UInt8]([1, 2, 3]))
        page.checkpoint = try #require(page.from)
        page.resume = resume
        page.hasMore = true
        _ = try phone.store.apply(page: page, hubTime: 0)
        #expect(try phone.store.position().resume == resume)
        #expect(try phone.count("ahead") == 1)
        let vector = try phone.store.state(of: Phone.stop(1))?.vector
        try phone.crash()
        #expect(try phone.store.state(of: Phone.stop(1))?.vector == vector)
        var last = whole
        last.facts = Array(whole.facts.suffix(1))
        page.parts = [last]
        page.checkpoint = end
        (page.resume, page.hasMore) = ([], false)
        #expect(try phone.store.apply(page: page, hubTime: 0) == .applied(parts: 1, parked: 0))
        #expect(try phone.count("ahead") == 0)
        #expect(try phone.stop(1)?.stop.notes == ["a", "b", "c"])
        let base = try #require(try phone.base(Phone.stop(1)))
        let hub = try #require(phone.hub.states[Phone.stop(1)])
        #expect(Digest.of(base) == Digest.of(hub))
    }

    @Test(
        "A purged entity goes, but for what the hub has not received; un-purged it comes whole (L9)"
    )
    func purged() throws {
        let phone = try Phone.withRoute()
        try phone.note("unsent", Phone.stop(1))
        var page = try phone.nextPage()
        page.parts = [1, 2].map { EntityPart(entity: Phone.stop($0), membership: .purged) }
        _ = try phone.store.apply(page: page, hubTime: 0)
        #expect(try phone.stop(2) == nil)
        #expect(try phone.stop(1)?.isHandedOver == true)
        #expect(try phone.stop(1)?.stop.customer == "")
        #expect(try phone.pending == 1)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("Counterexample 5: an entity sent whole replaces its base, and nothing vanishes with it")
    func restated() throws {
        let phone = try Phone.withRoute()
        try phone.note("kept", Phone.stop(1))
        // The base went wrong: a field is empty that the hub has.
        try phone.store.connection.write {
            try $0.execute(
                sql: "DELETE FROM sibling WHERE entity = ?", arguments: [Data(Phone.stop(1).bytes)])
        }
        var page = try phone.nextPage(whole: true)
        page.parts = [try phone.hub.restated(Phone.stop(1))]
        _ = try phone.store.apply(page: page, hubTime: 0)
        #expect(try phone.stop(1)?.stop.code == "S1")
        #expect(try phone.stop(1)?.stop.notes == ["kept"])
        #expect(try phone.store.scopeDigest().entities == 4)
        #expect(try phone.store.verifyRows() == [])
    }
}
