import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What was in quarantine and is too long for one changeset of the hub is let out in parts; and the
/// same reviews are open in the end, whatever came before it, between or after (L4, L20).
@Suite struct ReleasedPartsTests {
    @Test func everyOrderOpensTheSame() throws {
        var random = SeededGenerator.current()
        for _ in 0..<4 {
            let day = try HeldDay(&random)
            var first: [String]?
            let orders = CrossStopOrderTests.orders(of: day.counts).shuffled(using: &random)
            for order in orders.prefix(12) {
                let (opened, shown) = try day.play(order)
                try #require(opened == shown, "\(day.seed), \(order)")
                try #require(opened == first ?? opened, "\(day.seed), \(order)")
                first = opened
            }
        }
    }
}

/// Three phones at one stop that have not heard of each other. Each tap is one changeset; what has a
/// plan write in it goes to quarantine, and is let out by a step of its own.
private struct HeldDay {
    let seed: UInt64
    private let phones: [Phone]
    private let areHeld: [Bool]
    private let deletes: Bool

    /// Each phone's steps, then the desk's.
    var counts: [Int] { areHeld.map { $0 ? 2 : 1 } + [deletes ? 1 : 0] }

    private static let stop = Bench.stop(1)

    init(_ random: inout SeededGenerator) throws {
        seed = random.next()
        let bench = try Self.bench(seed)
        areHeld = [true, true, Bool.random(using: &random)].shuffled(using: &random)
        deletes = Bool.random(using: &random)
        var phones: [Phone] = []
        for (index, isHeld) in areHeld.enumerated() {
            var phone = Phone(
                "drv-1",
                install: .random(in: 1...9_999, using: &random) * 3 + UInt64(index))
            try bench.settle(&phone)
            // Those that say something else come late, so that they are in the last part.
            let count = index == 0 ? 50 : 3
            let facts = (0..<count).map { number -> Fact in
                let isLate = count < 4 || number > 44
                return Self.fact(isLate ? .random(in: 0...9, using: &random) : 0)
            }
            var changes = facts.map { Change(Self.stop, .fact($0)) }
            if isHeld { changes.append(Change(Self.stop, .plan(.officeNote, .text("note")))) }
            try phone.write(changes)
            phones.append(phone)
        }
        self.phones = phones
    }

    private static func bench(_ seed: UInt64) throws -> Bench {
        let bench = try Bench(seed: seed)
        try bench.plan(1, for: "drv-1")
        return bench
    }

    private static func fact(_ number: Int) -> Fact {
        switch number {
        case 0...2: .meterRead(MeterReading(milli: Int64(number) * 100 + 100, product: nil))
        case 3...4: .cashReceived(CashReceipt(Money.dollars(Int64(number) * 100) ?? .zero))
        case 5...6: .failed(Failure(.absent, attempt: number - 4))
        default: .delivered(number - 6, attempt: number - 6)
        }
    }

    func play(_ order: [Int]) throws -> (opened: [String], shown: [String]) {
        let bench = try Self.bench(seed)
        for phone in phones {
            // This hub has given the phone the page that it tapped by, too.
            var fresh = Phone("drv-1", install: phone.replica.install)
            try bench.settle(&fresh)
        }
        let start = try bench.vector(Self.stop)
        var phones = phones
        for step in order {
            guard phones.indices.contains(step) else {
                try bench.edit(Self.stop, [.deleted: .flag(true)], seen: start)
                continue
            }
            guard phones[step].outbox.isEmpty else {
                try bench.settle(&phones[step])
                try #require(
                    phones[step].results[1]?.result.isQuarantined == areHeld[step])
                continue
            }
            let dot = Dot(phones[step].replica, 1)
            _ = try bench.hub.asOffice(Bench.office, bench.now) { writer in
                try writer.release(dot, by: Bench.office, contexts: [Self.stop: start]) {
                    ChangeID(high: 0xAB00 + UInt64(step), low: UInt64($0))
                }
            }
        }
        let state = try #require(try bench.hub.read { try $0.state(Self.stop) })
        let opened = state.facts.values.compactMap { record -> String? in
            guard case .reviewOpened(let review) = record.fact else { return nil }
            return Self.word(review.kind, review.sides)
        }
        let shown = ReviewRules.findings(in: state, past: try bench.past(Self.stop)).map {
            Self.word($0.kind, $0.sides)
        }
        return (opened.sorted(), shown.sorted())
    }

    private static func word(_ kind: ReviewKind, _ sides: [FactRef]) -> String {
        "\(kind.rawValue) " + sides.map { "\($0.change.hex).\($0.index)" }.joined(separator: " ")
    }
}

extension Receipt.Result {
    fileprivate var isQuarantined: Bool {
        if case .quarantined = self { true } else { false }
    }
}
