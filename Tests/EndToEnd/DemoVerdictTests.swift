import Foundation
import GRDB
import LuckyCausality
import LuckyHub
import LuckyModel
import LuckyStore
import LuckyWire
import TestSupport
import Testing

/// The demo's verdict over a copy of the hub's file that somebody damaged: red, and it says what.
@Suite(.timeLimit(.minutes(10)))
struct DemoVerdictTests {
    @Test("A changeset taken out of the hub's file is lost", arguments: [true, false])
    func removed(everywhere: Bool) async throws {
        let day = try await DemoDay.copy()
        let tap = try day.paidDelivery(of: "drv-02")
        try damage(day) { db in
            let change = try id(tap)
            let row = try #require(
                try Row.fetchOne(
                    db, sql: "SELECT * FROM log WHERE change_id = ?", arguments: [change]))
            let sequence: Int64 = row["sequence"]
            if everywhere {
                for table in ["fact", "change_dot"] {
                    try db.execute(
                        sql: "DELETE FROM \(table) WHERE change_id = ?", arguments: [change])
                }
                for table in ["touched", "scope_step", "log"] {
                    try db.execute(
                        sql: "DELETE FROM \(table) WHERE sequence = ?", arguments: [sequence])
                }
            }
            try db.execute(
                sql: "DELETE FROM changeset WHERE change_id = ?", arguments: [change])
            #expect(db.changesCount == 1)
        }
        try await expectRed(day, "Lost: drv-02, stop \(tap.stop)", tap.change, key: "lost")
    }

    @Test("A tap that counts twice is doubled")
    func doubled() async throws {
        let day = try await DemoDay.copy()
        let tap = try day.paidDelivery(of: "drv-03")
        let other = try #require(ChangeID(hex: String(repeating: "d0", count: 16)))
        try pushAgain(tap, as: other, day)
        try await expectRed(day, "Doubled: drv-03, stop \(tap.stop)", other.hex, key: "doubled")
    }

    @Test("A value altered in the hub's records is named")
    func alteredRecord() async throws {
        let day = try await DemoDay.copy()
        let tap = try day.paidDelivery(of: "drv-02")
        try damage(day) { db in
            let row = try #require(
                try Row.fetchOne(
                    db, sql: "SELECT * FROM fact WHERE change_id = ? AND change_index = 1",
                    arguments: [try id(tap)]))
            var change = try PageChange(rowBytes: [UInt8](row["bytes"] as Data))
            change.encoded = try poorer(change.encoded)
            try db.execute(
                sql: "UPDATE fact SET bytes = ? WHERE change_id = ? AND change_index = 1",
                arguments: [Data(change.rowBytes()), try id(tap)])
        }
        let verdict = try await expectRed(
            day, "Altered: drv-02, stop \(tap.stop)", tap.change, key: "altered")
        #expect(verdict.output.contains("differ"))
    }

    @Test(
        "A value altered in a changeset's bytes is named, its hash made to fit or not",
        arguments: [true, false])
    func alteredBytes(fits: Bool) async throws {
        let day = try await DemoDay.copy()
        let tap = try day.paidDelivery(of: "drv-02")
        try damage(day) { db in
            let row = try #require(
                try Row.fetchOne(
                    db, sql: "SELECT * FROM changeset WHERE change_id = ?",
                    arguments: [try id(tap)]))
            let old = try Changeset(reading: [UInt8](row["bytes"] as Data))
            var changes = old.changes
            changes[1] = try poorer(changes[1])
            let new = try Changeset(
                sealing: changes, header: old.header, dot: old.dot, previous: old.previous)
            try db.execute(
                sql: "UPDATE changeset SET bytes = ?, hash = ? WHERE change_id = ?",
                arguments: [
                    Data(new.bytes), Data(fits ? new.hash.bytes : old.hash.bytes), try id(tap),
                ])
        }
        try await expectRed(day, "Altered: drv-02, stop \(tap.stop)", tap.change, key: "altered")
    }

    @Test("What was never tapped must not be there")
    func neverTapped() async throws {
        let day = try await DemoDay.copy()
        let tap = try day.paidDelivery(of: "drv-01")
        try dropLines(with: tap.change, ofKind: "tap", from: day.ledger("drv-01"))
        try await expectRed(
            day, "Never tapped: drv-01, stop \(tap.stop)", tap.change, key: "altered")
    }

    @Test("A tap whose outcome nobody knows may be there")
    func unknownOutcome() async throws {
        let day = try await DemoDay.copy()
        let tap = try day.paidDelivery(of: "drv-01")
        try dropLines(with: tap.change, ofKind: "saved", from: day.ledger("drv-01"))
        let verdict = try await day.judge()
        #expect(verdict.status == 0, "\(verdict.output)\(verdict.errors)")
    }

    /// - Parameter key: of the JSON object, at least 1.
    @discardableResult
    private func expectRed(
        _ day: DemoDay, _ words: String, _ change: String, key: String
    ) async throws -> Command.Result {
        let verdict = try await day.judge()
        #expect(verdict.status == 1, "\(verdict.errors)")
        let line = verdict.output.split(separator: "\n").first { $0.contains(words) }
        #expect(line?.contains(change) == true, "\(verdict.output)\(verdict.errors)")
        let json = try await day.judge(json: true)
        #expect(json.status == 1)
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
        let values = try #require(object as? [String: Any])
        #expect((values[key] as? NSNumber)?.intValue ?? 0 >= 1)
        #expect(values["ok"] as? Bool == false)
        return verdict
    }

    private func damage(_ day: DemoDay, _ body: (Database) throws -> Void) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let database = try DatabaseQueue(path: day.hub, configuration: configuration)
        try database.write(body)
        try database.close()
    }

    private func id(_ tap: DemoDay.Tap) throws -> Data {
        Data(try #require(ChangeID(hex: tap.change)).bytes)
    }

    /// The same receipt of cash, one dollar less.
    private func poorer(_ encoded: EncodedChange) throws -> EncodedChange {
        let change = try ChangeCodec.decode(encoded)
        guard case .cashReceived(let receipt)? = change.fact else {
            throw CocoaError(.coderInvalidValue)
        }
        let less = try #require(Money(cents: receipt.amount.cents - 100))
        return ChangeCodec.encode(Change(change.entity, .fact(.cashReceived(CashReceipt(less))))) {
            []
        }
    }

    /// The hub takes the content of a tap once more, under another change id and the next dot: what
    /// a client that draws new ids for a retry would do.
    private func pushAgain(_ tap: DemoDay.Tap, as other: ChangeID, _ day: DemoDay) throws {
        let store = try ReplicaStore.openForReading(at: day.replica("drv-03"), as: "drv-03")
        let position = try store.position()
        let entry = try #require(
            try store.changesets(.all, limit: .max).first { $0.change.hex == tap.change })
        let bytes = try #require(
            try store.envelopes(from: entry.dot.counter, count: 1, bytes: .max).first?.bytes)
        store.close()
        let old = try Changeset(reading: bytes)
        let head = try #require(position.head)
        var header = old.header
        header.changeID = other
        header.checkpoint = nil
        let again = try Changeset(
            sealing: old.changes, header: header,
            dot: Dot(position.replica, head.counter + 1), previous: head.hash)
        let hub = try Hub.open(at: day.hub, depot: nil, random: SystemRandomNumberGenerator())
        let request = SyncRequest(
            replica: position.replica,
            head: ChainHead(counter: again.dot.counter, hash: again.hash), history: hub.history,
            checkpoint: nil, responseBytes: 1 << 20, nonce: 7, wantsDigest: false,
            changesets: [again.bytes])
        let answer = try hub.sync(
            request.encoded(), as: Credential(person: "drv-03", depot: "TTT", role: .driver),
            now: header.time.wallMilliseconds)
        let receipts: [Receipt] = try SyncResponse(decoding: answer.body).receipts
        #expect(receipts.map(\.result) == [.accepted])
        try hub.close()
    }

    private func dropLines(with change: String, ofKind kind: String, from path: String) throws {
        let lines = try String(contentsOfFile: path, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        let kept = lines.filter { !($0.hasPrefix("{\"\(kind)\"") && $0.contains(change)) }
        #expect(kept.count == lines.count - 1)
        try kept.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    }
}
