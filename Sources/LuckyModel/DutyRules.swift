/// Taps that are not about one planned stop: duty, cash handed in, meters, routes.
public enum DutyRules {
    /// The driver came on duty with so much change money.
    public static func startShift(float: Money) throws(StopRefusal) -> Fact {
        guard float >= .zero else { throw .outOfRange }
        try check(float)
        return .shiftStarted(ShiftStart(float: float))
    }

    /// The driver went off duty.
    /// - Parameters:
    ///   - shift: as the phone shows it; refused where it has ended, or never began.
    ///   - counted: nil where nobody counted the box.
    public static func end(_ shift: Shift, counted: Money?) throws(StopRefusal) -> Fact {
        guard shift.isOpen else { throw .offDuty }
        guard counted.map({ $0 >= .zero }) != false else { throw .outOfRange }
        if let counted { try check(counted) }
        return .shiftEnded(ShiftEnd(counted: counted))
    }

    /// Cash handed in at the depot, also after clocking out: the box is emptied last.
    /// - Parameter shift: whose box it comes from; refused where it never began.
    public static func dropCash(
        _ amount: Money, from shift: Shift
    ) throws(StopRefusal) -> Fact {
        guard shift.startedAt != nil else { throw .offDuty }
        guard amount > .zero else { throw .outOfRange }
        try check(amount)
        return .cashDropped(CashDrop(amount))
    }

    /// Cash that was handed in was recorded wrong: the original stays, the correction counts.
    /// - Parameters:
    ///   - facts: the shift's in display order; every correction that is known counts as seen.
    ///   - amount: above zero; nil: nothing was handed in.
    ///   - change: the tap that recorded or corrected it; nil: the last one, of those that count
    ///     where it is to be another amount: a second withdrawal is no other drop's.
    /// - Throws: ``StopRefusal/noSuchDrop`` where there is none, or it is withdrawn already.
    public static func correctDrop(
        in facts: [FactRecord], to amount: Money?, of change: ChangeID? = nil
    ) throws(StopRefusal) -> Fact {
        if let amount {
            guard amount > .zero else { throw .outOfRange }
            try check(amount)
        }
        let drops = Shift.Drop.all(in: facts).filter { drop in
            drop.isMeant(by: change) && (change != nil || amount == nil || drop.amount != nil)
        }
        guard let drop = drops.last, amount != nil || drop.amount != nil else { throw .noSuchDrop }
        return .corrected(
            Correction(
                of: drop.ref, seen: corrections(of: drop.ref, in: facts),
                to: amount.map { .cashReceived(CashReceipt($0)) } ?? .withdrawn))
    }

    /// The box was counted, or its change money named, wrong: the original stays, the correction
    /// counts, and when the shift began and ended is as it was.
    /// - Parameters:
    ///   - kind: of the clock-out, or of the clock-in.
    ///   - facts: the shift's in display order; every correction that is known counts as seen.
    /// - Throws: ``StopRefusal/offDuty`` before the first clock-in, ``StopRefusal/onDuty`` where a
    ///   count is to be corrected before the clock-out that says it.
    public static func correct(
        _ kind: FactKind, in facts: [FactRecord], to amount: Money
    ) throws(StopRefusal) -> Fact {
        guard amount >= .zero else { throw .outOfRange }
        try check(amount)
        let start = facts.first { $0.fact.kind == .shiftStarted }
        guard let start else { throw .offDuty }
        guard let original = kind == .shiftStarted ? start : Shift.count(in: facts) else {
            throw .onDuty
        }
        return .corrected(
            Correction(
                of: original.ref, seen: corrections(of: original.ref, in: facts),
                to: .cashReceived(CashReceipt(amount))))
    }

    private static func corrections(of original: FactRef, in facts: [FactRecord]) -> [FactRef] {
        facts.compactMap { record -> FactRef? in
            guard case .corrected(let correction) = record.fact, correction.original == original
            else { return nil }
            return record.ref
        }.sorted()
    }

    /// Whose box the cash came from that is to be corrected.
    /// - Parameters:
    ///   - change: as ``correctDrop(in:to:of:)`` takes it.
    ///   - shifts: the driver's, in the order in which they began.
    public static func dropShift(
        of change: ChangeID?, among shifts: [Shift]
    ) throws(StopRefusal) -> Shift {
        let found = shifts.last { shift in shift.drops.contains { $0.isMeant(by: change) } }
        guard let found else { throw .noSuchDrop }
        return found
    }

    private static func check(_ cash: Money) throws(StopRefusal) {
        if cash.cents > Bounds.boxCents { throw .tooMuchCash }
    }

    /// Refused while the driver is on duty, on this phone or, as far as it knows, on another.
    /// - Parameter shifts: the driver's, in any order.
    public static func checkOffDuty(_ shifts: [Shift]) throws(StopRefusal) {
        if shifts.contains(where: \.isOpen) { throw .onDuty }
    }

    /// The shift that a tap is about where the driver names none: the open one.
    /// - Parameter shifts: the driver's, in the order in which they began.
    /// - Throws: ``StopRefusal/offDuty``, or ``StopRefusal/severalShifts(_:)`` where two phones
    ///   clocked in and neither knew of the other: nobody but the driver knows which is meant.
    public static func openShift(among shifts: [Shift]) throws(StopRefusal) -> Shift {
        let open = shifts.filter(\.isOpen)
        guard let only = open.first else { throw .offDuty }
        if open.count > 1 { throw .severalShifts(open.count) }
        return only
    }

    /// Whose box cash is handed in from where the driver names no shift: the open one's; where none
    /// is open, that of the last.
    /// - Parameter shifts: the driver's, in the order in which they began.
    public static func lastShift(among shifts: [Shift]) throws(StopRefusal) -> Shift {
        if shifts.contains(where: \.isOpen) { return try openShift(among: shifts) }
        guard let last = shifts.last(where: { $0.startedAt != nil }) else { throw .offDuty }
        return last
    }

    /// A meter as it stands: also below the last reading, and again on the same day; both are kept.
    public static func readMeter(
        milli: Int64, product: Product? = nil
    ) throws(StopRefusal) -> Fact {
        guard milli >= 0, milli < 1 << 53 else { throw .outOfRange }
        return .meterRead(MeterReading(milli: milli, product: product))
    }

    /// The order in which the driver means to drive; each stop stands there once.
    public static func prefer(order stops: [EntityID]) throws(StopRefusal) -> Fact {
        guard !stops.isEmpty, stops.count <= Bounds.stopsInOrder, Set(stops).count == stops.count
        else { throw .outOfRange }
        return .suggestedOrder(OrderSuggestion(stops: stops))
    }

    /// The driver is done; each stop must be closed first: delivered, failed or cancelled.
    public static func complete(_ route: Route) throws(StopRefusal) -> Fact {
        let open = route.stops.count - route.closedCount
        if open > 0 { throw .stopsOpen(open) }
        return .routeCompleted
    }

    /// What a driver says of a route he says once; what others said of it does not keep him from it.
    /// - Parameter facts: the route's, without those that something has come after since.
    public static func checkUnsaid(
        _ fact: Fact, by driver: Identifier, among facts: [FactRecord]
    ) throws(StopRefusal) {
        let isSaid = facts.contains { $0.fact == fact && $0.author == driver && $0.role == .driver }
        if isSaid { throw .alreadySaid }
    }
}
