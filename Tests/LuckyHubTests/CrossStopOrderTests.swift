import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// Contradictions between stops come out the same in whatever order phones are heard: cylinders'
/// numbers scanned, corrected and withdrawn; meters read at stops of one customer.
@Suite struct CrossStopOrderTests {
    @Test("Every order of the phones opens the same reviews", arguments: Backend.allCases)
    func everyOrder(_ backend: Backend) throws {
        try Budget.current("cross-stops").run { generator in
            let day = try CrossStopDay(backend, &generator)
            var orders = Self.orders(of: day.phones.map(\.outbox.count))
            if backend == .file { orders = [orders.randomElement(using: &generator) ?? []] }
            var first: CrossStopDay.Outcome?
            for order in orders {
                let outcome = try day.play(order)
                try hold(
                    outcome.reviews == outcome.derived,
                    "\(order): opened \(outcome.reviews), derived \(outcome.derived)")
                try hold(
                    outcome.reviews == (first ?? outcome).reviews,
                    "\(order): \(outcome.reviews), not \(first?.reviews ?? [])")
                first = first ?? outcome
            }
        }
    }

    /// Each phone's taps stay in their order: every interleaving of them.
    static func orders(of counts: [Int]) -> [[Int]] {
        guard counts.contains(where: { $0 > 0 }) else { return [[]] }
        return counts.indices.filter { counts[$0] > 0 }.flatMap { phone in
            var rest = counts
            rest[phone] -= 1
            return orders(of: rest).map { [phone] + $0 }
        }
    }

    /// Two changesets that each hand over one cylinder many times have one review over it.
    @Test func oneReviewACylinder() throws {
        let bench = try Bench()
        for (number, driver) in [(1, "drv-1"), (2, "drv-2")] {
            let stop = try bench.plan(number, for: Identifier(driver))
            var phone = Phone(Identifier(driver), install: UInt64(number))
            try bench.settle(&phone)
            try phone.write(
                (0..<6).map { index in
                    let handover = HandedOver(
                        Handover(delivered: [.kg20: 1]), attempt: 1,
                        serials: index % 2 == 0 ? ["TW-1"] : ["TW-1", "TW-2"])
                    return Change(stop, .fact(.handedOver(handover)))
                })
            try bench.settle(&phone)
        }
        let reviews = try bench.hub.read { reader in
            try (1...2).compactMap { try reader.state(Bench.stop($0)) }.flatMap { state in
                state.facts.values.compactMap { record in
                    if case .reviewOpened(let review) = record.fact { review } else { nil }
                }
            }
        }
        let serial = reviews.filter { $0.kind == .serialTwice }
        #expect(
            serial.map { $0.sides.map(\.index) }.sorted { $0[0] < $1[0] } == [[0, 0], [1, 1]])
    }

    @Test func interleavingsAreCounted() {
        #expect(Self.orders(of: [2, 1, 1]).count == 12)
        #expect(Set(Self.orders(of: [2, 2])).count == 6)
    }
}

/// Three phones with up to five taps, none of which the hub has heard of.
private struct CrossStopDay {
    struct Outcome {
        /// What was opened between two stops, each once: kind, stop and sides.
        var reviews: [String]
        /// What the stops show in the end.
        var derived: [String]
    }

    let backend: Backend
    let seed: UInt64
    private(set) var phones: [Phone]
    /// By stop: its handovers; and by handover: its corrections.
    private var given: [EntityID: [FactRef]] = [:]
    private var corrections: [FactRef: [FactRef]] = [:]

    /// Three stops of one customer, the fourth of another.
    private static func bench(_ backend: Backend, _ seed: UInt64) throws -> Bench {
        let bench = try Bench(backend, seed: seed)
        for (index, driver) in ["drv-1", "drv-2", "drv-3", "drv-1"].enumerated() {
            let stop = try bench.plan(index + 1, for: Identifier(driver))
            let customer = EntityID.planned(.customer, [index < 3 ? "C1" : "C2"])
            try bench.edit(stop, [.customer: .entity(customer)])
        }
        return bench
    }

    init(_ backend: Backend, _ generator: inout SeededGenerator) throws {
        self.backend = backend
        seed = generator.next()
        phones = (1...3).map { Phone(Identifier("drv-\($0)"), install: UInt64($0)) }
        let bench = try Self.bench(backend, seed)
        for index in phones.indices { try bench.settle(&phones[index]) }
        for _ in 0..<Int.random(in: 2...5, using: &generator) {
            try tap(Int.random(in: 0..<3, using: &generator), &generator)
        }
    }

    private mutating func tap(_ index: Int, _ generator: inout SeededGenerator) throws {
        let stops = index == 0 ? [1, 4] : [index + 1]
        let stop = Bench.stop(stops.randomElement(using: &generator) ?? 1)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0:
            let reading = MeterReading(
                milli: Int64.random(in: 1...2, using: &generator), product: nil)
            try phones[index].tap(stop, .meterRead(reading))
        case 1, 2:
            guard let original = given[stop]?.randomElement(using: &generator) else { fallthrough }
            let isGone = Bool.random(using: &generator)
            let correction = Correction(
                of: original, seen: corrections[original] ?? [],
                to: isGone ? .withdrawn : .handedOver(Self.handover(&generator)))
            let change = try phones[index].tap(stop, .corrected(correction))
            corrections[original, default: []].append(FactRef(change: change, index: 0))
        default:
            let facts = (0..<Int.random(in: 1...2, using: &generator)).map { _ in
                Fact.handedOver(Self.handover(&generator))
            }
            let change = try phones[index].write(facts.map { Change(stop, .fact($0)) })
            for number in facts.indices {
                given[stop, default: []].append(FactRef(change: change, index: number))
            }
        }
    }

    private static func handover(_ generator: inout SeededGenerator) -> HandedOver {
        func numbers() -> [Identifier] {
            ["TW-1", "TW-2"].filter { _ in Bool.random(using: &generator) }
        }
        return HandedOver(
            Handover(
                delivered: [.kg20: 1],
                collected: [.kg20: Int.random(in: 0...2, using: &generator)]), attempt: 1,
            serials: numbers(), collectedSerials: numbers())
    }

    /// The taps reach a hub of the same plan one by one.
    func play(_ order: [Int]) throws -> Outcome {
        let bench = try Self.bench(backend, seed)
        defer { if backend == .file { try? bench.hub.close() } }
        var phones = phones
        for index in order {
            var options = Phone.Options()
            options.count = 1
            let before = phones[index].outbox.count
            try bench.sync(&phones[index], options)
            try hold(phones[index].outbox.count == before - 1, "a tap was not taken")
        }
        try bench.hub.read { try hold($0.audit().isEmpty, "the audit finds something") }
        return try bench.hub.read { reader in
            let states = try (1...4).compactMap { try reader.state(Bench.stop($0)) }
            return Outcome(
                reviews: Self.opened(in: states), derived: Self.derived(from: states))
        }
    }

    private static func opened(in states: [EntityState]) -> [String] {
        states.flatMap { state in
            state.facts.values.compactMap { record in
                guard case .reviewOpened(let review) = record.fact,
                    review.sides.contains(where: { state.change($0) == nil })
                else { return nil }
                return word(review.kind, state.id, review.sides)
            }
        }.sorted()
    }

    private static func derived(from states: [EntityState]) -> [String] {
        var found: Set<ReviewFinding> = []
        for (index, state) in states.enumerated() {
            for other in states.dropFirst(index + 1) {
                found.formUnion(ReviewRules.findings(between: state, and: other))
            }
        }
        let visits = states.map { MeterVisit($0, past: []) }
        for (index, visit) in visits.enumerated() {
            for other in visits.dropFirst(index + 1) {
                found.formUnion(ReviewRules.findings(between: visit, and: other))
            }
        }
        return found.map { word($0.kind, $0.entity, $0.sides) }.sorted()
    }

    private static func word(_ kind: ReviewKind, _ stop: EntityID, _ sides: [FactRef]) -> String {
        "\(kind.rawValue) on \(stop.hex.suffix(2)): "
            + sides.map { $0.change.hex.prefix(16) + $0.change.hex.suffix(2) }
            .joined(separator: " ")
    }
}
