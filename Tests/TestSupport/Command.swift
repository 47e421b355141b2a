public import Foundation

/// Another program, run to its end.
public enum Command {
    /// What a program left behind.
    public struct Result: Sendable {
        /// The exit code, or 128 + the signal that ended it.
        public let status: Int32
        public let output: String
        public let errors: String
        /// It was still running at its deadline and was ended.
        public let timedOut: Bool
    }

    /// Runs a program and waits for its end without blocking a thread.
    ///
    /// - Parameters:
    ///   - program: a path, or a name that is looked up in PATH.
    ///   - environment: added to this process's; an empty value removes the name.
    ///   - deadline: after this long it gets SIGTERM, and SIGKILL 5 seconds later.
    /// - Throws: ``ChildProcess/NotStarted`` where the program cannot be started.
    public static func run(
        _ program: String, _ arguments: [String] = [], in folder: URL? = nil,
        environment: [String: String] = [:], input: String = "",
        deadline: Duration = .seconds(60)
    ) async throws -> Result {
        // Files, not pipes: a program can write any amount and never waits for us.
        let files = try TemporaryFolder()
        try Data(input.utf8).write(to: files.url.appending(path: "in"))

        let process = try ChildProcess(
            program.contains("/") ? program : "/usr/bin/env",
            program.contains("/") ? arguments : [program] + arguments, in: folder,
            environment: surroundings(environment),
            input: files.path("in"), output: files.path("out"), errors: files.path("err"))
        let (status, timedOut) = await process.end(within: deadline)
        return Result(
            status: status,
            output: try text(files.url.appending(path: "out")),
            errors: try text(files.url.appending(path: "err")), timedOut: timedOut)
    }

    /// This process's environment, what is added to it, and a state folder of the tests' own: no
    /// test leaves a mark in its user's home.
    public static func surroundings(_ added: [String: String]) -> [String: String] {
        ProcessInfo.processInfo.environment
            .merging(["XDG_STATE_HOME": state.url.path]) { $1 }
            .merging(added) { $1 }.filter { !$0.value.isEmpty }
    }

    private static let state: StateFolder = StateFolder()

    /// Goes away with the process.
    private final class StateFolder: Sendable {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "lucky-test-state-\(getpid())")

        init() { atexit { try? FileManager.default.removeItem(at: Command.state.url) } }
    }

    private static func text(_ url: URL) throws -> String {
        String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }
}
