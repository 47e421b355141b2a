import Foundation
import LuckyHub
import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// The files that a simulated day is made from.
struct RouteFilesTests {
    private static let traces: URL = Repository.folder.deletingLastPathComponent()
        .appending(path: "shared/data/net")
    private static let hasDrive: Bool = FileManager.default.fileExists(atPath: traces.path)

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
        // Nobody measured at 5: what was before goes on.
        let gap = try NetTrace.read("t_s,kbit_s\n0,100\n5,\n9,30\n")
        #expect([4, 5, 8, 9].map { gap.kbitS(at: $0) } == [100, 100, 100, 30])
        for bad in [
            "", "t_s\n1\n", "t_s,kbit_s\n1,\n", "t_s,kbit_s\n1,2\n1,2\n", "t_s,kbit_s\n0,-1\n",
            "t_s,kbit_s\n0,x\n",
        ] {
            #expect(throws: RouteFault.self) { try NetTrace.read(bad) }
        }
    }

    @Test(
        "The network of each measured drive is played through a day, and nothing is lost by it",
        .enabled(if: hasDrive, "needs ../shared/data/net"))
    func measured() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.traces.path).sorted()
            .filter { $0.hasSuffix(".csv") && ($0.hasPrefix("hsdpa") || $0.hasPrefix("gophers")) }
        #expect(names.count == 7)
        var slowest: Double = 0
        for name in names {
            let text = try String(contentsOf: Self.traces.appending(path: name), encoding: .utf8)
            let trace = try NetTrace.read(
                text.replacing(#/(tmobile_dl|\bdl)_kbps/#, with: "kbit_s"))
            let day = try RouteSimulation(
                RouteSimulationTests.plan(6), RouteSettings(seed: 1, profile: try .standard(), net: trace))
            while !day.isOver { try day.advance(by: 600_000) }
            let result = try day.result()
            #expect(result.verdict == .ok && result.reconciliation.lost == 0, "\(name)")
            #expect(result.reconciliation.received == result.taps, "\(name)")
            // Where the trace has moments without network, the day has, too.
            let isDead = (0..<900).contains { trace.kbitS(at: $0) == 0 }
            #expect((result.offlineS > 0) == isDead, "\(name): \(result.offlineS) s")
            slowest = max(slowest, result.tapToDepotMax ?? 0)
        }
        // T-Mobile had nothing for most of two minutes.
        #expect(slowest > 1)
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
