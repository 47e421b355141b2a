import Foundation
import TestSupport

/// A program that goes on beside the test, until it is ended or nobody holds it.
final class Background: Sendable {
    private let process: ChildProcess
    private let files: TemporaryFolder

    init(_ program: String, _ arguments: [String], environment: [String: String]) throws {
        files = try TemporaryFolder()
        process = try ChildProcess(
            Repository.program(program).path, arguments,
            environment: Command.surroundings(environment),
            output: files.path("out"), errors: files.path("err"))
    }

    deinit { process.signal(SIGKILL) }

    var isRunning: Bool { process.isRunning }

    /// What it wrote to standard output so far.
    var output: String {
        (try? String(contentsOf: files.url.appending(path: "out"), encoding: .utf8)) ?? ""
    }

    var errors: String {
        (try? String(contentsOf: files.url.appending(path: "err"), encoding: .utf8)) ?? ""
    }

    /// Sends a signal that does not end it.
    func signal(_ number: Int32) { process.signal(number) }

    /// Sends a signal and waits for the end.
    /// - Returns: the exit code, or 128 + the signal that ended it.
    func end(_ signal: Int32) async -> Int32 {
        process.signal(signal)
        return await process.end()
    }
}

/// Asks again until it is so.
/// - Returns: how long it took; nil where `limit` passed first.
func until(
    _ limit: Duration = .seconds(15), _ condition: () async throws -> Bool
) async throws -> Duration? {
    let start = ContinuousClock.now
    while start.duration(to: .now) < limit {
        if try await condition() { return start.duration(to: .now) }
        try await Task.sleep(for: .milliseconds(20))
    }
    return nil
}
