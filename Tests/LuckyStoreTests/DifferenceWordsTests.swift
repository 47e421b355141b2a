import GRDB
import LuckyModel
import Testing

@testable import LuckyStore

/// What `verifyRows` finds is said in Chinese: each sentence of the store is known to the catalogue.
struct DifferenceWordsTests {
    @Test(
        "Each kind of difference of a real store has its Chinese",
        arguments: [
            ("UPDATE stop_row SET cash_cents = 1", ["畫面和紀錄不符"]),
            (
                "UPDATE changeset SET hash = zeroblob(32) WHERE counter = 2",
                ["第 2 筆：和存下的時候不同", "第 3 筆：和前一筆接不上"]
            ),
            ("UPDATE meta SET head_counter = 9", ["最新的一筆和紀錄不符"]),
            ("UPDATE changeset SET bytes = x'00' WHERE counter = 3", ["第 3 筆：讀不懂："]),
            (
                "PRAGMA defer_foreign_keys = ON;"
                    + " INSERT INTO news (entity, kind, at) VALUES (zeroblob(17), 'cancelled', 1)",
                ["news 有一列沒有所屬的資料"]
            ),
        ])
    func said(sql: String, words: [String]) throws {
        let phone = try Phone.withRoute()
        for number in 1...3 { try phone.complete(Phone.stop(UInt64(number))) }
        var found: [String] = []
        struct Undo: Error {}
        _ = try? phone.store.connection.transact { db in
            try db.execute(sql: sql)
            found = try ReplicaStore.differences(db)
            throw Undo()
        }
        #expect(!found.isEmpty)
        let said = found.map(Phrase.rowDifference)
        #expect(said.map(\.en) == found)
        let chinese = said.map(\.zhHant)
        // What the catalogue does not know is said with the store's whole sentence in it.
        for (chinese, english) in zip(chinese, found) { #expect(!chinese.contains(english)) }
        for word in words { #expect(chinese.contains { $0.contains(word) }, "\(chinese)") }
    }
}
