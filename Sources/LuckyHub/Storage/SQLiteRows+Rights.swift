internal import Foundation
internal import GRDB
internal import LuckyModel

// Who may do what, and since when (L12).
extension SQLiteRows {
    func roles(of person: Identifier, at sequence: UInt64?) throws -> [Role] {
        let end = sequence.map { Int64(clamping: $0) } ?? .max
        return try all(
            """
            SELECT role FROM rights WHERE person = ?1 AND sequence <= ?2
              AND (?3 OR sequence >= ifnull(
                (SELECT max(sequence) FROM rights WHERE person = ?1 AND sequence < ?2), 0))
            ORDER BY sequence DESC, role
            """, [person.utf8, end, sequence == nil]
        ) { Role(rawValue: UInt8(clamping: try $0.integer(0))) }
    }

    func isLast(_ role: Role, of person: Identifier) throws -> Bool {
        try first(
            """
            SELECT 1 FROM rights WHERE person = ?1 AND role = ?2
              AND sequence = (SELECT max(sequence) FROM rights WHERE person = ?1)
            """, [person.utf8, Int64(role.rawValue)]
        ) { try $0.integer(0) } != nil
    }

    func hasRoleChange(of person: Identifier, in sequences: ClosedRange<UInt64>) throws -> Bool {
        try first(
            "SELECT 1 FROM rights WHERE person = ? AND sequence BETWEEN ? AND ? LIMIT 1",
            [
                person.utf8, Int64(clamping: sequences.lowerBound),
                Int64(clamping: sequences.upperBound),
            ]
        ) { try $0.integer(0) } != nil
    }

    func note(_ role: Role, of person: Identifier, from sequence: UInt64) throws {
        try run(
            """
            INSERT INTO rights (person, sequence, role) SELECT ?1, ?2, ?3
            WHERE ?3 IS NOT
              (SELECT role FROM rights WHERE person = ?1 ORDER BY sequence DESC LIMIT 1)
            ON CONFLICT DO NOTHING
            """,
            [person.utf8, Int64(clamping: sequence), Int64(role.rawValue)])
    }

    func deactivated() throws -> [Deactivation] {
        try all("SELECT person, by_person, at_ms FROM deactivated ORDER BY person") {
            Deactivation(person: try $0.name(0), by: try $0.name(1), at: try $0.integer(2))
        }
    }

    func knows(_ person: Identifier) throws -> Bool {
        try first(
            """
            SELECT 1 WHERE EXISTS (SELECT 1 FROM replica WHERE person = ?1)
              OR EXISTS (SELECT 1 FROM rights WHERE person = ?1)
              OR EXISTS (SELECT 1 FROM scope_step WHERE driver = ?1)
              OR EXISTS (SELECT 1 FROM log WHERE author = ?1)
            """, [person.utf8]
        ) { try $0.integer(0) } != nil
    }

    func isDeactivated(_ person: Identifier) throws -> Bool {
        try first("SELECT 1 FROM deactivated WHERE person = ?", [person.utf8]) {
            try $0.integer(0)
        } != nil
    }

    func insert(_ deactivation: Deactivation) throws {
        try run(
            "INSERT INTO deactivated (person, by_person, at_ms) VALUES (?, ?, ?)"
                + " ON CONFLICT DO NOTHING",
            [deactivation.person.utf8, deactivation.by.utf8, deactivation.at])
    }

    func activate(_ person: Identifier) throws {
        try run("DELETE FROM deactivated WHERE person = ?", [person.utf8])
    }
}
