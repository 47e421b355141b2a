import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// Two changesets that contradict each other have one review of a kind, however much each brings;
/// and the same one in every order.
@Suite struct LeastPairTests {
    static let stop = Bench.stop(1)

    private static func bench(seed: UInt64 = 7) throws -> (Bench, [Phone]) {
        let bench = try Bench(seed: seed)
        try bench.plan(1, for: "drv-1")
        var phones = (1...3).map { Phone("drv-1", install: UInt64($0)) }
        for index in phones.indices { try bench.settle(&phones[index]) }
        return (bench, phones)
    }

    private static func opened(_ bench: Bench) throws -> [ReviewFinding] {
        let state = try #require(try bench.hub.read { try $0.state(stop) })
        return state.facts.values.compactMap { record -> ReviewFinding? in
            guard case .reviewOpened(let review) = record.fact else { return nil }
            return ReviewFinding(review.kind, on: stop, review.sides)
        }.sorted { "\($0)" < "\($1)" }
    }

    private static func handover(_ count: Int, attempt: Int = 1) -> HandedOver {
        HandedOver(Handover(delivered: [.kg20: count]), attempt: attempt)
    }

    @Test(arguments: [ReviewKind.deliveredTwice, .cashTwice, .meterTwice, .deliveredAndFailed])
    func manyOnBothSidesAreOneReview(_ kind: ReviewKind) throws {
        var (bench, phones) = try Self.bench()
        for index in 0..<2 {
            let facts = (0..<Bounds.changesPerChangeset).map { number -> Fact in
                switch kind {
                case .deliveredTwice: .handedOver(Self.handover(number * 2 + index))
                case .cashTwice: .cashReceived(CashReceipt(Money.dollars(600) ?? .zero))
                case .meterTwice:
                    .meterRead(MeterReading(milli: Int64(number * 2 + index), product: nil))
                default:
                    index == 0
                        ? .handedOver(Self.handover(1))
                        : .failed(Failure(.absent, attempt: 1))
                }
            }
            try phones[index].write(facts.map { Change(Self.stop, .fact($0)) })
        }
        for index in 0..<2 { try bench.settle(&phones[index]) }
        #expect(try Self.opened(bench).map(\.kind) == [kind])
    }

    /// Handovers and receipts, several in a changeset, and corrections of them by phones that had
    /// heard of their own only, or of each other's.
    @Test func everyOrderOpensTheSame() throws {
        var random = SeededGenerator.current()
        for _ in 0..<3 {
            let seed = random.next()
            let (_, fresh) = try Self.bench(seed: seed)
            let phones = try Self.tapped(fresh, &random)
            var first: [ReviewFinding]?
            for order in CrossStopOrderTests.orders(of: phones.map(\.outbox.count)) {
                let (bench, _) = try Self.bench(seed: seed)
                var phones = phones
                for step in order {
                    var options = Phone.Options()
                    options.count = 1
                    try bench.sync(&phones[step], options)
                }
                let waiting = phones.reduce(0) { $0 + $1.outbox.count }
                try #require(waiting == 0, "seed \(seed)")
                let opened = try Self.opened(bench)
                let state = try #require(try bench.hub.read { try $0.state(Self.stop) })
                let shown = ReviewRules.findings(in: state, past: try bench.past(Self.stop))
                try #require(Set(opened) == Set(shown), "seed \(seed), \(order)")
                try #require(opened == first ?? opened, "seed \(seed), \(order)")
                first = opened
            }
        }
    }

    private static func tapped(
        _ phones: [Phone], _ random: inout SeededGenerator
    ) throws -> [Phone] {
        var phones = phones
        for index in phones.indices {
            var facts: [Fact] = []
            for _ in 0..<3 {
                facts.append(
                    Bool.random(using: &random)
                        ? .handedOver(handover(.random(in: 1...2, using: &random)))
                        : .cashReceived(
                            CashReceipt(Money.dollars(.random(in: 5...6, using: &random)) ?? .zero))
                )
            }
            let tap = try phones[index].write(facts.map { Change(stop, .fact($0)) })
            guard index < 2 else { continue }
            let corrections = facts.indices.filter { _ in Bool.random(using: &random) }.map {
                let to: Correction.Replacement =
                    switch facts[$0] {
                    case .handedOver: .handedOver(handover(.random(in: 1...2, using: &random)))
                    default:
                        Bool.random(using: &random)
                            ? .withdrawn
                            : .cashReceived(
                                CashReceipt(Money.dollars(5) ?? .zero))
                    }
                return Change(
                    stop,
                    .fact(
                        .corrected(
                            Correction(of: FactRef(change: tap, index: $0), seen: [], to: to))))
            }
            if !corrections.isEmpty { try phones[index].write(corrections) }
        }
        return phones
    }
}
