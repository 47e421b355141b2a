internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyStore
internal import LuckyWire

// What the driver does at a door: by the same rules as in the app.
extension RouteSimulation {
    var routeEntity: EntityID {
        .planned(.route, [.simulation, Identifier(plan.date.text), plan.route])
    }

    /// As the phone shows it now; nil while the phone is off, and where it has no such stop.
    func shown(_ index: Int) throws -> Stop? {
        try phone.store?.stop(stops[index].entity)?.stop
    }

    func arrive(_ index: Int) throws {
        guard phoneBackAt == nil else { return try again { [unowned self] in try arrive(index) } }
        if stops[index].arrivedAt == nil { stops[index].arrivedAt = world.now }
        if let window = try shown(index)?.window ?? stops[index].row.window {
            let minute = plan.date.minutes(until: world.now)
            stops[index].isLate = minute >= window.endMinute
            if minute < window.startMinute {
                let wait = Int64(window.startMinute - minute) * 60_000
                say(.waits(window), index)
                return after(wait) { [unowned self] in try knock(index, hasWaited: true) }
            }
        }
        try knock(index)
    }

    private func knock(_ index: Int, hasWaited: Bool = false) throws {
        guard phoneBackAt == nil else {
            return try again { [unowned self] in try knock(index, hasWaited: hasWaited) }
        }
        try tap(on: stops[index].entity, stop: index) { state throws(StopRefusal) in
            [try StopRules.arrive(at: state.stop)]
        }
        say(hasWaited ? .opens : .arrived, index)
        let carried = stops[index].row.quantities.pairs.reduce(0) { $0 + $1.count }
        let usual = profileSeconds(carried)
        after(Int64(usual * stops[index].draw.pace / 100) * 1_000) { [unowned self] in
            try close(index)
        }
    }

    private func profileSeconds(_ cylinders: Int) -> Int {
        settings.profile.service.baseS + cylinders * settings.profile.service.perCylinderS
    }

    private func close(_ index: Int) throws {
        guard phoneBackAt == nil else { return try again { [unowned self] in try close(index) } }
        let draw = stops[index].draw
        let door = try shown(index)
        if door?.status.isClosed == true {
            stops[index].outcome = .cancelled
            say(.skipped, index)
            return try goOn(to: index + 1)
        }
        let carried = door?.ordered ?? stops[index].row.quantities
        let photo = try photo(index, draw)
        var outcome = RouteStopRun.Outcome.delivered
        let facts: [Fact]? = try tap(on: stops[index].entity, stop: index) {
            state throws(StopRefusal) in
            if let reason = draw.failure {
                outcome = .failed(reason.word)
                return [try StopRules.fail(state.stop, reason: reason, note: nil)]
            }
            guard !carried.isEmpty else {
                return [try StopRules.note(Phrase.routePatrolled.text(in: .zhHant))]
            }
            let collected = draw.givesNoEmpty ? [:] : carried
            return try StopRules.complete(
                state.stop, handover: Handover(delivered: carried, collected: collected),
                recipient: nil, cash: self.cash(state.stop, draw), quote: state.quote)
                + (photo.map { [.photoTaken($0)] } ?? [])
        }
        if facts != nil {
            stops[index].outcome = outcome
            stops[index].closing = ledger.taps.last?.change
            say(.closed(outcome), index)
        } else if case .refused = stops[index].outcome {
            say(.closed(stops[index].outcome), index)
        }
        try goOn(to: index + 1)
    }

    /// What the driver takes a picture of before he taps; nil: nothing.
    private func photo(_ index: Int, _ draw: RouteDraw) throws -> Photo? {
        guard draw.takesPhoto, draw.failure == nil else { return nil }
        return try phone.store?.savePhoto(
            Data(stops[index].row.stop.text.utf8))
    }

    private func cash(_ stop: Stop, _ draw: RouteDraw) -> Money? {
        guard stop.payment == PaymentMethod.cash.code, !draw.paysNothing else { return nil }
        return stop.price
    }

    /// One tap: what the rule makes of it is written into the ledger once the phone said that it is
    /// saved.
    /// - Returns: nil where the phone refused it.
    @discardableResult
    func tap(
        on entity: EntityID, id: ChangeID? = nil, isNew: Bool = false, stop: Int? = nil,
        _ rule: @escaping (EntityState) throws(StopRefusal) -> [Fact]
    ) throws -> [Fact]? {
        guard phone.isRunning, let id = id ?? phone.changeIDs.next() else { return nil }
        let at = world.now
        var facts: [Fact] = []
        do throws(StoreError) {
            try world.tap(phone, on: entity, id: id, isNew: isNew) { state throws(StopRefusal) in
                facts = try rule(state)
                return facts
            }
        } catch {
            if let stop { stops[stop].outcome = .refused(error.code) }
            return nil
        }
        ledger.note(
            RouteLedger.Tap(
                change: id, entity: entity, facts: facts, at: at, savedAt: world.now,
                device: phone.name, stop: stop))
        sample()
        return facts
    }
}
