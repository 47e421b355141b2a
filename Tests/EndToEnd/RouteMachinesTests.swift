import Foundation
import TestSupport
import Testing

/// What befalls the phone and the depot on a simulated day, asked for at the prompt: what the answer
/// says of it in both languages, and what the object of `--json` has of it.
struct RouteMachinesTests {
    private struct Day: Decodable {
        var outbox: [Depth]
        var phones: Int
        var taps: Int
        var timeline: [Stop]
        var verdict: String

        struct Depth: Decodable {
            var atS: Int
            var pending: Int
        }

        struct Stop: Decodable {
            var tappedS: Int?
            var receivedS: Int?
        }

        /// What waited at a second of the day.
        func pending(at second: Int) -> Int { outbox.last { $0.atS <= second }?.pending ?? 0 }
    }

    private let folder: TemporaryFolder
    private let source: [String]

    /// Four stops near each other, on a day on which nothing else goes wrong.
    init() throws {
        folder = try TemporaryFolder()
        let rows = (1...4).map {
            HubPlan.row("S\($0)", $0, window: "")
                .replacingOccurrences(of: "22.7547,121.15", with: "22.75\($0)7,121.1\($0)5")
        }
        try Data((HubPlan.header + rows.joined()).utf8)
            .write(to: URL(filePath: folder.path("plan.csv")))
        let own = Repository.folder.appending(path: "Schemas/profiles/route_taitung.json")
        var profile = try #require(
            try JSONSerialization.jsonObject(with: try Data(contentsOf: own)) as? [String: Any])
        for key in ["failures_per_mille", "office_edits_per_mille"] {
            profile[key] = [:] as [String: Int]
        }
        profile["no_coverage_per_mille"] = 0
        profile["dead_zones"] = [] as [Int]
        try JSONSerialization.data(withJSONObject: profile)
            .write(to: URL(filePath: folder.path("profile.json")))
        source = ["--plan", folder.path("plan.csv"), "--profile", folder.path("profile.json")]
    }

    private func run(_ arguments: [String]) async throws -> String {
        let run = try await Command.run(
            Repository.program("lucky").path, ["route", "simulate"] + source + arguments,
            environment: ["LANG": "C", "LC_ALL": "", "LC_MESSAGES": "", "LUCKY_DB": ""])
        try #require(run.status == 0, "\(arguments): \(run.errors)")
        return run.output
    }

    private func day(_ arguments: String...) async throws -> Day {
        let output = try await run(arguments + ["--json"])
        #expect(try CommandSchema.faults(of: output, "route-simulate") == [], "\(arguments)")
        return try HubJSON.read(output)
    }

    /// When each of these was said, as minutes of the day; the order is that of the words.
    private func minutes(
        of words: [(zh: String, en: String)], _ arguments: String...
    ) async throws -> [Int] {
        var said: [[Int]] = []
        for isChinese in [true, false] {
            let lines = try await run(arguments + ["--lang", isChinese ? "zh-Hant" : "en"])
                .split(separator: "\n")
            said.append(
                try words.map { word in
                    let text = isChinese ? word.zh : word.en
                    let found = lines.filter { $0.hasSuffix("  \(text)") }
                    try #require(found.count == 1, "\(text): \(lines)")
                    let time = found[0].prefix(5).split(separator: ":").compactMap { Int($0) }
                    return try #require(time.first) * 60 + (try #require(time.last))
                })
        }
        #expect(said[0] == said[1])
        return said[0]
    }

    private static let calm = "--seed=1"

    @Test("Without any of them one phone has nothing that waits for long")
    func nothing() async throws {
        let day = try await day(Self.calm)
        #expect(day.verdict == "ok" && day.phones == 1)
        for stop in day.timeline {
            let (tapped, received) = (try #require(stop.tappedS), try #require(stop.receivedS))
            #expect(received - tapped <= 1)
        }
    }

    @Test("A flat battery: the phone says so, nobody taps until it is back, and nothing is lost")
    func battery() async throws {
        let words = [("手機沒電", "The phone's battery is flat"), ("手機重新開機", "The phone is on again")]
        let said = try await minutes(of: words, "--battery-death", "07:45")
        #expect(said[0] == 465 && said[1] > 465)
        let day = try await day("--battery-death", "07:45")
        #expect(day.verdict == "ok" && day.phones == 1)
        #expect(day.taps == (try await self.day(Self.calm).taps))
        let taps = day.timeline.compactMap(\.tappedS)
        #expect(taps.count == 4)
        #expect(!taps.contains { (465 * 60..<said[1] * 60).contains($0) }, "\(taps)")
        // On a whole day somebody would have.
        #expect(
            try await self.day(Self.calm).timeline.compactMap(\.tappedS)
                .contains { (465 * 60..<said[1] * 60).contains($0) })
    }

    @Test("Another phone: the new one loads the route, the old one sends its rest in the evening")
    func swap() async throws {
        let words = [
            ("換一支新手機；舊手機關機收著", "Another phone from now on; the old one is off, and kept"),
            ("新手機已載入路線", "The new phone has the route"),
            ("舊手機開機補送", "The old phone is on, to send the rest"),
        ]
        let said = try await minutes(of: words, "--phone-swap", "07:45")
        #expect(said == said.sorted() && said[0] >= 465 && said[2] > said[1])
        let day = try await day("--phone-swap", "07:45")
        #expect(day.verdict == "ok" && day.phones == 2 && day.timeline.count == 4)
        // What the old phone saved last waits in the truck until it is switched on again.
        let late = day.timeline.filter { ($0.receivedS ?? 0) / 60 >= said[2] }
        #expect(late.contains { ($0.tappedS ?? .max) / 60 <= said[0] }, "\(day.timeline)")
        for second in stride(from: (said[0] + 1) * 60, to: said[2] * 60, by: 30) {
            #expect(day.pending(at: second) >= 1)
        }
        #expect(day.outbox.last?.pending == 0)
        // Without an option nobody swaps.
        #expect(try await self.day(Self.calm).phones == 1)
    }

    @Test("A depot that is down: nothing is received from then until it is back, then all of it")
    func outage() async throws {
        let words = [
            ("總部系統停機", "The depot's system is down"), ("總部系統恢復", "The depot's system is up again"),
        ]
        let said = try await minutes(of: words, "--hub-outage", "07:35-08:05")
        #expect(said == [455, 485])
        let day = try await day("--hub-outage", "07:35-08:05")
        #expect(day.verdict == "ok" && day.phones == 1)
        let down = 455 * 60..<485 * 60
        let depths = day.outbox.filter { down.contains($0.atS) }.map(\.pending)
        #expect(depths.count > 3 && depths == depths.sorted() && depths[0] > 0, "\(depths)")
        let tapped = day.timeline.filter { down.contains($0.tappedS ?? 0) }
        #expect(!tapped.isEmpty)
        for stop in tapped {
            // The phone tries again within a few minutes.
            let received = try #require(stop.receivedS)
            #expect(received >= down.upperBound && received < down.upperBound + 900)
        }
        #expect(day.pending(at: down.upperBound + 900) < (try #require(depths.last)))
    }
}
