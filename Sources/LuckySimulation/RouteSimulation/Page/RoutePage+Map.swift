internal import LuckyModel

// The route on the map: real coordinates, dead zones as circles, stops by outcome.
extension RoutePage {
    /// From places to the picture: north is up, a metre is as long in both directions.
    struct Projection {
        /// Small enough that text of 11 can be read where the page is 390 wide.
        static let width = 400.0
        static let margin = 20.0

        private let west: Double
        private let north: Double
        private let across: Double
        let scale: Double
        let height: Double

        init?(_ places: [RouteResult.Place], reach: Double) {
            guard let first = places.first else { return nil }
            var (south, north) = (first.lat, first.lat)
            var (west, east) = (first.lng, first.lng)
            for place in places {
                (south, north) = (min(south, place.lat), max(north, place.lat))
                (west, east) = (min(west, place.lng), max(east, place.lng))
            }
            // At a pole a degree to the east is no way at all, and nothing can be divided by it.
            across = max(0.01, RouteMap.cosine(ofE7: (south + north) / 2 * 1e7))
            let pad = max(reach, 300) / Self.metresPerDegree
            south -= pad
            north += pad
            west -= pad / across
            east += pad / across
            let wide = (east - west) * across
            let tall = north - south
            let room = Self.width - 2 * Self.margin
            scale = min(room / wide, 520 / tall)
            height = tall * scale + 2 * Self.margin
            self.north = north
            self.west = west - (room / scale - wide) / 2 / across
        }

        static let metresPerDegree = 111_195.0

        func point(_ place: RouteResult.Place) -> (x: Double, y: Double) {
            (
                Self.margin + (place.lng - west) * across * scale,
                Self.margin + (north - place.lat) * scale
            )
        }

        func length(metres: Double) -> Double { metres / Self.metresPerDegree * scale }
    }

    var map: String {
        let places = result.timeline.compactMap(\.place)
        let middles = result.deadZones.map { RouteResult.Place(lat: $0.lat, lng: $0.lng) }
        let reach = Double(result.deadZones.map(\.radiusM).max() ?? 0)
        let all = places + middles + [result.depot].compactMap { $0 } + (result.way ?? [])
        guard !places.isEmpty, let onto = Projection(all, reach: reach) else {
            return "<p>\(HTML.escaped(say(.pageMapNone)))</p>"
        }
        let title = say(
            .pageMapAlt,
            [
                "stops": "\(result.stops)", "delivered": "\(result.delivered)",
                "failed": "\(result.failed)", "cancelled": "\(result.cancelled)",
                "open": "\(result.open)",
            ])
        let parts = zones(onto) + [way(onto)] + depot(onto) + stops(onto) + scale(onto)
        return """
            <svg class="map" viewBox="0 0 \(short(Projection.width)) \(short(onto.height))" role="img" \
            aria-label="\(HTML.escaped(title))">
            <title>\(HTML.escaped(title))</title>
            \(parts.joined(separator: "\n"))
            </svg>
            \(legend)
            """
    }

    func short(_ number: Double) -> String {
        // Plus nothing: -0.0 is 0.0.
        "\((number * 10).rounded() / 10 + 0)"
    }

    private func zones(_ onto: Projection) -> [String] {
        result.deadZones.map { zone in
            let at = onto.point(RouteResult.Place(lat: zone.lat, lng: zone.lng))
            let radius = onto.length(metres: Double(zone.radiusM))
            return "<circle class=\"zone\" data-lat=\"\(zone.lat)\" data-lng=\"\(zone.lng)\" "
                + "cx=\"\(short(at.x))\" cy=\"\(short(at.y))\" r=\"\(short(radius))\" "
                + "fill=\"#eaeef2\" stroke=\"#57606a\" stroke-dasharray=\"4 3\">"
                + "<title>\(HTML.escaped(say(.pageDeadZone)))</title></circle>"
        }
    }

    private func way(_ onto: Projection) -> String {
        let ends = [result.depot].compactMap { $0 }
        let places = result.way ?? ends + result.timeline.compactMap(\.place) + ends
        let points = places.map(onto.point)
        let text = points.map { "\(short($0.x)),\(short($0.y))" }.joined(separator: " ")
        return
            "<polyline points=\"\(text)\" fill=\"none\" stroke=\"#57606a\" stroke-width=\"1\"/>"
    }

    private func depot(_ onto: Projection) -> [String] {
        guard let depot = result.depot else { return [] }
        let at = onto.point(depot)
        return [
            "<g class=\"depot\"><title>\(HTML.escaped(say(.pageDepot)))</title>"
                + "<path d=\"M\(short(at.x - 6)) \(short(at.y + 5))h12v-7l-6 -6l-6 6z\" "
                + "fill=\"#fff\" stroke=\"#1b1f23\" stroke-width=\"1.5\"/></g>"
        ]
    }

    private func stops(_ onto: Projection) -> [String] {
        let shown = result.timeline.enumerated().compactMap { index, stop in
            stop.place.map { (index: index, stop: stop, at: onto.point($0), place: $0) }
        }
        var labels = MapLabels(width: Projection.width, height: onto.height)
        labels.keepFree(x: 0, y: onto.height - 26, width: Projection.width, height: 26)
        for at in shown.map(\.at) + [result.depot].compactMap({ $0 }).map(onto.point) {
            labels.keepFree(x: at.x - 5, y: at.y - 5, width: 10, height: 10)
        }
        let spots = shown.map { labels.place("\($0.stop.number)", at: $0.at) }
        // All lines before the first number: none is drawn over one.
        let leaders = zip(shown, spots).filter(\.1.isFar).map { shown, spot in
            "<path class=\"leader\" d=\"M\(short(shown.at.x)) \(short(shown.at.y))"
                + "L\(short(spot.x)) \(short(spot.y))\"/>"
        }
        let marks = zip(shown, spots).map { shown, spot in
            let (index, stop, at, place) = shown
            let label =
                "\(say(.pageStop)) \(stop.number) \(stop.code) "
                + say(.routeOutcome(stop.outcome))
            let (x, y) = (spot.x - at.x, spot.y - at.y)
            return "<g class=\"stop \(stop.outcome)\" data-stop=\"\(index)\" "
                + "data-lat=\"\(place.lat)\" data-lng=\"\(place.lng)\" "
                + "transform=\"translate(\(short(at.x)) \(short(at.y)))\">"
                + "<title>\(HTML.escaped(label))</title>\(Self.shape(stop.outcome))"
                + "<text x=\"\(short(x))\" y=\"\(short(y + 4))\" text-anchor=\"middle\">"
                + "\(stop.number)</text></g>"
        }
        return leaders + marks
    }

    private static func shape(_ outcome: String) -> String {
        switch outcome {
        case "delivered", "partial": "<circle r=\"4\" fill=\"#0a6e3d\"/>"
        case "failed": "<path d=\"M-4 -4h8v8h-8z\" fill=\"#b42318\"/>"
        case "cancelled": "<path d=\"M0 -5l5 5l-5 5l-5 -5z\" fill=\"#6b4f00\"/>"
        default: "<circle r=\"4\" fill=\"#fff\" stroke=\"#1b1f23\" stroke-width=\"1.5\"/>"
        }
    }

    /// A bar of a round length.
    private func scale(_ onto: Projection) -> [String] {
        let lengths = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]
        guard let km = lengths.last(where: { onto.length(metres: $0 * 1_000) < 120 }) else {
            return []
        }
        let y = onto.height - 10
        let end = Projection.margin + onto.length(metres: km * 1_000)
        let text = km < 1 ? "\(km)" : "\(Int(km))"
        return [
            "<g class=\"axis\"><path d=\"M\(short(Projection.margin)) \(short(y))H\(short(end))\" "
                + "stroke=\"#1b1f23\" stroke-width=\"2\"/><text x=\"\(short(end + 6))\" "
                + "y=\"\(short(y + 4))\">\(HTML.escaped(say(.pageScale, ["km": text])))</text></g>"
        ]
    }

    private var legend: String {
        var items = [("delivered", say(.statusDelivered)), ("failed", say(.statusFailed))]
        items += [("cancelled", say(.statusCancelled)), ("open", say(.statusPending))]
        var lines = items.map { outcome, word in
            "<li><span aria-hidden=\"true\" class=\"o \(outcome)\">\(Self.mark(outcome))</span> "
                + "\(HTML.escaped(word))</li>"
        }
        if !result.deadZones.isEmpty {
            lines.append(
                "<li><span aria-hidden=\"true\">◌</span> \(HTML.escaped(say(.pageDeadZone)))</li>")
        }
        return "<ul class=\"legend\">\n\(lines.joined(separator: "\n"))\n</ul>"
    }
}
