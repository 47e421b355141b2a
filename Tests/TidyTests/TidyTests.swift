import Foundation
import TestSupport
import Testing

/// What the repository promises about itself.
struct TidyTests {
    @Test("The top level holds nothing new")
    func topLevel() async throws {
        let fixed: Set = [
            "Package.swift", "Sources", "Tests", "Schemas", "cli", "README.md", "LICENSE",
        ]
        let top = Set(try await Tree.tracked().compactMap { $0.split(separator: "/").first })
        #expect(top.filter { !$0.hasPrefix(".") && !fixed.contains(String($0)) }.sorted() == [])
    }

    @Test("Nothing built or resolved is tracked")
    func nothingBuilt() async throws {
        let built = try await Tree.tracked().filter {
            $0.hasPrefix(".build") || $0.hasPrefix(".swiftpm/") || $0.hasSuffix("Package.resolved")
        }
        #expect(built == [])
    }

    /// Time, chance and waiting come in from outside: the same events give the same state.
    @Test("Core targets call no clock, no dice, no timer")
    func noAmbience() async throws {
        let core = [
            "LuckyModel", "LuckyCausality", "LuckyWire", "LuckyStore", "LuckySync", "LuckyHub",
        ]
        let banned = [
            "Date()", "Date.now", "Date(timeIntervalSinceNow", "UUID()", ".random(",
            ".randomElement(", ".shuffled()", ".shuffle()", "SystemRandomNumberGenerator",
            "ContinuousClock", "SuspendingClock", "Task.sleep", "usleep(", "systemUptime",
            "gettimeofday(", "clock_gettime(", "arc4random",
        ]
        var findings: [Finding] = []
        for target in core {
            findings += try await find(banned, in: ["Sources/\(target)/"])
        }
        #expect(findings == [])
    }

    @Test("Nothing that traps on purpose, nothing left for later")
    func noShortcuts() async throws {
        let code = try await find(["try!", " as!", "unsafeFlags"], in: ["Sources/", "cli/"])
        let notes = try await find(
            ["TODO", "FIXME", "XXX"], in: ["Sources/", "cli/", "Schemas/"], comments: true)
        #expect(code + notes == [])
    }

    @Test("No file is longer than 400 lines")
    func fileLength() async throws {
        for path in try await Tree.tracked() where path.hasSuffix(".swift") && !generated(path) {
            let count = try Tree.lines(path).count - 1
            #expect(count <= 400, "\(path) has \(count) lines")
        }
    }

    @Test("No path of somebody's machine")
    func noHomePaths() async throws {
        // In two parts, or this file would be the first finding.
        let homes = ["ho" + "me/", "Use" + "rs/", "ro" + "ot/", "wo" + "rk/"]
        let found = try await find(homes.map { "/" + $0 }, in: [""], comments: true)
        let paths = found.filter { finding in
            homes.contains { home in
                finding.text.matches(of: /(^|[^\w.~\/-])\/(\w+\/)/).contains { $0.output.2 == home }
            }
        }
        #expect(paths == [])
    }

    @Test("The budgets add up to half an hour, and a quarter for the release build, swarm and bench")
    func budgets() throws {
        var sum = 0.0
        var names: [String] = []
        for line in try Tree.lines("Tests/budgets") where !line.isEmpty && !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            try #require(words.count >= 4, "\(line)")
            names.append(String(words[0]))
            sum += try #require(Double(words[1]), "\(line)")
        }
        #expect(sum <= 45)
        #expect(Set(names).count == names.count)
        #expect(names.contains("build") && names.contains("tests"))
    }

    private func generated(_ path: String) -> Bool { path.hasSuffix(".pb.swift") }

    /// Lines of tracked files under the folders that contain one of the words, comments of Swift
    /// left out unless asked for.
    private func find(
        _ words: [String], in folders: [String], comments: Bool = false
    ) async throws -> [Finding] {
        var findings: [Finding] = []
        for path in try await Tree.tracked() where folders.contains(where: path.hasPrefix) {
            if generated(path) { continue }
            let swift = path.hasSuffix(".swift")
            for (index, line) in try Tree.lines(path).enumerated() {
                let seen = swift && !comments ? Tree.code(line) : line
                if words.contains(where: { seen.contains($0) }) {
                    findings.append(Finding(path: path, line: index + 1, text: String(line)))
                }
            }
        }
        return findings
    }
}
