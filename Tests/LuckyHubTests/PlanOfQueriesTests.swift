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
        let plan = try Self.plan(of: sql)
        #expect(plan.contains { $0.hasSuffix(key) }, "\(plan)")
    }

    /// From an entity's id to its number, and from there to its rows.
    @Test(
        arguments: zip(
            [SQLiteRows.entitySQL, SQLiteRows.headSQL, SQLiteRows.deleteFact, SQLiteRows.factsSQL],
            [
                " AND change_id=? AND change_index=?", " AND change_id=? AND change_index=?",
                " AND change_id=? AND change_index=?", "",
            ]))
    func whatIsOfAnEntityIsFoundByItsNumber(_ sql: String, _ rest: String) throws {
        let plan = try Self.plan(of: sql)
        #expect(plan.contains("SEARCH entity USING PRIMARY KEY (id=?)"), "\(plan)")
        #expect(plan.contains("SEARCH fact USING PRIMARY KEY (number=?\(rest))"), "\(plan)")
        #expect(plan.allSatisfy { !$0.contains("SCAN") && !$0.contains("TEMP") }, "\(plan)")
    }

    @Test func theLastNumberIsTheEndOfItsIndex() throws {
        let plan = try Self.plan(of: SQLiteRows.lastNumberSQL)
        #expect(plan == ["SEARCH entity USING COVERING INDEX entity_number"])
    }

    @Test func noCheckOfARowTakesATable() throws {
        try DatabaseQueue().write { db in
            for script in LuckySchemas.hubSQL { try db.execute(sql: script) }
            let tables = try db.tablesMadeForChecks()
            #expect(tables == [])
        }
    }

    private static func plan(of sql: String) throws -> [String] {
        try DatabaseQueue().write { db in
            for script in LuckySchemas.hubSQL { try db.execute(sql: script) }
            let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
            statement.setUncheckedArguments(StatementArguments())
            return try Row.fetchAll(statement).map { row -> String in row["detail"] }
        }
    }
}
