import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyStore

/// A receipt is of one history (L12). In the next one a copy of this store may have sent the same
/// first, and got another.
struct DoubtedReceiptTests {
    @Test("What a new history tells without an own received change is asked for again (L26)")
    func accepted() throws {
        let phone = try Phone.withRoute()
        for number: UInt64 in 1...2 { try phone.note("note \(number)", Phone.stop(number)) }
        try phone.push()
        let first = Array(try archive(phone).prefix(1))
        try phone.takeUp(holding: first)
        #expect(try phone.store.firstDoubted(of: replica(first)) == nil)
        try phone.refill()
        #expect(try phone.store.position().recovery == .settling)
        let waiting = try phone.store.changesets(.pending, limit: 9)
        #expect(waiting.map(\.entities) == [[Phone.stop(2)]])
        #expect(try phone.stop(2)?.stop.notes == ["note 2"])
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("A later dot that was accepted says nothing of the one before it")
    func coveredAndQuarantined() throws {
        let phone = try Phone.withRoute()
        for number: UInt64 in 1...2 { try phone.note("note \(number)", Phone.stop(1)) }
        try phone.push()
        let sent = try archive(phone)
        try phone.takeUp(holding: sent, quarantine: [1])
        try phone.refill()
        #expect(try phone.store.changesets(.pending, limit: 9).map(\.dot.counter) == [1])
        try phone.push()
        #expect(try phone.store.changesets(.quarantined, limit: 9).map(\.dot.counter) == [1])
        #expect(try phone.stop(1)?.stop.notes == ["note 2"])
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("What was quarantined, and is accepted by this history, counts from its receipt on")
    func quarantined() throws {
        let phone = try Phone.withRoute()
        try phone.complete(Phone.stop(1))
        try phone.note("note 2", Phone.stop(2))
        try phone.push(quarantine: [1, 2])
        let sent = try archive(phone)
        try phone.takeUp(holding: sent, quarantine: [2])
        // Until then it counts for nothing, and nothing waits.
        #expect(try phone.pending == 0)
        #expect(try phone.stop(1)?.stop.status == .pending)
        #expect(try phone.store.firstDoubted(of: replica(sent)) == 1)
        try askAgain(phone, replica(sent))
        #expect(try phone.store.firstDoubted(of: replica(sent)) == nil)
        #expect(try phone.stop(1)?.stop.status == .delivered)
        #expect(try phone.store.verifyRows() == [])
        try phone.refill()
        #expect(try phone.store.changesets(.quarantined, limit: 9).map(\.dot.counter) == [2])
        #expect(try phone.stop(1)?.stop.status == .delivered)
        #expect(try phone.pending == 0)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("Of a stop that has left no page tells: its receipts are asked for, and taken")
    func handedOver() throws {
        let phone = try away()
        let sent = try archive(phone)
        try phone.takeUp(holding: sent, quarantine: [1])
        #expect(try phone.store.firstDoubted(of: replica(sent)) == 1)
        try askAgain(phone, replica(sent))
        #expect(try phone.store.changesets(.quarantined, limit: 9).map(\.dot.counter) == [1])
        try phone.refill()
        #expect(try phone.pending == 0)
        #expect(try phone.stop(1)?.isHandedOver == true)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test(
        "A damaged row in the archive stops nothing: neither what is asked for, nor the pages",
        arguments: [
            "UPDATE changeset SET bytes = x'00' WHERE counter = 1",
            "UPDATE changeset SET receipt = x'ff' WHERE counter = 1",
        ])
    func damagedArchive(_ damage: String) throws {
        let phone = try away()
        let sent = try archive(phone)
        try phone.store.connection.write { try $0.run(damage) }
        try phone.takeUp(holding: sent)
        #expect(try phone.store.firstDoubted(of: replica(sent)) == nil)
        try phone.refill()
        #expect(try phone.store.position().recovery == nil)
        #expect(try phone.pending == 0)
        #expect(try phone.stop(2)?.stop.notes == ["kept"])
    }

    @Test("Nor does a damaged stop that has left keep receipts of others out")
    func damagedStop() throws {
        let phone = try away()
        let sent = try archive(phone)
        try phone.store.connection.write {
            try $0.run("UPDATE entity SET vector = x'ff' WHERE id = ?", [Phone.stop(1).blob])
        }
        try phone.takeUp(holding: sent, quarantine: [2])
        try askAgain(phone, replica(sent))
        #expect(try phone.store.firstDoubted(of: replica(sent)) == nil)
        #expect(try phone.store.changesets(.quarantined, limit: 9).map(\.dot.counter) == [2])
    }

    @Test("Nor does a damaged stop hold the re-baseline up: what the new history tells replaces it")
    func damagedStopIsReplaced() throws {
        let phone = try Phone.withRoute()
        try phone.note("mine", Phone.stop(1))
        try phone.push()
        let sent = try archive(phone)
        try phone.pull()
        try phone.store.connection.write { db in
            for number: UInt64 in 1...2 {
                try db.run(
                    "UPDATE entity SET vector = x'ff' WHERE id = ?", [Phone.stop(number).blob])
            }
        }
        try phone.takeUp(holding: sent)
        try phone.refill()
        #expect(try phone.store.position().recovery == nil)
        #expect(try phone.pending == 0)
        #expect(try phone.stop(1)?.stop.notes == ["mine"])
        #expect(try phone.stop(2)?.stop.customer == "王小姐2")
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("What is damaged in the middle is not sent along")
    func damagedBetween() throws {
        let phone = try Phone.withRoute()
        for number in 1...3 { try phone.note("note \(number)", Phone.stop(1)) }
        try phone.push()
        try phone.store.connection.write {
            try $0.run("UPDATE changeset SET bytes = x'00' WHERE counter = 2")
        }
        #expect(try archive(phone).count == 1)
    }

    @Test("What waits and was altered on the disk is nobody's word: it is not sent, and said")
    func damagedPending() throws {
        for damaged in 1...3 {
            let phone = try Phone.withRoute()
            for number in 1...3 { try phone.note("note \(number)", Phone.stop(1)) }
            try phone.store.connection.write {
                try $0.run(
                    "UPDATE changeset SET bytes = x'00' WHERE counter = ?", [Int64(damaged)])
            }
            func waiting() throws -> Int {
                try phone.store.envelopes(from: nil, count: 9, bytes: .max).count
            }
            if damaged == 1 {
                #expect(throws: StoreError.damaged("#1")) { _ = try waiting() }
            } else {
                #expect(try waiting() == damaged - 1)
            }
        }
    }

    /// A phone whose first tap is on a stop that left, and whose second is on one that stays.
    private func away() throws -> Phone {
        let phone = try Phone.withRoute()
        try phone.complete(Phone.stop(1))
        try phone.note("kept", Phone.stop(2))
        try phone.push()
        phone.plan(1, driver: "drv-2")
        try phone.pull()
        #expect(try phone.stop(1)?.isHandedOver == true)
        return phone
    }

    private func archive(_ phone: Phone) throws -> [[UInt8]] {
        try phone.store.envelopes(from: 1, count: 9, bytes: .max).map(\.bytes)
    }

    private func replica(_ sent: [[UInt8]]) throws -> ReplicaID {
        try Changeset(reading: try #require(sent.first)).dot.replica
    }

    /// What the push step does where the hub holds all of a name.
    private func askAgain(_ phone: Phone, _ replica: ReplicaID) throws {
        for _ in 1...9 {
            guard let counter = try phone.store.firstDoubted(of: replica) else { return }
            let sent = try phone.store.envelopes(
                of: replica, from: counter, count: 9, bytes: .max)
            #expect(sent.first?.counter == counter)
            let receipts = try sent.map { try phone.hub.take($0.bytes) }
            #expect(try phone.store.apply(receipts: receipts) > 0)
        }
    }
}
