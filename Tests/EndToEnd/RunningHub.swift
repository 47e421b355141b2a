import Foundation
import TestSupport

/// A real `lucky-hub serve`, from its ready line to its end.
final class RunningHub: Sendable {
    /// What it said when it was ready.
    struct Ready: Decodable {
        var address: String
        var depot: String
        var history: String
    }

    let ready: Ready
    /// All that it wrote to standard output until then.
    let firstLine: String
    private let process: ChildProcess

    /// Starts it and waits for its line.
    /// - Throws: ``NotReady`` where it ended, or 60 seconds passed, without one.
    init(_ arguments: [String], errors: URL) async throws {
        let output = errors.appendingPathExtension("out")
        let process = try ChildProcess(
            Repository.program("lucky-hub").path, ["serve"] + arguments,
            environment: ProcessInfo.processInfo.environment, output: output.path,
            errors: errors.path)
        var line: String?
        _ = try await until(.seconds(60)) {
            let isOver = !process.isRunning
            line = Self.firstLine(try Data(contentsOf: output))
            return line != nil || isOver
        }
        guard let line,
            let ready = try? JSONDecoder().decode(Ready.self, from: Data(line.utf8))
        else {
            process.signal(SIGKILL)
            throw NotReady(
                status: await process.end(),
                errors: try String(contentsOf: errors, encoding: .utf8))
        }
        self.process = process
        self.ready = ready
        firstLine = line
    }

    deinit { process.signal(SIGKILL) }

    /// Sends a signal that does not end it.
    func signal(_ number: Int32) { process.signal(number) }

    /// Sends a signal and waits for the end.
    /// - Returns: the exit code, or 128 + the signal that ended it.
    func end(_ signal: Int32 = SIGTERM) async -> Int32 {
        process.signal(signal)
        return await process.end()
    }

    private static func firstLine(_ data: Data) -> String? {
        data.firstIndex(of: UInt8(ascii: "\n")).map { String(decoding: data[..<$0], as: UTF8.self) }
    }

    struct NotReady: Error {
        var status: Int32
        var errors: String
    }
}
