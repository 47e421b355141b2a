import Foundation
import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// Routes as nobody should write them: marks where a page or a file has its signs, numbers without
/// measure, places that are one, days that do not end at midnight.
struct RouteOddInputTests {
    /// One row for each stop: what comes behind the stop's code.
    private static func plan(_ rows: [String]) throws -> RoutePlan {
        let head =
            "date,depot,route,driver,sequence,stop,customer,phone,address,lat,lng,window,"
            + "items,price,payment,note\n"
        let text = rows.enumerated().map { index, row in
            "2026-11-22,TTT,R1,drv-01,\(index + 1),s-\(index + 1),\(row),20kg*1,950,cash,\n"
        }
        return try RoutePlan.read((head + text.joined()).utf8)
    }

    private static func play(
        _ plan: RoutePlan, start: String = "07:30",
        _ change: (inout RouteSettings) -> Void = { _ in }
    ) throws -> RouteResult {
        var profile = try RouteProfile.standard()
        profile.failuresPerMille = [:]
        profile.officeEditsPerMille = [:]
        profile.start = start
        var settings = RouteSettings(seed: 1, profile: profile)
        change(&settings)
        let day = try RouteSimulation(plan, settings)
        while !day.isOver { try day.advance(by: 600_000) }
        return try day.result()
    }

    // MARK: Pages

    @Test(
        "No sign of HTML goes out as it is, whatever stands over or before it",
        arguments: [
            ("\u{600}<", "\u{600}&lt;"), ("<\u{301}", "&lt;\u{301}"), ("&\u{301}", "&amp;\u{301}"),
            ("\"\u{20DD}", "&quot;\u{20DD}"), ("'\u{FE0F}", "&#39;\u{FE0F}"),
            (">\u{338}", "&gt;\u{338}"), ("\u{600}</script>", "\u{600}&lt;/script&gt;"),
            ("<\u{200D}b", "&lt;\u{200D}b"), ("臺東 e\u{301} \u{1F468}\u{200D}\u{1F469}", nil),
        ] as [(String, String?)])
    func escaped(text: String, expected: String?) {
        #expect(Array(HTML.escaped(text).utf8) == Array((expected ?? text).utf8))
    }

    @Test("A page has the tags that it makes itself, and no others")
    func injected() throws {
        let attacks = ["\u{600}</script><img src=x>", "<\u{301}b", "\u{600}<!--", "a\"\u{301}b"]
        let plain = try Self.play(Self.plan(["a,1,b,22.75,121.15,", "a,1,b,22.751,121.151,"]))
        func tags(_ page: String) -> Int { page.unicodeScalars.count { $0 == "<" } }
        for attack in attacks {
            var result = plain
            result.route = attack
            result.driver = attack
            result.timeline = result.timeline.map { stop in
                var stop = stop
                stop.code = attack
                stop.reason = attack
                return stop
            }
            result.reviewList = [.init(kind: "other", stop: 1)]
            var calm = result
            calm.route = "R1"
            calm.driver = "drv"
            calm.timeline = calm.timeline.map { stop in
                var stop = stop
                stop.code = "s"
                stop.reason = "x"
                return stop
            }
            for language in Language.allCases {
                let page = RoutePage(result, language).html
                #expect(tags(page) == tags(RoutePage(calm, language).html), "\(attack)")
                let mark = "id=\"result\">"
                let from = try #require(page.range(of: mark, options: .literal)?.upperBound)
                let end = try #require(
                    page.range(of: "</script>", options: .literal, range: from..<page.endIndex))
                let inside = Data(page[from..<end.lowerBound].utf8)
                let read = try JSONDecoder().decode(RouteResult.self, from: inside)
                #expect(Array(read.route.utf8) == Array(attack.utf8))
            }
        }
    }

    @Test("A page is made of no stop, of one, of stops at one place and of a stop at a pole")
    func places() throws {
        let one = try Self.play(Self.plan(["a,1,b,22.75,121.15,"]))
        var none = one
        (none.timeline, none.outbox, none.deadZones, none.depot) = ([], [], [], nil)
        var same = one
        same.timeline += one.timeline
        same.depot = one.timeline.first?.place
        var pole = one
        (pole.deadZones, pole.depot) = ([], nil)
        pole.timeline = pole.timeline.map { stop in
            var stop = stop
            stop.place = .init(lat: 90, lng: 0)
            return stop
        }
        for result in [one, none, same, pole] {
            let page = RoutePage(result, .en).html
            #expect(!page.contains("nan") && !page.contains("inf\""))
        }
        var absurd = one
        absurd.cash = 1e300
        absurd.tapToDepotMax = 1e300
        #expect(RoutePage(absurd, .en).html.contains("1e+300"))
    }

    // MARK: Midnight

    @Test("Who comes after midnight is late, and waits for no morning")
    func midnight() throws {
        let plan = try Self.plan(["a,1,b,22.75,121.15,", "a,1,b,22.751,121.151,16:00-18:00"])
        let result = try Self.play(plan, start: "23:58")
        let last = try #require(result.timeline.last)
        #expect(last.late)
        #expect(result.late == 1)
        let arrived = try #require(last.arrivedS)
        #expect(arrived > 86_400)
        #expect(try #require(last.tappedS) < arrived + 3_600)

        var profile = try RouteProfile.standard()
        profile.start = "23:58"
        let check = RouteCheck(
            plan.rows.map { RouteCheck.Stop($0) }, capacityGrams: nil, profile: profile,
            date: plan.date)
        let late = check.findings.compactMap { finding -> Int? in
            guard case .window(let stop, _, let minute) = finding else { return nil }
            #expect((0..<60).contains(minute))
            return stop
        }
        #expect(late == [2])
    }

    @Test("What befalls a day before it begins befalls it at its beginning", arguments: ["00:00"])
    func early(start: String) throws {
        let plan = try Self.plan(["a,1,b,22.75,121.15,"])
        let result = try Self.play(plan, start: start) { settings in
            settings.batteryDeath = 0
            settings.hubOutage = 0...1
        }
        #expect(result.verdict == .ok)
        #expect(!RoutePage(result, .en).html.isEmpty)
    }

    // MARK: Files

    @Test(
        "A GPX file that is none is refused, or read as far as it goes",
        arguments: [
            ("<wpt lat=\"22.7\" lon=\"121.1\"</wpt>", 1),
            ("<wpt lat=\"22.7\" lon=\"121.1\"</wpt><wpt lat=\"22.8\" lon=\"121.1\"/>", 2),
            ("<wpt </wpt>", 0), ("<wpt >", 0), ("<wpt ", 0), ("</wpt><wpt >", 0),
            ("<wpt lat=\"22.7\" lon=\"121.1\"><name></wpt></name>", 1),
            ("<wpt lat=\"22.7\" lon=\"121.1\">\u{301}</wpt>", 1),
            ("<wpt lat=\"nan\" lon=\"inf\"/>", 0), ("<wpt lat=\"1e300\" lon=\"-1e300\"/>", 0),
            ("<wpt lat=\"22.7\" lon=\"121.1\"></name><name></wpt>", 1),
            ("<trkpt lat=\"22.7\" lon=\"121.1\"/>", 1), ("", 0),
        ])
    func gpx(text: String, count: Int) {
        #expect(GPX(text).stops.count == count)
    }

    @Test(
        "Numbers without measure are refused, not played",
        arguments: ["1e400", "-1e300", "9223372036854775808", "1e30", "-1", "NaN", "null"])
    func numbers(number: String) throws {
        let folder = Repository.folder
        let standard = try String(
            contentsOf: folder.appending(path: "Schemas/profiles/route_taitung.json"),
            encoding: .utf8)
        for key in ["detour_percent", "latency_ms", "dead_zone_radius_m", "link_kbit_s", "lat"] {
            guard let at = standard.range(of: "\"\(key)\": ") else {
                Issue.record("no \(key)")
                continue
            }
            let rest = standard[at.upperBound...]
            let end = rest.firstIndex { !"0123456789.-".contains($0) } ?? rest.endIndex
            let wrong = standard[..<at.upperBound] + number + rest[end...]
            let isPlace = key == "lat" && number == "-1"
            if isPlace {
                #expect(throws: Never.self) { try RouteProfile.read(Data(wrong.utf8)) }
            } else {
                #expect(throws: RouteFault.self, "\(key)") {
                    try RouteProfile.read(Data(wrong.utf8))
                }
            }
        }
        for line in ["\(number),1", "1,\(number)"] {
            #expect(throws: RouteFault.self) { try NetTrace.read("t_s,kbit_s\n\(line)\n") }
        }
        for cell in ["inf", "nan", "-nan", "1e9"] {
            #expect(throws: RouteFault.self) { try NetTrace.read("t_s,kbit_s\n0,\(cell)\n") }
        }
    }

    // MARK: Orders

    @Test("No stop, one, and many at one place have an order; a clock gone wild stops nothing")
    func orders() throws {
        let profile = try RouteProfile.standard()
        let rows = try Self.plan(
            Array(repeating: "a,1,b,22.75,121.15,08:00-09:00", count: 5)
        ).rows.map { RouteCheck.Stop($0) }
        let date = try #require(CivilDate(text: "2026-11-22"))
        // From the depot to the one place where they all are.
        let leg = RouteOrder(
            Array(rows.prefix(1)), profile: profile, date: date
        ).after.metres
        #expect(leg > 0)
        for count in [0, 1, 2, 5] {
            let stops = Array(rows.prefix(count))
            for start in [nil, Int64.min, 0, Int64.max] {
                let found = RouteOrder(
                    stops, from: RouteDeparture(place: nil, at: start), profile: profile,
                    date: date)
                #expect(found.order == Array(stops.indices))
                #expect(found.before == found.after)
                #expect(found.after.metres == (count == 0 ? 0 : leg))
                if start == .max { #expect(found.after.late == count) }
            }
            let check = RouteCheck(stops, capacityGrams: 0, profile: profile, date: date)
            #expect(check.findings.isEmpty == (count == 0))
        }
    }
}
