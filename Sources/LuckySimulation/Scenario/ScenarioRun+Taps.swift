internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyStore

extension ScenarioRun {
    func playTap(_ word: String, _ step: CaseValue) throws -> String? {
        let device = try device(step)
        let id = step["same_id_as"]?.text.flatMap { labels[$0] } ?? device.changeIDs.next()
        let isNew = Self.makesKnown(word)
        let entity = entity(of: step, madeBy: isNew ? id : nil, at: device.hub)
        var photo: Photo?
        if word == "photo" {
            photo = try device.store?.savePhoto(
                Data((step["bytes"]?.text ?? "").utf8),
                isSignature: step["signature"]?.flag ?? false)
        }
        let stops =
            try word == "route_complete"
            ? device.store?.routes(on: day).first { $0.id == entity }?.stops.map(\.stop) ?? [] : []
        let news = try word == "seen" ? device.store?.news() ?? [] : []
        do throws(StoreError) {
            let result = try world.tap(
                device, on: entity, id: id, isNew: isNew, nudges: false
            ) { state throws(StopRefusal) in
                try facts(word, step, state, device, photo: photo, news: news, stops: stops)
            }
            if let label = step["as"]?.text { labels[label] = result.change }
            taps.append((device, result.change))
            if let state = try device.store?.state(of: entity) { remember([entity: state]) }
            return nil
        } catch {
            return error.code
        }
    }

    /// Steps whose tap makes an entity known.
    private static func makesKnown(_ word: String) -> Bool {
        word == "add_stop" || word == "shift_start"
    }

    /// - Parameter change: of the tap that makes the entity known; nil where it is known.
    private func entity(
        of step: CaseValue, madeBy change: ChangeID?, at hub: WorldHub
    ) -> EntityID {
        if let shift = step["shift"]?.text { return shiftID(shift, madeBy: change) }
        let code = step["stop"]?.text ?? ""
        if let change {
            let id = EntityID(.stop, madeBy: change)
            if !stops.contains(where: { $0.code == code }) { stops.append((code, id)) }
            return id
        }
        return step["route"].flatMap(\.text).map { routeID($0, at: hub) } ?? stopID(code, at: hub)
    }

    private func facts(
        _ word: String, _ step: CaseValue, _ state: EntityState, _ device: WorldDevice,
        photo: Photo?, news: [NewsItem], stops: [Stop]
    ) throws(StopRefusal) -> [Fact] {
        switch word {
        case "arrive": return [try StopRules.arrive(at: state.stop)]
        case "handover":
            return try StopRules.complete(
                state.stop, handover: Self.handover(step), recipient: step["recipient"]?.text,
                cash: Self.money(step), despiteCancel: step["despite_cancel"]?.flag ?? false,
                quote: state.quote
            ).map { Self.numbered($0, step) }
        case "add_stop":
            return try StopRules.add(
                added(step, at: device.hub), to: state.stop, handover: Self.handover(step),
                recipient: step["recipient"]?.text, cash: Self.money(step)
            ).map { Self.numbered($0, step) }
        case "fail":
            return [
                try StopRules.fail(
                    state.stop, reason: Self.reason(step), note: step["note"]?.text)
            ]
        case "cash": return [.cashReceived(CashReceipt(Self.money(step) ?? .zero))]
        case "correct": return [try correction(step, state)]
        case "note": return [.noteAdded(Note(step["text"]?.text))]
        case "photo": return photo.map { [.photoTaken($0)] } ?? []
        case "suggest_address":
            return [.suggestedAddress(AddressSuggestion(step["address"]?.text))]
        case "suggest_order":
            let codes = step["stops"]?.list?.compactMap(\.text) ?? []
            return [
                .suggestedOrder(
                    OrderSuggestion(stops: codes.map { stopID($0, at: device.hub) }))
            ]
        case "seen":
            let changes = news.filter { $0.entity == state.id }.compactMap(\.change)
            return [.looked(Look(changes: Set(changes).sorted()))]
        case "meter":
            return [
                try DutyRules.readMeter(
                    milli: step["milli"]?.integer ?? 0,
                    product: step["product"]?.text.map { Product(Identifier($0)) })
            ]
        case "shift_start":
            return [try DutyRules.startShift(float: Self.dollars(step["float_ntd"]) ?? .zero)]
        case "shift_end":
            return [
                try DutyRules.end(
                    state.shift(receipts: []), counted: Self.dollars(step["counted_ntd"]))
            ]
        case "route_start": return [.routeStarted]
        case "route_complete": return [try DutyRules.complete(state.route(stops: stops))]
        default: return []
        }
    }

    private func added(_ step: CaseValue, at hub: WorldHub) -> AddedStop {
        // What is no place on earth is refused like any other nonsense.
        let place = [step["lat"]?.text, step["lng"]?.text]
        let nowhere = Coordinate(latitudeE7: .max, longitudeE7: .max)
        return AddedStop(
            code: step["stop"]?.text.map { Identifier($0) },
            route: step["route"]?.text.map { routeID($0, at: hub) }, date: day,
            price: step["price_ntd"]?.integer.flatMap { Money.dollars($0) },
            customer: step["customer"]?.text, address: step["address"]?.text,
            phone: step["phone"]?.text,
            coordinate: place.allSatisfy { $0 == nil }
                ? nil
                : Coordinate(latitude: place[0] ?? "", longitude: place[1] ?? "") ?? nowhere,
            note: step["note"]?.text)
    }

    private func correction(
        _ step: CaseValue, _ state: EntityState
    ) throws(StopRefusal) -> Fact {
        let attempt = state.stop.attempt
        var replacement = Correction.Replacement.withdrawn
        if let handover = step["handover"] {
            replacement = .handedOver(
                Self.numbered(
                    HandedOver(
                        Self.handover(handover), attempt: attempt,
                        recipient: handover["recipient"]?.text), handover))
        } else if let failure = step["failure"] {
            replacement = .failed(
                Failure(Self.reason(failure), attempt: attempt, note: failure["note"]?.text))
        } else if let money = Self.money(step) {
            replacement = .cashReceived(CashReceipt(money))
        }
        return try StopRules.correct(
            state.factRecords, to: replacement,
            kind: CorrectionKind(rawValue: step["what"]?.text ?? "") ?? .handover)
    }

    private static func handover(_ step: CaseValue) -> Handover {
        Handover(
            delivered: quantities(step["delivered"]), collected: quantities(step["collected"]),
            residualGrams: Int(step["residual_grams"]?.integer ?? 0))
    }

    /// A handover with the numbers that were scanned.
    private static func numbered(_ fact: Fact, _ step: CaseValue) -> Fact {
        guard case .handedOver(let value) = fact else { return fact }
        return .handedOver(numbered(value, step))
    }

    private static func numbered(_ handedOver: HandedOver, _ step: CaseValue) -> HandedOver {
        var value = handedOver
        func names(_ key: String) -> [Identifier] {
            Set((step[key]?.list ?? []).compactMap(\.text).map { Identifier($0) }).sorted()
        }
        value.serials = names("serials")
        value.collectedSerials = names("collected_serials")
        return value
    }

    private static func reason(_ step: CaseValue) -> FailureReason {
        step["reason"]?.text.flatMap(FailureReason.init(word:)) ?? .absent
    }

    /// `cash_ntd` or `cash_cents`.
    static func money(_ step: CaseValue) -> Money? {
        dollars(step["cash_ntd"]) ?? step["cash_cents"]?.integer.flatMap { Money(cents: $0) }
    }

    private static func dollars(_ value: CaseValue?) -> Money? {
        value?.integer.flatMap { Money.dollars($0) }
    }

    static func quantities(_ value: CaseValue?) -> Quantities {
        let pairs = (value?.members ?? []).map {
            (product: Product(Identifier($0.key)), count: Int($0.value.integer ?? 0))
        }
        return Quantities(pairs) ?? [:]
    }
}
