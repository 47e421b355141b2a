import GRDB
import LuckySchemas
import Testing

@testable import LuckyHub

/// What every message asks reads the rows that it gives back, not all that were ever there.
@Suite struct PlanOfQueriesTests {
    @Test(
        arguments: zip(
            [SQLiteRows.membershipsSQL, SQLiteRows.lastPageSQL],
            ["scope_membership (driver=? AND entity=?)", "PRIMARY KEY (replica=? AND kind=?)"]))
    func itGoesByTheWholeKey(_ sql: String, _ key: String) throws {
        let database = try DatabaseQueue()
        let plan = try database.write { db in
            for script in LuckySchemas.hubSQL { try db.execute(sql: script) }
            return try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: ["a", "b"])
                .map { row -> String in row["detail"] }
        }
        #expect(plan.contains { $0.hasSuffix(key) }, "\(plan)")
    }
}
