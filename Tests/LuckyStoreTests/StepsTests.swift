import GRDB
import GRDBSQLite
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyStore

/// What is asked at each tap and each sync reads what waits, not all that was ever written.
@Suite struct StepsTests {
    @Test("A tap, a sync and a look cost as many steps with a tenfold archive, and a tenfold store")
    func archive() throws {
        let small = try Self.steps(written: 40, stops: 20)
        #expect(small > 1_000)
        #expect(try abs(Self.steps(written: 400, stops: 20) - small) < 40)
        #expect(try abs(Self.steps(written: 40, stops: 200) - small) < 40)
    }

    /// Steps of SQLite's machine for a few taps elsewhere, until they have their receipts.
    private static func steps(written: Int, stops: UInt64) throws -> Int {
        let phone = try Phone.withRoute(stops: stops)
        for number in 1...written { try phone.note("n\(number)", Phone.stop(1)) }
        try phone.push()
        let before = try total(phone)
        for number: UInt64 in 2...4 {
            try phone.complete(Phone.stop(number))
            _ = try phone.stop(number)
        }
        #expect(try phone.store.position().pendingCount == 3)
        #expect(try phone.store.changesets(.pending, limit: 10).count == 3)
        let replica = phone.store.identity.replica
        let head = try #require(try phone.store.turn().head)
        #expect(try phone.store.hash(of: Dot(replica, head.counter)) == head.hash)
        #expect(try phone.push().count == 3)
        #expect(try phone.store.firstHeld(of: replica) == 1)
        #expect(try phone.store.lastReceipted(of: replica) == head.counter)
        _ = try phone.store.prune()
        return try total(phone) - before
    }

    /// Of all statements that the store has kept compiled, since they were.
    private static func total(_ phone: Phone) throws -> Int {
        var steps = 0
        try phone.store.connection.read { db in
            var statement = sqlite3_next_stmt(db.sqliteConnection, nil)
            while let this = statement {
                steps += Int(sqlite3_stmt_status(this, SQLITE_STMTSTATUS_VM_STEP, 0))
                statement = sqlite3_next_stmt(db.sqliteConnection, this)
            }
        }
        return steps
    }
}
