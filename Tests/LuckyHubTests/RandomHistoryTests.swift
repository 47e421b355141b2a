import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// Several drivers, an office, answers that get lost or come twice, pages of all sizes: in the end
/// every base is the hub's state and every digest agrees.
@Suite struct RandomHistoryTests {
    @Test func everyBaseEndsAsTheHubsState() throws {
        try Budget.current("hub-histories").run { generator in
            var history = try RandomHistory(generator)
            for _ in 0..<60 { try history.step() }
            try history.finish()
            generator = history.generator
        }
    }
}

private struct RandomHistory {
    var generator: SeededGenerator
    let bench: Bench
    var phones: [Phone] = []
    var stops: [EntityID] = []
    /// Change ids of handovers that a phone recorded: the ledger outside.
    var handovers: Set<ChangeID> = []
    var oldRequests: [(body: Data, phone: Int)] = []

    init(_ generator: SeededGenerator) throws {
        self.generator = generator
        bench = try Bench(.memory, seed: generator.seed)
        for (index, name) in ["drv-1", "drv-2", "drv-2"].enumerated() {
            phones.append(Phone(Identifier(name), install: UInt64(index + 1)))
        }
        for number in 1...6 { stops.append(try bench.plan(number, for: driver())) }
    }

    mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
    mutating func driver() -> Identifier { pick(2) == 0 ? "drv-1" : "drv-2" }

    mutating func step() throws {
        let index = pick(phones.count)
        switch pick(10) {
        case 0...2: try tap(index)
        case 3, 4: try edit()
        case 5: try editTwo()
        case 6: try loseAnswer(index)
        case 7: try repeatOldRequest()
        default: try sync(index)
        }
    }

    mutating func tap(_ index: Int) throws {
        let known = phones[index].base.keys.sorted()
        guard !known.isEmpty else { return }
        let stop = known[pick(known.count)]
        if pick(2) == 0 {
            handovers.insert(try phones[index].tap(stop, .delivered(1 + pick(3))))
        } else {
            try phones[index].tap(stop, .arrival)
        }
    }

    /// The office's view may be old: then siblings stand side by side.
    mutating func edit() throws {
        let stop = stops[pick(stops.count)]
        let fields: [(PlanField, PlanValue)] = [
            (.driver, .name(driver())), (.cancelled, .flag(pick(2) == 0)),
            (.sequence, .integer(Int64(pick(9)))), (.address, .text("no. \(pick(9))")),
            (.deleted, .flag(pick(3) == 0)),
        ]
        let (field, value) = fields[pick(fields.count)]
        let seen = pick(4) == 0 ? VersionVector() : try bench.vector(stop)
        do {
            try bench.edit(stop, [field: value], seen: seen)
        } catch let refusal as HubRefusal {
            try #require(refusal.code == "siblings_full")
        }
    }

    mutating func editTwo() throws {
        let pair = Set([stops[pick(stops.count)], stops[pick(stops.count)]]).sorted()
        var contexts: [EntityID: VersionVector] = [:]
        for stop in pair { contexts[stop] = try bench.vector(stop) }
        let number = Int64(pick(9))
        _ = try bench.hub.write(
            pair.map { Change($0, .plan(.sequence, .integer(number))) }, contexts: contexts,
            id: bench.newID(), by: Bench.office, now: bench.now)
    }

    mutating func options() -> Phone.Options {
        var options = Phone.Options()
        options.responseBytes = [1, 500, 2_000, Bounds.responseBytes][pick(4)]
        options.count = pick(3) == 0 ? 1 : nil
        return options
    }

    mutating func sync(_ index: Int) throws {
        let options = options()
        oldRequests.append((phones[index].request(options), index))
        let before = phones[index]
        var phone = before
        let response = try bench.sync(&phone, options)
        phones[index] = phone
        try PageTests().check(phone, since: before, bench)
        // Coming twice has no second effect at the device either.
        if pick(3) == 0 { try phones[index].take(response) }
        try check(phones[index])
    }

    mutating func loseAnswer(_ index: Int) throws {
        _ = try bench.answer(phones[index].request(options()), as: phones[index].credential)
    }

    /// A request that the network held back.
    mutating func repeatOldRequest() throws {
        guard !oldRequests.isEmpty else { return }
        let (body, index) = oldRequests[pick(oldRequests.count)]
        let late = try bench.answer(body, as: phones[index].credential)
        if pick(2) == 0 { try phones[index].take(late) }
    }

    /// No base says what the hub does not: where vectors agree, so does everything.
    func check(_ phone: Phone) throws {
        try bench.hub.read { hub in
            for (id, state) in phone.base {
                let truth = try #require(try hub.state(id))
                try #require(truth.vector.covers(state.vector))
                if truth.vector == state.vector { try #require(truth == state) }
            }
        }
    }

    mutating func finish() throws {
        for index in phones.indices {
            var phone = phones[index]
            try bench.settle(&phone, responseBytes: [1, 3_000][pick(2)])
            phones[index] = phone
        }
        for index in phones.indices {
            var phone = phones[index]
            try bench.settle(&phone)
            try #require(phone.outbox.isEmpty)
            try #require(phone.digest() == phone.hubDigest)
            let person = phone.credential.person
            let (scope, digest) = try bench.hub.read {
                (try $0.scope(of: person), try $0.scopeDigest(of: person).digest)
            }
            try #require(Set(scope) == phone.scope)
            try #require(digest == phone.digest())
            for result in phone.results.values { try #require(result.result == .accepted) }
        }
        try checkLedger()
        try bench.checkFastPaths()
    }

    /// Every handover once, and every contradiction with exactly one review.
    func checkLedger() throws {
        var found: [ChangeID] = []
        try bench.hub.read { hub in
            for id in try hub.entities(.stop) {
                let state = try #require(try hub.state(id))
                for (ref, recorded) in state.facts {
                    if case .handedOver = recorded.fact { found.append(ref.change) }
                }
                for finding in ReviewRules.findings(in: state) {
                    try #require(state.facts[FactRef(change: finding.id, index: 0)] != nil)
                }
            }
        }
        try #require(found.count == handovers.count)
        try #require(Set(found) == handovers)
    }
}
