import Foundation
import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// What is wrong with a route is found, and what is right is left alone.
struct RouteCheckTests {
    private static let head =
        "date,depot,route,driver,sequence,stop,customer,phone,address,lat,lng,"
        + "window,items,price,payment,note,vehicle,capacity_kg,holds\n"

    /// A plan of rows that are well but for the cells that are named.
    private static func check(
        _ changes: [[String: String]], capacity: String = "1500", profile: RouteProfile? = nil
    ) throws -> [RouteCheck.Finding] {
        var text = head
        for (index, change) in changes.enumerated() {
            let cells: [(String, String)] = [
                ("date", "2026-11-22"), ("depot", "TTT"), ("route", "R"), ("driver", "d"),
                ("sequence", "\(index + 1)"), ("stop", "s\(index + 1)"),
                ("customer", "客戶\(index + 1)"), ("phone", "0900"),
                ("address", "臺東縣臺東市中華路12號"), ("lat", "22.7\(50 + index)"),
                ("lng", "121.15"), ("window", ""), ("items", "20kg*1"), ("price", "950"),
                ("payment", "cash"), ("note", ""), ("vehicle", "v"), ("capacity_kg", capacity),
                ("holds", "20kg*2"),
            ]
            text += cells.map { change[$0.0] ?? $0.1 }.joined(separator: ",") + "\n"
        }
        let plan = try RoutePlan.read(text.utf8)
        return RouteCheck(
            plan.rows.map { RouteCheck.Stop($0) }, capacityGrams: plan.rows.first?.capacityGrams,
            profile: try profile ?? .standard(), date: plan.date
        ).findings
    }

    @Test("A route without faults gives none")
    func clean() throws {
        #expect(try Self.check([[:], [:], [:]]) == [])
    }

    @Test("Each fault is found, and no other")
    func faults() throws {
        let cases: [([String: String], String)] = [
            (["window": "06:00-07:00"], "window"), (["address": "老地方"], "address"),
            (["address": ""], "no_address"), (["phone": ""], "no_phone"),
            (["customer": ""], "no_name"), (["lat": "", "lng": ""], "no_place"),
            (["lat": "23.5"], "far_place"), (["lat": "22.750"], "duplicate_place"),
            (["holds": "16kg*1"], "not_held"), (["items": "50kg*40"], "capacity"),
        ]
        for (change, code) in cases {
            let found = try Self.check([[:], change, [:]])
            let others = found.filter { $0.code != code && $0.code != "not_held" }
            #expect(found.contains { $0.code == code }, "\(code)")
            #expect(others == [], "\(code)")
            for language in Language.allCases {
                #expect(found.allSatisfy { !$0.words(in: language).contains("{") })
            }
        }
    }

    /// On a phone: as the plan's fields say it.
    private static func held(
        _ number: Int, kg20: Int, isCancelled: Bool = false, holds: Quantities? = nil
    ) -> RouteCheck.Stop {
        RouteCheck.Stop(
            LuckyModel.Stop(
                id: EntityID(.stop, madeBy: ChangeID(high: 0, low: UInt64(number))),
                plan: { field in
                    switch field {
                    case .sequence: .integer(Int64(number))
                    case .items: .quantities([.kg20: kg20])
                    case .cancelled: .flag(isCancelled)
                    default: .none
                    }
                }, facts: []), holds: holds)
    }

    @Test("What is cancelled is not loaded; what a customer does not hold is found on a phone too")
    func onThePhone() throws {
        let date = try #require(CivilDate(text: "2026-11-22"))
        func codes(_ stops: [RouteCheck.Stop]) throws -> [String] {
            RouteCheck(
                stops, capacityGrams: 60_000, profile: try .standard(), date: date
            ).findings.map(\.code)
        }
        let full = [Self.held(1, kg20: 2), Self.held(2, kg20: 2)]
        #expect(try codes(full).contains("capacity"))
        let cancelled = [Self.held(1, kg20: 2), Self.held(2, kg20: 2, isCancelled: true)]
        #expect(try !codes(cancelled).contains("capacity"))
        #expect(try !codes(full).contains("not_held"))
        #expect(try codes([Self.held(1, kg20: 2, holds: [.kg16: 1])]).contains("not_held"))
        #expect(try !codes([Self.held(1, kg20: 2, holds: [.kg20: 1])]).contains("not_held"))
    }

    @Test("A window is met or missed by when and from where the truck goes on")
    func departure() throws {
        let date = try #require(CivilDate(text: "2026-11-22"))
        let profile = try RouteProfile.standard()
        let rows =
            Self.head
            + "2026-11-22,TTT,R,d,1,s1,甲,0900,臺東縣臺東市中華路12號,22.75,121.15,08:00-09:00,20kg*1,950,cash,,v,1500,\n"
        let stops = try RoutePlan.read(rows.utf8).rows.map { RouteCheck.Stop($0) }
        let door = Coordinate(latitudeE7: 227_500_000, longitudeE7: 1_211_500_000)
        func late(_ minute: Int64, from place: Coordinate? = nil) -> Bool {
            let at = date.startUnixMilliseconds + minute * 60_000
            return RouteCheck(
                stops, capacityGrams: nil, from: RouteDeparture(place: place ?? door, at: at),
                profile: profile, date: date
            ).findings.contains { $0.code == "window" }
        }
        #expect(!late(450) && !late(539) && late(540) && late(1_000))
        // An hour's drive away, at the quickest.
        let far = Coordinate(latitudeE7: 233_000_000, longitudeE7: 1_211_500_000)
        #expect(!late(500) && late(500, from: far))
        // A clock gone wild is the nearest moment of this day or the next.
        #expect(late(Int64.max / 60_000 / 2) && !late(-1_000_000))
    }

    @Test("Who sets off after lunch does not have lunch again")
    func afterLunch() throws {
        let date = try #require(CivilDate(text: "2026-11-22"))
        let door = Coordinate(latitudeE7: 227_500_000, longitudeE7: 1_211_500_000)
        // Lunch is at noon, for 45 minutes.
        func isLate(_ minute: Int64) throws -> Bool {
            let end = TaipeiTime.clock(minute: Int(minute) + 10)
            let rows =
                Self.head
                + "2026-11-22,TTT,R,d,1,s1,甲,0900,臺東縣臺東市中華路12號,22.75,121.15,"
                + "08:00-\(end),20kg*1,950,cash,,v,1500,\n"
            return RouteCheck(
                try RoutePlan.read(rows.utf8).rows.map { RouteCheck.Stop($0) },
                capacityGrams: nil,
                from: RouteDeparture(
                    place: door, at: date.startUnixMilliseconds + minute * 60_000),
                profile: try .standard(), date: date
            ).findings.contains { $0.code == "window" }
        }
        #expect(try !isLate(719) && isLate(720) && isLate(764))
        #expect(try !isLate(765) && !isLate(1_040))
    }

    @Test("Every row of a plan that cannot be taken is named, not only the first")
    func everyFault() throws {
        let good =
            "2026-11-22,TTT,R,d,1,s1,客戶,0900,臺東縣臺東市中華路12號,22.75,121.15,,20kg*1,950,cash,,v,1500,\n"
        let bad = [
            good.replacingOccurrences(of: ",22.75,", with: ",122.75,"),
            good.replacingOccurrences(of: ",20kg*1,", with: ",20kg*x,"),
            good.replacingOccurrences(of: "d,1,s1", with: "d,2,s2"),
            good.replacingOccurrences(of: "2026-11-22", with: "soon"),
        ]
        let fault = #expect(throws: RouteFault.self) {
            try RoutePlan.read((Self.head + bad.joined()).utf8)
        }
        #expect(fault?.rejections.map(\.line) == [2, 3, 5])
        for (language, words) in [(Language.en, "line \u{1}"), (.zhHant, "第 \u{1} 行")] {
            let message = fault?.message(in: language) ?? ""
            for line in [2, 3, 5] {
                #expect(
                    message.contains(words.replacingOccurrences(of: "\u{1}", with: "\(line)")))
            }
        }
        // Of a file of nothing but faults some are named, and how many there are.
        let many = Self.head + (1...30).map { "soon,TTT,R,d,\($0),s\($0),,,,,,,,,,,,,\n" }.joined()
        let flood = #expect(throws: RouteFault.self) { try RoutePlan.read(many.utf8) }
        #expect(flood?.message(in: .en).contains("and 10 more lines") == true)
    }

    @Test(
        "Addresses of the county read as addresses",
        arguments: [
            ("臺東縣東河鄉尚德村3鄰前寮43號（尚德村辦公室旁）", true), ("台東市中正路１２號", true),
            ("臺東縣臺東市中興路二段十號", true), ("老地方", false), ("中華路", false),
            ("臺東市號", false), ("臺東市中華路號", false),
        ])
    func addresses(text: String, isAddress: Bool) {
        #expect(RouteCheck.isAddress(text) == isAddress)
    }

    @Test("Wrong coordinates are found also where they lie together, or are all there are")
    func farTogether() throws {
        func far(_ places: [(String, String)], depot: Bool = true) throws -> [Int] {
            var profile = try RouteProfile.standard()
            if !depot { profile.depot = nil }
            let found = try Self.check(
                places.map { ["lat": $0.0, "lng": $0.1] }, profile: profile)
            for language in Language.allCases {
                #expect(found.allSatisfy { !$0.words(in: language).contains("{") })
            }
            return found.filter { $0.code == "far_place" }.compactMap(\.stop)
        }
        let town = (0..<5).map { ("22.75\($0)", "121.15") }
        let taipei = [("25.0", "121.5"), ("25.001", "121.5")]
        #expect(try far(town + taipei) == [6, 7])
        #expect(try far(town + taipei, depot: false) == [6, 7])
        // Where most are is the route, wherever the depot is.
        #expect(try far(taipei + [("25.002", "121.5"), town[0]]) == [4])
        // Of few nobody knows which is the odd one: the depot does.
        #expect(try far([taipei[0]]) == [1])
        #expect(try far(taipei) == [1, 2])
        #expect(try far([town[0], taipei[0]]) == [2])
        #expect(try far([town[0]]) == [] && far(Array(town.prefix(2))) == [])
        #expect(try far([taipei[0]], depot: false) == [])
        // A long coast is one route.
        #expect(try far((0..<8).map { ("22.\(75 + $0 * 3)", "121.2") }) == [])
    }

    @Test("That the cylinders' own weight comes on top is said beside the gas")
    func weight() throws {
        let found = try #require(
            try Self.check([["items": "50kg*40"]]).first { $0.code == "capacity" })
        let zh = found.words(in: .zhHant)
        #expect(zh.contains("瓦斯") && zh.contains("2000 公斤") && zh.contains("桶身"), "\(zh)")
        let en = found.words(in: .en)
        #expect(en.contains("2000 kg of gas") && en.contains("cylinders' own weight"), "\(en)")
        #expect(Phrase.helpRouteCheckMore.text(in: .zhHant).contains("桶身"))
        #expect(Phrase.helpRouteCheckMore.text(in: .en).contains("own weight"))
    }
}
