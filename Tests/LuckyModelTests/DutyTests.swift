import LuckyModel
import Testing

/// Shifts, routes, and the taps that are not about one planned stop.
@Suite struct DutyTests {
    private static func nt(_ dollars: Int64) -> Money { Money.dollars(dollars) ?? .zero }

    @Test func theBoxIsFloatPlusReceiptsMinusDrops() {
        var story = Story()
        story.add(.shiftStarted(ShiftStart(float: Self.nt(5000))))
        story.add(.cashDropped(CashDrop(Self.nt(30_000))))
        story.add(.shiftStarted(ShiftStart(float: Self.nt(1))))
        story.add(.cashDropped(CashDrop(Self.nt(1000))))
        story.add(.shiftEnded(ShiftEnd(counted: Self.nt(900))))
        let id = EntityID(.shift, Bits128(high: 0, low: 1))
        let shift = Shift(
            id: id, facts: story.records, receipts: [Self.nt(20_000), Self.nt(7000)])
        #expect(shift.float == Self.nt(5000) && shift.startedAt == 1 && shift.endedAt == 5)
        #expect(shift.received == Self.nt(27_000) && shift.dropped == Self.nt(31_000))
        #expect(shift.box == Self.nt(1000))
        #expect(shift.difference == Self.nt(-100))
        #expect(shift.lengthMilliseconds == 4 && !shift.hasOverflow)
        let open = Shift(id: id, facts: [], receipts: [])
        #expect(open.box == .zero && open.difference == nil && open.lengthMilliseconds == nil)
    }

    @Test func theBoxReportsItsOverflow() {
        let most = Money(cents: 1_000_000_000) ?? .zero
        let id = EntityID(.shift, Bits128(high: 0, low: 1))
        let shift = Shift(id: id, facts: [], receipts: [most, most])
        #expect(shift.hasOverflow && shift.box == nil)
        // In any order: what leaves the range on the way and comes back is in range.
        let minus = Money(cents: -1_000_000_000) ?? .zero
        #expect(Shift(id: id, facts: [], receipts: [most, most, minus]).box == most)
    }

    /// A correction of cash handed in counts like any other, and two that did not know of each other
    /// are siblings: never a second sum.
    @Test func aDropIsCorrectedAndWithdrawn() throws {
        var story = Story()
        story.add(.shiftStarted(ShiftStart(float: Self.nt(5000))))
        story.add(.cashDropped(CashDrop(Self.nt(300))))
        story.add(.cashDropped(CashDrop(Self.nt(30_000))))
        let id = EntityID(.shift, Bits128(high: 0, low: 1))
        func shift() -> Shift { Shift(id: id, facts: story.records, receipts: []) }
        let wrong = story.records[2].ref
        story.add(try DutyRules.correctDrop(in: story.records, to: Self.nt(3000)))
        #expect(shift().dropped == Self.nt(3300) && shift().box == Self.nt(1700))
        #expect(shift().drops.last?.recorded == Self.nt(30_000))
        story.add(try DutyRules.correctDrop(in: story.records, to: nil, of: wrong.change))
        #expect(shift().dropped == Self.nt(300) && shift().drops.last?.amount == nil)
        // Without a name the last is meant, and never the one before it.
        #expect(throws: StopRefusal.noSuchDrop) {
            try DutyRules.correctDrop(in: story.records, to: nil)
        }
        let first = story.records[1].ref
        story.add(try DutyRules.correctDrop(in: story.records, to: Self.nt(400)))
        #expect(shift().dropped == Self.nt(400) && shift().drops.last?.amount == nil)
        story.add(try DutyRules.correctDrop(in: story.records, to: nil, of: first.change))
        #expect(shift().dropped == .zero)
        #expect(throws: StopRefusal.noSuchDrop) {
            try DutyRules.correctDrop(in: story.records, to: Self.nt(1))
        }
        #expect(throws: StopRefusal.noSuchDrop) {
            try DutyRules.dropShift(of: nil, among: [Self.shift(1)])
        }
    }

    /// A count or change money that was typed wrong is corrected; when the shift was stays.
    @Test func aCountIsCorrected() throws {
        var story = Story()
        let id = EntityID(.shift, Bits128(high: 0, low: 1))
        func shift() -> Shift { Shift(id: id, facts: story.records, receipts: [Self.nt(500)]) }
        func correct(_ kind: FactKind, _ amount: Int64) throws {
            story.add(try DutyRules.correct(kind, in: story.records, to: Self.nt(amount)))
        }
        #expect(throws: StopRefusal.offDuty) { try correct(.shiftStarted, 1) }
        story.add(.shiftStarted(ShiftStart(float: Self.nt(50_000))))
        #expect(throws: StopRefusal.onDuty) { try correct(.shiftEnded, 1) }
        try correct(.shiftStarted, 5000)
        #expect(shift().float == Self.nt(5000) && shift().box == Self.nt(5500))
        story.add(.shiftEnded(ShiftEnd(counted: Self.nt(550))))
        story.add(.cashDropped(CashDrop(Self.nt(5000))))
        let before = shift()
        #expect(before.difference == Self.nt(-4950))
        try correct(.shiftEnded, 5400)
        try correct(.shiftEnded, 5500)
        let after = shift()
        #expect(after.counted == Self.nt(5500) && after.difference == .zero)
        #expect(after.endedAt == before.endedAt && after.startedAt == before.startedAt)
        // What was handed in after the count still is after it.
        #expect(after.droppedLate == Self.nt(5000))
        #expect(throws: StopRefusal.outOfRange) { try correct(.shiftEnded, -1) }
        // Nobody had counted: then the correction says so.
        var other = Story()
        other.add(.shiftStarted(ShiftStart(float: .zero)))
        other.add(.shiftEnded(ShiftEnd(counted: nil)))
        #expect(Shift(id: id, facts: other.records, receipts: []).counted == nil)
        other.add(try DutyRules.correct(.shiftEnded, in: other.records, to: .zero))
        #expect(Shift(id: id, facts: other.records, receipts: []).counted == .zero)
    }

    /// Nobody hands in so much: it is refused, and one that comes all the same leaves the box readable.
    @Test func aDropBeyondAnyBox() throws {
        let most = try #require(Money(cents: Bounds.boxCents))
        let beyond = try #require(Money(cents: Bounds.boxCents + 1))
        let open = Self.shift(1)
        #expect(throws: StopRefusal.tooMuchCash) { try DutyRules.dropCash(beyond, from: open) }
        #expect(throws: StopRefusal.tooMuchCash) { try DutyRules.startShift(float: beyond) }
        #expect(throws: StopRefusal.tooMuchCash) { try DutyRules.end(open, counted: beyond) }
        #expect(try DutyRules.dropCash(most, from: open) == .cashDropped(CashDrop(most)))
        let all = try #require(Money(cents: Bounds.moneyCents))
        let told = Self.shift(
            1, .cashDropped(CashDrop(all)), .cashDropped(CashDrop(all)),
            .cashDropped(CashDrop(Self.nt(1000))))
        #expect(!told.hasOverflow && told.box == Self.nt(4000))
        #expect(told.leftOut.map(\.amount) == [all, all])
        #expect(Money.isTooLarge(text: "NT$10,000,001") && Money.isTooLarge(text: "99999999999999"))
        #expect(!Money.isTooLarge(text: "10000000") && !Money.isTooLarge(text: "1e9"))
    }

    /// What is recorded after the count is in the box, and not in what was counted wrong.
    @Test func cashAfterTheCount() {
        var story = Story()
        story.add(.shiftStarted(ShiftStart(float: Self.nt(5000))))
        story.add(.cashDropped(CashDrop(Self.nt(3000))))
        story.add(.shiftEnded(ShiftEnd(counted: Self.nt(2900))))
        story.add(.cashDropped(CashDrop(Self.nt(2900))))
        let shift = Shift(
            id: EntityID(.shift, Bits128(high: 0, low: 1)), facts: story.records, receipts: [],
            late: [Self.nt(700)])
        #expect(shift.difference == Self.nt(900) && shift.boxAtCount == Self.nt(2000))
        #expect(shift.droppedLate == Self.nt(2900) && shift.receivedLate == Self.nt(700))
        #expect(shift.box == Self.nt(-200) && shift.hasLate)
    }

    private static func stop(_ number: UInt64, sequence: Int64) -> Stop {
        Stop(
            id: EntityID(.stop, Bits128(high: 0, low: number)),
            plan: { $0 == .sequence && sequence > 0 ? .integer(sequence) : .none }, facts: [])
    }

    /// Scenario 14: what was visited keeps its order; the driver's wish is for what is open.
    @Test func theOrderOfARoute() {
        let stops = [(1, 3), (2, 2), (3, 1), (4, 0), (5, 4)].map {
            Self.stop(UInt64($0.0), sequence: Int64($0.1))
        }
        func route(mandatory: Bool, wish: [Int]) -> Route {
            var story = Story()
            story.add(.suggestedOrder(OrderSuggestion(stops: [stops[1].id])))
            story.add(.suggestedOrder(OrderSuggestion(stops: wish.map { stops[$0 - 1].id })))
            return Route(
                id: EntityID(.route, Bits128(high: 0, low: 1)),
                plan: { $0 == .orderIsMandatory ? .flag(mandatory) : .none },
                facts: story.records, stops: stops)
        }
        func order(_ route: Route, _ visits: [Int: Int64] = [:]) -> [UInt64] {
            let moments = Dictionary(
                uniqueKeysWithValues: visits.map { (stops[$0.key - 1].id, $0.value) })
            var route = route
            for index in route.stops.indices where moments[route.stops[index].id] != nil {
                route.stops[index].status = .arrived
            }
            return route.order(visits: moments).map(\.id.key.low)
        }
        #expect(order(route(mandatory: false, wish: [])) == [3, 2, 1, 5, 4])
        #expect(order(route(mandatory: false, wish: [5, 1])) == [5, 1, 3, 2, 4])
        #expect(order(route(mandatory: true, wish: [5, 1])) == [3, 2, 1, 5, 4])
        #expect(order(route(mandatory: true, wish: []), [5: 10, 1: 20]) == [5, 1, 3, 2, 4])
        #expect(order(route(mandatory: false, wish: [4, 2]), [5: 10, 1: 5]) == [1, 5, 4, 2, 3])
        // It failed, and is to be tried again: where the office has put it, not before all others.
        let again = route(mandatory: false, wish: []).order(visits: [stops[4].id: 10])
        #expect(again.map(\.id.key.low) == [3, 2, 1, 5, 4])
    }

    @Test func aRouteStartsOnceAndEndsWithEveryStopClosed() throws {
        var story = Story()
        for fact: Fact in [.routeStarted, .routeStarted, .routeCompleted, .routeCompleted] {
            story.add(fact)
        }
        func route(_ stops: [Stop], _ facts: [FactRecord] = []) -> Route {
            Route(
                id: EntityID(.route, Bits128(high: 0, low: 1)), plan: { _ in .none },
                facts: facts, stops: stops)
        }
        let done = route([], story.records)
        #expect(done.startedAt == 1 && done.completedAt == 3)
        #expect(throws: StopRefusal.stopsOpen(1)) {
            try DutyRules.complete(route([Self.stop(1, sequence: 1)]))
        }
        #expect(try DutyRules.complete(route([])) == .routeCompleted)
        let own = try #require(story.records.first)
        #expect(throws: StopRefusal.alreadySaid) {
            try DutyRules.checkUnsaid(.routeStarted, by: own.author, among: [own])
        }
        // Whoever drove it before does not speak for him, nor does the office.
        try DutyRules.checkUnsaid(.routeStarted, by: "drv-9", among: [own])
        try DutyRules.checkUnsaid(.routeCompleted, by: own.author, among: [own])
        var office = own
        office.role = .dispatcher
        try DutyRules.checkUnsaid(.routeStarted, by: own.author, among: [office])
    }

    @Test func tapsAreChecked() throws {
        let minus = Self.nt(-1)
        #expect(throws: StopRefusal.outOfRange) { try DutyRules.startShift(float: minus) }
        let open = Self.shift(1)
        #expect(throws: StopRefusal.outOfRange) { try DutyRules.end(open, counted: minus) }
        #expect(throws: StopRefusal.outOfRange) { try DutyRules.dropCash(.zero, from: open) }
        #expect(throws: StopRefusal.outOfRange) { try DutyRules.readMeter(milli: -1) }
        #expect(throws: StopRefusal.outOfRange) { try DutyRules.readMeter(milli: 1 << 53) }
        let long = String(repeating: "a", count: Bounds.textBytes + 1)
        let name = Identifier(String(repeating: "a", count: Bounds.nameBytes + 1))
        let refused: [(AddedStop, StopRefusal)] = [
            (AddedStop(note: long), .textTooLong), (AddedStop(address: long), .textTooLong),
            (AddedStop(customer: long), .textTooLong), (AddedStop(code: name), .outOfRange),
            (AddedStop(price: minus), .outOfRange),
            (AddedStop(customer: "王\n小姐"), .controlCharacter),
            (AddedStop(code: "X\u{1B}1"), .controlCharacter),
            (AddedStop(address: "\u{0}"), .controlCharacter),
            (AddedStop(phone: "089\n1"), .controlCharacter), (AddedStop(phone: long), .textTooLong),
            (
                AddedStop(coordinate: Coordinate(latitudeE7: 900_000_001, longitudeE7: 0)),
                .outOfRange
            ),
        ]
        for (stop, refusal) in refused {
            #expect(throws: refusal) {
                try StopRules.add(
                    stop, to: Story().stop(), handover: Handover(delivered: [.kg20: 1]),
                    recipient: nil, cash: nil)
            }
        }
        let added = try StopRules.add(
            AddedStop(), to: Story().stop(), handover: Handover(delivered: [.kg20: 1]),
            recipient: "王", cash: Self.nt(1))
        #expect(added.map(\.kind) == [.stopAdded, .handedOver, .cashReceived])
        #expect(throws: StopRefusal.nothingHandedOver) {
            try StopRules.add(
                AddedStop(), to: Story().stop(), handover: Handover(delivered: [:]),
                recipient: nil, cash: nil)
        }
        #expect(
            try DutyRules.dropCash(Self.nt(1), from: open) == .cashDropped(CashDrop(Self.nt(1))))
        #expect(try DutyRules.end(open, counted: nil) == .shiftEnded(ShiftEnd()))
    }

    private static func shift(_ number: UInt64, _ facts: Fact...) -> Shift {
        var story = Story()
        for fact in [.shiftStarted(ShiftStart(float: nt(5000)))] + facts { story.add(fact) }
        return Shift(
            id: EntityID(.shift, Bits128(high: 0, low: number)), facts: story.records, receipts: [])
    }

    /// One shift at a time; which one a tap is about is found by rule, and cash is handed in last.
    @Test func oneShiftAtATime() throws {
        let (open, other) = (Self.shift(1), Self.shift(2))
        let over = Self.shift(3, .shiftEnded(ShiftEnd()))
        let never = Shift(id: open.id, facts: [], receipts: [])
        #expect(open.isOpen && !over.isOpen && !never.isOpen)
        #expect(throws: Never.self) { try DutyRules.checkOffDuty([over, never]) }
        #expect(throws: StopRefusal.onDuty) { try DutyRules.checkOffDuty([over, open]) }
        #expect(try DutyRules.openShift(among: [over, open]) == open)
        #expect(try DutyRules.lastShift(among: [open, over]) == open)
        #expect(try DutyRules.lastShift(among: [never, over]) == over)
        for shifts in [[], [over], [never]] {
            #expect(throws: StopRefusal.offDuty) { try DutyRules.openShift(among: shifts) }
        }
        #expect(throws: StopRefusal.offDuty) { try DutyRules.lastShift(among: [never]) }
        #expect(throws: StopRefusal.severalShifts(2)) {
            try DutyRules.openShift(among: [open, other])
        }
        #expect(throws: StopRefusal.severalShifts(2)) {
            try DutyRules.lastShift(among: [open, other])
        }
        #expect(throws: StopRefusal.offDuty) { try DutyRules.end(over, counted: nil) }
        #expect(throws: StopRefusal.offDuty) { try DutyRules.dropCash(Self.nt(1), from: never) }
        #expect(try DutyRules.dropCash(Self.nt(1), from: over).kind == .cashDropped)
        // 00:30 in Taipei is the day before in Greenwich.
        #expect(open.date == CivilDate(text: "1970-01-01"))
    }

    /// The decision on proof is one line: turned over, a handover with nothing to show is refused.
    @Test func proofIsAPolicy() throws {
        let stop = Story().stop()
        let handover = Handover(delivered: [.kg20: 2])
        var strict = Policy.standard
        strict.needsProof = true
        #expect(throws: StopRefusal.proofMissing) {
            try StopRules.complete(
                stop, handover: handover, recipient: nil, cash: nil, policy: strict)
        }
        for (recipient, picture) in [("王", false), (nil, true)] as [(String?, Bool)] {
            let facts = try StopRules.complete(
                stop, handover: handover, recipient: recipient, cash: nil, hasPicture: picture,
                policy: strict)
            #expect(facts.count == 1)
        }
        #expect(
            try StopRules.complete(stop, handover: handover, recipient: nil, cash: nil).count == 1)
        #expect(Set(Policy.standard.decisions.map(\.name)).count == 5)
    }
}
