import Foundation
import LuckyDriver
import Synchronization

/// Another process, spoken to by lines. It never outlives this one.
final class Child: Sendable {
    private let process: Process
    private let input: FileHandle
    private let ended: Task<Void, Never>

    /// - Parameters:
    ///   - log: gets what it says on standard error.
    ///   - onLine: each line of its standard output, from a thread of its own.
    ///   - onEnd: after the last line.
    init(
        _ program: URL, _ arguments: [String], log: String,
        onLine: @escaping @Sendable (String) -> Void, onEnd: @escaping @Sendable () -> Void
    ) throws(DemoFailure) {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = program
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        let files = FileManager.default
        if !files.fileExists(atPath: log) { _ = files.createFile(atPath: log, contents: nil) }
        let errors = FileHandle(forWritingAtPath: log) ?? .nullDevice
        _ = try? errors.seekToEnd()
        process.standardError = errors
        let (stream, feed) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in feed.finish() }
        do { try process.run() } catch {
            throw DemoFailure(
                .demoNotStarted, ["program": program.lastPathComponent, "error": "\(error)"])
        }
        self.process = process
        self.input = input.fileHandleForWriting
        let pid = process.processIdentifier
        Children.shared.add(pid)
        ended = Task {
            for await _ in stream {}
            Children.shared.remove(pid)
        }
        let reading = output.fileHandleForReading
        Thread {
            var rest = Data()
            while true {
                let data = reading.availableData
                if data.isEmpty { break }
                rest += data
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    onLine(String(decoding: rest[..<end], as: UTF8.self))
                    rest = Data(rest[(end + 1)...])
                }
            }
            onEnd()
        }.start()
    }

    func send(_ line: Data) throws { try input.write(contentsOf: line + Data("\n".utf8)) }

    /// SIGKILL, as a phone's battery or a power cut would.
    func kill() async {
        Foundation.kill(process.processIdentifier, SIGKILL)
        await ended.value
    }

    /// Asks it to end by SIGTERM; after `seconds` it is killed.
    func end(within seconds: Int) async {
        Foundation.kill(process.processIdentifier, SIGTERM)
        await wait(seconds)
    }

    /// Lets it end by itself; after `seconds` it is killed.
    func wait(_ seconds: Int) async {
        try? input.close()
        let pid = process.processIdentifier
        let watch = Task {
            try await Task.sleep(for: .seconds(seconds))
            Foundation.kill(pid, SIGKILL)
        }
        await ended.value
        watch.cancel()
    }

    var status: Int32 { process.isRunning ? 0 : process.terminationStatus }

    /// Runs a program to its end and returns what it said.
    /// - Throws: where it does not end well within `seconds`.
    @discardableResult
    static func run(
        _ program: URL, _ arguments: [String], log: String, within seconds: Int = 20
    ) async throws(DemoFailure) -> String {
        let (stream, feed) = AsyncStream<Void>.makeStream()
        let said = Lines()
        let child = try Child(program, arguments, log: log) {
            said.add($0)
        } onEnd: {
            feed.finish()
        }
        await child.wait(seconds)
        for await _ in stream {}
        guard child.status == 0 else {
            throw DemoFailure(
                .demoProgramFailed,
                [
                    "program": ([program.lastPathComponent] + arguments.prefix(2))
                        .joined(separator: " "),
                    "status": "\(child.status)", "log": log,
                ])
        }
        return said.text
    }

    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var text: String { lines.withLock { $0.joined(separator: "\n") } }
    }
}

/// Every process of this demo that runs now.
final class Children: Sendable {
    static let shared = Children()
    private let pids = Mutex<Set<Int32>>([])
    private let guardian = Mutex<FileHandle?>(nil)

    func add(_ pid: Int32) {
        _ = pids.withLock { $0.insert(pid) }
        tell("\(pid)")
    }

    func remove(_ pid: Int32) {
        _ = pids.withLock { $0.remove(pid) }
        tell("-\(pid)")
    }

    func killAll() {
        for pid in pids.withLock({ $0 }).sorted() { kill(pid, SIGKILL) }
    }

    /// Starts a process that ends the others should this one be killed.
    func watch(by program: URL) {
        let (process, input) = (Process(), Pipe())
        process.executableURL = program
        process.arguments = ["demo-guard"]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return }
        guardian.withLock { $0 = input.fileHandleForWriting }
    }

    private func tell(_ line: String) {
        guardian.withLock { try? $0?.write(contentsOf: Data((line + "\n").utf8)) }
    }
}
