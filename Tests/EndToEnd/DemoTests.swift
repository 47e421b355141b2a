import Foundation
import TestSupport
import Testing

/// The demo plays its day through the real programs, and its verdict can be red.
@Suite(.timeLimit(.minutes(10)))
struct DemoTests {
    @Test("A day with everything that goes wrong ends green")
    func green() async throws {
        let run = try await DemoDay.played.value.run
        #expect(run.status == 0, "\(run.errors)")
        let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
        try #require(lines.count == 2 && lines[1].isEmpty, "\(run.output)")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
        func number(_ key: String) -> Int { (object[key] as? NSNumber)?.intValue ?? -1 }
        #expect(number("stops") == 61)
        #expect(number("facts") > 120)
        #expect(number("received") == number("facts"))
        #expect(number("lost") == 0)
        #expect(number("doubled") == 0)
        #expect(object["converged"] as? Bool == true)
        // Reassigned and delivered, cancelled and delivered; and delivered twice, and paid twice,
        // where the second driver came there before the first one's tap reached the depot.
        #expect((2...4).contains(number("reviews")))
        for key in [
            "hub_restarts", "driver_kills", "unreceived_at_kill", "responses_lost",
            "offline_edits", "pending_max",
        ] { #expect(number(key) >= 1, "\(key)") }
        // Alone it takes half of a minute; here it may share the machine with other tests.
        let seconds = (object["duration_s"] as? NSNumber)?.doubleValue ?? 0
        #expect(seconds > 0 && seconds < 120)
        say("demo: \(seconds) s")
    }

    @Test("The keys stand in the order of the contract")
    func keyOrder() async throws {
        let output = try await DemoDay.played.value.run.output
        let keys = output.matches(of: /"(\w+)":/).map { String($0.1) }
        #expect(
            keys.prefix(14) == [
                "stops", "facts", "received", "lost", "doubled", "converged", "reviews",
                "hub_restarts", "driver_kills", "unreceived_at_kill", "responses_lost",
                "offline_edits", "pending_max", "duration_s",
            ])
    }

    @Test("Every fault is told as it happens, the verdict in plain words")
    func told() async throws {
        let said = try await DemoDay.played.value.run.errors
        for words in [
            "enters a dead zone", "has a signal again", "The hub is killed (kill -9)",
            "The hub is back", "phone dies (kill -9)", "phone is back", "its answer got lost",
            "The office hands stop", "The office cancels stop", "The office corrects the address",
            "The office moves stop", "The office adds stop", "delivers part of stop",
            "nobody at home", "corrects what was recorded", "takes a photo", "Open reviews: ",
            "but drv-01 delivered it", "Delivered, proof pending: 1",
            "drv-03 is the same as the hub",
        ] { #expect(said.contains(words), "\(words)") }
        #expect(!said.contains("differ"))
    }

    @Test("A kept day is judged the same again, and nothing of it changes")
    func judgedAgain() async throws {
        let day = try await DemoDay.copy()
        let before = try Data(contentsOf: URL(filePath: day.hub))
        let again = try await day.judge(json: true)
        #expect(again.status == 0, "\(again.errors)")
        let first = try await DemoDay.played.value.run.output
        #expect(again.output == first)
        #expect(try Data(contentsOf: URL(filePath: day.hub)) == before)
    }

    @Test("The same in Chinese")
    func chinese() async throws {
        let day = try await DemoDay.copy()
        let verdict = try await Command.run(
            Repository.program("lucky").path, ["demo", "judge", day.path, "--lang", "zh-Hant"])
        #expect(verdict.status == 0)
        #expect(verdict.output.contains("對帳"))
        #expect(verdict.output.contains("待審"))
        #expect(verdict.output.contains("沒有遺失，沒有重複"))
        #expect(!verdict.output.contains("agree"))
    }

    @Test("A folder that holds something is not written to")
    func usedFolder() async throws {
        let folder = try TemporaryFolder()
        try Data("mine".utf8).write(to: folder.url.appending(path: "mine"))
        let run = try await Command.run(
            Repository.program("lucky").path, ["demo", "--lang", "en", "--keep", folder.url.path])
        #expect(run.status == 1)
        #expect(run.errors.contains("is not empty"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["mine"])
    }

    @Test("No process outlives the demo", arguments: [SIGINT, SIGKILL])
    func endsWithItsProcesses(signal: Int32) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("day")
        let demo = try ChildProcess(
            Repository.program("lucky").path, ["demo", "--keep", path],
            environment: Command.surroundings([:]), output: folder.path("out"),
            errors: folder.path("err"))
        // On a thread of its own: the day is over in half of a minute, and whoever waits for a turn
        // behind other tests may find nobody there any more.
        try await onThread {
            // Hub, three drivers.
            try until { try processes(naming: path).count >= 5 }
            demo.signal(signal)
            try until { try !demo.isRunning && processes(naming: path).isEmpty }
        }
        withExtendedLifetime(folder) {}
    }

    private struct NotInTime: Error {}

    private func until(_ isTrue: () throws -> Bool) throws {
        let end = ContinuousClock.now + .seconds(60)
        while try !isTrue() {
            if ContinuousClock.now > end { throw NotInTime() }
            usleep(20_000)
        }
    }

    /// Processes whose command line has this text in it.
    private func processes(naming text: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { entry in
            guard Int(entry) != nil,
                let line = FileManager.default.contents(atPath: "/proc/\(entry)/cmdline")
            else { return false }
            return String(decoding: line, as: UTF8.self).contains(text)
        }
    }
}
