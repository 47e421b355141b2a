public import LuckyCausality
public import LuckyModel
internal import LuckyStore

// Duty: clock in with the change money, hand in cash, clock out. One shift at a time, found by rule.
extension Driver {
    /// The driver came on duty.
    ///
    /// The shift is ``LuckyModel/EntityID/init(_:madeBy:)`` of the commit's change.
    /// - Parameter float: change money in the box, in 1/100 NT$.
    /// - Throws: ``LuckyModel/StopRefusal/onDuty`` also where another phone of this driver clocked
    ///   in and this one has heard of it.
    @discardableResult
    public func startShift(
        float: Money, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let id = change ?? changeIDs.next()
        let shift = EntityID(.shift, madeBy: id)
        _ = try await first(id) { shifts throws(StopRefusal) in
            try DutyRules.checkOffDuty(shifts)
            return shift
        }
        let fact = Fact.shiftStarted(ShiftStart(float: float))
        return try await commit(id, on: shift, isNew: true, asked: [fact]) {
            _ throws(StopRefusal) in
            [try DutyRules.startShift(float: float)]
        }
    }

    /// The driver went off duty.
    /// - Parameters:
    ///   - counted: what was counted in the box, in 1/100 NT$; nil where nobody counted.
    ///   - shift: which; nil: the one that is open.
    @discardableResult
    public func endShift(
        counted: Money? = nil, of shift: EntityID? = nil, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let id = change ?? changeIDs.next()
        let found = try await first(id) { shifts throws(StopRefusal) in
            if let shift { return shift }
            return try DutyRules.openShift(among: shifts).id
        }
        let fact = Fact.shiftEnded(ShiftEnd(counted: counted))
        return try await commit(id, on: found, asked: [fact]) { state throws(StopRefusal) in
            [try DutyRules.end(state.shift(receipts: []), counted: counted)]
        }
    }

    /// Cash was handed in at the depot.
    /// - Parameters:
    ///   - amount: in 1/100 NT$, above zero.
    ///   - shift: whose box it came from; nil: that of the open shift, or, where none is open, of
    ///     the last.
    @discardableResult
    public func dropCash(
        _ amount: Money, from shift: EntityID? = nil, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let id = change ?? changeIDs.next()
        let found = try await first(id) { shifts throws(StopRefusal) in
            if let shift { return shift }
            return try DutyRules.lastShift(among: shifts).id
        }
        let fact = Fact.cashDropped(CashDrop(amount))
        return try await commit(id, on: found, asked: [fact]) { state throws(StopRefusal) in
            [try DutyRules.dropCash(amount, from: state.shift(receipts: []))]
        }
    }

    /// Cash that was handed in was recorded wrong: the original stays, the correction counts.
    /// - Parameters:
    ///   - drop: the tap that recorded or corrected it; nil: the last one that counts.
    ///   - amount: in 1/100 NT$, above zero; nil: nothing was handed in.
    @discardableResult
    public func correctDrop(
        _ drop: ChangeID? = nil, to amount: Money?, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let id = change ?? changeIDs.next()
        let found = try await first(id) { shifts throws(StopRefusal) in
            try DutyRules.dropShift(of: drop, among: shifts).id
        }
        let asked = Fact.corrected(
            Correction(
                of: FactRef(change: id, index: 0), seen: [],
                to: amount.map { .cashReceived(CashReceipt($0)) } ?? .withdrawn))
        return try await commit(id, on: found, asked: [asked]) { state throws(StopRefusal) in
            [try DutyRules.correctDrop(in: state.factRecords, to: amount, of: drop)]
        }
    }

    /// What was counted in the box was recorded wrong: the original stays, the correction counts, and
    /// when the shift ended is as it was.
    /// - Parameters:
    ///   - amount: in 1/100 NT$.
    ///   - shift: which; nil: the last one that has ended.
    @discardableResult
    public func correctCount(
        to amount: Money, of shift: EntityID? = nil, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        try await correct(.shiftEnded, to: amount, of: shift, change: change) { $0.endedAt != nil }
    }

    /// The change money that a shift began with was recorded wrong, likewise.
    /// - Parameters:
    ///   - amount: in 1/100 NT$.
    ///   - shift: which; nil: the last one that has begun.
    @discardableResult
    public func correctFloat(
        to amount: Money, of shift: EntityID? = nil, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        try await correct(.shiftStarted, to: amount, of: shift, change: change) { _ in true }
    }

    private func correct(
        _ kind: FactKind, to amount: Money, of shift: EntityID?, change: ChangeID?,
        _ isMeant: @escaping @Sendable (Shift) -> Bool
    ) async throws(DeliveryError) -> Commit {
        let id = change ?? changeIDs.next()
        let found = try await first(id) { shifts throws(StopRefusal) in
            if let shift { return shift }
            let begun = shifts.filter { $0.startedAt != nil }
            guard let last = begun.last(where: isMeant) else {
                throw begun.isEmpty ? .offDuty : .onDuty
            }
            return last.id
        }
        let asked = Fact.corrected(
            Correction(
                of: FactRef(change: id, index: 0), seen: [],
                to: .cashReceived(CashReceipt(amount))))
        return try await commit(id, on: found, asked: [asked]) { state throws(StopRefusal) in
            [try DutyRules.correct(kind, in: state.factRecords, to: amount)]
        }
    }

    /// The driver's shifts, this phone's and those heard of, in the order in which they began; what
    /// was taken at stops is in ``dutyDay(on:)``.
    public func shifts() async throws(DeliveryError) -> [Shift] {
        try await read { store throws(StoreError) in try store.shifts() }
    }

    /// What a day comes to: the cash box, the truck's stock, what customers hold.
    /// - Returns: nil where the device's clock is beyond every calendar.
    public func dutyDay(on day: Day) async throws(DeliveryError) -> DutyDay? {
        guard let date = date(of: day) else { return nil }
        return try await read { store throws(StoreError) in try store.dutyDay(on: date) }
    }

    /// Which shift a tap is about. A tap that was made before is about what it was about then,
    /// whatever has become of that since.
    private func first(
        _ change: ChangeID,
        _ rule: @escaping @Sendable ([Shift]) throws(StopRefusal) -> EntityID
    ) async throws(DeliveryError) -> EntityID {
        try await read { store throws(StoreError) in
            if let tap = try store.recorded(change) { return tap.entity }
            if try store.result(of: change) != nil { return EntityID(.shift, madeBy: change) }
            let shifts = try store.shifts()
            do throws(StopRefusal) {
                return try rule(shifts)
            } catch {
                throw StoreError.refused(error)
            }
        }
    }
}
