import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What a hub has at hand, and what it sends without decoding it, is what its rows say: held after
/// each test that uses a ``Bench``, and here.
@Suite struct FastPathTests {
    /// Of twice as many as there is room for, what is found is what was kept last.
    @Test func whatIsAtHandIsWhatWasKept() throws {
        var random = SeededGenerator.current()
        let recent = RecentEntities(records: 8)
        var rows: [EntityID: LogWriter.LoadedEntity] = [:]
        var (found, missed) = (0, 0)
        for number in 0..<300 {
            let stop = Bench.stop(Int.random(in: 0..<16, using: &random))
            if let known = recent.take(stop) {
                found += 1
                try #require(known.row == rows[stop]?.row)
            } else if rows[stop] != nil {
                missed += 1
            }
            rows[stop] = Self.loaded(stop, number + 1)
            if Int.random(in: 0..<5, using: &random) == 0 {
                // Its rows were changed behind it.
                recent.keep([:], without: [stop])
                try #require(recent.take(stop) == nil)
            } else {
                recent.keep([stop: try #require(rows[stop])], without: [])
            }
            try #require(recent.all.count <= 8)
        }
        #expect(found > 20)
        #expect(missed > 20)
    }

    /// Messages that go round and round over all of it find all of it, though each part gets full.
    @Test func nothingGoesWhileThereIsRoomForAll() throws {
        let recent = RecentEntities(records: 10)
        for number in 0..<60 {
            let stop = Bench.stop(number % 7)
            try #require((recent.take(stop) == nil) == (number < 7))
            recent.keep([stop: Self.loaded(stop, number + 1)], without: [])
        }
        recent.clear()
        #expect(recent.all.isEmpty)
    }

    private static func loaded(_ stop: EntityID, _ counter: Int) -> LogWriter.LoadedEntity {
        LogWriter.LoadedEntity(
            state: EntityState(id: stop),
            row: EntityRow(
                id: stop, number: 1, vector: [phone: UInt64(counter)], digest: .zero),
            sequences: [:])
    }

    /// A copy that is changed leaves the others as they were.
    @Test func aCopyOfWhatIsLoadedIsItsOwn() {
        let stop = Bench.stop(1)
        let one = Self.loaded(stop, 1)
        var other = one
        other.state.vector = [Self.phone: 9]
        other.row = nil
        other.sequences = [.code: 3]
        other.hasPast = true
        other.enteredAt = 4
        #expect(one.state.vector.isEmpty)
        #expect(one.row?.vector == [Self.phone: 1])
        #expect(one.sequences.isEmpty)
        #expect(one.hasPast == nil)
        #expect(one.enteredAt == nil)
        #expect(other.state.vector == [Self.phone: 9])
        #expect(other.row == nil)
        #expect(other.sequences == [.code: 3])
        #expect(other.hasPast == true)
        #expect(other.enteredAt == 4)
    }

    /// What a digest is made of goes along with facts that come, and is made anew where anything else
    /// did, or where there are covers, which get less with any dot.
    @Test func theDigestThatGoesAlongIsTheOneMadeAnew() throws {
        var random = SeededGenerator.current()
        for _ in 0..<300 {
            let stop = Bench.stop(1)
            let writers = [Self.phone, ReplicaID(install: 2, epoch: 1)]
            var entity = LogWriter.LoadedEntity(
                state: EntityState(id: stop), row: nil, sequences: [:])
            var counters: [ReplicaID: UInt64] = [:]
            for number in 1...12 {
                guard let writer = writers.randomElement(using: &random) else { continue }
                let counter = counters[writer, default: 0] + 1
                counters[writer] = counter
                // Now and then a change that is there, under another dot.
                let name = UInt64.random(in: 1...UInt64(number + 3), using: &random)
                let isPlan = Int.random(in: 0..<5, using: &random) == 0
                let body =
                    isPlan
                    ? Change.Body.plan(.address, .text("\(number)"))
                    : .fact(.noteAdded(Note("\(name)")))
                let dot = Dot(writer, counter)
                let record = Recorded(
                    ref: FactRef(change: ChangeID(high: name << 50, low: name), index: 0),
                    dot: dot, body: body, hash: .sha256(Array("\(name)".utf8)),
                    stamp: Stamp(
                        author: "drv-1", role: .driver, relation: .inScope,
                        hlc: HLC(milliseconds: Int64(number), logical: 0),
                        writtenAt: Int64(number), receivedAt: Int64(number)),
                    context: [:])
                let ahead: VersionVector =
                    isPlan && Bool.random(using: &random) ? [writers[1]: counter + 3] : [:]
                let copy = entity
                entity.apply([record], dot: dot, context: ahead)
                let digest = entity.digest(isKept: !isPlan)
                try #require(digest == Digest.of(entity.state))
                var old = copy
                try #require(old.digest(isKept: false) == Digest.of(copy.state))
            }
        }
    }

    /// A page is read along with the push before it. The same request once more pushes nothing, and
    /// its page is read by itself: it is the same.
    @Test(arguments: Backend.allCases)
    func thePageBehindAPushIsTheOneByItself(_ backend: Backend) throws {
        var random = SeededGenerator.current()
        let bench = try Bench(backend, seed: random.next())
        for number in 1...4 { try bench.plan(number, for: "drv-1") }
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        for round in 0..<15 {
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let stop = Bench.stop(Int.random(in: 1...4, using: &random))
                let other = Bench.stop(Int.random(in: 1...4, using: &random))
                // Now and then one that is kept and not applied.
                let isForeign = Int.random(in: 0..<5, using: &random) == 0
                _ = try phone.write(
                    [
                        Change(stop, .fact(.delivered(round + 1))),
                        Change(other, .fact(.arrival)),
                    ],
                    author: isForeign ? "drv-9" : nil)
            }
            if Bool.random(using: &random) {
                try bench.edit(Bench.stop(1), [.sequence: .integer(Int64(round))])
            }
            // Out of the scope, and back some time.
            if Int.random(in: 0..<4, using: &random) == 0 {
                let driver: Identifier = Bool.random(using: &random) ? "drv-1" : "drv-2"
                try bench.edit(
                    Bench.stop(Int.random(in: 2...4, using: &random)), [.driver: .name(driver)])
            }
            let options = Phone.Options(
                responseBytes: [1, 900, Bounds.responseBytes].randomElement(using: &random) ?? 1,
                wantsDigest: Bool.random(using: &random))
            let body = phone.request(options)
            let told = try bench.answer(body, as: phone.credential)
            let again = try bench.answer(body, as: phone.credential)
            try #require(told.page != nil)
            try #require(again.page == told.page)
            try #require(again.receipts == told.receipts)
            try #require(again.answer.head == told.answer.head)
            try #require(again.answer.standing == told.answer.standing)
            try phone.take(told)
            if Bool.random(using: &random) { try bench.settle(&phone) }
        }
    }

    private static let phone = ReplicaID(install: 1, epoch: 1)

    /// A transaction that is taken back leaves nothing of itself at hand.
    @Test func aTransactionTakenBackIsForgotten() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        let before = try bench.vector(stop)
        struct Stopped: Error {}
        #expect(throws: Stopped.self) {
            try bench.hub.append(bench.now) { writer in
                _ = try writer.write(
                    [Change(stop, .plan(.sequence, .integer(9)))], contexts: [stop: before],
                    id: bench.newID(), author: "ofc-1", role: .office)
                throw Stopped()
            }
        }
        #expect(!bench.hub.recent.all.keys.contains(stop))
        #expect(try bench.vector(stop) == before)
        try bench.checkFastPaths()
        try bench.edit(stop, [.sequence: .integer(3)])
        try bench.checkFastPaths()
        let shown = try bench.hub.read { try $0.state(stop) }?.shown(.sequence)
        #expect(shown == .integer(3))
    }
}

extension Bench {
    /// Compares what is at hand with the rows, and the parts laid out of bytes with the decoded.
    func checkFastPaths() throws {
        let recent = hub.recent.all
        try checkReceipts()
        try checkWhatWasSaid()
        try hub.storage.read { rows in
            let middle = (try rows.logEnd()?.sequence ?? 0) / 2
            for (id, entity) in recent {
                let (state, row) = (try rows.state(id), try rows.entity(id))
                try #require(entity.state == state, "\(id)")
                try #require(entity.row == row, "\(id)")
                let fields = try rows.fields(of: id, after: 0).map { ($0.field, $0.sequence) }
                let sequences = Dictionary(fields) { $1 }
                try #require(entity.sequences == sequences, "\(id)")
                try #require(entity.written.isEmpty, "\(id)")
                var copy = entity
                try #require(copy.digest(isKept: true) == Digest.of(state ?? entity.state), "\(id)")
                try check(entity, rows)
                for sequence in [0, middle] {
                    let slow = try decoded(id, rows, after: sequence).rowBytes()
                    let fast = try laid(id, rows, after: sequence).bytes
                    try #require(slow == fast, "\(id) after \(sequence)")
                }
            }
        }
    }

    /// What a snapshot said before it says again, and so does what was signed before.
    private func checkWhatWasSaid() throws {
        try hub.storage.read { rows in
            let asked = SQLiteRows(db: try #require(rows as? SQLiteRows).db)
            let replicas = try asked.replicas()
            for replica in replicas + replicas.reversed() {
                try #require(try rows.replica(replica.id) == replica)
                try #require(try rows.logEnd() == asked.logEnd())
            }
            let standing = Standing(
                history: hub.history, mark: try Continuity.Mark(asked),
                past: try asked.pastHistories(limit: Bounds.pastHistories))
            for _ in 1...2 {
                try #require(try hub.standing(rows) == standing.bytes(key: hub.tags.key))
            }
        }
    }

    /// What is answered once more without its row is what the row says.
    private func checkReceipts() throws {
        let receipts = hub.recentReceipts.all
        try hub.storage.read { rows in
            for (dot, entry) in receipts {
                let row = try #require(try rows.changeset(dot), "\(dot)")
                try #require(row.sequence == entry.sequence, "\(dot)")
                let receipt = try hub.receipt(
                    for: row, backupMark: entry.receipt.backupMark, in: rows)
                try #require(receipt == entry.receipt, "\(dot)")
                // What was redacted since has other bytes, and the same hash.
                let changes = try Envelope(reading: row.bytes).changes
                guard changes.allSatisfy({ !$0.lacksPersonal }) else { continue }
                try #require(entry.bytesHash == .sha256(row.bytes), "\(dot)")
            }
        }
    }

    /// What was asked once is still so.
    private func check(_ entity: LogWriter.LoadedEntity, _ rows: any HubRows) throws {
        let id = entity.state.id
        if entity.hasPast == false { try #require(try !rows.hasOverwritten(id), "\(id)") }
        let touches = try rows.touches(of: id, after: 0)
        try #require(touches.last == entity.row?.touchedAt, "\(id)")
        for sequence in touches {
            try #require(try rows.touched(by: sequence).contains(id), "\(id)")
        }
        if let entered = entity.enteredAt, let driver = entity.row?.scope {
            let last = try rows.memberships(driver: driver, entity: id).last
            try #require(last?.event == .entered && last?.sequence == entered, "\(id)")
        }
    }

    private func decoded(
        _ id: EntityID, _ rows: any HubRows, after sequence: UInt64
    ) throws -> EntityPart {
        let records = try rows.records(of: id, after: sequence)
        let fields = try rows.fields(of: id, after: sequence)
        return EntityPart(
            entity: id, membership: .enters, vector: try rows.entity(id)?.vector ?? [:],
            fields: fields.map { field in
                EntityPart.FieldPart(
                    field: field.field, cover: field.cover,
                    siblings: records.filter { $0.field == field.field }.map(\.change))
            },
            facts: records.filter { $0.field == nil }.map(\.change),
            cause: ChangeID(high: 1, low: sequence))
    }

    private func laid(
        _ id: EntityID, _ rows: any HubRows, after sequence: UInt64
    ) throws -> LaidPart {
        let fields = try rows.fields(of: id, after: sequence)
        let records = try rows.laidRecords(
            of: id, fields: sequence == 0 ? nil : fields.map(\.field), factsAfter: sequence)
        return LaidPart(
            entity: id, membership: .enters, vector: try rows.vector(of: id) ?? [:],
            fields: fields.map { field in
                LaidPart.Field(
                    field: field.field, cover: field.cover,
                    siblings: records.filter { $0.field == field.field }.map(\.bytes))
            },
            facts: records.filter { $0.field == nil }.map(\.bytes),
            cause: ChangeID(high: 1, low: sequence))
    }
}
