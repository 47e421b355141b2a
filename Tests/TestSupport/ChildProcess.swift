public import Foundation
import Synchronization

/// A program that runs beside the tests, with files for its streams.
///
/// By `posix_spawn`: on Linux, Foundation's `Process` now and then crashes the caller where many
/// are started at once, and these tests start hundreds.
public final class ChildProcess: Sendable {
    public let pid: pid_t
    private let ended: AsyncStream<Int32>
    /// Nil while it runs; a signal must not reach whoever has the number next.
    private let status: Mutex<Int32?>

    /// - Parameters:
    ///   - program: a path.
    ///   - environment: all that the program sees.
    ///   - output: a file to create for standard output; `errors` likewise.
    /// - Throws: why it was not started.
    public init(
        _ program: String, _ arguments: [String], in folder: URL? = nil,
        environment: [String: String], input: String = "/dev/null", output: String, errors: String
    ) throws {
        #if os(Linux)
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #else
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The threads that run tasks block signals, and a child would: SIGTERM would not reach it.
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        for (descriptor, path) in [(Int32(1), output), (2, errors)] {
            posix_spawn_file_actions_addopen(
                &actions, descriptor, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        // A connection that another test closed must not stay open in here. To close what is not
        // open is no error.
        for descriptor: Int32 in 3..<1024 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        // A shell changes the folder: no call for it is on every platform.
        let line =
            folder.map { ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, $0.path] } ?? []
        let command = line + [program] + arguments
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") }
        defer { for pointer in words + variables { free(pointer) } }
        words.append(nil)
        variables.append(nil)
        var started = pid_t()
        let code = posix_spawn(
            &started, folder == nil ? program : "/bin/sh", &actions, &attributes, words, variables)
        guard code == 0 else { throw NotStarted(program: program, code: code) }

        let pid = started
        self.pid = pid
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        ended = stream
        status = Mutex(nil)
        Thread { [self] in
            var info = siginfo_t()
            // Look first, so that the number is taken back under the lock.
            while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            let code = status.withLock { status in
                var raw: Int32 = 0
                while waitpid(pid, &raw, 0) < 0, errno == EINTR {}
                let signal = raw & 0x7F
                let code = signal == 0 ? (raw >> 8) & 0xFF : 128 + signal
                status = code
                return code
            }
            continuation.yield(code)
            continuation.finish()
        }.start()
    }

    public var isRunning: Bool { status.withLock { $0 == nil } }

    public func signal(_ number: Int32) {
        status.withLock { if $0 == nil { kill(pid, number) } }
    }

    /// Waits for the end. One waiter at a time.
    /// - Returns: the exit code, or 128 + the signal that ended it.
    public func end() async -> Int32 {
        for await code in ended { return code }
        return status.withLock { $0 } ?? 0
    }

    /// Waits for the end, or makes one: at the deadline SIGTERM, and SIGKILL 5 seconds later.
    /// - Returns: as ``end()``, and whether the deadline came first.
    public func end(within deadline: Duration) async -> (status: Int32, timedOut: Bool) {
        let watch = Task {
            try await Task.sleep(for: deadline)
            signal(SIGTERM)
            try? await Task.sleep(for: .seconds(5))
            if !Task.isCancelled { signal(SIGKILL) }
        }
        let status = await end()
        watch.cancel()
        if case .success = await watch.result { return (status, true) }
        return (status, false)
    }

    public struct NotStarted: Error {
        public let program: String
        public let code: Int32
    }
}
