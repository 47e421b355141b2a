import LuckyCausality
import LuckyModel
import LuckyStore
import LuckyWire
import TestSupport
import Testing

/// Random days against a model that knows only ``EntityState`` and plain dictionaries.
struct PropertyTests {
    @Test("Whatever the order of taps, pages, receipts and crashes, the shown state is the model's")
    func day() throws {
        try Budget.current("store").run { generator in
            let day = try Day(seed: generator.next())
            for _ in 0..<Int.random(in: 10...60, using: &generator) {
                try day.step(&generator)
                try day.check()
            }
            try day.settle()
        }
    }
}

/// One phone, its hub, and what the phone must show.
private final class Day {
    struct Own {
        var entity: EntityID
        var changeset: Changeset
        var receipt: Receipt?
        /// Accepted or quarantined by the hub; its receipt may be lost.
        var isTaken = false
        var isBad: Bool
    }

    let phone: Phone
    let entities = (1...4).map { Phone.stop($0) } + [Phone.route]
    var base: [EntityID: EntityState] = [:]
    var own: [Own] = []
    var lost: [Receipt] = []

    init(seed: UInt64) throws {
        phone = try Phone(seed: seed)
        phone.planRoute()
        for number: UInt64 in 1...3 { phone.plan(number) }
        try phone.adopt()
    }

    func step(_ random: inout SeededGenerator) throws {
        switch Int.random(in: 0..<12, using: &random) {
        case 0..<4: try tap(&random)
        case 4..<6: edit(&random)
        case 6..<8: try push(&random)
        case 8..<10: try page(&random)
        case 10:
            try phone.crash()
            try #require(try phone.store.verifyRows() == [])
        default: if let receipt = lost.randomElement(using: &random) { try take([receipt]) }
        }
    }

    private func tap(_ random: inout SeededGenerator) throws {
        let entity = entities.dropLast().randomElement(using: &random) ?? Phone.stop(1)
        let isNote = Bool.random(using: &random)
        do {
            let result = isNote ? try phone.note("n", entity) : try phone.complete(entity)
            let envelope = try phone.store.envelopes(
                from: result.dot.counter, count: 1, bytes: 0)
            let changeset = try Changeset(reading: try #require(envelope.first).bytes)
            try #require(changeset.hash == result.hash)
            let isBad = Int.random(in: 0..<6, using: &random) == 0
            own.append(Own(entity: entity, changeset: changeset, isBad: isBad))
        } catch let error as StoreError {
            switch error {
            case .refused, .unknownEntity: break
            default: throw error
            }
        }
    }

    private func edit(_ random: inout SeededGenerator) {
        let entity = entities.randomElement(using: &random) ?? Phone.route
        if phone.hub.states[entity] == nil { return phone.plan(4) }
        let drivers: [Identifier] = [Phone.driver, Phone.driver, "drv-2"]
        let values: [PlanField: PlanValue] = [
            .sequence: .integer(Int64.random(in: 1...9, using: &random)),
            .address: .text("路 \(Int.random(in: 1...9, using: &random)) 號"),
            .cancelled: .flag(Bool.random(using: &random)),
            .driver: .name(drivers.randomElement(using: &random) ?? "drv-2"),
        ]
        let field = values.keys.sorted().randomElement(using: &random) ?? .sequence
        // Sometimes from an office that had not seen the last edits: siblings.
        let isOld = Int.random(in: 0..<3, using: &random) == 0
        phone.hub.write(
            values.filter { $0.key == field }, on: entity,
            context: isOld ? [phone.hub.replica: 1] : nil)
    }

    /// Some of the outbox reaches the hub; some of the receipts come back.
    private func push(_ random: inout SeededGenerator) throws {
        let count = Int.random(in: 1...4, using: &random)
        var back: [Receipt] = []
        for envelope in try phone.store.envelopes(from: nil, count: count, bytes: .max) {
            let index = Int(envelope.counter) - 1
            try #require(own.indices.contains(index))
            try #require(own[index].changeset.bytes == envelope.bytes)
            own[index].isTaken = true
            let receipt = try phone.hub.take(
                envelope.bytes, quarantine: own[index].isBad ? "siblings" : nil)
            if Bool.random(using: &random) { back.append(receipt) } else { lost.append(receipt) }
        }
        try take(back)
    }

    private func take(_ receipts: [Receipt]) throws {
        var expected = 0
        for receipt in receipts {
            let index = Int(receipt.counters.lowerBound) - 1
            if own[index].receipt == nil { expected += 1 }
            own[index].receipt = own[index].receipt ?? receipt
        }
        try #require(try phone.store.apply(receipts: receipts) == expected)
    }

    private func page(_ random: inout SeededGenerator) throws {
        let page = try phone.nextPage(
            rows: Int.random(in: 1...8, using: &random), whole: Bool.random(using: &random))
        let times = Int.random(in: 1...2, using: &random)
        for time in 0..<times {
            let result = try phone.store.apply(page: page, hubTime: phone.hub.now)
            let isNew = time == 0
            if isNew {
                try #require(result == .applied(parts: page.parts.count, parked: 0))
                try merge(page)
            } else if page.from != page.checkpoint {
                try #require(result == .ignored(.otherCheckpoint))
            }
        }
    }

    private func merge(_ page: Page) throws {
        for part in page.parts where part.membership != .leaves {
            var state = base[part.entity] ?? EntityState(id: part.entity)
            state.merge(try part.state())
            base[part.entity] = state
        }
    }

    private func expected(_ entity: EntityID) throws -> EntityState? {
        guard var state = base[entity] else { return nil }
        for own in own where own.entity == entity {
            if case .quarantined = own.receipt?.result { continue }
            let header = own.changeset.header
            let stamp = Stamp(
                author: Phone.driver, role: .driver, relation: .inScope, hlc: header.hlc,
                writtenAt: header.time.wallMilliseconds, receivedAt: own.receipt?.receivedAt)
            state.apply(
                try own.changeset.recorded(stamp: stamp), dot: own.changeset.dot,
                context: header.contexts[entity] ?? VersionVector())
        }
        return state
    }

    func check() throws {
        let checkpoint = try phone.store.position().checkpoint?.sequence ?? 0
        for entity in entities {
            let shown = try phone.store.state(of: entity)
            let expected = try expected(entity)
            // The names on a handed-over stop are gone, their hashes are not.
            try #require(shown.map(Digest.of) == expected.map(Digest.of))
            if phone.hub.isInScope(entity, at: checkpoint) {
                try #require(shown == expected)
                if entity.kind == .stop {
                    try #require(try phone.store.stop(entity)?.stop == expected?.stop)
                }
            }
        }
        // A day's list asks once what a stop alone is asked.
        let date = try #require(Phone.date)
        for stop in try phone.store.routes(on: date).flatMap(\.stops) {
            try #require(try phone.store.stop(stop.stop.id) == stop)
        }
        try #require(try phone.pending == own.count { $0.receipt == nil })
        try #require(try phone.store.pendingCount() == phone.pending)
    }

    /// The network comes back: everything is sent and fetched, and both sides hold the same.
    func settle() throws {
        let bad = Set(own.filter { $0.isBad }.map { $0.changeset.dot.counter })
        for receipt in try phone.push(quarantine: bad) {
            let index = Int(receipt.counters.lowerBound) - 1
            own[index].receipt = own[index].receipt ?? receipt
        }
        while true {
            let page = try phone.nextPage()
            _ = try phone.store.apply(page: page, hubTime: phone.hub.now)
            try merge(page)
            if !page.hasMore { break }
        }
        try check()
        try #require(try phone.store.verifyRows() == [])
        try #require(try phone.pending == 0)
        for entity in phone.hub.inScope {
            try #require(try phone.store.state(of: entity) == phone.hub.states[entity])
        }
        let states = phone.hub.inScope.compactMap { phone.hub.states[$0] }
        try #require(
            try phone.store.scopeDigest().digest
                == Digest.ofScope(states.map { ($0.id, Digest.of($0)) }))
    }
}
