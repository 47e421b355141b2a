import Foundation
import GRDB
import TestSupport
import Testing

@testable import LuckyHub

/// What is bound and read by SQLite's own functions is what GRDB writes and reads.
@Suite struct ColumnsTests {
    @Test func aRowIsWhatGRDBWritesAndReads() throws {
        var random = SeededGenerator.current()
        func maybe<T>(_ value: T) -> T? { Int.random(in: 0...3, using: &random) == 0 ? nil : value }
        try DatabaseQueue().write { db in
            let rows = SQLiteRows(db: db)
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
                    try rows.run(sql, [id, number, bytes, words])
                } else {
                    try db.execute(
                        sql: sql, arguments: [id, number, bytes.map { Data($0) }, words])
                }
                let select = "SELECT number, bytes, words FROM pair WHERE id = ?"
                let told = try #require(try Row.fetchOne(db, sql: select, arguments: [id]))
                let read = try #require(
                    try rows.first(select, [id]) { columns in
                        (
                            columns.isNull(0) ? nil : try columns.integer(0),
                            columns.isNull(1) ? nil : try columns.bytes(1),
                            columns.isNull(2) ? nil : try columns.text(2)
                        )
                    })
                try #require(read.0 == told[0] as Int64? && read.0 == number)
                try #require(read.1 == (told[1] as Data?).map(Array.init) && read.1 == bytes)
                try #require(read.2 == told[2] as String?)
                try #require(read.2.map { Array($0.utf8) } == words.map { Array($0.utf8) })
            }
            try #require(
                try rows.all("SELECT id FROM pair ORDER BY id") { try $0.integer(0) }
                    == Int64.fetchAll(db, sql: "SELECT id FROM pair ORDER BY id"))
        }
    }
}
