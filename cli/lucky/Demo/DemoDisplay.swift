import Foundation
import LuckyCommandLine
import LuckyDriver
import Synchronization

/// Shows the day as it goes: a line per happening with the time since the start; at a terminal a
/// bar per driver below them.
final class DemoDisplay: Sendable {
    private struct Bar {
        var closed = 0
        var total = 0
        var pending = 0
    }

    private struct State {
        var bars: [Identifier: Bar] = [:]
        var drawn = 0
        var lastDraw = ContinuousClock.now
    }

    let output: Output
    private let handle: FileHandle
    private let isTerminal: Bool
    private let start: ContinuousClock.Instant
    private let state = Mutex(State())

    init(_ output: Output, since start: ContinuousClock.Instant) {
        self.output = output
        self.start = start
        handle = output.isJSON ? .standardError : .standardOutput
        isTerminal = Terminal.canDraw(handle.fileDescriptor)
    }

    /// Something happened.
    func say(_ phrase: Phrase, _ arguments: [String: String] = [:]) {
        let seconds = start.duration(to: .now).components.seconds
        let clock = "\(seconds / 60):" + (seconds % 60 < 10 ? "0" : "") + "\(seconds % 60)"
        line("\(clock)  " + output.text(phrase, arguments))
    }

    /// A line of the verdict.
    func line(_ text: String) {
        if output.isQuiet { return }
        state.withLock { state in
            write(Self.erase(state.drawn) + text + "\n")
            state.drawn = 0
            draw(&state)
        }
    }

    func progress(_ driver: Identifier, closed: Int, total: Int, pending: Int) {
        guard isTerminal, !output.isQuiet else { return }
        state.withLock { state in
            state.bars[driver] = Bar(closed: closed, total: total, pending: pending)
            guard state.lastDraw.duration(to: .now) > .milliseconds(100) else { return }
            write(Self.erase(state.drawn))
            state.drawn = 0
            draw(&state)
        }
    }

    /// The bars go; lines stay.
    func endProgress() {
        state.withLock { state in
            write(Self.erase(state.drawn))
            state.drawn = 0
            state.bars = [:]
        }
    }

    private func draw(_ state: inout State) {
        guard isTerminal, !state.bars.isEmpty else { return }
        for (driver, bar) in state.bars.sorted(by: { $0.key < $1.key }) {
            let width = 24
            let full = bar.total > 0 ? width * bar.closed / bar.total : 0
            let cells =
                String(repeating: "█", count: full)
                + String(repeating: "░", count: max(0, width - full))
            let text = output.text(
                .demoProgress,
                ["closed": "\(bar.closed)", "total": "\(bar.total)", "pending": "\(bar.pending)"])
            write("  \(driver.text) \(cells) \(text)\n")
        }
        state.drawn = state.bars.count
        state.lastDraw = .now
    }

    /// Up over the bars, and everything below away.
    private static func erase(_ lines: Int) -> String {
        lines > 0 ? "\u{1B}[\(lines)A\u{1B}[J" : ""
    }

    private func write(_ text: String) {
        if !text.isEmpty { try? handle.write(contentsOf: Data(text.utf8)) }
    }
}
