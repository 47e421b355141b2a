import Foundation
import TestSupport
import Testing

/// What is said of a seed that fails: with it people go on, who did not see it run.
struct FailingSeedTests {
    /// A fault planted in the product (`Mutant`) makes it fail, whatever the rest is worth.
    private static let fault = "left_stop_stays"

    @Test(
        "It is named with commit and command, made short, and a case that fails for the same reason"
    )
    func failingSeed() async throws {
        let played = try await Self.lucky([
            "simulate", "run", "--brief", "--faults", "none", "--seed", "3", "--commit", "c0ffee",
            "--shorten", "40", "--mutant", Self.fault,
        ])
        #expect(played.status == 1)
        let lines = played.output.split(separator: "\n").map(String.init)
        let replay =
            "lucky simulate replay --seed 3 --drivers 2 --days 1 --faults none --brief # c0ffee"
        #expect(lines.contains { $0.hasSuffix(replay) })

        let first = try #require(lines.firstIndex(of: "{"), "\(played.output.suffix(2_000))")
        let last = try #require(lines.lastIndex(of: "}"))
        let text = lines[first...last].joined(separator: "\n") + "\n"
        #expect(text.contains("\"lucky-case/1\""))
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "failing-\(UInt64.random(in: .min ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "swarm-3.json")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let with = try await Self.lucky(["cases", "run", file.path, "--mutant", Self.fault])
        #expect(with.status == 1, "\(with.output)\(with.errors)")
        let without = try await Self.lucky(["cases", "run", file.path])
        #expect(without.status == 0, "\(without.output)\(without.errors)")
    }

    @Test("The short history alone is a file as it is printed")
    func short() async throws {
        let played = try await Self.lucky([
            "simulate", "minimize", "--brief", "--faults", "none", "--seed", "3", "--runs", "8",
            "--mutant", Self.fault,
        ])
        let lines = played.output.split(separator: "\n").map(String.init)
        let first = try #require(lines.firstIndex(of: "{"), "\(played.output.suffix(2_000))")
        let last = try #require(lines.lastIndex(of: "}"))
        let text = lines[first...last].joined(separator: "\n")
        let read = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(read?["schema"] as? String == "lucky-case/1" && played.status == 1)
    }

    private static func lucky(_ arguments: [String]) async throws -> Command.Result {
        try await Command.run(
            Repository.program("lucky").path, arguments, deadline: .seconds(400))
    }
}
