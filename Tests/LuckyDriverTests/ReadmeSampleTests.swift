import Foundation
import LuckyDriver
import TestSupport
import Testing

/// The README's sample: compiled as it stands there, and run against a replica with no network.
struct ReadmeSampleTests {
    // README sample begins
    func aDriversDay(database: String, hub: URL, token: @escaping @Sendable () -> String) async throws {
        // 1. Open this phone's replica. Works with no network, now and forever.
        let driver = try await Driver.open(
            at: database, as: "drv-01", hub: .http(hub, token: token))

        // 2. Sync in the background. Ends when the task is cancelled.
        let sync = Task { try await driver.run() }
        defer { sync.cancel() }

        // 3. Watch today's route. Every value is a whole, consistent snapshot.
        let screen = Task {
            for await routes in driver.routeUpdates(on: .today) { show(routes) }
        }
        defer { screen.cancel() }

        // 4. The tap. When this returns, the delivery is on disk; the depot can wait.
        if let next = try await driver.stops(on: .today).first {
            try await driver.arrive(at: next.stop.id)
            do {
                let commit = try await driver.complete(
                    next.stop.id,
                    handover: Handover(delivered: [.kg20: 2], collected: [.kg20: 1]),
                    proof: Proof(recipient: "王小姐"),
                    cash: .dollars(1_900))
                banner("saved as \(commit.change); \(commit.pending) wait for the depot")
            } catch {
                banner(error.message(in: .zhHant))
            }
        }

        // 5. Say honestly what is safe where.
        for await status in driver.statuses {
            switch status.phase {
            case .idle: banner("總部已全部收到")
            case .syncing: banner("同步中，尚有 \(status.pending) 筆")
            case .waiting, .paused: banner("離線，\(status.pending) 筆已安全存在手機")
            default: banner("需要處理：\(status.phase)")
            }
            break
        }

        // 6. End of shift: try to have everything received, then close.
        let isDrained = await driver.flush(within: 1)
        banner(isDrained ? "done" : "the rest goes next time")
        await driver.close()
    }
    // README sample ends

    private func show(_ routes: [StoredRoute]) {}
    private func banner(_ text: String) {}

    @Test("The sample runs with no hub in reach")
    func sampleRuns() async throws {
        let folder = try TemporaryFolder()
        setenv("XDG_STATE_HOME", folder.path("state"), 1)
        let path = folder.path("replica.sqlite")
        try Driver.create(at: path, for: "drv-01", hub: nil)
        let nowhere = try #require(URL(string: "http://127.0.0.1:9"))
        try await aDriversDay(database: path, hub: nowhere, token: { "none" })
    }

    @Test("The README shows exactly this code")
    func readmeShowsIt() throws {
        let source = try String(contentsOfFile: #filePath, encoding: .utf8)
        let body = try #require(
            source.components(separatedBy: "// README sample begins\n").dropFirst().first?
                .components(separatedBy: "    // README sample ends").first)
        let sample = body.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("    ") ? String($0.dropFirst(4)) : String($0) }
            .joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
        let readme = try String(
            contentsOf: Repository.folder.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.contains(sample))
    }
}
