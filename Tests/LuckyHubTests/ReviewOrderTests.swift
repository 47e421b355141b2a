import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// The office's edits and the phones' taps reach a hub in every order that keeps each one's own:
/// the same reviews are open in the end (L4), whatever was written over meanwhile.
@Suite struct ReviewOrderTests {
    @Test("Every order of edits and taps opens the same reviews", arguments: Backend.allCases)
    func everyOrder(_ backend: Backend) throws {
        try Budget.current("cross-stops").run { generator in
            let day = try DeskDay(backend, &generator)
            var orders = CrossStopOrderTests.orders(of: day.counts)
            if backend == .file { orders = [orders.randomElement(using: &generator) ?? []] }
            var first: [String]?
            for order in orders {
                let (opened, shown) = try day.play(order)
                try hold(opened == shown, "\(order): opened \(opened), shown \(shown)")
                try hold(
                    opened == (first ?? opened),
                    "\(order): \(opened), not \(first ?? []): \(day.edits)")
                first = first ?? opened
            }
        }
    }
}

/// One stop of one driver with two phones, each of which taps without having heard of the edits.
private struct DeskDay {
    typealias Edit = (fields: [PlanField: PlanValue], sawLast: Bool)

    let backend: Backend
    let seed: UInt64
    private(set) var phones: [Phone]
    private(set) var edits: [Edit] = []

    /// The desk's edits, then each phone's taps.
    var counts: [Int] { [edits.count] + phones.map(\.outbox.count) }

    private static let route = EntityID(.route, Bits128(high: 0x52, low: 1))
    private static let other = EntityID(.route, Bits128(high: 0x52, low: 2))

    private static func bench(_ backend: Backend, _ seed: UInt64) throws -> Bench {
        let bench = try Bench(backend, seed: seed)
        let stop = try bench.plan(1, for: "drv-1")
        try bench.edit(
            stop,
            [
                .route: .entity(route), .payment: .name(PaymentMethod.monthly.code),
                .price: .money(Money.dollars(500) ?? .zero),
            ])
        return bench
    }

    init(_ backend: Backend, _ generator: inout SeededGenerator) throws {
        self.backend = backend
        seed = generator.next()
        phones = (1...2).map { Phone("drv-1", install: UInt64($0)) }
        let bench = try Self.bench(backend, seed)
        for index in phones.indices { try bench.settle(&phones[index]) }
        for index in phones.indices {
            for _ in 0..<Int.random(in: index == 0 ? 1...2 : 0...1, using: &generator) {
                try phones[index].tap(Bench.stop(1), Self.fact(phones[index], &generator))
            }
        }
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            edits.append((Self.fields(&generator), Bool.random(using: &generator)))
        }
    }

    private static func fact(
        _ phone: Phone, _ generator: inout SeededGenerator
    ) throws -> Fact {
        let value = HandedOver(
            Handover(
                delivered: [.kg20: .random(in: 1...2, using: &generator)],
                collected: [.kg20: .random(in: 0...2, using: &generator)]),
            attempt: 1, quoted: Money.dollars(500))
        guard let first = phone.outbox.first else {
            return Bool.random(using: &generator) ? .handedOver(value) : .arrival
        }
        let original = FactRef(
            change: try Changeset(reading: first.bytes).header.changeID, index: 0)
        let changes = try Changeset(reading: first.bytes).changes
        guard let body = try changes.first.map(ChangeCodec.decode)?.body,
            case .fact(.handedOver) = body
        else { return .handedOver(value) }
        return .corrected(
            Correction(
                of: original, seen: [],
                to: Bool.random(using: &generator) ? .withdrawn : .handedOver(value)))
    }

    private static func fields(
        _ generator: inout SeededGenerator
    ) -> [PlanField: PlanValue] {
        let isOn = Bool.random(using: &generator)
        switch Int.random(in: 0...6, using: &generator) {
        case 0: return [.driver: .name(isOn ? "drv-1" : "drv-2")]
        case 1: return [.route: .entity(isOn ? route : other)]
        case 2: return [.holds: .quantities([.kg20: isOn ? 1 : 5])]
        case 3: return [.price: .money(Money.dollars(isOn ? 500 : 700) ?? .zero)]
        case 4: return [.creditHold: .flag(isOn)]
        case 5: return [.officeNote: .text("note")]
        default: return [.cancelled: .flag(isOn)]
        }
    }

    /// - Returns: what was opened, and what the whole shows: each once, by kind and sides.
    func play(_ order: [Int]) throws -> (opened: [String], shown: [String]) {
        let bench = try Self.bench(backend, seed)
        defer { if backend == .file { try? bench.hub.close() } }
        // This hub, too, has given the phones the page that they tapped by: what it has not given
        // tells nothing of anybody's rights (L12).
        for index in 1...2 {
            var fresh = Phone("drv-1", install: UInt64(index))
            try bench.settle(&fresh)
        }
        let stop = Bench.stop(1)
        let start = try bench.vector(stop)
        var (phones, last, done) = (phones, start, 0)
        for step in order {
            guard step > 0 else {
                // The desk has heard of no tap; of its own edits, or only of the plan.
                let edit = edits[done]
                done += 1
                let dot = try bench.edit(stop, edit.fields, seen: edit.sawLast ? last : start).dot
                last.add(dot)
                continue
            }
            var options = Phone.Options()
            options.count = 1
            let before = phones[step - 1].outbox.count
            try bench.sync(&phones[step - 1], options)
            try hold(phones[step - 1].outbox.count == before - 1, "a tap was not taken")
        }
        try bench.hub.read { try hold($0.audit().isEmpty, "the audit finds something") }
        let state = try #require(try bench.hub.read { try $0.state(stop) })
        let past = try bench.past(stop)
        let opened = state.facts.values.compactMap { record -> String? in
            guard case .reviewOpened(let review) = record.fact else { return nil }
            return Self.word(review.kind, review.sides)
        }
        let shown = ReviewRules.findings(in: state, past: past).map {
            Self.word($0.kind, $0.sides)
        }
        return (opened.sorted(), shown.sorted())
    }

    private static func word(_ kind: ReviewKind, _ sides: [FactRef]) -> String {
        "\(kind.rawValue) "
            + sides.map { "\($0.change.hex.prefix(16))…\($0.change.hex.suffix(2))" }
            .joined(separator: " ")
    }
}
