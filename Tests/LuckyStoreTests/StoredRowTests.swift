import Foundation
import GRDB
import TestSupport
import Testing

@testable import LuckyStore

/// What is bound and read by SQLite's own functions is what GRDB writes and reads.
@Suite struct StoredRowTests {
    @Test func aRowIsWhatGRDBWritesAndReads() throws {
        var random = SeededGenerator.current()
        func maybe<T>(_ value: T) -> T? { Int.random(in: 0...3, using: &random) == 0 ? nil : value }
        try DatabaseQueue().write { db in
            try db.execute(
                sql: """
                    CREATE TABLE pair
                      (id INTEGER PRIMARY KEY, number INTEGER, bytes BLOB, words TEXT) STRICT
                    """)
            for id in 1...300 {
                let number = maybe(
                    [0, -1, .min, .max, Int64.random(in: .min ... .max, using: &random)]
                        .randomElement(using: &random) ?? 0)
                let bytes = maybe(random.bytes(.random(in: 0...40, using: &random)))
                let words = maybe(
                    ["", "王小姐", "cafe\u{301}", "🛵"].randomElement(using: &random) ?? "")
                let sql = "INSERT INTO pair VALUES (?, ?, ?, ?)"
                if Bool.random(using: &random) {
                    try db.run(sql, [id, number, bytes, words])
                } else {
                    try db.execute(
                        sql: sql, arguments: [id, number, bytes.map { Data($0) }, words])
                }
                let told = try #require(
                    try Row.fetchOne(db, sql: "SELECT * FROM pair WHERE id = ?", arguments: [id]))
                let row = try #require(try db.row("SELECT * FROM pair WHERE id = ?", [id]))
                try #require(row["id"] as Int == id)
                try #require(row["number"] as Int64? == told["number"] as Int64?)
                try #require(row["number"] as Int64? == number)
                try #require(row["bytes"] as [UInt8]? == (told["bytes"] as Data?).map(Array.init))
                try #require(row["bytes"] as [UInt8]? == bytes)
                try #require(row["words"] as String? == told["words"] as String?)
                try #require(
                    (row["words"] as String?).map(\.utf8).map(Array.init)
                        == words.map { Array($0.utf8) })
            }
            try #require(
                try db.rows("SELECT id FROM pair ORDER BY id").map { $0["id"] as Int }
                    == Int.fetchAll(db, sql: "SELECT id FROM pair ORDER BY id"))
        }
    }
}
