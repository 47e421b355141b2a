import Foundation
import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// What the live view says of a moment, part by part, in both languages and widths.
struct RouteViewTests {
    struct Screen: Sendable {
        var language: Language
        var width: Int

        func says(_ zh: String, _ en: String) -> String { language == .zhHant ? zh : en }

        func lines(_ now: RouteSnapshot, paused: Bool = false) -> [String] {
            var view = RouteView(language)
            view.isPaused = paused
            return view.lines(now, width: width, height: 24)
        }
    }

    static let screens = Language.allCases.flatMap { language in
        [40, 80].map { Screen(language: language, width: $0) }
    }

    @Test("Why a phone took nothing is said in words, on the screen and on the page")
    func refused() throws {
        var day = try RouteSimulationTests.play(1).result()
        for code in [
            "already_closed", "already_arrived", "nothing_handed_over", "handed_over",
            "proof_missing", "out_of_range", "too_much_cash", "unknown_stop", "disk_full",
        ] {
            day.timeline[0].outcome = "refused"
            day.timeline[0].reason = code
            for language in Language.allCases {
                let why = Phrase.routeRefusal(code).text(in: language)
                let event = RouteEvent(
                    at: try Self.moment(9, 5), kind: .closed(.refused(code)), stop: 1, pending: 0)
                let line = event.line(in: language)
                #expect(line.contains(why) && !line.contains("_"), "\(line)")
                let page = RoutePage(day, language).html
                #expect(page.contains(HTML.escaped(why)), "\(code)")
                // The code stands in the object alone.
                #expect(page.components(separatedBy: code).count == 2, "\(code)")
            }
        }
        let codes = ["already_closed", "handed_over", "unknown_stop", "disk_full"]
        #expect(Set(codes.map { Phrase.routeRefusal($0).text(in: .zhHant) }).count == codes.count)
    }

    private static func moment(_ hour: Int64, _ minute: Int64) throws -> Int64 {
        let day = try #require(CivilDate(text: "2026-11-22"))
        return day.startUnixMilliseconds + (hour * 60 + minute) * 60_000
    }

    /// Twelve past nine, on the way to the second of four stops.
    private static func now() throws -> RouteSnapshot {
        let stops = try (0..<4).map { index in
            RouteSnapshot.Line(
                number: index + 1, code: "S\(index + 1)", outcome: index < 1 ? "failed" : "open",
                isClosed: index < 1, waiting: 0, at: try moment(9, Int64(5 + 15 * index)))
        }
        return RouteSnapshot(
            now: try moment(9, 12), route: "R1", stops: stops, current: 1, part: 0.5,
            isOnline: true, kbitS: nil, isPhoneOn: true, isHubUp: true, pending: 0, received: 7,
            doneAt: try moment(15, 41))
    }

    @Test(
        "The truck goes along its road, to a stop that is named with its time", arguments: screens)
    func road(_ screen: Screen) throws {
        var now = try Self.now()
        var places: [Int] = []
        for part in [0, 0.25, 0.5, 0.75, 1] {
            now.part = part
            let road = screen.lines(now)[1]
            places.append(road.prefix { $0 == "─" }.count)
            let way = road.prefix { "─▶·".contains($0) }
            #expect(way.count { $0 == "▶" } == 1 && way.count > 10)
            #expect(part < 1 || way.last == "▶")
            #expect(road.hasSuffix(screen.says("第 2 站 09:20", "stop 2 at 09:20")), "\(road)")
            let part = Double(places.last ?? 0) / Double(way.count - 1)
            #expect(abs(part - now.part) <= 0.1)
        }
        #expect(places == places.sorted() && Set(places).count == 5 && places[0] == 0)
        now.current = nil
        #expect(screen.lines(now)[1] == screen.says("沒有要去的站了", "No stop left"))
    }

    @Test(
        "The link, the phone and the depot are said, each way that they can be", arguments: screens)
    func link(_ screen: Screen) throws {
        var now = try Self.now()
        let (up, down) = (screen.says("總部：運作中", "Depot: up"), screen.says("總部：停機", "Depot: down"))
        #expect(screen.lines(now)[2] == screen.says("網路：連線  ", "Network: on  ") + up)
        now.kbitS = 64
        #expect(
            screen.lines(now)[2]
                == screen.says("網路：連線（64 kbit/s）  ", "Network: on (64 kbit/s)  ") + up)
        now.isHubUp = false
        #expect(screen.lines(now)[2].hasSuffix(down))
        now.isOnline = false
        #expect(screen.lines(now)[2] == screen.says("網路：離線  ", "Network: off  ") + down)
        now.isPhoneOn = false
        #expect(screen.lines(now)[2] == screen.says("手機：關機  ", "Phone: off  ") + down)
    }

    @Test(
        "How much only the phone has, and how much the depot, is never cut off", arguments: screens)
    func outbox(_ screen: Screen) throws {
        var now = try Self.now()
        (now.pending, now.received) = (128, 512)
        #expect(
            screen.lines(now)[3]
                == screen.says("只在手機 128 筆　總部已收到 512 筆", "phone only 128  at the depot 512"))
    }

    @Test("Each stop has its number, time, code, outcome, and where it is safe", arguments: screens)
    func stops(_ screen: Screen) throws {
        var now = try Self.now()
        func line(_ code: String) throws -> String {
            try #require(screen.lines(now).first { $0.contains(" \(code) ") })
        }
        let safe = try line("S1")
        #expect(safe.hasPrefix("    1  09:05  S1  "))
        #expect(safe.contains(screen.says("配送失敗", "failed")))
        #expect(safe.hasSuffix(screen.says("總部已收到", "at the depot")), "\(safe)")
        let next = try line("S2")
        #expect(next.hasPrefix("▶   2  09:20  S2  "))
        #expect(next.contains(screen.says("待配送", "pending")))
        let words = [screen.says("總部已收到", "at the depot"), screen.says("只在手機", "phone only")]
        #expect(!words.contains { next.contains($0) })
        // Of a stop whose taps wait nothing says that the depot has it.
        now.stops[0].waiting = 2
        #expect(try line("S1").hasSuffix(words[1]))
        now.stops[3].at = nil
        #expect(try line("S4").hasPrefix("    4    –    S4  "))
    }

    @Test("Of a long route the truck's part is shown", arguments: screens)
    func longRoute(_ screen: Screen) throws {
        var now = try Self.now()
        let one = now.stops[1]
        now.stops = (1...60).map { number in
            var line = one
            (line.number, line.code) = (number, "S\(number)")
            return line
        }
        for current in [0, 1, 30, 58, 59] {
            now.current = current
            let lines = screen.lines(now)
            #expect(lines.count <= 24)
            let marked = lines.dropFirst(2).filter { $0.hasPrefix("▶") }
            #expect(marked.count == 1 && marked[0].contains(" S\(current + 1) "))
        }
    }

    @Test(
        "The head has the time, the route, how far it is, and that time stands", arguments: screens)
    func head(_ screen: Screen) throws {
        let now = try Self.now()
        let head = screen.lines(now)[0]
        #expect(head.hasPrefix(screen.says("09:12　路線 R1　1／4 站", "09:12  route R1  1 of 4 stops")))
        let paused = screen.lines(now, paused: true)[0]
        #expect(
            paused.hasPrefix(
                screen.says("09:12　暫停　路線 R1　1／4 站", "09:12  PAUSED  route R1  1 of 4 stops")))
        for isPaused in [false, true] {
            let lines = screen.lines(now, paused: isPaused)
            let done = screen.says("預計 15:41 跑完", "done about 15:41")
            #expect(lines.count { $0.hasSuffix(done) } == 1, "\(lines)")
            #expect(screen.width < 80 || lines[0].hasSuffix(done))
        }
        guard screen.width == 80 else { return }
        for key in screen.says("空白 暫停,o 飛航,t ,q 離開", "space pause,  o ,  t ,q quit")
            .split(separator: ",")
        {
            #expect(screen.lines(now).last?.contains(key) == true, "\(key)")
        }
    }

    @Test(
        "Long names push nothing off the screen: how far, when done, and where it is safe are whole",
        arguments: screens)
    func longNames(_ screen: Screen) throws {
        var now = try Self.now()
        now.route = "臺東市區與海岸山脈東側第一路線之延駛"
        let outcomes = ["partial", "refused", "failed", "delivered"]
        for index in now.stops.indices {
            now.stops[index].code = "TTT-2026-11-22-00\(index + 1)"
            now.stops[index].outcome = outcomes[index]
            now.stops[index].isClosed = true
            now.stops[index].waiting = index % 2
        }
        let lines = screen.lines(now)
        #expect(lines.allSatisfy { TextWidth.of($0) <= screen.width }, "\(lines)")
        #expect(lines[0].contains(screen.says("　4／4 站", "  4 of 4 stops")), "\(lines[0])")
        #expect(lines.contains { $0.hasSuffix(screen.says("預計 15:41 跑完", "done about 15:41")) })
        let rows = lines.filter { $0.contains("  TTT") }
        let words =
            screen.width == 80
            ? screen.says("總部已收到,只在手機", "at the depot,phone only")
            : screen.says("在總部,在手機", "depot,phone")
        let safe = words.split(separator: ",")
        #expect(rows.count == 4)
        for (index, row) in rows.enumerated() {
            #expect(row.hasSuffix("  " + safe[index % 2]), "\(row)")
        }
    }

    @Test("What happened stands below, the newest last", arguments: screens)
    func happened(_ screen: Screen) throws {
        var view = RouteView(screen.language)
        let at = try Self.moment(9, 0)
        view.add((1...20).map { RouteEvent(at: at, kind: .arrived, stop: $0, pending: 0) })
        let lines = view.lines(try Self.now(), width: screen.width, height: 24)
        let told = lines.compactMap { line in
            line.wholeMatch(of: /09:00  .*?(\d+).*/).flatMap { Int($0.1) }
        }
        #expect(told.count > 3 && told.last == 20 && told == told.sorted())
    }

    @Test("No screen is too small or too wide", arguments: Language.allCases)
    func sizes(_ language: Language) throws {
        let now = try Self.now()
        for width in [1, 2, 7, 20, 39, 200] {
            for height in [1, 3, 8, 60] {
                let lines = RouteView(language).lines(now, width: width, height: height)
                #expect(lines.count <= height)
                #expect(lines.allSatisfy { TextWidth.of($0) <= width }, "\(width)")
            }
        }
    }

    @Test("When it will be done is when it is, where no door takes longer than planned")
    func arrival() throws {
        var profile = try RouteProfile.standard()
        profile.noCoveragePerMille = 0
        profile.failuresPerMille = [:]
        profile.officeEditsPerMille = [:]
        profile.service.spreadPercent = 0
        let plan = try RouteSimulationTests.plan(4)
        let cylinders = try #require(plan.rows.last).quantities.total
        let work = profile.service.baseS + cylinders * profile.service.perCylinderS
        let day = try RouteSimulation(plan, RouteSettings(seed: 1, profile: profile))
        while try day.snapshot().part == 1 {
            try #require(!day.isOver)
            try day.advance(by: 10_000)
        }
        let way = try day.snapshot()
        let promised = try #require(way.doneAt)
        while !day.isOver { try day.advance(by: 600_000) }
        let last = try #require(try day.snapshot().stops.last?.at)
        let done = last + Int64(work) * 1_000
        #expect(abs(done - promised) <= (done - way.now) / 20)
    }
}
