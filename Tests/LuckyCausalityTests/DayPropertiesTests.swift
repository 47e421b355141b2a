import LuckyCausality
import LuckyModel
import TestSupport
import Testing

/// What holds of every day, whatever was tapped and edited by whom and in whichever order it came:
/// the invariants of the domain that are about pure code.
@Suite struct DayPropertiesTests {
    struct Write {
        var dot: Dot
        var seen: VersionVector
        var stamp: Stamp
        var bodies: [Change.Body]

        func apply(to state: inout EntityState, clock: (Int64) -> Int64 = { $0 }) {
            var stamp = stamp
            stamp.hlc = HLC(milliseconds: clock(stamp.hlc.milliseconds), logical: 0)
            stamp.writtenAt = clock(stamp.writtenAt)
            stamp.receivedAt = stamp.receivedAt.map(clock)
            let changes = bodies.enumerated().map {
                Recorded(dot, $1, seen: seen, stamp, index: $0)
            }
            state.apply(changes, dot: dot, context: seen)
        }
    }

    /// Two phones, the office and a desk, each writing on what it has, now and then hearing of all.
    private static func day(using random: inout some RandomNumberGenerator) -> [Write] {
        let replicas: [ReplicaID] = [.a, .b, .c, .h]
        var states = replicas.map { _ in EntityState(id: .stop) }
        var writes: [Write] = []
        for step in 0..<Int.random(in: 4...14, using: &random) {
            let index = Int.random(in: 0..<replicas.count, using: &random)
            if Int.random(in: 0...2, using: &random) == 0 {
                for other in states { states[index].merge(other) }
            }
            let isPhone = index < 2
            let dot = Dot(replicas[index], states[index].vector[replicas[index]] + 1)
            let bodies = (0...Int.random(in: 0...1, using: &random)).map { _ in
                isPhone
                    ? tap(knowing: writes, using: &random)
                    : edit(using: &random)
            }
            let time = Int64(step + 1)
            let role: Role = isPhone ? .driver : index == 2 ? .finance : .office
            let write = Write(
                dot: dot, seen: states[index].vector,
                stamp: .by(Identifier("p\(index)"), role, hlc: time, received: time),
                bodies: unique(bodies))
            write.apply(to: &states[index])
            writes.append(write)
        }
        return writes
    }

    /// No field twice in one changeset.
    private static func unique(_ bodies: [Change.Body]) -> [Change.Body] {
        if case .plan? = bodies.first { Array(bodies.prefix(1)) } else { bodies }
    }

    private static func tap(
        knowing writes: [Write], using random: inout some RandomNumberGenerator
    ) -> Change.Body {
        func count() -> Int { .random(in: 1...2, using: &random) }
        let amount = Money.dollars(Int64(count()) * 500) ?? .zero
        switch Int.random(in: 0...6, using: &random) {
        case 0: return .fact(.arrived(Arrival(attempt: 1)))
        case 1: return .fact(.failed(Failure(.absent, attempt: 1)))
        case 2: return .fact(.cashReceived(CashReceipt(amount)))
        case 3: return .fact(.meterRead(MeterReading(milli: Int64(count()) * 100)))
        case 4:
            let handovers = writes.filter { write in
                if case .fact(.handedOver)? = write.bodies.first { true } else { false }
            }
            guard let found = handovers.randomElement(using: &random) else { fallthrough }
            let name = ChangeID(high: found.dot.replica.install, low: found.dot.counter)
            let value = HandedOver(Handover(delivered: [.kg20: count()]), attempt: 1)
            return .fact(
                .corrected(
                    Correction(
                        of: FactRef(change: name, index: 0), seen: [],
                        to: Bool.random(using: &random) ? .withdrawn : .handedOver(value))))
        default:
            return .fact(
                .handedOver(
                    HandedOver(
                        Handover(delivered: [.kg20: count()], collected: [.kg20: count()]),
                        attempt: 1, quoted: amount)))
        }
    }

    private static func edit(using random: inout some RandomNumberGenerator) -> Change.Body {
        switch Int.random(in: 0...6, using: &random) {
        case 0: .plan(.cancelled, .flag(.random(using: &random)))
        case 1: .delete
        case 2: .plan(.driver, .name(Bool.random(using: &random) ? "p0" : "p1"))
        case 3: .plan(.price, .money(Money.dollars(.random(in: 1...2, using: &random)) ?? .zero))
        case 4: .plan(.items, .quantities([.kg20: .random(in: 1...3, using: &random)]))
        case 5: .plan(.lastReading, .integer(150))
        default: .plan(.holds, .quantities([.kg20: 1]))
        }
    }

    private static func isCorrection(_ body: Change.Body) -> Bool {
        if case .fact(.corrected) = body { true } else { false }
    }

    /// The whole day in another order that keeps each replica's own.
    private static func shuffled(
        _ writes: [Write], using random: inout some RandomNumberGenerator
    ) -> [Write] {
        var queues = Dictionary(grouping: writes, by: \.dot.replica)
        var order: [Write] = []
        while !queues.isEmpty {
            guard let next = queues.keys.sorted().randomElement(using: &random) else { break }
            if let first = queues[next]?.first {
                order.append(first)
                if Bool.random(using: &random) { order.append(first) }
            }
            queues[next]?.removeFirst()
            if queues[next]?.isEmpty == true { queues[next] = nil }
        }
        return order
    }

    /// 2: any order, any repetition, one result, in every view.
    @Test func everyOrderShowsTheSame() throws {
        try Budget.current("causality").run { random in
            let hint = Comment(rawValue: random.description)
            let writes = Self.day(using: &random)
            var first = EntityState(id: .stop)
            for write in writes { write.apply(to: &first) }
            var second = EntityState(id: .stop)
            for write in Self.shuffled(writes, using: &random) { write.apply(to: &second) }
            try #require(first == second, hint)
            try #require(first.stop == second.stop && first.account() == second.account(), hint)
            try #require(ReviewRules.findings(in: first) == ReviewRules.findings(in: second), hint)
        }
    }

    /// 3: what was handed over stays handed over, whatever the office does; only a correction by
    /// name takes it back.
    @Test func nothingDeliveredBecomesUndelivered() throws {
        try Budget.current("causality").run { random in
            let hint = Comment(rawValue: random.description)
            var state = EntityState(id: .stop)
            var delivered = Quantities()
            for write in Self.day(using: &random) {
                write.apply(to: &state)
                let isCorrecting = write.bodies.contains(where: Self.isCorrection)
                let stop = state.stop
                if !isCorrecting {
                    try #require(delivered.isCovered(by: stop.delivered), hint)
                    if !delivered.isEmpty {
                        try #require(
                            [.delivered, .partiallyDelivered].contains(stop.status), hint)
                    }
                }
                delivered = stop.delivered
            }
        }
    }

    /// 4, 5: the stop's figures, the ledger and the counted facts are one sum.
    @Test func figuresAreSumsOfWhatCounts() throws {
        try Budget.current("causality").run { random in
            let hint = Comment(rawValue: random.description)
            var state = EntityState(id: .stop)
            let customer = EntityID(.customer, Bits128(high: 0, low: 1))
            let first = Dot(ReplicaID(install: 1, epoch: 1), 1)
            state.write(first, .plan(.customer, .entity(customer)))
            for write in Self.day(using: &random) { write.apply(to: &state) }
            let stop = state.stop
            let ledger = Ledger(state.ledgerEntries(vehicle: "T1"))
            let minus = Quantities(stop.collected.pairs.map { ($0.product, -$0.count) })
            let change = try #require(minus.flatMap { stop.delivered.adding($0) })
            try #require(ledger.holdings(of: customer) == change, hint)
            let stock = try #require(ledger.stock(of: "T1"))
            try #require(stock.adding(change) == [:], hint)

            var all: Int64 = 0
            for effective in Corrections.effective(state.factRecords) {
                if case .cashReceived(let receipt) = effective.value { all += receipt.amount.cents }
            }
            let account = state.account()
            try #require(account.paid.cents + account.suspected.cents == all, hint)
        }
    }

    /// 7: a hub that opens what it finds after each changeset has, at the end, opened all that the
    /// state shows, and every one of them is open or decided.
    @Test func noContradictionDisappears() throws {
        try Budget.current("causality").run { random in
            let hint = Comment(rawValue: random.description)
            var state = EntityState(id: .stop)
            var opened: Set<ReviewFinding> = []
            for write in Self.day(using: &random) {
                let before = Set(ReviewRules.findings(in: state))
                write.apply(to: &state)
                let now = Set(ReviewRules.findings(in: state))
                // A fact takes no contradiction away but one that a correction resolves.
                let isFact = !write.bodies.contains { if case .plan = $0 { true } else { false } }
                if isFact, !write.bodies.contains(where: Self.isCorrection) {
                    try #require(before.isSubset(of: now), hint)
                }
                opened.formUnion(now)
            }
            try #require(opened.isSuperset(of: ReviewRules.findings(in: state)), hint)
            for finding in opened {
                try #require((1...2).contains(finding.sides.count), hint)
                try #require(Set(finding.sides).count == finding.sides.count, hint)
                try #require(RuleTable.standard.reviews.contains(finding.kind), hint)
            }
        }
    }

    /// 8: clocks that jump change what times are shown, and nothing else.
    @Test func clocksDecideNothing() throws {
        try Budget.current("causality").run { random in
            let hint = Comment(rawValue: random.description)
            let writes = Self.day(using: &random)
            var (sane, mad) = (EntityState(id: .stop), EntityState(id: .stop))
            let times = (0...20).map { _ in Int64.random(in: 0...1 << 40, using: &random) }
            for write in writes {
                write.apply(to: &sane)
                write.apply(to: &mad) { times[Int($0)] }
            }
            try #require(sane.vector == mad.vector, hint)
            for (field, value) in sane.fields {
                let dots = value.siblings.map(\.dot)
                try #require(mad.fields[field]?.siblings.map(\.dot) == dots, hint)
            }
            func contradictions(_ state: EntityState) -> [ReviewFinding] {
                ReviewRules.findings(in: state).filter { $0.kind != .clockFarOff }
            }
            // Which of two contradicting corrections is shown is a label's choice.
            guard !writes.flatMap(\.bodies).contains(where: Self.isCorrection) else { return }
            try #require(contradictions(sane) == contradictions(mad), hint)
            try #require(sane.stop.delivered == mad.stop.delivered, hint)
            try #require(sane.stop.cash == mad.stop.cash, hint)
        }
    }
}
