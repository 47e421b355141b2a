import Foundation
import LuckyHub
import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// Small routes, driven in simulated time.
struct RouteSimulationTests {
    /// So many stops around Taitung, the first ones with windows.
    static func plan(_ count: Int) throws -> RoutePlan {
        let head =
            "date,depot,route,driver,sequence,stop,customer,phone,address,lat,lng,window,"
            + "items,price,payment,note\n"
        let rows = (1...count).map { number in
            let window = number < 3 ? "08:00-10:00" : ""
            return
                "2026-11-22,TTT,R1,drv-01,\(number),s-\(number),客戶\(number),0900-000-00\(number),"
                + "臺東縣臺東市中華路\(number)號,22.7\(50 + number * 3),121.1\(50 + number * 2),\(window),"
                + "20kg*\(1 + number % 2),\(950 * (1 + number % 2)),cash,\n"
        }
        return try RoutePlan.read((head + rows.joined()).utf8)
    }

    static func play(
        _ count: Int = 4, seed: UInt64 = 1, _ change: (inout RouteSettings) -> Void = { _ in }
    ) throws -> RouteSimulation {
        var settings = RouteSettings(seed: seed, profile: try .standard())
        change(&settings)
        let day = try RouteSimulation(try plan(count), settings)
        while !day.isOver { try day.advance(by: 600_000) }
        return day
    }

    @Test("One seed gives one day, to the byte; another seed another")
    func sameSeed() throws {
        let first = try Self.play().result()
        #expect(try Self.play().result().json == first.json)
        #expect(try Self.play(seed: 2).result().json != first.json)
        #expect(first.verdict == .ok)
        #expect(first.stops == 4)
        #expect(first.delivered + first.failed + first.cancelled == 4)
        #expect(first.taps == first.reconciliation.received)
        #expect(first.km > 1 && first.km < 40)
        #expect(first.bytesUp > 0 && first.bytesDown > 0)
    }

    @Test("How the day is looked at changes nothing")
    func steps() throws {
        let whole = try Self.play(2).result()
        let day = try RouteSimulation(
            try Self.plan(2), RouteSettings(seed: 1, profile: try .standard()))
        while !day.isOver {
            try day.advance(by: 77_777)
            _ = try day.snapshot()
            _ = try day.result()
        }
        #expect(try day.result() == whole)
    }

    @Test("A dead battery, another phone and a depot that is down lose nothing")
    func machines() throws {
        let day = try Self.play(8) { settings in
            settings.batteryDeath = 8 * 60
            settings.phoneSwap = 8 * 60 + 20
            settings.hubOutage = 510...525
            settings.profile.noCoveragePerMille = 0
        }
        let result = try day.result()
        #expect(result.verdict == .ok)
        #expect(result.phones == 2)
        #expect(result.pendingMax > 0)
        #expect(result.reconciliation.agrees)
        // What the outage held back came when it was over, not before.
        #expect(try #require(result.tapToDepotMax) > 60)
    }

    @Test("Without network all day, everything waits until the truck is home")
    func dark() throws {
        let day = try Self.play(3) { $0.net = try? NetTrace.read("t_s,kbit_s\n0,0\n86400,0\n") }
        let result = try day.result()
        #expect(result.verdict == .ok)
        let tapped = try #require(result.timeline.compactMap(\.tappedS).max())
        let received = result.timeline.compactMap(\.receivedS)
        #expect(received.allSatisfy { $0 > tapped })
        #expect(Double(result.offlineS) > 600)
    }

    @Test("A drawn zone without network holds no door that it was not drawn for")
    func zones() throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            for route in ["海線", "市區", "縱谷"] {
                let plan = try RoutePlan.demo(route: route)
                let settings = RouteSettings(seed: seed, profile: try .standard())
                let zones = RouteDraw.zones(
                    plan, settings, LuckySimulation.SeededGenerator(seed: seed))
                let dark = plan.rows.compactMap(\.coordinate).filter { place in
                    zones.contains { $0.contains(place) }
                }
                #expect(dark.count <= zones.count, "\(route), seed \(seed)")
                #expect(zones.allSatisfy { $0.radiusM <= 900 })
            }
        }
    }

    @Test("A tap that is nowhere, and a fact that nobody tapped, break the verdict")
    func broken() throws {
        let day = try Self.play(2)
        var ledger = day.ledger
        var lost = try #require(ledger.taps.first)
        lost.change = ChangeID(high: 1, low: 2)
        ledger.note(lost)
        day.ledger = ledger
        #expect(try day.result().verdict == .broken)
        #expect(try day.result().reconciliation.lost == 1)

        let other = try Self.play(2)
        other.ledger = RouteLedger()
        let result = try other.result()
        #expect(result.verdict == .broken)
        #expect(result.reconciliation.doubled > 0)
    }

    @Test("A real hub keeps no simulation, and a simulation leaves a real hub's file alone")
    func realHubs() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "hub.sqlite").path
        #expect(throws: HubOpenError.simulated) {
            try Hub.open(
                at: path, depot: .simulation, random: LuckySimulation.SeededGenerator(seed: 1))
        }
        #expect(!FileManager.default.fileExists(atPath: path))
        try Hub.open(at: path, depot: "TTT", random: LuckySimulation.SeededGenerator(seed: 1))
            .close()
        func files() throws -> [String: Data] {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            return Dictionary(
                uniqueKeysWithValues: names.map {
                    (
                        $0,
                        FileManager.default.contents(atPath: folder.url.appending(path: $0).path)
                            ?? Data()
                    )
                })
        }
        let before = try files()
        let day = try Self.play(1)
        #expect(day.hub.depot == .simulation)
        #expect(try files() == before)

        let hub = try Hub.open(
            at: path, depot: "TTT", random: LuckySimulation.SeededGenerator(seed: 2))
        #expect(day.hub.hub?.history != hub.history)
        let desk = Credential(person: "desk", depot: .simulation, role: .office)
        let error = #expect(throws: HubRefusal.self) {
            try hub.office("plan-show", Data("{}".utf8), as: desk, now: 0)
        }
        #expect(error?.status == 403)
        try hub.close()
    }

    @Test("The live view fits its terminal, in both languages", arguments: [40, 80])
    func view(width: Int) throws {
        for language in Language.allCases {
            let day = try RouteSimulation(
                try Self.plan(4), RouteSettings(seed: 1, profile: try .standard()))
            var view = RouteView(language)
            var seen: Set<Int> = []
            while !day.isOver {
                try day.advance(by: 300_000)
                view.add(day.takeEvents())
                let lines = view.lines(try day.snapshot(), width: width, height: 24)
                #expect(lines.count <= 24)
                #expect(lines.allSatisfy { TextWidth.of($0) <= width })
                seen.insert(lines.count)
            }
            #expect(!seen.isEmpty)
        }
    }
}

/// The files that a simulated day is made from.
struct RouteFilesTests {
    private static let drive: URL = Repository.folder.deletingLastPathComponent()
        .appending(path: "shared/data/net/gophers_car_1.csv")
    private static let hasDrive: Bool = FileManager.default.fileExists(atPath: drive.path)

    @Test("A profile's fault is named by its key")
    func profile() throws {
        let text = try #require(Self.standard)
        #expect(throws: Never.self) { try RouteProfile.read(Data(text.utf8)) }
        for (part, bad, key) in [
            ("\"detour_percent\": 135", "\"detour_percent\": 5", "detour_percent"),
            ("\"latency_ms\"", "\"latency\"", "latency_ms"), ("07:30", "7.30", "start"),
            ("\"absent\"", "\"nobody\"", "failures_per_mille"),
            ("\"base_s\"", "\"base\"", "service.base_s"),
        ] {
            let wrong = text.replacingOccurrences(of: part, with: bad)
            #expect(wrong != text)
            let fault = #expect(throws: RouteFault.self) {
                try RouteProfile.read(Data(wrong.utf8))
            }
            #expect(fault?.arguments["detail"] == key)
        }
    }

    private static var standard: String? {
        let file = Repository.folder.appending(path: "Schemas/profiles/route_taitung.json")
        return try? String(contentsOf: file, encoding: .utf8)
    }

    @Test("A network trace is read by its columns, and played again and again")
    func net() throws {
        let trace = try NetTrace.read("kbit_s,t_s,x\n100,0,a\n0,10,b\n250.9,12,c\n")
        let rates: [Int] = [0, 9, 10, 12, 13, 22].map { trace.kbitS(at: $0) }
        let expected: [Int] = [100, 100, 0, 250, 100, 100]
        #expect(rates == expected)
        for bad in [
            "", "t_s\n1\n", "t_s,kbit_s\n1,2\n1,2\n", "t_s,kbit_s\n0,-1\n", "t_s,kbit_s\n0,x\n",
        ] {
            #expect(throws: RouteFault.self) { try NetTrace.read(bad) }
        }
    }

    @Test(
        "A measured drive's network can be played",
        .enabled(if: hasDrive, "needs ../shared/data/net")
    )
    func measured() throws {
        let text = try String(contentsOf: Self.drive, encoding: .utf8)
        let trace = try NetTrace.read(
            text.replacingOccurrences(of: "tmobile_dl_kbps", with: "kbit_s"))
        #expect((0..<120).contains { trace.kbitS(at: $0) == 0 })
        #expect((0..<120).contains { trace.kbitS(at: $0) > 0 })
    }

    @Test("Waypoints of a GPX file are stops; of a track, where it stood")
    func gpx() throws {
        let date = try #require(CivilDate(text: "2026-11-22"))
        let marked = try RoutePlan.gpx(
            "<gpx><wpt lat=\"22.75\" lon=\"121.15\"><name>A &amp; B</name></wpt>"
                + "<wpt lat='22.76' lon='121.16'/></gpx>", date: date)
        #expect(marked.rows.map(\.customer) == ["A & B", ""])
        #expect(marked.rows.map(\.latE7) == [227_500_000, 227_600_000])
        var track = ""
        for (minute, lat) in [(0, 22.750), (1, 22.752), (2, 22.754), (6, 22.754), (7, 22.756)] {
            track +=
                "<trkpt lat=\"\(lat)\" lon=\"121.15\"><time>2026-11-22T08:0\(minute):00Z</time></trkpt>"
        }
        let driven = try RoutePlan.gpx("<gpx>\(track)</gpx>", date: date)
        // Devices also write parts of seconds.
        let precise = track.replacingOccurrences(of: ":00Z", with: ":00.250Z")
        #expect(try RoutePlan.gpx("<gpx>\(precise)</gpx>", date: date).rows == driven.rows)
        #expect(driven.rows.compactMap(\.latE7) == [227_500_000, 227_540_000, 227_560_000])
        #expect(throws: RouteFault.self) { try RoutePlan.gpx("<gpx></gpx>", date: date) }
    }

    @Test("Distances are those of the ground")
    func distances() {
        let a = Coordinate(latitudeE7: 227_500_000, longitudeE7: 1_211_500_000)
        let b = Coordinate(latitudeE7: 227_600_000, longitudeE7: 1_211_600_000)
        #expect(abs(RouteMap.metres(a, b) - 1_513) < 5)
        #expect(RouteMap.metres(a, a) == 0)
        for degrees in stride(from: -85.0, through: 85, by: 5) {
            let exact = cos(degrees * .pi / 180)
            #expect(abs(RouteMap.cosine(ofE7: degrees * 1e7) - exact) < 1e-9)
        }
    }

    @Test("Chinese takes two columns a character")
    func widths() {
        #expect(TextWidth.of("臺東 20kg") == 9)
        #expect(TextWidth.of("　，（") == 6)
        #expect(TextWidth.padded("站", to: 4) == "站  ")
        #expect(TextWidth.cut("臺東縣臺東市", to: 7) == "臺東縣…")
        for width in [10, 17, 40] {
            let lines = TextWidth.wrapped("  第 12 站：客戶不在，已存在這支手機 with some words", to: width)
            #expect(lines.allSatisfy { TextWidth.of($0) <= width })
            #expect(lines.count > 1)
        }
    }
}
