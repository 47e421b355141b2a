public import LuckyModel

/// A driver's day in cash and cylinders: what his own records come to. Derived, like every balance.
public struct DutyDay: Hashable, Sendable {
    /// Whose day.
    public var driver: Identifier
    /// The business day: of the stops, and of each shift's start by its phone's clock.
    public var date: CivilDate
    /// Begun that day, in the order in which they began; each with what was taken while it lasted.
    public var shifts: [Shift]
    /// Change money of all shifts.
    public var float: Money
    /// What he took at the day's stops, as posted, also before he clocked in.
    public var received: Money
    /// The same by stop, without those where he took nothing.
    public var taken: [EntityID: Money]
    /// Handed in at the depot.
    public var dropped: Money
    /// What moved between each truck and the customers, sorted by truck.
    public var trucks: [Truck]
    /// What moved at each stop, sorted by code and id; stops where nothing did are left out.
    public var visits: [Visit]
    /// A sum left its range (L2): the figures that overflowed read 0.
    public var hasOverflow: Bool

    /// A truck's change of stock.
    public struct Truck: Hashable, Sendable {
        /// Nil where the route names none.
        public var vehicle: Identifier?
        /// What left it full and what came back empty.
        public var moved: CylindersMoved
    }

    /// A customer's change of holdings.
    public struct Visit: Hashable, Sendable {
        /// The stop.
        public var stop: EntityID
        /// What it is called.
        public var code: Identifier
        /// The customer's name; empty where it is not known, or not this driver's any more.
        public var customer: String
        /// What went there full and came back empty.
        public var moved: CylindersMoved
    }

    /// A stop of the day, and the truck of its route.
    public struct Doorstep: Hashable, Sendable {
        /// As this replica shows it.
        public var state: EntityState
        /// Nil where the route names none.
        public var vehicle: Identifier?
        /// Whose names are not to be shown any more (L23).
        public var isHandedOver: Bool

        /// Takes the values as they are.
        public init(_ state: EntityState, vehicle: Identifier?, isHandedOver: Bool = false) {
            self.state = state
            self.vehicle = vehicle
            self.isHandedOver = isHandedOver
        }
    }

    /// What should be in the boxes: float + received − dropped; nil where it leaves the range.
    public var box: Money? {
        guard !hasOverflow, let minus = Money(cents: -dropped.cents) else { return nil }
        return float.adding(received)?.adding(minus)
    }

    /// Derives the day. Only what the driver recorded himself counts: gas that another brought to the
    /// same door left another truck.
    /// - Parameters:
    ///   - shifts: the driver's, of any day and in any order.
    ///   - stops: the day's, also those that went to another driver since.
    public init(
        of driver: Identifier, on date: CivilDate, shifts: [EntityState], stops: [Doorstep]
    ) {
        self.driver = driver
        self.date = date
        hasOverflow = false
        (float, received, dropped) = (.zero, .zero, .zero)
        (trucks, visits, taken) = ([], [], [:])

        var receipts: [(at: HLC, amount: Money)] = []
        for stop in stops {
            let here = stop.state.receipts(by: driver)
            receipts += here
            guard let sum = Money.sum(here.map(\.amount)), sum != .zero else { continue }
            taken[stop.state.id] = sum
        }
        let begun = Self.inOrder(shifts).filter { $0.shift(receipts: []).date == date }
        let starts = begun.compactMap(\.dutyStart)
        self.shifts = begun.enumerated().map { index, state in
            let taken = receipts.filter { receipt in
                // Cash taken before he clocked in lies in the first box.
                max(0, (starts.firstIndex { $0 > receipt.at } ?? starts.count) - 1) == index
            }
            // The clock of one phone: what he taps after he has counted the box is later.
            let count = state.dutyCount
            let isLate = { (at: HLC) in count.map { $0 < at } ?? false }
            return state.shift(
                receipts: taken.filter { !isLate($0.at) }.map(\.amount),
                late: taken.filter { isLate($0.at) }.map(\.amount))
        }
        addUp(receipts.map(\.amount))
        move(stops)
    }

    private mutating func addUp(_ receipts: [Money]) {
        func total(_ amounts: [Money]) -> Money {
            let sum = Money.sum(amounts)
            if sum == nil { hasOverflow = true }
            return sum ?? .zero
        }
        hasOverflow = shifts.contains(where: \.hasOverflow)
        float = total(shifts.map(\.float))
        dropped = total(shifts.map(\.dropped))
        received = total(receipts)
    }

    private mutating func move(_ stops: [Doorstep]) {
        let entries = stops.map { stop in
            (stop, stop.state.ledgerEntries(vehicle: stop.vehicle, by: driver))
        }.filter { !$0.1.isEmpty }
        let ledger = Ledger(entries.flatMap(\.1))
        func moved(_ counts: (Ledger.Entry) -> Bool) -> CylindersMoved {
            let moved = ledger.moved(where: counts)
            if moved == nil { hasOverflow = true }
            return moved ?? CylindersMoved()
        }
        let vehicles = Set(entries.map(\.0.vehicle)).sorted { a, b in
            guard let a else { return b != nil }
            return b.map { a < $0 } ?? false
        }
        trucks = vehicles.map { vehicle in
            Truck(vehicle: vehicle, moved: moved { $0.vehicle == vehicle })
        }
        visits = entries.map { stop, entries in
            let refs = Set(entries.map(\.ref))
            let shown = stop.state.stop
            return Visit(
                stop: shown.id, code: shown.code,
                customer: stop.isHandedOver ? "" : shown.customer,
                moved: moved { refs.contains($0.ref) })
        }.sorted { ($0.code, $0.stop) < ($1.code, $1.stop) }
    }

    /// A driver's shifts in the order in which they began, without those that never did.
    public static func inOrder(_ shifts: [EntityState]) -> [EntityState] {
        shifts.compactMap { state in state.dutyStart.map { (state, $0) } }
            .sorted { ($0.1, $0.0.id) < ($1.1, $1.0.id) }.map(\.0)
    }
}

extension EntityState {
    /// When a shift began, by its phone's hybrid clock, which never goes back; nil before.
    fileprivate var dutyStart: HLC? {
        facts(of: .shiftStarted).map(\.stamp.hlc).min()
    }

    /// When the box was counted, likewise; nil before.
    fileprivate var dutyCount: HLC? {
        Shift.count(in: factRecords).flatMap { facts[$0.ref]?.stamp.hlc }
    }

    /// What somebody took here, as posted and as corrected, and when.
    fileprivate func receipts(by author: Identifier) -> [(at: HLC, amount: Money)] {
        counted.effective.compactMap { effective in
            guard case .cashReceived(let receipt) = effective.value,
                effective.record.author == author, let record = facts[effective.record.ref]
            else { return nil }
            return (record.stamp.hlc, receipt.amount)
        }
    }
}
