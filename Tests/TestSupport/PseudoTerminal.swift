internal import Foundation
import Synchronization

/// A program at a terminal that nobody sits at.
public enum PseudoTerminal {
    /// Runs a program with all its streams on a terminal of its own, to its end.
    ///
    /// - Parameters:
    ///   - program: a path.
    ///   - columns: how wide the terminal says it is.
    ///   - environment: as of ``Command/run(_:_:in:environment:input:deadline:)``.
    ///   - keys: each struck once the screen has shown, since the one before, the text beside it.
    /// - Returns: what stood on the screen line by line, errors in between; no carriage returns.
    public static func run(
        _ program: String, _ arguments: [String], columns: UInt16,
        environment: [String: String] = [:], keys: [(after: String, key: String)] = [],
        deadline: Duration = .seconds(60)
    ) async throws -> Command.Result {
        var (near, far): (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        var name = [CChar](repeating: 0, count: 256)
        guard openpty(&near, &far, &name, nil, &size) == 0 else {
            throw ChildProcess.NotStarted(program: "openpty", code: errno)
        }
        let path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
        let process: ChildProcess
        do {
            process = try ChildProcess(
                program, arguments, environment: Command.surroundings(environment), input: path,
                output: path, errors: path)
        } catch {
            close(near)
            close(far)
            throw error
        }
        // Reading ends when nobody has the far end open any more.
        close(far)
        let screen = Screen()
        let terminal = near
        let reader = Thread { screen.read(terminal) }
        reader.start()
        let typist = Task { await screen.strike(keys, at: terminal) }
        let (status, timedOut) = await process.end(within: deadline)
        typist.cancel()
        await typist.value
        for await _ in screen.ended {}
        close(near)
        return Command.Result(
            status: status, output: screen.text.replacingOccurrences(of: "\r\n", with: "\n"),
            errors: "", timedOut: timedOut)
    }

    private final class Screen: Sendable {
        private let bytes = Mutex<[UInt8]>([])
        let ended: AsyncStream<Void>
        private let end: AsyncStream<Void>.Continuation

        init() { (ended, end) = AsyncStream.makeStream() }

        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

        /// Waits for each text, then writes the key, until it is cancelled.
        func strike(_ keys: [(after: String, key: String)], at terminal: Int32) async {
            var seen = 0
            for (text, key) in keys {
                let wanted = Array(text.utf8)
                var place = find(wanted, from: seen)
                while place == nil, !Task.isCancelled {
                    try? await Task.sleep(for: .milliseconds(10))
                    place = find(wanted, from: seen)
                }
                guard let place else { return }
                seen = place
                let bytes = Array(key.utf8)
                _ = bytes.withUnsafeBytes {
                    Foundation.write(terminal, $0.baseAddress, $0.count)
                }
            }
        }

        /// Behind the first such bytes; nil where there are none yet.
        private func find(_ wanted: [UInt8], from start: Int) -> Int? {
            bytes.withLock { bytes in
                var place = start
                while place + wanted.count <= bytes.count {
                    if bytes[place..<place + wanted.count].elementsEqual(wanted) {
                        return place + wanted.count
                    }
                    place += 1
                }
                return nil
            }
        }

        func read(_ terminal: Int32) {
            var buffer = [UInt8](repeating: 0, count: 4_096)
            while true {
                let count = Foundation.read(terminal, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                bytes.withLock { $0 += buffer.prefix(count) }
            }
            end.finish()
        }
    }
}
