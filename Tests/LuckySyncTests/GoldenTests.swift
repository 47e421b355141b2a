import Foundation
import LuckyModel
import LuckySync
import Testing

/// Replays every golden: a seed, options, and steps of (time, event, expected effects), in JSON that
/// any language can read. `LUCKY_RECORD_GOLDENS=1` writes what the machine does now, for review.
struct GoldenTests {
    struct Golden: Codable {
        var about: String
        var seed: UInt64
        var wait_s: Int
        var poll_ms: Int64?
        var steps: [Step]
    }

    struct Step: Codable {
        var at_ms: Int64
        var event: SyncEvent
        var effects: [SyncEffect]
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Goldens")

    static var names: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".json") }.sorted()
    }

    @Test func goldensExist() {
        #expect(Self.names.count >= 12)
    }

    @Test(arguments: names)
    func golden(_ name: String) throws {
        let file = Self.folder.appendingPathComponent(name)
        var golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
        var options = SyncOptions()
        options.waitSeconds = golden.wait_s
        options.pollMilliseconds = golden.poll_ms ?? 0
        var machine = SyncMachine(options: options, seed: golden.seed)
        var actual: [Step] = []
        for step in golden.steps {
            let effects = machine.handle(step.event, now: step.at_ms)
            actual.append(Step(at_ms: step.at_ms, event: step.event, effects: effects))
        }
        if ProcessInfo.processInfo.environment["LUCKY_RECORD_GOLDENS"] == "1" {
            golden.steps = actual
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try encoder.encode(golden).write(to: file)
        }
        for (expected, got) in zip(golden.steps, actual) {
            #expect(got.effects == expected.effects, "\(name) at \(expected.at_ms) ms")
        }
    }
}
