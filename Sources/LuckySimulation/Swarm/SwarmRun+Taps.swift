internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyStore
internal import LuckyWire

// What drivers tap, and what they are told.
extension SwarmRun {
    /// One tap as drawn: what it is on, and what it says there.
    private struct Touch {
        var tap: SwarmTap
        var entity: EntityID
        var isNew = false
        var number: Int64
        var photo: Photo?
        var route: EntityID
        var date: CivilDate
    }

    func play(
        _ tap: SwarmTap, on device: WorldDevice, stop index: Int, _ step: SwarmStep,
        _ draw: inout SwarmDraw
    ) throws {
        guard device.isRunning, knows(tap, on: device), let id = device.changeIDs.next() else {
            return
        }
        let stop = plan.stops[index]
        var touch = Touch(
            tap: tap, entity: stopID(stop), number: Int64(step.number), route: routeID(stop),
            date: date(stop.day))
        switch tap {
        case .addStop:
            touch.entity = EntityID(.stop, madeBy: id)
            touch.isNew = true
        case .startShift:
            touch.entity = EntityID(.shift, madeBy: id)
            touch.isNew = true
            shifts[device.driver] = touch.entity
        case .endShift:
            guard let shift = shifts[device.driver] else { return }
            touch.entity = shift
        case .startRoute: touch.entity = touch.route
        case .photo, .signature:
            let picture = Data("picture \(step.seed)".utf8)
            touch.photo = try? device.store?.savePhoto(picture, isSignature: tap == .signature)
            guard touch.photo != nil else { return world.noticeDeath(of: device) }
        default: break
        }
        attempt(touch, id, on: device, step, triesLeft: draw.chance(70) ? 5 : 0)
    }

    /// - Parameter triesLeft: how often the app asks again where it was not told what became of it.
    private func attempt(
        _ touch: Touch, _ id: ChangeID, on device: WorldDevice, _ step: SwarmStep, triesLeft: Int
    ) {
        guard device.isRunning, knows(touch.tap, on: device) else {
            return again(touch, id, on: device, step, triesLeft: triesLeft)
        }
        var facts: [Fact] = []
        var entry = SwarmLedger.Tap(
            change: id, entity: touch.entity, driver: device.driver, versions: [], state: .refused,
            step: step.number)
        let ahead = max(device.clockAhead, device.clockAheadMost, 0)
        entry.latest = world.now + ahead + HybridClock.aheadLimitMilliseconds + 1_000
        do throws(StoreError) {
            try world.tap(device, on: touch.entity, id: id, isNew: touch.isNew) {
                state throws(StopRefusal) in
                facts = try self.facts(touch, state)
                return facts
            }
            entry.state = .acknowledged
            entry.versions = facts.isEmpty ? [] : [facts]
            ledger.note(entry, on: device.name)
            tell(
                .traceSaved.with([
                    "name": device.name, "tap": touch.tap.rawValue, "step": "\(step.number)",
                ]))
            try readOwn(entry, on: device)
        } catch {
            trace.mix(error.code)
            entry.versions = facts.isEmpty ? [] : [facts]
            entry.state = device.disk.isDead || error.isUnclear ? .unknown : .refused
            ledger.note(entry, on: device.name)
            tell(
                .traceTapRefused.with([
                    "name": device.name, "tap": touch.tap.rawValue, "step": "\(step.number)",
                    "code": error.code,
                ]))
            if entry.state == .unknown {
                noticeFailure(of: device)
                again(touch, id, on: device, step, triesLeft: triesLeft)
            }
        }
        world.noticeDeath(of: device)
    }

    private func again(
        _ touch: Touch, _ id: ChangeID, on device: WorldDevice, _ step: SwarmStep, triesLeft: Int
    ) {
        guard triesLeft > 0 else { return }
        later.add(world.now + 60_000) { [unowned self] in
            guard ledger[id].map({ $0.state == .unknown }) ?? false, !device.isLost else { return }
            attempt(touch, id, on: device, step, triesLeft: triesLeft - 1)
        }
    }

    /// An app whose store fails ends, and starts again.
    private func noticeFailure(of device: WorldDevice) {
        world.noticeDeath(of: device)
        guard device.isRunning else { return }
        world.kill(device)
        later.add(world.now + 10_000) { [unowned self] in try open(device) }
    }

    /// What was saved is read at once.
    private func readOwn(_ tap: SwarmLedger.Tap, on device: WorldDevice) throws(StoreError) {
        guard let store = device.store, !device.disk.isDead else { return }
        let state = try store.state(of: tap.entity)
        let count = tap.versions.last?.count ?? 0
        for index in 0..<count
        where state?.facts[FactRef(change: tap.change, index: index)] == nil {
            report(
                OwnWritesChecker.name,
                .findOwnFactHidden.with([
                    "name": device.name, "index": "\(index)", "tap": tap.change.hex,
                ]))
        }
    }

    // MARK: What a tap says

    private func facts(
        _ touch: Touch, _ state: EntityState
    ) throws(StopRefusal) -> [Fact] {
        let number = touch.number
        let amount = Money.dollars(100 + number) ?? .zero
        switch touch.tap {
        case .arrive: return [try StopRules.arrive(at: state.stop)]
        case .complete, .completeDespite:
            return try StopRules.complete(
                state.stop, handover: handover(number), recipient: "收件人\(number)",
                cash: number % 3 == 0 ? nil : amount,
                despiteCancel: touch.tap == .completeDespite, quote: state.quote)
        case .fail:
            return [try StopRules.fail(state.stop, reason: .absent, note: "沒人應門")]
        case .note: return [.noteAdded(Note("備註 \(number)"))]
        case .photo, .signature: return touch.photo.map { [.photoTaken($0)] } ?? []
        case .cash: return [.cashReceived(CashReceipt(amount))]
        case .meter: return [try DutyRules.readMeter(milli: number * 1_000)]
        case .suggestAddress:
            return [.suggestedAddress(AddressSuggestion("新址 \(number) 號"))]
        case .look:
            let changes = state.fields.values.flatMap(\.siblings).map(\.ref.change)
            return [.looked(Look(changes: Set(changes).sorted()))]
        case .correctHandover:
            let value = HandedOver(handover(number + 1), attempt: state.stop.attempt)
            return [
                try StopRules.correct(state.factRecords, to: .handedOver(value), kind: .handover)
            ]
        case .correctCash:
            return [
                try StopRules.correct(
                    state.factRecords, to: .cashReceived(CashReceipt(amount)), kind: .cash)
            ]
        case .withdraw:
            return [try StopRules.correct(state.factRecords, to: .withdrawn, kind: .failure)]
        case .addStop:
            let added = AddedStop(
                code: nil, route: touch.route, date: touch.date, price: amount,
                customer: "路邊客人\(number)", address: "路邊", note: nil)
            return try StopRules.add(
                added, to: state.stop, handover: handover(number), recipient: nil, cash: amount)
        case .startShift: return [try DutyRules.startShift(float: amount)]
        case .endShift: return [try DutyRules.end(state.shift(receipts: []), counted: amount)]
        case .startRoute: return [.routeStarted]
        }
    }

    private func handover(_ number: Int64) -> Handover {
        let count = Int(1 + number % 4)
        return Handover(
            delivered: number.isMultiple(of: 2) ? [.kg20: count] : [.kg16: count],
            collected: number % 3 == 0 ? [:] : [.kg20: 1])
    }

    // MARK: Names

    func date(_ day: Int) -> CivilDate {
        CivilDate(taipeiDayAt: start + Int64(day) * SwarmPlan.day) ?? firstDay
    }

    func code(_ stop: SwarmStop) -> String { "\(stop.driver + 1)-\(stop.place)" }

    func routeCode(ofDriver number: Int) -> String { "R\(number + 1)" }

    func stopID(_ stop: SwarmStop) -> EntityID {
        EntityID.planned(
            .stop, [Self.depot, Identifier(date(stop.day).text), Identifier(code(stop))])
    }

    func routeID(_ stop: SwarmStop) -> EntityID {
        EntityID.planned(
            .route,
            [
                Self.depot, Identifier(date(stop.day).text),
                Identifier(routeCode(ofDriver: stop.driver)),
            ])
    }
}

extension StoreError {
    /// Whether the tap may be on disk although the call threw.
    fileprivate var isUnclear: Bool {
        switch self {
        case .refused, .unknownEntity, .outOfBounds, .diskFull, .closed, .readOnly: false
        default: true
        }
    }
}
