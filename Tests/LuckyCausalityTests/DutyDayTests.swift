import LuckyCausality
import LuckyModel
import TestSupport
import Testing

/// A driver's books over random days: invariants 4 and 5 of the domain.
@Suite struct DutyDayTests {
    private static let driver: Identifier = "drv-01"
    private static func day() throws -> CivilDate {
        try #require(CivilDate(taipeiDayAt: morning))
    }
    private static let morning: Int64 = 1_795_312_800_000

    /// What happened, told apart from what is derived of it.
    private struct Truth {
        var delivered: [Product: Int] = [:]
        var collected: [Product: Int] = [:]
        var float: Int64 = 0
        var received: Int64 = 0
        var dropped: Int64 = 0
    }

    /// One phone's day as it writes it: stops, shifts, in the order of its counter.
    private struct Desk {
        var stops: [DutyDay.Doorstep] = []
        var shifts: [EntityState] = []
        var truth = Truth()
        var counter: UInt64 = 0

        /// - Returns: the name of what was written.
        @discardableResult
        mutating func write(
            _ facts: [Fact], to state: inout EntityState, by author: Identifier = driver
        ) -> ChangeID {
            counter += 1
            let replica: ReplicaID = author == driver ? .a : .b
            let dot = Dot(replica, counter)
            let at = morning + Int64(counter) * 60_000
            let stamp = Stamp.by(author, .driver, hlc: at, received: at)
            let changes = facts.enumerated().map {
                Recorded(dot, .fact($1), seen: state.vector, stamp, index: $0)
            }
            state.apply(changes, dot: dot, context: state.vector)
            return ChangeID(high: replica.install, low: counter)
        }
    }

    private static func quantities(using random: inout SeededGenerator) -> Quantities {
        let products: [Product] = [.kg20, .kg16, .kg50]
        let pairs = products.map { (product: $0, count: Int.random(in: 0...3, using: &random)) }
        return Quantities(pairs) ?? [:]
    }

    private static func visit(
        _ number: Int, _ desk: inout Desk, using random: inout SeededGenerator
    ) {
        var state = EntityState(id: EntityID(.stop, Bits128(high: 1, low: UInt64(number))))
        func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
        if draw(0...4) == 0 {
            // Another driver's gas left another truck, and his cash is in another box.
            let theirs = HandedOver(Handover(delivered: [.kg20: 1]), attempt: 1)
            let cash = CashReceipt(Money.dollars(950) ?? .zero)
            desk.write([.handedOver(theirs), .cashReceived(cash)], to: &state, by: "drv-02")
        }
        var handover = Handover(
            delivered: quantities(using: &random), collected: quantities(using: &random))
        // A price of its own for each stop: equal amounts may be one payment told twice.
        var cash = Money.dollars(Int64(number) * 10 + 1) ?? .zero
        let name = desk.write(
            [
                .handedOver(HandedOver(handover, attempt: 1)), .cashReceived(CashReceipt(cash)),
            ], to: &state)
        func correct(_ index: Int, _ replacement: Correction.Replacement) {
            let original = FactRef(change: name, index: index)
            desk.write(
                [.corrected(Correction(of: original, seen: [], to: replacement))], to: &state)
        }
        switch draw(0...5) {
        case 0:
            handover = Handover(delivered: quantities(using: &random))
            correct(0, .handedOver(HandedOver(handover, attempt: 1)))
        case 1:
            handover = Handover(delivered: [:])
            correct(0, .withdrawn)
        case 2:
            cash = Money.dollars(Int64(number) * 10 + 3) ?? .zero
            correct(1, .cashReceived(CashReceipt(cash)))
        default: break
        }
        for pair in handover.delivered.pairs {
            desk.truth.delivered[pair.product, default: 0] += pair.count
        }
        for pair in handover.collected.pairs {
            desk.truth.collected[pair.product, default: 0] += pair.count
        }
        desk.truth.received += cash.cents
        let vehicle: Identifier? = draw(0...3) == 0 ? nil : draw(0...1) == 0 ? "T1" : "T2"
        desk.stops.append(
            DutyDay.Doorstep(state, vehicle: vehicle, isHandedOver: draw(0...5) == 0))
    }

    private static func desk(using random: inout SeededGenerator) -> Desk {
        var desk = Desk()
        var isOnDuty = false
        for number in 1...Int.random(in: 3...14, using: &random) {
            switch Int.random(in: 0...5, using: &random) {
            case 0 where isOnDuty:
                let last = desk.shifts.count - 1
                var shift = desk.shifts[last]
                desk.write([.shiftEnded(ShiftEnd())], to: &shift)
                desk.shifts[last] = shift
                isOnDuty = false
            case 0,
                1 where !isOnDuty:
                var shift = EntityState(
                    id: EntityID(.shift, Bits128(high: 9, low: random.next())))
                let float = Money.dollars(Int64(number) * 1000) ?? .zero
                desk.write([.shiftStarted(ShiftStart(float: float))], to: &shift)
                desk.truth.float += float.cents
                desk.shifts.append(shift)
                isOnDuty = true
            case 2 where !desk.shifts.isEmpty:
                let last = desk.shifts.count - 1
                let drop = Money.dollars(Int64(number)) ?? .zero
                var shift = desk.shifts[last]
                desk.write([.cashDropped(CashDrop(drop))], to: &shift)
                desk.shifts[last] = shift
                desk.truth.dropped += drop.cents
            default: visit(number, &desk, using: &random)
            }
        }
        return desk
    }

    @Test func cylindersAndCashAddUp() throws {
        try Budget.current("causality").run { random in
            let hint = Comment(rawValue: random.description)
            let desk = Self.desk(using: &random)
            let day = DutyDay(
                of: Self.driver, on: try Self.day(), shifts: desk.shifts.shuffled(using: &random),
                stops: desk.stops.shuffled(using: &random))
            try #require(!day.hasOverflow, hint)
            try Self.checkCylinders(day, desk.truth, hint)

            // 5: the box is what came in, less what was handed in; no receipt is in two boxes.
            let truth = desk.truth
            try #require(day.float.cents == truth.float, hint)
            try #require(day.received.cents == truth.received, hint)
            try #require(day.dropped.cents == truth.dropped, hint)
            try #require(
                day.box?.cents == truth.float + truth.received - truth.dropped, hint)
            if !day.shifts.isEmpty {
                let boxes = day.shifts.compactMap { $0.box?.cents }.reduce(0, +)
                try #require(day.box?.cents == boxes, hint)
            }
            try #require(day.shifts.map(\.id) == desk.shifts.map(\.id), hint)
        }
    }

    /// 4: sum(delivered) − sum(returned) per product is the change of holdings, and minus the change
    /// of truck stock.
    private static func checkCylinders(
        _ day: DutyDay, _ truth: Truth, _ hint: Comment
    ) throws {
        for product in [Product.kg20, .kg16, .kg50] {
            let change =
                (truth.delivered[product] ?? 0) - (truth.collected[product] ?? 0)
            let held = day.visits.compactMap { $0.moved.change?[product] }.reduce(0, +)
            let stock = day.trucks.map {
                -$0.moved.delivered[product] + $0.moved.collected[product]
            }.reduce(0, +)
            try #require(held == change && stock == -change, hint)
        }
        for visit in day.visits { try #require(visit.moved.change != nil, hint) }
        try #require(Set(day.trucks.map(\.vehicle)).count == day.trucks.count, hint)
    }

    @Test func aShiftOfAnotherDayIsNotInTheBooks() throws {
        var shift = EntityState(id: EntityID(.shift, Bits128(high: 9, low: 1)))
        var desk = Desk()
        desk.write([.shiftStarted(ShiftStart(float: Money.dollars(5000) ?? .zero))], to: &shift)
        let other = try #require(CivilDate(text: "2026-11-21"))
        let today = DutyDay(of: Self.driver, on: try Self.day(), shifts: [shift], stops: [])
        #expect(today.shifts.count == 1 && today.box == Money.dollars(5000))
        let before = DutyDay(of: Self.driver, on: other, shifts: [shift], stops: [])
        #expect(before.shifts.isEmpty && before.box == .zero && before.trucks.isEmpty)
    }

    @Test func aSumBeyondItsRangeIsReported() throws {
        var desk = Desk()
        let most = CashReceipt(Money(cents: Bounds.moneyCents) ?? .zero)
        let load = HandedOver(Handover(delivered: [.kg20: Quantities.limit]), attempt: 1)
        for number in 1...2 {
            var state = EntityState(id: EntityID(.stop, Bits128(high: 1, low: UInt64(number))))
            desk.write([.handedOver(load), .cashReceived(most)], to: &state)
            desk.stops.append(DutyDay.Doorstep(state, vehicle: "T1"))
        }
        let day = DutyDay(of: Self.driver, on: try Self.day(), shifts: [], stops: desk.stops)
        #expect(day.hasOverflow && day.box == nil && day.received == .zero)
        #expect(day.trucks.map(\.moved) == [CylindersMoved()])
    }
}
