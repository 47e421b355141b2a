import Foundation
import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// The pictures of the page, measured again from its JSON object: where each mark stands by the map's
/// own bar, where each hour stands, and what every text in them says.
struct RoutePictureTests {
    private struct Point {
        var x: Double
        var y: Double

        init(_ x: Substring, _ y: Substring) throws {
            self.x = try #require(Double(x))
            self.y = try #require(Double(y))
        }

        func isAt(_ x: Double, _ y: Double, within reach: Double = 1) -> Bool {
            abs(self.x - x) <= reach && abs(self.y - y) <= reach
        }
    }

    private static func pictures(_ page: String) -> [Substring] {
        page.matches(of: /(?s)<svg.*?<\/svg>/).map(\.0)
    }

    private static func texts(_ picture: Substring) -> [String] {
        picture.matches(of: /<text[^>]*>([^<]*)<\/text>/).map { String($0.1) }.sorted()
    }

    /// One stop of each outcome, zones of two sizes, and a depot.
    private static let day = Result {
        var day = try RouteSimulationTests.play(6).result()
        let outcomes = ["delivered", "partial", "failed", "cancelled", "open", "refused"]
        for (index, outcome) in outcomes.enumerated() { day.timeline[index].outcome = outcome }
        day.deadZones = [
            .init(lat: 22.76, lng: 121.155, radiusM: 900),
            .init(lat: 22.755, lng: 121.16, radiusM: 350),
        ]
        day.depot = .init(lat: 22.751, lng: 121.162)
        return day
    }

    /// Where a place of the object has to stand, once one stop and the bar's length are known.
    private struct Ruler {
        let from: [String: Double]
        let at: Point
        let pointsPerMetre: Double

        func point(_ place: [String: Any]) throws -> (x: Double, y: Double) {
            let lat = try #require(place["lat"] as? Double)
            let lng = try #require(place["lng"] as? Double)
            let (lat0, lng0) = (try #require(from["lat"]), try #require(from["lng"]))
            let degree = 111_195 * pointsPerMetre
            return (
                at.x + (lng - lng0) * cos(lat0 * .pi / 180) * degree, at.y - (lat - lat0) * degree
            )
        }
    }

    private static func ruler(
        _ map: Substring, _ stops: [[String: Any]], _ language: Language
    ) throws -> (ruler: Ruler, text: String) {
        let bar = try #require(
            map.firstMatch(
                of:
                    /<g class="axis"><path d="M([\d.]+) [\d.]+H([\d.]+)"[^>]*\/><text[^>]*>([\d.]+) ([^<]*)<\/text>/
            ))
        let (from, to) = (try #require(Double(bar.1)), try #require(Double(bar.2)))
        let km = try #require(Double(bar.3))
        #expect([0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].contains(km))
        #expect(bar.4 == (language == .zhHant ? "公里" : "km"))
        let first = try #require(
            map.firstMatch(
                of: /data-stop="0"[^>]*transform="translate\(([-\d.]+) ([-\d.]+)\)"/))
        return (
            Ruler(
                from: try #require(stops.first?["place"] as? [String: Double]),
                at: try Point(first.1, first.2), pointsPerMetre: (to - from) / km / 1_000),
            "\(bar.3) \(bar.4)"
        )
    }

    private static let shapes = [
        "delivered": "<circle r=\"4\" fill=\"#0a6e3d\"/>",
        "partial": "<circle r=\"4\" fill=\"#0a6e3d\"/>",
        "failed": "<path d=\"M-4 -4h8v8h-8z\"", "cancelled": "<path d=\"M0 -5l5 5l-5 5l-5 -5z\"",
        "open": "<circle r=\"4\" fill=\"#fff\"", "refused": "<circle r=\"4\" fill=\"#fff\"",
    ]

    @Test("By the map's own bar every mark stands where the object says", arguments: [false, true])
    func map(hasRoads: Bool) throws {
        var day = try Self.day.get()
        if hasRoads {
            day.way = [(22.751, 121.162), (22.7575, 121.158), (22.768, 121.163)]
                .map { .init(lat: $0.0, lng: $0.1) }
        }
        for language in Language.allCases {
            let page = RoutePage(day, language).html
            let object = try RoutePageTests.object(page)
            let map = try #require(Self.pictures(page).first)
            let stops = try #require(object["timeline"] as? [[String: Any]])
            let (ruler, bar) = try Self.ruler(map, stops, language)

            let marks = map.matches(
                of:
                    /<g class="stop ([a-z]+)" data-stop="(\d+)"[^>]*translate\(([-\d.]+) ([-\d.]+)\)"><title>([^<]*)<\/title>(<[^>]*\/>)<text[^>]*>(\d+)<\/text><\/g>/
            )
            #expect(marks.count == stops.count)
            for (index, (mark, stop)) in zip(marks, stops).enumerated() {
                let outcome = try #require(stop["outcome"] as? String)
                let number = "\(try #require(stop["number"] as? Int))"
                let code = try #require(stop["code"] as? String)
                #expect(mark.2 == "\(index)" && mark.1 == outcome && mark.7 == number)
                #expect(mark.5.contains(" \(number) \(code) "), "\(mark.5)")
                #expect(mark.6.hasPrefix(try #require(Self.shapes[outcome])), "\(mark.6)")
                let at = try ruler.point(try #require(stop["place"] as? [String: Any]))
                #expect(try Point(mark.3, mark.4).isAt(at.x, at.y), "\(number)")
            }

            let zones = try #require(object["dead_zones"] as? [[String: Any]])
            let circles = map.matches(
                of: /class="zone"[^>]* cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/)
            #expect(circles.count == zones.count)
            for (circle, zone) in zip(circles, zones) {
                let at = try ruler.point(zone)
                #expect(try Point(circle.1, circle.2).isAt(at.x, at.y))
                let radius = try #require(zone["radius_m"] as? Double) * ruler.pointsPerMetre
                #expect(abs(try #require(Double(circle.3)) - radius) < 0.5)
            }

            let depot = try #require(object["depot"] as? [String: Any])
            let house = try #require(
                map.firstMatch(of: /class="depot">.*<path d="M([\d.]+) ([\d.]+)h12/))
            let home = try ruler.point(depot)
            #expect(try Point(house.1, house.2).isAt(home.x - 6, home.y + 5))

            let doors = stops.compactMap { $0["place"] as? [String: Any] }
            let way = object["way"] as? [[String: Any]] ?? [depot] + doors + [depot]
            #expect(way.count == (hasRoads ? 3 : 8))
            let line = try #require(map.firstMatch(of: /<polyline points="([^"]*)"/)).1
                .split(separator: " ").map { $0.split(separator: ",") }
            #expect(line.count == way.count)
            for (corner, place) in zip(line, way) {
                let at = try ruler.point(place)
                #expect(try Point(corner[0], corner[1]).isAt(at.x, at.y))
            }
            // And that is all that it says.
            #expect(Self.texts(map) == (stops.map { "\($0["number"] ?? "")" } + [bar]).sorted())
        }
    }

    @Test("A number far from its stop hangs on a line, and lines are drawn before all numbers")
    func leaders() throws {
        var day = try Self.day.get()
        let line = try #require(day.timeline.first)
        day.timeline = (1...24).map { number in
            var line = line
            line.number = number
            return line
        }
        let map = try #require(Self.pictures(RoutePage(day, .en).html).first)
        let lines = try map.matches(
            of: /<path class="leader" d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"\/>/
        ).map { (from: try Point($0.1, $0.2), to: try Point($0.3, $0.4)) }
        var far = 0
        for mark in map.matches(
            of: /translate\(([-\d.]+) ([-\d.]+)\)".*<text x="([-\d.]+)" y="([-\d.]+)"/)
        {
            let (at, off) = (try Point(mark.1, mark.2), try Point(mark.3, mark.4))
            guard hypot(off.x, off.y - 4) > 19 else { continue }
            far += 1
            let own = lines.count {
                $0.from.isAt(at.x, at.y, within: 0.2)
                    && $0.to.isAt(at.x + off.x, at.y + off.y - 4, within: 0.2)
            }
            #expect(own == 1, "\(mark.0)")
        }
        #expect(far > 3 && far == lines.count)
        let last = try #require(map.range(of: "class=\"leader\"", options: .backwards))
        let first = try #require(map.range(of: "class=\"stop "))
        #expect(last.upperBound < first.lowerBound)
    }

    @Test("The axes of what waited are the object's hours and its most", arguments: [0, 40])
    func axes(longer hours: Int) throws {
        var day = try Self.day.get()
        let index = day.outbox.count - 1
        day.outbox[index].atS += hours * 3_600
        let page = RoutePage(day, .zhHant).html
        let object = try RoutePageTests.object(page)
        let picture = try #require(Self.pictures(page).last)
        let depths = try #require(object["outbox"] as? [[String: Int]])
        let spans = try #require(object["offline"] as? [[String: Int]])
        let first = try #require(depths.first?["at_s"])
        let last = max(
            try #require(depths.last?["at_s"]), spans.compactMap { $0["to_s"] }.max() ?? 0)
        let curve = try #require(
            picture.firstMatch(
                of: /<path d="M([\d.]+) [^"]*H([\d.]+)" fill="none" stroke="#0550ae"/))
        let (left, right) = (try #require(Double(curve.1)), try #require(Double(curve.2)))
        let second = Double(last - first) / (right - left)
        func moment(_ x: Double) -> Double { Double(first) + (x - left) * second }

        let ticks = try picture.matches(
            of:
                /<path d="M([\d.]+) 130v4"[^>]*\/><text x="([\d.]+)" y="148" text-anchor="middle">(\d+)<\/text>/
        ).map { (x: try #require(Double($0.1)), text: $0.2, hour: try #require(Int($0.3))) }
        #expect(!ticks.isEmpty)
        for tick in ticks {
            #expect(Double(tick.text) == tick.x)
            #expect(abs(moment(tick.x) - Double(tick.hour * 3_600)) <= 0.11 * second + 1)
        }
        // Every hour, or on a long day every so many, from end to end.
        let step = 1 + (last - first) / 3_600 / 15
        #expect((step == 1) == (hours == 0))
        let wanted = (first / 3_600 + 1...last / 3_600).filter {
            $0 % step == 0 && $0 * 3_600 < last
        }
        #expect(ticks.map(\.hour) == wanted)
        let most = try #require(object["pending_max"] as? Int)
        #expect(Self.texts(picture) == (["0", "\(most)"] + wanted.map { "\($0)" }).sorted())

        let dark = picture.matches(of: /<rect x="([\d.]+)" y="10" width="([\d.]+)"/)
        #expect(dark.count == spans.count)
        for (rect, span) in zip(dark, spans) {
            let end = try #require(Double(rect.1)) + (try #require(Double(rect.2)))
            #expect(abs(moment(end) - Double(try #require(span["to_s"]))) <= 0.21 * second + 1)
        }
    }
}
