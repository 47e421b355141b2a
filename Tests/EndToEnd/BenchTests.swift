import Foundation
import TestSupport
import Testing

/// The bench, beside `lucky`, from the same build.
private let benchProgram = ProcessInfo.processInfo.environment["LUCKY_RELEASE"].map {
    URL(filePath: $0).deletingLastPathComponent().appending(path: "lucky-bench").path
}

/// What the bench prints, and when it fails, is a contract: scripts read it.
@Suite(.enabled(if: benchProgram != nil, "needs the release build of ./cli/test"))
struct BenchTests {
    private static func bench(_ arguments: String...) async throws -> Command.Result {
        let folder = try TemporaryFolder()
        return try await Command.run(
            try #require(benchProgram), arguments + ["--disk", folder.path("disk")],
            in: Repository.folder, deadline: .seconds(600))
    }

    private struct Row: Decodable {
        var name: String
        var better: String
        var ours: Double
        var reference: Double
        var ratio: Double
        var spread: Double
        var rounds: Int
    }

    @Test("A row of --json has its keys in order, and five rounds or more")
    func json() async throws {
        let run = try await Self.bench(
            "--json", "--only", "wire_raw", "--only", "hub_duplicates", "--short")
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 2)
        for (line, name) in zip(lines, ["wire_raw", "hub_duplicates"]) {
            let keys = line.matches(of: /[{,]"([a-z_]+)":/).map { String($0.output.1) }
            #expect(
                keys == [
                    "name", "unit", "better", "ours", "reference", "reference_name", "ratio",
                    "spread", "rounds", "note",
                ])
            let row = try JSONDecoder().decode(Row.self, from: Data(line.utf8))
            #expect(row.name == name)
            #expect(row.better == (name == "wire_raw" ? "lower" : "higher"))
            #expect(row.rounds >= 5)
            #expect(row.ours > 0 && row.reference > 0 && row.ratio > 0 && row.spread >= 0)
        }
        // What it was measured on.
        #expect(run.errors.contains(/cores, \d+ GiB, SQLite 3/))
    }

    @Test("A name that no row has is refused, with those that there are; the help has them all")
    func names() async throws {
        let run = try await Self.bench("--only", "tap")
        #expect(run.status == 64 && run.output.isEmpty)
        let names = run.errors.matches(of: /[a-z]+_[a-z_]+/).map { String($0.output) }
        #expect(
            names == [
                "tap_disk", "tap_tmpfs", "wire_raw", "wire_zstd", "hub_merge", "hub_duplicates",
                "open_cold", "day_memory", "sync_scaling", "drain_slow_link", "status_process",
            ])
        let help = try await Command.run(
            Repository.folder.appending(path: "cli/bench").path, ["--help"])
        for name in names { #expect(help.output.contains(name), "\(name)") }
        #expect(try await Self.bench("--rounds", "0").status == 64)
    }

    @Test(
        "The short form fails where a ratio is worse by more than a quarter, measured twice",
        arguments: [(#"{"wire_raw": 0.01}"#, true), (#"{"wire_raw": 9}"#, false), ("{}", true)])
    func short(_ baseline: String, _ fails: Bool) async throws {
        let folder = try TemporaryFolder()
        try Data(baseline.utf8).write(to: folder.url.appending(path: "baseline.json"))
        let run = try await Self.bench(
            "--short", "--only", "wire_raw", "--baseline", folder.path("baseline.json"))
        #expect(run.status == (fails ? 1 : 0))
        let again = run.errors.ranges(of: "measured once more").count
        #expect(again == (baseline.contains("0.01") ? 1 : 0))
        #expect(run.errors.contains("not in the baseline, nothing") == (baseline == "{}"))
    }

    @Test("A written baseline keeps the worse of two ratios, and whatever else it has")
    func written() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "written.json")
        func ratios() throws -> [String: Double] {
            try JSONDecoder().decode([String: Double].self, from: Data(contentsOf: file))
        }
        func run() async throws {
            let run = try await Self.bench(
                "--only", "wire_raw", "--only", "hub_duplicates", "--rounds", "1",
                "--write-baseline", file.path)
            #expect(run.status == 0)
        }
        try await run()
        #expect(try ratios().keys.sorted() == ["hub_duplicates", "wire_raw"])
        // Of one lower is worse, of the other higher.
        let mixed = #"{"hub_duplicates": 0.01, "other": 1, "wire_raw": 9}"#
        try Data(mixed.utf8).write(to: file)
        try await run()
        #expect(try ratios() == ["hub_duplicates": 0.01, "other": 1, "wire_raw": 9])
        let better = #"{"hub_duplicates": 1000000, "wire_raw": 0.01}"#
        try Data(better.utf8).write(to: file)
        try await run()
        let last = try ratios()
        #expect(try #require(last["hub_duplicates"]) < 1_000_000)
        #expect(try #require(last["wire_raw"]) > 0.01)
    }
}
