internal import Foundation
internal import LuckyHub
public import LuckyModel
internal import LuckySchemas

/// One truck's day as the office planned it, made ready to be simulated: its depot is
/// ``LuckyModel/Identifier/simulation``, which no real hub keeps.
public struct RoutePlan: Sendable {
    /// In the office's order.
    public var rows: [PlanRow]
    /// The business day.
    public var date: CivilDate
    /// The route's code.
    public var route: Identifier
    /// Whose route it is.
    public var driver: Identifier
    /// All routes that were to choose from, in the order of the file.
    public var choices: [Identifier]

    /// Takes one route out of a plan file.
    /// - Parameters:
    ///   - bytes: CSV or JSON, as ``PlanFile`` reads them.
    ///   - route: its code; nil: the first of the file.
    ///   - day: nil: the first that the route has.
    /// - Throws: ``RouteFault`` for a file that cannot be read, a row that cannot be taken, or a
    ///   route or day that is not in it.
    public static func read(
        _ bytes: some Sequence<UInt8>, route: String? = nil, on day: CivilDate? = nil
    ) throws(RouteFault) -> RoutePlan {
        let file: PlanFile
        do throws(PlanFileError) { file = try PlanFile.parse(bytes) } catch {
            throw RouteFault(.routePlanBad, rejections: [error.problem])
        }
        guard file.rejected.isEmpty else {
            throw RouteFault(.routePlanBad, rejections: file.rejected)
        }
        return try RoutePlan(file.rows, route: route, on: day)
    }

    /// The project's own day.
    public static func demo(
        route: String? = nil, on day: CivilDate? = nil
    ) throws(RouteFault) -> RoutePlan {
        try read(LuckySchemas.taitungDayCSV.utf8, route: route, on: day)
    }

    private init(
        _ all: [PlanRow], route: String?, on day: CivilDate?
    ) throws(RouteFault) {
        let rows = day.map { day in all.filter { $0.date == day } } ?? all
        guard !rows.isEmpty || all.isEmpty else {
            let dates = Set(all.map(\.date.text)).sorted().joined(separator: " · ")
            throw RouteFault(.routeNotThatDay, ["date": day?.text ?? "–", "dates": dates])
        }
        var choices: [Identifier] = []
        for row in rows where !choices.contains(row.route) { choices.append(row.route) }
        self.choices = choices
        guard !choices.isEmpty else { throw RouteFault(.routePlanEmpty) }
        let wanted = route.map { Identifier($0) } ?? choices.first
        guard let first = rows.first(where: { $0.route == wanted }) else {
            throw RouteFault(
                .routeUnknown,
                [
                    "route": route ?? "–",
                    "routes": choices.map(\.text).joined(separator: " · "),
                ])
        }
        (date, driver, self.route) = (first.date, first.driver, first.route)
        self.rows = rows.filter { $0.route == first.route && $0.date == first.date }
            .sorted { $0.sequence < $1.sequence }
            .map { row in
                var row = row
                row.depot = .simulation
                return row
            }
    }

    /// The plan file that the simulated office imports.
    var file: Data { Data(PlanFile.csv(rows).utf8) }
}

extension RoutePlan {
    /// A recorded drive as a route: its waypoints or route points are the stops; where it has only a
    /// track, the places where the truck stood for two minutes or more.
    /// - Parameter date: the business day that it is to be played on.
    /// - Throws: ``RouteFault`` where nothing of that is in it.
    public static func gpx(_ text: String, date: CivilDate) throws(RouteFault) -> RoutePlan {
        // Half of a file would be half of a route.
        let isWhole = !text.contains("<gpx") || text.contains("</gpx>")
        guard isWhole else { throw RouteFault(.routeGPXCut) }
        let places = GPX(text).stops
        guard !places.isEmpty else { throw RouteFault(.routeGPXBad) }
        let cells = places.enumerated().map { index, place in
            var cells = PlanCells()
            cells.date = date.text
            cells.depot = Identifier.simulation.text
            cells.route = "GPX"
            cells.driver = "drv-gpx"
            cells.sequence = "\(index + 1)"
            cells.stop = "gpx-\(index + 1)"
            cells.customer = place.name
            cells.lat = place.lat
            cells.lng = place.lng
            cells.items = "20kg*1"
            cells.price = "950"
            cells.payment = PaymentMethod.cash.rawValue
            return cells
        }
        guard let bytes = try? OfficeJSON.encode(cells) else { throw RouteFault(.routeGPXBad) }
        return try read(bytes)
    }
}

/// The points of a GPX file, found by their tags: enough for what a navigation device writes.
struct GPX {
    struct Point: Hashable, Sendable {
        var lat: String
        var lng: String
        var name: String
        /// Unix seconds; nil where the file says nothing.
        var second: Double?

        var coordinate: Coordinate? {
            guard let lat = Double(lat), let lng = Double(lng), (-85...85).contains(lat),
                (-180...180).contains(lng)
            else { return nil }
            return Coordinate(
                latitudeE7: Int32((lat * 1e7).rounded()),
                longitudeE7: Int32((lng * 1e7).rounded()))
        }
    }

    private(set) var marked: [Point] = []
    private(set) var track: [Point] = []

    /// A place where the track stays within so many metres for so many seconds is a stop.
    static let dwellMetres = 60.0
    static let dwellSeconds = 120.0

    init(_ text: String) {
        for tag in ["wpt", "rtept"] where marked.isEmpty { marked = Self.points(tag, in: text) }
        if marked.isEmpty { track = Self.points("trkpt", in: text) }
    }

    /// Waypoints as they are; of a track where it begins, where it stood, and where it ends.
    var stops: [Point] { marked.isEmpty ? dwells : marked }

    private var dwells: [Point] {
        guard let first = track.first, let last = track.last else { return [] }
        var stops = [first]
        var begin = 0
        for index in track.indices {
            guard let here = track[index].coordinate, let there = track[begin].coordinate,
                RouteMap.metres(here, there) > Self.dwellMetres
            else { continue }
            let times = (track[begin].second, track[max(begin, index - 1)].second)
            if begin > 0, let from = times.0, let to = times.1, to - from >= Self.dwellSeconds {
                stops.append(track[begin])
            }
            begin = index
        }
        return track.count > 1 ? stops + [last] : stops
    }

    private static func points(_ tag: String, in text: String) -> [Point] {
        var points: [Point] = []
        var rest = Substring(text)
        while let open = rest.range(of: "<\(tag) ") {
            rest = rest[open.upperBound...]
            guard let close = rest.firstIndex(of: ">") else { break }
            let head = rest[..<close]
            rest = rest[rest.index(after: close)...]
            var body: Substring = ""
            if !head.hasSuffix("/"), let end = rest.range(of: "</\(tag)>") {
                body = rest[..<end.lowerBound]
                rest = rest[end.upperBound...]
            }
            guard let lat = attribute("lat", in: head), let lng = attribute("lon", in: head)
            else { continue }
            let point = Point(
                lat: lat, lng: lng, name: element("name", in: body) ?? "",
                second: element("time", in: body).flatMap(seconds))
            if point.coordinate != nil { points.append(point) }
        }
        return points
    }

    private static func attribute(_ name: String, in head: Substring) -> String? {
        for quote in ["\"", "'"] {
            guard let open = head.range(of: "\(name)=\(quote)") else { continue }
            let rest = head[open.upperBound...]
            if let close = rest.range(of: quote) { return String(rest[..<close.lowerBound]) }
        }
        return nil
    }

    private static func element(_ name: String, in body: Substring) -> String? {
        guard let open = body.range(of: "<\(name)>") else { return nil }
        let rest = body[open.upperBound...]
        guard let close = rest.range(of: "</\(name)>") else { return nil }
        let entities = [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&"),
        ]
        return entities.reduce(String(rest[..<close.lowerBound])) {
            $0.replacingOccurrences(of: $1.0, with: $1.1)
        }
    }

    private static func seconds(_ text: String) -> Double? {
        let whole = Date.ISO8601FormatStyle()
        let time =
            (try? whole.parse(text))
            ?? (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
        return time?.timeIntervalSince1970
    }
}
