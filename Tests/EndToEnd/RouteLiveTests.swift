import Foundation
import TestSupport
import Testing

/// The live view's time: how much of the day a picture is at each speed, that it stands while paused,
/// and what the keys do to it. Counted in pictures, never by a clock.
@Suite(.serialized) struct RouteLiveTests {
    private let folder: TemporaryFolder
    private let plan: String

    init() throws {
        folder = try TemporaryFolder()
        plan = folder.path("plan.csv")
        try Data((HubPlan.header + HubPlan.row("S1", 1, window: "")).utf8)
            .write(to: URL(filePath: plan))
    }

    private func live(
        _ arguments: [String], columns: UInt16 = 80, language: String = "en",
        keys: [(after: String, key: String)]
    ) async throws -> [String] {
        let run = try await PseudoTerminal.run(
            Repository.program("lucky").path,
            ["route", "simulate", "--plan", plan, "--lang", language] + arguments,
            columns: columns, environment: ["LUCKY_DB": "", "TERM": "xterm"], keys: keys)
        try #require(run.status == 0 && !run.timedOut, "\(run.output.suffix(2_000))")
        return run.output.components(separatedBy: "\u{1B}[H").dropFirst().map {
            $0.components(separatedBy: "\u{1B}[J")[0].replacingOccurrences(of: "\u{1B}[K", with: "")
        }
    }

    /// Seconds of the day that each picture moves on, by the time that the day was in flight mode.
    private func secondsAPicture(_ speed: String, pictures: Int) async throws -> Double {
        let page = folder.path("\(speed).html")
        // No key is `x`: it is struck only so that the test goes on at the next picture.
        let keys =
            [(after: "q quit", key: "o")]
            + Array(repeating: (after: "q quit", key: "x"), count: pictures)
            + [(after: "q quit", key: "q")]
        let seen = try await live(["--speed", speed, "--report", page], keys: keys)
        let dark = seen.count { $0.contains("Network: off") }
        #expect(dark >= pictures)
        let text = try String(contentsOf: URL(filePath: page), encoding: .utf8)
        let offline = try #require(
            text.firstMatch(of: /"offline_s":(\d+)/).flatMap { Double($0.1) })
        return offline / Double(dark)
    }

    @Test("At 1x a second is a second, at 60x a minute, at most a picture is a minute")
    func speeds() async throws {
        // Twenty pictures a second; the object counts whole seconds.
        let real = try await secondsAPicture("1x", pictures: 200)
        #expect(abs(real * 20 - 1) < 0.15, "\(real)")
        let fast = try await secondsAPicture("60x", pictures: 40)
        #expect(abs(fast * 20 - 60) < 2, "\(fast)")
        // As fast as it goes nobody is quick enough at the keys: by the time that each picture shows.
        let minutes = try await live(["--speed", "max"], keys: []).compactMap { picture in
            picture.firstMatch(of: /(\d\d):(\d\d)/).flatMap { time in
                Int(time.1).flatMap { hours in Int(time.2).map { hours * 60 + $0 } }
            }
        }
        let steps = zip(minutes.dropFirst(), minutes).map { $0 - $1 }
        #expect(steps.count > 20)
        // The last one ends with the day.
        #expect(steps.dropLast().allSatisfy { $0 == 1 }, "\(steps)")
    }

    private struct Screen: Sendable {
        var language: String
        var columns: UInt16
        /// A key's name, standing still, setting out.
        var words: [String]
    }

    private static let screens = ["zh-Hant", "en"].flatMap { language in
        [40, 80].map { columns in
            Screen(
                language: language, columns: columns,
                words: language == "en"
                    ? ["space pause", "PAUSED", "Clocked in"] : ["空白 暫停", "暫停　路線", "上班打卡"])
        }
    }

    @Test("Paused, the day stands; a tap then comes in that same minute", arguments: screens)
    private func pause(_ screen: Screen) async throws {
        let (key, paused, out) = (screen.words[0], screen.words[1], screen.words[2])
        let keys =
            [(after: key, key: " ")]
            + Array(repeating: (after: paused, key: "x"), count: 45)
            + [(after: paused, key: "t"), (after: paused, key: " "), (after: out, key: "q")]
        let pictures = try await live(
            ["--speed", "60x"], columns: screen.columns, language: screen.language, keys: keys)
        let still = pictures.filter { $0.contains(paused) }
        #expect(still.count >= 45)
        // Had it gone on, these pictures were more than two minutes.
        let times = Set(still.map { $0.prefix(5) })
        #expect(times.count == 1)
        // It would be on its way only twenty minutes later.
        let line = try #require(
            pictures.last?.split(whereSeparator: \.isNewline).first { $0.contains(out) })
        #expect(times.contains(line.prefix(5)) && line.prefix(5) == "07:10", "\(line)")
        #expect(!(pictures.last?.contains(paused) ?? true))
    }
}
