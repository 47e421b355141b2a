import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@testable import LuckyStore

/// A tap, a receipt and a page write only what differs of their stops' rows, and a page's new stops are
/// shown as they came: all must leave what deriving everything anew gives.
@Suite struct NarrowRowsTests {
    @Test func aTapLeavesTheRowsThatDerivingAnewGives() throws {
        var random = SeededGenerator.current()
        let phone = try Phone.withRoute(stops: 3, seed: random.next())
        for step in 0..<50 {
            try play(step, phone, &random)
            try #require(try phone.store.verifyRows() == [], "after step \(step)")
        }
    }

    /// A tap finds in memory what the last ones left there: it must write what one that reads it all
    /// from the file writes.
    @Test func aTapThatReadsNothingAgainWritesTheSame() throws {
        var random = SeededGenerator.current()
        let seed = random.next()
        let warm = try Phone.withRoute(stops: 3, seed: seed)
        let cold = try Phone.withRoute(stops: 3, seed: seed)
        var hits = 0
        for step in 0..<50 {
            let draw = random.next()
            for phone in [warm, cold] {
                if phone === cold { phone.store.warm.drop() }
                if draw % 8 == 0 { try phone.store.connection.reopen() }
                if phone.store.warm.meta != nil { hits += 1 }
                var random = SeededGenerator(seed: draw)
                try play(step, phone, &random)
            }
            try #require(try warm.tables() == cold.tables(), "after step \(step)")
        }
        #expect(hits > 0)
    }

    @Test func whatAnotherConnectionWroteIsReadAgain() throws {
        let phone = try Phone.withRoute(stops: 2)
        try phone.note("門鈴壞了，請敲門", Phone.stop(1))
        try phone.note("請放後門", Phone.stop(1))
        let other = try DatabaseQueue(path: phone.path)
        try other.write { db in
            try db.execute(
                sql: "UPDATE entity SET membership = 0 WHERE id = ?",
                arguments: [Data(Phone.stop(1).bytes)])
        }
        #expect(throws: StoreError.unknownEntity(Phone.stop(1))) {
            try phone.note("沒人", Phone.stop(1))
        }
        try phone.note("沒人", Phone.stop(2))
    }

    @Test func whatIsShownAlreadyIsNotWrittenAgain() throws {
        let phone = try Phone.withRoute(stops: 3)
        try phone.complete(Phone.stop(1))
        try phone.note("門鈴壞了，請敲門", Phone.stop(2))
        let tables = ["stop_row", "stop_line", "review_row", "looked"]
        try phone.store.connection.write { db in
            try db.execute(sql: "CREATE TEMP TABLE written (name TEXT)")
            for table in tables {
                for change in ["INSERT", "UPDATE", "DELETE"] {
                    try db.execute(
                        sql: """
                            CREATE TEMP TRIGGER \(table)_\(change) AFTER \(change) ON main.\(table)
                            BEGIN INSERT INTO written VALUES ('\(table)'); END
                            """)
                }
            }
        }
        func written() throws -> [String] {
            try phone.store.connection.read {
                try String.fetchAll($0, sql: "SELECT DISTINCT name FROM written ORDER BY name")
            }
        }
        #expect(try phone.push().count == 2)
        try phone.pull()
        #expect(try written() == [])
        try phone.note("請放後門", Phone.stop(2))
        #expect(try written() == ["stop_line"])
        #expect(try phone.store.verifyRows() == [])
    }

    /// Two spellings of a letter that Swift's strings call equal.
    @Test func whatDiffersInBytesAloneIsWrittenAndFound() throws {
        let phone = try Phone.withRoute(stops: 2)
        let stop = Phone.stop(1)
        for address in ["\u{F90F}東路 1 號", "\u{7F85}東路 1 號"] {
            phone.hub.write([.address: .text(address)], on: stop)
            try phone.pull()
            let shown = try #require(try phone.store.stop(stop)?.stop.address)
            #expect(Array(shown.utf8) == Array(address.utf8))
        }
        try phone.store.connection.write {
            try $0.run(
                "UPDATE stop_row SET address = ? WHERE entity = ?",
                ["\u{F90F}東路 1 號".blob, stop.blob])
        }
        #expect(try phone.store.verifyRows().count == 1)
    }

    /// A number that no day has: whoever reads it as one would end there, at each try.
    @Test func damageIsWrittenOver() throws {
        let phone = try Phone.withRoute(stops: 2)
        let stop = Phone.stop(1)
        func afterDamage(_ take: () throws -> Void) throws {
            try phone.store.connection.write {
                try $0.run(
                    "UPDATE stop_row SET date = 99999999999 WHERE entity = ?", [stop.blob])
            }
            try take()
            #expect(try phone.store.stop(stop)?.stop.date == Phone.date)
        }
        try phone.note("門鈴壞了", stop)
        try afterDamage { try phone.push() }
        phone.addNote("中午休息", on: stop)
        try afterDamage { try phone.pull() }
    }

    private func play(
        _ step: Int, _ phone: Phone, _ random: inout SeededGenerator
    ) throws {
        let stop = Phone.stop(UInt64.random(in: 1...3, using: &random))
        let count = Int.random(in: 0...2, using: &random)
        let handover = Handover(delivered: [.kg20: count, .kg16: 1], collected: [.kg20: count])
        do {
            switch Int.random(in: 0..<9, using: &random) {
            case 0:
                try phone.tap(stop) { state throws(StopRefusal) in
                    [try StopRules.arrive(at: state.stop)]
                }
            case 1: try phone.complete(stop)
            case 2: try phone.note("門鈴壞了，請敲門 \(step)", stop)
            case 3:
                try phone.tap(stop) { state throws(StopRefusal) in
                    [try StopRules.fail(state.stop, reason: .absent, note: "沒人")]
                }
            case 4:
                try phone.tap(stop) { state throws(StopRefusal) in
                    [
                        try StopRules.correct(
                            state.factRecords, to: .handedOver(HandedOver(handover, attempt: 1)),
                            kind: .handover)
                    ]
                }
            case 5:
                try phone.tap(stop) { _ in
                    [.suggestedAddress(AddressSuggestion("更生路 \(step) 號"))]
                }
            case 6:
                phone.hub.write([.cancelled: .flag(count > 0)], on: stop)
                try phone.pull()
            case 7: try phone.push(quarantine: count == 0 ? [UInt64(step)] : [])
            default:
                let new = EntityID(.stop, madeBy: phone.newChange())
                try phone.tap(new, isNew: true) { _ in
                    [.stopAdded(AddedStop(customer: "陳太太")), .noteAdded(Note("\(step)"))]
                }
            }
        } catch StoreError.refused {
            // It was open, or there was nothing to correct: nothing was written.
        }
    }

    /// In whatever pieces its page comes, with facts and other drivers' stops in it.
    @Test func aPageLeavesTheRowsThatDerivingAnewGives() throws {
        var random = SeededGenerator.current()
        for _ in 0..<3 {
            let phone = try Phone(seed: random.next())
            phone.planRoute()
            for number: UInt64 in 1...12 {
                phone.plan(number, driver: number % 4 == 0 ? "drv-2" : Phone.driver)
                if number % 3 == 0 { phone.addNote("中午休息，勿按鈴", on: Phone.stop(number)) }
                if number % 5 == 0 {
                    phone.hub.write([.deleted: .flag(true)], on: Phone.stop(number))
                }
            }
            try phone.pull(rows: Int.random(in: 1...20, using: &random))
            #expect(try phone.store.verifyRows() == [])
        }
    }
}
