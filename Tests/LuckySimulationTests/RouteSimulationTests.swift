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

    @Test("A depot that is still down when the day is over has what it had: nothing is called lost")
    func downToTheEnd() throws {
        func play(looking: Bool) throws -> RouteResult {
            var settings = RouteSettings(seed: 1, profile: try .standard())
            settings.hubOutage = 500...1_439
            settings.profile.noCoveragePerMille = 0
            let day = try RouteSimulation(try Self.plan(6), settings)
            while !day.isOver {
                try day.advance(by: 600_000)
                if looking { _ = try day.result() }
            }
            return try day.result()
        }
        let result = try play(looking: false)
        let books = result.reconciliation
        #expect(result.verdict == .waiting)
        #expect(books.lost == 0 && books.doubled == 0 && books.altered == 0)
        #expect(books.received > 0 && books.waiting > 0)
        #expect(books.received + books.waiting == books.tapped)
        #expect(try play(looking: true) == result)
    }

    @Test("A photo stays on the phone, and so does what it proves")
    func photos() throws {
        let result = try Self.play(6) { settings in
            settings.profile.photosPerMille = 1_000
            settings.profile.failuresPerMille = ["absent": 300]
        }.result()
        let closed = result.timeline.filter { $0.receivedS != nil }
        #expect(closed.contains { $0.outcome == "delivered" && $0.proof == .onPhone })
        for stop in closed {
            let isDelivered = ["delivered", "partial"].contains(stop.outcome)
            #expect(stop.proof == (isDelivered ? .onPhone : .complete), "\(stop.number)")
            #expect((stop.proofS == nil) == isDelivered)
        }
        let none = try Self.play(6) { $0.profile.photosPerMille = 0 }.result()
        #expect(none.timeline.allSatisfy { $0.proof != .onPhone })
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
                #expect(lines.last == Phrase.routeKeys.text(in: language))
                seen.insert(lines.count)
            }
            #expect(!seen.isEmpty)
        }
    }
}
