import Foundation
import TestSupport
import Testing

/// `lucky route simulate` as a person runs it: in a pipe with each of its options, and live on a
/// terminal with its keys.
@Suite(.serialized) struct RouteSimulateTests {
    private static let environment = [
        "LANG": "C", "LC_ALL": "", "LC_MESSAGES": "", "LUCKY_TOKEN": "", "LUCKY_DB": "",
    ]

    private struct Day: Decodable {
        var delivered: Int
        var failed: Int
        var km: Double
        var late: Int
        var offlineS: Int
        var pendingMax: Int
        var phones: Int
        var route: String
        var stops: Int
        var tapToDepotMaxS: Double?
        var verdict: String
        var way: [Place]?

        struct Place: Decodable { var lat: Double }
    }

    private let folder: TemporaryFolder
    private let plan: String

    init() throws {
        folder = try TemporaryFolder()
        plan = folder.path("plan.csv")
        let rows = (1...4).map {
            HubPlan.row("S\($0)", $0, window: "")
                .replacingOccurrences(of: "22.7547,121.15", with: "22.75\($0)7,121.1\($0)5")
        }
        try Data((HubPlan.header + rows.joined()).utf8).write(to: URL(filePath: plan))
    }

    private func file(_ name: String, _ text: String) throws -> String {
        let path = folder.path(name)
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    private func simulate(_ arguments: String...) async throws -> Command.Result {
        let source = arguments.contains("--gpx") ? [] : ["--plan", plan]
        return try await Command.run(
            Repository.program("lucky").path, ["route", "simulate"] + source + arguments,
            environment: Self.environment)
    }

    private func day(_ arguments: String...) async throws -> Day {
        let source = arguments.contains("--gpx") ? [] : ["--plan", plan]
        let run = try await Command.run(
            Repository.program("lucky").path,
            ["route", "simulate", "--json"] + source + arguments, environment: Self.environment)
        try #require(run.status == 0, "\(arguments): \(run.errors)")
        #expect(try CommandSchema.faults(of: run.output, "route-simulate") == [], "\(arguments)")
        return try HubJSON.read(run.output)
    }

    @Test("The same seed is the same bytes, another seed another day; no path, no clock")
    func bytes() async throws {
        let first = try await simulate("--json")
        let again = try await simulate("--json", "--seed", "1")
        // Nor does it matter where the machine stands, and what is spoken there.
        let abroad = try await Command.run(
            Repository.program("lucky").path,
            ["route", "simulate", "--plan", plan, "--json", "--lang", "zh-Hant"],
            environment: ["TZ": "Pacific/Kiritimati", "LANG": "zh_TW.UTF-8", "LC_ALL": ""])
        #expect(abroad.output == first.output, "\(abroad.errors)")
        let other = try await simulate("--json", "--seed", "2")
        try #require(first.status == 0, "\(first.errors)")
        #expect(first.output == again.output && first.output != other.output)
        #expect(first.output.filter { $0 == "\n" }.count == 1 && first.errors.isEmpty)
        let today = ISO8601DateFormatter().string(from: Date()).prefix(10)
        for word in [folder.url.path, "/tmp", String(today)] {
            #expect(!first.output.contains(word), "\(word)")
        }
    }

    /// The project's own profile with some keys changed.
    private func profile(_ changes: [(String, String)]) throws -> String {
        let own = Repository.folder.appending(path: "Schemas/profiles/route_taitung.json")
        var object = try #require(
            try JSONSerialization.jsonObject(with: try Data(contentsOf: own)) as? [String: Any])
        for (key, value) in changes {
            object[key] = try JSONSerialization.jsonObject(
                with: Data(value.utf8), options: .fragmentsAllowed)
        }
        let bytes = try JSONSerialization.data(withJSONObject: object)
        return try file("profile.json", String(decoding: bytes, as: UTF8.self))
    }

    @Test("Each option does to the day what it says")
    func options() async throws {
        let calm = [
            ("failures_per_mille", "{}"), ("office_edits_per_mille", "{}"),
            ("no_coverage_per_mille", "0"), ("dead_zones", "[]"),
        ]
        let quiet = try profile(calm)
        let plain = try await day("--profile", quiet)
        #expect(plain.verdict == "ok" && plain.stops == 4 && plain.delivered == 4)
        #expect(plain.offlineS == 0 && plain.phones == 1 && plain.way == nil)

        let roads = try file(
            "roads.json",
            #"{"type":"LineString","coordinates":[[121.1150,22.7517],[121.1150,22.7600],"#
                + #"[121.1250,22.7600],[121.1250,22.7527],[121.1350,22.7537],[121.1450,22.7547]]}"#)
        let driven = try await day("--profile", quiet, "--roads", roads)
        #expect(driven.verdict == "ok" && driven.way?.isEmpty == false && driven.km != plain.km)

        let net = try file("net.csv", "t_s,kbit_s\n0,0\n86400,0\n")
        let dark = try await day("--profile", quiet, "--net", net)
        #expect(dark.verdict == "ok" && dark.offlineS > 600 && dark.pendingMax > 4)

        // The depot is down until after the last stop; the battery is flat before that.
        let down = try await day(
            "--profile", quiet, "--hub-outage", "07:30-10:00", "--battery-death", "07:45")
        #expect(down.verdict == "ok" && down.pendingMax > 4)
        #expect(try #require(down.tapToDepotMaxS) > 3_600)

        let gpx = try file(
            "drive.gpx",
            "<gpx><wpt lat=\"22.75\" lon=\"121.15\"><name>A</name></wpt>"
                + "<wpt lat=\"22.76\" lon=\"121.16\"/></gpx>")
        let bad = calm.dropFirst() + [("failures_per_mille", #"{"absent":1000}"#)]
        let failed = try await day("--gpx", gpx, "--profile", try profile(Array(bad)))
        #expect(failed.route == "GPX" && failed.stops == 2)
        #expect(failed.failed == failed.stops && failed.delivered == 0)
    }

    @Test("A network trace is read from a pipe as from a file")
    func piped() async throws {
        let net = try file("net.csv", "t_s,kbit_s\n0,0\n900,2000\n1800,0\n")
        let own = try await simulate("--json", "--net", net)
        let lucky = Repository.program("lucky").path
        let piped = try await Command.run(
            "/bin/sh",
            [
                "-c", "cat \"$1\" | \"$2\" route simulate --plan \"$3\" --json --net /dev/stdin",
                "sh", net, lucky, plan,
            ], environment: Self.environment)
        try #require(own.status == 0 && piped.status == 0, "\(own.errors)\(piped.errors)")
        #expect(piped.output == own.output)
        #expect(try await simulate("--json").output != own.output)
    }

    @Test("A GPX file has no routes to choose from")
    func gpxRoute() async throws {
        let gpx = try file("drive.gpx", "<gpx><wpt lat=\"22.75\" lon=\"121.15\"/></gpx>")
        let refused = try await simulate("--gpx", gpx, "--route", "R9")
        #expect(refused.status == 64 && refused.output.isEmpty)
        #expect(refused.errors.contains("--gpx, --route"), "\(refused.errors)")
    }

    /// What was drawn, picture by picture, without the codes that move the cursor.
    private static func pictures(_ output: String) -> [[Substring]] {
        output.components(separatedBy: "\u{1B}[H").dropFirst().map { picture in
            let end = picture.range(of: "\u{1B}[J")?.lowerBound ?? picture.endIndex
            let text = picture[..<end].replacingOccurrences(of: "\u{1B}[K", with: "")
            return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        }
    }

    /// Columns by Unicode's East Asian width, of what the view draws.
    private static func width(_ line: Substring) -> Int {
        line.unicodeScalars.reduce(0) { sum, scalar in
            switch scalar.value {
            case 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
                0xFF00...0xFF60, 0xFFE0...0xFFE6:
                sum + 2
            default: sum + 1
            }
        }
    }

    private struct Live: Sendable {
        var columns: UInt16
        var language: String
        /// What the screen shows: its keys, standing still, without a network, with one, the truck off.
        var words: [String]
    }

    private static let lives = [
        Live(
            columns: 80, language: "C",
            words: ["space pause", "PAUSED", "Network: off", "Network: on", "Clocked in"]),
        Live(
            columns: 40, language: "zh_TW.UTF-8",
            words: ["空白 暫停", "　暫停　", "網路：離線", "網路：連線", "出發"]),
    ]

    @Test(
        "Live: pause, flight mode, hurry and quit, in both languages and widths", arguments: lives)
    private func live(_ live: Live) async throws {
        let (shown, paused, off, on, left) = (
            live.words[0], live.words[1], live.words[2], live.words[3], live.words[4]
        )
        let run = try await PseudoTerminal.run(
            Repository.program("lucky").path,
            ["route", "simulate", "--plan", plan, "--speed", "60x"],
            columns: live.columns,
            environment: Self.environment.merging(["LANG": live.language]) { $1 },
            // Paused in the morning, so that the day stands still for the keys; then on with it.
            keys: [
                (shown, " "), (paused, "o"), (off, "o"), (on, "t"), (paused, " "), (left, "q"),
            ])
        #expect(run.status == 0 && !run.timedOut, "\(run.output.suffix(2_000))")
        #expect(run.output.contains("\u{1B}[?1049h\u{1B}[?25l"))
        let end = try #require(run.output.range(of: "\u{1B}[?25h\u{1B}[?1049l"))
        // What it came to stands on the terminal's own screen, and says that it was stopped.
        let sum = run.output[end.upperBound...]
        #expect(sum.contains(live.language == "C" ? "Stopped early" : "提早結束"), "\(sum)")
        #expect(!sum.contains("\u{1B}"))
        let pictures = Self.pictures(String(run.output[..<end.lowerBound]))
        #expect(pictures.count > 3)
        for picture in pictures {
            #expect(picture.count <= 24)
            for line in picture {
                #expect(Self.width(line) <= Int(live.columns), "\(line)")
            }
        }
    }

    @Test("A terminal that is dumb gets lines, and no codes")
    func dumb() async throws {
        let run = try await PseudoTerminal.run(
            Repository.program("lucky").path, ["route", "simulate", "--plan", plan],
            columns: 80, environment: Self.environment.merging(["TERM": "dumb"]) { $1 })
        #expect(run.status == 0 && !run.timedOut, "\(run.output.suffix(2_000))")
        #expect(run.output.contains("Clocked in") && !run.output.contains("\u{1B}"))
    }
}
