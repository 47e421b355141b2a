import LuckyCommandLine
import LuckyDriver
import LuckyWire

/// A route as lines a driver reads at a glance.
struct RouteText {
    let output: Output
    /// Of this phone.
    let reviews: [Review]
    /// How many photos and signatures of each stop are gone from this phone.
    let missing: [EntityID: Int]

    init(_ output: Output, reviews: [StoredReview], missing: [EntityID: Int]) {
        self.output = output
        self.reviews = reviews.map(\.review)
        self.missing = missing
    }

    /// With what this phone knows besides its stops.
    init(_ session: Session) async throws {
        self.init(
            session.output, reviews: try await session.driver.reviews(),
            missing: try await session.driver.missingPhotos())
    }

    /// - Parameter handedOver: stops that went to others, and where the driver recorded something.
    func lines(
        _ routes: [StoredRoute], handedOver: [StoredStop], date: CivilDate?
    ) -> [String] {
        let day = date?.text(output.dates) ?? ""
        let gone =
            handedOver.isEmpty
            ? [] : [output.text(.handedOverHeading)] + handedOver.flatMap(stopLines)
        if routes.allSatisfy(\.stops.isEmpty) {
            return [output.text(.routeNone, ["date": day])] + gone
        }
        return lines(routes, day) + gone
    }

    private func lines(_ routes: [StoredRoute], _ day: String) -> [String] {
        routes.flatMap { route in
            let closed = route.stops.filter(\.stop.status.isClosed).count
            let head = output.text(
                .routeHeading,
                [
                    "date": day, "route": route.spokenName(output), "closed": "\(closed)",
                    "total": "\(route.stops.count)",
                ])
            let said: [(Phrase, at: Int64?)] = [
                (.routeSaidOut, route.startedAt), (.routeSaidDone, route.completedAt),
                (.routeClosedByOffice, route.closedAt),
            ]
            let marks = said.compactMap { phrase, at in
                at.map { output.text(phrase, ["time": Formats.moment($0, output.dates)]) }
            }
            return [head] + marks + route.stops.flatMap(stopLines)
        }
    }

    func stopLines(_ stored: StoredStop) -> [String] {
        let stop = stored.stop
        let name = stop.spokenName
        let number = String(repeating: " ", count: max(0, 2 - name.count)) + name
        var first = "\(number)  \(mark(stored))  \(stop.customer)  \(items(stop.ordered))"
        if let price = stop.price { first += "  \(price.text)" }
        if let window = stop.window { first += "  \(Formats.window(window))" }
        var lines = [first]
        let place = [stop.address, stop.phone].filter { !$0.isEmpty }.joined(separator: "  ")
        if !stored.isHandedOver, !place.isEmpty { lines.append("       " + place) }
        if !stop.officeNote.isEmpty {
            lines.append("       " + output.text(.officeNote, ["note": stop.officeNote]))
        }
        lines += outcome(stored).map { "       " + $0 }
        return lines
    }

    private func mark(_ stored: StoredStop) -> String {
        let status = output.text(.status(stored.stop.status))
        let lock = stored.isHandedOver ? output.text(.handedOverMark) : ""
        return status + lock + unsent(stored)
    }

    /// How many records of it have not arrived, whatever they say.
    private func unsent(_ stored: StoredStop) -> String {
        stored.unsent > 0 ? output.text(.waitsHere, ["count": "\(stored.unsent)"]) : ""
    }

    /// What was recorded, and how safe it is.
    private func outcome(_ stored: StoredStop) -> [String] {
        let stop = stored.stop
        var lines: [String] = []
        if stop.isHandled { lines.append(Self.handover(stop, output)) }
        if let failure = stop.failure { lines.append(output.text(.failure(failure))) }
        lines += stop.notes.map { output.text(.hubNote, ["text": $0]) }
        if let count = missing[stop.id] {
            lines.append(
                "⚠ "
                    + output.text(
                        .pictureMissing, ["count": "\(count)", "stop": stop.spokenName]))
        } else if let phrase = stop.pictureWords {
            lines.append(output.text(phrase))
        }
        if stored.notAccepted > 0 {
            lines.append(
                "⚠ " + output.text(.stopNotAccepted, ["count": "\(stored.notAccepted)"]))
        }
        if stored.needsUpdate { lines.append(output.text(.needsUpdate)) }
        if stored.isUnconfirmed { lines.append(output.text(.stopUnconfirmed)) }
        lines += reviews.filter { $0.entity == stop.id && $0.state.needsDecision }
            .map { "⚠ " + $0.sentence(in: output.language, stop: stop.code.text) }
        return lines
    }

    /// What changed hands at a stop.
    static func handover(_ stop: Stop, _ output: Output) -> String {
        func items(_ quantities: Quantities) -> String {
            quantities.isEmpty ? "–" : Formats.quantities(quantities, in: output.language)
        }
        let counts = output.text(
            .handedOverLine,
            [
                "delivered": items(stop.delivered), "collected": items(stop.collected),
                "cash": stop.cash.text,
            ])
        let residual = Phrase.residualWords(stop.residualGrams, in: output.language)
        return ([counts] + residual).joined(separator: "　")
    }

    /// Which cylinders, by their numbers.
    static func serials(_ door: AtTheDoor?, _ output: Output) -> [String] {
        let words = Phrase.serialWords(
            door?.serials ?? [], back: door?.collectedSerials ?? [], in: output.language)
        return words.isEmpty ? [] : [words.joined(separator: "　")]
    }

    /// How meters stood.
    static func readings(_ door: AtTheDoor?, _ output: Output) -> [String] {
        (door?.readings ?? []).map { $0.words(in: output.language) }
    }

    private func items(_ quantities: Quantities) -> String {
        Formats.quantities(quantities, in: output.language)
    }
}

extension Stop {
    /// Cylinders or cash changed hands.
    fileprivate var isHandled: Bool {
        !delivered.isEmpty || !collected.isEmpty || cash != .zero || residualGrams > 0
    }

    /// By code, where a number is what it is called by, and customer; empty where neither says more.
    var who: String {
        [spokenName == code.text ? "" : code.text, customer].filter { !$0.isEmpty }
            .joined(separator: "  ")
    }

    /// What was ordered and is not delivered.
    var missing: Quantities {
        let rest = ordered.pairs.map { ($0.product, $0.count - delivered[$0.product]) }
        return Quantities(rest.filter { $0.1 > 0 }) ?? Quantities()
    }
}

/// An office change as one line.
struct NewsText {
    let output: Output

    init(_ output: Output) { self.output = output }

    func line(_ item: NewsItem, _ stored: StoredStop?) -> String {
        if let route = item.route { return line(item, of: route) }
        let stop = stored.map(\.stop.spokenName) ?? item.entity.hex
        let customer = stored?.stop.customer ?? ""
        let time = Formats.timeOfDay(item.at) + "  " + (customer.isEmpty ? "" : customer + "  ")
        switch item.kind {
        case .edited(let field, let from, let to):
            return time
                + output.text(
                    .newsField,
                    [
                        "stop": stop, "field": output.text(.field(field)),
                        "old": said(from, of: field), "new": said(to, of: field),
                    ])
        case .cancelled:
            let reasons = item.reasons.map { output.text(.newsReason, ["text": $0]) }
            return ([time + output.text(.newsCancelled, ["stop": stop])] + reasons)
                .joined(separator: " · ")
        case .inserted: return time + output.text(.newsAdded, ["stop": stop])
        case .handedOver: return time + output.text(.newsHandedOver, ["stop": stop])
        case .corrected:
            let reasons = item.reasons.map { output.text(.newsReason, ["text": $0]) }
            return ([time + output.text(.newsCorrected, ["stop": stop])] + reasons)
                .joined(separator: " · ")
        }
    }

    private func said(_ value: PlanValue, of field: PlanField) -> String {
        guard field == .date, let number = value.integer.flatMap({ Int32(exactly: $0) }),
            let date = CivilDate(yyyymmdd: number)
        else { return PlanText.value(value) }
        return date.text(output.dates)
    }

    /// A route is called by its day and driver.
    private func line(_ item: NewsItem, of route: NewsItem.Route) -> String {
        var names = [
            "route": route.code.text, "driver": route.driver.text,
            "date": route.date?.text(output.dates) ?? "–",
        ]
        let phrase: Phrase
        switch item.kind {
        case .edited(let field, let from, let to):
            phrase = .newsRouteField
            names["field"] = output.text(.field(field))
            names["old"] = said(from, of: field)
            names["new"] = said(to, of: field)
        case .cancelled: phrase = .newsRouteCancelled
        case .inserted: phrase = .newsRouteAdded
        case .handedOver: phrase = .newsRouteGone
        case .corrected:
            phrase = .newsCorrected
            names["stop"] = route.code.text
        }
        let reasons = item.reasons.map { output.text(.newsReason, ["text": $0]) }
        let head = Formats.timeOfDay(item.at) + "  " + output.text(phrase, names)
        return ([head] + reasons).joined(separator: " · ")
    }
}

/// A plan value as plain text.
enum PlanText {
    static func value(_ value: PlanValue) -> String {
        switch value {
        case .none: "–"
        case .text(let text): text
        case .name(let name): name.text
        case .integer(let number): "\(number)"
        case .flag(let flag): flag ? "✓" : "–"
        case .money(let money): money.text
        case .quantities(let quantities): quantities.text
        case .window(let window): Formats.window(window)
        case .coordinate(let at): "\(at.latitudeE7),\(at.longitudeE7)"
        case .entity(let id): String(id.hex.prefix(8))
        case .unknown: "?"
        }
    }
}

extension StoredRoute {
    /// Its code; what was added without a route has none.
    func spokenName(_ output: Output) -> String {
        code.text.isEmpty ? output.text(.hubNoRoute) : code.text
    }
}

extension Stop {
    /// What is said of a picture that is only on this phone; nil where there is none.
    var pictureWords: Phrase? {
        guard proof == .pending else { return nil }
        return status == .delivered ? .proofPending : .pictureWaits
    }
}
