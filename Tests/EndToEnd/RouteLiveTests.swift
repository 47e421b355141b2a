import Foundation
import TestSupport
import Testing

/// The live view's time: how much of the day goes by at each speed, that it stands while paused, and
/// what the keys do to it.
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

    /// Seconds that the day was in flight mode, and the real ones that the whole run took.
    private func flight(_ speed: String) async throws -> (day: Double, real: Double) {
        let page = folder.path("\(speed).html")
        // No key is `x`: it is struck only so that the test goes on at the next picture.
        let keys =
            [(after: "q quit", key: "o")]
            + Array(repeating: (after: "Network: off", key: "x"), count: 200)
            + [(after: "q quit", key: "q")]
        let start = ContinuousClock.now
        _ = try await live(["--speed", speed, "--report", page], keys: keys)
        let real = (ContinuousClock.now - start) / .seconds(1)
        let text = try String(contentsOf: URL(filePath: page), encoding: .utf8)
        let day = try #require(text.firstMatch(of: /"offline_s":(\d+)/).flatMap { Double($0.1) })
        return (day, real)
    }

    @Test("At 1x a second is a second, at 60x a minute, at most a picture is a minute")
    func speeds() async throws {
        // How exactly, RoutePaceTests says by a clock of its own; here the run includes its start.
        let real = try await flight("1x")
        #expect(real.day <= real.real + 1 && real.day >= real.real / 4 - 1, "\(real)")
        let fast = try await flight("60x")
        #expect(fast.day <= fast.real * 60 && fast.day >= fast.real * 60 / 4, "\(fast)")
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
            + Array(repeating: (after: paused, key: "x"), count: 150)
            + [(after: paused, key: "t"), (after: paused, key: " "), (after: out, key: "q")]
        let pictures = try await live(
            ["--speed", "60x"], columns: screen.columns, language: screen.language, keys: keys)
        let still = pictures.filter { $0.contains(paused) }
        #expect(still.count >= 150)
        // Had it gone on, these pictures were more than a minute: keys are ten milliseconds apart.
        let times = Set(still.map { $0.prefix(5) })
        #expect(times.count == 1)
        // It would be on its way only twenty minutes later.
        let line = try #require(
            pictures.last?.split(whereSeparator: \.isNewline).first { $0.contains(out) })
        #expect(times.contains(line.prefix(5)) && line.prefix(5) < "07:20", "\(line)")
        #expect(!(pictures.last?.contains(paused) ?? true))
    }
}
