import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import LuckyWire

@testable import LuckyHub

extension Database {
    /// Makes a closed hub's file what the version before wrote.
    func backToVersion7() throws {
        try execute(
            sql: """
                PRAGMA writable_schema = ON;
                UPDATE sqlite_schema SET sql = replace(
                    replace(sql, 'BETWEEN 0 AND 2', 'IN (0, 1, 2)'),
                    'BETWEEN 0 AND 3', 'IN (0, 1, 2, 3)')
                  WHERE type = 'table';
                PRAGMA writable_schema = RESET;
                PRAGMA user_version = 7
                """)
    }

    /// The same of the version before that.
    func backToVersion6() throws {
        try backToVersion7()
        try execute(
            sql: """
                CREATE TABLE fact_6 (
                  entity BLOB NOT NULL REFERENCES entity (id),
                  change_id BLOB NOT NULL CHECK (length(change_id) = 16),
                  change_index INTEGER NOT NULL,
                  sequence INTEGER NOT NULL,
                  bytes BLOB NOT NULL,
                  PRIMARY KEY (entity, change_id, change_index)
                ) STRICT, WITHOUT ROWID;
                INSERT INTO fact_6 SELECT id, change_id, change_index, sequence, bytes
                  FROM fact JOIN entity USING (number);
                DROP TABLE fact;
                ALTER TABLE fact_6 RENAME TO fact;
                DROP INDEX entity_number;
                ALTER TABLE entity DROP COLUMN number;
                PRAGMA user_version = 6
                """)
    }

    /// And of the one before that.
    func backToVersion5() throws {
        try backToVersion6()
        try execute(
            sql: """
                INSERT INTO record (entity, field, change_id, change_index, sequence, bytes)
                  SELECT entity, iif(change_index < 0, -1, 0), change_id, max(change_index, 0),
                    sequence, bytes FROM fact;
                DROP TABLE fact;
                PRAGMA user_version = 5
                """)
    }

    /// And before that.
    func backToVersion4() throws {
        try backToVersion5()
        try execute(
            sql: """
                CREATE TABLE touch (
                  sequence INTEGER NOT NULL REFERENCES log (sequence),
                  entity BLOB NOT NULL CHECK (length(entity) = 17),
                  PRIMARY KEY (sequence, entity)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX touch_entity ON touch (entity, sequence);
                ALTER TABLE entity ADD COLUMN vector BLOB NOT NULL DEFAULT x'';
                ALTER TABLE entity ADD COLUMN digest BLOB NOT NULL DEFAULT x'';
                """)
        for row in try Row.fetchAll(self, sql: "SELECT sequence, entities FROM log") {
            let (sequence, bytes): (Int64, Data) = (row[0], row[1])
            for place in stride(from: 0, to: bytes.count, by: 17) {
                try execute(
                    sql: "INSERT INTO touch VALUES (?, ?)",
                    arguments: [sequence, bytes[place..<place + 17]])
            }
        }
        for row in try Row.fetchAll(
            self, sql: "SELECT entity, bytes FROM record WHERE field = -1")
        {
            let (id, bytes): (Data, Data) = (row[0], row[1])
            let head = try bytes.withUnsafeBytes { try EntityHead(bytes: $0) }
            try execute(
                sql: "UPDATE entity SET vector = ?, digest = ? WHERE id = ?",
                arguments: [Data(head.vector.rowBytes), Data(head.digest.bytes), id])
        }
        try execute(
            sql: """
                DELETE FROM record WHERE field = -1;
                DROP TABLE touched;
                ALTER TABLE log DROP COLUMN entities;
                PRAGMA user_version = 4
                """)
    }

    /// In whose checks a list stands for which SQLite makes a table at each row.
    func tablesMadeForChecks() throws -> [String] {
        try String.fetchAll(
            self,
            sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ).filter { table in
            try Row.fetchAll(self, sql: "EXPLAIN INSERT INTO \(table) DEFAULT VALUES")
                .contains { $0["opcode"] == "OpenEphemeral" }
        }
    }
}
