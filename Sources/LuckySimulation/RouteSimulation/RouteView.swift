public import LuckyModel

/// What a simulated day looks like at one moment.
public struct RouteSnapshot: Sendable {
    struct Line: Sendable {
        var number: Int
        var code: String
        var outcome: String
        var isClosed: Bool
        /// Taps on it that only a phone has.
        var waiting: Int
        /// When the truck was there, or will be, Unix milliseconds.
        var at: Int64?
    }

    var now: Int64
    var route: String
    var stops: [Line]
    /// The stop that the truck is on its way to or stands at; nil: none.
    var current: Int?
    /// Of the way there, 0…1; 1: it stands.
    var part: Double
    var isOnline: Bool
    /// Nil where nothing holds it back, as at the depot before the day begins.
    var kbitS: Int?
    var isPhoneOn: Bool
    var isHubUp: Bool
    var pending: Int
    var received: Int
    var doneAt: Int64?
}

extension RouteSimulation {
    /// The day as it stands.
    public func snapshot() throws -> RouteSnapshot {
        let current = stops.firstIndex { if case .open = $0.outcome { true } else { false } }
        let waiting = ledger.taps.filter { $0.receivedAt == nil }
        let (etas, doneAt) = self.etas(from: current)
        let lines = stops.enumerated().map { index, stop in
            var isClosed = true
            if case .open = stop.outcome { isClosed = false }
            return RouteSnapshot.Line(
                number: stop.row.sequence, code: stop.row.stop.text, outcome: stop.outcome.word,
                isClosed: isClosed, waiting: waiting.count { $0.stop == index },
                at: stop.arrivedAt ?? etas[index])
        }
        let part = truck.leg.map {
            Double(world.now - $0.start) / Double(max(1, $0.end - $0.start))
        }
        return RouteSnapshot(
            now: world.now, route: plan.route.text, stops: lines, current: current,
            part: part ?? 1, isOnline: phone.link.isUp,
            kbitS: phone.link.bytesPerSecond.map { $0 * 8 / 1_000 }, isPhoneOn: phone.isRunning,
            isHubUp: hub.hub != nil, pending: ledger.waiting,
            received: ledger.taps.count - ledger.waiting, doneAt: doneAt)
    }

    /// When the truck will be at each open stop, as it drives and works on average, waits where it is
    /// early, and eats; and when the last is done, nil where none is open.
    private func etas(from current: Int?) -> (arrivals: [Int: Int64], doneAt: Int64?) {
        guard let current else { return ([:], nil) }
        let drive = RouteDrive(settings.profile, plan.date)
        var etas: [Int: Int64] = [:]
        // Where it is next, and when: on a way, at its end.
        var here = truck.leg?.way.last ?? truck.place
        var moment = RouteDrive.Moment(at: truck.leg?.end ?? world.now, hadLunch: hadLunch)
        for index in stops.indices.dropFirst(current) {
            guard case .open = stops[index].outcome else { continue }
            if index > current { drive.eat(&moment) }
            let (row, place) = (stops[index].row, stops[index].place)
            let way = here.flatMap { from in place.map { self.way(from: from, to: $0) } }
            let visit = RouteDrive.Visit(
                place: place, window: (try? shown(index))?.window ?? row.window,
                cylinders: row.quantities.total)
            etas[index] = drive.visit(visit, after: way?.metres ?? 0, &moment)
            here = place ?? here
        }
        return (etas, etas.isEmpty ? nil : moment.at)
    }
}

/// Draws snapshots as lines of a terminal: pure, so that a test can look at them.
public struct RouteView: Sendable {
    let language: Language
    private var recent: [String] = []
    /// Time stands still.
    public var isPaused = false

    /// Nothing has happened yet.
    public init(_ language: Language) { self.language = language }

    /// Takes what happened since the last picture.
    public mutating func add(_ events: [RouteEvent]) {
        recent = Array((recent + events.map { $0.line(in: language) }).suffix(50))
    }

    /// As many lines as fit, none wider than asked.
    public func lines(_ now: RouteSnapshot, width: Int, height: Int) -> [String] {
        let (headline, eta) = (headline(now, width: width), eta(now))
        let isWide = TextWidth.of(headline) + 2 + TextWidth.of(eta) <= width
        let head =
            [eta.isEmpty || !isWide ? headline : headline + "  " + eta]
            + [road(now, width: width), state(now), safe(now)]
            + (eta.isEmpty || isWide ? [] : [eta]) + [""]
        let foot = ["", Phrase.routeKeys.text(in: language)]
        let room = max(2, height - head.count - foot.count)
        let events = recent.suffix(max(1, room / 3))
        let list = stopLines(now, room: room - events.count - 1, width: width)
        return (head + list + [""] + events + foot)
            .prefix(max(1, height)).map { TextWidth.cut($0, to: max(1, width)) }
    }

    private func say(_ phrase: Phrase, _ arguments: [String: String] = [:]) -> String {
        phrase.text(in: language, arguments)
    }

    /// Of a long route's name so much as leaves room for how far it is.
    private func headline(_ now: RouteSnapshot, width: Int) -> String {
        func head(_ route: String) -> String {
            say(
                isPaused ? .routeViewPaused : .routeViewHead,
                [
                    "time": Formats.timeOfDay(now.now), "route": route,
                    "closed": "\(now.stops.count(where: \.isClosed))",
                    "total": "\(now.stops.count)",
                ])
        }
        return head(TextWidth.cut(now.route, to: max(1, width - TextWidth.of(head("")))))
    }

    private func eta(_ now: RouteSnapshot) -> String {
        now.doneAt.map { say(.routeViewETA, ["time": Formats.timeOfDay($0)]) } ?? ""
    }

    /// The truck on its way from door to door.
    private func road(_ now: RouteSnapshot, width: Int) -> String {
        guard let current = now.current, now.stops.indices.contains(current) else {
            return say(.routeViewNoStop)
        }
        let length = max(4, min(40, width - 24))
        let at = max(0, min(length - 1, Int(now.part * Double(length - 1))))
        let way =
            String(repeating: "─", count: at) + "▶"
            + String(repeating: "·", count: length - 1 - at)
        let stop = now.stops[current]
        let time = stop.at.map { Formats.timeOfDay($0) } ?? "–"
        return say(.routeViewRoad, ["way": way, "stop": "\(stop.number)", "time": time])
    }

    private func state(_ now: RouteSnapshot) -> String {
        let link =
            !now.isPhoneOn
            ? say(.routeViewPhoneOff)
            : now.isOnline
                ? now.kbitS.map { say(.routeViewOnline, ["kbit": "\($0)"]) }
                    ?? say(.routeViewOnlineFast) : say(.routeViewOffline)
        return link + "  " + say(now.isHubUp ? .routeViewHubUp : .routeViewHubDown)
    }

    private func safe(_ now: RouteSnapshot) -> String {
        say(.routeViewSafe, ["pending": "\(now.pending)", "received": "\(now.received)"])
    }

    private func stopLines(_ now: RouteSnapshot, room: Int, width: Int) -> [String] {
        guard room > 0 else { return [] }
        let first = max(0, min((now.current ?? 0) - room / 3, now.stops.count - room))
        let columns = columns(now, width: width)
        return now.stops.dropFirst(first).prefix(room).map { stop in
            let mark = stop.number == now.current.map { now.stops[$0].number } ? "▶" : " "
            let outcome = stop.isClosed ? say(.routeOutcome(stop.outcome)) : say(.statusPending)
            let time = stop.at.map { Formats.timeOfDay($0) } ?? "  –  "
            let safe =
                stop.waiting > 0
                ? columns.onPhone : stop.isClosed ? columns.atDepot : ""
            func cell(_ text: String, _ width: Int) -> String {
                TextWidth.padded(TextWidth.cut(text, to: width), to: width)
            }
            return "\(mark) " + TextWidth.aligned("\(stop.number)", to: 3) + "  \(time)  "
                + cell(stop.code, columns.code) + "  " + cell(outcome, columns.outcome) + "  "
                + safe
        }
    }

    /// How wide a stop's code and outcome are, and in which words it is said where it is safe: on a
    /// narrow screen in short ones, and what is cut then is the code, and after it the outcome.
    private func columns(
        _ now: RouteSnapshot, width: Int
    ) -> (code: Int, outcome: Int, onPhone: String, atDepot: String) {
        let codes = now.stops.map { TextWidth.of($0.code) }.max() ?? 0
        let words = now.stops.map { TextWidth.of(say(.routeOutcome($0.outcome))) }.max() ?? 0
        // Mark, number, time, and the gaps.
        let fixed = 18
        let long = (say(.routeViewOnPhone), say(.routeViewAtDepot))
        let wide = fixed + codes + words + max(TextWidth.of(long.0), TextWidth.of(long.1))
        guard wide > width else { return (codes, words, long.0, long.1) }
        let short = (say(.routeViewOnPhoneShort), say(.routeViewAtDepotShort))
        let left = width - fixed - max(TextWidth.of(short.0), TextWidth.of(short.1))
        let code = min(codes, max(4, left - words))
        return (code, max(1, min(words, left - code)), short.0, short.1)
    }
}
